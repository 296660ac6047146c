"""Many positions on one issue are counted; few are held against each other, with one outcome."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from claimcli.dossier.index import position_statuses
from claimcli.dossier.index.position_statuses import UNBOUNDED, Stance, position_strengths

MOMENTS = ("2021-12-29T23:00:00", "2021-12-30T00:00:00", "2021-12-30T13:00:00", "2021-12-31T00:00:00")  # fmt: skip


def times() -> st.SearchStrategy[tuple[str, str, bool]]:
    bounds = st.lists(st.sampled_from(MOMENTS), min_size=2, max_size=2).map(sorted)
    dated = st.tuples(bounds, st.booleans()).map(lambda t: (t[0][0], t[0][1], t[1]))
    return dated | st.just((*UNBOUNDED, False))


def ways() -> st.SearchStrategy[list[Stance]]:
    parties = st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2)
    one = st.tuples(parties, st.sampled_from(("yes", "no")), times())
    return st.lists(one.map(lambda w: Stance(w[0], w[1], *w[2])), max_size=12)


@given(ways())
def test_counting_and_comparing_give_the_same(found: list[Stance]) -> None:
    assert _strengths(found, few=0) == _strengths(found, few=100)


def _strengths(found: Sequence[Stance], *, few: int) -> dict[int, int]:
    was = position_statuses.FEW
    position_statuses.FEW = few
    try:
        return dict(position_strengths(enumerate(found)))
    finally:
        position_statuses.FEW = was
