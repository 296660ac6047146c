"""Build an index from files, and update it when they change."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from claimcli import __version__
from claimcli.dossier.files import DataFiles, Stamp
from claimcli.dossier.index import insert
from claimcli.dossier.index.derive import create_touched_tables, derive, drop_touched_tables, touch
from claimcli.dossier.index.rows import FileRows, FileToRead
from claimcli.dossier.index.similar_table import SimilarUpdate
from claimcli.dossier.index.stamp import decode_stamps, stored_stamps, write_stamp

Read = Callable[[Sequence[FileToRead]], Iterator[FileRows]]
"""Reads files and yields their rows, file by file in the given order."""

WORDS_BATCH = 5_000
"""Claims that are added to the full-text index at once: small parts take longer and are larger."""


class IndexBuilder:
    """Fills an index with the rows that ``read`` yields."""

    def __init__(self, read: Read) -> None:
        self.read = read

    def build(self, db: sqlite3.Connection, files: DataFiles, *, program: str) -> None:
        """Fill an empty database."""
        db.execute("BEGIN")
        insert.create_tables(db)
        keys = list(enumerate(files.stamps, 1))
        db.executemany(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, 0)", [(key, *stamp) for key, stamp in keys]
        )
        self._fill(db, [_file_to_read(files, key, stamp) for key, stamp in keys])
        derive(db, every=True)
        insert.create_indexes(db)
        write_stamp(db, files, program)
        db.execute("COMMIT")

    def _fill(self, db: sqlite3.Connection, files: Sequence[FileToRead]) -> None:
        """Insert the rows of all files, and their words while other processes read on."""
        first = waiting = 0
        for rows in self.read(files):
            insert.add(db, rows)
            waiting += len(rows.records.get("claim", ()))
            if waiting >= WORDS_BATCH:
                _, last = insert.keys_of(rows.file - 1)
                insert.add_words(db, first, last)
                first, waiting = last + 1, 0
        insert.add_words(db, first, insert.keys_of(len(files))[1])

    def update(self, db: sqlite3.Connection, files: DataFiles, *, program: str) -> None:
        """Read the files that changed and update the index, within the open transaction."""
        _update(db, files, self.read)
        write_stamp(db, files, program)


def build_in_memory(paths: Sequence[str], read: Read) -> sqlite3.Connection:
    """Return an index in memory of the files that ``read`` yields for some paths.

    The files have the keys 1, 2, ...; threads may share the connection, one at a time.
    """
    files = DataFiles(("",), ("",), tuple((0, path, 0, 0, 0) for path in paths), listed_at=0)
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    IndexBuilder(read).build(db, files, program=__version__)
    return db


def _update(db: sqlite3.Connection, files: DataFiles, read: Read) -> None:
    create_touched_tables(db)
    known = {stamp[:2]: stamp for stamp in decode_stamps(stored_stamps(db))}
    current = {stamp[:2]: stamp for stamp in files.stamps}
    todo = {place for place, stamp in current.items() if known.get(place) != stamp}
    gone = known.keys() - current.keys()
    keys: dict[tuple[int, str], int] = {}
    for root, path in (*gone, *(todo & known.keys())):
        query = "SELECT file FROM files WHERE root = ? AND path = ?"
        (keys[root, path],) = db.execute(query, (root, path)).fetchone()
    for file in list(keys.values()):
        for other, root, path in insert.files_with_duplicates(db, file):
            if (root, path) in current:
                keys[root, path] = other
                todo.add((root, path))
    similar = SimilarUpdate(db, list(keys.values()))
    for file in keys.values():
        touch(db, file)
        insert.remove(db, file)
    db.executemany("DELETE FROM files WHERE file = ?", [(keys[place],) for place in gone])
    once = _read_changed(db, files, read, [current[place] for place in sorted(todo)])
    derive(db, every=False)
    changed = [file for (file,) in db.execute("SELECT file FROM changed")]
    similar.finish(changed, is_reliable=once)
    drop_touched_tables(db)


def _read_changed(
    db: sqlite3.Connection, files: DataFiles, read: Read, stamps: Sequence[Stamp]
) -> bool:
    """Read files, then, repeatedly, those that must be read again because of duplicate ids.

    Returns whether no file was read again.
    """
    rounds = 0
    while stamps:
        rounds += 1
        wanted = [_file_to_read(files, _store_stamp(db, stamp), stamp) for stamp in stamps]
        again: set[int] = set()
        for rows in read(wanted):
            again |= insert.add(db, rows, before_removal=touch)
        for file in wanted:
            if file.file not in again:
                _finish(db, file.file)
        stamps = sorted(
            (root, path, *rest)
            for file in again
            for root, path, *rest in db.execute(
                "SELECT root, path, size, mtime_ns, inode FROM files WHERE file = ?", (file,)
            )
        )
    return rounds < 2


def _finish(db: sqlite3.Connection, file: int) -> None:
    insert.add_words(db, *insert.keys_of(file))
    touch(db, file)
    db.execute("INSERT OR IGNORE INTO changed VALUES (?, ?, ?)", (file, *insert.keys_of(file)))


def _store_stamp(db: sqlite3.Connection, stamp: Stamp) -> int:
    """Store the stamp of a file; return the file's key."""
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


def _file_to_read(files: DataFiles, file: int, stamp: Stamp) -> FileToRead:
    return FileToRead(file, files.path(stamp[0], stamp[1]), stamp[2])
