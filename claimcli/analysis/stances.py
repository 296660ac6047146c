"""What a party holds on an issue, in words: its positions over time, or that it is silent."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import groupby

from claimcli.dates import certainly_after
from claimcli.model import Claim

SILENT = "silent"
HEARD = "speaks, no position on file"
OUTSIDE = "not in this selection"


def stance(claims: list[Claim], covered: Container[str]) -> str:
    """Return in words what a party holds over time, by its claims on one issue in their order.

    ``covered`` are the ids of a selection: a position that lies outside of it says so.
    """
    if not claims:
        return SILENT
    alike: dict[tuple[str, bool], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.position:
            alike[_held(claim)].append(claim)
    if not alike:
        return _marked(HEARD, claims, covered)
    words, before = "", None
    for run in _runs(alike):
        changed = before and run[0].said and certainly_after(run[0].said, before)
        words += (" → " if changed else "; ") if words else ""
        words += _marked(run[0].position or "", alike[_held(run[0])], covered)
        before = run[-1].said
    return words


def _runs(alike: Mapping[tuple[str, bool], list[Claim]]) -> Iterator[list[Claim]]:
    """Yield claims that hold one position, one run after another; undated ones if they add one."""
    dated = [claim for claims in alike.values() for claim in claims if claim.said]
    for _, run in groupby(sorted(dated, key=lambda claim: claim.order), key=_held):
        yield list(run)
    yield from (claims for claims in alike.values() if not any(claim.said for claim in claims))


def _held(claim: Claim) -> tuple[str, bool]:
    return ((claim.position or "").casefold(), claim.withdrawn is not None)


def _marked(words: str, claims: Iterable[Claim], covered: Container[str]) -> str:
    """Add to a position that it was withdrawn, or that the selection leaves it out."""
    told = list(claims)
    marks = [] if any(claim.id in covered for claim in told) else [OUTSIDE]
    if all(claim.withdrawn for claim in told):
        marks.insert(0, f"withdrawn {told[-1].withdrawn}")
    return f"{words} ({', '.join(marks)})" if marks else words
