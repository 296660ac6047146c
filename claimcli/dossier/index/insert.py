"""A file's records into the tables, and out of them again."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from claimcli.core.problems import Problem
from claimcli.dossier.index.rows import (
    FILE_BITS,
    LAYOUT,
    FileRows,
    RecordRows,
    Row,
    decode_record,
    problem_row,
)
from claimcli.dossier.index.tables import INDEXES
from claimcli.dossier.index.tables import TABLES as SCHEMA

REGISTRIES = tuple(kind for kind in LAYOUT if kind != "claim")


def create_tables(db: sqlite3.Connection) -> None:
    """Make the tables of an empty database."""
    run_script(db, SCHEMA)


def create_indexes(db: sqlite3.Connection) -> None:
    """Make the indexes and the full text, which is fastest once the tables are full."""
    db.execute("INSERT INTO words (rowid, statement, quote, speaker, note) SELECT * FROM texts")
    run_script(db, INDEXES)


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Run statements that each end in ``;`` and a line break, within the transaction."""
    for statement in script.split(";\n"):
        db.execute(statement)


def add(
    db: sqlite3.Connection,
    rows: FileRows,
    before_removal: Callable[[sqlite3.Connection, int], None] | None = None,
) -> set[int]:
    """Add rows of a file; return files that must be read again.

    Of two records with one id that of the first file in order stands. Where one that comes later
    stands already, everything of its file is taken out, and the file is among those returned.
    """
    file = rows.file
    again: set[int] = set()
    for kind, found in rows.records.items():
        bundles = found
        standing = _standing(db, kind, bundles)
        for other in set(standing.values()):
            if other != file and _comes_before(db, file, other):
                if before_removal:
                    before_removal(db, other)
                remove(db, other)
                again.add(other)
        doubles = _doubles(kind, bundles, {n for n, f in standing.items() if f not in again})
        if doubles:
            rows.problems += [_set_aside(db, file, kind, bundle) for bundle in doubles]
            out = {id(bundle) for bundle in doubles}
            bundles = [bundle for bundle in bundles if id(bundle) not in out]
        _insert(db, kind, bundles)
    _insert_rows(db, "problems", rows.problems)
    return again


def _insert(db: sqlite3.Connection, kind: str, bundles: Sequence[RecordRows]) -> None:
    for number, table in enumerate(LAYOUT[kind]):
        if number < 2:
            _insert_rows(db, table, [bundle[number] for bundle in bundles])
        else:
            _insert_rows(db, table, [row for bundle in bundles for row in bundle[number]])


def _insert_rows(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows; a party or an issue takes the place of its mere mention."""
    if rows:
        places = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)


def add_words(db: sqlite3.Connection, file: int) -> None:
    """Add a file's claims to the full text."""
    db.execute(
        "INSERT INTO words (rowid, statement, quote, speaker, note)"
        " SELECT * FROM texts WHERE claim BETWEEN ? AND ?",
        keys_of(file),
    )


def remove(db: sqlite3.Connection, file: int) -> None:
    """Take out everything that was read from a file, but not the file."""
    keys = keys_of(file)
    db.execute(
        "INSERT INTO words (words, rowid, statement, quote, speaker, note)"
        " SELECT 'delete', * FROM texts WHERE claim BETWEEN ? AND ?",
        keys,
    )
    spoken = "SELECT parties, sort, id FROM claims WHERE claim BETWEEN ? AND ?"
    db.executemany(
        "DELETE FROM claim_parties WHERE party = ? AND sort = ? AND id = ?",
        [
            (party, sort, claim)
            for parties, sort, claim in db.execute(spoken, keys).fetchall()
            for party in parties.split()
        ],
    )
    for table in ("claim_tags", "citations", "responses", "_claims", "claims"):
        db.execute(f"DELETE FROM {table} WHERE claim BETWEEN ? AND ?", keys)
    for kind in REGISTRIES:
        held = db.execute(f"SELECT id FROM {LAYOUT[kind][0]} WHERE file = ?", (file,))
        _remove_records(db, kind, [name for (name,) in held])
    db.execute("DELETE FROM problems WHERE file = ?", (file,))
    db.execute("DELETE FROM _doubles WHERE file = ?", (file,))


def _remove_records(db: sqlite3.Connection, kind: str, names: Iterable[str]) -> None:
    each = [(name,) for name in names]
    db.executemany(f"DELETE FROM {LAYOUT[kind][0]} WHERE id = ?", each)
    db.executemany(f"DELETE FROM _registry WHERE kind = '{kind}' AND id = ?", each)
    if kind == "party":
        db.executemany("DELETE FROM _names WHERE party = ?", each)
        db.executemany("DELETE FROM party_aliases WHERE party = ?", each)
        db.executemany("DELETE FROM party_speakers WHERE party = ?", each)
    if kind == "source":
        db.executemany("DELETE FROM origins WHERE source = ?", each)


def files_beside(db: sqlite3.Connection, file: int) -> list[tuple[int, int, str]]:
    """Return key, root and path of the files whose records stand back for those of a file."""
    found: list[tuple[int, int, str]] = []
    for kind, (table, *_) in LAYOUT.items():
        where = "t.claim BETWEEN ? AND ?" if kind == "claim" else "t.file = ?"
        found += db.execute(
            f"SELECT f.file, f.root, f.path FROM _doubles d JOIN {table} t ON t.id = d.id"
            f" JOIN files f ON f.file = d.file WHERE d.kind = '{kind}' AND d.file <> ? AND {where}",
            (file, *(keys_of(file) if kind == "claim" else (file,))),
        )
    return found


def keys_of(file: int) -> tuple[int, int]:
    """Return the first and last key that a claim of a file can have."""
    return (file << FILE_BITS, ((file + 1) << FILE_BITS) - 1)


def _id(kind: str, bundle: RecordRows) -> str:
    return str(bundle[0][1] if kind == "claim" else bundle[0][0])


def _standing(db: sqlite3.Connection, kind: str, bundles: Sequence[RecordRows]) -> dict[str, int]:
    """Return which of the records' ids stand already, and in which file."""
    names = json.dumps([_id(kind, bundle) for bundle in bundles])
    return dict(
        db.execute(
            f"SELECT id, file FROM {LAYOUT[kind][0]}"
            " WHERE id IN (SELECT value FROM json_each(?)) AND file IS NOT NULL",
            (names,),
        )
    )


def _doubles(kind: str, bundles: Sequence[RecordRows], taken: set[str]) -> list[RecordRows]:
    """Return the records whose ids are taken, or stand before among them."""
    found = []
    for bundle in bundles:
        name = _id(kind, bundle)
        if name in taken:
            found.append(bundle)
        taken.add(name)
    return found


def _comes_before(db: sqlite3.Connection, file: int, other: int) -> bool:
    order = "SELECT root, path FROM files WHERE file = ?"
    first, second = (db.execute(order, (key,)).fetchone() for key in (file, other))
    return bool(first < second)


def _set_aside(db: sqlite3.Connection, file: int, kind: str, bundle: RecordRows) -> Row:
    """Note that a record is a double; return its problem, at its id."""
    name = _id(kind, bundle)
    db.execute("INSERT INTO _doubles VALUES (?, ?, ?)", (kind, name, file))
    db.execute("UPDATE files SET unread = unread + 1 WHERE file = ?", (file,))
    place = decode_record(kind, bundle[1][1 if kind == "claim" else 3], "").location.of("id")
    return problem_row(file, Problem("duplicate-id", f"a second {kind} '{name}'", place), name)
