"""What a party holds on an issue, in words: its positions over time, or that it is silent."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from claimcli.core.dates import certainly_after, overlap
from claimcli.core.records import Claim, Dossier

SILENT = "silent"
HEARD = "speaks, no position on file"
OUTSIDE = "not in this selection"
MOST_CHANGES = 6
"""Positions in a row that are told; of more only the first and the last ones are."""

_Way = tuple[str, bool, str]
"""A position without letter case, whether it was withdrawn, and the time it is about."""


def ordered_parties(dossier: Dossier, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return who speaks in some claims, then the registered parties that do not, each by id."""
    found = {party for claim in claims for party in claim.parties}
    registered = {party.id for party in dossier.parties.values() if party.registered}
    return (*sorted(found), *sorted(registered - found))


def position_summary(claims: Sequence[Claim], covered: Container[str]) -> str:
    """Return in words what a party holds over time, by its claims on one issue in their order.

    ``covered`` are the ids of a selection: a position that lies outside of it says so. Where
    positions are about times that cannot be the same, each says which it is about.
    """
    if not claims:
        return SILENT
    stated = [claim for claim in claims if claim.position]
    if not stated:
        return f"{HEARD}{_marks(claims, covered)}"
    apart = _apart(stated)
    alike: dict[_Way, list[Claim]] = defaultdict(list)
    for claim in stated:
        alike[_way(claim, apart=apart)].append(claim)
    marks = {way: _marks(some, covered) for way, some in alike.items()}
    parts: list[str] = []
    before: Claim | None = None
    for run in _runs(alike, apart=apart):
        joint = " → " if before and _changed(before, run[0]) else "; " if before else ""
        about = f" (about {run[0].about})" if apart and run[0].about else ""
        parts.append(f"{joint}{run[0].position}{about}{marks[_way(run[0], apart=apart)]}")
        before = run[-1]
    if len(parts) > MOST_CHANGES:
        left_out = len(parts) - MOST_CHANGES
        parts = [*parts[:3], f" … {left_out:,} more …", *parts[-3:]]
    return "".join(parts)


def _apart(claims: Iterable[Claim]) -> bool:
    """Return whether some of the claims are about times that cannot be the same."""
    times = [claim.about for claim in claims if claim.about]
    if not times:
        return False
    return certainly_after(
        max(times, key=lambda date: date.earliest), min(times, key=lambda date: date.latest)
    )


def _changed(before: Claim, after: Claim) -> bool:
    """Return whether the dates say that one position came after another about the same time."""
    if before.said is None or after.said is None or not overlap(before.about, after.about):
        return False
    return certainly_after(after.said, before.said)


def _way(claim: Claim, *, apart: bool) -> _Way:
    about = str(claim.about or "") if apart else ""
    return (claim.position or "").casefold(), claim.withdrawn is not None, about


def _runs(alike: Mapping[_Way, list[Claim]], *, apart: bool) -> Iterator[list[Claim]]:
    """Yield claims that hold one position, one run after another; undated ones if they add one."""
    dated = [claim for claims in alike.values() for claim in claims if claim.said]
    in_order = sorted(dated, key=lambda claim: claim.order)
    for _, run in groupby(in_order, key=lambda claim: _way(claim, apart=apart)):
        yield list(run)
    yield from (claims for claims in alike.values() if not any(claim.said for claim in claims))


def _marks(claims: Sequence[Claim], covered: Container[str]) -> str:
    """Return in brackets that claims were withdrawn, or that the selection leaves them out."""
    marks = [] if any(claim.id in covered for claim in claims) else [OUTSIDE]
    if all(claim.withdrawn for claim in claims):
        marks.insert(0, f"withdrawn {claims[-1].withdrawn}")
    return f" ({', '.join(marks)})" if marks else ""
