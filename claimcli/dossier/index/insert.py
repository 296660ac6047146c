"""Insert the rows of a file into the tables, and remove them."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

import msgspec

from claimcli.core.problems import Problem
from claimcli.dossier.index.problem_rows import Row, problem_row
from claimcli.dossier.index.rows import (
    FILE_BITS,
    LAYOUT,
    FileRows,
    RecordRows,
    decode_record,
)
from claimcli.dossier.index.tables import INDEXES, run_script
from claimcli.dossier.index.tables import TABLES as SCHEMA

REGISTRIES = tuple(kind for kind in LAYOUT if kind != "claim")


def create_tables(db: sqlite3.Connection) -> None:
    """Create the tables of an empty database."""
    run_script(db, SCHEMA)


def create_indexes(db: sqlite3.Connection) -> None:
    """Create the indexes; it is fastest after the tables are filled."""
    run_script(db, INDEXES)


def add(
    db: sqlite3.Connection,
    rows: FileRows,
    before_removal: Callable[[sqlite3.Connection, int], None] | None = None,
) -> set[int]:
    """Insert rows of a file; return the keys of files that must be read again.

    Of several records with one id, the one in the first file is used. If the tables already contain
    one from a later file, all rows of that file are removed and it must be read again.
    """
    file = rows.file
    if rows.unread:
        db.execute("UPDATE files SET unread = unread + ? WHERE file = ?", (rows.unread, file))
    again: set[int] = set()
    for kind, all_records in rows.records.items():
        records = all_records
        known = _known_ids(db, kind, records)
        for other in set(known.values()):
            if other != file and _comes_before(db, file, other):
                if before_removal:
                    before_removal(db, other)
                remove(db, other)
                again.add(other)
        duplicates = _duplicates(kind, records, {n for n, f in known.items() if f not in again})
        if duplicates:
            rows.problems += [_reject(db, file, kind, record) for record in duplicates]
            rejected = {id(record) for record in duplicates}
            records = [record for record in records if id(record) not in rejected]
        _insert(db, kind, records)
    _insert_rows(db, "problems", rows.problems)
    return again


def _insert(db: sqlite3.Connection, kind: str, records: Sequence[RecordRows]) -> None:
    for number, table in enumerate(LAYOUT[kind]):
        if number < 2:
            _insert_rows(db, table, [record[number] for record in records])
        else:
            _insert_rows(db, table, [row for record in records for row in record[number]])


def _insert_rows(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows; a party or an issue replaces the row of one that was only mentioned."""
    if rows:
        places = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)


def add_words(db: sqlite3.Connection, first: int, last: int) -> None:
    """Add the claims with some keys to the full-text index."""
    db.execute(
        "INSERT INTO words (rowid, statement, quote, speaker, note)"
        " SELECT * FROM texts WHERE claim BETWEEN ? AND ?",
        (first, last),
    )


def remove(db: sqlite3.Connection, file: int) -> None:
    """Remove everything that was read from a file, but not its row in ``files``."""
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
    for table in ("claim_tags", "citations", "responses", "requests", "_claims", "claims"):
        db.execute(f"DELETE FROM {table} WHERE claim BETWEEN ? AND ?", keys)
    for kind in REGISTRIES:
        ids = db.execute(f"SELECT id FROM {LAYOUT[kind][0]} WHERE file = ?", (file,))
        _remove_records(db, kind, [name for (name,) in ids])
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
    if kind == "issue":
        db.executemany("DELETE FROM issue_positions WHERE issue = ?", each)
        db.executemany("DELETE FROM compatible_positions WHERE issue = ?", each)
    if kind == "source":
        db.executemany("DELETE FROM origins WHERE source = ?", each)


def files_with_duplicates(db: sqlite3.Connection, file: int) -> list[tuple[int, int, str]]:
    """Return key, root and path of the files whose records duplicate those of a file."""
    files: list[tuple[int, int, str]] = []
    for kind, (table, *_) in LAYOUT.items():
        where = "t.claim BETWEEN ? AND ?" if kind == "claim" else "t.file = ?"
        files += db.execute(
            f"SELECT f.file, f.root, f.path FROM _doubles d JOIN {table} t ON t.id = d.id"
            f" JOIN files f ON f.file = d.file WHERE d.kind = '{kind}' AND d.file <> ? AND {where}",
            (file, *(keys_of(file) if kind == "claim" else (file,))),
        )
    return files


def keys_of(file: int) -> tuple[int, int]:
    """Return the smallest and largest key that a claim of a file can have."""
    return (file << FILE_BITS, ((file + 1) << FILE_BITS) - 1)


def _id(kind: str, record: RecordRows) -> str:
    return str(record[0][1] if kind == "claim" else record[0][0])


def _known_ids(db: sqlite3.Connection, kind: str, records: Sequence[RecordRows]) -> dict[str, int]:
    """Return which ids of the records are in the tables already, and from which file."""
    names = msgspec.json.encode([_id(kind, record) for record in records]).decode()
    return dict(
        db.execute(
            f"SELECT id, file FROM {LAYOUT[kind][0]}"
            " WHERE id IN (SELECT value FROM json_each(?)) AND file IS NOT NULL",
            (names,),
        )
    )


def _duplicates(kind: str, records: Sequence[RecordRows], taken: set[str]) -> list[RecordRows]:
    """Return the records whose ids are taken, or belong to an earlier one of the records."""
    duplicates = []
    for record in records:
        name = _id(kind, record)
        if name in taken:
            duplicates.append(record)
        taken.add(name)
    return duplicates


def _comes_before(db: sqlite3.Connection, file: int, other: int) -> bool:
    order = "SELECT root, path FROM files WHERE file = ?"
    first, second = (db.execute(order, (key,)).fetchone() for key in (file, other))
    return bool(first < second)


def _reject(db: sqlite3.Connection, file: int, kind: str, record: RecordRows) -> Row:
    """Store that a record is a duplicate; return the row of its problem, which is at its id."""
    name = _id(kind, record)
    db.execute("INSERT INTO _doubles VALUES (?, ?, ?)", (kind, name, file))
    db.execute("UPDATE files SET unread = unread + 1 WHERE file = ?", (file,))
    place = decode_record(kind, record[1][1 if kind == "claim" else 3], "").location.of("id")
    problem = Problem("duplicate-id", f"a second {kind} '{name}'", place)
    return problem_row(file, problem, kind, name)
