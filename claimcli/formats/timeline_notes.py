"""Notes on a claim that every format of the timeline shows."""

from claimcli.analysis.timeline import EARLIER, SAME_DAY, TimeGap, TimelineEntry
from claimcli.core.records import Dossier, party_label

NO_DATE = "no date on file"
FEW = 3
"""Further rebuttals that are named; of more their number is told."""


def rebuttal_note(dossier: Dossier, entry: TimelineEntry) -> str:
    """Return in words who rebuts a claim first, when, and who else; "" where nobody does."""
    if not entry.first_rebuttal:
        return ""
    which = (
        "first" if entry.certain else "earliest dated" if entry.first_rebuttal.said else "undated"
    )
    who = party_label(dossier, entry.first_rebuttal.party)
    took = f", {_took(entry.gap)}" if entry.certain or entry.first_rebuttal.said else ""
    withdrawn = (
        f", withdrawn {entry.first_rebuttal.withdrawn}" if entry.first_rebuttal.withdrawn else ""
    )
    others = [rebuttal.id for rebuttal in entry.rebuttals[1:]]
    more = [*others[:FEW], *([f"{len(others) - FEW:,} more"] if len(others) > FEW else [])]
    beside = f"; further: {', '.join(more)}" if more else ""
    return f"{which} rebuttal {entry.first_rebuttal.id} ({who}{took}{withdrawn}){beside}"


def _took(gap: TimeGap | None) -> str:
    if gap is None:
        return "dates do not tell when"
    if gap.label == SAME_DAY:
        return "on the same day"
    return gap.label if gap.label.endswith(EARLIER) else f"after {gap.label}"


def answer_note(entry: TimelineEntry) -> str:
    """Return in words what a claim does to what it answers; "" where it answers nothing."""
    return "; ".join(f"{kind.label}: {name}" for name, kind in entry.answers)


def withdrawal_note(entry: TimelineEntry) -> str:
    """Return that a claim was withdrawn and when; "" where it was not."""
    return f"withdrawn {entry.claim.withdrawn}" if entry.claim.withdrawn else ""
