"""The timeline as data and as markdown."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.list import record
from claimcli.analysis.timeline import EARLIER, SAME_DAY, Entry, Gap, Timeline
from claimcli.core.records import Dossier
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown
from claimcli.core.text.word_diff import Piece
from claimcli.formats.diff import label, markdown_claim

NO_DATE = "no date on file"
FEW = 3
"""Further rebuttals that are named; of more their number is told."""


def data(dossier: Dossier, found: Timeline) -> dict[str, Any]:
    """Return ``{entries: [claim]}``; each has ``first_rebuttal``, ``gap`` and ``published`` too.

    ``certain`` is whether dates say that the rebuttal was the first, null where there is none. A
    gap is ``{least, most, words}``, both in seconds; it is null where dates do not tell it.
    """
    return {"entries": [_data(dossier, entry) for entry in found.entries]}


def _data(dossier: Dossier, entry: Entry) -> dict[str, Any]:
    gap = entry.gap
    return {
        **record(dossier, entry.claim),
        "first_rebuttal": entry.first.id if entry.first else None,
        "certain": entry.certain if entry.first else None,
        "gap": gap
        and {
            "least": int(gap.least.total_seconds()),
            "most": int(gap.most.total_seconds()),
            "words": gap.words,
        },
        "published": str(entry.published) if entry.published else None,
    }


def rebutted(dossier: Dossier, entry: Entry) -> str:
    """Return in words who rebuts a claim first, when, and who else; "" where nobody does."""
    if not entry.first:
        return ""
    which = "first" if entry.certain else "earliest dated" if entry.first.said else "undated"
    who = label(dossier, entry.first.party)
    took = f", {_took(entry.gap)}" if entry.certain or entry.first.said else ""
    withdrawn = f", withdrawn {entry.first.withdrawn}" if entry.first.withdrawn else ""
    others = [rebuttal.id for rebuttal in entry.rebuttals[1:]]
    more = [*others[:FEW], *([f"{len(others) - FEW:,} more"] if len(others) > FEW else [])]
    beside = f"; further: {', '.join(more)}" if more else ""
    return f"{which} rebuttal {entry.first.id} ({who}{took}{withdrawn}){beside}"


def _took(gap: Gap | None) -> str:
    if gap is None:
        return "dates do not tell when"
    if gap.words == SAME_DAY:
        return "on the same day"
    return gap.words if gap.words.endswith(EARLIER) else f"after {gap.words}"


def answered(entry: Entry) -> str:
    """Return in words what a claim does to what it answers; "" where it answers nothing."""
    return "; ".join(f"{kind.label}: {name}" for name, kind in entry.answers)


def markdown(dossier: Dossier, found: Timeline) -> str:
    """Return a GitHub-flavoured markdown table, undated claims last."""
    rows = "".join(_row(dossier, entry) for entry in found.entries)
    return f"| said | claim | answers | first rebuttal |\n| --- | --- | --- | --- |\n{rows}"


def _row(dossier: Dossier, entry: Entry) -> str:
    cells = (
        for_markdown(when(entry)),
        markdown_claim(dossier, entry.claim, [Piece(entry.claim.statement, differs=False)]),
        for_markdown(answered(entry)),
        for_markdown(rebutted(dossier, entry)),
    )
    return f"| {' | '.join(cells)} |\n"


def when(entry: Entry) -> str:
    """Return when a claim was said, or that no date is on file and when it was published."""
    if entry.claim.said:
        return str(entry.claim.said)
    return f"{NO_DATE}, published {entry.published}" if entry.published else NO_DATE


def withdrawn(entry: Entry) -> str:
    """Return that a claim was withdrawn and when; "" where it was not."""
    return f"withdrawn {entry.claim.withdrawn}" if entry.claim.withdrawn else ""


WRITERS: Mapping[str, Callable[[Dossier, Timeline], str]] = {
    "table": lambda _, found: tsv(found.table()),
    "tsv": lambda _, found: tsv(found.table()),
    "json": lambda dossier, found: to_json(data(dossier, found)),
    "md": markdown,
}
