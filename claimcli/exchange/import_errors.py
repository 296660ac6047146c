"""The errors that an import would cause in the dossier, with the cells that cause them."""

from collections.abc import Iterable, Mapping

from claimcli.core.problems import Problem, Span
from claimcli.core.records import Claim, Location, Record
from claimcli.core.schema import ALL_KINDS
from claimcli.edit.new_errors import EditedFiles, NewErrorsError
from claimcli.exchange.batch import ImportProblemsError
from claimcli.exchange.import_items import ImportItem
from claimcli.exchange.validation import cell_of


def error_in_cells(error: NewErrorsError, items: Iterable[ImportItem]) -> ImportProblemsError:
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
