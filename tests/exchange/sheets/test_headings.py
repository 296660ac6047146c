"""What headings mean."""

from collections import Counter

import pytest

from claimcli.core.schema import RECORD_KINDS, FieldType
from claimcli.exchange.sheets.columns import columns
from claimcli.exchange.sheets.headings import Headings
from claimcli.exchange.sheets.sheet import Sheet
from claimcli.exchange.sheets.synonyms import FIELDS_BY_HEADING, SYNONYMS, plain_heading


def field_of(kind: str, heading: str) -> str:
    """Return the field of a column with a heading and a cell."""
    [column] = Headings(Sheet("a.csv", "a", [[heading], ["x"]]), kind, {}).columns(1)
    return column.field


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_field_has_a_column(kind: str) -> None:
    """The names of fields are headings, in any case; no field of a record is without one."""
    names = [column.name for column in columns(kind, citations=2, requests=2)]

    assert [field_of(kind, name.upper()) for name in names] == names
    fields = {field.name for field in RECORD_KINDS[kind].fields if field.type != FieldType.THREAD}
    assert fields - {name.partition(".")[0] for name in names} <= {"sources"}


@pytest.mark.parametrize("kind", FIELDS_BY_HEADING)
def test_every_synonym_is_a_plain_heading_of_a_known_field(kind: str) -> None:
    """One that is no plain heading, or means a field that does not exist, would never match."""
    headings = FIELDS_BY_HEADING[kind]

    assert [heading for heading in headings if plain_heading(heading) != heading] == []
    assert [heading for heading in headings if not field_of(kind, heading)] == []


@pytest.mark.parametrize("kind", SYNONYMS)
def test_no_heading_means_two_fields(kind: str) -> None:
    """A heading is listed once."""
    counts = Counter(heading for words in SYNONYMS[kind].values() for heading in words.split(", "))

    assert [heading for heading, count in counts.items() if count > 1] == []


def test_letters_name_columns_without_a_heading() -> None:
    """As in spreadsheet programs; the user can give them a field."""
    sheet = Sheet("a.csv", "a", [["Claim", ""], ["x", "y"]], first_column=26)

    assert [(one.heading, one.field) for one in Headings(sheet, "claim", {}).columns(1)] == [
        ("Claim", "statement"), ("AA", "?")
    ]  # fmt: skip
    assert [one.field for one in Headings(sheet, "claim", {"aa": "note"}).columns(1)][1] == "note"
