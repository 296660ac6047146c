"""A party's position on an issue in words: its positions over time, or that it is silent."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from claimcli.core.dates import certainly_after, overlap
from claimcli.core.positions import position_key
from claimcli.core.records import Claim, Dossier

SILENT = "silent"
HEARD = "speaks, no position on file"
OUTSIDE = "not in this selection"
MOST_CHANGES = 6
"""Maximum number of positions in a summary; of more the first and last three are shown."""

_PositionKey = tuple[str, bool, str]
"""The key of a position, whether it was withdrawn, and the time it is about."""


class PositionSummary(Struct, frozen=True):
    """A party's position on an issue in words, and whether it speaks and states a position.

    ``marks`` is a note in parentheses on a party that speaks without stating a position.
    """

    text: str
    speaks: bool = True
    states: bool = True
    marks: str = ""


def ordered_parties(dossier: Dossier, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the parties of some claims, then the other registered ones, each sorted by id."""
    speaking = {party for claim in claims for party in claim.parties}
    registered = {party.id for party in dossier.parties.values() if party.registered}
    return (*sorted(speaking), *sorted(registered - speaking))


def summarize_position(claims: Sequence[Claim], covered: Container[str]) -> PositionSummary:
    """Summarize a party's positions over time from its claims on one issue in order.

    Positions outside ``covered``, the ids of a selection, are marked. Positions about times that
    cannot overlap say which time they are about.
    """
    if not claims:
        return PositionSummary(SILENT, speaks=False, states=False)
    stated = [claim for claim in claims if claim.position]
    if not stated:
        note = _marks(claims, covered)
        return PositionSummary(f"{HEARD}{note}", states=False, marks=note)
    with_times = _times_differ(stated)
    groups: dict[_PositionKey, list[Claim]] = defaultdict(list)
    for claim in stated:
        groups[_key(claim, with_times=with_times)].append(claim)
    marks = {key: _marks(group, covered) for key, group in groups.items()}
    parts: list[str] = []
    before: Claim | None = None
    for run in _runs(groups, with_times=with_times):
        separator = " → " if before and _changed(before, run[0]) else "; " if before else ""
        about = f" (about {run[0].about})" if with_times and run[0].about else ""
        parts.append(
            f"{separator}{run[0].position}{about}{marks[_key(run[0], with_times=with_times)]}"
        )
        before = run[-1]
    if len(parts) > MOST_CHANGES:
        left_out = len(parts) - MOST_CHANGES
        parts = [*parts[:3], f" … {left_out:,} more …", *parts[-3:]]
    return PositionSummary("".join(parts))


def _times_differ(claims: Iterable[Claim]) -> bool:
    """Return whether two of the claims are about times that cannot overlap."""
    times = [claim.about for claim in claims if claim.about]
    if not times:
        return False
    last = max(times, key=lambda date: date.earliest)
    return not overlap(last, min(times, key=lambda date: date.latest))


def _changed(before: Claim, after: Claim) -> bool:
    """Return whether the dates prove that a position about the same time came later."""
    if before.when is None or after.when is None or not overlap(before.about, after.about):
        return False
    return certainly_after(after.when, before.when)


def _key(claim: Claim, *, with_times: bool) -> _PositionKey:
    about = str(claim.about or "") if with_times else ""
    return position_key(claim.position), claim.withdrawn is not None, about


def _runs(groups: Mapping[_PositionKey, list[Claim]], *, with_times: bool) -> Iterator[list[Claim]]:
    """Yield consecutive claims with the same position, then undated claims with other positions."""
    dated = [claim for claims in groups.values() for claim in claims if claim.when]
    in_order = sorted(dated, key=lambda claim: claim.order)
    for _, run in groupby(in_order, key=lambda claim: _key(claim, with_times=with_times)):
        yield list(run)
    yield from (claims for claims in groups.values() if not any(claim.when for claim in claims))


def _marks(claims: Sequence[Claim], covered: Container[str]) -> str:
    """Return a note in parentheses if claims were withdrawn or are not selected."""
    marks = [] if any(claim.id in covered for claim in claims) else [OUTSIDE]
    if all(claim.withdrawn for claim in claims):
        marks.insert(0, f"withdrawn {claims[-1].withdrawn}")
    return f" ({', '.join(marks)})" if marks else ""
