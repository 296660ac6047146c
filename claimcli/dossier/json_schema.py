"""The JSON Schema (draft 2020-12) of a data file, for editors; made of what reads the files."""

from typing import Any

from claimcli.core import table
from claimcli.core.records import Kind
from claimcli.dossier.shapes import Shape, Spec, list_shape, or_blank, reference, shape_of
from claimcli.dossier.specifications import (
    ANSWER,
    CITATION,
    REBUTTAL,
    RECORDS,
    REPORTS,
    RESPONSE,
    SECTIONS,
)

SCHEMA_FILE = "claimcli.schema.json"
"""What ``init`` calls it, beside ``claimcli.toml``."""


def schema() -> str:
    """Return the schema as JSON.

    It takes every file that has no error of form. What only the whole dossier shows (ids that are
    unknown or stand twice, days that no calendar has) it does not know.
    """
    sections = {
        section: {
            "description": _ABOUT[kind],
            **or_blank(list_shape(reference(kind))),
        }
        for kind, section in SECTIONS.items()
    }
    return table.to_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A file of a claimcli dossier",
            "type": ["object", "null"],
            "properties": sections,
            "additionalProperties": False,
            "$defs": {name: _object(spec) for name, spec in RECORDS.items()} | _parts(),
        }
    )


_ABOUT = {
    "party": "Who makes claims.",
    "source": "What claims are cited from.",
    "issue": "The questions in dispute.",
    "event": "What claims speak of.",
    "claim": "Who said what, with its sources and its answers.",
}


def _parts() -> dict[str, Shape]:
    """Return what stands inside of records."""
    citation = _object(CITATION)
    citation["anyOf"] = [{"required": ["id"]}, {"required": ["title"]}]
    rebuttal, response = _object(REBUTTAL), _object(RESPONSE)
    rebuttal["properties"]["kind"] |= _kinds(opposing=True)
    response["properties"]["kind"] |= _kinds(opposing=False)
    return {
        "citation": citation,
        "reports": _object(REPORTS),
        "answer": _object(ANSWER),
        "rebuttal": rebuttal,
        "response": response,
    }


def _kinds(*, opposing: bool) -> Shape:
    words: list[str | None] = [str(kind) for kind in Kind if kind.opposes is opposing]
    return {"enum": words + ([None] if opposing else [])}


def _object(spec: Spec) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "object",
        "properties": {name: _field(spec, name) for name in spec},
        "additionalProperties": False,
    }
    if spec.required:
        found["required"] = list(spec.required)
    return found


def _field(spec: Spec, name: str) -> Shape:
    """Return a field's shape; one that need not be there may be left blank."""
    shape = shape_of(spec[name])
    return {
        "description": spec.about[name],
        **(shape if name in spec.required else or_blank(shape)),
    }
