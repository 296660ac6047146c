"""Adds imported records to a dossier, or updates the records that it has already."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import Problem, Span
from claimcli.core.records import Claim, Location, Record
from claimcli.core.schema import ALL_KINDS
from claimcli.core.text.word_diff import plural
from claimcli.dossier.files import SUFFIXES, DataFiles
from claimcli.dossier.index.lookup import FileKey
from claimcli.edit.new_errors import EditedFiles, NewErrorsError
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change, Plan
from claimcli.exchange.batch import Batch, ImportOrder, ImportProblemsError, Stored
from claimcli.exchange.import_files import AddedRecord, default_folder, file_edits, places_for
from claimcli.exchange.import_items import ImportItem
from claimcli.exchange.records import Imported, Loss
from claimcli.exchange.text_paths import TextPaths
from claimcli.exchange.validation import cell_of

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
        raise _error_in_cells(error, batch.items if batch else ()) from None
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


def _error_in_cells(error: NewErrorsError, items: Iterable[ImportItem]) -> ImportProblemsError:
    """Return an error of the files with the locations in the imported file instead."""
    by_id = {(item.kind, item.id): item for item in items}
    messages = [_located(problem, error.edited, by_id) for problem in error.problems]
    return ImportProblemsError(messages, error.problems[0].help)


def _located(
    problem: Problem, edited: EditedFiles, items: Mapping[tuple[str, str], ImportItem]
) -> str:
    span = problem.span
    around = [record for record in _records(span.path, edited) if _is_in(span, record.location)]
    for record in sorted(around, key=lambda record: record.location.record[:2], reverse=True):
        if item := items.get((type(record).__name__.lower(), record.id)):
            where = cell_of(item, _field_at(record, span))
            return f"{where}: {problem.message}" if where else problem.message
    return f"{span}: {problem.message}"


def _records(path: str, edited: EditedFiles) -> Iterable[Record]:
    for key, text in edited.texts.items():
        if edited.files.path(*key) == path:
            for batch in text.readings:
                yield from batch.records


def _is_in(span: Span, location: Location) -> bool:
    line, column, end_line, end_column = location.record
    start = (span.line, span.column)
    return (line, column) <= start <= (end_line, end_column)


def _field_at(record: Record, span: Span) -> tuple[str, ...]:
    """Return the path of the field of a record that contains a place, () for none."""
    field = _field_in(record.location, span)
    if field in ("source", "sources") and isinstance(record, Claim):
        for number, cited in enumerate(record.citations, 1):
            if _is_in(span, cited.location):
                return ("source", str(number), _field_in(cited.location, span) or "id")
    return (field,) if field else ()


def _field_in(location: Location, span: Span) -> str:
    start = (span.line, span.column)
    for name in dict.fromkeys(name for kind in ALL_KINDS.values() for name in kind.names):
        place = location.place(name)
        if location.has(name) and place[:2] <= start <= place[2:]:
            return name
    return ""
