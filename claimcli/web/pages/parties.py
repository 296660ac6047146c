"""The parties."""

from collections.abc import Iterable

from claimcli.analysis.issue_accounts import accounts_by_issue
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Party
from claimcli.web.issue_views import account_view
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views
from claimcli.web.reader import Reader
from claimcli.web.record_pages import MOST_LISTED, claims_values, facts, read_claims

MOST_ACCOUNTS = 50
"""Maximum number of issues on a party's page; the others are counted."""


def list_page(request: PageRequest) -> Page:
    """Return the parties of the matching claims with their numbers; without a query, all."""
    query = parse_query(request.query)
    dossier = request.reader.read(Request(limit=0))
    views = Views(dossier)
    found = request.reader.registry("party", query, MOST_LISTED)
    rows = [
        {**record, "party": views.party(record["id"]), "above": _above(views, record["part_of"])}
        for record in found.records
    ]
    values = {
        "rows": rows,
        "count": found.count,
        "with_members": any(party.part_of for party in dossier.parties.values()),
    }
    return Page(title="Parties", template="parties.html.j2", values=values)


def _above(views: Views, name: str | None) -> object:
    return views.party(name) if name else None


def page(request: PageRequest) -> Page:
    """Return a party, what it says on each issue, and its claims and those of its members."""
    claims = read_claims(request, "party")
    views = Views(claims.dossier)
    record: Party = claims.record
    name = record.id
    below = (one for one in claims.dossier.parties.values() if one.part_of == name)
    accounts = accounts_by_issue(claims.dossier, name) if claims.summarized else ()
    everything = parse_query(f"party:{name}")
    values = {
        "party": views.party(name),
        "facts": facts(claims.dossier, record, "kind", "aliases", "speakers", "note"),
        "above": _above(views, record.part_of),
        "members": [views.party(one.id) for one in below],
        "accounts": [
            (issue, views.question(issue), account_view(views, issue, account, everything))
            for issue, account in accounts[:MOST_ACCOUNTS]
        ],
        "more_accounts": max(0, len(accounts) - MOST_ACCOUNTS),
        **claims_values(request, views, claims),
    }
    return Page(title=record.label, template="party.html.j2", values=values)


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each party."""
    return ((name,) for name in reader.read(Request(limit=0, scope=Scope.REGISTRIES)).parties)
