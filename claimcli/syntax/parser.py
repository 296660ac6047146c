"""Parser from YAML text to nodes with source locations, in one pass over the YAML events.

Nothing is interpreted: every scalar is the text as written. Invalid YAML, and files built to
exhaust memory or time, give problems with locations.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

import yaml
from msgspec.structs import replace

from claimcli.core.problems import WHOLE_FILE, Place, Problem, Span
from claimcli.syntax.errors import AbortError, ProblemList, syntax_error
from claimcli.syntax.events import (
    LINE_BREAK,
    Events,
    glued_comment,
    lines_with_glued_comments,
    next_document,
    parse_events,
)
from claimcli.syntax.nodes import (
    KeyNode,
    MappingNode,
    Node,
    ScalarNode,
    SectionEntry,
    SequenceNode,
    describe,
)
from claimcli.syntax.simple_style import parse_simple

MAX_DEPTH = 100
"""Nesting depth that is read; deeper nodes are reported and skipped."""
ABORT_DEPTH = 1_000
"""Nesting depth at which reading stops: the parser's time grows with its square."""
MAX_NODES = 1_000_000
"""Nodes of one list item, and nodes that all aliases of a file expand to."""
MAX_ANCHORS = 10_000
"""Anchors of one document: each keeps its node in memory."""
MAX_DIRECTIVES = 100
"""``%TAG`` lines of one file: the parser compares each with all before it."""


def parse_entries(
    text: str, path: str, parse: Callable[[str], Events] = parse_events
) -> Iterator[SectionEntry | Problem]:
    """Yield the entries of every document in ``text``, and the problems of its syntax.

    After a syntax error, reading continues at the next line that starts a document.
    """
    if parse is parse_events and (entries := parse_simple(text)) is not None:
        yield from entries
        return
    if text.count("\n%TAG") > MAX_DIRECTIVES:
        message = "too many %TAG directives"
        yield Problem("yaml-syntax", message, Span(path), help="remove them", unread=WHOLE_FILE)
        return
    start, line = 0, 0
    comments = lines_with_glued_comments(text)
    while True:
        reader = _EventReader(text[start:] if start else text, path, line, parse, comments)
        yield from reader.entries()
        if (error := reader.error) is None:
            return
        if (restart := next_document(text, start, error.span.line - 1 - line)) is None:
            yield replace(error, unread=(error.span.line, 0))
            return
        line += sum(1 for _ in LINE_BREAK.finditer(text, start, restart))
        start = restart
        yield replace(error, unread=(error.span.line, line))


