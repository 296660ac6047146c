"""Imported text files: their encoding is detected and reported."""

import codecs
from pathlib import Path

from claimcli.core.problems import ClaimcliError, Problem
from claimcli.dossier.content import read_content

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""Byte order marks; that of UTF-16 begins like that of UTF-32."""


def read_text(path: Path, encoding: str) -> tuple[str, str]:
    """Return the text of a file with line feeds, and a note on its encoding, "" if that is UTF-8.

    Raises ClaimcliError if it is too large or is not text.
    """
    data = read_content(path)
    if isinstance(data, Problem):
        raise ClaimcliError(f"{path}: {data.message}", data.help)
    name, note = encoding_of(path, data, encoding)
    try:
        text = data.decode(name)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data.count(b"\n", 0, start) + 1
        message = f"{path.name}:{line}: not in {name}"
        raise ClaimcliError(message, "name its encoding with --encoding") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, "" if name.startswith("utf-8") else f"{path.name}: {note}"


def encoding_of(path: Path, data: bytes, named: str) -> tuple[str, str]:
    """Return the encoding of a file, and a note that names it."""
    if named:
        try:
            codec = codecs.lookup(named)
            "".encode(codec.name)
        except (LookupError, ValueError):
            raise ClaimcliError(
                f"no encoding '{named}'", "write utf-8, utf-16, windows-1252 or another one"
            ) from None
        return codec.name, f"encoding {codec.name}"
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, f"encoding {encoding.removesuffix('-sig')}"
    if data[:4096].count(0) * 20 > len(data[:4096]):
        return _without_mark(path, data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", "encoding windows-1252, which is a guess; --encoding names another"
    return "utf-8", "encoding utf-8"


def _without_mark(path: Path, data: bytes) -> tuple[str, str]:
    """Return the byte order of UTF-16 without a mark, from where ASCII has zero bytes."""
    even, odd = (data[start:4096:2].count(0) for start in (0, 1))
    if not min(even, odd) * 4 <= max(even, odd):
        raise ClaimcliError(f"{path} is no text", "save it as text in UTF-8")
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return encoding, f"encoding {encoding}"
