"""Stances on one issue: counted, by the rules for two claims."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.dates import overlap, parse_date
from claimcli.core.stances import (
    UNBOUNDED,
    Bounds,
    Compatible,
    Rivals,
    Stance,
    compatible_positions,
    date_bounds,
    rivals_of_stances,
    stance_opposes,
    stances_overlap,
)
from tests.support.dossiers import DATES

MOMENTS = ("2021-12-29T23:00:00", "2021-12-30T00:00:00", "2021-12-30T13:00:00", "2021-12-31T00:00:00")  # fmt: skip
COMPATIBLE = compatible_positions([("no", "unclear"), ("no", "no")])


def times() -> st.SearchStrategy[tuple[Bounds, Bounds | None]]:
    bounds = st.lists(st.sampled_from(MOMENTS), min_size=2, max_size=2).map(_range)
    return st.tuples(bounds, bounds | st.none()) | st.just((UNBOUNDED, None))


def _range(ends: list[str]) -> Bounds:
    return min(ends), max(ends)


def stances() -> st.SearchStrategy[dict[int, Stance]]:
    trees = st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2)
    one = st.tuples(trees, st.sampled_from(("yes", "no", "unclear")), times(), st.booleans())
    some = st.lists(one.map(lambda s: Stance(s[0], s[1], *s[2], s[3])), max_size=12)
    return some.map(lambda listed: dict(enumerate(listed)))


@given(stances(), st.sampled_from(({}, COMPATIBLE)), st.integers(0, 11), st.integers(0, 11))
def test_counting_gives_the_same_result_as_comparing_pairs(
    some: dict[int, Stance], compatible: Compatible, old: int, new: int
) -> None:
    """Successors do not oppose the claim that they supersede."""
    successors = {old: (new,)} if old != new else {}
    counted = dict(rivals_of_stances(some, compatible, successors))

    for key in some:
        assert counted.get(key, Rivals()) == _compare(key, some, compatible, successors)


def _compare(
    key: int,
    some: Mapping[int, Stance],
    compatible: Compatible,
    successors: Mapping[int, tuple[int, ...]],
) -> Rivals:
    one = some[key]
    others = {number: s for number, s in some.items() if number not in successors.get(key, ())}
    opposing = [s for s in others.values() if stance_opposes(s, one, compatible)]
    outside = any(not s.trees <= one.trees for s in opposing)
    inside = any(s.trees & one.trees for s in opposing)
    shared = any(
        s.holds
        and s.position == one.position
        and stances_overlap(one, s)
        and not s.trees <= one.trees
        for s in some.values()
    )
    return Rivals(outside, inside, shared)


def test_a_position_is_not_compatible_with_itself() -> None:
    assert {"no": frozenset({"unclear"}), "unclear": frozenset({"no"})} == COMPATIBLE


@given(st.sampled_from(DATES), st.sampled_from(DATES))
def test_times_of_stances_overlap_if_their_dates_do(left: str, right: str) -> None:
    """Bounds as text follow the same rule as dates, also if just one has a UTC offset."""
    one, other = parse_date(left), parse_date(right)

    assert stances_overlap(_about(left), _about(right)) == overlap(one, other)


def _about(text: str) -> Stance:
    return Stance(frozenset("a"), "yes", *date_bounds(parse_date(text)))
