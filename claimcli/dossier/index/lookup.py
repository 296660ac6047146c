"""What whoever writes needs to know of a dossier: which ids there are, and in which files."""

import sqlite3
from collections.abc import Iterable

from claimcli.core.party_names import fold_name
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Term, Test
from claimcli.core.text.suggestions import did_you_mean
from claimcli.core.text.word_diff import counted
from claimcli.dossier.field_parsers import ID
from claimcli.dossier.index.resolve import find_party, find_values, suggestion_candidates
from claimcli.dossier.index.rows import LAYOUT

KINDS = ("claim", "party", "source", "issue", "event")
FileKey = tuple[int, str]
"""Number of a root, and a path below it."""


def is_taken(db: sqlite3.Connection, kind: str, name: str) -> bool:
    """Return whether there is a record of a kind and an id; mere mentions aside."""
    query = f"SELECT 1 FROM {LAYOUT[kind][0]} WHERE id = ? AND file IS NOT NULL"
    return db.execute(query, (name,)).fetchone() is not None


def file_of(db: sqlite3.Connection, kind: str, name: str) -> FileKey:
    """Return which file the record of a kind and an id stands in; there must be one."""
    query = (
        f"SELECT f.root, f.path FROM {LAYOUT[kind][0]} t JOIN files f ON f.file = t.file"
        " WHERE t.id = ?"
    )
    root, path = db.execute(query, (name,)).fetchone()
    return (int(root), str(path))


def require_claim(db: sqlite3.Connection, word: str) -> str:
    """Return the id of a claim. Raises ClaimcliError, with near matches, where there is none."""
    (name,) = find_values(db, Term("id", Test.PHRASE, word))
    return name


def kind_of(db: sqlite3.Connection, name: str) -> str:
    """Return of which kind the record of an id is.

    Raises ClaimcliError where it is none, or where there are several.
    """
    kinds = [kind for kind in KINDS if is_taken(db, kind, name)]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        listed = " and ".join(f"{'an' if k[0] in 'ei' else 'a'} {k}" for k in kinds)
        raise ClaimcliError(f"'{name}' is {listed}", f"write it as {kinds[0]}:{name}")
    for kind in ("party", "issue"):
        if _is_mentioned(db, kind, name):
            message = f"{kind} '{name}' is only mentioned, and has no record to change"
            raise ClaimcliError(message, f"register it under '{LAYOUT[kind][0]}:'")
    near = [
        other for kind in KINDS for other in suggestion_candidates(db, LAYOUT[kind][0], "id", name)
    ]
    hint = did_you_mean(
        name, near, _otherwise(db, "'claimcli list' and 'claimcli parties' show ids")
    )
    raise ClaimcliError(f"nothing has the id '{name}'", hint)


def _otherwise(db: sqlite3.Connection, hint: str) -> str:
    """Return a way out, which is another where what is looked for may be what cannot be read."""
    (unread,) = db.execute("SELECT coalesce(sum(unread), 0) FROM files").fetchone()
    if not unread:
        return hint
    return f"{counted(unread, 'record')} could not be read, see 'claimcli check'"


def require_record(db: sqlite3.Connection, kind: str, name: str) -> None:
    """Raise ClaimcliError where there is no record of a kind and an id."""
    if not is_taken(db, kind, name):
        near = suggestion_candidates(db, LAYOUT[kind][0], "id", name)
        raise ClaimcliError(
            f"no {kind} '{name}'", did_you_mean(name, near, _otherwise(db, "look at the id"))
        )


def _is_mentioned(db: sqlite3.Connection, kind: str, name: str) -> bool:
    query = f"SELECT 1 FROM {LAYOUT[kind][0]} WHERE id = ?"
    return db.execute(query, (name,)).fetchone() is not None


def main_file_on_issue(db: sqlite3.Connection, issue: str) -> FileKey | None:
    """Return the file that holds most claims on an issue, of several the first."""
    row = db.execute(
        "SELECT f.root, f.path FROM claims c JOIN files f ON f.file = c.file WHERE c.issue = ?"
        " GROUP BY c.file ORDER BY count(*) DESC, f.root, f.path LIMIT 1",
        (issue,),
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def issue_of(db: sqlite3.Connection, claim: str) -> str | None:
    """Return the issue that a claim is on, written or handed down."""
    (issue,) = db.execute("SELECT issue FROM claims WHERE id = ?", (claim,)).fetchone()
    return None if issue is None else str(issue)


def resolve_party(db: sqlite3.Connection, word: str) -> str:
    """Return the id of the party that a word means; an id that is new is its own.

    Raises ClaimcliError where several are called so, or where the word is no id.
    """
    called = db.execute("SELECT 1 FROM _names WHERE name = ?", (fold_name(word),)).fetchone()
    if ID.fullmatch(word) and not called:
        return word
    return find_party(db, word)


def similar_name_notes(db: sqlite3.Connection, kind: str, names: Iterable[str]) -> list[str]:
    """Return a note for each new name of a party or an issue that is much like a known one."""
    found = []
    for name in names:
        if not _is_mentioned(db, kind, name):
            near = did_you_mean(name, suggestion_candidates(db, LAYOUT[kind][0], "id", name))
            found += [f"note: the {kind} '{name}' is new here; {near}"] if near else []
    return found


def free_id(db: sqlite3.Connection, stem: str) -> str:
    """Return an id that no claim has: the stem, or with a number behind it."""
    name, number = stem, 1
    while is_taken(db, "claim", name):
        number += 1
        name = f"{stem}-{number}"
    return name


def known_ids(db: sqlite3.Connection, kind: str) -> list[str]:
    """Return all ids of parties, sources or issues, those that are only mentioned too."""
    return [name for (name,) in db.execute(f"SELECT id FROM {LAYOUT[kind][0]} ORDER BY id")]
