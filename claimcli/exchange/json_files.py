"""JSON files with the line and column of each value, limited in size and depth."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from claimcli.core.problems import ClaimcliError

MAX_BYTES = 64 << 20
MAX_DEPTH = 100
MAX_DIGITS = 400
_SPACE = re.compile(r"[ \t\r\n]*")


class JsonText(Struct, frozen=True):
    """The text of a file, and the offset of each line feed."""

    file: Path
    text: str
    line_feeds: tuple[int, ...]

    def place(self, offset: int) -> str:
        """Return a place in the text as ``file.json:LINE:COLUMN``."""
        line = bisect_right(self.line_feeds, offset - 1)
        before = self.line_feeds[line - 1] if line else -1
        return f"{self.file.name}:{line + 1}:{offset - before}"

    def skip_space(self, start: int) -> int:
        """Return the offset of the first character that is not white space."""
        match = _SPACE.match(self.text, start)
        return match.end() if match else start

    def invalid(self, offset: int, message: str) -> ClaimcliError:
        """Return the error for what is at a place."""
        return ClaimcliError(f"{self.place(offset)}: {message}", "the file must be JSON")


class JsonValue(Struct, frozen=True):
    """A value, and its place as ``file.json:LINE:COLUMN``."""

    value: Any
    where: str


def json_values(file: Path) -> Iterator[JsonValue]:
    """Yield the elements of the array in a file, or the other values in it: one, or one per line.

    Raises ClaimcliError, with the line and column, for what is not JSON.
    """
    content = _read(file)
    text = content.text
    start = content.skip_space(0)
    is_array = text.startswith("[", start)
    start = content.skip_space(start + 1) if is_array else start
    if is_array and text.startswith("]", start):
        return _refuse_rest(content, start + 1)
    while start < len(text) or is_array:
        value, end = _value(content, start)
        yield JsonValue(value, content.place(start))
        start = content.skip_space(end)
        if is_array and text.startswith("]", start):
            return _refuse_rest(content, start + 1)
        if is_array and not text.startswith(",", start):
            raise content.invalid(start, "',' or ']' is missing")
        start = content.skip_space(start + 1) if is_array else start


def _read(file: Path) -> JsonText:
    with file.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = f"'{file.name}' has more than {MAX_BYTES >> 20} MiB"
        raise ClaimcliError(message, "split it into several files")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{file.name}:{line}: not UTF-8"
        raise ClaimcliError(message, "save the file as UTF-8") from None
    return JsonText(file, text, tuple(match.start() for match in re.finditer("\n", text)))


def _value(content: JsonText, start: int) -> tuple[Any, int]:
    decoder = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_integer)
    try:
        value, end = decoder.raw_decode(content.text, start)
        depth = _depth(value)
    except json.JSONDecodeError as error:
        raise content.invalid(error.pos, error.msg[:1].lower() + error.msg[1:]) from None
    except UnicodeEncodeError:
        raise content.invalid(start, "a text with half of a character, as '\\ud800'") from None
    except ValueError as error:
        raise content.invalid(start, str(error)) from None
    except RecursionError:
        depth = MAX_DEPTH + 1
    if depth > MAX_DEPTH:
        raise content.invalid(start, f"nested more than {MAX_DEPTH} levels deep")
    return value, end


def _depth(value: Any) -> int:
    """Return how deep a value is nested. Raises UnicodeEncodeError if a text is not Unicode."""
    if isinstance(value, str):
        value.encode()
    if isinstance(value, dict):
        for key in value:
            key.encode()
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"'{name}' is not JSON")


def _refuse_rest(content: JsonText, start: int) -> None:
    if (end := content.skip_space(start)) < len(content.text):
        raise content.invalid(end, "text after the end of the array")
