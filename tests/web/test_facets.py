"""Queries that narrow or widen another query by one condition."""

import pytest
from hypothesis import given

from claimcli.core.query import Node
from claimcli.core.query_parser import parse_query, query_text
from claimcli.web.facets import narrowed_text, without
from tests.support.queries import queries, without_places, written


def test_a_query_is_narrowed() -> None:
    """Alternatives are put in parentheses; a query without conditions is replaced."""
    assert narrowed_text(parse_query(""), "party:a") == "party:a"
    assert narrowed_text(parse_query('gas "so it is"'), "party:a") == 'gas "so it is" party:a'
    assert narrowed_text(parse_query("a OR -b"), "tag:x", "c OR d") == "(a OR -b) tag:x (c OR d)"


@pytest.mark.parametrize(
    ("query", "condition", "rest"),
    [
        ("party:a gas", "party:a", "gas"),
        ("party:a OR party:b", "party:a", "party:b"),
        ("party:a OR party:b OR gas", "gas", "party:a OR party:b"),
        ("party:a AND -has:answer AND gas", "-has:answer", "party:a gas"),
        ("party:a", "party:a", ""),
    ],
)
def test_a_condition_is_removed(query: str, condition: str, rest: str) -> None:
    """The rest keeps its words as they were typed."""
    wider = without(parse_query(query), parse_query(condition))

    assert wider is not None
    assert query_text(wider) == rest


def test_a_part_of_a_part_is_not_removed() -> None:
    """A condition inside parentheses has another meaning than the same condition outside."""
    assert without(parse_query("gas (party:a OR party:b)"), parse_query("party:a")) is None


@given(queries())
def test_the_text_of_a_parsed_query_is_parsed_to_the_same_query(query: Node) -> None:
    """Whatever its conditions are, and however they are nested."""
    parsed = parse_query(written(query))

    assert without_places(parse_query(query_text(parsed))) == without_places(parsed)
