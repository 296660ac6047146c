"""The results of checking quotes against texts: one finding for each quote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from claimcli.core.problems import Span
from claimcli.core.records import Citation
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.suggestions import several_of
from claimcli.core.text.word_diff import Segment
from claimcli.quotes.locate import Match
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.selectors import selectors
from claimcli.quotes.sentences import passage
from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.verdict import Verdict
from claimcli.quotes.warnings import WarningKind

CHANGED_TEXT = "changed-text"
"""The warning that a text does not have the checksum on file."""
CUT_QUOTE = "comment-in-text"
"""The warning that a comment ends the quote in its YAML file, named like the rule."""


class QuoteWarning(ShortRepr, frozen=True):
    """A warning with its name and message."""

    name: str
    message: str


class TextMatch(ShortRepr, frozen=True):
    """A range in a text: lines and columns from 1, code points from 0, the end exclusive.

    Lines are those of the file, also if it is HTML, where the column is not known; lines and
    columns of a PDF are those of the text of its ``page``.
    """

    line: int
    column: int | None
    end_line: int
    end_column: int | None
    start: int
    end: int
    page: int | None = None

    @property
    def label(self) -> str:
        """The place of the start in words."""
        if self.page:
            return f"page {self.page}, line {self.line}"
        return f"line {self.line}" if self.column else f"line {self.line} of the file"

    def span(self, path: str) -> Span:
        """Return the place in the file ``path``: whole lines if the columns are not known."""
        if self.page:
            return Span(path)
        if self.column is None or self.end_column is None:
            return Span(path, self.line, 1, self.end_line + 1, 1)
        return Span(path, self.line, self.column, self.end_line, self.end_column)


class Finding(ShortRepr, frozen=True, kw_only=True):
    """The result of checking one quote against the text of its source.

    ``matches`` are the ranges that the quote can refer to, for an altered quote its nearest
    passage. ``context`` is the text around the first match, from ``context_start`` on;
    ``fragment_url`` is the address at which a browser shows it. ``differences`` are the segments of
    an altered quote and of the text. ``reason`` says why no text was checked, or that its charset
    is doubtful and the quote may be missing for that reason; ``unreadable`` says that the source
    names a text which could not be read.
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
    fragment_url: str | None = None
    differences: tuple[tuple[Segment, ...], tuple[Segment, ...]] = ((), ())
    reason: str = ""
    unreadable: bool = False

    @property
    def first_match(self) -> TextMatch | None:
        """The first match, if any."""
        return self.matches[0] if self.matches else None

    @property
    def passage(self) -> str | None:
        """The sentences around the first match, without marks of what was left out."""
        return self._shown(passage(self.context, self._first_span)) if self.matches else None

    @property
    def matched_text(self) -> str:
        """The text of the first match like the passage, "" without a match."""
        return self._shown(self._first_span) if self.matches else ""

    def _shown(self, span: TextSpan) -> str:
        return self.context[slice(*span)].replace(LEFT_OUT, "")

    @property
    def text_changed(self) -> bool:
        """Whether the text does not have the checksum on file."""
        return any(warned.name == CHANGED_TEXT for warned in self.warnings)

    @property
    def verified(self) -> bool:
        """Whether the quote is in the text, and the text has the checksum on file."""
        return self.verdict.is_found and not self.text_changed

    @property
    def selectors(self) -> list[dict[str, Any]]:
        """The first match as Web Annotation selectors."""
        if not self.matches:
            return []
        return selectors(self.context, self._first_span, offset=self.context_start)

    @property
    def _first_span(self) -> TextSpan:
        match = self.matches[0]
        return match.start - self.context_start, match.end - self.context_start

    @property
    def fails(self) -> bool:
        """Whether the quote is not in the text, or the text has another checksum."""
        return self.verdict.fails or self.text_changed

    @property
    def warns(self) -> bool:
        """Whether the finding has warnings or differs in letter case."""
        return bool(self.warnings) or self.verdict is Verdict.CASE


class Verification(ShortRepr, frozen=True):
    """The findings in the order of claims and citations, also by claim and location."""

    findings: tuple[Finding, ...]
    by_place: Mapping[tuple[str, Span], Finding] = {}

    def counts(self) -> dict[Verdict, int]:
        """Return the number of quotes with each verdict that occurs."""
        counts = Counter(finding.verdict for finding in self.findings)
        return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}

    def of(self, claim: str, citation: Citation) -> Finding | None:
        """Return the finding on a citation's quote; None if it has none or was not checked."""
        return self.by_place.get((claim, citation.location.of("quote"))) if citation.quote else None

    def table(self) -> Table:
        """Return one row for each finding."""
        columns = (
            "verdict", "claim", "source", "quote", "warnings", "text", "line", "column", "start",
            "end", "passage", "reason", "page",
        )  # fmt: skip
        return Table("quotes", columns, tuple(_row(finding) for finding in self.findings))


def _row(finding: Finding) -> tuple[Any, ...]:
    match = finding.first_match
    where = (match.line, match.column, match.start, match.end) if match else (None,) * 4
    return (
        finding.verdict.value, finding.claim, finding.source, finding.quote,
        tuple(f"{w.name}: {w.message}" for w in finding.warnings), finding.text, *where,
        finding.passage, finding.reason or None, match.page if match else None,
    )  # fmt: skip


def as_verification(findings: Iterable[Finding]) -> Verification:
    """Return findings as a Verification."""
    listed = tuple(findings)
    return Verification(listed, {(finding.claim, finding.span): finding for finding in listed})


def select_findings(
    verification: Verification, select: Iterable[str], ignore: Iterable[str]
) -> Verification:
    """Return the findings whose verdict or a warning is selected, and whose verdict is not ignored.

    Names may be separated by commas. An ignored warning is removed from its finding. Raises
    ClaimcliError if a name is neither a verdict nor a warning.
    """
    wanted, unwanted = _parse_names(select), _parse_names(ignore)
    kept = []
    for finding in verification.findings:
        warnings = tuple(w for w in finding.warnings if w.name not in unwanted)
        names = {finding.verdict.value, *(w.name for w in warnings)}
        if finding.verdict.value not in unwanted and (not wanted or names & wanted):
            kept.append(replace(finding, warnings=warnings))
    return as_verification(kept)


def findings_to_note(verification: Verification) -> Verification:
    """Return the findings with warnings, then those without a readable text, then the failures."""
    noted = (one for one in verification.findings if one.fails or one.warns or one.unreadable)
    return as_verification(sorted(noted, key=lambda one: (one.fails, one.unreadable)))


def _parse_names(words: Iterable[str]) -> set[str]:
    known = (*Verdict, *WarningKind, CHANGED_TEXT, CUT_QUOTE)
    return several_of(words, known, "verdict or warning", f"they are {', '.join(known)}")
