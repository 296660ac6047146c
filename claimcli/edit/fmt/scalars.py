"""How a text is written: without quotation marks where they are not needed, long ones folded."""

import re

from claimcli.edit.fmt.styled_nodes import StyledScalar
from claimcli.syntax.edit.values import (
    UNPRINTABLE,
    WIDTH,
    fold,
    is_always_text,
    is_foldable,
    is_plain,
    quote,
    quote_lines,
)

INDENT = 2


def inline_scalar(node: StyledScalar, *, marked: bool = False, flow: bool = False) -> str:
    """Return a text without line breaks, in quotation marks where they are asked for or needed.

    What other readers take for something else than a text stays as it is, with or without them.
    """
    text = node.text
    if not node.style and not is_always_text(text):
        return text
    if marked or not is_always_text(text) or not is_plain(text, flow=flow):
        return quote(text)
    return text


def scalar_lines(node: StyledScalar, *, room: int, indent: int, marked: bool) -> list[str]:
    """Return the lines of a text, the first without what stands before it.

    ``room`` is what the first line has left, ``indent`` where the others begin, ``marked`` whether
    a short text gets quotation marks anyway.
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
    """Keep a literal text literal and a folded one folded; others become what suits them.

    What no block can hold stands in quotation marks: a text that ends in empty lines, or has
    something to escape.
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
