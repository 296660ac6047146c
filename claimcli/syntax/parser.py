"""YAML text to plain nodes with places, from the parser's event stream, in one pass.

Nothing is interpreted: every scalar stays the text that was written. What YAML cannot say, or
what a hostile file says to exhaust its reader, comes back as a problem with its place.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from claimcli.core.problems import Place, Problem, Span
from claimcli.syntax.nodes import (
    KeyNode,
    MappingNode,
    Node,
    ScalarNode,
    SectionEntry,
    SequenceNode,
    describe,
)

MAX_DEPTH = 100
"""Nesting that is read; what lies deeper is reported and passed over."""
HOPELESS_DEPTH = 1_000
"""Nesting at which the file is given up: the parser's time grows with its square."""
MAX_NODES = 1_000_000
"""Nodes of one entry of a list, and nodes that all aliases of a file stand for."""
MAX_ANCHORS = 10_000
"""Anchors of one document: each keeps its node in memory."""
MAX_PROBLEMS = 10_000
"""Problems of one file, after which reading it helps nobody."""
MAX_DIRECTIVES = 100
"""``%TAG`` lines of one file: the parser compares each with all before it."""

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line for the parser (YAML 1.1, section 4.2), and so in every place's line number."""
_NEXT_DOCUMENT = re.compile(r"^---(?=\s)", re.MULTILINE)


def read_entries(text: str, path: str) -> Iterator[SectionEntry | Problem]:
    """Yield the entries of every document in ``text``, and a problem for what cannot be read.

    After text that is no YAML, reading goes on at the next line that starts a document.
    """
    if text.count("\n%TAG") > MAX_DIRECTIVES:
        yield Problem("yaml-syntax", "too many %TAG directives", Span(path), help="take them out")
        return
    start, line = 0, 0
    while True:
        parsing = _EventReader(text[start:] if start else text, path, line)
        yield from parsing.entries()
        if parsing.broken_line is None:
            return
        restart = _restart(text, start, parsing.broken_line - line)
        if restart is None:
            return
        line += sum(1 for _ in LINE_BREAK.finditer(text, start, restart))
        start = restart


def _restart(text: str, start: int, broken_line: int) -> int | None:
    """Return where the first document after the broken line begins, if there is one."""
    breaks = LINE_BREAK.finditer(text, start)
    last = next(islice(breaks, max(broken_line, 1) - 1, None), None)
    found = _NEXT_DOCUMENT.search(text, last.end()) if last else None
    return found.start() if found else None


