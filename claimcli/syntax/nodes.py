"""What YAML text consists of before anything gives it a meaning: nodes with their places."""

from typing import Any

from msgspec import Struct

from claimcli.core.problems import Place


class ScalarNode(Struct, gc=False):
    """A text as written; ``plain`` where it stands without quotation marks."""

    text: str
    place: Place
    plain: bool = True


class KeyNode(Struct, gc=False):
    """A key of a mapping. Hardly any is ever reported, so its place is worked out when asked for.

    ``start`` and ``end`` are the parser's marks, which count from 0; ``above`` is how many lines
    stand before the text that was parsed.
    """

    text: str
    start: Any
    end: Any
    above: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        first, last, line = self.start, self.end, self.above + 1
        return (line + first.line, first.column + 1, line + last.line, last.column + 1)


class SequenceNode(Struct):
    """A list of nodes."""

    items: list["Node"]
    place: Place


class MappingNode(Struct):
    """Keys with their values, in the order of the file, each key once."""

    entries: list[tuple[KeyNode, "Node"]]
    place: Place


Node = ScalarNode | SequenceNode | MappingNode


class SectionEntry(Struct):
    """One entry of a list under a key at the top of a document.

    ``listed`` is False where the key holds something else than a list with entries: ``node`` is
    that thing.
    """

    section: KeyNode
    node: Node
    listed: bool = True


def is_empty(node: Node) -> bool:
    """Return whether a key stands there with nothing after it."""
    return isinstance(node, ScalarNode) and node.plain and not node.text


def describe(node: Node) -> str:
    """Return in words what a node is, for messages."""
    if isinstance(node, ScalarNode):
        return "empty" if is_empty(node) else "text"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"
