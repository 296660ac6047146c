"""The contradictions of a briefing, as values for templates."""

from collections.abc import Mapping
from typing import Any

from claimcli.analysis.briefing import Briefing
from claimcli.analysis.contradictions import Contradiction, contradictions
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
    others = [
        c for c in claims if c.id not in shown and any(a.claim in shown for a in c.responds_to)
    ]
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
