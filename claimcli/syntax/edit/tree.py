"""YAML text as a tree that has the offsets of every node, for edits of the text.

Nothing is interpreted and no alias is followed; :mod:`claimcli.syntax.parser` reads data.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import yaml
from msgspec import Struct

from claimcli.syntax.events import Events, parse_events


class Tree(Struct):
    """A node: a scalar, an alias, a mapping or a sequence.

    ``start`` and ``end`` are offsets in the text; a block collection ends where its last node does,
    a block scalar with its last line that is not blank. ``at`` is line and column, from 1.
    ``text`` is a scalar's text or an alias's name, ``style`` a scalar's mark (one of ``'"|>``, or
    "" for none). The children of a mapping are keys and values alternately.
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
        """Whether it has no characters: a key's missing value."""
        return self.kind == "scalar" and self.start == self.end


class TreeBuilder:
    """Builds the tree of each document of a text from the events of its parser.

    :meth:`events` can replace :func:`claimcli.syntax.events.parse_events`, so that one parse gives
    both the trees and the nodes. Nesting is not limited here.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.trees: list[Tree] = []
        self.open: list[Tree] = []

    def events(self, text: str) -> Events:
        """Return the events of a text, adding each to the trees when it is taken."""
        take = parse_events(text)

        def take_and_add() -> Any:
            event = take()
            self._add(event)
            return event

        return take_and_add

    def _add(self, event: Any) -> None:
        kind = type(event)
        if kind in _ENDS:
            node = self.open.pop()
            last = None if node.flow or not node.children else node.children[-1]
            node.end = last.end if last else event.end_mark.index
        elif kind in _KINDS:
            node = self._node(event, _KINDS[kind])
            (self.open[-1].children if self.open else self.trees).append(node)
            if kind in _STARTS:
                self.open.append(node)

    def _node(self, event: Any, kind: str) -> Tree:
        first, end = event.start_mark, event.end_mark.index
        node = Tree(kind, first.index, end, (first.line + 1, first.column + 1))
        if kind == "alias":
            node.text = event.anchor
            return node
        node.anchor = event.anchor or ""
        if kind != "scalar":
            node.flow = bool(event.flow_style)
            return node
        node.text, node.style = event.value, event.style or ""
        if node.style in ("|", ">"):
            node.end = first.index + len(self.text[first.index : end].rstrip())
        return node


_KINDS: dict[type, str] = {
    yaml.ScalarEvent: "scalar",
    yaml.AliasEvent: "alias",
    yaml.MappingStartEvent: "mapping",
    yaml.SequenceStartEvent: "sequence",
}
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_NO_BREAK = re.compile("[^\n\r\ufeff]")


def compose(text: str) -> list[Tree]:
    """Return the tree of each document. Raises yaml.YAMLError."""
    builder = TreeBuilder(text)
    take = builder.events(text)
    while take() is not None:
        pass
    return builder.trees


def compose_at(text: str, start: int) -> Tree | None:
    """Return the tree of the node that begins at an offset. Raises yaml.YAMLError.

    Nothing after the node is parsed; the text before it is replaced by spaces.
    """
    builder = TreeBuilder(text)
    take = builder.events(_NO_BREAK.sub(" ", text[:start]) + text[start:])
    while (builder.open or not builder.trees) and take() is not None:
        pass
    return builder.trees[0] if builder.trees else None


Content = Any
"""A tree without offsets: texts, lists, and dicts by key; anchors and aliases as tuples."""


def content(tree: Tree, expected: Mapping[int, Content] = MappingProxyType({})) -> Content:
    """Return the content of a tree, without surrounding white space of texts.

    ``expected`` gives other content for some nodes, keyed by ``id(node)``, without their anchors.
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


def without_anchor(inside: Content) -> Content:
    """Return the content of a node without its anchor."""
    return inside[2] if isinstance(inside, tuple) and inside[0] == "&" else inside


def nodes(tree: Tree) -> Iterator[Tree]:
    """Yield a node and all nodes below it, in no particular order."""
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        todo += node.children


def paths_to(tops: Iterable[Tree], places: Container[tuple[int, int]]) -> list[tuple[Tree, ...]]:
    """Return the nodes from a top down to each mapping at one of some lines and columns."""
    paths = []
    todo: list[tuple[Tree, ...]] = [(top,) for top in tops]
    while todo:
        path = todo.pop()
        if path[-1].kind == "mapping" and path[-1].at in places:
            paths.append(path)
        todo += [(*path, child) for child in reversed(path[-1].children) if child.children]
    return paths


def alias_targets(tree: Tree) -> dict[int, Tree]:
    """Return the node that each alias refers to, by ``id(alias)``: the last anchor above it."""
    anchors: dict[str, Tree] = {}
    targets: dict[int, Tree] = {}
    todo = [tree]
    while todo:
        node = todo.pop()
        if node.kind == "alias" and node.text in anchors:
            targets[id(node)] = anchors[node.text]
        elif node.anchor:
            anchors[node.anchor] = node
        todo += reversed(node.children)
    return targets


def path_to(top: Tree, at: tuple[int, int]) -> list[Tree]:
    """Return the nodes from a top down to the mapping at a line and column, [] if none is there."""
    todo = [[top]]
    while todo:
        path = todo.pop()
        if path[-1].kind == "mapping" and path[-1].at == at:
            return path
        todo += [[*path, child] for child in path[-1].children if child.children]
    return []
