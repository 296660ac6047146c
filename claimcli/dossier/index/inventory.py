"""List and delete the index files in a cache folder."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.table import Table
from claimcli.dossier.index.cache_files import cached_indexes, removable_files

COLUMNS = ("dossier", "claims", "files", "size", "changed", "index")


class Inventory(Struct, frozen=True):
    """One record for each index file: its dossier, counts, size in bytes, time of last change."""

    records: tuple[dict[str, Any], ...]

    def table(self) -> Table:
        """Return the records as a table."""
        rows = tuple(tuple(record[name] for name in COLUMNS) for record in self.records)
        return Table("indexes", COLUMNS, rows)


def inventory(cache: Path, key: str = "") -> Inventory:
    """Return the stored indexes, of one key or all; ``dossier`` is None if a file is unreadable."""
    records = []
    for path in cached_indexes(cache, key):
        with suppress(FileNotFoundError):  # deleted by another process
            records.append(_record(path))
    return Inventory(tuple(records))


def clear(cache: Path, key: str = "") -> tuple[int, int]:
    """Delete the index files of one key or all; return their number and their size in bytes.

    Raises ClaimcliError if a file cannot be deleted.
    """
    count = size = 0
    for path in removable_files(cache, key):
        try:
            length = path.lstat().st_size
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            message = f"cannot delete '{path}': {error.strerror}"
            hint = "check the folder's permissions"
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
        **_content(path),
    }


def _content(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = {}
    with (
        suppress(sqlite3.Error, msgspec.MsgspecError, TypeError),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db,
    ):
        (roots,) = db.execute("SELECT value FROM _state WHERE key = 'roots'").fetchone()
        content["dossier"] = ", ".join(msgspec.msgpack.decode(roots, type=list[str]))
        (content["claims"],) = db.execute("SELECT count(*) FROM claims").fetchone()
        (content["files"],) = db.execute("SELECT count(*) FROM files").fetchone()
    return content
