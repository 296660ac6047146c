"""The references in YAML text to records that are to be removed."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from claimcli.core.records import Claim, Record
from claimcli.edit.mentions import Name, Path, mentions
from claimcli.edit.record_edits import ParsedText, parse
from claimcli.syntax.edit.tree import nodes, paths_to

Place = tuple[int, int]
"""A line and a column."""


class Reference(Struct, frozen=True):
    """A reference to a record: the record that has it, the field, and its place.

    ``is_nested``: the record is an answer nested in the other one.
    """

    to: Name
    owner: Name
    field: str
    at: Place
    is_nested: bool = False

    @property
    def text(self) -> str:
        """A description in words."""
        (kind, name), (other, to) = self.owner, self.to
        if self.is_nested:
            return f"{kind} '{name}' is an answer in {other} '{to}'"
        return f"{kind} '{name}' refers to {other} '{to}' in '{self.field}'"


def name_of(record: Record) -> Name:
    """Return the kind and the id of a record."""
    return type(record).__name__.lower(), record.id


def names_by_place(parsed: ParsedText) -> dict[Place, Name]:
    """Return the records of a text, in its order, by line and column."""
    return {record.location.record[:2]: name_of(record) for record in parsed.records}


def paths_of(parsed: ParsedText, names: Collection[Name]) -> list[Path]:
    """Return the paths to the nodes of some records."""
    if not names:
        return []
    places = {place for place, name in names_by_place(parsed).items() if name in names}
    return paths_to(parsed.trees, places) if places else []


def owner(names: Mapping[Place, Name], path: Path) -> Name:
    """Return the innermost record that contains the node at the end of a path."""
    return next(names[node.at] for node in reversed(path) if node.at in names)


def is_citation(path: Path) -> bool:
    """Return whether the record at the end of a path is a source that a claim describes."""
    return len(path) > 3 and path[-1].entry("statement") is None


def described_sources(text: str, claims: Collection[Name]) -> set[Name]:
    """Return the sources that some claims of a text describe. Raises ClaimcliError."""
    parsed = parse(text)
    names = names_by_place(parsed)
    paths = paths_of(parsed, {name for name in names.values() if name[0] == "source"})
    described = [path for path in paths if is_citation(path) and owner(names, path[:-1]) in claims]
    return {names[path[-1].at] for path in described}


def references(text: str, removed: Collection[Name]) -> list[Reference]:
    """Return the references to some records from others in a text, in its order.

    A claim refers to the sources that it describes. Raises ClaimcliError.
    """
    parsed = parse(text)
    names, records = names_by_place(parsed), paths_of(parsed, removed)
    gone = {id(path[-1]) for path in records}
    found = [
        Reference(one.name, owner(names, one.path), one.field, one.node.at)
        for one in mentions(parsed.trees, removed)
        if not one.is_own and not any(id(node) in gone for node in one.path)
    ]
    for path in filter(is_citation, records):
        claim = owner(names, path[:-1])
        if claim not in removed:
            found.append(Reference(names[path[-1].at], claim, "source", path[-1].at))
    return sorted([*found, *_nested_answers(parsed, records, removed)], key=lambda one: one.at)


def _nested_answers(
    parsed: ParsedText, records: Iterable[Path], removed: Collection[Name]
) -> Iterator[Reference]:
    """Yield the answers nested in claims that are removed, unless they are removed too."""
    places = {node.at for path in records for node in nodes(path[-1]) if node.kind == "mapping"}
    for record in parsed.records if places else ():
        at = record.location.record[:2]
        if isinstance(record, Claim) and at in places and name_of(record) not in removed:
            answered = ("claim", record.responds_to[0].claim)
            if answered in removed:
                yield Reference(answered, name_of(record), "", at, is_nested=True)
