"""The first page."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from claimcli.analysis.issue_accounts import IssueOverview, IssueRelation
from claimcli.analysis.overview import Overview, overview
from claimcli.core.query import Node, Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.web.facets import narrowed_text
from claimcli.web.issue_views import IssueView, issue_view
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views, date_view

MOST_ISSUES = 20
"""Maximum number of issues of one relation on the first page; the others are counted."""
MOST_LISTED = 12
"""Maximum number of issues in the list at the top of the page."""
MOST_PARTIES = 20
"""Maximum number of parties that are listed."""


class IssueGroup(Struct, frozen=True):
    """The issues with one relation; ``more`` is the number of those that are left out."""

    relation: str
    heading: str
    about: str
    figure: str
    count: int
    issues: tuple[IssueView, ...]
    more: int


_GROUPS = {
    IssueRelation.CONTESTED: (
        "Contested", "Another account says otherwise, or the positions differ.", "contested",
    ),
    IssueRelation.DIVIDED: ("Divided", "The claims of one party differ.", "divided"),
    IssueRelation.QUALIFIED: (
        "Accepted in part", "An answer accepts a claim in part or with a condition.",
        "accepted in part",
    ),
    IssueRelation.AGREED: ("Agreed", "Another account says the same.", "agreed"),
    IssueRelation.ANSWERED: (
        "Answered", "An answer is on file that neither opposes nor confirms.", "answered",
    ),
    IssueRelation.PARALLEL: (
        "Several speak, none answers",
        "Accounts on one question that do not refer to each other.",
        "on which several parties speak and none answers",
    ),
    IssueRelation.ONE_SIDED: (
        "One party speaks", "No other party has a claim on file on the question.",
        "on which one party speaks",
    ),
}  # fmt: skip
"""The heading, the description and the name of the figure of each group of issues."""
_TWO = (
    "Both speak, neither answers", _GROUPS[IssueRelation.PARALLEL][1],
    "on which both speak and neither answers",
)  # fmt: skip
"""Those of parallel accounts if no issue has more than two."""
_ALWAYS = (
    IssueRelation.CONTESTED, IssueRelation.AGREED, IssueRelation.PARALLEL, IssueRelation.ONE_SIDED,
)  # fmt: skip
"""The relations whose number is shown even if it is 0."""


def page(request: PageRequest) -> Page:
    """Return the first page: numbers, issues by their relation, what nobody answered."""
    query = parse_query(request.query)
    dossier = request.reader.read(Request(query=query, scope=Scope.ALL, opposition=True))
    views = Views(dossier)
    found = overview(dossier)
    made = found.made or (None, None)
    values = {
        "overview": found,
        "first": date_view(made[0]),
        "last": date_view(made[1]),
        "groups": tuple(_groups(views, found, query)),
        "listed": tuple(issue_view(views, one, query) for one in _ordered(found)[:MOST_LISTED]),
        "parties": [(views.party(p), n) for p, n in [*found.speaking.items()][:MOST_PARTIES]],
        "without_claims": [views.party(name) for name in found.without_claims[:MOST_PARTIES]],
        "unanswered": tuple(_unanswered(views, found, query)),
        "all_unanswered": narrowed_text(query, "-has:answer"),
    }
    return Page(title="", template="overview.html.j2", values=values)


def _ordered(found: Overview) -> list[IssueOverview]:
    order = list(IssueRelation)
    return sorted(found.issues, key=lambda one: order.index(one.relation))


def _groups(views: Views, found: Overview, query: Node) -> Iterable[IssueGroup]:
    for relation, words in _GROUPS.items():
        issues = [one for one in found.issues if one.relation is relation]
        if relation is IssueRelation.PARALLEL and all(one.trees < 3 for one in issues):
            words = _TWO
        if issues or relation in _ALWAYS:
            yield IssueGroup(
                relation.value,
                *words,
                len(issues),
                tuple(issue_view(views, one, query) for one in issues[:MOST_ISSUES]),
                max(0, len(issues) - MOST_ISSUES),
            )


def _unanswered(views: Views, found: Overview, query: Node) -> Iterable[dict[str, Any]]:
    for one in found.unanswered[:MOST_PARTIES]:
        yield {
            "party": views.party(one.party),
            "number": one.unanswered,
            "claims": one.claims,
            "first": one.first,
            "query": narrowed_text(query, f"party:{one.party}", "-has:answer"),
        }
