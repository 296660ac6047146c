"""Finding stances that oppose another one: the same as from comparing all."""

from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.dates import parse_date
from claimcli.core.overlaps import OpposingStances, OverlapTree
from claimcli.core.stances import Stance, compatible_positions, date_bounds, stance_opposes

TIMES = (
    None, "2020", "2021", "2020/2021", "2020-12-31", "../2020", "2021-01-01",
    "2020-12-31T23:00-05:00", "2021-01-01T02:00+00:00", "2021-01-01T02:00+05:00",
)  # fmt: skip
STANCES = st.lists(
    st.builds(
        lambda position, time: Stance(
            frozenset(), position, *date_bounds(parse_date(time) if time else None)
        ),
        st.sampled_from("abcdefgh"),
        st.sampled_from(TIMES),
    ),
    unique=True,
    max_size=30,
)
PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=9)


@given(STANCES, PAIRS)
def test_opposing_stances(stances: list[Stance], pairs: list[tuple[str, str]]) -> None:
    """Each stance that opposes another one is found once."""
    compatible = compatible_positions(pairs)
    found = OpposingStances({stance: n for n, stance in enumerate(stances)})

    for stance in stances:
        assert sorted(found.to(stance, compatible)) == [
            n for n, other in enumerate(stances) if stance_opposes(other, stance, compatible)
        ]


def test_items_are_found_in_order_until_they_are_removed() -> None:
    """Items come by the beginning of their time; a removed one is not found again."""
    entries = [((f"{n:02}", "99"), "yn"[n % 2], n) for n in reversed(range(20))]
    tree = OverlapTree(entries)
    before = list(tree.overlapping(("05", "12"), "y"))
    tree.remove(7)

    assert before == [1, 3, 5, 7, 9, 11]
    assert list(tree.overlapping(("05", "12"), "y")) == [1, 3, 5, 9, 11]
