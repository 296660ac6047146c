"""Select the claims of a request: which, in which order, and how many."""

import sqlite3
from collections.abc import Iterable

from claimcli.core.query import All, Node, Request, Scope, Term
from claimcli.core.records import Status
from claimcli.dossier.index.resolve import party_and_members
from claimcli.dossier.index.wanted import MOVED
from claimcli.dossier.index.where import TRUE, Condition, condition


def selected_claims(
    db: sqlite3.Connection, request: Request, within: Condition = TRUE
) -> list[tuple[int, str]]:
    """Return key and id of the claims that a request selects, in order.

    ``within`` is a further condition. Raises ClaimcliError if the query names something that the
    dossier does not have.
    """
    return select_columns(db, request, "c.claim, c.id", within).fetchall()


def select_columns(
    db: sqlite3.Connection, request: Request, columns: str, within: Condition = TRUE
) -> sqlite3.Cursor:
    """Return columns of ``claims c`` as :func:`selected_claims` selects them, read row by row."""
    start, where = matching(db, request.query, within)
    if request.parties:
        where = _made_by(db, request.parties, where)
    if request.scope is Scope.MOVED:
        moved = f"({where.sql}) AND c.claim IN (SELECT claim FROM ({MOVED}))"
        where = Condition(moved, where.values)
    limit = -1 if request.limit is None else request.limit
    part = " LIMIT ? OFFSET ?" if limit >= 0 or request.offset else ""
    values = (*where.values, limit, request.offset) if part else where.values
    order = _order(request.sort, start)
    query = f"SELECT {columns} FROM {start} WHERE {where.sql} ORDER BY {order}{part}"
    return db.execute(query, values)


def matching(
    db: sqlite3.Connection, query: Node, within: Condition = TRUE
) -> tuple[str, Condition]:
    """Return the tables and the condition of a query; a claim occurs at most once in the result.

    For a query by one party, the first table has the claims of that party in order of time.
    """
    start, where = _start(db, query)
    if within == TRUE:
        return start, where
    return start, Condition(f"({where.sql}) AND {within.sql}", (*where.values, *within.values))


def _start(db: sqlite3.Connection, node: Node) -> tuple[str, Condition]:
    terms = node.nodes if isinstance(node, All) else (node,)
    for term in terms:
        if isinstance(term, Term) and term.field == "party":
            parties = party_and_members(db, term.text, term.at)
            if len(parties) == 1:
                rest = condition(db, All(tuple(other for other in terms if other is not term)))
                start = "claim_parties p CROSS JOIN claims c ON c.claim = p.claim"
                return start, Condition(f"p.party = ? AND ({rest.sql})", (*parties, *rest.values))
    return "claims c", condition(db, node)


def count_claims(db: sqlite3.Connection, query: Node, within: Condition = TRUE) -> int:
    """Return the number of claims that match a query. Raises as :func:`selected_claims`."""
    start, where = matching(db, query, within)
    statement = f"SELECT count(*) FROM {start} WHERE {where.sql}"
    (count,) = db.execute(statement, where.values).fetchone()
    return int(count)


def _made_by(db: sqlite3.Connection, names: Iterable[str], where: Condition) -> Condition:
    """Narrow a condition to the claims of some parties and their members."""
    parties = [party for name in names for party in party_and_members(db, name)]
    places = ", ".join("?" * len(parties))
    spoken = f"c.claim IN (SELECT claim FROM claim_parties WHERE party IN ({places}))"
    return Condition(f"({where.sql}) AND {spoken}", (*where.values, *parties))


_RANK = (
    "coalesce((SELECT printf('%06d', f.root) || f.path || char(0) || printf('%012d', t.rowid)"
    " FROM {0} t JOIN files f ON f.file = t.file WHERE t.id = c.{1}), '~')"
)
"""The place of a party or an issue in the registries; '~' comes after all places."""
_STATUS_ORDER = " ".join(f"WHEN '{status.value}' THEN {n}" for n, status in enumerate(Status))
_ORDERS = {
    "said": ("{}.sort", "{}.id"),
    "id": ("c.id",),
    "party": (_RANK.format("parties", "party"), "c.party", "{}.sort", "{}.id"),
    "speaker": ("c.speaker IS NULL", "c.speaker", "{}.sort", "{}.id"),
    "issue": ("c.issue IS NULL", _RANK.format("issues", "issue"), "c.issue", "{}.sort", "{}.id"),
    "status": (f"CASE c.status {_STATUS_ORDER} END", "{}.sort", "{}.id"),
    "file": ("(SELECT root FROM files f WHERE f.file = c.file)",
             "(SELECT path FROM files f WHERE f.file = c.file)", "c.line", "c.claim"),
}  # fmt: skip


def _order(sort: str, start: str) -> str:
    alias = "p" if start.startswith("claim_parties") else "c"
    direction = " DESC" if sort.startswith("-") else ""
    keys = (key.format(alias) for key in _ORDERS[sort.removeprefix("-")])
    return ", ".join(f"{key}{direction}" for key in keys)
