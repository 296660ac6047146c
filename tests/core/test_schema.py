"""The table of record kinds and fields, and the classes and options that must match it."""

from typing import Any

import pytest

from claimcli.core import records, schema
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import FieldType, RecordKind

ATTRIBUTES = {"party": "parties", "source": "citations", "sources": "citations"}
"""The attributes of a claim whose names differ from those of the fields in files."""


@pytest.mark.parametrize("kind", schema.RECORD_KINDS.values(), ids=lambda kind: kind.name)
def test_the_class_of_a_kind_has_its_fields(kind: RecordKind) -> None:
    """Locations and what other records tell are not fields; answers are separate claims."""
    record: Any = getattr(records, kind.name.capitalize())
    names = ATTRIBUTES if kind is schema.CLAIM else {}
    fields = {
        names.get(field.name, field.name)
        for field in kind.fields
        if field.type is not FieldType.THREAD
    }

    assert set(record.__struct_fields__) - {"location", "registered", "made_by"} == fields


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        (records.Citation, {"source", *(field.name for field in schema.QUOTING)}),
        (records.Reported, set(schema.REPORTS.names)),
        (records.Answer, set(schema.ANSWER.names)),
        (records.CommentRequest, set(schema.REQUEST.names)),
    ],
)
def test_the_class_of_a_part_has_its_fields(record: Any, fields: set[str]) -> None:
    assert set(record.__struct_fields__) - {"location"} == fields


def test_every_reference_is_to_a_kind_in_the_table() -> None:
    for kind in schema.ALL_KINDS.values():
        assert [
            field.name for field in kind.fields if field.of not in ("", *schema.ALL_KINDS)
        ] == []


def test_every_plain_field_of_a_claim_has_an_option_of_add() -> None:
    """Nested records have options for their fields, or are written by other commands."""
    without = {field.name for field in schema.CLAIM.fields if not field.flag}

    assert without == {"reports", "responds_to", "sources", "asked", "rebuttals", "responses"}


def test_only_opposing_kinds_are_mutual() -> None:
    assert [kind for kind in Kind if kind.effect.mutual and not kind.opposes] == []
