"""The values of record fields in comparable form: texts on one line, lists sorted."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.alignment import collapse_spaces
from claimcli.core.dates import Date
from claimcli.core.records import (
    Citation,
    Claim,
    CommentRequest,
    Dossier,
    Event,
    Issue,
    Party,
    Reported,
    Source,
)
from claimcli.core.schema import CLAIM, RECORD_KINDS, FieldType
from claimcli.core.short_repr import ShortRepr

FieldValue = str | None | tuple[str, ...]
"""A field's text, None if it has none; of a list its sorted entries."""

RegistryRecord = Party | Source | Issue | Event

Names = Mapping[str, str]
"""The new ids of claims that were renamed."""


def claim_values(dossier: Dossier, claim: Claim, renamed: Names) -> dict[str, FieldValue]:
    """Return the fields of a claim without its id; references use the new ids of renamed claims."""
    return {
        _NAMES.get(name, name): read(dossier, claim, renamed)
        for name, read in _CLAIM.items()
        if name not in ("id", "location", "made_by")
    }


def _new(name: str | None, renamed: Names) -> str | None:
    return renamed.get(name, name) if name else None


def _listed(texts: Any) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _text(text: str | None) -> str | None:
    return collapse_spaces(text) if text else None


def _reported(reports: Reported | None) -> str | None:
    if reports is None:
        return None
    return _text(" of ".join(filter(None, (reports.speaker, reports.party))))


def _own(name: str) -> Callable[[Dossier, Claim, Names], FieldValue]:
    return lambda _, claim, __: _value(getattr(claim, name))


def _claim_id(name: str) -> Callable[[Dossier, Claim, Names], FieldValue]:
    return lambda _, claim, renamed: _new(getattr(claim, name), renamed)


_CLAIM: dict[str, Callable[[Dossier, Claim, Names], FieldValue]] = {
    **{name: _own(name) for name in ("statement", "position", "issue", *Claim.__struct_fields__)},
    "reports": lambda _, claim, __: _reported(claim.reports),
    "citations": lambda dossier, claim, _: _listed(
        citation_text(dossier, c) for c in claim.citations
    ),
    "asked": lambda _, claim, __: _listed(map(request_text, claim.asked)),
    "responds_to": lambda _, claim, renamed: _listed(
        f"{answer.kind.value} {_new(answer.claim, renamed)}" for answer in claim.responds_to
    ),
    **{
        field.name: _claim_id(field.name)
        for field in CLAIM.fields
        if field.type is FieldType.REFERENCE and field.of == "claim"
    },
}
_NAMES = {"citations": "sources"}
_CITED = {
    "quote": '"{}"',
    "translation": 'translated "{}"',
    "locator": "at {}",
    "prefix": 'after "{}"',
    "suffix": 'before "{}"',
}
"""How the fields of a citation are written; other fields follow their name."""


def citation_text(dossier: Dossier, citation: Citation) -> str:
    """Return a citation as text; an inline source is described by its fields."""
    source = dossier.sources.get(citation.source) if "/" in citation.source else None
    parts = [citation.source] if source is None else [_inline(source)]
    for name in citation.__struct_fields__:
        value = getattr(citation, name)
        if value and name not in ("source", "location"):
            parts.append(_CITED.get(name, f"{name} {{}}").format(collapse_spaces(value)))
    return ", ".join(parts)


def request_text(request: CommentRequest) -> str:
    """Return a request for comment as text."""
    parts = [f"{request.party} on {request.on}"]
    parts += [f"due {request.due}"] if request.due else []
    parts += [f"asked by {request.asker}"] if request.asker else []
    parts += [request.note] if request.note else []
    return collapse_spaces(", ".join(parts))


def _inline(source: Source) -> str:
    values = record_values(source)
    return "; ".join(
        [str(values.pop("title"))]
        + [f"{name} {_joined(value)}" for name, value in values.items() if value]
    )


def _joined(value: FieldValue) -> str:
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def record_values(record: RegistryRecord) -> dict[str, FieldValue]:
    """Return the compared fields of a registry record."""
    return {
        field.name: _value(getattr(record, field.name))
        for field in RECORD_KINDS[type(record).__name__.lower()].fields
        if field.compared
    }


def _value(value: Any) -> FieldValue:
    if isinstance(value, Date):
        return value.text
    if isinstance(value, bool):
        return "true" if value else None
    return _listed(map(_entry, value)) if isinstance(value, tuple) else _text(value)


def _entry(value: str | tuple[str, str]) -> str:
    """Return an entry of a list as text; a pair is written with a slash."""
    return collapse_spaces(value if isinstance(value, str) else " / ".join(value))


class FieldDifference(ShortRepr, frozen=True):
    """One field that differs between two records.

    For a list, ``before`` has the removed entries and ``after`` the added ones.
    """

    field: str
    before: FieldValue
    after: FieldValue


def compare_fields(
    before: Mapping[str, FieldValue], after: Mapping[str, FieldValue]
) -> tuple[FieldDifference, ...]:
    """Return the fields that differ between two records of one kind, in order."""
    differing = []
    for name, old in before.items():
        new = after[name]
        if old == new:
            continue
        if isinstance(old, tuple) and isinstance(new, tuple):
            removed = tuple(entry for entry in old if entry not in new)
            added = tuple(entry for entry in new if entry not in old)
            differing.append(FieldDifference(name, removed, added))
        else:
            differing.append(FieldDifference(name, old, new))
    return tuple(differing)
