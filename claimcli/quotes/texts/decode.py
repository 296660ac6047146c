"""Decode the bytes of a page or text as browsers do, and recognize a text in a wrong charset.

A byte order mark decides before the server's header, that before the page's declaration. Without
them the charset is detected, which is a guess.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec

from msgspec import Struct

from claimcli.quotes.texts.charsets import CODECS, REFUSED, REPLACEMENT, decode_as, find_charset
from claimcli.quotes.texts.prescan import declared_charset

MAX_DAMAGED = 1000
"""A text is implausible if more than one in so many characters cannot be part of a text."""
MOJIBAKE = 0.6
"""Share of the characters beyond ASCII from which on they are regarded as UTF-8 in disguise."""
_SAMPLE = 64 * 1024
"""Bytes from which a charset is detected: lines with a byte beyond ASCII."""
_WINDOW = 1024 * 1024
_FALLBACK = "windows-1252"
_OF_LANGUAGE = {
    **dict.fromkeys(("ar", "fa"), "windows-1256"),
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "tt", "uk"), "windows-1251"),
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), "windows-1250"),
    **dict.fromkeys(("et", "lt", "lv"), "windows-1257"),
    "el": "windows-1253",
    "he": "windows-1255",
    "ja": "shift_jis",
    "ko": "euc-kr",
    "th": "windows-874",
    "tr": "windows-1254",
    "vi": "windows-1258",
}
"""The likeliest charset by the language of the page, among equally plausible ones."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_LANGUAGE = re.compile(rb"<html\s[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2})", re.IGNORECASE)
_PART = re.compile(rb"[^<>\r\n]+")
_DAMAGED = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]")
_ACCENTED = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xff]{4,200}")
"""Accented letters only: frequent in texts of other alphabets that are read as windows-1252."""


class DecodedText(Struct, frozen=True):
    """A text, its charset, and what names that: "the server", for example, or "" for a guess."""

    text: str
    charset: str
    named_by: str = ""

    @property
    def note(self) -> str:
        """A note if the charset was guessed, which valid UTF-8 is not, or if bytes are invalid."""
        lost = self.text.count(REPLACEMENT)
        guessed = not self.named_by and self.charset != "utf-8"
        notes = [f"charset guessed: {self.charset}"] if guessed else []
        if lost:
            notes.append(f"{lost:,} invalid in {self.charset}, shown as {REPLACEMENT}")
        return "; ".join(notes)


class UnknownCharsetError(Exception):
    """The charset of a text cannot be determined; ``reason`` is a predicate."""

    hint = "save its text by hand as UTF-8"

    def __init__(self, why: str) -> None:
        self.reason = f"is in a charset that cannot be determined: {why}"
        super().__init__(self.reason)


