"""The schema of the tables, derived from the table of fields."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from claimcli.core.schema import (
    ALL_KINDS,
    CLAIM,
    QUOTING,
    RECORD_KINDS,
    REQUEST,
    Field,
    FieldType,
)
from claimcli.exchange.parquet import schema
from claimcli.exchange.parquet.schema import arrow_tables, table_schema

OWN_TABLES = ("responds_to", "asked", "source", "sources")
"""The fields of claims whose records are rows of other tables."""


@pytest.fixture
def new_fields(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add two fields to claims and one to requests for comment."""
    heard = Field("heard", "When it was heard.", FieldType.DATE)
    words = Field("key_words", "Its words.", count=schema.Count.LIST)
    claim = replace(CLAIM, fields=(*CLAIM.fields, heard, words))
    request = replace(REQUEST, fields=(*REQUEST.fields, replace(heard, name="sent")))
    monkeypatch.setattr(schema, "RECORD_KINDS", {**RECORD_KINDS, "claim": claim})
    monkeypatch.setattr(schema, "PARTS", {**schema.PARTS, "request": request})
    arrow_tables.cache_clear()
    yield
    arrow_tables.cache_clear()


def test_the_columns_of_claims() -> None:
    """Fields first, then what depends on other records, then the location."""
    columns = {field.name: str(field.type) for field in table_schema("claims")}

    assert " ".join(columns) == (
        "dossier id parties speaker statement reports_party reports_speaker "
        "said said_from said_to about about_from about_to issue position event restates supersedes "
        "withdrawn withdrawn_from withdrawn_to internal tags note "
        "party when when_from when_to dated_by rank position_key status answered superseded_by "
        "rebuts withheld file line"
    )
    assert {name: type_ for name, type_ in columns.items() if type_ != "string"} == {
        **dict.fromkeys(("parties", "tags"), "list<element: string>"),
        **dict.fromkeys(("internal", "answered", "rebuts", "withheld"), "bool"),
        **dict.fromkeys(
            (name for name in columns if name.endswith(("_from", "_to"))), "timestamp[us]"
        ),
        **dict.fromkeys(("rank", "line"), "int32"),
    }


def test_the_columns_of_the_parts_of_claims() -> None:
    """They name the claim; that which is answered is the target."""
    assert {name: table_schema(name).names for name in ("citations", "responses", "requests")} == {
        "citations": ["dossier", "claim", "number", "source", "quote", "translation", "locator", "prefix",
                      "suffix", "file", "line"],
        "responses": ["dossier", "claim", "number", "target", "kind", "file", "line"],
        "requests": ["dossier", "claim", "number", "party", "on", "on_from", "on_to", "due", "due_from",
                     "due_to", "asker", "note", "file", "line"],
    }  # fmt: skip


def test_every_field_of_every_record_is_in_a_column() -> None:
    """Answers are claims themselves, and a source described in a citation is a source."""
    for table in arrow_tables().values():
        fields = QUOTING if table.kind == "citation" else ALL_KINDS[table.kind].fields
        expected = {
            f.name for f in fields if f.type is not FieldType.THREAD and f.name not in OWN_TABLES
        }
        columns = [column for column in table.columns if column.field]
        named = {column.within or (column.field.name if column.field else "") for column in columns}
        assert named - {"id"} == expected - {"id"}


@pytest.mark.usefixtures("new_fields")
def test_a_new_field_has_columns_by_itself() -> None:
    """A date has three."""
    claims, requests = table_schema("claims"), table_schema("requests")

    assert [name for name in claims.names if "heard" in name] == ["heard", "heard_from", "heard_to"]
    assert str(claims.field("key_words").type) == "list<element: string>"
    assert str(requests.field("sent_to").type) == "timestamp[us]"


def test_the_metadata_has_the_table_and_the_version_of_the_schema() -> None:
    """So that a file says what it is, however it is called."""
    assert table_schema("events").metadata == {
        b"claimcli.version": b"1",
        b"claimcli.table": b"events",
    }
