"""The briefing as documents: the context of templates, and the bundled templates.

``claimcli help templates`` lists the names of the context; a test compares the two.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from claimcli.analysis.briefing import Briefing, BriefingEntry, Section
from claimcli.analysis.positions import PositionSummary, Voice
from claimcli.core.dates import Date
from claimcli.core.party_names import parties_label
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, opposition_of, party_label
from claimcli.core.registry_order import in_order
from claimcli.core.relations import marks_in_parentheses, withheld_answers
from claimcli.core.text.escaping import one_line
from claimcli.core.text.word_diff import plural
from claimcli.formats.briefing_contradictions import contested
from claimcli.formats.briefing_details import details
from claimcli.formats.briefing_page import page_values
from claimcli.formats.briefing_sources import footnote, quote_counts, quotes
from claimcli.formats.drawing.paints import Painted, numbered_paints
from claimcli.formats.graph_svg import svg
from claimcli.formats.mermaid import mermaid, too_large
from claimcli.formats.templates import render_encoded
from claimcli.formats.templates.markup import FUNCTIONS, escape_value

DrawPicture = Callable[[Section, int, Painted], str | None]
"""Draws the picture of a section with a number, with the paints of the parties.

It is "" if the section has none, None if it is too large.
"""
DEEPEST = 6
"""Maximum indentation of answers; deeper ones name the claim that they answer."""
SHIPPED = ("briefing", "contradictions", "summary")
"""The bundled templates; each exists for markdown and HTML."""


def markdown(briefing: Briefing, name: str = "briefing") -> bytes:
    """Return a briefing as markdown from a bundled template; all data is escaped."""
    values = _template_context(briefing, name, _flowchart)
    return render_encoded(f"{name}.md.j2", values | FUNCTIONS, finalize=escape_value)


def html(briefing: Briefing, name: str = "briefing") -> bytes:
    """Return a briefing as one HTML page without external resources except links to sources."""
    values = _template_context(briefing, name, _inline_svg)
    values |= page_values(briefing, _speaking_parties(briefing))
    return render_encoded(f"{name}.html.j2", values, autoescape=True)


def _template_context(briefing: Briefing, name: str, draw: DrawPicture) -> dict[str, Any]:
    """Return the context, with the contradictions or the sections' pictures if they are shown."""
    values = _values(briefing)
    if name == "contradictions":
        return values | contested(briefing, _full_entries(values))
    if name != "briefing":
        return values
    return values | {"sections": _with_pictures(briefing, values["sections"], draw)}


def _with_pictures(
    briefing: Briefing, sections: Iterable[dict[str, Any]], draw: DrawPicture
) -> Iterator[dict[str, Any]]:
    """Yield the sections with their pictures, each drawn when the template comes to it."""
    painted = numbered_paints(briefing.dossier)
    for number, (data, one) in enumerate(zip(sections, briefing.sections, strict=True), 1):
        yield {**data, "picture": draw(one, number, painted)}


def _flowchart(section: Section, _: int, painted: Painted) -> str | None:
    """Return a section's picture as Mermaid, in which nothing can end a markdown code fence."""
    if section.picture is None:
        return ""
    text = mermaid(section.picture, painted)
    return None if too_large(text, section.picture) else text.rstrip()


def _inline_svg(section: Section, number: int, painted: Painted) -> str | None:
    """Return a section's picture as SVG with ids of its own, marked as already escaped."""
    if section.picture is None:
        return ""
    title = f"Claims on the issue: {section.question or section.issue or 'none'}"
    try:
        name = f"picture-{number}"
        drawn = svg(section.picture, name=name, title=title, inline=True, painted=painted)
    except ClaimcliError:  # the page says that the picture is too large, and what to do
        return None
    return Markup(drawn.rstrip())  # noqa: S704 - all data in it is escaped


def context(briefing: Briefing) -> dict[str, Any]:
    """Return the values that a template can use, each text on one line."""
    return (values := _values(briefing)) | contested(briefing, _full_entries(values))


def _full_entries(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in (*values["timeline"], *values["undated"])}


