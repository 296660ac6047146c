"""Splices that add an item to a list, or remove one."""

import re
from collections.abc import Sequence

from claimcli.syntax.edit.entries import new_entry, set_entry
from claimcli.syntax.edit.flow import append_parts, remove_parts
from claimcli.syntax.edit.splices import (
    BREAKS,
    Splice,
    column,
    comments_within,
    dash_offset,
    insert_below,
    line_break_at,
    line_end,
    line_start,
    remove_lines,
    rest_of_line,
)
from claimcli.syntax.edit.tree import Tree
from claimcli.syntax.edit.values import MAX_COMPACT_LINES, Value, entry_lines, inline, item_lines
from claimcli.syntax.events import LINE_BREAK

_BLANK = re.compile(r"(?:\r\n|[\n\r])[ \t]*(?:\r\n|[\n\r])")
_DASH = re.compile(r" *-(?=[\s]|$)")


def append_items(
    text: str, items: Tree, values: Sequence[Value], field: str = "", *, section: bool = False
) -> list[Splice]:
    """Add values at the end of a list that has items, or is in brackets.

    A blank line is put before one if the other items are separated by one, and in a ``section`` of
    records also if ``fmt`` would put one there and the other items are formatted like that.
    """
    if items.flow:
        return append_parts(text, items, values, field)
    last = items.children[-1]
    dash = dash_before(text, last)
    indent = column(text, dash)
    is_block = last.kind == "mapping" and not last.flow and not last.anchor
    gap = last.start - dash if is_block and line_start(text, last.start) <= dash else 2
    lines: list[str] = []
    for value in values:
        new = item_lines(value, indent, gap=gap, field=field, offset=dash_offset(last))
        lines += [""] * _needs_blank_line(text, items, new, section=section) + new
    return [insert_below(text, last.end, lines, deeper_than=indent)]


def remove_item(text: str, items: Tree, at: int) -> list[Splice]:
    """Remove an item from a list that has others; its comments stay."""
    if items.flow:
        return remove_parts(text, [(child, child) for child in items.children], [at])
    item = items.children[at]
    dash = dash_before(text, item)
    comments = [
        *comments_within(text, item, dash),
        *filter(None, [rest_of_line(text, item.end).strip()]),
    ]
    if not comments:
        return [remove_lines(text, line_start(text, dash), item.end)]
    between = line_break_at(text, item.end) + " " * column(text, dash)
    return [(dash, line_end(text, item.end), between.join(comments))]


def append_to_key(
    text: str, mapping: Tree, name: str, values: Sequence[Value], order: Sequence[str]
) -> list[Splice]:
    """Add items to the list under a key of a mapping; add the key if it is missing."""
    entry = mapping.entry(name)
    if entry is None:
        return new_entry(text, mapping, name, values, order)
    key, items = entry
    if items.kind == "sequence" and items.children:
        return append_items(text, items, values, section=not order)
    if mapping.flow or items.anchor or not (items.is_empty or items.flow):
        return set_entry(text, mapping, name, values, order)
    indent = column(text, key.start) + 2
    place = insert_below(text, items.end, [ln for one in values for ln in item_lines(one, indent)])
    if items.is_empty:
        return [place]
    before = len(text[: items.start].rstrip(" \t"))
    return [(before, items.end, ""), place]


def append_to_section(
    text: str, root: Tree | None, name: str, values: Sequence[Value]
) -> list[Splice]:
    """Add items to the list under a top-level key of a document; add the key if it is missing.

    ``root`` is None for a text without documents; if it is empty, it must be the last document.
    """
    if root is not None and root.children:
        return append_to_key(text, root, name, values, ())
    if root is not None and root.kind == "mapping":
        return [(root.start + 1, root.start + 1, inline({name: values})[1:-1])]
    ending = line_break_at(text, 0)
    apart = "" if not text or text[-1] in BREAKS else ending
    body = ending.join(entry_lines(name, values, 0))
    return [(len(text), len(text), f"{apart}{body}{ending}")]


def dash_before(text: str, item: Tree) -> int:
    """Return the offset of the dash of an item, which is on its line or above comments."""
    start = line_start(text, item.start)
    while start > 0 and not (match := _DASH.match(text, start, item.start)):
        start = line_start(text, start - (2 if text[start - 2 : start] == "\r\n" else 1))
    match = _DASH.match(text, start, item.start)
    return match.end() - 1 if match else start


def _needs_blank_line(text: str, items: Tree, lines: Sequence[str], *, section: bool) -> bool:
    """Return whether a blank line must separate a new item from the last one."""
    *before, last = items.children
    is_large = len(lines) > MAX_COMPACT_LINES or _is_large(text, last)
    if not before:
        return section and is_large
    separated = _BLANK.search(text[before[-1].end : dash_before(text, last)]) is not None
    if section and separated == (_is_large(text, before[-1]) or _is_large(text, last)):
        return is_large
    return separated


def _is_large(text: str, item: Tree) -> bool:
    return len(LINE_BREAK.findall(text, dash_before(text, item), item.end)) >= MAX_COMPACT_LINES
