"""JSON files of other tools, with the location of each value and the values that nobody read."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, Problem
from claimcli.dossier.content import decode, read_content

MAX_DEPTH = 100
"""Levels of nesting of a JSON file."""
STRUCTURE = ("@context", "@type", "type")
"""Keys of JSON-LD that say what an object is, so that they are not values of their own."""
Keys = tuple[str | int, ...]
"""The way to a value: the number of the document in its file, then keys and numbers of items."""

_EMPTY: tuple[Any, ...] = (None, "", [], {})
_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_HINT = "export the file again, or check it with an editor that knows JSON"


class JsonNumber(str):
    """A number, as the file has it."""

    __slots__ = ()


_PLAIN = json.JSONDecoder(
    strict=False, parse_float=JsonNumber, parse_int=JsonNumber, parse_constant=str
)


class JsonText:
    """The text of a file, which finds the locations of its values."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self._line_starts: list[int] = []
        self._containers: dict[int, tuple[Keys, dict[str | int, int]]] = {}

    def location(self, keys: Keys) -> str:
        """Return the location of a value, such as ``notes.json:12:5``."""
        return self.location_at(self._offset(keys))

    def source(self, keys: Keys) -> str:
        """Return a value as the file has it."""
        start = self._offset(keys)
        return self.text[start : _PLAIN.raw_decode(self.text, start)[1]]

    def location_at(self, offset: int) -> str:
        """Return the location of a character, with its line and column from 1."""
        if not self._line_starts:
            self._line_starts = [0, *(at.end() for at in re.finditer("\n", self.text))]
        line = bisect_right(self._line_starts, offset)
        return f"{self.name}:{line}:{offset - self._line_starts[line - 1] + 1}"

    def skip_space(self, at: int) -> int:
        """Return the offset of the first character from ``at`` on that is no white space."""
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _offset(self, keys: Keys) -> int:
        """Return where a value begins. Values of one container are found in one pass."""
        above, last = keys[:-1], keys[-1]
        known, offsets = self._containers.get(len(above), ((), {}))
        if not offsets or known != above:
            start = self._offset(above) if above else None
            offsets = dict(self._documents() if start is None else self._children(start))
            self._containers[len(above)] = (above, offsets)
        if last in offsets or not above:
            return offsets.get(last, 0)
        return self._offset(above)

    def _documents(self) -> Iterator[tuple[int, int]]:
        number, at = 0, self.skip_space(0)
        while at < len(self.text):
            yield number, at
            number, at = number + 1, self.skip_space(_PLAIN.raw_decode(self.text, at)[1])

    def _children(self, start: int) -> Iterator[tuple[str | int, int]]:
        """Yield the keys and offsets of the values in the container that begins at an offset."""
        is_object, number, at = self.text[start] == "{", 0, self.skip_space(start + 1)
        while self.text[at] not in "]}":
            key: str | int = number
            if is_object:
                key, at = _PLAIN.raw_decode(self.text, at)
                at = self.skip_space(self.skip_space(at) + 1)
            yield key, at
            number, at = number + 1, self.skip_space(_PLAIN.raw_decode(self.text, at)[1])
            at = self.skip_space(at + 1) if self.text[at] == "," else at


class JsonValue(Struct, frozen=True):
    """A value of a file, which remembers the values in it that were read.

    ``data`` has texts instead of numbers. A missing value has None as data.
    """

    file: JsonText
    keys: Keys
    data: Any
    read_keys: set[Keys]

    @property
    def location(self) -> str:
        """The location, for a missing value that of its nearest container."""
        return self.file.location(self.keys)

    def __getitem__(self, key: str | int) -> "JsonValue":
        """Return a value in this object or array, a missing one if it is absent."""
        if isinstance(self.data, dict) and key in self.data:
            return JsonValue(self.file, (*self.keys, key), self.data[key], self.read_keys)
        if isinstance(self.data, list) and isinstance(key, int) and key < len(self.data):
            return JsonValue(self.file, (*self.keys, key), self.data[key], self.read_keys)
        return JsonValue(self.file, self.keys, None, set())

    def items(self) -> list["JsonValue"]:
        """Return the values of an array, any other value as the only one, none if it is missing."""
        if isinstance(self.data, list):
            return self._listed()
        return [] if self.data is None else [self]

    def _listed(self) -> list["JsonValue"]:
        values = self.data if isinstance(self.data, list) else []
        return [self[number] for number in range(len(values))]

    def fields(self) -> dict[str, "JsonValue"]:
        """Return the values of an object by key; {} for other values."""
        return {key: self[key] for key in self.data} if isinstance(self.data, dict) else {}

    def mark_read(self) -> "JsonValue":
        """Note that this value, with all in it, is kept or has no meaning of its own."""
        self.read_keys.add(self.keys)
        return self

    def text(self) -> str:
        """Return a text or number without spaces around it, and note it as read; "" for others."""
        if not isinstance(self.data, str):
            return ""
        self.mark_read()
        return self.data.strip()

    def unread(self) -> Iterator["JsonValue"]:
        """Yield the largest parts that nobody read, except for empty ones and types."""
        if self.keys in self.read_keys or self.data in _EMPTY:
            return
        named = [part for key, part in self.fields().items() if key not in STRUCTURE]
        inner = named if isinstance(self.data, dict) else [*self._listed()]
        below = [child for child in inner if child.data not in _EMPTY]
        parts = [part for child in below for part in child.unread()]
        if isinstance(self.data, dict) and not below:
            return
        if [part.keys for part in parts] == [child.keys for child in below]:
            yield self
        else:
            yield from parts

    def excerpt(self, length: int = 200) -> str:
        """Return the value as the file has it, on one line, cut at a length."""
        shown = " ".join(self.file.source(self.keys).split())
        return shown if len(shown) <= length else f"{shown[: length - 1]}…"


