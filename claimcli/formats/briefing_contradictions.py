"""The contradictions of a briefing, as values for templates."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import Any

from claimcli.analysis.briefing import Briefing
from claimcli.analysis.contradictions import Contradiction, contradictions
from claimcli.core.records import Claim
from claimcli.core.text.escaping import one_line
from claimcli.formats.briefing_sources import footnote


def contested(briefing: Briefing, full: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the contradictions, claims contested elsewhere, and other answers to them.

    ``full`` has the entry of each claim by id.
    """
    claims = [entry.claim for entry in briefing.timeline]
    result = contradictions(briefing.dossier, claims)
    opposed = (c for row in result.rows for c in (*row.claims, *(o.claim for o in row.opponents)))
    shown = {claim.id: claim for claim in (*opposed, *result.elsewhere)}
    answering = _answering(claims, shown)
    others = [claim for claim in claims if claim.id in answering]
    ids = (*shown, *(claim.id for claim in others))
    cited = {number for name in ids for number in full[name]["footnotes"]}
    return {
        "contradictions": [_row(briefing, row, full) for row in result.rows],
        "elsewhere": [full[claim.id] for claim in result.elsewhere],
        "beside": [full[claim.id] for claim in others],
        "contested_sources": [
            footnote(briefing, note) for note in briefing.footnotes if note.number in cited
        ],
    }


def _answering(claims: Iterable[Claim], shown: Container[str]) -> set[str]:
    """Return the ids of the other claims that answer those shown, and of the answers to them."""
    answers: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for answer in claim.responds_to:
            answers[answer.claim].add(claim.id)
    found: set[str] = set()
    todo = [name for name in answers if name in shown]
    while todo:
        new = {name for name in answers[todo.pop()] if name not in shown} - found
        found |= new
        todo += new
    return found


def _row(
    briefing: Briefing, row: Contradiction, full: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    issue = briefing.dossier.issues.get(row.issue or "")
    return {
        "issue": row.issue or "",
        "question": one_line((issue.question if issue else "") or ""),
        "claims": [full[claim.id] for claim in row.claims],
        "against": [{**full[o.claim.id], "kind": one_line(o.label)} for o in row.opponents],
    }
