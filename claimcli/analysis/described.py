"""Fields of records as what a reader compares: texts on one line, and lists without an order."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from claimcli.analysis.pairing import plain
from claimcli.dates import Date
from claimcli.model import Citation, Claim, Dossier, Event, Issue, Party, Reported, Source

Value = str | None | tuple[str, ...]
"""A field's text, nothing where it has none; of a list its entries, sorted."""

Registered = Party | Source | Issue | Event

Names = Mapping[str, str]
"""The new ids of claims that were renamed."""


def claim_values(dossier: Dossier, claim: Claim, renamed: Names) -> dict[str, Value]:
    """Return the fields of a claim but for its id; in references a renamed claim has its new id."""
    return {name: read(dossier, claim, renamed) for name, read in _CLAIM.items()}


def _new(name: str | None, renamed: Names) -> str | None:
    return renamed.get(name, name) if name else None


def _listed(texts: Any) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _text(text: str | None) -> str | None:
    return plain(text) if text else None


def _date(date: Date | None) -> str | None:
    return date.text if date else None


def _reported(reports: Reported | None) -> str | None:
    if reports is None:
        return None
    return " of ".join(filter(None, (reports.speaker, reports.party))) or None


_CLAIM: dict[str, Callable[[Dossier, Claim, Names], Value]] = {
    "statement": lambda _, claim, __: _text(claim.statement),
    "position": lambda _, claim, __: _text(claim.position),
    "issue": lambda _, claim, __: claim.issue,
    "parties": lambda _, claim, __: _listed(claim.parties),
    "speaker": lambda _, claim, __: _text(claim.speaker),
    "said": lambda _, claim, __: _date(claim.said),
    "about": lambda _, claim, __: _date(claim.about),
    "event": lambda _, claim, __: claim.event,
    "reports": lambda _, claim, __: _reported(claim.reports),
    "sources": lambda dossier, claim, _: _listed(cited(dossier, c) for c in claim.citations),
    "responds_to": lambda _, claim, renamed: _listed(
        f"{answer.kind.value} {_new(answer.claim, renamed)}" for answer in claim.responds_to
    ),
    "restates": lambda _, claim, renamed: _new(claim.restates, renamed),
    "supersedes": lambda _, claim, renamed: _new(claim.supersedes, renamed),
    "withdrawn": lambda _, claim, __: _date(claim.withdrawn),
    "tags": lambda _, claim, __: _listed(claim.tags),
    "note": lambda _, claim, __: _text(claim.note),
}


def cited(dossier: Dossier, citation: Citation) -> str:
    """Return a citation in words; a source that is written in it by what it says of it."""
    source = dossier.sources.get(citation.source) if "/" in citation.source else None
    parts = [citation.source] if source is None else [_inline(source)]
    if citation.quote:
        parts.append(f'"{plain(citation.quote)}"')
    if citation.translation:
        parts.append(f'translated "{plain(citation.translation)}"')
    if citation.locator:
        parts.append(f"at {plain(citation.locator)}")
    if citation.prefix:
        parts.append(f'after "{plain(citation.prefix)}"')
    if citation.suffix:
        parts.append(f'before "{plain(citation.suffix)}"')
    return ", ".join(parts)


def _inline(source: Source) -> str:
    values = record_values(source)
    return "; ".join(
        [str(values.pop("title"))]
        + [f"{name} {_joined(value)}" for name, value in values.items() if value]
    )


def _joined(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def record_values(record: Registered) -> dict[str, Value]:
    """Return the fields of a record of a registry but for its id."""
    return {
        field.name: _value(getattr(record, field.name))
        for field in fields(record)
        if field.name not in ("id", "where", "registered")
    }


def _value(value: Any) -> Value:
    if isinstance(value, Date):
        return value.text
    return _listed(map(plain, value)) if isinstance(value, tuple) else _text(value)


class Difference(Struct, frozen=True):
    """One field in which two records differ.

    Of a list ``before`` has the entries that are gone and ``after`` those that are new.
    """

    field: str
    before: Value
    after: Value


def differences(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Difference, ...]:
    """Return the fields in which two records of one kind differ, in their order."""
    found = []
    for name, old in before.items():
        new = after[name]
        if old == new:
            continue
        if isinstance(old, tuple) and isinstance(new, tuple):
            gone = tuple(entry for entry in old if entry not in new)
            came = tuple(entry for entry in new if entry not in old)
            found.append(Difference(name, gone, came))
        else:
            found.append(Difference(name, old, new))
    return tuple(found)