class JsonDocuments(Struct, frozen=True):
    """The documents of a file, of which there are several if it is JSON Lines, and notes."""

    documents: tuple[JsonValue, ...]
    notes: tuple[str, ...] = ()


def read_json(path: Path, *, encoding: str = "") -> JsonDocuments:
    """Read a file of one JSON document or of several, one after the other.

    Raises ClaimcliError, with the location, if it is not JSON, is nested too deeply, or is larger
    than any file of data may be.
    """
    file = JsonText(path.name, _text_of(path, encoding))
    repeated: set[str] = set()
    values = list(_decode(file, repeated))
    if not values:
        raise ClaimcliError(f"{file.name}: the file is empty", _HINT)
    notes = [f"{file.name}: '{key}' is twice in an object; the last is read" for key in repeated]
    if _SURROGATE.search(file.text) and values != (whole := _without_surrogates(values)):
        notes.append(f"{file.name}: halves of characters are read as U+FFFD")
        values = whole
    read: set[Keys] = set()
    documents = tuple(JsonValue(file, (n,), value, read) for n, value in enumerate(values))
    return JsonDocuments(documents, tuple(sorted(notes)))


def _text_of(path: Path, encoding: str) -> str:
    data = read_content(path)
    if isinstance(data, Problem):
        raise ClaimcliError(f"{path}: {data.message}", data.help)
    name = encoding or json.detect_encoding(data)
    if name in ("utf-8", "utf-8-sig"):
        text = decode(data)
        if isinstance(text, Problem):
            place = f"{path.name}:{text.span.line}:{text.span.column}"
            raise ClaimcliError(f"{place}: {text.message}", "name it with --encoding")
        return text
    try:
        return _LONE_SURROGATE.sub("\ufffd", data.decode(name).removeprefix("\ufeff"))
    except LookupError:
        raise ClaimcliError(f"no encoding '{name}'", "write utf-8, utf-16 or cp1252") from None
    except UnicodeError:
        message = f"{path.name}: the file is not {name}"
        raise ClaimcliError(message, "name another --encoding") from None


def _decode(file: JsonText, repeated: set[str]) -> Iterator[Any]:
    """Yield the documents of a text."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(found)
        if len(value) < len(found):
            counts = Counter(key for key, _ in found)
            repeated.update(key for key, number in counts.items() if number > 1)
        return value

    decoder = json.JSONDecoder(
        object_pairs_hook=pairs,
        strict=False,
        parse_float=JsonNumber,
        parse_int=JsonNumber,
        parse_constant=str,
    )
    at = file.skip_space(0)
    while at < len(file.text):
        try:
            value, end = decoder.raw_decode(file.text, at)
        except json.JSONDecodeError as error:
            raise _not_json(file, error) from None
        except RecursionError:
            raise _too_deep(file, at) from None
        if _depth(value) > MAX_DEPTH:
            raise _too_deep(file, at)
        yield value
        at = file.skip_space(end)


def _not_json(file: JsonText, error: json.JSONDecodeError) -> ClaimcliError:
    before = file.text[: error.pos].rstrip()
    hint = _HINT
    if file.text[:500].lstrip().startswith("<"):
        hint = "this seems to be a web page; name a JSON file"
    elif before.endswith(",") and file.text[error.pos : error.pos + 1] in ("]", "}"):
        hint = "remove the comma before it"
    what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
    return ClaimcliError(f"{file.location_at(error.pos)}: not JSON: {what}", hint)


def _too_deep(file: JsonText, at: int) -> ClaimcliError:
    message = f"{file.location_at(at)}: nested more than {MAX_DEPTH} levels deep"
    return ClaimcliError(message, "flatten it, or export the file again")


def _depth(value: Any) -> int:
    """Return the number of containers in one another, at most one more than is permitted."""
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        inner = [
            v.values() if isinstance(v, dict) else v for v in level if isinstance(v, dict | list)
        ]
        level = [value for values in inner for value in values]
        depth += bool(inner)
    return depth


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, JsonNumber):
        return value
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    return value
