"""Splices that set the value of a key of a mapping, add a key, or remove one."""

import re
from collections.abc import Sequence

from claimcli.syntax.edit.flow import ANCHOR, insert_part, remove_parts
from claimcli.syntax.edit.splices import (
    BREAKS,
    Splice,
    column,
    comments_within,
    dash_offset,
    insert_below,
    is_json,
    line_break_at,
    line_end,
    line_start,
    remove_lines,
    rest_of_line,
)
from claimcli.syntax.edit.tree import Tree
from claimcli.syntax.edit.values import Value, block_lines, entry_lines, fold, in_style, inline

_COMMENT_LINE = re.compile(r"^( *)(#[^\r\n]*)", re.MULTILINE)


def set_entry(
    text: str, mapping: Tree, name: str, value: Value, order: Sequence[str]
) -> list[Splice]:
    """Set the value of a key; a new key is put after the keys before it in ``order``."""
    entry = mapping.entry(name)
    if entry is None:
        return new_entry(text, mapping, name, value, order)
    key, old = entry
    if old.kind in ("mapping", "sequence") and not old.flow:
        return _replace_block(text, key, old, name, value)
    if old.is_empty:
        colon = "" if ":" in text[key.end : old.start] else ":"
        flow = mapping.flow or not isinstance(value, str)
        return [(old.start, old.start, f"{colon} {inline(value, name, flow=flow)}")]
    start = _after_anchor(text, old)
    if isinstance(value, str):
        return _replace_text(text, mapping, name, old, value, start)
    new = inline(value, name, strict=is_json(mapping))
    return [(start, old.end, new), *_keep_comments(text, key, old, start)]


def remove_entry(text: str, mapping: Tree, name: str) -> list[Splice]:
    """Remove a key and its value; its comments stay."""
    at = next(n for n, (key, _) in enumerate(mapping.entries) if key.text == name)
    key, value = mapping.entries[at]
    if mapping.flow:
        return remove_parts(text, mapping.entries, [at])
    end = value.end
    comments = [
        *comments_within(text, value, key.end),
        *filter(None, [rest_of_line(text, end).strip()]),
    ]
    if at and mapping.entries[at - 1][1].style in ("|", ">"):
        below, end = _deeper_comments(text, end, column(text, key.start))
        comments += below
    if comments:
        between = line_break_at(text, end) + " " * column(text, key.start)
        return [(key.start, line_end(text, end), between.join(comments))]
    start = line_start(text, key.start)
    if not text[start : key.start].strip():
        return [remove_lines(text, start, end)]
    next_key = mapping.entries[at + 1][0].start if at + 1 < len(mapping.entries) else end
    return [(key.start, end if text[end:next_key].strip() else next_key, "")]


def _deeper_comments(text: str, end: int, indent: int) -> tuple[list[str], int]:
    """Return the comments on the lines after an offset that are indented deeper, and their end.

    If the lines above were removed, they would become part of a block scalar before these.
    """
    comments: list[str] = []
    for match in _COMMENT_LINE.finditer(text, line_end(text, end)):
        at = line_end(text, end)
        if text[at : match.start()].strip() or len(match[1]) <= indent:
            break
        comments.append(match[2])
        end = match.end()
    return comments, end


def new_entry(
    text: str, mapping: Tree, name: str, value: Value, order: Sequence[str]
) -> list[Splice]:
    """Add a new key after the last of the keys before it in ``order``, else at the end."""
    entries = mapping.entries
    at = len(entries) - 1
    if name in order:
        before = set(order[: order.index(name)])
        at = max((n for n, (key, _) in enumerate(entries) if key.text in before), default=-1)
    if mapping.flow:
        pair = inline({name: value}, strict=is_json(mapping))[1:-1]
        return insert_part(text, mapping, entries, at, pair)
    first = entries[0][0]
    indent = column(text, first.start)
    lines = entry_lines(name, value, indent, offset=dash_offset(mapping))
    if at < 0:
        lines[0] = lines[0][indent:]
        ending = line_break_at(text, first.start)
        return [(first.start, first.start, ending.join((*lines, " " * indent)))]
    return [insert_below(text, entries[at][1].end, lines, deeper_than=indent)]


