"""The nodes of YAML text, with their source locations, before a schema gives them a meaning."""

from msgspec import Struct

from claimcli.core.problems import Place


class ScalarNode(Struct, gc=False):
    """A text; ``plain`` if it is written without quotation marks.

    ``comment`` is what follows a plain text if it begins with ``#`` directly before a word, with
    the white space before it.
    """

    text: str
    place: Place
    plain: bool = True
    comment: str = ""


class KeyNode(Struct, gc=False):
    """A key of a mapping."""

    text: str
    place: Place


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
    """One item of the list under a top-level key.

    If the key holds no list, or an empty one, ``listed`` is False and ``node`` is the value.
    """

    section: KeyNode
    node: Node
    listed: bool = True


def is_empty(node: Node) -> bool:
    """Return whether a node is a key's missing value."""
    return isinstance(node, ScalarNode) and node.plain and not node.text


def describe(node: Node) -> str:
    """Return what a node is, for messages."""
    if isinstance(node, ScalarNode):
        return "empty" if is_empty(node) else "text"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"
