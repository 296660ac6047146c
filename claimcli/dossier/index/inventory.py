"""The indexes that are kept in a cache folder."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.table import Table
from claimcli.dossier.index.cache import cached_indexes, removable_files

COLUMNS = ("dossier", "claims", "files", "size", "changed", "index")


class Inventory(Struct, frozen=True):
    """One record for each file: whose index it is, how large, and when it last changed."""

    records: tuple[dict[str, Any], ...]

    def table(self) -> Table:
        """Return it as a table."""
        rows = tuple(tuple(record[name] for name in COLUMNS) for record in self.records)
        return Table("indexes", COLUMNS, rows)


def inventory(cache: Path, key: str = "") -> Inventory:
    """Return what is kept, of one key or all; ``dossier`` is None where it cannot be told."""
    records = []
    for path in cached_indexes(cache, key):
        with suppress(FileNotFoundError):  # taken away meanwhile
            records.append(_record(path))
    return Inventory(tuple(records))


def clear(cache: Path, key: str = "") -> tuple[int, int]:
    """Take indexes away, of one key or all; return how many files, and how many bytes they had.

    Raises ClaimcliError where one cannot be taken away.
    """
    count = size = 0
    for path in removable_files(cache, key):
        try:
            length = path.lstat().st_size
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            message = f"cannot take away '{path}': {error.strerror}"
            hint = "look at the folder's permissions"
            raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE) from None
        count, size = count + 1, size + length
    return count, size


def _record(path: Path) -> dict[str, Any]:
    stat = path.stat()
    return {
        "dossier": None,
        "claims": None,
        "files": None,
        "size": stat.st_size,
        "changed": time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(stat.st_mtime)),
        "index": str(path),
        **_inside(path),
    }


def _inside(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with (
        suppress(sqlite3.Error, msgspec.MsgspecError, TypeError),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db,
    ):
        (roots,) = db.execute("SELECT value FROM _state WHERE key = 'roots'").fetchone()
        found["dossier"] = ", ".join(msgspec.msgpack.decode(roots, type=list[str]))
        (found["claims"],) = db.execute("SELECT count(*) FROM claims").fetchone()
        (found["files"],) = db.execute("SELECT count(*) FROM files").fetchone()
    return found
