"""Resolve the words of a query to parties, speakers, issues, tags, and other ids."""

import sqlite3
from collections.abc import Sequence
from functools import partial

from claimcli.core.id_parts import only_id, whole_id_hint
from claimcli.core.party_names import choose_party, fold_name
from claimcli.core.positions import position_key
from claimcli.core.problems import ClaimcliError, Excerpt
from claimcli.core.query import Term
from claimcli.core.text.suggestions import did_you_mean, list_names
from claimcli.dossier.index.id_parts import ids_with_part

MAX_CANDIDATES = 20_000
"""Number of names up to which a mistyped word is compared with all; beyond it, only with those that
start with the same two letters."""

_PLACES = {
    "issue": ("issues", "id"),
    "source": ("sources", "id"),
    "event": ("claims", "event"),
    "tag": ("claim_tags", "tag"),
    "position": ("claims", "position_key"),
    "id": ("claims", "id"),
    "speaker": ("claims", "speaker"),
}
"""The table and column with the values of a field; each column is the first of an index."""


_IDS = ("id", "issue", "source", "event")
"""Fields with ids, of which a part is enough if only one id has it."""


def find_values(db: sqlite3.Connection, term: Term) -> tuple[str, ...]:
    """Return the known values that match a term, ignoring letter case; an id by a part of it.

    Raises ClaimcliError, with similar values, if nothing matches, or with all ids that match a part
    if there are several.
    """
    if values := exact_values(db, term):
        return values
    table, column = _PLACES[term.field]
    names = ids_with_part(db, table, term.text, column) if term.field in _IDS else []
    if name := only_id(names, term.text, term.at):
        return (name,)
    raise unknown_value(db, term)


def exact_values(db: sqlite3.Connection, term: Term) -> tuple[str, ...]:
    """Return the known values that a term names, ignoring letter case."""
    table, column = _PLACES[term.field]
    if term.field == "tag":
        name = fold_name(term.text)
        matches = tuple(v for v in distinct(db, table, column) if fold_name(v) == name)
    else:
        text = position_key(term.text) if term.field == "position" else term.text.lower()
        query = f"SELECT {column} FROM {table} WHERE {column} = ? LIMIT 1"
        matches = tuple(value for (value,) in db.execute(query, (text,)))
    is_event = term.field == "event" and is_known(db, "events", term.text.lower())
    return matches or ((term.text.lower(),) if is_event else ())


def unknown_value(db: sqlite3.Connection, term: Term) -> ClaimcliError:
    """Return the error that nothing has the value of a term, with similar values."""
    if term.field == "id" and is_known(db, "parties", term.text):
        return ClaimcliError(
            f"'{term.text}' is a party, not a claim",
            f"try 'claimcli list --party {term.text}'",
            excerpt=term.at,
        )
    table, column = _PLACES[term.field]
    what = "claim" if term.field == "id" else term.field
    return _unknown(db, what, term, table, "position" if term.field == "position" else column)


def party_and_members(
    db: sqlite3.Connection, word: str, at: Excerpt | None = None
) -> tuple[str, ...]:
    """Return the ids of the party with this id, part of an id, name or alias, and its members."""
    party = find_party_by_part(db, word, at)
    rows = db.execute(
        "WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT p.id FROM below"
        " JOIN parties p ON p.part_of = below.id) SELECT id FROM below ORDER BY id",
        (party,),
    )
    return tuple(name for (name,) in rows)


def find_party_by_part(db: sqlite3.Connection, word: str, at: Excerpt | None = None) -> str:
    """Return the id of the party with this id, name or alias, else with this part of an id.

    Raises ClaimcliError if no party or several parties match.
    """
    if not parties_called(db, word):
        name = only_id(ids_with_part(db, "parties", word), word, at)
        if name:
            return name
    return find_party(db, word, at)


def find_party(db: sqlite3.Connection, word: str, at: Excerpt | None = None) -> str:
    """Return the id of the party with this id, name or alias, ignoring letter case.

    Raises ClaimcliError if no party or several parties match.
    """
    return choose_party(word, parties_called(db, word), partial(_party_names, db), at)


