"""The entries of a BibTeX file with their places.

The libraries for this skip entries that they cannot read, silently, give no places, and take
seconds for a thousand entries.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError

_START = re.compile(r"(?<![^\s}),])@\s*([A-Za-z]+)\s*([{(])")
_BRACE = re.compile(r'[{}()"]')
_NAME = re.compile(r'\s*([^\s={},"#%]+)\s*=\s*')
_WORD = re.compile(r'[^\s,#{}()"=]+')
_SEPARATOR = re.compile(r"\s*(#|,|$)\s*")
_SPACE = re.compile(r"\s*")
_MONTHS = re.compile("jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec")
MAX_CHARACTERS = 1_000_000
"""Characters of the values of an entry; texts that ``@string`` defines can contain one another."""


class BibtexEntry(Struct, frozen=True):
    """An entry: its type, its key, the values of each field in LaTeX, its line.

    ``undefined`` are words in values that no ``@string`` defines; they stay as they are.
    """

    kind: str
    key: str
    fields: Mapping[str, list[str]]
    line: int
    undefined: tuple[str, ...] = ()


class BibtexText(Struct, frozen=True):
    """The text of a file, and the texts that ``@string`` defines."""

    file: Path
    text: str
    strings: dict[str, str]

    def place(self, offset: int) -> str:
        """Return the line of a character as ``file.bib:LINE``."""
        return f"{self.file.name}:{self.text.count(chr(10), 0, offset) + 1}"

    def invalid(self, offset: int, message: str, hint: str) -> ClaimcliError:
        """Return the error for what is at a place."""
        return ClaimcliError(f"{self.place(offset)}: {message}", hint)


def bibtex_entries(file: Path, text: str) -> Iterator[BibtexEntry]:
    """Yield the entries of a file. Raises ClaimcliError, with the line, for invalid ones.

    What is between entries is comment.
    """
    source = BibtexText(file, text, {})
    line, counted = 1, 0
    start = _START.search(text)
    while start:
        line += text.count("\n", counted, start.start())
        counted = start.start()
        end = _end(text, start.end(), ")" if start[2] == "(" else "}")
        if not end:
            message = f"@{start[1]} is not closed"
            raise source.invalid(start.start(), message, "write as many '}' as '{' in it")
        kind = start[1].lower()
        if kind == "string":
            fields, _ = _fields(source, start.end(), end - 1)
            source.strings.update({name: values[0] for name, values in fields.items()})
        elif kind not in ("comment", "preamble"):
            yield _entry(source, kind, start.end(), end - 1, line)
        start = _START.search(text, end)


def _end(text: str, start: int, closing: str, before: int | None = None) -> int:
    """Return the offset after the sign that closes a block or value, 0 if it is missing."""
    depth, quoted = 0, False
    for match in _BRACE.finditer(text, start, len(text) if before is None else before):
        sign = match[0]
        if depth == 0 and sign == closing and not quoted:
            return match.end()
        if sign == '"' and closing == ")" and depth == 0:
            quoted = not quoted
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
    return 0


def _entry(source: BibtexText, kind: str, start: int, end: int, line: int) -> BibtexEntry:
    comma = source.text.find(",", start, end)
    key = source.text[start : comma if comma >= 0 else end]
    fields, undefined = _fields(source, comma + 1, end) if comma >= 0 else ({}, ())
    return BibtexEntry(kind, " ".join(key.split()), fields, line, undefined)


def _fields(
    source: BibtexText, start: int, end: int
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Return the values of each field between two offsets, and the words that are undefined."""
    fields: dict[str, list[str]] = {}
    undefined: list[str] = []
    expanded = 0
    while not _SPACE.fullmatch(source.text, start, end):
        name = _NAME.match(source.text, start, end)
        if not name:
            raise source.invalid(start, "a field is missing here", "write 'NAME = {VALUE}'")
        parts, at, sign = [], name.end(), "#"
        while sign == "#":
            part, at = _part(source, at, end, undefined)
            separator = _SEPARATOR.match(source.text, at, end)
            if not separator:
                message = f"',' is missing after '{name[1]}'"
                raise source.invalid(at, message, "write a ',' between fields")
            parts.append(part)
            sign, at = separator[1], separator.end()
        fields.setdefault(name[1].lower(), []).append("".join(parts))
        start = at
        if (expanded := expanded + sum(map(len, parts))) > MAX_CHARACTERS:
            message = f"an entry of more than {MAX_CHARACTERS:,} characters"
            raise source.invalid(start, message, "shorten its fields")
    return fields, tuple(undefined)


def _part(source: BibtexText, start: int, end: int, undefined: list[str]) -> tuple[str, int]:
    """Return a value in braces or quotation marks, a number or a defined text, and its end."""
    text = source.text
    closing = {"{": "}", '"': '"'}.get(text[start : start + 1], "")
    if closing and (close := _end(text, start + 1, closing, end)):
        return text[start + 1 : close - 1], close
    word = _WORD.match(text, start, end)
    if not word:
        raise source.invalid(start, "a value is missing here", "write it in braces: {VALUE}")
    name = word[0].lower()
    if not name.isdecimal() and name not in source.strings and not _MONTHS.fullmatch(name):
        undefined.append(word[0])
    return source.strings.get(name, word[0]), word.end()
