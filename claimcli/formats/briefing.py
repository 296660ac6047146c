"""The briefing as GitHub-flavoured markdown and as one page of HTML."""

from collections.abc import Iterable, Iterator
from typing import Any

from claimcli.analysis.briefing import Briefing, Coverage, Entry, Footnote, Section
from claimcli.analysis.findings import Finding, Verification
from claimcli.dates import Date
from claimcli.escaping import for_markdown, one_line, visible, web_link
from claimcli.formats.briefing_pictures import Draw, flowchart, picture
from claimcli.formats.side_by_side import label
from claimcli.formats.templates import template
from claimcli.model import Claim, Dossier
from claimcli.origins import rests_on
from claimcli.quotation.verdicts import Verdict

DEEPEST = 6
"""Levels of answers that are indented; deeper ones stand at the last and name what they answer."""


class Markup(str):
    """Text that is markdown already and must not be escaped again."""


def markdown(briefing: Briefing) -> str:
    """Return the briefing as markdown; every value from the data is escaped."""
    filled = template("briefing.md.j2", finalize=_escaped)
    text: str = filled.render(
        _context(briefing, flowchart), indent=_indent, notes=_notes, markup=Markup
    )
    return text


def html(briefing: Briefing) -> str:
    """Return the briefing as one HTML page that refers to nothing outside itself but sources."""
    filled = template("briefing.html.j2", autoescape=True)
    page: str = filled.render(_context(briefing, picture))
    return page


def _escaped(value: Any) -> Any:
    return value if isinstance(value, Markup) else for_markdown(str(value))


def _indent(entry: dict[str, Any]) -> Markup:
    return Markup("  " * entry["depth"])


def _notes(numbers: Iterable[int]) -> Markup:
    return Markup("".join(f"[^{number}]" for number in numbers))


def _context(briefing: Briefing, draw: Draw) -> dict[str, Any]:
    """Return what a template may name: plain values, one line each, and pictures as they stand."""
    timeline = [_entry(briefing, entry) for entry in briefing.timeline]
    return {
        "title": one_line(briefing.title),
        "covers": _covers(briefing.dossier, briefing.coverage),
        "quotes": _counted_quotes(briefing.verification),
        "covered": {entry.claim.id for entry in briefing.timeline},
        "parties": [one_line(label(briefing.dossier, party)) for party in briefing.parties],
        "unread": briefing.dossier.unread,
        "gaps": [one_line(str(problem)) for problem in briefing.gaps],
        "more_gaps": briefing.more_gaps,
        "positions": [
            {"issue": issue, "stances": [one_line(stance) for stance in stances]}
            for issue, stances in briefing.positions
        ],
        "sections": [
            {**_section(briefing, section), "picture": draw(section, number)}
            for number, section in enumerate(briefing.sections, 1)
        ],
        "unanswered": [_entry(briefing, entry) for entry in briefing.unanswered],
        "timeline": [entry for entry in timeline if entry["said"]],
        "undated": [entry for entry in timeline if not entry["said"]],
        "footnotes": [_footnote(note) for note in briefing.footnotes],
    }


def _covers(dossier: Dossier, coverage: Coverage) -> dict[str, Any]:
    sizes = [
        _counted(coverage.claims, "claim", "claims"),
        f"{coverage.rebuttals} of them {'a rebuttal' if coverage.rebuttals == 1 else 'rebuttals'}",
        f"by {_counted(len(coverage.speaking), 'party', 'parties')}",
        f"from {_counted(coverage.sources, 'source', 'sources')}"
        f" of {_counted(coverage.origins, 'independent origin', 'independent origins')}",
    ]
    return {
        "sizes": ", ".join(sizes),
        "dates": "; ".join(
            f"{what} {_span(dates)}"
            for what, dates in (("said", coverage.said), ("published", coverage.published))
            if dates
        ),
        "speaking": [one_line(label(dossier, party)) for party in coverage.speaking],
        "chosen": _counted(coverage.claims - coverage.added, "claim was", "claims were"),
        "added": coverage.added,
    }


def _counted_quotes(verification: Verification) -> str:
    """Return in words how many of the quotes are verified; "" where there are none."""
    findings = verification.findings
    told = {
        "verified against the text of their source": sum(f.verified for f in findings),
        "not verified, for want of a text": sum(f.verdict is Verdict.NO_TEXT for f in findings),
        "not verified, as the text has another checksum": sum(
            f.verdict.stands and f.changed for f in findings
        ),
        "not in the text of their source, and struck through": sum(
            f.verdict.fails for f in findings
        ),
    }
    listed = ", ".join(f"{number} {words}" for words, number in told.items() if number)
    noted = sum(f.verified and f.warns for f in findings)
    listed += f"; of the verified {noted} with something to note" if noted else ""
    return f"{_counted(len(findings), 'quote', 'quotes')}: {listed}" if findings else ""


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _span(dates: tuple[Date, Date]) -> str:
    first, last = str(dates[0]), str(dates[1])
    return first if first == last else f"from {first} to {last}"


def _section(briefing: Briefing, section: Section) -> dict[str, Any]:
    return {
        "issue": section.issue or "",
        "question": one_line(section.question or ""),
        "note": one_line(section.note or ""),
        "entries": [
            {**_entry(briefing, entry), "details": list(_details(briefing, entry, section.issue))}
            for entry in section.entries
        ],
    }


