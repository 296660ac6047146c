"""What says of an index by whom and from which files it was made."""

import sqlite3

import msgspec

from claimcli.dossier.files import DataFiles, Stamp
from claimcli.dossier.index.tables import APPLICATION_ID, STAMP

SETTLED = 50_000_000
"""Nanoseconds after which a change of a file is sure to change its time; file systems that
count whole seconds need longer."""
SETTLED_COARSE = 2_500_000_000

decode_stamps = msgspec.msgpack.Decoder(tuple[Stamp, ...]).decode


def is_ours(db: sqlite3.Connection, found: DataFiles, program: str) -> bool:
    """Return whether a database is an index of these roots that this program made.

    Raises sqlite3.DatabaseError where it is no database.
    """
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if (application, version) != (APPLICATION_ID, STAMP):
        return False
    state = dict(db.execute("SELECT key, value FROM _state WHERE key IN ('program', 'roots')"))
    return state == {"program": program, "roots": msgspec.msgpack.encode(found.real)}


def is_fresh(db: sqlite3.Connection, found: DataFiles) -> bool:
    """Return whether no file changed since."""
    return bool(stored_stamps(db) == msgspec.msgpack.encode(found.stamps))


def changed_bytes(db: sqlite3.Connection, found: DataFiles) -> int:
    """Return how much there is to read."""
    known = set(decode_stamps(stored_stamps(db)))
    return sum(stamp[2] for stamp in found.stamps if stamp not in known)


def stored_stamps(db: sqlite3.Connection) -> bytes:
    """Return the stamps of the files that an index was made from, encoded."""
    (value,) = db.execute("SELECT value FROM _state WHERE key = 'files'").fetchone()
    return bytes(value)


def write_stamp(db: sqlite3.Connection, found: DataFiles, program: str) -> None:
    """Say what the index was made from, by whom.

    A stamp too young to be trusted is none, nor is that of a file that could not be read.
    """
    unread = set(
        db.execute(
            "SELECT DISTINCT root, path FROM problems JOIN files USING (file)"
            " WHERE rule = 'unreadable-file'"
        )
    )
    stamps = [
        (*stamp[:3], -1, stamp[4])
        if _is_young(stamp[3], found.asked) or stamp[:2] in unread
        else stamp
        for stamp in found.stamps
    ]
    db.executemany(
        "INSERT OR REPLACE INTO _state VALUES (?, ?)",
        [
            ("program", program),
            ("roots", msgspec.msgpack.encode(found.real)),
            ("files", msgspec.msgpack.encode(stamps)),
        ],
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {STAMP}")


def _is_young(mtime: int, now: int) -> bool:
    """Return whether a file changed so lately that another change might show the same time."""
    return mtime > now - (SETTLED if mtime % 1_000_000_000 else SETTLED_COARSE)
