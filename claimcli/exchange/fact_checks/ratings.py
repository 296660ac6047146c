"""Which kind of answer a rating is: as the user says, or by the reviewer's own scale and words.

The tool judges nothing. A rating that is neither mapped, nor at a place of a scale that the
reviewer states, nor the word "true" or "false" is not linked to the claim.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from msgspec import Struct

from claimcli.core.response_kinds import Kind
from claimcli.core.text.suggestions import did_you_mean, one_of

MAPPED = "by --map"
RATING_WORDS: Mapping[str, Kind] = {"false": Kind.DENIES, "true": Kind.CONFIRMS}
"""The words that say what these kinds mean."""


class Rating(Struct, frozen=True):
    """A rating in the reviewer's words, and its place on a scale, as written."""

    text: str
    value: str = ""
    best: str = ""
    worst: str = ""

    @property
    def words(self) -> str:
        """The text, else the number."""
        return self.text or self.value

    @property
    def scale(self) -> str:
        """The place on the scale in words, "" without a number."""
        ends = [
            f"{name} {end}" for name, end in (("worst", self.worst), ("best", self.best)) if end
        ]
        return f"{self.value or 'no number'} ({', '.join(ends)})" if ends else self.value


class RatingLink(Struct, frozen=True):
    """The kind of answer that a rating is, None if that is not certain, and the reason."""

    kind: Kind | None
    reason: str


def mapped_kinds(columns: Mapping[str, str]) -> dict[str, Kind | None]:
    """Return the kinds of answers by rating that ``--map`` names; an empty one links nothing.

    Raises ClaimcliError for an unknown kind.
    """
    return {
        _folded(rating): Kind(one_of(kind, list(Kind), "kind of response")) if kind else None
        for rating, kind in columns.items()
    }


def unused_ratings(columns: Mapping[str, str], ratings: Sequence[Rating]) -> Iterator[str]:
    """Yield a note for each rating that ``--map`` names and that no review has."""
    given = {_folded(words) for one in ratings for words in (one.text, one.value)}
    for name in columns:
        if _folded(name) not in given:
            hint = did_you_mean(name, {one.words for one in ratings})
            yield f"no review has the rating '{name}'{f'; {hint}' if hint else ''}"


def link_of(rating: Rating, mapped: Mapping[str, Kind | None]) -> RatingLink:
    """Return the kind of answer that a rating is."""
    for name in (_folded(rating.text), _folded(rating.value)):
        if name and name in mapped:
            return RatingLink(mapped[name], MAPPED)
    by_scale, by_word = _by_scale(rating), RATING_WORDS.get(_folded(rating.words))
    if by_scale and by_word and by_scale is not by_word:
        return RatingLink(None, f"the number says '{by_scale}', the word '{by_word}'")
    if by_scale:
        return RatingLink(by_scale, "by the reviewer's scale")
    return RatingLink(by_word, "by its word" if by_word else "neither a scale nor a word says how")


def _by_scale(rating: Rating) -> Kind | None:
    """Return the kind by the place between the worst and the best rating, if all are stated."""
    numbers = [_number(text) for text in (rating.worst, rating.value, rating.best)]
    if any(number is None for number in numbers):
        return None
    worst, value, best = (number or 0.0 for number in numbers)
    if worst == best or not min(worst, best) <= value <= max(worst, best):
        return None
    if value == worst:
        return Kind.DENIES
    return Kind.CONFIRMS if value == best else Kind.QUALIFIES


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _folded(text: str) -> str:
    """Return a rating without case, quotation marks and a full stop around it."""
    return " ".join(text.casefold().split()).strip("\"'“”‘’«»„!. ")
