"""The formats of the changes of accounts."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.drift import Drift, DriftChange
from claimcli.core.records import Dossier, party_label
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown
from claimcli.formats.claim_text import claim_data, markdown_claim

NO_CHANGE = "no change of an account on file"


def claim_titles(change: DriftChange) -> tuple[str, str]:
    """Return the titles of the two claims of a change."""
    return ("earlier", "later") if change.ordered else ("one", "the other")


def changes_by_party(drift: Drift) -> list[tuple[str, list[DriftChange]]]:
    """Return the changes under their parties, in order."""
    changes: dict[str, list[DriftChange]] = {}
    for change in drift.changes:
        changes.setdefault(change.party, []).append(change)
    return list(changes.items())


def data(drift: Drift) -> dict[str, Any]:
    """Return ``{parties, steps: [{party, issue, question, shifts, ordered, earlier, later, …}]}``.

    Claims are as in ``list``, with the segments of the statement as ``words``; ``later`` is null
    for a withdrawal.
    """
    dossier = drift.dossier
    return {
        "parties": list(drift.parties),
        "steps": [
            {
                "party": change.party,
                "issue": change.issue,
                "question": change.question,
                "shifts": [shift.value for shift in change.kinds],
                "ordered": change.ordered,
                "earlier": claim_data(dossier, change.earlier, change.segments[0]),
                "later": change.later and claim_data(dossier, change.later, change.segments[1]),
                "withdrawn": None if change.later else str(change.earlier.withdrawn),
            }
            for change in drift.changes
        ],
    }


def markdown(drift: Drift) -> str:
    """Return a GitHub-flavoured markdown document with one table for each party."""
    dossier = drift.dossier
    parts = ["# How accounts changed\n"]
    for party, changes in changes_by_party(drift):
        rows = "".join(_row(dossier, change) for change in changes)
        parts.append(
            f"\n## {for_markdown(party_label(dossier, party))}\n\n"
            f"| issue | change | claim | later claim |\n| --- | --- | --- | --- |\n{rows}"
        )
    if not drift.changes:
        parts.append(f"\n{NO_CHANGE.capitalize()}.\n")
    return "".join(parts)


def _row(dossier: Dossier, change: DriftChange) -> str:
    earlier = markdown_claim(dossier, change.earlier, change.segments[0], change.party)
    later = (
        markdown_claim(dossier, change.later, change.segments[1], change.party)
        if change.later
        else ""
    )
    order = "" if change.ordered else " (the dates do not tell which was first)"
    cells = (for_markdown(change.issue or ""), for_markdown(change.label + order), earlier, later)
    return f"| {' | '.join(cells)} |\n"


WRITERS: Mapping[str, Callable[[Drift], str]] = {
    "table": lambda drift: tsv(drift.table()),
    "tsv": lambda drift: tsv(drift.table()),
    "json": lambda drift: to_json(data(drift)),
    "md": markdown,
}
