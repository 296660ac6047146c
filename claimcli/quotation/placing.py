"""Where a quote stands in a text, and how closely: from the characters down to the words alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct

from claimcli.quotation.folding import Folded, fold
from claimcli.quotation.marks import Fragment, Joint, fragments, is_edited

MOST_ELIDED = 500
"""Characters that an ellipsis may stand for."""
MOST_REPLACED = 80
"""Characters that words in brackets may stand in place of."""
MOST_PLACES = 1000
"""Places of one fragment that are looked at: a word or two that stand everywhere decide nothing."""

_UNPARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"
"""Scripts that set no spaces between words."""


class Match(StrEnum):
    """How closely a quote stands in a text, the closest first."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    EDITED = "edited"
    CASE = "case"


Stretch = tuple[int, int]
"""A part of a text in code points, end exclusive."""


class Place(Struct, frozen=True):
    """Where a quote stands: the stretch of each of its fragments, and what joins them."""

    stretches: tuple[Stretch, ...]
    joints: tuple[Joint, ...] = ()

    @property
    def start(self) -> int:
        """Where the first fragment begins."""
        return self.stretches[0][0]

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.stretches[-1][1]

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """What stands in the text between the fragments."""
        pairs = zip(self.stretches, self.stretches[1:], strict=False)
        return tuple((one[1], other[0]) for one, other in pairs)


class Words:
    """The words of a folded text, and where they stand in the original."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.spans = [found.span() for found in _word().finditer(folded.text)]
        self.words = [folded.text[start:end].casefold() for start, end in self.spans]

    @cached_property
    def line(self) -> str:
        """All words, each between two separators."""
        return f"\0{chr(0).join(self.words)}\0"

    def stretch(self, first: int, last: int) -> Stretch:
        """Return where the words from one to another stand, both included."""
        return self.folded.original(self.spans[first][0], self.spans[last][1])


def words_of(text: str) -> list[str]:
    """Return the words of a text, without letter case."""
    return Words(fold(text)).words


def _word() -> Any:
    """Return what a word is: letters with their marks and apostrophes, a number, or a sign.

    Scripts without spaces between words have one word a character.
    """
    import regex

    pattern = (
        rf"[{_UNPARTED}]"
        r"|(?:(?<=^|[\s(])-(?=\d))?[\p{L}\p{M}\p{N}]+(?:(?:'|(?<=\p{N})[.,:](?=\p{N}))"
        r"[\p{L}\p{M}\p{N}]+)*|[\p{Sm}%\u2030\u00b0&@#]"
    )
    return regex.compile(pattern)


class Text:
    """A text, and what is made of it when plain search fails."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def foldings(self) -> tuple[Folded, ...]:
        """The text folded, and where lines end in hyphens also with these kept."""
        joined = fold(self.text)
        kept = fold(self.text, hyphens=True)
        return (joined,) if joined.text == kept.text else (joined, kept)

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """The words of each folding."""
        return tuple(Words(folded) for folded in self.foldings)


def places(quote: str, text: Text) -> tuple[Match | None, tuple[Place, ...]]:
    """Return how closely a quote stands in a text, and every place where it does so."""
    if found := _plain(quote.strip(), text):
        return Match.EXACT, found
    if found := _typographic(quote.strip(), text):
        return Match.TYPOGRAPHIC, found
    parts = fragments(quote) if is_edited(quote) else ()
    if parts and (found := _chains(parts, lambda words: _folded_stretches(words, text), text)):
        return Match.EDITED, found
    parts = parts or (Fragment((quote,)),)
    if found := _chains(parts, lambda words: _word_stretches(words, text), text):
        return Match.CASE, found
    return None, ()


def _plain(quote: str, text: Text) -> tuple[Place, ...]:
    stretches = _occurrences(text.text, quote)
    return tuple(Place((stretch,)) for stretch in stretches)


def _typographic(quote: str, text: Text) -> tuple[Place, ...]:
    """A final comma or full stop may belong to the sentence around the quote."""
    for words in dict.fromkeys((quote, re.sub(r"[.,]$", "", quote))):
        if found := _folded_stretches(words, text):
            return tuple(Place((stretch,)) for stretch in found)
    return ()


def _folded_stretches(words: str, text: Text) -> list[Stretch]:
    wanted = fold(words).text.strip()
    found = {
        folded.original(*stretch): None
        for folded in text.foldings
        for stretch in _occurrences(folded.text, wanted)
    }
    return sorted(found)


def _word_stretches(words: str, text: Text) -> list[Stretch]:
    wanted = words_of(words)
    found = {stretch: None for every in text.words for stretch in _runs(every, wanted) if wanted}
    return sorted(found)


def _runs(every: Words, wanted: Sequence[str]) -> Iterator[Stretch]:
    line = f"\0{chr(0).join(wanted)}\0"
    for start, _ in _occurrences(every.line, line):
        first = every.line.count("\0", 0, start)
        yield every.stretch(first, first + len(wanted) - 1)


def _occurrences(text: str, words: str) -> list[Stretch]:
    found: list[Stretch] = []
    start = text.find(words) if words else -1
    while start >= 0 and len(found) < MOST_PLACES:
        found.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _chains(
    parts: Sequence[Fragment], find: Callable[[str], Iterable[Stretch]], text: Text
) -> tuple[Place, ...]:
    """Return the places where all fragments stand in order and near one another.

    Of chains that share their last fragment the one with the shortest gaps is taken.
    """
    chains: list[tuple[int, Place]] = []
    for number, part in enumerate(parts):
        stretches = sorted({stretch for words in part.texts for stretch in find(words)})
        inner = len(parts) > 1
        whole = [s for s in stretches if not inner or _is_whole(s, number, len(parts), text.text)]
        if number == 0:
            chains = [(0, Place((stretch,))) for stretch in whole]
        else:
            chains = [c for stretch in whole if (c := _joined(chains, stretch, part, text.text))]
    return tuple(place for _, place in chains)


def _joined(
    chains: Iterable[tuple[int, Place]], stretch: Stretch, part: Fragment, text: str
) -> tuple[int, Place] | None:
    joint = part.joint or Joint.ELIDED
    most = MOST_ELIDED if joint is Joint.ELIDED else MOST_REPLACED
    fitting = [
        (length + stretch[0] - place.end, place)
        for length, place in chains
        if 0 <= stretch[0] - place.end <= most and _one_passage(text[place.end : stretch[0]])
    ]
    if not fitting:
        return None
    length, place = min(fitting, key=lambda pair: pair[0])
    return length, Place((*place.stretches, stretch), (*place.joints, joint))


def _one_passage(gap: str) -> bool:
    return re.search(r"\n\s*\n", gap) is None


def _is_whole(stretch: Stretch, number: int, count: int, text: str) -> bool:
    """Return whether a fragment ends at the ends of words where others join it."""
    start, end = stretch
    starts_well = number == 0 or not cuts_word(text, start)
    return starts_well and (number == count - 1 or not cuts_word(text, end))


def cuts_word(text: str, at: int) -> bool:
    """Return whether a place is inside a word, in scripts that part words by spaces."""
    return 0 < at < len(text) and bool(re.match(rf"[^\W{_UNPARTED}]{{2}}", text[at - 1 : at + 1]))
