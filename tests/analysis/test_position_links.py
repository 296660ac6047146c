"""Links between positions: the same as from comparing all pairs."""

from collections.abc import Iterable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from claimcli.analysis.position_links import Ends, SidedClaim, position_links
from claimcli.core.dates import parse_date
from claimcli.core.graphs import set_finder
from claimcli.core.positions import pairs_of_keys
from claimcli.core.records import Claim, Location
from claimcli.core.relations import Relation
from claimcli.core.stances import compatible_positions
from tests.support.naive_positions import positions_relate

POSITIONS = "abcdefgh"
TIMES = (
    None, "2020", "2021", "2022", "2020/2021", "2021/2022", "2020-12-31", "../2020", "2021-01-01",
    "2020-12-31T23:00-05:00", "2021-01-01T02:00+00:00", "2021-01-01T02:00+05:00",
)  # fmt: skip
CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(POSITIONS), st.sampled_from(TIMES), st.sampled_from("LRB"), st.booleans()
    ),
    max_size=14,
)
PAIRS = st.lists(st.tuples(st.sampled_from(POSITIONS), st.sampled_from(POSITIONS)), max_size=20)


@given(CLAIMS, PAIRS, st.sampled_from([Relation.CONTESTED, Relation.AGREED]))
def test_links_connect_what_pairs_connect(
    drawn: list[tuple[str, str | None, str, bool]],
    pairs: list[tuple[str, str]],
    relation: Relation,
) -> None:
    """Links are pairs with the relation, and connect the same claims as all such pairs."""
    sided = [
        SidedClaim(_claim(n, position, time), side in "LB", side in "RB", fresh)
        for n, (position, time, side, fresh) in enumerate(drawn)
    ]
    compatible = pairs_of_keys((one, other) for one, other in pairs if one != other)
    all_pairs = {
        (one.claim.id, other.claim.id)
        for one, other in product(sided, repeat=2)
        if (one.left and other.right) or (one.right and other.left)
        if one.fresh or other.fresh
        if positions_relate(one.claim, other.claim, compatible) is relation
    }

    links = position_links(sided, relation, compatible_positions(compatible))

    ids = [one.claim.id for one in sided]
    assert set(links) <= all_pairs
    assert _sets(ids, links) == _sets(ids, all_pairs)
    assert {end for ends in links for end in ends} == {end for ends in all_pairs for end in ends}


def _claim(number: int, position: str, time: str | None) -> Claim:
    about = parse_date(time) if time else None
    location = Location.create("t.yaml", (1, 1, 1, 2), {})
    return Claim(
        id=f"c{number}", parties=("p",), statement="S", position=position, about=about,
        location=location,
    )  # fmt: skip


def _sets(ids: list[str], links: Iterable[Ends]) -> set[frozenset[str]]:
    find = set_finder(ids, links)
    return {frozenset(other for other in ids if find(other) == find(name)) for name in ids}
