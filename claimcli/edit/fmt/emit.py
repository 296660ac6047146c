"""Nodes to lines: records in blocks, what is short and in brackets on one line, and comments."""

from itertools import takewhile

from claimcli.edit.fmt.comments import without_blanks
from claimcli.edit.fmt.key_order import nested_shape, sort_slots
from claimcli.edit.fmt.scalars import INDENT, inline_scalar, scalar_lines
from claimcli.edit.fmt.styled_nodes import Alias, Collection, Node, Slot, StyledScalar
from claimcli.syntax.edit.values import QUOTED_FIELDS, WIDTH


def block_lines(node: Collection, indent: int, shape: str) -> list[str]:
    """Return the lines of a mapping or list, one slot after another, then its last comments.

    ``shape`` is what the mapping, or each in the list, is a record of.
    """
    slots = sort_slots(node.slots, shape) if node.keyed else node.slots
    lines = [line for slot in slots for line in slot_lines(slot, indent, shape)]
    return lines + [" " * indent + comment for comment in without_blanks(node.foot)]


def slot_lines(slot: Slot, indent: int, shape: str) -> list[str]:
    """Return the lines of a key or an item: the comments above it, itself, and its value."""
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
    """Return whether one of the first lines of a slot is a comment above it."""
    return line.lstrip(" ").startswith("#")


def _with_comments(slot: Slot, lines: list[str], pad: str) -> list[str]:
    """Put comments above and beside the first line; beside it there is room for one.

    There is none where quotation marks begin that end on another line.
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
        marked=slot.key is not None and slot.key.text in QUOTED_FIELDS,
    )
    return [f"{head} {first}" if first else head, *rest]


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
    """Return a collection in brackets on one line; None where it does not fit into ``room``.

    Nor does one fit that has comments or a value of nothing. One that is empty always fits, but
    for comments.
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
