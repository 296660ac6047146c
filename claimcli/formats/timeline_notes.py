"""Notes on claims that the formats of the timeline share."""

from claimcli.analysis.timeline import EARLIER, SAME_DAY, TimeGap, TimelineEntry
from claimcli.core.party_names import parties_label
from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import claim_marks
from claimcli.formats.claim_text import rival_notes

NO_DATE = "no date on file"
FEW = 3
"""Maximum number of further rebuttals that are named; the others are counted."""


def rebuttal_note(dossier: Dossier, entry: TimelineEntry) -> str:
    """Return the first rebuttal of a claim, its time, and the further ones; "" without any."""
    first = entry.first_rebuttal
    if not first:
        return ""
    which = "first" if entry.certain else "earliest dated" if first.when else "undated"
    who = parties_label(dossier, first)
    after = f", {_gap_note(first, entry.gap)}" if entry.certain or first.when else ""
    marks = "".join(f", {note}" for note in claim_marks(dossier, first))
    others = [rebuttal.id for rebuttal in entry.rebuttals[1:]]
    more = [*others[:FEW], *([f"{len(others) - FEW:,} more"] if len(others) > FEW else [])]
    further = f"; further: {', '.join(more)}" if more else ""
    return f"{which} rebuttal {first.id} ({who}{after}{marks}){further}"


def opposition_notes(dossier: Dossier, entry: TimelineEntry) -> tuple[str, ...]:
    """Return the note on the rebuttals of a claim, and those on its rivals."""
    rebuttals = rebuttal_note(dossier, entry)
    notes = rival_notes(dossier, entry.claim, entry.rivals)
    return (rebuttals, *notes) if rebuttals else notes


def _gap_note(first: Claim, gap: TimeGap | None) -> str:
    if gap is None:
        return str(first.made_by or "dates do not tell when")
    if gap.label == SAME_DAY:
        return "on the same day"
    return gap.label if gap.label.endswith(EARLIER) else f"after {gap.label}"


def answer_note(entry: TimelineEntry) -> str:
    """Return the kinds and ids of what a claim answers, in words."""
    return "; ".join(f"{kind.label}: {name}" for name, kind in entry.answers)


def marks_note(dossier: Dossier, entry: TimelineEntry) -> str:
    """Return the marks of a claim in one text, "" without any."""
    return ", ".join(claim_marks(dossier, entry.claim))
