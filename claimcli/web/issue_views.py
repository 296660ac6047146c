"""What pages show of an issue: how the accounts relate, and what each party says."""

from msgspec import Struct

from claimcli.analysis.issue_accounts import Account, IssueOverview
from claimcli.core.query import Node
from claimcli.web.facets import narrowed_text
from claimcli.web.parts import PartiesView, PartyView, Reason, Views

MOST_ACCOUNTS = 8
"""Maximum number of accounts of one issue in a list of issues; the others are counted."""


class AccountView(Struct, frozen=True):
    """What parties say on an issue; ``query`` selects their claims if there are several."""

    parties: PartiesView
    position: str
    claim: str
    statement: str
    claims: int
    query: str


class IssueView(Struct, frozen=True, kw_only=True):
    """An issue with its relation, the responses and positions behind it, and the accounts."""

    id: str
    question: str
    relation: str
    claims: int
    responses: tuple[Reason, ...]
    more_responses: int
    positions: tuple[str, ...]
    accounts: tuple[AccountView, ...]
    more_accounts: int
    only: PartiesView
    trees: int
    silent: tuple[PartyView, ...]
    more_silent: int


def issue_view(
    views: Views, one: IssueOverview, query: Node, *, most: int = MOST_ACCOUNTS
) -> IssueView:
    """Return the view of an issue with at most so many accounts; links to claims narrow a query."""
    speaking = dict.fromkeys(party for account in one.accounts for party in account.parties)
    return IssueView(
        id=one.issue,
        question=views.question(one.issue),
        relation=one.relation.value,
        claims=one.claims,
        responses=tuple(
            Reason("", views.parties(response.parties), response.kind.label)
            for response in one.responses
        ),
        more_responses=one.more_responses,
        positions=one.positions,
        accounts=tuple(
            account_view(views, one.issue, account, query) for account in one.accounts[:most]
        ),
        more_accounts=max(0, len(one.accounts) - most),
        only=views.parties(speaking),
        trees=one.trees,
        silent=tuple(map(views.party, one.silent)),
        more_silent=one.more_silent,
    )


def account_view(views: Views, issue: str, account: Account, query: Node) -> AccountView:
    """Return the view of an account on an issue; the link to its claims narrows a query."""
    parties = " OR ".join(f"party:{party}" for party in account.parties)
    text = narrowed_text(query, f"issue:{issue}", parties) if account.claims > 1 else ""
    return AccountView(
        views.parties(account.parties),
        account.position,
        account.newest.id,
        account.newest.statement,
        account.claims,
        text,
    )
