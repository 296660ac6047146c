"""Tests of party trees."""

from claimcli.core.party_trees import (
    SpeakingMembers,
    is_outside,
    speaking_members,
    tree_roots,
    trees_of,
)


def test_the_root_of_a_party_is_the_topmost_party_above_it():
    """Every party below another one belongs to the tree of the topmost party."""
    parents = {"desk": "ministry", "ministry": "state", "state": None, "press": None}

    assert tree_roots(parents) == {"desk": "state", "ministry": "state"}


def test_a_parent_without_a_record_is_a_root():
    """A party that only occurs in 'part_of' is the topmost party of a tree."""
    assert tree_roots({"desk": "ministry"}) == {"desk": "ministry"}


def test_parties_that_are_part_of_one_another_in_a_circle_are_one_tree():
    """The first party of the circle in alphabetical order names the tree."""
    parents = {"c": "b", "b": "a", "a": "c", "d": "c"}

    assert tree_roots(parents) == {"c": "a", "b": "a", "d": "a"}


def test_the_trees_of_a_joint_statement_are_those_of_all_its_parties():
    """Each party counts with the tree it belongs to."""
    assert trees_of(("desk", "press"), {"desk": "state"}) == {"state", "press"}


def test_an_answer_is_from_outside_if_one_of_its_parties_is():
    """A joint answer of an insider and an outsider is from outside, one of two insiders is not."""
    roots = {"desk": "state", "ministry": "state"}

    assert is_outside(("desk", "press"), ("ministry",), roots)
    assert not is_outside(("desk", "state"), ("ministry",), roots)
    assert not is_outside(("press",), ("ministry", "press"), roots)


def test_a_party_speaks_through_members_at_any_depth():
    """Parties through whose members nobody speaks are left out."""
    pairs = [("desk", "ministry"), ("mint", "ministry"), ("ministry", "state"), ("navy", "state")]

    assert speaking_members(pairs, {"desk", "navy", "press"}) == {
        "ministry": SpeakingMembers(("desk",)),
        "state": SpeakingMembers(("navy", "desk")),
    }


def test_at_most_six_speaking_members_are_named():
    """The others are counted, also those of members that have too many themselves."""
    pairs = [(f"a{n}", "a") for n in range(8)] + [("a", "top"), ("b", "top")]

    found = speaking_members(pairs, {"b", "a", *(f"a{n}" for n in range(8))})
    assert found["a"] == SpeakingMembers(("a7", "a6", "a5", "a4", "a3", "a2"), 2)
    assert found["top"] == SpeakingMembers(("b", "a", "a7", "a6", "a5", "a4"), 4)
