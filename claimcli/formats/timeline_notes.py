"""Notes on a claim that every format of the timeline shows."""

from claimcli.analysis.timeline import EARLIER, SAME_DAY, Entry, Gap
from claimcli.core.records import Dossier
from claimcli.formats.diff import label

NO_DATE = "no date on file"
FEW = 3
"""Further rebuttals that are named; of more their number is told."""


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


def withdrawn(entry: Entry) -> str:
    """Return that a claim was withdrawn and when; "" where it was not."""
    return f"withdrawn {entry.claim.withdrawn}" if entry.claim.withdrawn else ""
