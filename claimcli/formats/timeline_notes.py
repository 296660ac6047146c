"""Notes on claims that the formats of the timeline share."""

from msgspec import Struct

from claimcli.analysis.timeline import EARLIER, SAME_DAY, TimeGap, TimelineEntry
from claimcli.core.party_names import parties_label
from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import claim_marks
from claimcli.formats.claim_text import rival_notes

NO_DATE = "no date on file"
FEW = 3
"""Maximum number of further rebuttals that are named; the others are counted."""


class FirstRebuttal(Struct, frozen=True):
    """The first rebuttal of a claim: how sure that is, its id, who makes it, and when.

    ``further`` are the ids of further ones, ``more`` is the number of others.
    """

    certainty: str
    id: str
    details: str
    further: tuple[str, ...]
    more: int


def first_rebuttal(dossier: Dossier, entry: TimelineEntry) -> FirstRebuttal | None:
    """Return the first rebuttal of a claim in words, None without any."""
    first = entry.first_rebuttal
    if not first:
        return None
    certainty = "first" if entry.certain else "earliest dated" if first.when else "undated"
    details = [parties_label(dossier, first)]
    details += [_gap_note(first, entry.gap)] if entry.certain or first.when else []
    details += claim_marks(dossier, first)
    further = tuple(rebuttal.id for rebuttal in entry.rebuttals[1 : FEW + 1])
    more = max(0, len(entry.rebuttals) - 1 - FEW)
    return FirstRebuttal(certainty, first.id, ", ".join(details), further, more)


def rebuttal_note(dossier: Dossier, entry: TimelineEntry) -> str:
    """Return the first rebuttal of a claim, its time, and the further ones; "" without any."""
    first = first_rebuttal(dossier, entry)
    if not first:
        return ""
    more = [*first.further, *([f"{first.more:,} more"] if first.more else [])]
    further = f"; further: {', '.join(more)}" if more else ""
    return f"{first.certainty} rebuttal {first.id} ({first.details}){further}"


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
