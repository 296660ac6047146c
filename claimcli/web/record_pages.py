"""What the pages of parties, issues and events share: the record's claims and their facets."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope, field_condition
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier, Event, Issue, Party
from claimcli.web.facets import choices
from claimcli.web.page import PageRequest, no_such_record
from claimcli.web.parts import Views, date_view, file_and_line

MOST_SUMMARIZED = 1_000
"""Maximum number of claims of a record whose accounts are summarized."""
MOST_LISTED = 500
"""Maximum number of rows of a registry; the others are counted."""


class RecordClaims(Struct, frozen=True):
    """A party, issue or event with its claims: those that were read, and the number of all.

    All were read if they can be ``summarized``; the page lists the first ``rows`` of them.
    """

    kind: str
    record: Any
    dossier: Dossier
    count: int
    rows: int

    @property
    def summarized(self) -> bool:
        """Whether there are claims, and all were read."""
        return 0 < self.count <= MOST_SUMMARIZED


def read_claims(request: PageRequest, kind: str) -> RecordClaims:
    """Return the party, issue or event of a page with its claims.

    Only if no claim names it, all registries are read. Raises NoSuchPageError if it is unknown.
    """
    name = request.ids["id"]
    query = field_condition(kind, [name])
    try:
        count = request.reader.count(query)
        limit = None if count <= MOST_SUMMARIZED else request.rows
        read = Request(query=query, scope=Scope.ANSWERS, limit=limit, opposition=True)
        dossier = request.reader.read(read)
    except ClaimcliError:  # no record is called so
        count, dossier = 0, request.reader.read(Request(limit=0, scope=Scope.REGISTRIES))
    if name in (known := _records(dossier, kind)):
        return RecordClaims(kind, known[name], dossier, count, request.rows)
    dossier = request.reader.read(Request(limit=0, scope=Scope.REGISTRIES))
    if name not in (known := _records(dossier, kind)):
        raise no_such_record(kind, name, known)
    return RecordClaims(kind, known[name], dossier, 0, request.rows)


def _records(dossier: Dossier, kind: str) -> Mapping[str, Any]:
    records: dict[str, Mapping[str, Any]] = {
        "party": dossier.parties,
        "issue": dossier.issues,
        "event": dossier.events,
    }
    return records[kind]


def claims_values(request: PageRequest, views: Views, claims: RecordClaims) -> dict[str, Any]:
    """Return the values of the list of a record's claims in its page."""
    text = f"{claims.kind}:{claims.record.id}"
    query = parse_query(text)
    found = request.reader.facets(query) if claims.count else ()
    facets = (facet for facet in found if facet.field != claims.kind)
    return {
        "rows": [views.claim(claim) for claim in claims.dossier.claims[: claims.rows]],
        "count": claims.count,
        "all_claims": text,
        "facets": choices(views, facets, query),
    }


def facts(dossier: Dossier, record: Party | Issue | Event, *names: str) -> list[dict[str, Any]]:
    """Return the fields of a record that are on file, with its id and its place in the files."""
    listed = ((name, getattr(record, name)) for name in names)
    values = [
        {
            "label": name.replace("_", " "),
            "texts": value if isinstance(value, tuple) else (value,),
            "date": date_view(value) if isinstance(value, Date) else None,
        }
        for name, value in listed
        if value
    ]
    registered = record.location.path and getattr(record, "registered", True)
    place = file_and_line(dossier, record.location) if registered else ""
    return [*values, {"label": "id", "code": record.id}, {"label": "file", "code": place}]