def parties_called(db: sqlite3.Connection, word: str) -> list[str]:
    """Return the ids of the parties with an id, or else with an id, a name or an alias."""
    if is_known(db, "parties", word):
        return [word]
    rows = db.execute(
        "SELECT party FROM _names WHERE name = ? UNION SELECT id FROM parties WHERE id = ?",
        (fold_name(word), fold_name(word)),
    )
    return [name for (name,) in rows]


def _party_names(db: sqlite3.Connection) -> tuple[list[str], list[str]]:
    rows = db.execute("SELECT id FROM parties UNION SELECT name FROM _names")
    ids = db.execute("SELECT id FROM parties ORDER BY 1 LIMIT ?", (MAX_CANDIDATES,))
    return [name for (name,) in ids], [name for (name,) in rows]


def find_speakers(db: sqlite3.Connection, term: Term) -> tuple[str, ...]:
    """Return the speakers whose names contain every word of a term; a family name is enough.

    Returns nothing for a registered speaker without claims. Raises ClaimcliError if the speaker is
    unknown.
    """
    names = {*distinct(db, "claims", "speaker"), *distinct(db, "claims", "reports_speaker")}
    words = set(fold_name(term.text).split())
    matches = tuple(n for n in sorted(names) if words <= set(fold_name(n).split()))
    if matches or fold_name(term.text) in _registered_speakers(db):
        return matches
    every = names | {part for name in names for part in name.split()}
    hint = did_you_mean(term.text, every, list_names("speakers", sorted(names)))
    raise ClaimcliError(f"no speaker '{term.text}'", hint, excerpt=term.at)


def _registered_speakers(db: sqlite3.Connection) -> set[str]:
    rows = db.execute("SELECT speaker FROM party_speakers")
    return {fold_name(name) for (name,) in rows}


def distinct(db: sqlite3.Connection, table: str, column: str) -> list[str]:
    """Return the distinct values of an indexed column, by one lookup for each."""
    some = f"FROM {table} WHERE {column} IS NOT NULL"
    rows = db.execute(
        f"WITH RECURSIVE hop (value) AS (SELECT min({column}) {some} UNION ALL"
        f" SELECT (SELECT min({column}) {some} AND {column} > value) FROM hop"
        " WHERE value IS NOT NULL) SELECT value FROM hop WHERE value IS NOT NULL"
    )
    return [value for (value,) in rows]


def suggestion_candidates(
    db: sqlite3.Connection, table: str, column: str, word: str
) -> Sequence[str]:
    """Return the values with which to compare a mistyped word."""
    (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    if count <= MAX_CANDIDATES:
        rows = db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
        return [value for (value,) in rows]
    start = word[:2].casefold()
    rows = db.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ? LIMIT ?",
        (start, f"{start}\U0010ffff", MAX_CANDIDATES),
    )
    return [value for (value,) in rows]


def similar_ids(db: sqlite3.Connection, table: str, name: str) -> list[str]:
    """Return all ids with the same first letter that are at most one letter longer or shorter."""
    first, size = name[:1], len(name)
    rows = db.execute(
        f"SELECT id FROM {table} WHERE id >= ? AND id < ? AND length(id) BETWEEN ? AND ?",
        (first, f"{first}\U0010ffff", size - 1, size + 1),
    )
    return [name for (name,) in rows]


def is_known(db: sqlite3.Connection, table: str, name: str) -> bool:
    """Return whether a table has a row with an id; mentions count."""
    query = f"SELECT 1 FROM {table} WHERE id = ?"
    return db.execute(query, (name,)).fetchone() is not None


def _unknown(
    db: sqlite3.Connection, what: str, term: Term, table: str, column: str
) -> ClaimcliError:
    near = suggestion_candidates(db, table, column, term.text)
    names = ids_with_part(db, table, term.text, column) if term.field in _IDS else []
    hint = did_you_mean(
        term.text, near, whole_id_hint(names) or _listed(db, f"{what}s", table, column)
    )
    return ClaimcliError(f"no {what} '{term.text}'", hint, excerpt=term.at)


def _listed(db: sqlite3.Connection, what: str, table: str, column: str) -> str:
    query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1 LIMIT ?"
    return list_names(what, [value for (value,) in db.execute(query, (MAX_CANDIDATES,))])
