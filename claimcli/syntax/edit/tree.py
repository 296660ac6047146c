"""YAML text as a tree that knows to the character where everything stands, for changing it.

Nothing is interpreted and no alias is followed; :mod:`claimcli.syntax.parser` is what reads data.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import yaml
from msgspec import Struct


class Tree(Struct):
    """A node: a scalar, an alias, a mapping or a sequence.

    ``start`` and ``end`` count characters of the text; a block collection ends where its last node
    does, a block scalar with its last line that is not blank. ``at`` is line and column, from 1.
    ``text`` is a scalar's text or an alias's name, ``style`` a scalar's mark (one of ``'"|>``, or
    "" for none). The children of a mapping are keys and values by turns.
    """

    kind: str
    start: int
    end: int
    at: tuple[int, int]
    text: str = ""
    style: str = ""
    flow: bool = False
    anchor: str = ""
    children: list["Tree"] = []

    @property
    def entries(self) -> list[tuple["Tree", "Tree"]]:
        """The keys of a mapping with their values."""
        return list(zip(self.children[::2], self.children[1::2], strict=True))

    def entry(self, name: str) -> tuple["Tree", "Tree"] | None:
        """Return the key of that name with its value."""
        return next((pair for pair in self.entries if pair[0].text == name), None)

    @property
    def is_empty(self) -> bool:
        """Whether it is no character long: a key with nothing after it."""
        return self.kind == "scalar" and self.start == self.end


Content = Any
"""A tree without its places: texts, lists, and dicts by key; anchors and aliases as tuples."""


def compose(text: str) -> list[Tree]:
    """Return the top of each document.

    Raises yaml.YAMLError where it is no YAML; nesting must be bounded beforehand.
    """
    take = yaml.CSafeLoader(text).get_event
    found = []
    while (event := take()) is not None:
        if type(event) in _NODES:
            found.append(_node(event, take, text))
    return found


def content(tree: Tree, expected: Mapping[int, Content] = MappingProxyType({})) -> Content:
    """Return what a tree says, surrounding white space aside.

    ``meant`` gives by ``id()`` of nodes what they are to say instead.
    """
    inside: Content
    if id(tree) in expected:
        inside = expected[id(tree)]
    elif tree.kind == "alias":
        return ("*", tree.text)
    elif tree.kind == "scalar":
        inside = tree.text.strip()
    elif tree.kind == "mapping":
        inside = {key.text: content(value, expected) for key, value in tree.entries}
    else:
        inside = [content(child, expected) for child in tree.children]
    return ("&", tree.anchor, inside) if tree.anchor else inside


def path_to(top: Tree, at: tuple[int, int]) -> list[Tree]:
    """Return the way from a top down to the mapping at a place, [] where none begins there."""
    todo = [[top]]
    while todo:
        path = todo.pop()
        if path[-1].kind == "mapping" and path[-1].at == at:
            return path
        todo += [[*path, child] for child in path[-1].children if child.children]
    return []


def mappings(tree: Tree) -> Iterator[Tree]:
    """Yield every mapping of a tree."""
    todo = [tree]
    while todo:
        node = todo.pop()
        if node.kind == "mapping":
            yield node
        todo += node.children


def alias_names(top: Tree) -> Iterator[str]:
    """Yield the names that stand for something else in a tree."""
    todo = [top]
    while todo:
        node = todo.pop()
        if node.kind == "alias":
            yield node.text
        todo += node.children


_STARTS: dict[type, tuple[str, Any]] = {
    yaml.MappingStartEvent: ("mapping", yaml.MappingEndEvent),
    yaml.SequenceStartEvent: ("sequence", yaml.SequenceEndEvent),
}
_NODES = (yaml.ScalarEvent, yaml.AliasEvent, *_STARTS)


def _node(event: Any, take: Any, text: str) -> Tree:
    first, last = event.start_mark, event.end_mark
    at = (first.line + 1, first.column + 1)
    kind = type(event)
    if kind is yaml.ScalarEvent:
        end = last.index
        if event.style in ("|", ">"):
            end = first.index + len(text[first.index : end].rstrip())
        anchor, style = event.anchor or "", event.style or ""
        return Tree("scalar", first.index, end, at, event.value, style, anchor=anchor)
    if kind is yaml.AliasEvent:
        return Tree("alias", first.index, last.index, at, event.anchor)
    name, ending = _STARTS[kind]
    flow, anchor = bool(event.flow_style), event.anchor or ""
    children: list[Tree] = []
    while not isinstance(inner := take(), ending):
        children.append(_node(inner, take, text))
    end = inner.end_mark.index if flow or not children else children[-1].end
    return Tree(name, first.index, end, at, flow=flow, anchor=anchor, children=children)
