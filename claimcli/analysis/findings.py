"""What came of holding quotes against texts: one finding a quote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from claimcli.core.problems import Span
from claimcli.core.records import Citation
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.word_diff import Piece
from claimcli.quotes.locate import Match
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.selectors import fragment_url, selectors
from claimcli.quotes.sentences import passage
from claimcli.quotes.verdict import Verdict

CHANGED_TEXT = "changed-text"
"""The warning that a text is not the one whose checksum is on file."""


class QuoteWarning(ShortRepr, frozen=True):
    """A warning by name, and in words."""

    name: str
    message: str


class TextMatch(ShortRepr, frozen=True):
    """A place in a text: line and column from 1, code points from 0, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Finding(ShortRepr, frozen=True, kw_only=True):
    """One quote and what came of holding it against the text of its source.

    ``spots`` are all places that can be meant; of an altered quote its nearest passage.
    ``around`` is what stands around the first, from ``around_start`` on, and ``url`` where its
    source is; ``repeated`` is whether the words stand elsewhere too.
    ``differences`` are the words that an altered quote and the text do not share.
    ``reason`` says why there is no text to look at; ``unreadable`` whether one is named.
    """

    claim: str
    source: str
    quote: str
    span: Span
    verdict: Verdict
    match_kind: Match | None = None
    warnings: tuple[QuoteWarning, ...] = ()
    text: str | None = None
    matches: tuple[TextMatch, ...] = ()
    context: str = ""
    context_start: int = 0
    url: str | None = None
    repeated: bool = False
    differences: tuple[tuple[Piece, ...], tuple[Piece, ...]] = ((), ())
    reason: str = ""
    unreadable: bool = False

    @property
    def first_match(self) -> TextMatch | None:
        """The first of the places."""
        return self.matches[0] if self.matches else None

    @property
    def passage(self) -> str | None:
        """The sentence or sentences that the first place is in."""
        return self.context[slice(*passage(self.context, self._stretch))] if self.matches else None

    @property
    def matched_text(self) -> str:
        """What stands at the first place."""
        return self.context[slice(*self._stretch)] if self.matches else ""

    @property
    def text_changed(self) -> bool:
        """Whether the text is not the one whose checksum is on file."""
        return any(warned.name == CHANGED_TEXT for warned in self.warnings)

    @property
    def verified(self) -> bool:
        """Whether the words stand in the text on record."""
        return self.verdict.is_found and not self.text_changed

    @property
    def selectors(self) -> list[dict[str, Any]]:
        """The first place as other tools understand it."""
        if not self.matches:
            return []
        return selectors(self.context, self._stretch, offset=self.context_start)

    @property
    def fragment_url(self) -> str | None:
        """The address that makes a browser show the first place."""
        if not self.matches or not self.url:
            return None
        return fragment_url(self.url, self.context, self._stretch, beside=self.repeated)

    @property
    def _stretch(self) -> TextSpan:
        spot = self.matches[0]
        return spot.start - self.context_start, spot.end - self.context_start

    @property
    def fails(self) -> bool:
        """Whether the words are not in the text, or the text is not the one on record."""
        return self.verdict.fails or self.text_changed

    @property
    def warns(self) -> bool:
        """Whether there is something to beware of."""
        return bool(self.warnings) or self.verdict is Verdict.CASE


class Verification(ShortRepr, frozen=True):
    """All quotes in the order of their claims, and of the citations in each; also by place."""

    findings: tuple[Finding, ...]
    by_place: Mapping[tuple[str, Span], Finding] = {}

    def counts(self) -> dict[Verdict, int]:
        """Return how many quotes there are of each verdict that is met."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in Verdict if found[verdict]}

    def of(self, claim: str, citation: Citation) -> Finding | None:
        """Return what came of one citation's quote; None where it has none, or was not checked."""
        return self.by_place.get((claim, citation.location.of("quote"))) if citation.quote else None

    def table(self) -> Table:
        """Return the findings as a flat table."""
        columns = (
            "verdict", "claim", "source", "quote", "warnings", "text", "line", "column", "start",
            "end", "passage", "reason",
        )  # fmt: skip
        return Table("quotes", columns, tuple(_row(finding) for finding in self.findings))


def _row(finding: Finding) -> tuple[Any, ...]:
    spot = finding.first_match
    place = (spot.line, spot.column, spot.start, spot.end) if spot else (None,) * 4
    return (
        finding.verdict.value, finding.claim, finding.source, finding.quote,
        tuple(f"{w.name}: {w.message}" for w in finding.warnings), finding.text, *place,
        finding.passage, finding.reason or None,
    )  # fmt: skip


def as_verification(findings: Iterable[Finding]) -> Verification:
    """Return findings as one result."""
    listed = tuple(findings)
    return Verification(listed, {(found.claim, found.span): found for found in listed})
