"""Splices in flow collections (in brackets or braces), where indents have no meaning."""

import re
from collections.abc import Iterable, Sequence

from claimcli.syntax.edit.splices import BREAKS, Splice, is_json, line_break_at, line_start
from claimcli.syntax.edit.tree import Tree
from claimcli.syntax.edit.values import Value, inline

Part = tuple[Tree, Tree]
"""A key and value of a mapping, or the same item of a list twice."""

ANCHOR = re.compile(r"[&!][^\s,\[\]{}]*\s*")
_REST = re.compile(r"[ \t]*(,?)[ \t]*(#[^\n\r]*)?")


def insert_part(text: str, parent: Tree, parts: Sequence[Part], at: int, new: str) -> list[Splice]:
    """Insert a part after part number ``at``, laid out like it; at the start if ``at`` is -1."""
    if not parts:
        anchor = ANCHOR.match(text, parent.start) if parent.anchor else None
        start = anchor.end() if anchor else parent.start
        return [(start + 1, start + 1, new)]
    if at < 0:
        start = parts[0][0].start
        return [(start, start, f"{new}, ")]
    start, end = parts[at][0].start, parts[at][1].end
    indent = text[line_start(text, start) : start]
    rest = _REST.match(text, end)
    stop = rest.end() if rest else end
    if indent.strip() or rest is None or (stop < len(text) and text[stop] not in BREAKS):
        return [(end, end, f", {new}")]
    below = line_break_at(text, end) + indent + new
    if rest[1]:
        return [(stop, stop, f"{below},")]
    return [(end, end, ","), (stop, stop, below)] if stop > end else [(end, end, f",{below}")]


def remove_parts(text: str, parts: Sequence[Part], numbers: Iterable[int]) -> list[Splice]:
    """Remove parts, each with one of the commas next to it; comments between parts stay."""
    splices: list[Splice] = []
    for first, last in _runs(numbers):
        start, stop = parts[first][0].start, parts[last][1].end
        commas = range(first, last)
        if last + 1 < len(parts):
            stop, commas = parts[last + 1][0].start, range(first, last + 1)
        elif first:
            start, commas = parts[first - 1][1].end, range(first - 1, last)
        else:
            splices += _comma(text, stop)
        gaps = [(parts[n][1].end, parts[n + 1][0].start) for n in commas]
        if not any("#" in text[slice(*gap)] for gap in gaps):
            splices.append((start, stop, ""))
            continue
        splices += [(key.start, value.end, "") for key, value in parts[first : last + 1]]
        places = [text.index(",", end) for end, _ in gaps]
        splices += [(place, place + 1, "") for place in places]
    return splices


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _comma(text: str, end: int) -> list[Splice]:
    rest = re.compile(r"\s*,").match(text, end)
    return [(rest.end() - 1, rest.end(), "")] if rest else []


def append_parts(text: str, items: Tree, values: Iterable[Value], field: str) -> list[Splice]:
    """Add values at the end of a list in brackets."""
    strict = any(is_json(child) or child.style == '"' for child in items.children)
    parts = [(child, child) for child in items.children]
    new = ", ".join(inline(value, field, strict=strict) for value in values)
    return insert_part(text, items, parts, len(parts) - 1, new)
