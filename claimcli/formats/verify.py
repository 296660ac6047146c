"""What came of verifying quotes: as records, as markdown, and as problems for other tools."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from claimcli.analysis.findings import CHANGED_TEXT, Finding, TextMatch, Verification
from claimcli.core.problems import Problem, Severity, Span
from claimcli.core.table import Table, to_json, to_jsonl, tsv
from claimcli.core.table import markdown as markdown_table
from claimcli.core.text.escaping import one_line
from claimcli.core.text.word_diff import Piece
from claimcli.formats.claim_text import segment_data
from claimcli.formats.github import github
from claimcli.formats.sarif import sarif
from claimcli.quotes.verdict import Verdict
from claimcli.quotes.warnings import WarningKind

SUMMARIES = {
    **{verdict.value: f"The quote {verdict.label}." for verdict in Verdict},
    Verdict.NO_TEXT.value: "There is no text on file to check the quote against.",
    WarningKind.POLARITY.value: "A negation or condition is next to the quote or left out of it.",
    WarningKind.SPEAKER.value: "The text names another speaker of the words than the claim.",
    WarningKind.JOINED.value: "The quote joins different sentences or speakers.",
    WarningKind.TRUNCATED.value: "The quote begins or ends inside a word.",
    CHANGED_TEXT: "The text is not the one whose checksum is on file.",
}
"""Each verdict and each warning, as a rule in words."""
_SEVERITIES = {
    Verdict.ALTERED: Severity.ERROR,
    Verdict.MISSING: Severity.ERROR,
    Verdict.CASE: Severity.WARNING,
    Verdict.AMBIGUOUS: Severity.INFO,
    Verdict.NO_TEXT: Severity.INFO,
}
_HINTS = {
    Verdict.ALTERED: "quote the words of the text, or mark what was left out or put in",
    Verdict.MISSING: "look at the source, and whether its text on file is whole",
    Verdict.CASE: "write it as the text has it",
    Verdict.AMBIGUOUS: "add 'locator:', or 'prefix:' with the words before it",
    Verdict.NO_TEXT: "add 'text:' to the source",
}


def finding_notes(finding: Finding) -> Iterator[str]:
    """Yield what there is to say of a quote beside its verdict, a line each."""
    if finding.reason:
        yield finding.reason
    if words := words_in_text(finding):
        yield words
    if len(finding.matches) > 1:
        yield f"on lines {', '.join(str(spot.line) for spot in finding.matches)}"
    yield from (f"{warned.name}: {warned.message}" for warned in finding.warnings)


def words_in_text(finding: Finding) -> str:
    """Return a note on the words that the text has instead of the quote, or ""."""
    if finding.verdict is Verdict.ALTERED:
        return f'the text has "{mark_differences(finding.differences[1])}"'
    return f'the text has "{finding.matched_text}"' if finding.verdict is Verdict.CASE else ""


def mark_differences(pieces: Iterable[Piece]) -> str:
    """Return a text with ``*`` around the words that the other has not."""
    return "".join(f"*{piece.text}*" if piece.differs else piece.text for piece in pieces)


def data(verification: Verification) -> list[dict[str, Any]]:
    """Return each quote with its verdict, warnings, location, selectors and differing words."""
    return [_record(finding) for finding in verification.findings]


def _record(finding: Finding) -> dict[str, Any]:
    spot = finding.first_match
    return {
        "claim": finding.claim,
        "source": finding.source,
        "quote": finding.quote,
        "verdict": finding.verdict.value,
        "warnings": list(dict.fromkeys(warned.name for warned in finding.warnings)),
        "line": spot.line if spot else None,
        "column": spot.column if spot else None,
        "start": spot.start if spot else None,
        "end": spot.end if spot else None,
        "passage": finding.passage,
        "selectors": finding.selectors,
        "fragment_url": finding.fragment_url,
        "match": finding.match_kind.value if finding.match_kind else None,
        "messages": [{"name": w.name, "message": w.message} for w in finding.warnings],
        "text": finding.text,
        "places": [_place(spot) for spot in finding.matches],
        "differences": {
            "quote": segment_data(finding.differences[0]),
            "text": segment_data(finding.differences[1]),
        },
        "reason": finding.reason or None,
        "file": finding.span.path,
        "file_line": finding.span.line,
    }


def _place(spot: TextMatch) -> dict[str, int]:
    return {"line": spot.line, "column": spot.column, "start": spot.start, "end": spot.end}


def problems(verification: Verification) -> tuple[Problem, ...]:
    """Return what is wrong or to be looked at, at the quotes as they stand in the dossier."""
    return tuple(p for finding in verification.findings for p in _problems(finding))


def _problems(finding: Finding) -> Iterator[Problem]:
    related = tuple(_related(finding))
    who = f"the quote of '{finding.source}'"
    if severity := _SEVERITIES.get(finding.verdict):
        bare = replace(finding, warnings=())
        message = f"{who} {'; '.join((finding.verdict.label, *finding_notes(bare)))}"
        if finding.verdict is Verdict.NO_TEXT:
            message = f"{who} was not checked: {finding.reason}"
        if finding.unreadable:
            severity = Severity.ERROR
        hint = "" if finding.unreadable else _HINTS[finding.verdict]
        yield Problem(
            finding.verdict.value, one_line(message), finding.span, severity, hint, related
        )
    for warned in finding.warnings:
        severity = Severity.ERROR if warned.name == CHANGED_TEXT else Severity.WARNING
        message = one_line(f"{who}: {warned.message}")
        yield Problem(warned.name, message, finding.span, severity, related=related)


def _related(finding: Finding) -> Iterator[Span]:
    for spot in finding.matches[:1]:
        yield Span(finding.text or "", spot.line, spot.column, spot.end_line, spot.end_column)


def markdown(verification: Verification) -> str:
    """Return a table in which each quote has its verdict, its line in the text and what to note."""
    columns = ("verdict", "claim", "source", "quote", "line", "to note")
    rows = tuple(
        (
            finding.verdict.value,
            finding.claim,
            finding.source,
            finding.quote,
            finding.first_match.line if finding.first_match else None,
            "; ".join(finding_notes(finding)),
        )
        for finding in verification.findings
    )
    return markdown_table(Table("quotes", columns, rows))


def unreadable(verification: Verification) -> list[str]:
    """Return why texts that sources name could not be looked at, each reason once."""
    found = (f"source '{f.source}': {f.reason}" for f in verification.findings if f.unreadable)
    return list(dict.fromkeys(found))


def summary(findings: Iterable[Finding]) -> str:
    """Return one sentence: how many quotes there are of each verdict, how many with warnings."""
    listed = list(findings)
    counts = Verification(tuple(listed)).counts()
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    warned = sum(finding.warns for finding in listed)
    noun = "quote" if len(listed) == 1 else "quotes"
    beware = f"; {warned} with warnings" if warned else ""
    return f"{len(listed)} {noun}{f': {told}' if told else ''}{beware}"


WRITERS: Mapping[str, Callable[[Verification], str]] = {
    "table": lambda found: tsv(found.table()),
    "tsv": lambda found: tsv(found.table()),
    "json": lambda found: to_json(data(found)),
    "jsonl": lambda found: to_jsonl(data(found)),
    "md": markdown,
    "sarif": lambda found: sarif(problems(found), SUMMARIES),
    "github": lambda found: github(problems(found)),
}
