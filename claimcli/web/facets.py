"""Queries that narrow or widen another query by one condition, for links."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.query import EVERYTHING, All, Node, Not, Some, Term
from claimcli.core.query_parser import parse_query, query_text
from claimcli.core.records import Status
from claimcli.dossier.index.facets import Facet, FacetValue
from claimcli.web.parts import PartyView, Views, status_label

_TITLES = {"issue": "Question", "when": "Year"}


class Choice(Struct, frozen=True):
    """A value of a facet: its name, its number of claims, and the query of its link.

    The query of a ``chosen`` value is the one without it. ``party`` is its view if it is a party.
    """

    label: str
    count: int
    query: str
    chosen: bool = False
    party: PartyView | None = None


class Choices(Struct, frozen=True):
    """A facet for readers: its title, its values, and the number of further values."""

    title: str
    values: tuple[Choice, ...]
    more: int


def choices(views: Views, facets: Iterable[Facet], query: Node) -> tuple[Choices, ...]:
    """Return the facets of the claims that match a query, with links that change the query."""
    return tuple(
        Choices(
            facet_title(facet.field),
            tuple(_choice(views, facet.field, value, query) for value in facet.values),
            facet.more,
        )
        for facet in facets
        if facet.values
    )


def facet_title(field: str) -> str:
    """Return the title of the facet of a field for readers."""
    return _TITLES.get(field, field.capitalize())


def _choice(views: Views, field: str, value: FacetValue, query: Node) -> Choice:
    label = value.label or value.value
    if field == "status":
        label = status_label(Status(value.value))
    party = views.party(value.value) if field == "party" else None
    condition = parse_query(value.term)
    wider = without(query, condition)
    text = query_text(narrowed(query, condition)) if wider is None else query_text(wider)
    return Choice(label, value.count, text, wider is not None, party)


def narrowed(query: Node, condition: Node) -> Node:
    """Return a query that also requires a condition."""
    if query == EVERYTHING:
        return condition
    return All((*query.nodes, condition) if isinstance(query, All) else (query, condition))


def narrowed_text(query: Node, *conditions: str) -> str:
    """Return the text of a query that also requires the conditions, each given as a text."""
    for condition in conditions:
        query = narrowed(query, parse_query(condition))
    return query_text(query)


def without(query: Node, condition: Node) -> Node | None:
    """Return a query without one of its conditions or alternatives, None if it has no such part."""
    nodes = query.nodes if isinstance(query, All | Some) else (query,)
    wanted = _without_place(condition)
    rest = tuple(node for node in nodes if _without_place(node) != wanted)
    if len(rest) == len(nodes):
        return None
    if len(rest) < 2:
        return rest[0] if rest else EVERYTHING
    return Some(rest) if isinstance(query, Some) else All(rest)


def _without_place(node: Node) -> Node:
    if isinstance(node, Term):
        return replace(node, at=None)
    if isinstance(node, Not):
        return Not(_without_place(node.node))
    return type(node)(tuple(map(_without_place, node.nodes)))
