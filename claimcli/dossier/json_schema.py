"""The JSON Schema (draft 2020-12) of a data file, for editors; derived from the table of fields.

Editors see numbers, booleans and null where claimcli reads the text as written, so the schema
accepts those too: it accepts whatever the parsers accept, except an unquoted ``~`` or ``null`` as
a required text.
"""

from typing import Any

from claimcli.core import schema as fields
from claimcli.core import table
from claimcli.core.dates import DATE_FORMS, date_pattern
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import Count, Field, FieldType, RecordKind
from claimcli.dossier.value_parsers import DERIVED_ID, ID, ID_RULE, MAX_ID

SCHEMA_FILE = "claimcli.schema.json"
"""The name of the file that ``init`` writes next to ``claimcli.toml``."""
Shape = dict[str, Any]

_BLANK = r"^\s*$"
_DATE_FORMS = "As 2021, 2021-12, 2021-12-30, 2021-12-30T15:35-05:00, 2021-12?, 202X or A/B."
_ID_PATTERN = rf"^\s*{ID.pattern.replace('*', f'{{0,{MAX_ID - 1}}}')}\s*$"
_DERIVED_ID_PATTERN = rf"^(?=.{{1,{MAX_ID}}}$)\s*{DERIVED_ID.pattern}\s*$"
_TEXT: Shape = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_PAIR: Shape = {"type": ["array"], "items": _TEXT, "minItems": 2, "maxItems": 2}
_COLOR: Shape = {"type": ["string"], "pattern": r"^\s*#[0-9A-Fa-f]{6}\s*$"}
_FLAG: Shape = {
    "type": ["boolean", "string"],
    "pattern": r"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$",
}
_DATE: Shape = {
    "type": ["string", "integer"],
    "pattern": rf"^\s*{date_pattern()}\s*$",
    "minimum": 1,
    "maximum": 9999,
    "patternErrorMessage": DATE_FORMS,
}
_SHAPES = {
    FieldType.DATE: _DATE,
    FieldType.PAIR: _PAIR,
    FieldType.COLOR: _COLOR,
    FieldType.FLAG: _FLAG,
}


def schema() -> str:
    """Return the schema as JSON.

    It accepts every file without errors of form. It does not find errors that only the whole
    dossier shows: ids that are unknown or occur twice, and days that no calendar has.
    """
    sections = {
        section: {"description": kind.about, **_or_blank(_list_shape(_definition(kind.name)))}
        for section, kind in fields.SECTIONS.items()
    }
    return table.to_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A file of a claimcli dossier",
            "type": ["object", "null"],
            "properties": sections,
            "additionalProperties": False,
            "$defs": {name: _object(kind) for name, kind in fields.ALL_KINDS.items()},
        }
    )


def _object(kind: RecordKind) -> Shape:
    shape: Shape = {
        "type": "object",
        "properties": {field.name: _property(field) for field in kind.fields},
        "additionalProperties": False,
    }
    if kind.required:
        shape["required"] = list(kind.required)
    if kind is fields.CITATION:
        shape["anyOf"] = [{"required": ["id"]}, {"required": ["title"]}]
    if kind in (fields.REBUTTAL, fields.RESPONSE):
        opposing = kind is fields.REBUTTAL
        kinds: list[str | None] = [str(k) for k in Kind if k.opposes is opposing]
        shape["properties"]["kind"]["enum"] = kinds + ([None] if opposing else [])
    return shape


def _property(field: Field) -> Shape:
    """Return a field's shape with its description; an optional field may be left blank."""
    about = f"{field.about} {_DATE_FORMS}" if field.type is FieldType.DATE else field.about
    shape = shape_of(field)
    return {"description": about, **(shape if field.required else _or_blank(shape))}


def shape_of(field: Field) -> Shape:
    """Return the shape of a field that is not blank."""
    shape = _value_shape(field)
    if field.count is Count.LIST:
        return _list_shape(shape)
    if field.count is Count.ONE_OR_LIST:
        several = {**shape, "type": [*shape["type"], "array"], "items": shape}
        return {**several, "minItems": 1} if field.required else several
    return shape


def _value_shape(field: Field) -> Shape:
    """Return the shape of one value of a field."""
    if field.type is FieldType.CHOICE:
        return {"enum": list(map(str, field.choices))}
    if field.type in _SHAPES:
        return _SHAPES[field.type]
    if field.type in (FieldType.ID, FieldType.REFERENCE):
        return _id_shape(derived=bool(field.of) and fields.ALL_KINDS[field.of].derived_ids)
    if field.type is FieldType.RECORD and field.many:
        mapping = {"if": {"type": "object"}, "then": _definition(field.of)}
        if len(fields.ALL_KINDS[field.of].required) > 1:
            return {"type": ["object"], **mapping}
        shape = _id_shape(derived=True)  # the id alone says as much
        return {**shape, "type": [*shape["type"], "object"], **mapping}
    return _TEXT if field.type is FieldType.TEXT else _definition(field.of)


def _id_shape(*, derived: bool) -> Shape:
    """Return the shape of an id, with the message that an editor shows for another text."""
    pattern = _DERIVED_ID_PATTERN if derived else _ID_PATTERN
    return {**_TEXT, "pattern": pattern, "patternErrorMessage": ID_RULE, "minimum": 0}


def _list_shape(items: Shape) -> Shape:
    return {"type": ["array"], "items": items}


def _or_blank(shape: Shape) -> Shape:
    """Return a shape that also accepts nothing."""
    if "enum" in shape:
        return {**shape, "enum": [*shape["enum"], None]}
    if "$ref" in shape:
        then = {"if": {"type": "object"}, "then": shape}
        return {"type": ["object", "string", "null"], "pattern": _BLANK, **then}
    types = [*shape["type"], *(name for name in ("string", "null") if name not in shape["type"])]
    pattern = f"{_BLANK}|{shape['pattern']}" if "pattern" in shape else _BLANK
    return {**shape, "type": types, "pattern": pattern}


def _definition(name: str) -> Shape:
    return {"$ref": f"#/$defs/{name}"}
