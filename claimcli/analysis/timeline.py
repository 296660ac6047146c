"""The claims in order of time, and the time until the first rebuttal of each."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from claimcli.analysis.rival_lines import rivals_of
from claimcli.core.dates import FIRST, LAST, Date, certainly_after, shift, zone_doubt
from claimcli.core.opposition import Opposer
from claimcli.core.records import Claim, Dossier, opposition_of
from claimcli.core.relations import is_by_others, is_current
from claimcli.core.response_kinds import Kind
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Cell, Table
from claimcli.core.text.word_diff import plural

SAME_DAY, EARLIER = "same day", "earlier"
MINUTE = timedelta(minutes=1)
COLUMNS = (
    "when", "id", "party", "statement", "withdrawn", "answers", "first_rebuttal", "certain",
    "gap", "rebuttals", "published", "opposed_by",
)  # fmt: skip


class TimeGap(Struct, frozen=True):
    """The time from one date to another, as a minimum, a maximum and in words.

    It is negative if the other date came first.
    """

    least: timedelta
    most: timedelta
    label: str


class TimelineEntry(ShortRepr, frozen=True):
    """A claim on the timeline.

    ``answers`` are the ids and kinds of what it answers; ``rebuttals`` are the opposing claims,
    those by other parties first, withdrawn and superseded ones last. ``certain`` says whether the
    dates prove which rebuttal was the first; ``gap`` is the time until it, None if the dates do
    not tell.
    ``published`` is the date of the earliest source, ``rivals`` are the claims with another
    position on its issue.
    """

    claim: Claim
    answers: tuple[tuple[str, Kind], ...]
    rebuttals: tuple[Claim, ...]
    certain: bool
    gap: TimeGap | None
    published: Date | None
    rivals: tuple[Opposer, ...] = ()

    @property
    def first_rebuttal(self) -> Claim | None:
        """The first rebuttal, if any."""
        return self.rebuttals[0] if self.rebuttals else None


class Timeline(ShortRepr, frozen=True):
    """The dated claims in order, and the undated ones."""

    dated: tuple[TimelineEntry, ...]
    undated: tuple[TimelineEntry, ...]
    dossier: Dossier

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """Dated entries, then undated ones."""
        return (*self.dated, *self.undated)

    def table(self) -> Table:
        """Return a row for each claim."""
        return Table("claims", COLUMNS, tuple(self.rows()))

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of the table."""
        return (_row(self.dossier, entry) for entry in self.entries)


def _row(dossier: Dossier, entry: TimelineEntry) -> tuple[Cell, ...]:
    claim = entry.claim
    return (
        str(claim.when) if claim.when else None,
        claim.id,
        claim.parties,
        claim.statement,
        str(claim.withdrawn) if claim.withdrawn else None,
        tuple(f"{kind.label}: {name}" for name, kind in entry.answers),
        entry.first_rebuttal.id if entry.first_rebuttal else None,
        ("yes" if entry.certain else "no") if entry.first_rebuttal else None,
        entry.gap.label if entry.gap else None,
        tuple(rebuttal.id for rebuttal in entry.rebuttals),
        str(entry.published) if entry.published else None,
        tuple(f"{one.id} ({one.by})" for one in opposition_of(dossier, claim.id).opposers),
    )


def timeline(dossier: Dossier) -> Timeline:
    """Return the selected claims by when they were made."""
    claims = sorted(dossier.claims, key=lambda claim: claim.order)
    entries = [_entry(dossier, claim) for claim in claims]
    return Timeline(
        tuple(entry for entry in entries if entry.claim.when),
        tuple(entry for entry in entries if not entry.claim.when),
        dossier,
    )


def _entry(dossier: Dossier, claim: Claim) -> TimelineEntry:
    opposing = {name for name, kind in dossier.answers.get(claim.id, ()) if kind.opposes}
    rebuttals = sorted(
        (dossier.by_id[name] for name in opposing), key=lambda one: _rank(dossier, one, claim)
    )
    answers = tuple((a.claim, a.kind) for a in claim.responds_to if a.claim in dossier.by_id)
    first = rebuttals[0].when if rebuttals else None
    gap = time_between(claim.when, first) if claim.when and first else None
    return TimelineEntry(
        claim,
        answers,
        tuple(rebuttals),
        bool(rebuttals) and all(_later(other.when, first) for other in rebuttals[1:]),
        gap,
        _published(dossier, claim),
        rivals_of(dossier, claim),
    )


def _rank(dossier: Dossier, rebuttal: Claim, claim: Claim) -> tuple[object, ...]:
    current = is_current(rebuttal, dossier.superseded)
    return not current, not is_by_others(rebuttal, claim), *rebuttal.order


def _later(one: Date | None, other: Date | None) -> bool:
    return one is not None and other is not None and certainly_after(one, other)


def _published(dossier: Dossier, claim: Claim) -> Date | None:
    cited = (dossier.sources.get(citation.source) for citation in claim.citations)
    dates = [source.published for source in cited if source and source.published]
    return min(dates, key=lambda date: (date.order, date.text), default=None)


def time_between(one: Date, other: Date) -> TimeGap | None:
    """Return the time from one date to another, None if either is open-ended.

    It is given in calendar days, between times of day in hours and minutes; a date that can mean
    several days gives a range.
    """
    if FIRST in (one.earliest, other.earliest) or LAST in (one.latest, other.latest):
        return None
    doubt = zone_doubt(one, other)
    (first, last), (other_first, other_last) = one.instants, other.instants
    least, most = other_first - last - doubt, other_last - first + doubt
    if max(last - first, other_last - other_first) <= MINUTE and not doubt:
        return TimeGap(least, most, _elapsed(other_first - first))
    days = _days(shift(last, doubt), other_first), _days(shift(first, -doubt), other_last)
    return TimeGap(least, most, _in_days(*days))


def _days(one: datetime, other: datetime) -> int:
    return (other.date() - one.date()).days


def _elapsed(time: timedelta) -> str:
    if time < timedelta():
        return f"{_elapsed(-time)} {EARLIER}"
    minutes, days = divmod(time.seconds // 60, 60), time.days
    parts = [plural(days, "day") if days else "", f"{minutes[0]} h" if minutes[0] else ""]
    parts.append(f"{minutes[1]} min" if minutes[1] and not days else "")
    return " ".join(part for part in parts if part) or "0 min"


def _in_days(least: int, most: int) -> str:
    if most < 0:
        return f"{_in_days(-most, -least)} {EARLIER}"
    if most == 0 > least:
        return f"{_in_days(0, -least)} {EARLIER}"
    if least == most:
        return plural(least, "day") if least else SAME_DAY
    return f"{least} to {most:,} days" if least >= 0 else f"at most {plural(most, 'day')}"
