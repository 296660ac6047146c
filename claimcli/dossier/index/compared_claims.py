"""Claims with the fields that are compared if their statements are similar."""

import sqlite3
from collections.abc import Iterable, Iterator

from msgspec import Struct

from claimcli.core.query import Node, Request
from claimcli.core.stances import Stance
from claimcli.dossier.index.rivals import stance_of
from claimcli.dossier.index.rows import refuse_changed
from claimcli.dossier.index.selection import select_columns
from claimcli.dossier.index.trees import tree_finder

_BATCH = 500
_COLUMNS = (
    "c.claim, c.id, c.statement, coalesce(c.said, c.made_by), c.issue, c.position, c.parties,"
    " coalesce(c.position_key, ''), c.about_from, c.about_to, c.about_utc,"
    " c.position_key IS NOT NULL AND c.withdrawn IS NULL AND c.superseded_by IS NULL,"
    " c.internal > 0"
)


class ComparedClaim(Struct, frozen=True):
    """The fields of a claim that are compared or shown; ``stance`` has its position by its key.

    ``dossier`` is the name of its dossier in a corpus of several.
    """

    id: str
    parties: tuple[str, ...]
    statement: str
    stance: Stance
    when: str | None = None
    issue: str | None = None
    position: str | None = None
    dossier: str = ""
    internal: bool = False


def statements(db: sqlite3.Connection, within: Node) -> Iterator[tuple[int, str]]:
    """Yield the key and the statement of the claims that a query selects, in order of time.

    Raises ClaimcliError if the query names something unknown, and msgspec.MsgspecError if a
    statement is damaged.
    """
    columns = "c.claim, c.statement, c.statement_check"
    for key, statement, check in select_columns(db, Request(query=within), columns):
        refuse_changed(statement, check)
        yield key, statement


def compared_claims(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, ComparedClaim]:
    """Return claims by their keys in the index."""
    trees, ordered = tree_finder(db), sorted(keys)
    claims: dict[int, ComparedClaim] = {}
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        places = ", ".join("?" * len(batch))
        rows = db.execute(f"SELECT {_COLUMNS} FROM claims c WHERE c.claim IN ({places})", batch)
        for key, name, statement, when, issue, position, *columns, internal in rows:
            parties = tuple(dict.fromkeys(columns[0].split()))
            stance = stance_of(tuple(columns), trees)
            claims[key] = ComparedClaim(
                name, parties, statement, stance, when, issue, position, internal=bool(internal)
            )
    return claims
