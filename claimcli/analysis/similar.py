"""Claims on file that are similar to a text, with a calibrated score and named differences."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.analysis.list import claim_record
from claimcli.analysis.statement_differences import StatementDifference, statement_differences
from claimcli.core.query import MatchType, Node, Request, Scope, Some, Term
from claimcli.core.records import Dossier
from claimcli.core.table import Cell, Table
from claimcli.core.text.similarity import LEAST_SCORE
from claimcli.core.text.word_diff import plural
from claimcli.dossier.index.similar import MAX_TEXT, MAX_WORDS, SimilarSearch, SimilarText, is_cut
from claimcli.dossier.index.where import TRUE, Condition, condition
from claimcli.dossier.select import OpenDossier, needs
from claimcli.quotes.polarity.lists import all_phrases
from claimcli.quotes.polarity.phrases import Phrases

COLUMNS = ("score", "id", "party", "when", "statement", "status", "answers", "differs")
"""The columns of similar claims."""
LIMIT = 5
_FIELDS = (
    "id", "party", "parties", "speaker", "said", "when", "statement", "issue", "position", "status",
    "answered", "answers", "internal", "file", "line",
)  # fmt: skip


class SimilarClaim(Struct, frozen=True):
    """A claim that is similar to a text: its score from 0 to 1, and its ``fields`` as in a list.

    ``differences`` are the numbers, dates and negations that differ; ``shared`` is the start and
    end of each word of the statement that the text has, too, in any inflection.
    """

    score: float
    id: str
    statement: str
    when: str | None
    fields: dict[str, Any]
    differences: tuple[StatementDifference, ...] = ()
    shared: tuple[tuple[int, int], ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What differs, and which claims answer it."""
        differs = "; ".join(map(str, self.differences))
        answers = ", ".join(answer["id"] for answer in self.fields["answers"])
        notes = (f"differs: {differs}" * bool(differs), f"answered by {answers}" * bool(answers))
        return tuple(filter(None, notes))

    def parts(self) -> Iterator[tuple[str, bool]]:
        """Yield the parts of the statement, and whether the text has the word, too."""
        at = 0
        for start, end in self.shared:
            if start > at:
                yield self.statement[at:start], False
            yield self.statement[start:end], True
            at = end
        if self.statement[at:]:
            yield self.statement[at:], False


class TextToMatch(Struct, frozen=True):
    """A text to find similar claims for, and where it is, as "speech.md:3".

    ``claim`` is its id if it is the statement of a claim, which is not similar to itself.
    """

    text: str
    place: str = ""
    claim: str = ""


class MatchedText(Struct, frozen=True):
    """A text with the claims that are similar to it, the most similar first.

    ``closest`` is the most similar claim, also if its score is too low; None if no claim shares a
    word with the text.
    """

    text: TextToMatch
    claims: tuple[SimilarClaim, ...]
    closest: SimilarClaim | None = None


Candidates = tuple[TextToMatch, Sequence[SimilarText]]
"""A text, and the claims that were found for it."""