def _values(briefing: Briefing) -> dict[str, Any]:
    """Return the values without the contradictions, which only some templates show."""
    parties = [one_line(party_label(briefing.dossier, party)) for party in briefing.parties]
    positions = {
        issue: list(zip(parties, stances, strict=True)) for issue, stances in briefing.positions
    }
    sections = [_section(briefing, s, positions.get(s.issue or "", [])) for s in briefing.sections]
    full = {e["id"]: e for section in sections for e in section["entries"] if not e["again"]}
    in_order = [full[entry.claim.id] for entry in briefing.timeline]
    # An answered claim that is not on file has no words, only its id.
    lost = {a.claim: a.claim for claim in briefing.dossier.claims for a in claim.responds_to}
    return {
        "title": one_line(briefing.title),
        "covers": _covers(briefing),
        "quotes": quote_counts(briefing.verification),
        "ids": briefing.notation.ids,
        "named": lost | {name: one_line(c.statement) for name, c in briefing.dossier.by_id.items()},
        "covered": dict.fromkeys(entry["id"] for entry in in_order),
        "parties": parties,
        "unread": briefing.dossier.unread,
        "lost": one_line(briefing.dossier.unread_note),
        "withheld": briefing.dossier.withheld.note,
        "gaps": [one_line(str(problem)) for problem in briefing.gaps],
        "more_gaps": briefing.more_gaps,
        "positions": _matrix(briefing, full),
        "sections": sections,
        "unanswered": [full[entry.claim.id] for entry in briefing.unanswered],
        "timeline": [entry for entry in in_order if entry["when"]],
        "undated": [entry for entry in in_order if not entry["when"]],
        "footnotes": [footnote(briefing, note) for note in briefing.footnotes],
    }


