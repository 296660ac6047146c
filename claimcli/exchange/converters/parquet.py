"""Parquet: a folder with a file for each table of records, for tools of data analysis."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.runtime import import_extra
from claimcli.exchange.parquet.imported_tables import records_of_tables
from claimcli.exchange.parquet.reader import read_parquet
from claimcli.exchange.parquet.rows import selection_tables
from claimcli.exchange.parquet.schema import MANIFEST, arrow_tables
from claimcli.exchange.records import (
    Exported,
    ExportedFile,
    ExportOptions,
    Imported,
    ImportOptions,
    Selection,
)
from claimcli.exchange.threads import flag_losses, internal_by_nesting

EXTENSIONS = (".parquet",)
OPTIONS = ("party", "issue")
HAS_FOLDERS = ONLY_FOLDERS = True
_ROWS_PER_GROUP = 65_536


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the records in Parquet files, or in those of a folder."""
    del options
    named = [
        one for file in files for one in (_in_folder(file) if file.is_dir() else [_file(file)])
    ]
    return records_of_tables(read_parquet(named))


def _file(path: Path) -> tuple[Path, str]:
    """Return a file with its table, "" if the name does not say it."""
    return path, path.stem if path.stem in arrow_tables() else ""


def _in_folder(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of the tables in a folder: one each, or the parts in a folder each."""
    if (folder / MANIFEST).exists():  # only jobs check that no part is missing
        hint = "import the YAML files that it was made of, or name the files of its tables"
        raise ClaimcliError(f"the folder '{folder}' is a corpus", hint)
    for name in arrow_tables():
        whole, parts = folder / f"{name}.parquet", folder / name
        files = [*([whole] if whole.is_file() else []), *sorted(parts.glob("*.parquet"))]
        if not files:
            message = f"the folder '{folder}' has no {whole.name}"
            hint = "export the folder again, or name the files to import without it"
            raise ClaimcliError(message, hint)
        yield from ((file, name) for file in files)


def write(selection: Selection, options: ExportOptions) -> Exported:
    """Return a file for each table, also for those without rows."""
    tables = selection_tables(selection, name=options.dossier)
    files = [ExportedFile(f"{name}.parquet", _parquet(table)) for name, table in tables.items()]
    losses = tuple(flag_losses(internal_by_nesting(selection)))
    return Exported(tuple(files), losses, count=len(selection.claims))


def _parquet(table: Any) -> bytes:
    pq = import_extra("pyarrow.parquet", "parquet")
    data = io.BytesIO()
    pq.write_table(
        table,
        data,
        compression="zstd",
        row_group_size=_ROWS_PER_GROUP,
        write_page_checksum=True,
    )
    return data.getvalue()
