"""Quotes and sources as values for templates, each text on one line."""

from collections.abc import Iterable, Sequence
from typing import Any

from claimcli.analysis.briefing import Briefing, Footnote
from claimcli.analysis.findings import Finding, TextMatch, Verification
from claimcli.core.records import Claim, Source
from claimcli.core.text.escaping import one_line, visible, web_link
from claimcli.core.text.word_diff import plural
from claimcli.quotes.verdict import Verdict


def quote_counts(verification: Verification) -> str:
    """Return the number of verified and unverified quotes in words; "" without quotes."""
    findings = verification.findings
    total = plural(len(findings), "quote")
    without_text = sum(f.verdict is Verdict.NO_TEXT for f in findings)
    if findings and without_text == len(findings):
        return f"{total}, {'not' if without_text == 1 else 'none'} checked: no text on file"
    counts = {
        "verified": sum(f.verified for f in findings),
        "without a text on file": without_text,
        "not verified, as the text has another checksum": sum(
            f.verdict.is_found and f.text_changed for f in findings
        ),
        "not in the text of their source, and struck through": sum(
            f.verdict.fails for f in findings
        ),
    }
    listed = ", ".join(f"{number} {words}" for words, number in counts.items() if number)
    noted = sum(f.verified and f.warns for f in findings)
    listed += f"; of the verified {noted} with something to note" if noted else ""
    return f"{total}: {listed}" if findings else ""


def quotes(
    claim: Claim, footnotes: Iterable[int], verification: Verification
) -> list[dict[str, Any]]:
    """Return a claim's quotes with their verdicts and the footnote numbers of their sources."""
    numbers = dict(zip(claim.source_ids, footnotes, strict=False))
    return [
        {
            "quote": one_line(citation.quote or ""),
            "translation": one_line(citation.translation or ""),
            "locator": one_line(citation.locator or ""),
            "footnotes": [numbers[citation.source]] if citation.source in numbers else [],
            **_verdict_fields(verification.of(claim.id, citation)),
        }
        for citation in claim.citations
        if citation.quote or citation.translation or citation.locator
    ]


def _verdict_fields(finding: Finding | None) -> dict[str, Any]:
    """Return the mark of a verdict, the verdict in words, and whether to strike the quote."""
    if finding is None:
        return {"mark": "", "verified": "", "struck": False}
    words = _VERIFIED[finding.verdict]
    if finding.verdict.is_found and finding.text_changed:
        return {
            "mark": "–",
            "verified": "not verified: the text has another checksum than the one on file",
            "struck": False,
        }
    if finding.verdict is Verdict.NO_TEXT:
        words += finding.reason.partition(";")[0]
    if finding.verdict is Verdict.ALTERED:
        words += f' "{"".join(segment.text for segment in finding.differences[1])}"'
    if finding.matches:
        words += f", {_places(finding.matches)}"
    if finding.warnings:
        words += f"; to note: {'; '.join(warning.message for warning in finding.warnings)}"
    mark = "✓" if finding.verdict.is_found else "✗" if finding.verdict.fails else "–"
    return {"mark": mark, "verified": one_line(words), "struck": finding.verdict.fails}


def _places(matches: Sequence[TextMatch]) -> str:
    """Return the lines of matches, or the pages and lines of a PDF."""
    if matches[0].page:
        return "; ".join(dict.fromkeys(match.label for match in matches))
    lines = ", ".join(str(line) for line in dict.fromkeys(match.line for match in matches))
    return f"{'lines' if ',' in lines else 'line'} {lines}"


_VERIFIED = {
    Verdict.EXACT: "verified",
    Verdict.TYPOGRAPHIC: "verified except for typography",
    Verdict.EDITED: "verified with its editing marks",
    Verdict.CASE: "verified except for letter case or punctuation",
    Verdict.AMBIGUOUS: "verified, occurs several times",
    Verdict.ALTERED: "not in the text, which has",
    Verdict.MISSING: "not in the text on file",
    Verdict.NO_TEXT: "not verified: ",
}


def footnote(briefing: Briefing, note: Footnote) -> dict[str, Any]:
    """Return a source; if it is ``missing``, only its id is known."""
    source = note.source
    fields = _source_fields(briefing, source) if source else {}
    return {
        "number": note.number,
        "id": note.id,
        "missing": source is None,
        **{name: fields.get(name, "") for name in _SOURCE_FIELDS},
    }


_SOURCE_FIELDS = (
    "title", "described", "kind", "url", "link", "archive", "archive_link", "derived_from", "note",
)  # fmt: skip


def _source_fields(briefing: Briefing, source: Source) -> dict[str, str]:
    title = one_line(source.title)
    who = f"{source.outlet} ({source.author})" if source.outlet and source.author else None
    by = who or source.outlet or source.author
    internal = "internal" if source.internal else None
    described = (by, briefing.notation.date(source.published) or "no date on file", internal)
    return {
        "title": title if title.endswith((".", "?", "!", "…")) else f"{title}.",
        "described": ", ".join(one_line(part) for part in described if part),
        "kind": source.kind or "",
        "url": one_line(source.url or ""),
        "link": _link(source.url),
        "archive": one_line(source.archive_url or ""),
        "archive_link": _link(source.archive_url),
        "derived_from": ", ".join(source.derived_from),
        "note": one_line(source.note or ""),
    }


def _link(url: str | None) -> str:
    """Return the URL of a link, "" if it is unsafe or would change the text direction."""
    link = web_link(url)
    return link if visible(link) == link else ""
