"""Records added to YAML text and changed in it; every other character stays.

The functions take the text of one file and return the edited text. The result is parsed and
compared: everything but the intended change must have the same content, and every comment must
still be there. They raise ClaimcliError if that fails, if new values are invalid, or if the text
already has errors.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode, Problem, Severity
from claimcli.core.records import Record, Source
from claimcli.core.schema import RECORD_KINDS, RESPONSE
from claimcli.dossier.reader import RecordBatch, read_entries
from claimcli.edit.anchors import BY_HAND, refuse_aliased
from claimcli.syntax.edit.lists import append_to_key, append_to_section
from claimcli.syntax.edit.splices import Splice, all_comments, apply_splices
from claimcli.syntax.edit.tree import (
    Content,
    Tree,
    TreeBuilder,
    content,
    nodes,
    path_to,
    paths_to,
    without_anchor,
)
from claimcli.syntax.edit.values import Value
from claimcli.syntax.parser import parse_entries


class ParsedText(Struct, frozen=True):
    """A text with its records, and the tree of each document."""

    text: str
    readings: list[RecordBatch]
    trees: list[Tree]

    @property
    def records(self) -> list[Record]:
        """All records, in the order of the file."""
        return [record for reading in self.readings for record in reading.records]

    def nodes(self, *, outside: Tree | None = None) -> Iterator[Tree]:
        """Yield all nodes, or those outside of one of them."""
        inside = set(map(id, nodes(outside))) if outside else ()
        return (node for tree in self.trees for node in nodes(tree) if id(node) not in inside)

    @property
    def first_error(self) -> Problem | None:
        """The first error in the text."""
        problems = (problem for reading in self.readings for problem in reading.problems)
        errors = (problem for problem in problems if problem.severity is Severity.ERROR)
        return min(errors, key=lambda problem: problem.order, default=None)


class RecordNode(Struct, frozen=True):
    """A record of a text with its node; ``path`` are the nodes from the top down to it."""

    parsed: ParsedText
    path: list[Tree]
    record: Record

    @property
    def mapping(self) -> Tree:
        """The record's own mapping."""
        return self.path[-1]


class Edit(Struct, frozen=True):
    """Splices of a text, and the expected content of each edited node, keyed by ``id(node)``."""

    splices: list[Splice]
    expected: dict[int, Content]


class EditedText(Struct, frozen=True):
    """An edited text with its readings, and the record that was added or changed, if it is one."""

    text: str
    record: Record | None
    readings: Iterable[RecordBatch]


class InvalidEditError(ClaimcliError):
    """The edited text would have an error, ``problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, problem.help)
        self.problem = problem


class InvalidTextError(InvalidEditError):
    """The text has an error before the edit, ``problem``."""


class IdChangeError(ClaimcliError):
    """The edit would change the derived id of another record."""


def parse(text: str, error: type[InvalidEditError] = InvalidTextError) -> ParsedText:
    """Parse a text once, for its records and its trees. Raises an error for its first problem."""
    parsed = _parse(text)
    if problem := parsed.first_error:
        raise error(problem)
    return parsed


def _parse(text: str) -> ParsedText:
    builder = TreeBuilder(text)
    readings = list(read_entries(parse_entries(text, "", builder.events)))
    return ParsedText(text, readings, builder.trees)


def find_record(parsed: ParsedText, kind: str, name: str) -> RecordNode:
    """Return the record of a kind and an id. Raises ClaimcliError unless there is exactly one."""
    matches = [r for r in parsed.records if type(r).__name__.lower() == kind and r.id == name]
    if len(matches) != 1:
        raise ClaimcliError(f"the file no longer has exactly one {kind} '{name}'", "check the file")
    return RecordNode(parsed, path_at(parsed.trees, matches[0].location.record[:2]), matches[0])


def find_records(parsed: ParsedText, names: Container[tuple[str, str]]) -> list[RecordNode]:
    """Return the records with these kinds and ids, in the order of the file."""
    places = {
        record.location.record[:2]: record
        for record in parsed.records
        if (type(record).__name__.lower(), record.id) in names
    }
    paths = sorted(paths_to(parsed.trees, places), key=lambda path: path[-1].start)
    return [RecordNode(parsed, list(path), places[path[-1].at]) for path in paths]


def path_at(trees: Iterable[Tree], at: tuple[int, int]) -> list[Tree]:
    """Return the nodes from a top down to the mapping at a line and column."""
    path = next((path for tree in trees if (path := path_to(tree, at))), [])
    if not path:
        raise cannot_edit("the record")
    return path


def append_record(text: str, kind: str, record: Mapping[str, Value]) -> EditedText:
    """Add a record at the end of the last list of its kind, with the section's key if needed."""
    return append_records(text, kind, [record])


