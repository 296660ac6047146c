"""Claims as records for other tools, and as a table."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timezone
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from msgspec import Struct

from claimcli.core.dates import FIRST, LAST, Date
from claimcli.core.problems import ClaimcliError
from claimcli.core.provenance import claim_origins
from claimcli.core.query import Scope
from claimcli.core.records import (
    NOWHERE,
    Answer,
    Citation,
    Claim,
    CommentRequest,
    Dossier,
    Location,
    Reported,
    Source,
    opposition_of,
)
from claimcli.core.response_kinds import Kind
from claimcli.core.table import Cell, StreamedRows, Table
from claimcli.core.text.suggestions import did_you_mean

TABLE_FIELDS = (
    "id", "when", "party", "speaker", "issue", "position", "status", "statement", "sources",
    "file", "line",
)  # fmt: skip


class Listing(Struct, frozen=True):
    """Claims in order, each with the requested fields by name; see :func:`claim_record`."""

    records: tuple[dict[str, Any], ...]
    fields: tuple[str, ...]
    internal: Collection[str] = ()
    """The ids of internal claims, whether or not they are listed."""

    def table(self) -> Table:
        """Return the fields as a table."""
        rows = tuple(tuple(map(_cell, record.values())) for record in self.records)
        return Table("claims", self.fields, rows)


class StreamedListing(Struct, frozen=True):
    """A listing of claims that are read while it is written."""

    records: Iterator[dict[str, Any]]
    fields: tuple[str, ...]

    def table(self) -> StreamedRows:
        """Return the fields as a table."""
        rows = (tuple(map(_cell, record.values())) for record in self.records)
        return StreamedRows("claims", self.fields, rows)


def streamed_listing(
    batches: Iterable[Dossier], fields: tuple[str, ...], *, flat: bool
) -> StreamedListing:
    """Return the same as :func:`listing` of a dossier that is loaded in batches."""
    records = (record for one in batches for record in listing(one, fields, flat=flat).records)
    return StreamedListing(records, fields)


def listing(
    dossier: Dossier, fields: Iterable[str] | None = None, *, flat: bool = False
) -> Listing:
    """Return the selected claims with some of :data:`FIELDS`, by default all.

    ``flat`` is for tables, which show only the ids of sources, times in words, and all parties of
    a joint statement in one cell.
    """
    names = FIELDS if fields is None else tuple(fields)
    read = _READ | _FLAT if flat else _READ
    columns = [(name, read[name]) for name in names]
    records = ({name: get(dossier, claim) for name, get in columns} for claim in dossier.claims)
    return Listing(tuple(records), names, dossier.internal)


def scope_of_fields(fields: Iterable[str], *, flat: bool) -> Scope:
    """Return the scope that some fields need; a flat table shows only the ids of sources."""
    names = set(fields)
    with_answers = not names.isdisjoint(("rebuttals", "responses", "answers", "origins"))
    return Scope.ANSWERS if with_answers or ("sources" in names and not flat) else Scope.CLAIMS


def needs_opposition(fields: Iterable[str]) -> bool:
    """Return whether some fields name what opposes a claim."""
    return not {"opposed_by", "opposed_by_more"}.isdisjoint(fields)


def claim_record(
    dossier: Dossier, claim: Claim, fields: Iterable[str] | None = None
) -> dict[str, Any]:
    """Return a claim's fields by name, as JSON values; dates are as written.

    ``rebuttals`` are the ids of opposing answers, ``responses`` the other answers with their
    kind, ``answers`` all with party and kind. ``answered``: a party outside the tree has an answer
    on file. ``superseded_by`` is the claim of its party that replaces it. ``opposed_by`` are the
    claims that oppose it, by an answer of a kind or by "position"; ``opposed_by_more``: there are
    others. ``origins`` are the independent origins of its sources.
    """
    return {name: _READ[name](dossier, claim) for name in fields or FIELDS}


def _answers(dossier: Dossier, claim: Claim) -> tuple[tuple[str, Kind], ...]:
    return dossier.answers.get(claim.id, ())


def _rebuttals(dossier: Dossier, claim: Claim) -> list[str]:
    return [answer for answer, kind in _answers(dossier, claim) if kind.opposes]


def _responses(dossier: Dossier, claim: Claim) -> list[dict[str, str]]:
    return [
        {"id": answer, "kind": kind.value}
        for answer, kind in _answers(dossier, claim)
        if not kind.opposes
    ]


def _all_answers(dossier: Dossier, claim: Claim) -> list[dict[str, str]]:
    return [
        {"id": answer, "kind": kind.value, "party": dossier.by_id[answer].party}
        for answer, kind in _answers(dossier, claim)
    ]


def _opposed_by(dossier: Dossier, claim: Claim) -> list[dict[str, str]]:
    opposers = opposition_of(dossier, claim.id).opposers
    return [{"id": one.id, "party": one.party, "by": one.by} for one in opposers]


def record_fields(record: Struct, but: Collection[str] = ()) -> dict[str, Any]:
    """Return the fields of a record by name, as JSON values; dates are as written.

    Nested records become mappings. Locations and the fields in ``but`` are left out.
    """
    names, values_of = _reader(type(record), tuple(but))
    return {
        # most values are texts or missing: not calling a function for them takes half the time
        name: value if value is None or type(value) is str else _plain(value)
        for name, value in zip(names, values_of(record), strict=True)
    }


@cache
def _reader(
    kind: type[Struct], but: tuple[str, ...]
) -> tuple[tuple[str, ...], Callable[[Struct], tuple[Any, ...]]]:
    """Return the fields of a kind of record but some, and a function that returns their values."""
    left_out = ("location", *but)
    names = tuple(name for name in kind.__struct_fields__ if name not in left_out)
    return names, attrgetter(*names)


def when_fields(when: Date | None) -> dict[str, str | None] | None:
    """Return when a claim was made: ``{earliest, latest, from}``; None if it has no date.

    The bounds are moments in ISO 8601, None where the date has no bound; ``from`` is ``said`` or
    ``published``.
    """
    if when is None:
        return None
    first, last, source = _when(when)
    return {"earliest": first, "latest": last, "from": source}


@lru_cache(maxsize=4096)
def _when(when: Date) -> tuple[str | None, str | None, str]:
    offsets = [
        timezone(local - utc)
        for local, utc in zip((when.earliest, when.latest), when.utc or (), strict=False)
    ]
    first, last = (
        None if bound in (FIRST, LAST) else bound.replace(tzinfo=zone).isoformat()
        for bound, zone in zip((when.earliest, when.latest), offsets or (None, None), strict=True)
    )
    return first, last, "published" if when.no_later else "said"


def location_fields(location: Location) -> dict[str, Any]:
    """Return the file and line of a record; None for a party or issue that is in no registry."""
    return {"file": location.path or None, "line": location.record[0] if location.path else None}


def _plain(value: Any) -> Any:
    convert = _CONVERTERS.get(type(value))
    return convert(value) if convert else value


_CONVERTERS: dict[type, Callable[[Any], Any]] = {
    Date: str,
    Kind: lambda kind: kind.value,
    tuple: lambda values: list(map(_plain, values)),
    Citation: record_fields,
    Reported: record_fields,
    Answer: record_fields,
    CommentRequest: record_fields,
}


def _own(name: str) -> Callable[[Dossier, Claim], Any]:
    def read(_: Dossier, claim: Claim) -> Any:
        value = getattr(claim, name)
        return value if value is None or type(value) is str else _plain(value)

    return read


_NAMES = {"made_by": "when"}
_OWN: dict[str, Callable[[Dossier, Claim], Any]] = {
    "id": lambda _, claim: claim.id,
    "party": lambda _, claim: claim.party,
    **{
        _NAMES.get(name, name): _own(_NAMES.get(name, name))
        for name in Claim.__struct_fields__
        if name not in ("id", "location")
    },
    "file": lambda _, claim: claim.location.path,
    "line": lambda _, claim: claim.location.record[0],
}
_OWN["when"] = lambda _, claim: when_fields(claim.when)
_OWN["sources"] = _OWN.pop("citations")
OWN_FIELDS = tuple(name for name in _OWN if name != "when")
"""The fields that need only the file of the claim; its ``sources`` then have no titles."""
_READ: dict[str, Callable[[Dossier, Claim], Any]] = {
    **_OWN,
    "sources": lambda dossier, claim: [citation_with_source(dossier, c) for c in claim.citations],
    "origins": lambda dossier, claim: list(claim_origins(dossier, claim)),
    "rebuttals": _rebuttals,
    "responses": _responses,
    "answers": _all_answers,
    "status": lambda dossier, claim: dossier.statuses[claim.id].value,
    "answered": lambda dossier, claim: claim.id in dossier.answered,
    "internal": lambda dossier, claim: claim.id in dossier.internal,
    "superseded_by": lambda dossier, claim: dossier.superseded.get(claim.id),
    "opposed_by": _opposed_by,
    "opposed_by_more": lambda dossier, claim: opposition_of(dossier, claim.id).more,
}
_FLAT: dict[str, Callable[[Dossier, Claim], Any]] = {
    "party": lambda _, claim: tuple(dict.fromkeys(claim.parties)),
    "sources": lambda _, claim: claim.source_ids,
    "when": lambda _, claim: _plain(claim.when),
}
FIELDS = tuple(_READ)
_NO_SOURCE = Source(id="", title="", location=NOWHERE)


def citation_with_source(dossier: Dossier, citation: Citation) -> dict[str, Any]:
    """Return a citation together with the fields of its source."""
    source = dossier.sources.get(citation.source)
    described = record_fields(source or _NO_SOURCE)
    if not source:
        described["title"] = None
    described |= record_fields(citation, but=("source",))
    described["id"] = citation.source
    return described


def citation_fields(citation: Citation) -> dict[str, Any]:
    """Return the fields of a citation, with the source's id as ``id``."""
    return {"id": citation.source, **record_fields(citation, but=("source",))}


def parse_fields(text: str) -> tuple[str, ...]:
    """Return the field names in a list with commas, each once. Raises as :func:`parse_field`."""
    return tuple(dict.fromkeys(parse_field(name.strip()) for name in text.split(",")))


def parse_field(name: str) -> str:
    """Return a field's name. Raises ClaimcliError if it is unknown."""
    if name not in FIELDS:
        hint = did_you_mean(name, FIELDS, f"the fields are {', '.join(FIELDS)}")
        raise ClaimcliError(f"no field '{name}'", hint)
    return name


def _cell(value: Any) -> Cell:
    if value is None or type(value) is str:
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return tuple(dict.fromkeys(_item(item) for item in value))
    return _item(value) if isinstance(value, dict) else value


def _item(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    name = value.get("id") or value.get("claim") or value.get("speaker") or value.get("party") or ""
    kind = value.get("kind", value.get("by")) if "title" not in value else None
    return f"{name} ({kind})" if kind else str(name)
