"""Adds imported records to a dossier, or updates the records that it has already."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.lookup import FileKey
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change, Plan
from claimcli.exchange.batch import Batch, ImportOrder
from claimcli.exchange.import_files import AddedRecord, default_folder, file_edits, places_for
from claimcli.exchange.records import Imported


class ImportResult(Struct, frozen=True):
    """A change of the dossier, and the number of records by what was done and by kind.

    The keys of ``counts`` are ``added``, ``updated``, ``unchanged`` and ``skipped``.
    """

    change: Change
    counts: Mapping[str, Mapping[str, int]] = {}


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
    written then.
    """
    counts: Mapping[str, Mapping[str, int]] = {}

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        nonlocal counts
        batch = Batch(db, imported, order)
        counts = batch.counts
        new = list(batch.new)
        output = target.file or default_folder(target.paths)
        places = places_for(db, files, output, name, len(new)) if new else ()
        edits = file_edits(files, _filled(places, new), batch.updates())
        return Plan(tuple(edits), tuple(batch.notes), title=f"import of {name}")

    return ImportResult(target.apply(plan), counts)


def _filled(
    places: Iterable[tuple[FileKey, int]], new: Sequence[AddedRecord]
) -> Iterator[tuple[FileKey, Sequence[AddedRecord]]]:
    records = iter(new)
    for place, count in places:
        yield place, list(islice(records, count))