def _entry(briefing: Briefing, entry: Entry) -> dict[str, Any]:
    claim, dossier = entry.claim, briefing.dossier
    return {
        "id": claim.id,
        "again": entry.again,
        "depth": min(entry.depth, DEEPEST),
        "target": (entry.target or "") if entry.depth > DEEPEST else "",
        "kind": entry.kind.words if entry.kind else "",
        "party": _parties(dossier, claim),
        "said": str(claim.said or ""),
        "attribution": one_line("; ".join(_attribution(dossier, claim))),
        "statement": one_line(claim.statement),
        "withdrawn": str(claim.withdrawn or ""),
        "footnotes": entry.footnotes,
        "responds_to": [{"id": a.claim, "kind": a.kind.words} for a in claim.responds_to],
        "answers": [
            {"id": name, "kind": kind.words, "party": _parties(dossier, dossier.by_id[name])}
            for name, kind in dossier.answers.get(claim.id, ())
        ],
        "quotes": _quotes(briefing, claim, entry.footnotes),
    }


def _parties(dossier: Dossier, claim: Claim) -> str:
    return one_line(" and ".join(label(dossier, party) for party in claim.parties))


def _attribution(dossier: Dossier, claim: Claim) -> Iterator[str]:
    """Yield who spoke, when, whose words it relays, and of what time it speaks."""
    if claim.speaker:
        yield claim.speaker
    if claim.said:
        yield f"said {claim.said}"
    if claim.reports:
        party = label(dossier, claim.reports.party) if claim.reports.party else None
        yield "relaying " + ", ".join(part for part in (claim.reports.speaker, party) if part)
    if claim.about:
        yield f"about {claim.about}"


def _quotes(briefing: Briefing, claim: Claim, footnotes: tuple[int, ...]) -> list[dict[str, Any]]:
    cited = dict.fromkeys(citation.source for citation in claim.citations)
    numbers = dict(zip(cited, footnotes, strict=False))
    return [
        {
            "quote": one_line(citation.quote or ""),
            "translation": one_line(citation.translation or ""),
            "locator": one_line(citation.locator or ""),
            "footnotes": [numbers[citation.source]] if citation.source in numbers else [],
            **_verified(briefing.verification.of(claim.id, citation)),
        }
        for citation in claim.citations
        if citation.quote or citation.translation or citation.locator
    ]


def _verified(finding: Finding | None) -> dict[str, Any]:
    """Return the mark of a quote's verdict, the verdict in words, and whether to strike it."""
    if finding is None:
        return {"mark": "", "verified": "", "struck": False}
    words = _VERIFIED[finding.verdict]
    if finding.verdict.stands and finding.changed:
        return {
            "mark": "–",
            "verified": "not verified: the text has another checksum than the one on file",
            "struck": False,
        }
    if finding.verdict is Verdict.NO_TEXT:
        words += finding.reason.partition(";")[0]
    if finding.verdict is Verdict.ALTERED:
        words += f' "{"".join(piece.text for piece in finding.differences[1])}"'
    if finding.spots:
        lines = ", ".join(str(line) for line in dict.fromkeys(s.line for s in finding.spots))
        words += f", {'lines' if ',' in lines else 'line'} {lines}"
    if finding.warnings:
        words += f"; to note: {'; '.join(warned.message for warned in finding.warnings)}"
    mark = "✓" if finding.verdict.stands else "✗" if finding.verdict.fails else "–"
    return {"mark": mark, "verified": one_line(words), "struck": finding.verdict.fails}


_VERIFIED = {
    Verdict.EXACT: "verified",
    Verdict.TYPOGRAPHIC: "verified but for typesetting",
    Verdict.EDITED: "verified with its marks of editing",
    Verdict.CASE: "verified but for letter case or punctuation",
    Verdict.AMBIGUOUS: "verified, stands several times",
    Verdict.ALTERED: "not in the text, which has",
    Verdict.MISSING: "not in the text on file",
    Verdict.NO_TEXT: "not verified: ",
}


def _details(briefing: Briefing, entry: Entry, issue: str | None) -> Iterator[dict[str, str]]:
    """Yield what else is on file of a claim: a text after a label, or the id of another claim."""
    claim = entry.claim
    told = {
        "Position": claim.position,
        "Rests on": rests_on(briefing.dossier, claim),
        "On the issue": claim.issue if claim.issue != issue else None,
        "Withdrawn": str(claim.withdrawn or ""),
        "Note": claim.note,
    }
    pointed = {
        "Restates": claim.restates,
        "Supersedes": claim.supersedes,
        "Superseded by": briefing.superseded.get(claim.id),
    }
    yield from ({"label": k, "text": "", "id": name} for k, name in pointed.items() if name)
    for name, kind in briefing.dossier.answers.get(claim.restates or "", ()):
        party = _parties(briefing.dossier, briefing.dossier.by_id[name])
        yield {"label": f"On that, {party} {kind.words}: see", "text": "", "id": name}
    yield from ({"label": k, "text": one_line(v), "id": ""} for k, v in told.items() if v)


def _footnote(note: Footnote) -> dict[str, Any]:
    source = note.source
    if source is None:
        return {"number": note.number, "id": note.id, "missing": True}
    title = one_line(source.title)
    who = f"{source.outlet} ({source.author})" if source.outlet and source.author else None
    by = who or source.outlet or source.author
    described = (by, str(source.published or "no date on file"))
    return {
        "number": note.number,
        "missing": False,
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
    """Return a link's address, "" where none may be or where it would turn the line's direction."""
    link = web_link(url)
    return link if visible(link) == link else ""