def replace_text(text: str, node: Tree, value: str, *, flow: bool) -> Splice:
    """Replace a text or an alias by a text of one line; quotation marks and anchors stay."""
    return (_after_anchor(text, node), node.end, in_style(value, node.style, flow=flow))


def _after_anchor(text: str, node: Tree) -> int:
    start = node.start
    while node.anchor and (anchor := ANCHOR.match(text, start, node.end)):
        start = anchor.end()
    return start


def _replace_text(  # noqa: PLR0913, PLR0917 - a replacement and its place
    text: str, mapping: Tree, name: str, old: Tree, value: str, start: int
) -> list[Splice]:
    if old.style in ("|", ">"):
        splices = _replace_block_text(text, old, value, start)
        return splices or _replace_block_scalar(text, old, value, start)
    if "\n" in value and not mapping.flow and not rest_of_line(text, old.end).strip():
        indent = column(text, mapping.children[0].start)
        if lines := block_lines(value, indent + 2, "", name):
            return [(start, old.end, line_break_at(text, old.end).join(lines).lstrip())]
    return [(start, old.end, in_style(value, old.style, name, flow=mapping.flow))]


def _replace_block(text: str, key: Tree, old: Tree, name: str, value: Value) -> list[Splice]:
    """Replace the block below a key by a value on the key's line."""
    colon = text.index(":", key.end) + 1
    new = inline(value, name, flow=not isinstance(value, str))
    end = line_end(text, colon)
    if end >= old.end or old.anchor:
        start = _after_anchor(text, old)
        return [(start, old.end, new), *_keep_comments(text, key, old, start)]
    comments = [
        *comments_within(text, old, end),
        *filter(None, [rest_of_line(text, old.end).strip()]),
    ]
    space = line_break_at(text, end) + " " * column(text, key.start)
    kept = "".join(space + line for line in comments)
    return [(colon, colon, f" {new}"), (end, line_end(text, old.end), kept)]


def _keep_comments(text: str, key: Tree, old: Tree, start: int) -> list[Splice]:
    """Put the comments of a replaced value below it."""
    comments = comments_within(text, old, start)
    space = " " * column(text, key.start)
    return [insert_below(text, old.end, [space + line for line in comments])] if comments else []


def _replace_block_text(text: str, old: Tree, value: str, start: int) -> list[Splice]:
    """Replace the lines of a block scalar; its header stays if it fits."""
    head = line_end(text, start)
    lines = text[head : old.end].strip(BREAKS)
    indent = len(lines) - len(lines.lstrip(" "))
    marks = re.match(r"[|>][-+0-9]*", text[start:head])
    fits = block_lines(f"{value}\n.", indent, "") if value == value.strip() else []
    if head >= old.end or not marks or not fits:
        return []
    folds = old.style == ">" and "\n" not in value and "  " not in value
    new = fold(value, indent) if folds else fits[1:-1]
    begins = f"{'>' if folds else '|'}-"
    kept = marks[0][0] == begins[0] and not re.search("[0-9]", marks[0])
    header = [] if kept else [(start, start + marks.end(), begins)]
    ending = line_break_at(text, head)
    return [*header, (head, old.end, "".join(f"{ending}{line}" for line in new))]


def _replace_block_scalar(text: str, old: Tree, value: str, start: int) -> list[Splice]:
    """Replace a block scalar by a text that cannot be a block; its comment stays."""
    head = min(line_end(text, start), old.end)
    marks = re.match(r"[|>][-+0-9]*", text[start:head])
    end = start + marks.end() if marks else head
    return [(start, end, inline(value, flow=False)), (head, old.end, "")]
