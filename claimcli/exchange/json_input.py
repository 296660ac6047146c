"""JSON files of other tools, with the location of each value and the values that nobody read."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, Problem
from claimcli.dossier.content import decode, read_content
from claimcli.exchange.json_text import JsonNumber, JsonText, Keys, count_values, json_decoder

MAX_DEPTH = 100
"""Levels of nesting of a JSON file."""
MAX_VALUES = 2_000_000
"""Objects, lists, texts and numbers of a JSON file, since a small one takes much memory."""
STRUCTURE = ("@context", "@type", "type")
"""Keys of JSON-LD that say what an object is, so that they are not values of their own."""

_EMPTY: tuple[Any, ...] = (None, "", [], {})
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_HINT = "export the file again, or check it with an editor that knows JSON"


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


def read_json(path: Path, *, encoding: str = "", data: bytes | None = None) -> JsonDocuments:
    """Read a file of one JSON document or of several, one after the other.

    ``data`` is its content if that is known.

    Raises ClaimcliError, with the location, if it is not JSON, is nested too deeply, has too many
    values, or is larger than any file of data may be.
    """
    file = JsonText(path.name, _text_of(path, encoding, data))
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


def read_json_files(files: Iterable[Path], *, encoding: str) -> JsonDocuments:
    """Return the documents of several files, as :func:`read_json` does for one."""
    read = [read_json(file, encoding=encoding) for file in files]
    documents = (document for one in read for document in one.documents)
    return JsonDocuments(tuple(documents), tuple(note for one in read for note in one.notes))


def _text_of(path: Path, encoding: str, known: bytes | None) -> str:
    data = read_content(path) if known is None else known
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

    decoder = json_decoder(pairs)
    number, at = 0, file.skip_space(0)
    _refuse_many(file, count_values(file.text, MAX_VALUES))
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
        number, at = number + 1, file.skip_space(end)
        _refuse_many(file, number)


def _refuse_many(file: JsonText, number: int) -> None:
    if number > MAX_VALUES:
        message = f"{file.name}: more than {MAX_VALUES:,} values"
        raise ClaimcliError(message, "export it in parts, and import them one by one")


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
