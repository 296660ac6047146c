"""The index of a dossier: in memory, or in one file of a cache folder.

Of several files for the same roots the newest is used. A complete new index is renamed into place,
small changes are one transaction in the current file: every reader sees the old or the new index.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index import stamp
from claimcli.dossier.index.cache_files import (
    BUILDING,
    INDEX,
    cache_key,
    newest_index,
    remove_older,
)

NOTED_BYTES = 256 * 1024
"""Bytes of YAML from which an index takes time to build: a note then says why it is built."""
REBUILD_SHARE = 4
"""An index is rebuilt, not updated, if more than this part (1/4) of the bytes changed."""
LOCK_TIMEOUT = 1.0
"""Seconds to wait for another process that writes to the same file."""
REBUILT = "note: the index was damaged and is rebuilt"
_BUILDING_KIB = 64 * 1024
_UPDATING_KIB = 16 * 1024
"""The changes of one file fit into it; otherwise pages would be written and synced repeatedly."""


class Builder(Protocol):
    """Fills an index from files, as :class:`claimcli.dossier.index.build.IndexBuilder` does."""

    def build(self, db: sqlite3.Connection, files: DataFiles, *, program: str) -> None:
        """Fill an empty database."""

    def update(self, db: sqlite3.Connection, files: DataFiles, *, program: str) -> None:
        """Update a database, within the open transaction."""


class IndexCache:
    """Opens the index of some files, and builds or updates it first if that is needed.

    ``cache_folder`` returns where to store it, or None if it must not be stored. ``program`` is the
    version that an index must be from.
    """

    def __init__(
        self,
        files: DataFiles,
        builder: Builder,
        *,
        program: str,
        cache_folder: Callable[[], Path | None] = lambda: None,
        notify: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.files = files
        self.builder = builder
        self.program = program
        self.cache_folder = cache_folder
        self.notify = notify
        self.path: Path | None = None
        self.key = cache_key(files)

    def open(self) -> sqlite3.Connection:
        """Return a connection to an up-to-date index, within a transaction.

        Raises ClaimcliError if processes that read files cannot be started.
        """
        cache = self.cache_folder()
        if cache is None:
            return self._private()
        try:
            return self._stored(cache)
        except (OSError, sqlite3.OperationalError) as error:
            self._note_cost(f"note: cannot keep an index in '{cache}': {_reason(error)}")
            return self._private()

    def _note_cost(self, note: str) -> None:
        if self.files.size >= NOTED_BYTES:
            self.notify(note)

    def discard(self) -> bool:
        """Delete the file of the opened index; return whether it was in a file."""
        if self.path is None:
            return False
        self.path.unlink(missing_ok=True)
        self.path = None
        return True

    def _private(self) -> sqlite3.Connection:
        """Build an index for this process only: in memory, and in an unnamed file if it grows."""
        db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._build(db)
        db.execute("BEGIN")
        return db

    def _stored(self, cache: Path) -> sqlite3.Connection:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        while path := newest_index(cache, self.key):
            try:
                if db := self._open_current(path):
                    self.path = path
                    return db
                break
            except ClaimcliError:
                raise
            except Exception as error:
                if not path.exists():  # another process replaced it or cleared the cache
                    continue
                if not is_damage(error):
                    raise
                self.notify(REBUILT)
                break
        return self._create(cache)

    def _open_current(self, path: Path) -> sqlite3.Connection | None:
        """Return the index in a file, updated if needed; None if it must be rebuilt."""
        db = connect(path)
        try:
            db.execute("BEGIN")
            if not stamp.is_ours(db, self.files, self.program):
                self._note_cost("note: the index was made by another version and is rebuilt")
                db.close()
                return None
            if stamp.is_fresh(db, self.files):
                return db
            if stamp.changed_bytes(db, self.files) * REBUILD_SHARE > self.files.size:
                db.close()
                return None
            db.execute("ROLLBACK")
            if not self._update(db):
                db.close()
                return None
        except sqlite3.OperationalError as error:
            db.close()
            if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return None
            raise
        except BaseException:
            db.close()
            raise
        return db

    def _update(self, db: sqlite3.Connection) -> bool:
        """Update an index; return False if another process changed it immediately after."""
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA cache_size = -{_UPDATING_KIB}")
        if not stamp.is_fresh(db, self.files):
            self.builder.update(db, self.files, program=self.program)
        signature = stamp.stored_stamps(db)
        db.execute("COMMIT")
        db.execute("BEGIN")
        return stamp.stored_stamps(db) == signature

    def _create(self, cache: Path) -> sqlite3.Connection:
        name = f"{self.key}-{self._timestamp(cache):016x}"
        building = cache / f"{name}-{os.getpid()}{BUILDING}"
        path = cache / f"{name}{INDEX}"
        db = sqlite3.connect(building, isolation_level=None)
        try:
            building.chmod(0o600)
            self._build(db)
            db.close()
            _flush(building)
            building.replace(path)
        except BaseException:
            db.close()
            building.unlink(missing_ok=True)
            raise
        self.path = path
        db = connect(path)
        remove_older(cache, self.key)  # this one too, if another process finished a newer one
        db.execute("BEGIN")
        return db

    def _timestamp(self, cache: Path) -> int:
        """Return the time in ns, or a later one than that of any index if the clock went back."""
        newest = newest_index(cache, self.key)
        latest = int(newest.stem.partition("-")[2], 16) if newest else 0
        return max(time.time_ns(), latest + 1)

    def _build(self, db: sqlite3.Connection) -> None:
        db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            f" PRAGMA cache_size = -{_BUILDING_KIB}; PRAGMA temp_store = MEMORY;"
        )
        self.builder.build(db, self.files, program=self.program)


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing index file; threads may share it, one at a time.

    Raises sqlite3.OperationalError if it cannot be opened.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    db = sqlite3.connect(
        uri, uri=True, timeout=LOCK_TIMEOUT, isolation_level=None, check_same_thread=False
    )
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def open_existing(cache: Path, files: DataFiles, program: str) -> sqlite3.Connection | None:
    """Return the stored index of some roots read-only, even if outdated; or None.

    Does not wait for locks. Raises sqlite3.Error if the file cannot be read now.
    """
    path = newest_index(cache, cache_key(files))
    if path is None:
        return None
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    if not stamp.is_ours(db, files, program):
        db.close()
        return None
    return db


def is_damage(error: Exception) -> bool:
    """Return whether an error may be caused by a damaged index file.

    Damage can raise any error, for example on a value of another type or a missing row. Errors of
    the operating system have one of the codes listed here.
    """
    return not isinstance(error, OSError) and _code(error) not in (
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
    )  # fmt: skip


def _code(error: Exception) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _flush(path: Path) -> None:
    """Flush a file to the disk, before it gets the name of a complete index."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
