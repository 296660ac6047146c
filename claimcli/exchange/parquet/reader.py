"""Tables in Parquet files, which a separate process with limits reads.

``python -m claimcli.exchange.parquet.reader`` gets paths with tables ("": the one that the metadata
of the file names), as JSON. For each file it writes a line with the path, as it begins, a line with
the properties, and lines with rows.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import did_you_mean, list_some
from claimcli.dossier.runtime import import_extra
from claimcli.exchange.parquet.cells import cell_values
from claimcli.exchange.parquet.schema import (
    DERIVED,
    TABLE_KEY,
    VERSION,
    VERSION_KEY,
    ArrowColumn,
    ArrowTable,
    arrow_tables,
)
from claimcli.exchange.separate_process import output_of, write_output

MAX_BYTES = 256 * 1024**2
"""Size of a file."""
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
MAX_TEXT = 512 * 1024**2
"""Size of the texts of all files, since small files can have large ones."""
WRITE_AGAIN = "write it again, for example with 'claimcli export --format parquet'"
DIVIDE = "divide it into several files"
_BATCH = 1000
_MAX_METADATA = 64 * 1024**2
"""Bytes of a text, and items of a list, in the metadata of a file."""


class FileProperties(Struct, frozen=True):
    """What the process writes of a file before its rows.

    ``table`` is the table of the file, ``columns`` the names of the columns of the rows, and
    ``unknown`` those of the others.
    """

    table: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]


class ParquetRows(Struct, frozen=True):
    """The rows of a file with their columns; ``where`` is its name in messages."""

    where: str
    properties: FileProperties
    rows: list[list[Any]]

    def row(self, number: int) -> str:
        """Return the location of a row, which count from 1."""
        return f"{self.where}:R{number}"


def read_parquet(files: Sequence[tuple[Path, str]]) -> list[ParquetRows]:
    """Return the rows of files with a table each, "" for the one that the metadata names.

    Raises ClaimcliError if a file cannot be read, is too large, or lacks columns.
    """
    import_extra("pyarrow", "parquet")
    named = msgspec.json.encode([(str(path), table) for path, table in files])
    module = "claimcli.exchange.parquet.reader"
    output = output_of(module, named, name=_begun, hint=WRITE_AGAIN)
    found: list[ParquetRows] = []
    path = ""
    for line in io.BytesIO(output):
        if line.startswith(b"["):
            found[-1].rows.extend(msgspec.json.decode(line, type=list[list[Any]]))
        elif line.startswith(b"{"):
            properties = msgspec.json.decode(line, type=FileProperties)
            found.append(ParquetRows(_short(Path(path), properties.table), properties, []))
        else:
            path = msgspec.json.decode(line, type=str)
    return found


def _short(path: Path, table: str) -> str:
    """Return a path as it is in locations: a part of a table with the folder of the table."""
    return f"{table}/{path.name}" if path.parent.name == table else path.name


def _begun(output: bytes) -> str:
    """Return the path of the last file that the process began."""
    paths = [line for line in output.splitlines() if line.startswith(b'"')]
    return msgspec.json.decode(paths[-1], type=str) if paths else "a file"


def write_tables(named: bytes) -> None:
    """Write the properties and the rows of files to standard output, as JSON."""
    write = sys.stdout.buffer.write
    size = 0
    for path, name in msgspec.json.decode(named, type=list[tuple[str, str]]):
        write(msgspec.json.encode(path) + b"\n")
        sys.stdout.buffer.flush()  # so that a crash has a name
        for line in _lines(_open(Path(path)), name):
            size += write(msgspec.json.encode(line) + b"\n")
            if size > MAX_TEXT:
                raise ClaimcliError(f"has more than {MAX_TEXT // 1024**2} MiB of text", DIVIDE)


def _open(path: Path) -> Any:
    """Return a file of pyarrow. Raises ClaimcliError if it is too large or unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # a device or a pipe has no size
    except OSError as error:
        raise ClaimcliError(f"cannot be read: {error.strerror}", "check its name") from None
    if len(data) > MAX_BYTES:
        raise ClaimcliError(f"is larger than {MAX_BYTES // 1024**2} MiB", DIVIDE)
    return import_extra("pyarrow.parquet", "parquet").ParquetFile(
        io.BytesIO(data),
        thrift_string_size_limit=_MAX_METADATA,
        thrift_container_size_limit=_MAX_METADATA,
        page_checksum_verification=True,
    )


