"""The columns of each kind of record, and the values in a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.schema import ALL_KINDS, RECORD_KINDS, FieldType
from claimcli.exchange.sheets.columns import (
    column_named,
    columns,
    join_pairs,
    join_values,
    row_fields,
    split_pairs,
    split_values,
)

TEXTS = st.text(st.sampled_from('ab "|\n\r\t=\u2028'), min_size=1).map(str.strip).filter(bool)


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_field_has_a_column(kind: str) -> None:
    """Answers nested in a claim are claims, and a source described in a citation is a source."""
    fields = {field.name: field for field in RECORD_KINDS[kind].fields}
    found = {(column.field, column.part) for column in columns(kind)}

    for name, field in fields.items():
        if field.type is FieldType.THREAD or name == "sources":
            continue
        inside = ALL_KINDS[field.of].names if field.type is FieldType.RECORD else [""]
        if name == "source":
            inside = ["id", "quote", "translation", "locator", "prefix", "suffix"]
        assert {(name, part) for part in inside} <= found


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_a_column_is_found_by_its_name(kind: str) -> None:
    """Upper case and hyphens make no difference."""
    for column in columns(kind, citations=3, requests=12):
        assert column_named(kind, column.name) == column
        assert column_named(kind, f" {column.name.upper().replace('_', '-')} ") == column


@pytest.mark.parametrize(
    "name", ["", "sources", "rebuttals", "quote 1", "quote 1000", "note 2", "asked", "asked.who"]
)
def test_other_names_have_no_column(name: str) -> None:
    """Only citations and requests are numbered, from 2."""
    assert column_named("claim", name) is None


@given(st.lists(TEXTS))
def test_a_list_in_a_cell_is_exact(values: list[str]) -> None:
    """Line breaks and quotation marks in values are kept."""
    assert split_values(join_values(values)) == values


@given(st.lists(st.tuples(TEXTS, TEXTS).map(list)))
def test_pairs_in_a_cell_are_exact(pairs: list[list[str]]) -> None:
    """The sign between the two texts may be in them."""
    assert split_pairs(join_pairs(pairs)) == pairs


def test_a_list_that_a_person_wrote() -> None:
    """Empty lines are left out; a quotation mark at the beginning of a line is a part of it."""
    assert split_values('"No" means no\n\n  Bo Chen \n"The ""Mill"""\n') == [
        '"No" means no',
        "Bo Chen",
        'The "Mill"',
    ]


def test_the_fields_of_a_row() -> None:
    """Numbered columns are citations and requests; the lines of two cells are answers."""
    row = {
        "id": " dry ",
        "party": "mill\nguild",
        "speaker": "",
        "reports.party": "lab",
        "responds_to": "wet\nmoist",
        "kind": "\nqualifies",
        "asked.party": "town",
        "asked.on": "2023",
        "source": "letter",
        "source 2": "leaflet",
        "quote 2": "it is dry",
        "tags": "water",
    }
    named = [(column_named("claim", name), text) for name, text in row.items()]

    assert row_fields("claim", [(column, text) for column, text in named if column]) == {
        "id": "dry",
        "party": ["mill", "guild"],
        "reports": {"party": "lab"},
        "responds_to": [{"claim": "wet"}, {"claim": "moist", "kind": "qualifies"}],
        "asked": {"party": "town", "on": "2023"},
        "sources": ["letter", {"id": "leaflet", "quote": "it is dry"}],
        "tags": ["water"],
    }