class _AbortError(Exception):
    """Raised inside this module to leave a text that must not be parsed further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _EventReader:
    """One run of the parser over a text whose first line is line ``first_line`` of its file."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.text = text
        self.next: Any = None
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        self.deepest = 0
        self.nodes = 0
        self.expanded = 0
        self.reported = 0
        self.broken_line: int | None = None

    def entries(self) -> Iterator[SectionEntry | Problem]:
        """Yield entries and problems to the end of the text, or to where it is no YAML."""
        try:
            self.next = yaml.CSafeLoader(self.text).get_event
            yield from self._stream()
        except (yaml.YAMLError, _AbortError) as error:
            yield from self._flush()
            problem = error.problem if isinstance(error, _AbortError) else self._syntax(error)
            if not isinstance(error, _AbortError):
                self.broken_line = problem.span.line - 1
            yield problem

    def _stream(self) -> Iterator[SectionEntry | Problem]:
        while (event := self.next()) is not None:
            kind = type(event)
            if kind is yaml.MappingStartEvent:
                self._report_tag(event)
                yield from self._document()
            elif kind in _NODE_EVENTS:
                empty = kind is yaml.ScalarEvent and not event.value
                node = self._node(event, 1)
                if not empty:
                    yield Problem(
                        "wrong-type",
                        f"the top level is {describe(node)}",
                        self.span(node.place),
                        help="write keys such as 'claims:' with a list under each",
                    )
                yield from self._flush()
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
                yield from self._flush()
                if key is not None:
                    yield SectionEntry(key, node, listed=False)
                continue
            self._report_tag(value)
            empty = True
            while type(item := self.next()) is not yaml.SequenceEndEvent:
                self.nodes = 0
                empty = False
                node = self._node(item, 3)
                yield from self._flush()
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
        node = (
            self._sequence(event, depth)
            if kind is yaml.SequenceStartEvent
            else self._mapping(event, depth)
        )
        if event.anchor is not None:
            self._anchor(event, node, self.nodes - before + 1, self.deepest - depth)
        self.deepest = max(deepest, self.deepest)
        return node

    def _scalar(self, event: Any) -> ScalarNode:
        """Return the most common node; nine of ten calls of this class end here."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._count(event)
        first, last, above = event.start_mark, event.end_mark, self.first_line + 1
        place = (above + first.line, first.column + 1, above + last.line, last.column + 1)
        node = ScalarNode(event.value, place, not event.style)
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
            return KeyNode(event.value, event.start_mark, event.end_mark, self.first_line)
        node = self._node(event, depth + 1)
        if isinstance(node, ScalarNode):
            return KeyNode(node.text, event.start_mark, event.end_mark, self.first_line)
        self._report("wrong-type", f"a key is {describe(node)}", node.place, "write it as one word")
        return None

    def _report_duplicate(self, key: KeyNode, first: KeyNode) -> None:
        hint = f"keep one; the first is on line {first.place[0]}"
        self._report("duplicate-key", f"'{key.text}' stands twice here", key.place, hint, first)

    def _alias(self, event: Any, depth: int) -> Node:
        place = self._place(event, event)
        self._count(event)
        node, size, height = self.anchors.get(event.anchor, (None, 1, 0))
        if node is None:
            self._report(
                "yaml-syntax", f"no anchor '&{event.anchor}'", place, "write the value out"
            )
            return ScalarNode("", place)
        if depth + height > MAX_DEPTH:
            return self._too_deep(place)
        self.deepest = max(self.deepest, depth + height)
        self.nodes += size - 1
        self.expanded += size
        if self.expanded > MAX_NODES:
            message = f"'*{event.anchor}' makes the file stand for more than {MAX_NODES:,} nodes"
            self._abort("too-large", message, event)
        return node

    def _skip(self, start: Any) -> Node:
        """Skip a collection that lies too deep, without recursion."""
        node = self._too_deep(self._place(start, start))
        depth = 1
        while depth:
            kind = type(event := self.next())
            depth += (kind in _STARTS) - (kind in _ENDS)
            if depth > HOPELESS_DEPTH:
                self._abort("too-deep", f"nested more than {HOPELESS_DEPTH:,} deep", event)
        return node

    def _too_deep(self, place: Place) -> Node:
        self._report(
            "too-deep",
            f"nested more than {MAX_DEPTH} deep",
            place,
            "nothing needs that; flatten it",
        )
        return ScalarNode("", place)

    def _report_tag(self, event: Any) -> None:
        if event.tag is None:
            return
        line, column, *_ = self._place(event, event)
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        hint = "take it out: every value is text until its field gives it a type"
        place = (line, column, line, column + len(tag))
        self._report("explicit-tag", f"the tag '{tag}' is not read", place, hint)

    def _report(
        self, rule: str, message: str, place: Place, hint: str, first: KeyNode | None = None
    ) -> None:
        related = (self.span(first.place),) if first else ()
        self.problems.append(Problem(rule, message, self.span(place), help=hint, related=related))
        self.reported += 1
        if self.reported > MAX_PROBLEMS:
            raise _AbortError(too_many_problems(self.span(place)))

    def _abort(self, rule: str, message: str, event: Any) -> None:
        raise _AbortError(
            Problem(
                rule,
                f"{message}: the rest of the file is not read",
                self.span(self._place(event, event)),
                help="split or flatten it",
            )
        )

    def _flush(self) -> Iterator[Problem]:
        if self.problems:
            yield from self.problems
            self.problems.clear()

    def span(self, place: Place) -> Span:
        return Span(self.path, *place)

    def _place(self, start: Any, end: Any, last: Node | None = None) -> Place:
        """Return where a node stands; a block collection ends where its last node does.

        Not so where that is what an alias stands for, which has its place further up.
        """
        first, final = start.start_mark, end.end_mark
        line = self.first_line + 1
        begins = (line + first.line, first.column + 1)
        if last is not None and final.column == 0 and last.place[2:] >= begins:
            return (line + first.line, first.column + 1, last.place[2], last.place[3])
        return (line + first.line, first.column + 1, line + final.line, final.column + 1)

    def _syntax(self, error: yaml.YAMLError) -> Problem:
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            return self._unreadable_character()
        line, column = self.first_line + mark.line + 1, mark.column + 1
        reason = str(getattr(error, "problem", "") or "the text is no YAML")
        context = str(getattr(error, "context", "") or "")
        return Problem(
            "yaml-syntax",
            f"{context}: {reason}" if context else reason,
            Span(self.path, line, column, line, column + 1),
            help=_hint(reason),
        )

    def _unreadable_character(self) -> Problem:
        found = re.search(_UNPRINTABLE, self.text)
        at = found.start() if found else 0
        before = LINE_BREAK.split(self.text[:at])
        line, column = self.first_line + len(before), len(before[-1]) + 1
        code = f"U+{ord(self.text[at]):04X}" if found else "of no kind"
        return Problem(
            "yaml-syntax",
            f"the control character {code} cannot stand in YAML",
            Span(self.path, line, column, line, column + 1),
            help="take it out, or write it as an escape in a double-quoted text",
        )


_STARTS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_NODE_EVENTS = (yaml.ScalarEvent, yaml.AliasEvent, *_STARTS)


def too_many_problems(span: Span) -> Problem:
    """Return the problem that stands for all that come after the last one bearable."""
    message = f"more than {MAX_PROBLEMS:,} problems: the rest of the file is not read"
    return Problem("too-many-problems", message, span, help="mend the first ones and check again")


def _hint(reason: str) -> str:
    if "mapping values are not allowed" in reason:
        return "put a text that holds ': ' in quotation marks"
    if "tab character" in reason or "cannot start any token" in reason:
        return "indent with spaces, and put a text that starts with a mark in quotation marks"
    return "look at the lines just above for a missing quotation mark, bracket or indent"
