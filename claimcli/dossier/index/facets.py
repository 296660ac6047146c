"""The values that matching claims have in some fields, with the number of claims of each."""

import sqlite3
from collections.abc import Collection

from msgspec import Struct

from claimcli.core.query import Node
from claimcli.dossier.index.where import TRUE, Condition


class FacetValue(Struct, frozen=True):
    """A value that claims have, such as a party's id, and the number of claims that have it.

    ``label`` is its name for readers, or ""; ``term`` is the text that narrows a query to these
    claims.
    """

    value: str
    count: int
    label: str = ""
    term: str = ""


class Facet(Struct, frozen=True):
    """A field of the query language with its values, most frequent first, years in order.

    ``more`` is the number of further values.
    """

    field: str
    values: tuple[FacetValue, ...]
    more: int = 0


def facets_of(
    db: sqlite3.Connection,
    query: Node,
    within: Condition = TRUE,
    *,
    hidden: Collection[str] = (),
) -> tuple[Facet, ...]:
    """Return the parties, issues, statuses, sources, tags and years of the matching claims.

    ``within`` is a further condition, ``hidden`` are ids of sources to leave out. Raises
    ClaimcliError if the query names something that the dossier does not have.
    """
    del db, query, within, hidden
    return ()
