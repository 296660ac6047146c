"""The problems of imported records, as the reader finds them in YAML, with locations of cells."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import Problem, Severity
from claimcli.core.schema import RECORD_KINDS
from claimcli.dossier.reader import read_entries
from claimcli.exchange.import_items import ImportItem
from claimcli.syntax.nodes import KeyNode, MappingNode, Node, ScalarNode, SectionEntry, SequenceNode


class CellProblem(Struct, frozen=True):
    """A problem of an imported record, and the location of its cell."""

    where: str
    problem: Problem

    def __str__(self) -> str:
        return f"{self.where}: {self.problem.message}" if self.where else self.problem.message


class _Nodes:
    """Makes nodes of values; the column of a node is its number in ``fields``."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.fields: list[tuple[str, ...]] = [()]

    def of(self, value: Any, path: tuple[str, ...]) -> Node:
        self.fields.append(path)
        column = len(self.fields)
        place = (self.line, column, self.line, column + 1)
        if isinstance(value, Mapping):
            key_place = (self.line, column, self.line, column)
            return MappingNode(
                [(KeyNode(k, key_place), self.of(v, (*path, k))) for k, v in value.items()],
                place,
            )
        if isinstance(value, list | tuple):
            several = len(value) > 1
            items = ((str(n),) if several else () for n in range(1, len(value) + 1))
            return SequenceNode(
                [self.of(v, (*path, *n)) for v, n in zip(value, items, strict=True)], place
            )
        return ScalarNode(str(value), place, plain=False)


def find_problems(records: Sequence[ImportItem]) -> list[CellProblem]:
    """Return the errors that the reader finds in records, each with its cell.

    References to other records are not checked.
    """
    problems = []
    made: dict[int, _Nodes] = {}

    def entries() -> Iterator[SectionEntry]:
        made.clear()
        for number, record in enumerate(records, 1):
            nodes = made[number] = _Nodes(number)
            section = KeyNode(RECORD_KINDS[record.kind].section, (1, 1, 1, 1))
            yield SectionEntry(section, nodes.of(_plain(record), ()))

    for batch in read_entries(entries()):
        for problem in batch.problems:
            if problem.severity is Severity.ERROR:
                nodes = made[problem.span.line]
                path = nodes.fields[problem.span.column - 1] if problem.span.column > 1 else ()
                problems.append(_located(records[problem.span.line - 1], path, problem))
        made.clear()
    return problems


def _plain(record: ImportItem) -> dict[str, Any]:
    """Return the fields of a record that the reader takes for one that is not nested."""
    return {**record.fields, "id": record.id.replace("/", "-")}


def _located(record: ImportItem, path: Sequence[str], problem: Problem) -> CellProblem:
    if problem.rule == "missing-field" and "'party'" in problem.message:
        problem = replace(problem, help="add a column for it, or name it with --party")
    return CellProblem(cell_of(record, path), problem)


def cell_of(record: ImportItem, path: Sequence[str]) -> str:
    """Return the location of a field, such as ``source``, ``2``, ``quote``, in the imported file.

    It is that of the record if the field has none.
    """
    number = next((part for part in path if part.isdecimal()), "1")
    names = [part for part in path if not part.isdecimal()]
    last = names[-1:] if names[1:] != ["id"] else names[:1]
    several = [f"{name} {number}" for name in last if number != "1"]
    return record.cell(".".join(path), ".".join(names), *several, *last, *names[:1])
