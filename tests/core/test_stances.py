"""Stances on one issue: compared pair by pair or counted, by the rules for two claims."""

from collections.abc import Sequence
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from claimcli.core import stances
from claimcli.core.dates import overlap, parse_date
from claimcli.core.relations import Relation
from claimcli.core.stances import (
    UNBOUNDED,
    Bounds,
    Stance,
    date_bounds,
    stance_relations,
    stances_overlap,
)
from tests.support.dossiers import DATES

MOMENTS = ("2021-12-29T23:00:00", "2021-12-30T00:00:00", "2021-12-30T13:00:00", "2021-12-31T00:00:00")  # fmt: skip


def times() -> st.SearchStrategy[tuple[Bounds, Bounds | None]]:
    bounds = st.lists(st.sampled_from(MOMENTS), min_size=2, max_size=2).map(_range)
    return st.tuples(bounds, bounds | st.none()) | st.just((UNBOUNDED, None))


def _range(ends: list[str]) -> Bounds:
    return min(ends), max(ends)


def stance_lists() -> st.SearchStrategy[list[Stance]]:
    parties = st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2)
    one = st.tuples(parties, st.sampled_from(("yes", "no")), times())
    return st.lists(one.map(lambda s: Stance(s[0], s[1], *s[2])), max_size=12)


@given(stance_lists())
def test_counting_gives_the_same_result_as_comparing_pairs(some: list[Stance]) -> None:
    assert _relations(some, max_compared=0) == _relations(some, max_compared=100)


def _relations(some: Sequence[Stance], *, max_compared: int) -> dict[int, Relation]:
    with patch.object(stances, "MAX_COMPARED", max_compared):
        return dict(stance_relations(enumerate(some)))


@given(st.sampled_from(DATES), st.sampled_from(DATES))
def test_times_of_stances_overlap_if_their_dates_do(left: str, right: str) -> None:
    """Bounds as text follow the same rule as dates, also if just one has a UTC offset."""
    one, other = parse_date(left), parse_date(right)

    assert stances_overlap(_about(left), _about(right)) == overlap(one, other)


def _about(text: str) -> Stance:
    return Stance(frozenset("a"), "yes", *date_bounds(parse_date(text)))
