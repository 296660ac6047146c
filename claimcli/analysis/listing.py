"""Claims as records that other tools can build on, and as a table."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from claimcli.model import Citation, Claim, Dossier, Kind, Reported
from claimcli.near import did_you_mean
from claimcli.origins import origins
from claimcli.problems import ClaimcliError
from claimcli.query import Reach
from claimcli.table import Cell, Table

TABLE_FIELDS = (
    "id", "said", "party", "speaker", "issue", "position", "status", "statement", "sources",
    "file", "line",
)  # fmt: skip


class Listing(Struct, frozen=True):
    """Claims in order, each with the fields asked for by name; see :func:`record`."""

    records: tuple[dict[str, Any], ...]
    fields: tuple[str, ...]

    def table(self) -> Table:
        """Return the fields as a table."""
        rows = tuple(tuple(map(_cell, record.values())) for record in self.records)
        return Table("claims", self.fields, rows)


def listing(dossier: Dossier, fields: Iterable[str] | None = None) -> Listing:
    """List the dossier's claims with some of :data:`FIELDS`, or with all."""
    names = FIELDS if fields is None else tuple(fields)
    return Listing(tuple(record(dossier, claim, names) for claim in dossier.claims), names)


def reach_of(fields: Iterable[str], *, flat: bool) -> Reach:
    """Return what fields need beside the claims; in a flat table a source is its id alone."""
    named = set(fields)
    answered = not named.isdisjoint(("rebuttals", "responses", "answers", "origins"))
    return Reach.ANSWERS if answered or ("sources" in named and not flat) else Reach.CLAIMS


def record(dossier: Dossier, claim: Claim, fields: Iterable[str] | None = None) -> dict[str, Any]:
    """Return a claim's fields by the model's names; dates as written, lists always lists.

    ``rebuttals`` are the ids of opposing answers, ``responses`` the others with their kind,
    ``answers`` both with party and kind; ``origins`` are the independent ones of its sources.
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


def _answered(dossier: Dossier, claim: Claim) -> list[dict[str, str]]:
    return [
        {"id": answer, "kind": kind.value, "party": dossier.by_id[answer].party}
        for answer, kind in _answers(dossier, claim)
    ]


_READ: dict[str, Callable[[Dossier, Claim], Any]] = {
    "id": lambda _, claim: claim.id,
    "party": lambda _, claim: claim.parties[0],
    "parties": lambda _, claim: list(claim.parties),
    "speaker": lambda _, claim: claim.speaker,
    "statement": lambda _, claim: claim.statement,
    "said": lambda _, claim: claim.said and claim.said.text,
    "about": lambda _, claim: claim.about and claim.about.text,
    "issue": lambda _, claim: claim.issue,
    "position": lambda _, claim: claim.position,
    "event": lambda _, claim: claim.event,
    "reports": lambda _, claim: _reported(claim.reports),
    "sources": lambda dossier, claim: [cited(dossier, c) for c in claim.citations],
    "origins": lambda dossier, claim: list(origins(dossier, claim)),
    "rebuttals": _rebuttals,
    "responses": _responses,
    "answers": _answered,
    "responds_to": lambda _, claim: [
        {"claim": answer.claim, "kind": answer.kind.value} for answer in claim.responds_to
    ],
    "restates": lambda _, claim: claim.restates,
    "supersedes": lambda _, claim: claim.supersedes,
    "withdrawn": lambda _, claim: claim.withdrawn and claim.withdrawn.text,
    "tags": lambda _, claim: list(claim.tags),
    "note": lambda _, claim: claim.note,
    "status": lambda dossier, claim: dossier.statuses[claim.id].value,
    "file": lambda _, claim: claim.where.path,
    "line": lambda _, claim: claim.where.record[0],
}
FIELDS = tuple(_READ)


def cited(dossier: Dossier, citation: Citation) -> dict[str, Any]:
    """Return a citation with what is on file of its source."""
    source = dossier.sources.get(citation.source)
    return {
        "id": citation.source,
        "title": source.title if source else None,
        "outlet": source.outlet if source else None,
        "published": source.published and source.published.text if source else None,
        "url": source.url if source else None,
        "archive_url": source.archive_url if source else None,
        "kind": source.kind if source else None,
        "quote": citation.quote,
        "translation": citation.translation,
        "locator": citation.locator,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
    }


def named_field(name: str) -> str:
    """Return a field's name. Raises ClaimcliError where there is none."""
    if name not in FIELDS:
        hint = did_you_mean(name, FIELDS, f"the fields are {', '.join(FIELDS)}")
        raise ClaimcliError(f"no field '{name}'", hint)
    return name


def _reported(reports: Reported | None) -> dict[str, str | None] | None:
    return {"party": reports.party, "speaker": reports.speaker} if reports else None


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return tuple(dict.fromkeys(_item(item) for item in value))
    return _item(value) if isinstance(value, dict) else value


def _item(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    name = value.get("id") or value.get("claim") or value.get("speaker") or value.get("party") or ""
    kind = value.get("kind") if "title" not in value else None
    return f"{name} ({kind})" if kind else str(name)
