"""Formats values as YAML text as a person would write them: without quotation marks if possible.

A value is a text, a list of values, or a dict of values.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from claimcli.core.schema import ALL_KINDS, FieldType
from claimcli.core.text.yaml_text import escape, is_always_text, unprintable

Value = str | Sequence["Value"] | Mapping[str, "Value"]

WIDTH = 100
"""Preferred maximum length of a line."""
MAX_COMPACT_LINES = 3
"""Records of a section with more lines are separated by empty lines."""
_FIELDS = [field for kind in ALL_KINDS.values() for field in kind.fields]
DATE_FIELDS = {field.name for field in _FIELDS if field.type is FieldType.DATE}
FLAG_FIELDS = {field.name for field in _FIELDS if field.type is FieldType.FLAG}
TEXT_FIELDS = {field.name for field in _FIELDS if field.type is FieldType.TEXT}
QUOTED_FIELDS = {field.name for field in _FIELDS if field.quoted}
"""Fields whose text is always put in quotation marks, because it is a quotation."""

UNPRINTABLE = unprintable()
_BREAK = re.compile("(?<=[^ ]) (?=[^ ])")
"""Where a folded text can be broken: single spaces."""
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_AFTER_SPACES = re.compile("(?<= )(?=[^ ])")
"""Where a text in quotation marks can be broken."""


def inline(value: Value, field: str = "", *, flow: bool = True, strict: bool = False) -> str:
    """Return a value on one line. ``strict`` writes JSON, which is YAML too.

    ``flow`` is whether it is inside brackets, where more characters have a meaning.
    """
    if isinstance(value, str):
        return _scalar(value, field, flow=flow, strict=strict)
    if isinstance(value, Mapping):
        pairs = (
            f"{quote(key) if strict else key}: {inline(below, key, strict=strict)}"
            for key, below in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(inline(below, field, strict=strict) for below in value)}]"


def _scalar(text: str, field: str, *, flow: bool, strict: bool) -> str:
    may_be_plain = not strict and field not in QUOTED_FIELDS and is_plain(text, flow=flow)
    if may_be_plain and (field in DATE_FIELDS | FLAG_FIELDS or is_always_text(text)):
        return text
    return quote(text)


def in_style(text: str, style: str, field: str = "", *, flow: bool = False) -> str:
    """Return a text on one line in a style (``'``, ``"`` or ""), if that style can express it."""
    if style == "'" and not UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    return quote(text) if style == '"' else inline(text, field, flow=flow)


def quote(text: str) -> str:
    """Return a text in double quotation marks (YAML 1.2, section 7.3.1)."""
    return UNPRINTABLE.sub(escape, json.dumps(text, ensure_ascii=False))


def quote_lines(text: str, start: int, indent: int) -> list[str]:
    """Return a text in double quotation marks, broken at its line breaks and between words.

    A backslash at the end of a line removes the line break and the spaces after it from the text
    (YAML 1.2, section 7.3.1). The first line begins at column ``start``, after the key; the others
    at ``indent``, which is included.
    """
    parts: list[str] = []
    for line in _LINES.findall(text):
        parts += _parts(quote(line)[1:-1], indent if parts else start + 1, indent)
    first, *rest = parts
    pad = " " * indent
    lines = [f'"{first}', *(f"{pad}\\{p}" if p[0] == " " else f"{pad}{p}" for p in rest)]
    return [*(f"{line}\\" for line in lines[:-1]), f'{lines[-1]}"']


def _parts(text: str, start: int, indent: int) -> Iterator[str]:
    """Yield the parts of a text for one line each, with their spaces at the end."""
    part, at = "", start
    for word in _AFTER_SPACES.split(text):
        if part and at + len(part) + len(word) >= WIDTH:
            yield part
            part, at = "", indent
        part += word
    yield part


def is_plain(text: str, *, flow: bool) -> bool:
    """Return whether a text can be written without quotation marks."""
    if not text or text != text.strip() or UNPRINTABLE.search(text):
        return False
    if text[0] in "-?:,[]{}#&*!|>'\"%@`" or text.startswith(("...", "<<")):
        return False
    if flow and re.search(r"[,\[\]{}:?]", text):
        return False
    return ": " not in text and " #" not in text and not text.endswith(":")


def entry_lines(key: str, value: Value, indent: int, *, offset: int = 2) -> list[str]:
    """Return the lines of a key and its value in a block mapping at a column, from 0.

    ``offset`` is the indent of the dashes of a list, relative to its key.
    """
    start = f"{' ' * indent}{key}:"
    if not isinstance(value, str) and _needs_lines(value, start, key):
        if isinstance(value, Mapping):
            return [start, *record_lines(value, indent + 2)]
        below = (item_lines(item, indent + offset, field=key) for item in value)
        return [start, *(line for lines in below for line in lines)]
    if isinstance(value, str) and (lines := block_lines(value, indent + 2, start, key)):
        return lines
    line = f"{start} {inline(value, key, flow=not isinstance(value, str))}"
    if isinstance(value, str) and len(line) > WIDTH:
        first, *rest = quote_lines(value, len(start) + 1, indent + 2)
        return [f"{start} {first}", *rest] if rest else [line]
    return [line]


def record_lines(record: Mapping[str, Value], indent: int, *, offset: int = 2) -> list[str]:
    """Return the lines of a block mapping at a column, from 0."""
    entries = (entry_lines(key, value, indent, offset=offset) for key, value in record.items())
    return [line for lines in entries for line in lines]


def item_lines(
    value: Value, indent: int, *, gap: int = 2, field: str = "", offset: int = 2
) -> list[str]:
    """Return the lines of one item of a block list whose dashes are at a column, from 0.

    ``gap`` is the distance from a dash to the content after it.
    """
    dash = f"{' ' * indent}-{' ' * (gap - 1)}"
    if isinstance(value, Mapping) and ("statement" in value or _is_long(value, dash)):
        first, *rest = record_lines(value, indent + gap, offset=offset)
        return [dash + first[indent + gap :], *rest]
    return [f"{dash}{inline(value, field, flow=not isinstance(value, str))}"]


def _is_long(value: Value, start: str) -> bool:
    return len(start) + len(inline(value)) > WIDTH


def _needs_lines(value: Value, start: str, key: str) -> bool:
    if not isinstance(value, Mapping) and any(isinstance(item, Mapping) for item in value):
        return True
    return len(start) + 1 + len(inline(value, key)) > WIDTH


def block_lines(text: str, indent: int, start: str, field: str = "") -> list[str]:
    """Return a text as a block scalar whose first line begins with ``start``.

    Return [] for a text that fits on one line, or that cannot be a block scalar.
    """
    if UNPRINTABLE.search(text.replace("\n", "")) or text != text.strip():
        return []
    if "\n" in text:
        lines = text.split("\n")
        if any(line != line.rstrip() for line in lines):
            return []
        return [f"{start} |-", *(f"{' ' * indent}{line}" if line else "" for line in lines)]
    plain = inline(text, field, flow=False)
    if len(start) + 1 + len(plain) <= WIDTH or not is_foldable(text):
        return []
    return [f"{start} >-", *fold(text, indent)]


def is_foldable(text: str) -> bool:
    """Return whether a text of one line can be folded without changing it."""
    return text == text.strip() and not UNPRINTABLE.search(text) and bool(_BREAK.search(text))


def fold(text: str, indent: int) -> list[str]:
    """Return the lines of a text without line breaks, folded between words.

    Lines are broken only at single spaces: a line break is read as one (YAML 1.2, section 8.1.3).
    """
    if indent + len(text) <= WIDTH:
        return [" " * indent + text]
    width = max(WIDTH - 4 - indent, 40)
    lines, line = [], ""
    for part in _BREAK.split(text):
        if line and len(line) + 1 + len(part) > width:
            lines.append(line)
            line = part
        else:
            line = f"{line} {part}" if line else part
    return [f"{' ' * indent}{line}" for line in (*lines, line)]