def append_records(text: str, kind: str, new: Sequence[Mapping[str, Value]]) -> EditedText:
    """Add records of a kind as :func:`append_record` does; return the text with the last one."""
    before, section = parse(text), RECORD_KINDS[kind].section
    trees = before.trees
    holding = [n for n, tree in enumerate(trees) if tree.kind == "mapping" and tree.entry(section)]
    number = holding[-1] if holding else len(trees) - 1
    root = trees[number] if trees else None
    after = apply_splices(text, append_to_section(text, root, section, new))
    if root is None:
        parsed = check_edit(before, after, [{section: value_content(new)}], what=kind)
    else:
        expected = content_with(before, _with_items(root, section, new))
        parsed = check_edit(before, after, expected, what=kind)
    return _added(before, parsed, parsed.trees[number if trees else 0].entry(section), len(new))


def add_response(text: str, claim: str, thread: str, record: Mapping[str, Value]) -> EditedText:
    """Add a response below a claim, at the end of its ``rebuttals`` or ``responses``."""
    before = parse(text)
    target = find_record(before, "claim", claim)
    mapping = target.mapping
    refuse_aliased(before.nodes(), [*target.path, *(mapping.entry(thread) or ())])
    after = apply_splices(text, append_to_key(text, mapping, thread, [record], RESPONSE.names))
    expected = content_with(before, _with_items(mapping, thread, [record]))
    parsed = check_edit(before, after, expected, what=claim)
    return _added(before, parsed, path_at(parsed.trees, mapping.at)[-1].entry(thread))


def content_with(before: ParsedText, expected: Mapping[int, Content]) -> list[Content]:
    """Return the content of a text's documents with other content for some nodes."""
    return [content(tree, expected) for tree in before.trees]


def check_edit(
    before: ParsedText,
    text: str,
    expected: Sequence[Content],
    *,
    what: str,
    removed: Iterable[str] = (),
) -> ParsedText:
    """Parse an edited text; its documents must have the expected content and all comments.

    ``removed`` are comments that it must not have any more. Raises ClaimcliError if not, and
    InvalidEditError if a new value is invalid.
    """
    after = _parse(text)
    problem = after.first_error
    is_yaml = problem is None or problem.rule != "yaml-syntax"
    if not is_yaml or [content(tree) for tree in after.trees] != expected:
        raise cannot_edit(what)
    comments = [*all_comments(text, after.trees), *removed]
    if sorted(all_comments(before.text, before.trees)) != sorted(comments):
        raise cannot_edit(what)
    if problem:
        raise InvalidEditError(problem)
    return after


def refuse_id_changes(
    before: ParsedText,
    after: ParsedText,
    own: Iterable[Tree],
    new: Iterable[Tree],
    *,
    derived_sources: bool = True,
) -> None:
    """Raise IdChangeError if records outside of ``own``, now ``new``, get other ids.

    Responses without an id are numbered, and so one can take the id of another.
    ``derived_sources`` is whether the ids of sources that claims describe are compared too.
    """
    olds, news = _record_ids(before, own), _record_ids(after, new)
    if not derived_sources:
        olds, news = (
            [n for n in ids if n[0] is not Source or "/" not in n[1]] for ids in (olds, news)
        )
    for old, changed in zip(olds, news, strict=False):
        if old != changed:
            raise IdChangeError(
                f"the id of '{old[1]}' would change to '{changed[1]}'",
                f"give it an id first: claimcli set {old[1]} id=...",
            )
    if len(olds) != len(news):
        raise cannot_edit("the text")


def value_content(value: Value) -> Content:
    """Return the content of a value after it is written and parsed."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {key: value_content(below) for key, below in value.items()}
    return [value_content(below) for below in value]


def bare_content(tree: Tree) -> Content:
    """Return the content of a node without its anchor."""
    return without_anchor(content(tree))


def cannot_edit(what: str) -> ClaimcliError:
    """Return the error for text in which a change cannot be made safely."""
    message = f"'{what}' cannot be edited automatically"
    return ClaimcliError(message, BY_HAND, code=ExitCode.UNREADABLE)


def _with_items(mapping: Tree, name: str, items: Sequence[Value]) -> dict[int, Content]:
    """Return the expected content of a mapping with more items in the list under a key."""
    entry = mapping.entry(name) if mapping.kind == "mapping" else None
    if entry and entry[1].children:
        return {id(entry[1]): [*bare_content(entry[1]), *value_content(items)]}
    above = bare_content(mapping) if mapping.kind == "mapping" else {}
    return {id(mapping): {**above, name: value_content(items)}}


def _added(
    before: ParsedText, after: ParsedText, entry: tuple[Tree, Tree] | None, count: int = 1
) -> EditedText:
    if entry is None:
        raise cannot_edit("the text")
    new = entry[1].children[-count:]
    refuse_id_changes(before, after, (), new)
    return edited_text(after, new[-1])


def edited_text(parsed: ParsedText, node: Tree) -> EditedText:
    """Return an edited text with the record that begins at a node."""
    record = next((r for r in parsed.records if r.location.record[:2] == node.at), None)
    if record is None:
        raise cannot_edit("the record")
    return EditedText(parsed.text, record, parsed.readings)


def _record_ids(parsed: ParsedText, aside: Iterable[Tree]) -> list[tuple[type, str]]:
    """Return kind and id of every record that is not inside some nodes."""
    places = {node.at for tree in aside for node in nodes(tree)}
    return [(type(r), r.id) for r in parsed.records if r.location.record[:2] not in places]
