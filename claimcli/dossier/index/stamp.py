"""The stamp of an index: the program version, the roots and the files that it was built from."""

import sqlite3

import msgspec

from claimcli.dossier.files import DataFiles, Stamp
from claimcli.dossier.index.tables import APPLICATION_ID, STAMP

CLOCK_TICK = 50_000_000
"""Nanoseconds after which another change of a file certainly changes its time."""
COARSE_CLOCK_TICK = 2_500_000_000
"""The same on file systems that store whole seconds."""

decode_stamps = msgspec.msgpack.Decoder(tuple[Stamp, ...]).decode


def is_ours(db: sqlite3.Connection, files: DataFiles, program: str) -> bool:
    """Return whether a database is an index of these roots, built by this program version.

    Raises sqlite3.DatabaseError if the file is not a database.
    """
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if (application, version) != (APPLICATION_ID, STAMP):
        return False
    state = dict(db.execute("SELECT key, value FROM _state WHERE key IN ('program', 'roots')"))
    return state == {"program": program, "roots": msgspec.msgpack.encode(files.real)}


def is_fresh(db: sqlite3.Connection, files: DataFiles) -> bool:
    """Return whether no file was added, changed or removed since the index was built."""
    return bool(stored_stamps(db) == msgspec.msgpack.encode(files.stamps))


def changed_bytes(db: sqlite3.Connection, files: DataFiles) -> int:
    """Return the total size of the files that must be read again."""
    known = set(decode_stamps(stored_stamps(db)))
    return sum(stamp[2] for stamp in files.stamps if stamp not in known)


def stored_stamps(db: sqlite3.Connection) -> bytes:
    """Return the encoded stamps of the files that an index was built from."""
    (value,) = db.execute("SELECT value FROM _state WHERE key = 'files'").fetchone()
    return bytes(value)


def write_stamp(db: sqlite3.Connection, files: DataFiles, program: str) -> None:
    """Store the program version, the roots and the stamps of the files.

    Files that changed too recently, or that could not be read, get a time of -1: they will be read
    again.
    """
    unread = set(
        db.execute(
            "SELECT DISTINCT root, path FROM problems JOIN files USING (file)"
            " WHERE rule = 'unreadable-file'"
        )
    )
    stamps = [
        (*stamp[:3], -1, stamp[4])
        if is_young(stamp[3], files.listed_at) or stamp[:2] in unread
        else stamp
        for stamp in files.stamps
    ]
    db.executemany(
        "INSERT OR REPLACE INTO _state VALUES (?, ?)",
        [
            ("program", program),
            ("roots", msgspec.msgpack.encode(files.real)),
            ("files", msgspec.msgpack.encode(stamps)),
        ],
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {STAMP}")


def is_young(mtime: int, now: int) -> bool:
    """Return whether a file changed so recently that another change could have the same time."""
    return mtime > now - (CLOCK_TICK if mtime % 1_000_000_000 else COARSE_CLOCK_TICK)
