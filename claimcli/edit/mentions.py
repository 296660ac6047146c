"""The places in YAML text that name records: their own ids, and references in other records."""

from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from claimcli.core.schema import ALL_KINDS, CITATION, PARTS, SECTIONS, Field, FieldType, RecordKind
from claimcli.syntax.edit.tree import Tree, alias_targets

Name = tuple[str, str]
"""The kind and the id of a record."""
Path = tuple[Tree, ...]
"""The nodes from the root of a document down to one of its nodes."""


class Mention(Struct, frozen=True):
    """A place that names a record.

    ``path`` leads to the node with the id: a scalar, or an alias of one. ``unlinked`` is the path
    of the node to remove if the reference is removed: the same, or that of a nested record without
    meaning. ``is_own``: it is the record's own id. ``required``: a record needs such a reference.
    """

    name: Name
    path: Path
    field: str
    unlinked: Path
    is_own: bool = False
    required: bool = False

    @property
    def node(self) -> Tree:
        """The node with the id."""
        return self.path[-1]


def mentions(trees: Iterable[Tree], names: Container[Name]) -> Iterator[Mention]:
    """Yield the places in documents that name one of the records, in the order of the text.

    Lists and records that an alias repeats are found at their anchor only.
    """
    for tree in trees:
        finder = _MentionFinder(tree, names)
        for key, items in tree.entries if tree.kind == "mapping" else ():
            kind = SECTIONS.get(key.text)
            if kind is not None and items.kind == "sequence":
                for item in items.children:
                    yield from finder.record((tree, items, item), kind)


_NAMING = (FieldType.ID, FieldType.REFERENCE, FieldType.RECORD, FieldType.THREAD)
_FIELDS = {
    kind.name: {field.name: field for field in kind.fields if field.type in _NAMING}
    for kind in ALL_KINDS.values()
}
_PARTS = {
    name: kind
    for name, kind in PARTS.items()
    if not any(field.type is FieldType.THREAD for field in kind.fields)
}
"""The kinds of nested records that are not claims."""
_MEANING = {
    "citation": _FIELDS["citation"]["id"],
    **{
        name: field
        for name, kind in _PARTS.items()
        for field in kind.fields
        if field.required and field.type is FieldType.REFERENCE
    },
}
"""The reference without which a nested record has no meaning, by its kind."""


class _MentionFinder:
    """Goes through the records of one document."""

    def __init__(self, tree: Tree, names: Container[Name]) -> None:
        self.tree = tree
        self.names = names

    @cached_property
    def targets(self) -> dict[int, Tree]:
        """The nodes that aliases refer to, by the ``id()`` of the alias."""
        return alias_targets(self.tree)

    def record(self, path: Path, kind: RecordKind, above: str = "") -> Iterator[Mention]:
        """Yield what the record at the end of a path names; ``above`` is the field it is in."""
        mapping, fields = path[-1], _FIELDS[kind.name]
        described = kind is CITATION and mapping.entry("title") is not None
        for key, value in mapping.entries if mapping.kind == "mapping" else ():
            field = fields.get(key.text)
            if field is None:
                continue
            below = ((*path, value, item) for item in value.children)
            for place in below if value.kind == "sequence" else ((*path, value),):
                if field.type is FieldType.RECORD or field.type is FieldType.THREAD:
                    yield from self._nested(place, field)
                elif described and field.name == "id":
                    yield from self._named("source", place, "id", is_own=True)
                elif field.type is FieldType.ID:
                    yield from self._named(_claim_or(kind), place, "id", is_own=True)
                else:
                    name = f"{above}.{field.name}" if above else field.name
                    unlinked = path if field is _MEANING.get(kind.name) else place
                    required = field.required and kind.name not in _PARTS
                    yield from self._named(field.of, place, name, unlinked, required=required)

    def _nested(self, path: Path, field: Field) -> Iterator[Mention]:
        """Yield what a nested record names, which may be written as a mere id."""
        if path[-1].kind != "mapping":
            if meaning := _MEANING.get(field.of):
                yield from self._named(meaning.of, path, field.name)
        elif field.type is FieldType.THREAD:
            yield from self.record(path, PARTS[field.of])
        else:
            yield from self.record(path, PARTS[field.of], field.name)

    def _named(  # noqa: PLR0913 - what a mention has
        self,
        kind: str,
        path: Path,
        field: str,
        unlinked: Path = (),
        *,
        is_own: bool = False,
        required: bool = False,
    ) -> Iterator[Mention]:
        node = path[-1]
        if node.kind == "alias":
            node = self.targets.get(id(node), node)
        name = (kind, node.text.strip())
        if node.kind == "scalar" and name in self.names:
            yield Mention(name, path, field, unlinked or path, is_own, required)


def _claim_or(kind: RecordKind) -> str:
    return kind.name if kind.section else "claim"
