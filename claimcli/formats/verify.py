"""The formats of verified quotes, also as problems for other tools."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from claimcli.analysis.finding_notes import check_message, finding_notes, warning_messages
from claimcli.analysis.findings import (
    CHANGED_TEXT,
    CUT_QUOTE,
    Finding,
    TextMatch,
    Verification,
)
from claimcli.core.problems import Problem, Severity
from claimcli.core.table import Table, to_json, to_jsonl, tsv
from claimcli.core.table import markdown as markdown_table
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
    WarningKind.JOINED.value: "The quote joins different sentences, speakers, cells or headings.",
    WarningKind.TRUNCATED.value: "The quote begins or ends inside a word or a number.",
    WarningKind.OUTSIDE.value: "The quote is outside of the main text of its page.",
    WarningKind.MISPLACED.value: "The prefix, suffix or locator does not fit the text.",
    CUT_QUOTE: "A comment ends the quote in its file.",
    CHANGED_TEXT: "The text does not have the checksum on file.",
}
"""The description of each verdict and warning, as rules of SARIF."""
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


def data(verification: Verification) -> list[dict[str, Any]]:
    """Return each quote with its verdict, warnings, location, selectors and differing words."""
    return [finding_record(finding) for finding in verification.findings]


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return a quote's verdict as a JSON value."""
    match = finding.first_match
    return {
        "claim": finding.claim,
        "source": finding.source,
        "quote": finding.quote,
        "verdict": finding.verdict.value,
        "warnings": list(dict.fromkeys(warning.name for warning in finding.warnings)),
        **(_place(match) if match else dict.fromkeys(_PLACE)),
        "passage": finding.passage,
        "selectors": finding.selectors,
        "fragment_url": finding.fragment_url,
        "match": finding.match_kind.value if finding.match_kind else None,
        "messages": [{"name": w.name, "message": w.message} for w in finding.warnings],
        "text": finding.text,
        "page": match.page if match else None,
        "places": [{**_place(one), "page": one.page} for one in finding.matches],
        "differences": {
            "quote": segment_data(finding.differences[0]),
            "text": segment_data(finding.differences[1]),
        },
        "reason": finding.reason or None,
        "file": finding.span.path,
        "file_line": finding.span.line,
    }


_PLACE = ("line", "column", "start", "end")


def _place(match: TextMatch) -> dict[str, int | None]:
    return {name: getattr(match, name) for name in _PLACE}


def problems(verification: Verification) -> tuple[Problem, ...]:
    """Return problems located at the quotes in the dossier's files."""
    return tuple(p for finding in verification.findings for p in _problems(finding))


def _problems(finding: Finding) -> Iterator[Problem]:
    related = tuple(match.span(finding.text or "") for match in finding.matches[:1])
    if severity := _SEVERITIES.get(finding.verdict):
        if finding.unreadable:
            severity = Severity.ERROR
        hint = "" if finding.unreadable else _HINTS[finding.verdict]
        message = check_message(finding)
        yield Problem(finding.verdict.value, message, finding.span, severity, hint, related)
    for name, message in warning_messages(finding):
        severity = Severity.ERROR if name == CHANGED_TEXT else Severity.WARNING
        yield Problem(name, message, finding.span, severity, related=related)


def markdown(verification: Verification) -> str:
    """Return a table with the verdict, the line in the text and the notes on each quote."""
    columns = ("verdict", "claim", "source", "quote", "line", "to note")
    rows = tuple(
        (
            finding.verdict.value,
            finding.claim,
            finding.source,
            finding.quote,
            _line(finding.first_match),
            "; ".join(finding_notes(finding)),
        )
        for finding in verification.findings
    )
    return markdown_table(Table("quotes", columns, rows))


def _line(match: TextMatch | None) -> str | int | None:
    if match is None:
        return None
    return match.label if match.page else match.line


def unreadable(verification: Verification) -> list[str]:
    """Return the reasons why texts of sources could not be read, each once."""
    reasons = (f"source '{f.source}': {f.reason}" for f in verification.findings if f.unreadable)
    return list(dict.fromkeys(reasons))


def summary(findings: Iterable[Finding]) -> str:
    """Return one sentence: the number of quotes with each verdict, and with warnings."""
    listed = list(findings)
    counts = Verification(tuple(listed)).counts()
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    warned = sum(finding.warns for finding in listed)
    noun = "quote" if len(listed) == 1 else "quotes"
    warnings = f"; {warned} with warnings" if warned else ""
    return f"{len(listed)} {noun}{f': {verdicts}' if verdicts else ''}{warnings}"


WRITERS: Mapping[str, Callable[[Verification], str]] = {
    "table": lambda verification: tsv(verification.table()),
    "tsv": lambda verification: tsv(verification.table()),
    "json": lambda verification: to_json(data(verification)),
    "jsonl": lambda verification: to_jsonl(data(verification)),
    "md": markdown,
    "sarif": lambda verification: sarif(problems(verification), SUMMARIES),
    "github": lambda verification: github(problems(verification)),
}
