"""An index made from files, and brought up to date with them."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from claimcli.dossier.files import DataFiles, Stamp
from claimcli.dossier.index.derive import begin_touching, derive, end_touching, touch
from claimcli.dossier.index.insert import (
    add,
    add_words,
    create_indexes,
    create_tables,
    files_beside,
    keys_of,
    remove,
)
from claimcli.dossier.index.rows import FileRows, FileToRead
from claimcli.dossier.index.stamp import decode_stamps, stored_stamps, write_stamp

Read = Callable[[Sequence[FileToRead]], Iterator[FileRows]]
"""Reads files and yields their rows, in the order of the files."""


class IndexBuilder:
    """Fills indexes with what ``read`` reads."""

    def __init__(self, read: Read) -> None:
        self.read = read

    def build(self, db: sqlite3.Connection, found: DataFiles, *, program: str) -> None:
        """Fill an empty database."""
        _build(db, found, self.read)
        write_stamp(db, found, program)
        db.execute("COMMIT")

    def update(self, db: sqlite3.Connection, found: DataFiles, *, program: str) -> None:
        """Read what changed and bring everything up to date, within the open transaction."""
        _update(db, found, self.read)
        write_stamp(db, found, program)


def _build(db: sqlite3.Connection, found: DataFiles, read: Read) -> None:
    db.execute("BEGIN")
    create_tables(db)
    db.executemany(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, 0)",
        [(file, *stamp) for file, stamp in enumerate(found.stamps, 1)],
    )
    for piece in read([_job(found, file, stamp) for file, stamp in enumerate(found.stamps, 1)]):
        _add(db, piece)
    derive(db, every=True)
    create_indexes(db)


def _update(db: sqlite3.Connection, found: DataFiles, read: Read) -> None:
    begin_touching(db)
    known = {stamp[:2]: stamp for stamp in decode_stamps(stored_stamps(db))}
    current = {stamp[:2]: stamp for stamp in found.stamps}
    todo = {place for place, stamp in current.items() if known.get(place) != stamp}
    gone = known.keys() - current.keys()
    keys: dict[tuple[int, str], int] = {}
    for root, path in (*gone, *(todo & known.keys())):
        query = "SELECT file FROM files WHERE root = ? AND path = ?"
        (keys[root, path],) = db.execute(query, (root, path)).fetchone()
    for file in list(keys.values()):
        for other, root, path in files_beside(db, file):
            if (root, path) in current:
                keys[root, path] = other
                todo.add((root, path))
    for file in keys.values():
        touch(db, file)
        remove(db, file)
    db.executemany("DELETE FROM files WHERE file = ?", [(keys[place],) for place in gone])
    _read_again(db, found, read, [current[place] for place in sorted(todo)])
    derive(db, every=False)
    end_touching(db)


def _read_again(
    db: sqlite3.Connection, found: DataFiles, read: Read, stamps: Sequence[Stamp]
) -> None:
    """Read files, and those whose records must give way to theirs, until none is left."""
    while stamps:
        jobs = [_job(found, _keep(db, stamp), stamp) for stamp in stamps]
        again: set[int] = set()
        for piece in read(jobs):
            again |= _add(db, piece, before_removal=touch)
        for job in jobs:
            if job.file not in again:
                _settle(db, job.file)
        stamps = sorted(
            (root, path, *rest)
            for file in again
            for root, path, *rest in db.execute(
                "SELECT root, path, size, mtime_ns, inode FROM files WHERE file = ?", (file,)
            )
        )


def _settle(db: sqlite3.Connection, file: int) -> None:
    add_words(db, file)
    touch(db, file)
    db.execute("INSERT OR IGNORE INTO changed VALUES (?, ?, ?)", (file, *keys_of(file)))


def _keep(db: sqlite3.Connection, stamp: Stamp) -> int:
    """Note a file's stamp; return its key."""
    root, path, *rest = stamp
    query = "SELECT file FROM files WHERE root = ? AND path = ?"
    row = db.execute(query, (root, path)).fetchone()
    if row is None:
        values = (None, *stamp, 0)
        return int(
            db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", values).lastrowid or 0
        )
    db.execute(
        "UPDATE files SET size = ?, mtime_ns = ?, inode = ?, unread = 0 WHERE file = ?",
        (*rest, row[0]),
    )
    return int(row[0])


def _job(found: DataFiles, file: int, stamp: Stamp) -> FileToRead:
    return FileToRead(file, found.path(stamp[0], stamp[1]), stamp[2])


def _add(
    db: sqlite3.Connection,
    piece: FileRows,
    before_removal: Callable[[sqlite3.Connection, int], None] | None = None,
) -> set[int]:
    if piece.unread:
        db.execute(
            "UPDATE files SET unread = unread + ? WHERE file = ?", (piece.unread, piece.file)
        )
    return add(db, piece, before_removal)
