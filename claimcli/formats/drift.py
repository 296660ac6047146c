"""How accounts changed, as data and as markdown."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from claimcli.analysis.drift import Drift, DriftChange
from claimcli.analysis.list import claim_record
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown
from claimcli.core.text.word_diff import Piece
from claimcli.formats.claim_text import markdown_claim, segment_data

NO_CHANGE = "no change of an account on file"


def claim_titles(step: DriftChange) -> tuple[str, str]:
    """Return what the two claims of a step are called."""
    return ("earlier", "later") if step.ordered else ("one", "the other")


def changes_by_party(found: Drift) -> list[tuple[str, list[DriftChange]]]:
    """Return the steps under the parties that took any, in order."""
    steps: dict[str, list[DriftChange]] = {}
    for step in found.changes:
        steps.setdefault(step.party, []).append(step)
    return list(steps.items())


def data(found: Drift) -> dict[str, Any]:
    """Return ``{parties, steps: [{party, issue, question, shifts, ordered, earlier, later, …}]}``.

    Claims are as in ``list``, each with its statement in pieces as ``words``; ``later`` is null
    where a claim was withdrawn.
    """
    dossier = found.dossier
    return {
        "parties": list(found.parties),
        "steps": [
            {
                "party": step.party,
                "issue": step.issue,
                "question": step.question,
                "shifts": [shift.value for shift in step.kinds],
                "ordered": step.ordered,
                "earlier": _data(dossier, step.earlier, step.segments[0]),
                "later": step.later and _data(dossier, step.later, step.segments[1]),
                "withdrawn": None if step.later else str(step.earlier.withdrawn),
            }
            for step in found.changes
        ],
    }


def _data(dossier: Dossier, claim: Claim, segments: Iterable[Piece]) -> dict[str, Any]:
    return {**claim_record(dossier, claim), "words": segment_data(segments)}


def markdown(found: Drift) -> str:
    """Return a GitHub-flavoured markdown document with one table a party."""
    dossier = found.dossier
    parts = ["# How accounts changed\n"]
    for party, steps in changes_by_party(found):
        rows = "".join(_row(dossier, step) for step in steps)
        parts.append(
            f"\n## {for_markdown(party_label(dossier, party))}\n\n"
            f"| issue | change | claim | later claim |\n| --- | --- | --- | --- |\n{rows}"
        )
    if not found.changes:
        parts.append(f"\n{NO_CHANGE.capitalize()}.\n")
    return "".join(parts)


def _row(dossier: Dossier, step: DriftChange) -> str:
    earlier = markdown_claim(dossier, step.earlier, step.segments[0])
    later = markdown_claim(dossier, step.later, step.segments[1]) if step.later else ""
    order = "" if step.ordered else " (the dates do not tell which was first)"
    cells = (for_markdown(step.issue or ""), for_markdown(step.label + order), earlier, later)
    return f"| {' | '.join(cells)} |\n"


WRITERS: Mapping[str, Callable[[Drift], str]] = {
    "table": lambda found: tsv(found.table()),
    "tsv": lambda found: tsv(found.table()),
    "json": lambda found: to_json(data(found)),
    "md": markdown,
}
