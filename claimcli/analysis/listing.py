"""Claims as records that other tools can build on, and as a table."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from claimcli.model import Citation, Claim, Dossier, Reported
from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError
from claimcli.table import Cell, Table

TABLE_FIELDS = (
    "id", "said", "party", "speaker", "issue", "position", "status", "statement", "sources",
    "file", "line",
)  # fmt: skip


class Listing(Struct, frozen=True):
    """Claims in order, each with its fields by name; see :func:`record`."""

    records: tuple[dict[str, Any], ...]
    fields: tuple[str, ...] = ()

    def chosen(self) -> list[dict[str, Any]]:
        """Return the records with only the fields asked for, all where none were named."""
        if not self.fields:
            return list(self.records)
        return [{name: record[name] for name in self.fields} for record in self.records]

    def table(self) -> Table:
        """Return the fields asked for, or those that fit a line, as a table."""
        columns = self.fields or TABLE_FIELDS
        rows = tuple(tuple(_cell(record[name]) for name in columns) for record in self.records)
        return Table("claims", columns, rows)


def listing(dossier: Dossier, *, fields: Iterable[str] = ()) -> Listing:
    """List the dossier's claims. Raises ClaimcliError for a field that there is none of."""
    names = tuple(_field(name) for name in fields)
    return Listing(tuple(record(dossier, claim) for claim in dossier.claims), names)


def record(dossier: Dossier, claim: Claim) -> dict[str, Any]:
    """Return one claim's fields by the model's names; dates as written, lists always lists.

    ``rebuttals`` are the ids of opposing answers, ``responses`` the others with their kind,
    ``answers`` both with party and kind.
    """
    answers = dossier.answers.get(claim.id, ())
    return {
        "id": claim.id,
        "party": claim.party,
        "parties": list(claim.parties),
        "speaker": claim.speaker,
        "statement": claim.statement,
        "said": _text(claim.said),
        "about": _text(claim.about),
        "issue": claim.issue,
        "position": claim.position,
        "event": claim.event,
        "reports": _reported(claim.reports),
        "sources": [cited(dossier, citation) for citation in claim.citations],
        "rebuttals": [answer for answer, kind in answers if kind.opposes],
        "responses": [
            {"id": answer, "kind": kind.value} for answer, kind in answers if not kind.opposes
        ],
        "answers": [
            {"id": answer, "kind": kind.value, "party": dossier.by_id[answer].party}
            for answer, kind in answers
        ],
        "responds_to": [{"claim": a.claim, "kind": a.kind.value} for a in claim.responds_to],
        "restates": claim.restates,
        "supersedes": claim.supersedes,
        "withdrawn": _text(claim.withdrawn),
        "tags": list(claim.tags),
        "note": claim.note,
        "status": dossier.statuses[claim.id].value,
        "file": claim.where.path,
        "line": claim.where.span.line,
    }


FIELDS = (
    "id", "party", "parties", "speaker", "statement", "said", "about", "issue", "position",
    "event", "reports", "sources", "rebuttals", "responses", "answers", "responds_to", "restates",
    "supersedes", "withdrawn", "tags", "note", "status", "file", "line",
)  # fmt: skip


def cited(dossier: Dossier, citation: Citation) -> dict[str, Any]:
    """Return a citation with what is on file of its source."""
    source = dossier.sources.get(citation.source)
    return {
        "id": citation.source,
        "title": source.title if source else None,
        "outlet": source.outlet if source else None,
        "published": _text(source.published) if source else None,
        "url": source.url if source else None,
        "archive_url": source.archive_url if source else None,
        "kind": source.kind if source else None,
        "quote": citation.quote,
        "translation": citation.translation,
        "locator": citation.locator,
    }


def _field(name: str) -> str:
    if name not in FIELDS:
        hint = did_you_mean(name, FIELDS, f"the fields are {', '.join(FIELDS)}")
        raise ClaimcliError(f"no field '{name}'", hint)
    return name


def _text(value: object) -> str | None:
    return None if value is None else str(value)


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
