"""Formats nodes: records in block style, short flow collections on one line, and comments."""

import re
from itertools import takewhile

from claimcli.core.text.yaml_text import is_always_text
from claimcli.edit.fmt.comments import without_blanks
from claimcli.edit.fmt.key_order import nested_shape, sort_slots
from claimcli.edit.fmt.styled_nodes import Alias, Collection, Node, Slot, StyledScalar
from claimcli.syntax.edit.values import (
    QUOTED_FIELDS,
    TEXT_FIELDS,
    UNPRINTABLE,
    WIDTH,
    fold,
    is_foldable,
    is_plain,
    quote,
    quote_lines,
)
from claimcli.syntax.events import has_glued_comment

INDENT = 2


def block_lines(node: Collection, indent: int, shape: str) -> list[str]:
    """Return the lines of a mapping or list, then its last comments.

    ``shape`` is the kind of record that the mapping, or each item of the list, is.
    """
    slots = sort_slots(node.slots, shape) if node.keyed else node.slots
    lines = [line for slot in slots for line in slot_lines(slot, indent, shape)]
    return lines + [" " * indent + comment for comment in without_blanks(node.foot)]


def slot_lines(slot: Slot, indent: int, shape: str) -> list[str]:
    """Return the lines of a key or item: the comments above it, the key or dash, and the value."""
    pad = " " * indent
    head = f"{pad}{inline_scalar(slot.key, flow=True)}:" if slot.key else f"{pad}-"
    anchor = getattr(slot.node, "anchor", None)
    if isinstance(slot.node, Alias):
        lines = [f"{head} *{anchor}"]
    elif isinstance(slot.node, StyledScalar):
        lines = _text_lines(f"{head} &{anchor}" if anchor else head, slot, slot.node, indent)
    else:
        assert isinstance(slot.node, Collection)  # noqa: S101 - records are written last
        return _collection_lines(head, slot, slot.node, indent, shape)
    return _with_comments(slot, lines, pad)


def is_comment(line: str) -> bool:
    """Return whether one of the first lines of a slot is a comment."""
    return line.lstrip(" ").startswith("#")


def _with_comments(slot: Slot, lines: list[str], pad: str) -> list[str]:
    """Add comments above the first line, and one at its end.

    None at its end if it is the first line of a text in quotation marks.
    """
    room = 0 if lines[0].endswith("\\") else 1
    beside = "".join(f"  {comment}" for comment in slot.beside[:room])
    above = without_blanks([*slot.lead, *slot.beside[room:]])
    return [*(pad + comment for comment in above), lines[0] + beside, *lines[1:]]


def _text_lines(head: str, slot: Slot, node: StyledScalar, indent: int) -> list[str]:
    first, *rest = scalar_lines(
        node,
        room=WIDTH - len(head) - 1,
        indent=indent + INDENT,
        marked=(slot.key is not None and slot.key.text in QUOTED_FIELDS) or _may_be_cut(slot),
    )
    return [f"{head} {first}" if first else head, *rest]


def _may_be_cut(slot: Slot) -> bool:
    """Return whether the comment after a text without quotation marks could be a part of it."""
    is_text = slot.key is None or slot.key.text in TEXT_FIELDS
    return is_text and bool(slot.beside) and has_glued_comment(f" {slot.beside[0]}")


def _collection_lines(
    head: str, slot: Slot, node: Collection, indent: int, shape: str
) -> list[str]:
    pad, below = " " * indent, indent + INDENT
    inner = nested_shape(shape, slot.key.text) if slot.key else shape
    if node.flow or not node.slots:
        line = flow_text(node, inner, room=WIDTH - len(head) - 1)
        if line is not None:
            return _with_comments(slot, [f"{head} {line}"], pad)
    lines = block_lines(node, below, inner)
    if slot.key or node.anchor:
        anchor = f" &{node.anchor}" if node.anchor else ""
        return _with_comments(slot, [head + anchor, *lines], pad)
    above = list(takewhile(is_comment, lines))
    first, *rest = lines[len(above) :]
    comments = [*slot.lead, *slot.beside, *(comment.strip() for comment in above)]
    return [
        *(pad + comment for comment in without_blanks(comments)),
        f"{head} {first[below:]}",
        *rest,
    ]