def _lines(file: Any, name: str) -> Iterator[Any]:
    """Yield the properties of a file, and its rows in batches."""
    if file.metadata.num_rows > MAX_ROWS:
        raise ClaimcliError(f"has more than {MAX_ROWS:,} rows", DIVIDE)
    if file.metadata.num_columns > MAX_COLUMNS:
        raise ClaimcliError(f"has more than {MAX_COLUMNS:,} columns", "remove those without data")
    table = _table(file.schema_arrow.metadata or {}, name)
    names = list(file.schema_arrow.names)
    columns = _columns(table, names)
    unknown = tuple(one for one in names if one not in _known(table))
    yield FileProperties(table.name, tuple(column.name for column in columns), unknown)
    wanted = [column.name for column in columns]
    for batch in file.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
        values = [cell_values(column, batch.column(column.name)) for column in columns]
        yield [list(row) for row in zip(*values, strict=True)]


def _table(metadata: dict[bytes, bytes], name: str) -> ArrowTable:
    """Return the table of a file."""
    version = metadata.get(VERSION_KEY, str(VERSION).encode()).decode("utf-8", "replace")
    if version != str(VERSION):
        message = f"has tables of version '{version[:20]}', and this claimcli reads {VERSION}"
        raise ClaimcliError(message, "export again with this version, or install a newer one")
    known = arrow_tables()
    stated = metadata.get(TABLE_KEY, b"").decode("utf-8", "replace")
    if name and stated in known and stated != name:
        raise ClaimcliError(f"has the table '{stated}', not '{name}'", "rename the file")
    if (found := known.get(name or stated)) is None:
        hint = f"name the file after its table: {', '.join(f'{one}.parquet' for one in known)}"
        raise ClaimcliError("has no table that is known", hint)
    return found


def _columns(table: ArrowTable, names: list[str]) -> list[ArrowColumn]:
    """Return the columns of a file that are imported, in the order of the table."""
    if doubles := sorted({name for name in names if names.count(name) > 1}):
        raise ClaimcliError(f"has the column '{doubles[0][:60]}' twice", "rename one of the two")
    first_party = [one for one in DERIVED if one.name == "party" and "parties" not in names]
    found = [
        column
        for column in (*table.columns, *(first_party if table.kind == "claim" else ()))
        if column.name in names and _is_imported(column, first_party)
    ]
    for name in _required(table):
        if name not in names:
            unknown = [one for one in names if one not in _known(table)]
            hint = did_you_mean(name, unknown, f"the columns are {list_some(names)}")
            raise ClaimcliError(f"has no column '{name}'", hint)
    return found


def _is_imported(column: ArrowColumn, more: list[ArrowColumn]) -> bool:
    """Return whether a column is a field, or says to which dossier or claim a row belongs."""
    keys = ("dossier", "claim", "number")
    return (column.field is not None and not column.bound) or column.name in keys or column in more


def _required(table: ArrowTable) -> Iterator[str]:
    """Yield the columns without which no row has a meaning."""
    if table.part_of:
        yield "claim"
    for column in table.columns:
        required = column.field is not None and column.field.required and not column.within
        if required and not column.bound and column.name not in ("id", "parties"):
            yield column.name


def _known(table: ArrowTable) -> set[str]:
    return {column.name for column in table.columns}


def _reason(error: BaseException) -> str:
    """Return what is wrong with a file, as a predicate."""
    if isinstance(error, MemoryError) or "malloc" in str(error):
        return "needs too much memory"
    first, _, _ = " ".join(str(error).split()).lower().partition(". ")
    return f"cannot be read as Parquet: {first[:100].rstrip('.')}"


if __name__ == "__main__":
    write_output(write_tables, _reason)
