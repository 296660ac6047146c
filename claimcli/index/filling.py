"""An index made from files, and brought up to date with them."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

import msgspec

from claimcli.files import Found, Stamp
from claimcli.index.deriving import begin_touching, derive, end_touching, touch
from claimcli.index.rows import Job, Piece
from claimcli.index.schema import APPLICATION_ID, VERSION
from claimcli.index.storing import (
    add,
    add_words,
    create_indexes,
    create_tables,
    files_beside,
    keys_of,
    remove,
)

Read = Callable[[Sequence[Job]], Iterator[Piece]]
"""Reads files and yields their rows, in the order of the files."""

SETTLED = 50_000_000
"""Nanoseconds after which a change of a file is sure to change its time; file systems that
count whole seconds need longer."""
SETTLED_COARSE = 2_500_000_000

_decode_stamps = msgspec.msgpack.Decoder(tuple[Stamp, ...]).decode


def build(db: sqlite3.Connection, found: Found, read: Read, *, now: int, program: str) -> None:
    """Fill an empty database from the files; ``now`` is the time in ns before they were found."""
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
    _sign(db, found, now, program)
    db.execute("COMMIT")


def is_ours(db: sqlite3.Connection, found: Found, program: str) -> bool:
    """Return whether a database is an index of these roots that this program made.

    Raises sqlite3.DatabaseError where it is no database.
    """
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if (application, version) != (APPLICATION_ID, VERSION):
        return False
    state = dict(db.execute("SELECT key, value FROM _state WHERE key IN ('program', 'roots')"))
    return state == {"program": program, "roots": msgspec.msgpack.encode(found.real)}


def is_fresh(db: sqlite3.Connection, found: Found) -> bool:
    """Return whether no file changed since."""
    return bool(_signature(db) == msgspec.msgpack.encode(found.stamps))


def changed_bytes(db: sqlite3.Connection, found: Found) -> int:
    """Return how much there is to read."""
    known = set(_decode_stamps(_signature(db)))
    return sum(stamp[2] for stamp in found.stamps if stamp not in known)


def update(db: sqlite3.Connection, found: Found, read: Read, *, now: int, program: str) -> None:
    """Read what changed and bring everything up to date. A transaction must be open."""
    begin_touching(db)
    known = {stamp[:2]: stamp for stamp in _decode_stamps(_signature(db))}
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
    _sign(db, found, now, program)


def _read_again(db: sqlite3.Connection, found: Found, read: Read, stamps: Sequence[Stamp]) -> None:
    """Read files, and those whose records must give way to theirs, until none is left."""
    while stamps:
        jobs = [_job(found, _keep(db, stamp), stamp) for stamp in stamps]
        again: set[int] = set()
        for piece in read(jobs):
            again |= _add(db, piece, before_removal=touch)
        for job in jobs:
            if job.file not in again:
                _settle(db, job.file)
        stamps = [
            (root, path, *rest)
            for file in again
            for root, path, *rest in db.execute(
                "SELECT root, path, size, mtime_ns, inode FROM files WHERE file = ?", (file,)
            )
        ]


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


def _job(found: Found, file: int, stamp: Stamp) -> Job:
    return Job(file, found.path(stamp[0], stamp[1]), stamp[2])


def _add(
    db: sqlite3.Connection,
    piece: Piece,
    before_removal: Callable[[sqlite3.Connection, int], None] | None = None,
) -> set[int]:
    if piece.unread:
        db.execute(
            "UPDATE files SET unread = unread + ? WHERE file = ?", (piece.unread, piece.file)
        )
    return add(db, piece.file, piece.rows, before_removal)


def _signature(db: sqlite3.Connection) -> bytes:
    (value,) = db.execute("SELECT value FROM _state WHERE key = 'files'").fetchone()
    return bytes(value)


def _sign(db: sqlite3.Connection, found: Found, now: int, program: str) -> None:
    """Say what the index was made from, by whom. A stamp too young to be trusted is none."""
    stamps = [(*s[:3], -1, s[4]) if _is_young(s[3], now) else s for s in found.stamps]
    db.executemany(
        "INSERT OR REPLACE INTO _state VALUES (?, ?)",
        [
            ("program", program),
            ("roots", msgspec.msgpack.encode(found.real)),
            ("files", msgspec.msgpack.encode(stamps)),
        ],
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _is_young(mtime: int, now: int) -> bool:
    """Return whether a file changed so lately that another change might show the same time."""
    return mtime > now - (SETTLED if mtime % 1_000_000_000 else SETTLED_COARSE)
