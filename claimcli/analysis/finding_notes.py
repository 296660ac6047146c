"""Findings in words: what to note about a quote in addition to its verdict."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from claimcli.analysis.findings import Finding, TextMatch
from claimcli.core.text.escaping import one_line
from claimcli.core.text.word_diff import Segment
from claimcli.quotes.verdict import Verdict

NOTED = (Verdict.ALTERED, Verdict.MISSING, Verdict.CASE, Verdict.AMBIGUOUS)
"""Verdicts to report when a quote is written."""


def check_message(finding: Finding) -> str:
    """Return the verdict on a quote and the notes on it, without warnings, as one line."""
    return f"the quote of '{finding.source}' {verdict_in_words(finding)}"


def verdict_in_words(finding: Finding) -> str:
    """Return the verdict and the notes, without warnings, as a predicate of the quote."""
    if finding.verdict is Verdict.NO_TEXT:
        return one_line(f"was not checked: {finding.reason}")
    notes = finding_notes(replace(finding, warnings=()))
    return one_line("; ".join((finding.verdict.label, *notes)))


def warning_messages(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the name of each warning about a quote, and the warning as one line."""
    for warning in finding.warnings:
        yield warning.name, one_line(f"the quote of '{finding.source}': {warning.message}")


def check_messages(finding: Finding) -> Iterator[str]:
    """Yield what to report when a quote is written: a difference from its text, and warnings."""
    if finding.verdict in NOTED or finding.unreadable:
        yield check_message(finding)
    yield from (message for _, message in warning_messages(finding))


def finding_notes(finding: Finding) -> Iterator[str]:
    """Yield the notes on a quote in addition to its verdict, one line each."""
    if finding.reason:
        yield finding.reason
    if words := words_in_text(finding):
        yield words
    if len(finding.matches) > 1:
        yield _places(finding.matches)
    yield from (f"{warning.name}: {warning.message}" for warning in finding.warnings)


def _places(matches: Sequence[TextMatch]) -> str:
    """Return a note on the places of several matches."""
    if matches[0].page:
        return f"on {'; '.join(match.label for match in matches)}"
    return f"on lines {', '.join(str(match.line) for match in matches)}"


def words_in_text(finding: Finding) -> str:
    """Return a note on the words that the text has instead of the quote, or ""."""
    if finding.verdict is Verdict.ALTERED:
        return f'the text has "{mark_differences(finding.differences[1])}"'
    return f'the text has "{finding.matched_text}"' if finding.verdict is Verdict.CASE else ""


def mark_differences(segments: Iterable[Segment]) -> str:
    """Return a text with ``*`` around the words that differ."""
    return "".join(f"*{s.text}*" if s.differs else s.text for s in segments)
