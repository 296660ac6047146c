"""Where an index is kept: in memory, or in one file of a cache folder.

A file's name is a key made from the true places of the roots, and the time it was made; the
newest stands. A new one is written beside it and renamed when it is whole; small changes go into
the file that stands, in one transaction of SQLite's. So whoever reads has the old or the new one.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from zlib import crc32

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index import stamp

MIN_BYTES = 256 * 1024
"""Bytes of YAML from which an index is kept: fewer are read anew as fast."""
REBUILD_SHARE = 4
"""An index is made anew where more than one part in so many of the bytes must be read again."""
LOCK_TIMEOUT = 1.0
"""Seconds to wait for another process that writes to the same file."""
ABANDONED_AFTER = 600
"""Seconds after which a file that nobody goes on writing was left by a process that was killed."""
INDEX, BUILDING = ".sqlite", ".building"
REBUILT = "note: the index was damaged and is made anew"
_BUILDING_KIB = 64 * 1024
_UPDATING_KIB = 16 * 1024
"""What changes with one file fits in it; else pages would be written and synced more than once."""


class Builder(Protocol):
    """Fills an index from files: :mod:`claimcli.dossier.index.build` with a reader."""

    def build(self, db: sqlite3.Connection, files: DataFiles, *, program: str) -> None:
        """Fill an empty database."""

    def update(self, db: sqlite3.Connection, files: DataFiles, *, program: str) -> None:
        """Bring a database up to date."""


class IndexCache:
    """How to get at the index of some files: where it may be kept, and what fills it."""

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
        """Return a connection to an index that is up to date, in a transaction.

        Raises ClaimcliError where files cannot be read for want of processes.
        """
        cache = self.cache_folder() if self.files.size >= MIN_BYTES else None
        if cache is None:
            return self._apart()
        try:
            return self._kept(cache)
        except (OSError, sqlite3.OperationalError) as error:
            self.notify(f"note: no index is kept in '{cache}': {_reason(error)}")
            return self._apart()

    def discard(self) -> bool:
        """Take away the index that was given out; return whether there was one to take away."""
        if self.path is None:
            return False
        self.path.unlink(missing_ok=True)
        self.path = None
        return True

    def _apart(self) -> sqlite3.Connection:
        """Make an index for this process alone: in memory, or if large in a file without a name."""
        db = sqlite3.connect(
            ":memory:" if self.files.size < MIN_BYTES * 64 else "", isolation_level=None
        )
        self._build(db)
        db.execute("BEGIN")
        return db

    def _kept(self, cache: Path) -> sqlite3.Connection:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        while path := newest_index(cache, self.key):
            try:
                if db := self._standing(path):
                    self.path = path
                    return db
                break
            except ClaimcliError:
                raise
            except Exception as error:
                if not path.exists():  # another process had a newer one, or cleared the cache
                    continue
                if not is_damage(error):
                    raise
                self.notify(REBUILT)
                break
        return self._new(cache)

    def _standing(self, path: Path) -> sqlite3.Connection | None:
        """Return the index that stands, brought up to date; None where it must be made anew."""
        db = connect(path)
        try:
            db.execute("BEGIN")
            if not stamp.is_ours(db, self.files, self.program):
                self.notify("note: the index was made by another version and is made anew")
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
            if _is_locked(error):
                return None
            raise
        except BaseException:
            db.close()
            raise
        return db

    def _update(self, db: sqlite3.Connection) -> bool:
        """Bring an index up to date; return whether no other process changed it right after."""
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA cache_size = -{_UPDATING_KIB}")
        if not stamp.is_fresh(db, self.files):
            self.builder.update(db, self.files, program=self.program)
        signature = stamp.stored_stamps(db)
        db.execute("COMMIT")
        db.execute("BEGIN")
        return stamp.stored_stamps(db) == signature

    def _new(self, cache: Path) -> sqlite3.Connection:
        name = f"{self.key}-{self._moment(cache):016x}"
        building = cache / f"{name}-{os.getpid()}{BUILDING}"
        path = cache / f"{name}{INDEX}"
        db = sqlite3.connect(building, isolation_level=None)
        try:
            building.chmod(0o600)
            self._build(db)
            db.close()
            _settle(building)
            building.replace(path)
        except BaseException:
            db.close()
            building.unlink(missing_ok=True)
            raise
        self.path = path
        db = connect(path)
        remove_older(cache, self.key)  # which may be this one, if another process was faster
        db.execute("BEGIN")
        return db

    def _moment(self, cache: Path) -> int:
        """Return the time, or what is later than the newest index where the clock went back."""
        standing = newest_index(cache, self.key)
        latest = int(standing.stem.partition("-")[2], 16) if standing else 0
        return max(time.time_ns(), latest + 1)

    def _build(self, db: sqlite3.Connection) -> None:
        db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            f" PRAGMA cache_size = -{_BUILDING_KIB}; PRAGMA temp_store = MEMORY;"
        )
        self.builder.build(db, self.files, program=self.program)


def connect(path: Path) -> sqlite3.Connection:
    """Open an index file that stands. Raises sqlite3.OperationalError where it cannot be opened."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=LOCK_TIMEOUT, isolation_level=None
    )
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def open_existing(cache: Path, files: DataFiles, program: str) -> sqlite3.Connection | None:
    """Return the index that is kept of some roots, old or new, to be read only; None for none.

    It waits for nobody. Raises sqlite3.Error where the file cannot be read now.
    """
    path = newest_index(cache, cache_key(files))
    if path is None:
        return None
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    if not stamp.is_ours(db, files, program):
        db.close()
        return None
    return db


def cache_key(files: DataFiles) -> str:
    """Return what names of indexes of the same roots begin with.

    It is a name, not a proof: the roots that stand in the file are compared too.
    """
    places = "\0".join(files.real).encode()
    return f"{crc32(places):08x}{crc32(places[::-1]):08x}"


def newest_index(cache: Path, key: str) -> Path | None:
    """Return the index that stands for a key."""
    found = sorted(cache.glob(f"{key}-*{INDEX}"))
    return found[-1] if found else None


def remove_older(cache: Path, key: str) -> None:
    """Take away all indexes of a key but the newest, and what killed processes left."""
    last = newest_index(cache, key)
    for path in removable_files(cache, key):
        if path != last:
            with suppress(OSError):
                path.unlink()


def cached_indexes(cache: Path, key: str = "") -> list[Path]:
    """Return the indexes in a cache folder, of one key or all."""
    return [path for path in _files(cache, key) if path.suffix == INDEX]


def removable_files(cache: Path, key: str = "") -> list[Path]:
    """Return the indexes, and what belongs to them that no process is writing any more."""
    return [
        path
        for path in _files(cache, key)
        if path.suffix != BUILDING or _age(path) > ABANDONED_AFTER
    ]


def _files(cache: Path, key: str) -> Iterator[Path]:
    for path in sorted(cache.glob(f"{key}-*" if key else "*-*")):
        if path.suffix in (INDEX, BUILDING, f"{INDEX}-journal") and not path.is_dir():
            yield path


def is_damage(error: Exception) -> bool:
    """Return whether an error that a kept index gave can come of what stands in its file.

    Whatever is wrong there can show anywhere, as a value of another type or a row too few; what
    the system refuses shows as one of the codes here.
    """
    return not isinstance(error, OSError) and _code(error) not in (
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
    )  # fmt: skip


def _code(error: Exception) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _is_locked(error: sqlite3.OperationalError) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _age(path: Path) -> float:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0


def _settle(path: Path) -> None:
    """Have the file on the disk before its name says that it is whole."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