class _EventReader:
    """Reads the events of a text that begins after ``first_line`` lines of its file."""

    def __init__(
        self,
        text: str,
        path: str,
        first_line: int,
        parse: Callable[[str], Events],
        comments: Mapping[int, str],
    ) -> None:
        self.first_line = first_line
        self.text = text
        self.parse = parse
        self.next: Any = None
        self.problems = ProblemList(path)
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        self.deepest = 0
        self.nodes = 0
        self.expanded = 0
        self.error: Problem | None = None
        self.comments = comments

    def entries(self) -> Iterator[SectionEntry | Problem]:
        """Yield entries and problems up to the end of the text, or a syntax error: ``error``."""
        try:
            self.next = self.parse(self.text)
            yield from self._stream()
        except AbortError as error:
            yield from self.problems.flush()
            yield error.problem
        except yaml.YAMLError as error:
            yield from self.problems.flush()
            path, line = self.problems.path, self.first_line
            self.error = syntax_error(error, self.text, path, first_line=line)

    def _stream(self) -> Iterator[SectionEntry | Problem]:
        while (event := self.next()) is not None:
            kind = type(event)
            if kind is yaml.MappingStartEvent:
                self._report_tag(event)
                yield from self._document()
            elif kind in _NODE_EVENTS:
                node = self._node(event, 1)
                if kind is not yaml.ScalarEvent or event.value:
                    message = f"the top level is {describe(node)}"
                    hint = "write keys such as 'claims:' with a list under each"
                    yield Problem("wrong-type", message, self.problems.span(node.place), help=hint)
                yield from self.problems.flush()
            elif kind is yaml.DocumentStartEvent:
                self.anchors = {}

    def _document(self) -> Iterator[SectionEntry | Problem]:
        """Yield the entries of one top-level mapping, each as soon as it is complete."""
        seen: dict[str, KeyNode] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            self.nodes = 0
            key = self._key(event, 1)
            if key is not None and seen.setdefault(key.text, key) is not key:
                self._report_duplicate(key, seen[key.text])
            value = self.next()
            if type(value) is not yaml.SequenceStartEvent:
                node = self._node(value, 2)
                yield from self.problems.flush()
                if key is not None:
                    yield SectionEntry(key, node, listed=False)
                continue
            self._report_tag(value)
            empty = True
            while type(item := self.next()) is not yaml.SequenceEndEvent:
                self.nodes = 0
                empty = False
                node = self._node(item, 3)
                yield from self.problems.flush()
                if key is not None:
                    yield SectionEntry(key, node)
            if empty and key is not None:
                yield SectionEntry(key, SequenceNode([], key.place), listed=False)

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        self.deepest = max(self.deepest, depth)
        if kind is yaml.AliasEvent:
            return self._alias(event, depth)
        self._report_tag(event)
        if depth > MAX_DEPTH:
            return self._skip(event)
        self._count(event)
        before, deepest = self.nodes, self.deepest
        self.deepest = depth
        build = self._sequence if kind is yaml.SequenceStartEvent else self._mapping
        node = build(event, depth)
        if event.anchor is not None:
            self._anchor(event, node, self.nodes - before + 1, self.deepest - depth)
        self.deepest = max(deepest, self.deepest)
        return node

    def _scalar(self, event: Any) -> ScalarNode:
        """Return a scalar. Nine of ten calls of this class end here, so everything is inlined."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._count(event)
        first, last, above = event.start_mark, event.end_mark, self.first_line + 1
        place = (above + first.line, first.column + 1, above + last.line, last.column + 1)
        node = ScalarNode(event.value, place, not event.style)
        if self.comments and not event.style and above + last.line in self.comments:
            node.comment = glued_comment(self.comments[above + last.line], last.column)
        if event.tag is not None:
            self._report_tag(event)
        if event.anchor is not None:
            self._anchor(event, node, 1, 0)
        return node

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._abort("too-large", f"one entry of more than {MAX_NODES:,} nodes", event)

    def _anchor(self, event: Any, node: Node, size: int, height: int) -> None:
        self.anchors[event.anchor] = (node, size, height)
        if len(self.anchors) > MAX_ANCHORS:
            self._abort("too-large", f"more than {MAX_ANCHORS:,} anchors", event)

    def _sequence(self, start: Any, depth: int) -> SequenceNode:
        items: list[Node] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
        return SequenceNode(items, self._place(start, event, items[-1] if items else None))

    def _mapping(self, start: Any, depth: int) -> MappingNode:
        entries: list[tuple[KeyNode, Node]] = []
        seen: dict[str, KeyNode] = {}
        take, to_key, scalar, is_scalar = self.next, self._key, self._scalar, yaml.ScalarEvent
        while type(event := take()) is not yaml.MappingEndEvent:
            key = to_key(event, depth)
            event = take()
            value = scalar(event) if type(event) is is_scalar else self._node(event, depth + 1)
            if key is None:
                continue
            first = seen.setdefault(key.text, key)
            if first is key:
                entries.append((key, value))
            else:
                self._report_duplicate(key, first)
        return MappingNode(entries, self._place(start, event, entries[-1][1] if entries else None))

    def _key(self, event: Any, depth: int) -> KeyNode | None:
        if type(event) is yaml.ScalarEvent and event.tag is None and event.anchor is None:
            self.nodes += 1
            return KeyNode(event.value, self._place(event, event))
        node = self._node(event, depth + 1)
        if isinstance(node, ScalarNode):
            return KeyNode(node.text, self._place(event, event))
        message = f"a key is {describe(node)}"
        self.problems.add("wrong-type", message, node.place, "write it as one word")
        return None

    def _report_duplicate(self, key: KeyNode, first: KeyNode) -> None:
        message = f"'{key.text}' appears twice here"
        hint = f"keep one; the first is on line {first.place[0]}"
        self.problems.add("duplicate-key", message, key.place, hint, first.place)

    def _alias(self, event: Any, depth: int) -> Node:
        place = self._place(event, event)
        self._count(event)
        node, size, height = self.anchors.get(event.anchor, (None, 1, 0))
        if node is None:
            message = f"no anchor '&{event.anchor}'"
            self.problems.add("yaml-syntax", message, place, "write the value out")
            return ScalarNode("", place)
        if depth + height > MAX_DEPTH:
            return self._too_deep(place)
        self.deepest = max(self.deepest, depth + height)
        self.nodes += size - 1
        self.expanded += size
        if self.expanded > MAX_NODES:
            message = f"'*{event.anchor}' expands the file to more than {MAX_NODES:,} nodes"
            self._abort("too-large", message, event)
        return node

    def _skip(self, start: Any) -> Node:
        """Skip a collection that is nested too deep, without recursion."""
        node = self._too_deep(self._place(start, start))
        depth = 1
        while depth:
            kind = type(event := self.next())
            depth += (kind in _STARTS) - (kind in _ENDS)
            if depth > ABORT_DEPTH:
                self._abort("too-deep", f"nested more than {ABORT_DEPTH:,} deep", event)
        return node

    def _abort(self, rule: str, message: str, event: Any) -> NoReturn:
        self.problems.abort(rule, message, self._place(event, event))

    def _too_deep(self, place: Place) -> Node:
        message = f"nested more than {MAX_DEPTH} deep"
        self.problems.add("too-deep", message, place, "flatten it; no field needs that")
        return ScalarNode("", place)

    def _report_tag(self, event: Any) -> None:
        if event.tag is None:
            return
        line, column, *_ = self._place(event, event)
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        hint = "remove it; every value is text until its field gives it a type"
        place = (line, column, line, column + len(tag))
        self.problems.add("explicit-tag", f"the tag '{tag}' is not allowed", place, hint)

    def _place(self, start: Any, end: Any, last: Node | None = None) -> Place:
        """Return the place of a node; a block collection ends where its last node does.

        Not if the last node is what an alias refers to, which is further up.
        """
        first, final = start.start_mark, end.end_mark
        line = self.first_line + 1
        begin = (line + first.line, first.column + 1)
        if last is not None and final.column == 0 and last.place[2:] >= begin:
            return (*begin, last.place[2], last.place[3])
        return (*begin, line + final.line, final.column + 1)


_STARTS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_NODE_EVENTS = (yaml.ScalarEvent, yaml.AliasEvent, *_STARTS)
