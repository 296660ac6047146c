"""Adds imported records to a dossier, or updates the records that it has already."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.text.word_diff import plural
from claimcli.dossier.files import SUFFIXES, DataFiles
from claimcli.dossier.index.lookup import FileKey
from claimcli.edit.new_errors import NewErrorsError
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change, Plan
from claimcli.exchange.batch import Batch, ImportOrder, Stored
from claimcli.exchange.import_errors import error_in_cells
from claimcli.exchange.import_files import AddedRecord, default_folder, file_edits, places_for
from claimcli.exchange.records import Imported, Loss
from claimcli.exchange.text_paths import TextPaths

MAX_NOTES = 20
"""Notes that an import reports."""


class ImportResult(Struct, frozen=True):
    """A change of the dossier, and the number of records by what was done and by kind.

    The keys of ``counts`` are ``added``, ``updated``, ``unchanged`` and ``skipped``. ``losses`` are
    those that the converter could not know of.
    """

    change: Change
    counts: Mapping[str, Mapping[str, int]] = {}
    losses: tuple[Loss, ...] = ()


def import_records(
    target: EditTarget,
    imported: Imported,
    order: ImportOrder = ImportOrder(),  # noqa: B008 - frozen
    *,
    name: str = "imported",
) -> ImportResult:
    """Add the records to the dossier; those that it has already are compared with it.

    A record is on file if one has its id, or if a claim has its parties, statement and date. New
    records go to ``target.file``, a file or folder, by default to a file called ``name`` in the
    first folder of the dossier. Raises ClaimcliError, with the location in the imported file, if a
    record is invalid, or if it differs from the one on file and ``order`` says so; nothing is
    written then. Notes name the quotes that are not in the texts of their sources.
    """
    batch: Batch | None = None

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        nonlocal batch
        output = target.file or default_folder(target.paths)
        folder = output.parent if output.suffix.lower() in SUFFIXES else output
        texts = TextPaths(folder, target.options.limits_of_texts(files))
        batch = Batch(Stored(db, files), imported, order, texts)
        new = list(batch.new)
        places = places_for(db, files, output, name, len(new)) if new else ()
        edits = file_edits(files, _filled(places, new), batch.updates())
        title, sources = f"import of {name}", frozenset(texts.found)
        quotes = batch.has_quotes_to_compare()
        return Plan(tuple(edits), _first(batch.notes), (), title, sources, quotes)

    try:
        change = replace(target, unverified=True).apply_reviewed(plan)
    except NewErrorsError as error:
        raise error_in_cells(error, batch.items if batch else ()) from None
    if batch is None:
        return ImportResult(change)
    return ImportResult(change, batch.counts, tuple(batch.texts.losses))


def _filled(
    places: Iterable[tuple[FileKey, int]], new: Sequence[AddedRecord]
) -> Iterator[tuple[FileKey, Sequence[AddedRecord]]]:
    records = iter(new)
    for place, count in places:
        yield place, list(islice(records, count))


def _first(notes: Iterable[str]) -> tuple[str, ...]:
    """Return the first notes, and how many others there are."""
    every = tuple(notes)
    more = len(every) - MAX_NOTES
    return (*every[:MAX_NOTES], *([f"note: {plural(more, 'further note')}"] if more > 0 else []))
