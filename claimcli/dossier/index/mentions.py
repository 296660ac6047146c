"""Which files name a record: those that have it, and those that refer to it."""

import re
import sqlite3
from collections.abc import Iterable

from claimcli.core.schema import RECORD_KINDS
from claimcli.dossier.index.lookup import KINDS, FileKey
from claimcli.dossier.index.rows import LAYOUT

_IN_CLAIMS = "SELECT file FROM claims WHERE"
_NAMING = {
    "party": (
        "SELECT file FROM parties WHERE ? IN (id, part_of)",
        "SELECT file FROM claim_parties JOIN claims USING (claim) WHERE claim_parties.party = ?",
        f"{_IN_CLAIMS} reports_party = ?",
        "SELECT file FROM requests JOIN claims USING (claim) WHERE requests.party = ?",
    ),
    "source": (
        "SELECT file FROM sources WHERE id = ?",
        "SELECT file FROM origins JOIN sources ON sources.id = origins.source WHERE origin = ?",
        "SELECT file FROM citations JOIN claims USING (claim) WHERE citations.source = ?",
    ),
    "issue": ("SELECT file FROM issues WHERE id = ?", f"{_IN_CLAIMS} issue = ?"),
    "event": ("SELECT file FROM events WHERE id = ?", f"{_IN_CLAIMS} event = ?"),
    "claim": (
        "SELECT file FROM responses JOIN claims USING (claim) WHERE target = ?",
        f"{_IN_CLAIMS} id = ?",
        f"{_IN_CLAIMS} restates = ?",
        f"{_IN_CLAIMS} supersedes = ?",
    ),
}
"""Queries for the files, by the kind of the record."""


def files_naming(db: sqlite3.Connection, names: Iterable[tuple[str, str]]) -> list[FileKey]:
    """Return the files that name one of some records, given by kind and id."""
    numbers = {
        file
        for kind, name in names
        for query in _NAMING[kind]
        for (file,) in db.execute(query, (name,))
    }
    rows = db.execute("SELECT file, root, path FROM files ORDER BY root, path")
    return [(root, path) for file, root, path in rows if file in numbers]


def files_with_answers_of(db: sqlite3.Connection, party: str) -> list[FileKey]:
    """Return the files with claims whose ids are derived from a party's id."""
    rows = db.execute(
        "SELECT DISTINCT root, path FROM claims c JOIN files f ON f.file = c.file"
        " WHERE instr(id, '/' || ?) ORDER BY 1, 2",
        (party,),
    )
    return [(root, path) for root, path in rows]


def derived_from(db: sqlite3.Connection, claim: str) -> list[tuple[str, str]]:
    """Return the kind and the id of each record whose id is derived from that of a claim."""
    query = "SELECT id FROM {} WHERE substr(id, 1, length(?1) + 1) = ?1 || '/' ORDER BY id"
    return [
        (kind, name)
        for kind in ("claim", "source")
        for (name,) in db.execute(query.format(LAYOUT[kind][0]), (claim,))
    ]


def text_of(db: sqlite3.Connection, source: str) -> str | None:
    """Return the path of the text of a source, if it has one."""
    row = db.execute("SELECT text FROM sources WHERE id = ?", (source,)).fetchone()
    return row[0] if row else None


def notes_naming(db: sqlite3.Connection, name: str) -> list[tuple[str, str]]:
    """Return the kind and the id of each record with an id in its note."""
    return [
        (kind, record)
        for kind in KINDS
        if "note" in RECORD_KINDS[kind].names
        for record, note in db.execute(
            f"SELECT id, note FROM {LAYOUT[kind][0]} WHERE instr(note, ?) ORDER BY id", (name,)
        )
        if contains_id(note, name)
    ]


def contains_id(text: str, name: str) -> bool:
    """Return whether a text contains an id, not only as a part of a longer one."""
    form = rf"(?<![\w./-]){re.escape(name)}(?![\w-]|[./]\w)"
    return re.search(form, text, re.ASCII) is not None
