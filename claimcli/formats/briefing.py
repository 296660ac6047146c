"""The briefing as GitHub-flavoured markdown and as one page of HTML."""

from collections.abc import Iterable
from typing import Any

from claimcli.analysis.briefing import Briefing, Entry, Footnote
from claimcli.escaping import for_markdown, one_line, web_link
from claimcli.formats.side_by_side import label
from claimcli.formats.templates import template
from claimcli.model import Dossier

DEEPEST = 6
"""Levels of answers that are indented; deeper ones stand at the last."""


class Markup(str):
    """Text that is markdown already and must not be escaped again."""


def markdown(briefing: Briefing) -> str:
    """Return the briefing as markdown; every value from the data is escaped."""
    filled = template("briefing.md.j2", finalize=_escaped)
    text: str = filled.render(_context(briefing), indent=_indent, notes=_notes, markup=Markup)
    return text


def html(briefing: Briefing) -> str:
    """Return the briefing as one HTML page that refers to nothing outside itself but sources."""
    page: str = template("briefing.html.j2", autoescape=True).render(_context(briefing))
    return page


def _escaped(value: Any) -> Any:
    return value if isinstance(value, Markup) else for_markdown(str(value))


def _indent(entry: dict[str, Any]) -> Markup:
    return Markup("  " * entry["depth"])


def _notes(numbers: Iterable[int]) -> Markup:
    return Markup("".join(f"[^{number}]" for number in numbers))


def _context(briefing: Briefing) -> dict[str, Any]:
    """Return what a template may name: plain values, one line each."""
    dossier = briefing.dossier
    return {
        "title": one_line(briefing.title),
        "parties": [one_line(label(dossier, party)) for party in briefing.parties],
        "speaking": sum(any(p in c.parties for c in briefing.claims) for p in briefing.parties),
        "claims": len(briefing.claims),
        "rebuttals": briefing.rebuttals,
        "earliest": briefing.earliest,
        "latest": briefing.latest,
        "unread": dossier.unread,
        "gaps": [one_line(str(problem)) for problem in briefing.gaps],
        "more_gaps": briefing.more_gaps,
        "positions": [
            {"issue": issue, "stances": [one_line(stance) for stance in stances]}
            for issue, stances in briefing.positions
        ],
        "sections": [
            {
                "issue": section.issue or "",
                "question": one_line(section.question or ""),
                "entries": [_entry(dossier, entry) for entry in section.entries],
            }
            for section in briefing.sections
        ],
        "unanswered": [_entry(dossier, entry) for entry in briefing.unanswered],
        "timeline": [_entry(dossier, e) for e in briefing.timeline if e.claim.said],
        "undated": [_entry(dossier, e) for e in briefing.timeline if not e.claim.said],
        "footnotes": [_footnote(note) for note in briefing.footnotes],
    }


def _entry(dossier: Dossier, entry: Entry) -> dict[str, Any]:
    claim = entry.claim
    reports = claim.reports
    relayed = (
        [label(dossier, reports.party) if reports.party else "", reports.speaker or ""]
        if reports
        else []
    )
    return {
        "id": claim.id,
        "depth": min(entry.depth, DEEPEST),
        "kind": entry.kind.words if entry.kind else "",
        "party": one_line(" and ".join(label(dossier, party) for party in claim.parties)),
        "speaker": one_line(claim.speaker or ""),
        "said": str(claim.said or ""),
        "about": str(claim.about or ""),
        "relayed": one_line(", ".join(part for part in reversed(relayed) if part)),
        "position": one_line(claim.position or ""),
        "statement": one_line(claim.statement),
        "quotes": [
            {
                "quote": one_line(citation.quote),
                "translation": one_line(citation.translation or ""),
                "locator": one_line(citation.locator or ""),
                "source": citation.source,
            }
            for citation in claim.citations
            if citation.quote
        ],
        "restates": claim.restates or "",
        "supersedes": claim.supersedes or "",
        "withdrawn": str(claim.withdrawn or ""),
        "note": one_line(claim.note or ""),
        "footnotes": entry.footnotes,
        "answers": [answer for answer, _ in dossier.answers.get(claim.id, ())],
        "responds_to": [answer.claim for answer in claim.responds_to],
    }


def _footnote(note: Footnote) -> dict[str, Any]:
    source = note.source
    if source is None:
        return {"number": note.number, "id": note.id, "missing": True}
    described = (source.title, source.author, source.outlet, str(source.published or ""))
    return {
        "number": note.number,
        "id": note.id,
        "missing": False,
        "described": ", ".join(one_line(part) for part in described if part),
        "kind": source.kind or "",
        "url": one_line(source.url or ""),
        "link": web_link(source.url),
        "archive": one_line(source.archive_url or ""),
        "archive_link": web_link(source.archive_url),
        "note": one_line(source.note or ""),
    }
