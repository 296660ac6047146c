"""The text of a JSON file, which finds its values."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

Keys = tuple[str | int, ...]
"""The way to a value: the number of the document in its file, then keys and numbers of items."""

_SPACE = re.compile(r"[ \t\r\n]*")
_TEXT_OR_MARK = re.compile(r'"[^"]*"?|[,\[{]')


class JsonNumber(str):
    """A number, as the file has it."""

    __slots__ = ()


def json_decoder(pairs: Callable[[list[tuple[str, Any]]], Any] | None = None) -> json.JSONDecoder:
    """Return a decoder that keeps numbers as texts; ``pairs`` makes the objects."""
    return json.JSONDecoder(
        object_pairs_hook=pairs,
        strict=False,
        parse_float=JsonNumber,
        parse_int=JsonNumber,
        parse_constant=str,
    )


_PLAIN = json_decoder()


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


def count_values(text: str, most: int) -> int:
    """Return about how many values a text has, up to one more than ``most``, without decoding it.

    A container has a bracket, and a comma less than values.
    """
    marks = ",[{"
    if sum(map(text.count, marks)) <= most:
        return 0
    text = text.replace(r"\\", "").replace(r"\"", "")
    found = (at for at in _TEXT_OR_MARK.finditer(text) if text[at.start()] != '"')
    return sum(1 for _ in islice(found, most + 1))
