"""A corpus: tables in Parquet files, and a manifest that lists the files and their rows.

A reader compares the files with the manifest first, so that a lost or truncated file is an error
and never a short result. A folder that ``claimcli export --format parquet`` wrote has no manifest:
each of its files is a table.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from claimcli.batches.parts import reading, write_parquet
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.exchange.parquet.schema import MANIFEST, arrow_tables, table_schema

VERSION = 1
MAX_MANIFEST = 256 * 1024 * 1024
"""Bytes of a manifest."""


class StoredPart(Struct, frozen=True):
    """A Parquet file of a table: its name, rows, and size in bytes."""

    file: str
    rows: int
    bytes: int


class Manifest(Struct, frozen=True):
    """The files of each table of a corpus, and the job that wrote them."""

    job: str
    tables: dict[str, list[StoredPart]]
    version: int = VERSION


class Corpus(Struct, frozen=True):
    """The paths of the files of each table of a folder."""

    folder: Path
    tables: Mapping[str, tuple[Path, ...]]

    def files(self, table: str) -> tuple[Path, ...]:
        """Return the files of a table. Raises ClaimcliError if the corpus has no such table."""
        if table not in self.tables:
            raise ClaimcliError(
                f"'{self.folder}' has no table '{table}'",
                "write a corpus with: claimcli corpus read FOLDER -o CORPUS",
            )
        return self.tables[table]

    def schema(self, table: str, columns: Sequence[str]) -> pa.Schema:
        """Return the types of some columns. Raises ClaimcliError if a file lacks one.

        Columns of records have the types that claimcli writes, whatever program wrote the file.
        """
        schemas = []
        for file in self.files(table):
            with reading(file):
                schema = pq.read_schema(file)
            for column in columns:
                if column not in schema.names:
                    raise ClaimcliError(
                        f"'{file}' has no column '{column}'",
                        "write the corpus again with this version of claimcli",
                        code=ExitCode.UNREADABLE,
                    )
            schemas.append(schema)
        known = table_schema(table) if table in arrow_tables() else pa.schema([])
        return pa.schema(
            [
                _plain((known if column in known.names else schemas[0]).field(column))
                for column in columns
            ]
        )


def _plain(field: pa.Field) -> pa.Field:
    """Return a field with the type that jobs expect, without metadata."""
    return pa.field(field.name, _plain_type(field.type))


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(_plain_type(kind.value_type))
    return kind


def open_corpus(folder: Path) -> Corpus:
    """Return the corpus in a folder. Raises ClaimcliError if a file is missing or damaged."""
    if not folder.is_dir():
        raise ClaimcliError(f"no folder '{folder}'", "name a folder with a corpus")
    if not (folder / MANIFEST).exists():
        return _exported(folder)
    manifest = _read_manifest(folder / MANIFEST)
    tables = {}
    for table, parts in manifest.tables.items():
        _require_plain_names(folder, table, parts)
        for part in parts:
            _check_part(folder / table / part.file, part)
        _refuse_unlisted(folder / table, {part.file for part in parts})
        tables[table] = tuple(folder / table / part.file for part in parts)
    return Corpus(folder, tables)


def _exported(folder: Path) -> Corpus:
    """Return the tables of a folder without manifest: files that are named like tables."""
    tables = {path.stem: (path,) for path in sorted(folder.glob("*.parquet"))}
    if not tables:
        raise ClaimcliError(
            f"'{folder}' is not a corpus: it has no {MANIFEST}",
            "write one with: claimcli corpus read FOLDER -o CORPUS",
        )
    return Corpus(folder, tables)


def _read_manifest(path: Path) -> Manifest:
    with reading(path), path.open("rb") as file:
        data = file.read(MAX_MANIFEST + 1)
    if len(data) > MAX_MANIFEST:
        raise ClaimcliError(f"'{path}' is larger than {MAX_MANIFEST // 1024**2} MiB", "divide it")
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "write the corpus again"
        message = f"'{path}' is damaged: {error}"
        raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE) from None
    if manifest.version != VERSION:
        raise ClaimcliError(
            f"'{path}' has version {manifest.version}, and this claimcli reads version {VERSION}",
            "write the corpus again with this version of claimcli",
        )
    return manifest


def _require_plain_names(folder: Path, table: str, parts: Iterable[StoredPart]) -> None:
    """Raise ClaimcliError if a name of a manifest leads to another folder, or is a double."""
    names = [part.file for part in parts]
    for name in (table, *names):
        is_plain = os.path.basename(name) == name and name not in {"", ".", ".."}  # noqa: PTH119
        if not is_plain or "\0" in name:
            raise ClaimcliError(
                f"'{folder / MANIFEST}' names '{name}', which is no file of the corpus",
                "write the corpus again",
                code=ExitCode.UNREADABLE,
            )
    if doubles := sorted(name for name, count in Counter(names).items() if count > 1):
        raise ClaimcliError(
            f"'{folder / MANIFEST}' names '{table}/{doubles[0]}' twice",
            "write the corpus again",
            code=ExitCode.UNREADABLE,
        )


def _check_part(path: Path, part: StoredPart) -> None:
    hint = "write the corpus again, or restore the file"
    try:
        size = path.stat().st_size
    except OSError:
        raise ClaimcliError(f"'{path}' is missing", hint, code=ExitCode.UNREADABLE) from None
    if size != part.bytes:
        message = f"'{path}' has {size:,} bytes, and the {MANIFEST} says {part.bytes:,}"
        raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE)
    with reading(path):
        rows = pq.read_metadata(path).num_rows
    if rows != part.rows:
        message = f"'{path}' has {rows:,} rows, and the {MANIFEST} says {part.rows:,}"
        raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE)


def _refuse_unlisted(folder: Path, listed: set[str]) -> None:
    with reading(folder):
        names = sorted(path.name for path in folder.iterdir())
    for name in names:
        if name not in listed and name.endswith(".parquet"):
            raise ClaimcliError(
                f"'{folder / name}' is not in the {MANIFEST}",
                "move the file away, or write the corpus again",
                code=ExitCode.UNREADABLE,
            )


def store_part(path: Path, rows: Iterable[pa.RecordBatch], schema: pa.Schema) -> StoredPart:
    """Write rows to a Parquet file of a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = write_parquet(path, rows, schema)
    return StoredPart(path.name, count, path.stat().st_size)


def write_manifest(folder: Path, job: str, tables: Mapping[str, list[StoredPart]]) -> None:
    """Write the manifest of a corpus whose files are written."""
    manifest = Manifest(job, dict(sorted(tables.items())))
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (folder / MANIFEST).write_bytes(data + b"\n")
