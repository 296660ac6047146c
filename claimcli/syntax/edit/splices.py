"""Lines, columns and comments of a text, and splices that replace parts of it."""

import re
from collections.abc import Iterable, Iterator

from claimcli.syntax.edit.tree import Tree
from claimcli.syntax.events import LINE_BREAK

Splice = tuple[int, int, str]
"""Start and end offset of the replaced part, and the new text."""

BREAKS = "\n\r"
"""Characters that end a line."""
_COMMENT = re.compile(r"(?<![^ \t\n\r\ufeff])#[^\n\r]*")


def apply_splices(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with the splices applied, which must not overlap."""
    parts, at = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at:]))


def line_start(text: str, at: int) -> int:
    """Return the offset of the start of a line."""
    while at > 0 and text[at - 1] not in BREAKS:
        at -= 1
    return at


def line_end(text: str, at: int) -> int:
    """Return the offset of the end of a line, before its line break."""
    while at < len(text) and text[at] not in BREAKS:
        at += 1
    return at


def column(text: str, at: int) -> int:
    """Return the number of characters before an offset in its line."""
    return at - line_start(text, at)


def line_break_at(text: str, at: int) -> str:
    """Return the next line break after an offset, else the one before it, else a line feed."""
    match = LINE_BREAK.search(text, at)
    if match is None:
        before = line_start(text, at)
        start = before - 2 if text[before - 2 : before] == "\r\n" else before - 1
        match = LINE_BREAK.match(text, max(start, 0))
    return match[0] if match else "\n"


def rest_of_line(text: str, at: int) -> str:
    """Return the rest of a line."""
    return text[at : line_end(text, at)]


def insert_below(text: str, after: int, lines: Iterable[str], *, deeper_than: int = 1000) -> Splice:
    """Insert lines below the last line of a node and its comments.

    Its comments are those on the next lines that are indented by more than a column.
    """
    at = line_end(text, after)
    comment = re.compile(
        rf"(?:(?:\r\n|[\n\r])[ \t]*)*?(?:\r\n|[\n\r]) {{{deeper_than + 1},}}#[^\n\r]*"
    )
    while match := comment.match(text, at):
        at = match.end()
    ending = line_break_at(text, at)
    return (at, at, "".join(f"{ending}{line}" for line in lines))


def comments_within(text: str, node: Tree, start: int) -> list[str]:
    """Return the comments from an offset to the end of a node, each from its ``#``."""
    return comments_between(text, [node], start, node.end)


def all_comments(text: str, tops: Iterable[Tree]) -> list[str]:
    """Return all comments of a text, each from its ``#``."""
    return comments_between(text, tops, 0, len(text))


def comments_between(text: str, nodes: Iterable[Tree], start: int, end: int) -> list[str]:
    """Return the comments between two offsets; all nodes there are below the given ones."""
    comments: list[str] = []
    at = start
    for leaf in (leaf for node in nodes for leaf in _leaves(node)):
        comments += _COMMENT.findall(text, at, leaf.start)
        if leaf.style in ("|", ">"):
            comments += _COMMENT.findall(text, leaf.start, line_end(text, leaf.start))
        at = leaf.end
    return comments + _COMMENT.findall(text, at, end)


def _leaves(node: Tree) -> Iterator[Tree]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def remove_lines(text: str, start: int, end: int) -> Splice:
    """Return the splice that removes lines, with the line break above if none follows."""
    end = line_end(text, end)
    if end < len(text):
        return (start, end + (2 if text[end : end + 2] == "\r\n" else 1), "")
    above = 2 if text[max(start - 2, 0) : start] == "\r\n" else 1
    return (max(start - above, 0), end, "")


def is_json(tree: Tree) -> bool:
    """Return whether the keys of a mapping are quoted as in JSON."""
    return tree.kind == "mapping" and bool(tree.children) and tree.children[0].style == '"'


def dash_offset(tree: Tree) -> int:
    """Return the indent of the dashes of lists in a block mapping, relative to their keys."""
    for key, value in tree.entries if tree.kind == "mapping" else ():
        if value.kind == "sequence" and not value.flow and not value.anchor:
            return max(value.at[1] - key.at[1], 0)
    return 2