def decode(data: bytes, *, label: str = "", markup: str = "") -> DecodedText:
    """Return the text of a file or page; U+FFFD replaces what is invalid in its charset.

    ``label`` is the charset that the server names, ``markup`` is "html", "xhtml" or "". Raises
    UnknownCharsetError for a charset that browsers refuse.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return DecodedText(decode_as(data[len(mark) :], charset), charset, "a byte order mark")
    charset, named_by = next(_named(data, label, markup), ("", ""))
    charset = charset or detect(data)
    if charset in REFUSED:
        raise UnknownCharsetError(f"{named_by} names one that browsers refuse")
    return DecodedText(decode_as(data, charset), charset, named_by)


def _named(data: bytes, label: str, markup: str) -> Iterator[tuple[str, str]]:
    if charset := find_charset(label):
        yield charset, "the server"
    if markup and (charset := declared_charset(data, xhtml=markup == "xhtml")):
        yield charset, "the page"


def detect(data: bytes) -> str:
    """Return the charset that bytes seem to be in: UTF-8 if they are valid, else the likeliest."""
    start = data[:_SAMPLE]
    if start.count(0) * 4 > len(start):
        return "utf-16le" if start[1::2].count(0) * 2 > start.count(0) else "utf-16be"
    if b"\x1b$" in data and data.isascii():
        return "iso-2022-jp"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if utf8_share(data) > MOJIBAKE else _likeliest(data)
    return "utf-8"


def utf8_share(data: bytes) -> float:
    """Return the share of the bytes beyond ASCII that are valid UTF-8."""
    part = data[_first_high(data) :][:_WINDOW]
    high = len(part) - len(part.translate(None, bytes(range(128, 256))))
    return sum(map(len, _UTF8.findall(part))) / high if high else 0.0


def _first_high(data: bytes) -> int:
    found = _HIGH.search(data)
    return found.start() if found else len(data)


def _sample(data: bytes) -> bytes:
    """Return lines without markup; no charset has the bytes between them inside a character."""
    parts: list[bytes] = []
    size = 0
    for part in _PART.findall(data[_first_high(data) :][:_WINDOW]):
        if not part.isascii() and size < _SAMPLE:
            parts.append(part)
            size += len(part)
    return b"\n".join(parts)


def _likeliest(data: bytes) -> str:
    if find_spec("charset_normalizer") is None:
        return _FALLBACK
    from charset_normalizer import from_bytes

    names = {codec.replace("-", "_"): name for name, codec in reversed(CODECS.items())}
    codecs = [codec for codec in names if not codec.startswith(("utf", "_"))]
    found = from_bytes(_sample(data), cp_isolation=codecs, preemptive_behaviour=False)
    matches = [match for match in found if not _has_odd_case(str(match))]
    if not matches:
        return _FALLBACK
    language = _LANGUAGE.search(data[:_SAMPLE])
    usual = _OF_LANGUAGE.get(language[1].decode().lower() if language else "", _FALLBACK)
    best = matches[0]
    tied = [
        m for m in matches if m.chaos <= best.chaos and (language or m.coherence >= best.coherence)
    ]
    charsets = {names[codec] for match in tied for codec in match.could_be_from_charset}
    return usual if usual in charsets else names[best.encoding]


def _has_odd_case(text: str) -> bool:
    """Return whether foreign letters are mostly capitals or never, as in a wrong alphabet."""
    letters = [letter for letter in text if letter.isalpha()]
    foreign = [letter for letter in letters if letter > "\x7f"]
    capitals = sum(map(str.isupper, foreign))
    small = sum(map(str.islower, foreign))
    return capitals + small > max(40, len(letters) // 2) and (capitals > small or not capitals)


def doubt(decoded: DecodedText, data: bytes, visible: str) -> str:
    """Return why the visible text of a page is not in the charset it was decoded from, or ""."""
    named = f"{decoded.named_by} names" if decoded.named_by else "the likeliest is"
    if decoded.named_by and _is_utf8_in_disguise(data, decoded.charset):
        why = "it seems to be UTF-8"
    else:
        why = implausibility(visible)
    return f"{named} {decoded.charset}, but {why}" if why else ""


def _is_utf8_in_disguise(data: bytes, charset: str) -> bool:
    if charset.startswith("utf-16"):
        return data.isascii() and b"\0" not in data
    return charset != "utf-8" and utf8_share(data) > 0.9


def implausibility(text: str) -> str:
    """Return why a text is not one that somebody wrote, or ""."""
    damaged = len(_DAMAGED.findall(text))
    if damaged * MAX_DAMAGED > len(text):
        return f"{damaged:,} of {len(text):,} characters are then not those of a text"
    for codec in ("cp1252", "cp1251"):
        hidden = text.encode(codec, "replace")
        if utf8_share(hidden) > MOJIBAKE and len(_UTF8.findall(hidden)) > 2:
            return "the text then looks like UTF-8 in a wrong charset"
    accented = _ACCENTED.findall(text)
    if len(accented) > 2 and sum(map(len, accented)) * 20 > len(text):
        return "the text then has words of accented letters only"
    return ""