def flow_text(node: Collection, shape: str, *, room: int) -> str | None:
    """Return a collection in brackets on one line, None if it is longer than ``room`` columns.

    Also None if it has comments or an empty value. An empty collection without comments always
    fits.
    """
    if node.foot:
        return None
    parts: list[str] = []
    left = room - 2
    for slot in sort_slots(node.slots, shape) if node.keyed else node.slots:
        part = _flow_slot(slot, shape, room=left)
        if part is None or (left := left - len(part)) < 0:
            return None
        left -= 2
        parts.append(part)
    inside = ", ".join(parts)
    anchor = f"&{node.anchor} " if node.anchor else ""
    line = anchor + (f"{{{inside}}}" if node.keyed else f"[{inside}]")
    return line if len(line) <= room or not parts else None


def _flow_slot(slot: Slot, shape: str, *, room: int) -> str | None:
    if slot.lead or slot.beside:
        return None
    key = f"{inline_scalar(slot.key, flow=True)}: " if slot.key else ""
    inner = nested_shape(shape, slot.key.text) if slot.key else shape
    marked = slot.key is not None and slot.key.text in QUOTED_FIELDS
    value = _flow_node(slot.node, inner, room=room - len(key), marked=marked)
    return None if value is None else key + value


def _flow_node(node: Node, shape: str, *, room: int, marked: bool) -> str | None:
    if isinstance(node, Alias):
        return f"*{node.anchor}"
    if isinstance(node, Collection):
        return flow_text(node, shape, room=room)
    if not isinstance(node, StyledScalar) or not (node.text or node.style):
        return None
    anchor = f"&{node.anchor} " if node.anchor else ""
    return anchor + inline_scalar(node, marked=marked, flow=True)


def inline_scalar(node: StyledScalar, *, marked: bool = False, flow: bool = False) -> str:
    """Return a text without line breaks, in quotation marks if ``marked`` or if it needs them.

    A text that other YAML readers take for a number, date or truth value keeps its style.
    """
    text = node.text
    if not node.style and not is_always_text(text):
        return text
    if marked or not is_always_text(text) or not is_plain(text, flow=flow):
        return quote(text)
    return text


def scalar_lines(node: StyledScalar, *, room: int, indent: int, marked: bool) -> list[str]:
    """Return the lines of a text, which follow its key.

    ``room`` is the number of columns left on the first line, ``indent`` the column of the others;
    ``marked`` puts a short text in quotation marks.
    """
    text = node.text
    if "\n" in text:
        return _several_lines(node, room, indent)
    line = inline_scalar(node, marked=marked)
    kept = not node.style and not is_always_text(text)
    if kept or len(line) <= room:
        return [line]
    if is_foldable(text):
        return [">-", *fold(text, indent)]
    lines = quote_lines(text, WIDTH - room, indent)
    return lines if len(lines) > 1 else [line]


def _several_lines(node: StyledScalar, room: int, indent: int) -> list[str]:
    """Return a text of several lines as a block, which stays literal or folded if it is one.

    A text that ends in empty lines or needs escapes is put in quotation marks.
    """
    text, body = node.text, node.text.removesuffix("\n")
    end = "" if text.endswith("\n") else "-"
    lines = body.split("\n")
    if not body.strip() or body.endswith("\n") or UNPRINTABLE.search(re.sub("[\t\n]", "", body)):
        line = quote(text)
        return [line] if len(line) <= room else quote_lines(text, WIDTH - room, indent)
    fits = max(map(len, lines)) + indent <= WIDTH
    foldable = lines[0] and "\t" not in body and all(line == line.strip(" ") for line in lines)
    if foldable and (node.style == ">" or (node.style != "|" and not fits)):
        parts = (fold(line, indent) if line else [] for line in lines)
        return [f">{end}", *(line for part in parts for line in (*part, ""))][:-1]
    pad = " " * indent
    sign = INDENT if body[0] in " \t\n" else ""
    return [f"|{sign}{end}", *(f"{pad}{line}" if line else "" for line in lines)]