class Matches(Struct, frozen=True):
    """The texts in order, each with its similar claims.

    ``narrowed``: only claims that a query selects were searched.
    """

    matches: tuple[MatchedText, ...]
    narrowed: bool = False

    @property
    def are_placed(self) -> bool:
        """Whether the texts are from a file, so that a result says which one it is for."""
        return len(self.matches) > 1 or any(match.text.place for match in self.matches)

    def table(self) -> Table:
        """Return a row for each similar claim; texts of a file have columns for them."""
        first = ("place", "text") if self.are_placed else ()
        rows = tuple(
            (*((match.text.place, match.text.text) if first else ()), *cells_of(claim))
            for match in self.matches
            for claim in match.claims
        )
        return Table("similar claims", (*first, *COLUMNS), rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """What to say if there is no similar claim; of a file, for how many texts there is one.

        In addition, how many texts are so long that only a part of them was searched for.
        """
        where = "among those selected" if self.narrowed else "on file"
        number, total = sum(bool(match.claims) for match in self.matches), len(self.matches)
        cut = sum(is_cut(match.text.text) for match in self.matches)
        part = f"only the first {MAX_TEXT:,} characters and {MAX_WORDS} distinct words"
        if not self.are_placed:
            empty = [_note(match, where) for match in self.matches if not match.claims]
            return (*empty, *[f"{part} of the text are searched for"] * cut)
        counted = f"{number:,} of {plural(total, 'text')} with similar claims {where}"
        return (counted, *[f"{part} of {plural(cut, 'text')} are searched for"] * bool(cut))

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each text with its similar claims, as JSON values."""
        return tuple(_match_record(match) for match in self.matches)


def _note(match: MatchedText, where: str) -> str:
    if match.closest is None:
        return f"no similar claim {where}; none shares a word with the text"
    score, name = match.closest.score, match.closest.id
    return f"no similar claim {where}; the closest scores {score:.2f} [{name}]"


def cells_of(claim: SimilarClaim) -> tuple[Cell, ...]:
    """Return the cells of a similar claim in a table with COLUMNS."""
    fields = claim.fields
    return (
        f"{claim.score:.2f}",
        claim.id,
        tuple(fields["parties"]),
        claim.when,
        claim.statement,
        fields["status"],
        tuple(answer["id"] for answer in fields["answers"]),
        "; ".join(map(str, claim.differences)),
    )


def _match_record(match: MatchedText) -> dict[str, Any]:
    closest = match.closest
    return {
        "text": match.text.text,
        "place": match.text.place or None,
        "claims": [_claim_record(claim) for claim in match.claims],
        "closest": {"id": closest.id, "score": round(closest.score, 2)} if closest else None,
    }


def _claim_record(claim: SimilarClaim) -> dict[str, Any]:
    differences = [
        {"kind": one.kind.value, "text": one.ours or None, "statement": one.theirs or None}
        for one in claim.differences
    ]
    shared = [claim.statement[start:end] for start, end in claim.shared]
    score = round(claim.score, 2)
    return {"score": score, **claim.fields, "differences": differences, "shared": shared}


def search_texts(
    db: sqlite3.Connection,
    texts: Iterable[TextToMatch],
    *,
    within: Node,
    limit: int = LIMIT,
    least_score: float = LEAST_SCORE,
) -> list[Candidates]:
    """Return the claims that score at least so much for each text, and the most similar one.

    There are at most ``limit``. ``within`` selects the claims to search. Raises ClaimcliError if it
    names something unknown.
    """
    search, narrowed = SimilarSearch(db), condition(db, within)
    candidates: list[Candidates] = []
    for text in texts:
        found = search.search(text.text, limit=limit, within=narrowed, but=text.claim)
        likely = [one for n, one in enumerate(found) if n == 0 or one.score >= least_score]
        candidates.append((text, likely))
    return candidates


def request_of(candidates: Iterable[Candidates]) -> Request:
    """Return the request for the claims that were found, with their answers."""
    ids = dict.fromkeys(one.id for _, found in candidates for one in found)
    terms = tuple(Term("id", MatchType.PHRASE, name) for name in ids)
    return Request(query=Some(terms), scope=Scope.ANSWERS)


def matches(
    dossier: Dossier,
    candidates: Iterable[Candidates],
    *,
    least_score: float = LEAST_SCORE,
    narrowed: bool = False,
) -> Matches:
    """Return the texts with the claims that were found for them and score at least so much.

    The dossier must have these claims, with their answers. ``narrowed`` as in :class:`Matches`.
    """
    phrases = all_phrases(dossier.polarity)
    matched = tuple(_match(dossier, phrases, *pair, least_score) for pair in candidates)
    return Matches(matched, narrowed)


@needs("dossier")
def match(
    dossier: OpenDossier, text: str, *, limit: int = LIMIT, min_score: float = LEAST_SCORE
) -> MatchedText:
    """Return the selected claims that are similar to a text: ``claims``, the most similar first.

    A claim has its ``score`` from 0 to 1, ``fields`` as in a list, and ``differences``: the
    numbers, dates and negations that differ. There are at most ``limit``, which score at least
    ``min_score``; ``closest`` is the first one, whatever its score. The first call with a dossier
    prepares the search.
    """
    selected = msgspec.json.encode([claim.id for claim in dossier.claims]).decode()
    within = Condition("c.id IN (SELECT value FROM json_each(?))", (selected,))
    everything = len(dossier.claims) == len(dossier.by_id)
    search = SimilarSearch(dossier.index)
    found = search.search(text, limit=limit, within=TRUE if everything else within)
    (matched,) = matches(dossier, [(TextToMatch(text), found)], least_score=min_score).matches
    return matched


def _match(
    dossier: Dossier,
    phrases: tuple[Phrases, ...],
    text: TextToMatch,
    found: Sequence[SimilarText],
    least_score: float,
) -> MatchedText:
    claims = [_similar_claim(dossier, phrases, text.text, one) for one in found]
    similar = tuple(claim for claim in claims if claim.score >= least_score)
    return MatchedText(text, similar, claims[0] if claims else None)


def _similar_claim(
    dossier: Dossier, phrases: tuple[Phrases, ...], text: str, found: SimilarText
) -> SimilarClaim:
    claim = dossier.by_id[found.id]
    return SimilarClaim(
        found.score,
        claim.id,
        claim.statement,
        str(claim.when) if claim.when else None,
        claim_record(dossier, claim, _FIELDS),
        statement_differences(text, claim.statement, phrases),
        found.shared,
    )