def _matrix(briefing: Briefing, full: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the positions by issue; cells of one summary, such as silence, are shared."""
    questions = {s.issue: one_line(s.question or "") for s in briefing.sections}
    summaries = {id(summary): summary for _, row in briefing.positions for summary in row}
    cells = {
        number: {
            "text": one_line(s.text), "claim": s.claim or "", "entry": full.get(s.claim or "")
        }
        for number, s in summaries.items()
    }  # fmt: skip
    rows = [(issue, [cells[id(summary)] for summary in row]) for issue, row in briefing.positions]
    return [
        {
            "issue": issue,
            "question": questions.get(issue, ""),
            "stances": [cell["text"] for cell in row],
            "cells": row,
        }
        for issue, row in rows
    ]


def _covers(briefing: Briefing) -> dict[str, Any]:
    coverage = briefing.coverage
    sizes = [
        plural(coverage.claims, "claim"),
        f"{coverage.rebuttals} of them {'a rebuttal' if coverage.rebuttals == 1 else 'rebuttals'}",
        f"by {plural(len(coverage.speaking_parties), 'party', 'parties')}",
        f"from {plural(coverage.sources, 'source')}"
        f" of {plural(coverage.origins, 'independent origin')}",
    ]
    return {
        "sizes": ", ".join(sizes),
        "dates": "; ".join(
            f"{what} {_span(briefing, dates)}"
            for what, dates in (("said", coverage.said), ("published", coverage.published))
            if dates
        ),
        "speaking": [name for _, name in _speaking_parties(briefing)],
        "chosen": plural(coverage.claims - coverage.added, "claim was", "claims were"),
        "added": coverage.added,
    }


def _speaking_parties(briefing: Briefing) -> list[tuple[str, str]]:
    """Return the parties that speak by id and name; a tree's name has those of its members."""
    members: dict[str, list[str]] = {}
    for party in briefing.coverage.speaking_parties:
        root = briefing.trees.get(party, party)
        members.setdefault(root, []).extend([party] if party != root else [])
    names = {
        root: ", ".join(party_label(briefing.dossier, party) for party in members[root])
        for root in in_order(members, briefing.dossier.parties)
    }
    return [
        (root, one_line(party_label(briefing.dossier, root) + (f" ({others})" if others else "")))
        for root, others in names.items()
    ]


def _span(briefing: Briefing, dates: tuple[Date, Date]) -> str:
    first, last = map(briefing.notation.date, dates)
    return first if first == last else f"from {first} to {last}"


def _section(
    briefing: Briefing, section: Section, positions: Iterable[tuple[str, PositionSummary]]
) -> dict[str, Any]:
    listed = list(positions)
    return {
        "issue": section.issue or "",
        "question": one_line(section.question or ""),
        "note": one_line(section.note or ""),
        "held": [
            {"party": party, "position": one_line(summary.text)}
            for party, summary in listed
            if summary.voice is Voice.STATES
        ],
        "heard": [party + s.marks for party, s in listed if s.voice is Voice.SPEAKS],
        "silent": [party for party, s in listed if s.voice is Voice.SILENT],
        "entries": _entries(briefing, section),
    }


def _entries(briefing: Briefing, section: Section) -> list[dict[str, Any]]:
    """Return the entries of a section; the values of a claim that occurs often are shared."""
    claims: dict[str, dict[str, Any]] = {}
    entries = []
    for entry in section.entries:
        name = entry.claim.id
        if name in claims:
            entries.append(claims[name] | _place(briefing.dossier, entry))
            continue
        claims[name] = _claim(briefing, entry) | _place(briefing.dossier, entry)
        claims[name]["details"] = list(details(briefing, entry.claim, section.issue))
        entries.append(claims[name])
    return entries


def _place(dossier: Dossier, entry: BriefingEntry) -> dict[str, Any]:
    """Return the values that depend on where a claim occurs."""
    alone = entry.claim.id not in dossier.answered and not dossier.answers.get(entry.claim.id)
    return {
        "again": entry.repeated,
        "depth": min(entry.depth, DEEPEST),
        "target": (entry.target or "") if entry.depth > DEEPEST else "",
        "kind": entry.kind.label if entry.kind else "",
        "lone": not entry.depth and alone,
    }


def _claim(briefing: Briefing, entry: BriefingEntry) -> dict[str, Any]:
    claim, dossier = entry.claim, briefing.dossier
    return {
        "id": claim.id,
        "status": entry.status.value,
        "answered": claim.id in dossier.answered,
        "party": _parties(dossier, claim),
        "speaker": one_line(claim.speaker or ""),
        "said": briefing.notation.date(claim.said),
        "when": briefing.notation.date(claim.when),
        "about": briefing.notation.date(claim.about),
        "attribution": one_line("; ".join(_attribution(briefing, claim))),
        "statement": one_line(claim.statement),
        "issue": claim.issue or "",
        "position": one_line(claim.position or ""),
        "withdrawn": briefing.notation.date(claim.withdrawn),
        "withheld": one_line(withheld_answers(dossier, dossier.withheld.answers.get(claim.id, ()))),
        "footnotes": list(entry.footnotes),
        "responds_to": [{"id": a.claim, "kind": a.kind.label} for a in claim.responds_to],
        "answers": [
            {
                "id": name,
                "kind": kind.label + marks_in_parentheses(dossier, dossier.by_id[name]),
                "party": _parties(dossier, dossier.by_id[name]),
            }
            for name, kind in dossier.answers.get(claim.id, ())
        ],
        "opposed_by": [
            {"id": one.id, "kind": one.label, "party": one_line(parties_label(dossier, one))}
            for one in opposition_of(dossier, claim.id).opposers
        ],
        "quotes": quotes(claim, entry.footnotes, briefing.verification),
    }


def _parties(dossier: Dossier, claim: Claim) -> str:
    return one_line(parties_label(dossier, claim))


def _attribution(briefing: Briefing, claim: Claim) -> Iterator[str]:
    """Yield who spoke, when, whose words are relayed, and the time that the claim is about."""
    if claim.speaker:
        yield claim.speaker
    if claim.when:
        date = briefing.notation.date(claim.when)
        yield f"said {date}" if claim.said else date
    if claim.reports:
        party = party_label(briefing.dossier, claim.reports.party) if claim.reports.party else None
        yield "relaying " + ", ".join(part for part in (claim.reports.speaker, party) if part)
    if claim.about:
        yield f"about {briefing.notation.date(claim.about)}"
    if claim.id in briefing.dossier.internal:
        yield "internal"
