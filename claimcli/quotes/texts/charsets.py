"""Charsets by the labels that browsers know, decoded as browsers do (WHATWG Encoding Standard)."""

import codecs
import re
from functools import cache

REPLACEMENT = "\ufffd"
REFUSED = ("replacement", "x-user-defined")
"""Charsets that browsers know but show no text of, or only private characters."""
_TABLE = """
utf-8 utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8
ibm866 cp866 866 cp866 csibm866
iso-8859-2 iso8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
iso-8859-3 iso8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
iso-8859-4 iso8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
iso-8859-5 iso8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5
iso-8859-5 iso8859-5 iso_8859-5:1988
iso-8859-6 iso8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e
iso-8859-6 iso8859-6 iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
iso-8859-7 iso8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597
iso-8859-7 iso8859-7 iso_8859-7 iso_8859-7:1987 sun_eu_greek
iso-8859-8 iso8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598
iso-8859-8 iso8859-8 iso_8859-8 iso_8859-8:1988 visual
iso-8859-8-i iso8859-8 csiso88598i logical
iso-8859-10 iso8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6
iso-8859-13 iso8859-13 iso8859-13 iso885913
iso-8859-14 iso8859-14 iso8859-14 iso885914
iso-8859-15 iso8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9
iso-8859-16 iso8859-16
koi8-r koi8-r cskoi8r koi koi8 koi8_r
koi8-u koi8-u koi8-ru
macintosh mac-roman csmacintosh mac x-mac-roman
windows-874 cp874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620
windows-1250 cp1250 cp1250 x-cp1250
windows-1251 cp1251 cp1251 x-cp1251
windows-1252 cp1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100
windows-1252 cp1252 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252
windows-1253 cp1253 cp1253 x-cp1253
windows-1254 cp1254 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9
windows-1254 cp1254 iso_8859-9:1989 l5 latin5 x-cp1254
windows-1255 cp1255 cp1255 x-cp1255
windows-1256 cp1256 cp1256 x-cp1256
windows-1257 cp1257 cp1257 x-cp1257
windows-1258 cp1258 cp1258 x-cp1258
x-mac-cyrillic mac-cyrillic x-mac-ukrainian
gbk gb18030 chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk
gb18030 gb18030
big5 big5hkscs big5-hkscs cn-big5 csbig5 x-x-big5
euc-jp euc_jp cseucpkdfmtjapanese x-euc-jp
iso-2022-jp iso2022_jp csiso2022jp
shift_jis cp932 csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis
euc-kr cp949 cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601
euc-kr cp949 windows-949
replacement - csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr
utf-16be utf-16-be unicodefffe
utf-16le utf-16-le utf-16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff
x-user-defined -
"""
"""Rows of a charset's name, Python's codec for it, and other labels (section 4.2)."""
_ROWS = [row.split() for row in _TABLE.strip().splitlines()]
LABELS = {label: row[0] for row in _ROWS for label in (row[0], *row[2:])}
"""The name of the charset by each label, in lower case."""
CODECS = {row[0]: row[1] for row in _ROWS}
"""Python's codec by the name of a charset; "-" for those without text."""
_MULTIBYTE = re.compile("utf|gb|big5|euc|iso-2022|shift")
_CORRECTIONS = {
    "koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"},
    "windows-1255": {0xCA: "\u05ba"},
}
"""Bytes of which Python's codec makes other characters than the standard."""
_TRANSLATED = {
    "euc_jp": ("\u301c\u2016\u2212\xa2\xa3\xac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2"),
    "cp932": ("\uf8f0\uf8f1\uf8f2\uf8f3", REPLACEMENT * 4),
    "gb18030": (
        "\ue5e5\ue7c7\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796"
        "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "\u3000\u1e3f\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19"
        "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
    ),
}
"""Characters of Python's codec by codec, with those of the standard."""
_MAX_CORRECTED = 1000
"""Characters unknown to Python's codec that are looked up in any text; more in a long one."""


def find_charset(label: str) -> str | None:
    """Return the name of the charset with a label, None if browsers do not know it."""
    return LABELS.get(label.strip("\t\n\f\r ").lower())


def decode_as(data: bytes, charset: str) -> str:
    """Return bytes in a charset as text; U+FFFD replaces what cannot be decoded.

    Raises LookupError for the charsets in REFUSED.
    """
    codec = CODECS[charset]
    if not _MULTIBYTE.match(charset):
        return codecs.charmap_decode(data, "replace", _characters(charset))[0]
    if charset == "iso-2022-jp":
        text = decode_as(_as_euc_jp(data), "euc-jp")
        return text.replace("\x0e", "\xa5").replace("\x0f", "\u203e")
    text = data.decode(codec, "replace")
    if 0 < text.count(REPLACEMENT) <= max(_MAX_CORRECTED, len(text) // 20):
        text = data.decode(codec, _CORRECTED)
    for old, new in zip(*_TRANSLATED.get(codec, ("", "")), strict=True):
        text = text.replace(old, new)
    return text


@cache
def _characters(charset: str) -> str:
    """Return the 256 characters of a charset of single bytes; C1 controls fill gaps below A0."""
    codec, corrections = CODECS[charset], _CORRECTIONS.get(charset, {})
    shown = [bytes([byte]).decode(codec, "replace") for byte in range(256)]
    for byte, character in enumerate(shown):
        if byte in corrections:
            shown[byte] = corrections[byte]
        elif character == REPLACEMENT and byte < 0xA0:
            shown[byte] = chr(byte)
    return "".join(shown)


def _corrected(error: UnicodeError) -> tuple[str, int]:
    """Return the character that browsers show where Python's codec fails, as an error handler."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start, pair = error.start, error.object[error.start : error.start + 2]
    if error.encoding == "gb18030" and pair[:1] == b"\x80":
        return "\u20ac", start + 1
    if error.encoding == "euc_jp" and len(pair) == 2 and 0xA0 < min(pair) <= max(pair) < 0xFF:
        character = _shift_jis(pair).decode("cp932", "replace")
        if character != REPLACEMENT and len(character) == 1:
            return character, start + 2
    return REPLACEMENT, error.end


_CORRECTED = "claimcli-corrected"
codecs.register_error(_CORRECTED, _corrected)


def _shift_jis(pair: bytes) -> bytes:
    """Return a character of EUC-JP, which can be one of NEC or IBM, in Shift_JIS."""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    first = row // 2 + (0x81 if row < 62 else 0xC1)
    second = cell + 0x9F if row % 2 else cell + 0x40 + (cell > 62)
    return bytes([first, second])


_ESCAPE = re.compile(rb"\x1b(\([BJI]|\$[@B])")
_ASCII = bytes(0xFF if byte in b"\x0e\x0f\x1b" else byte for byte in range(128)) + b"\xff" * 128
_ROMAN = _ASCII.translate(bytes.maketrans(b"\\~", b"\x0e\x0f"))
_HIGH = bytes(byte | 0x80 if byte > 0x20 else byte for byte in range(128)) + b"\xff" * 128
_TABLES = {b"(B": _ASCII, b"(J": _ROMAN}


def _as_euc_jp(data: bytes) -> bytes:
    """Return ISO-2022-JP as EUC-JP, with 0E and 0F for the yen sign and overline of JIS-Roman."""
    first, *rest = _ESCAPE.split(data)
    parts = [first.translate(_ASCII)]
    for escape, part in zip(rest[::2], rest[1::2], strict=True):
        changed = part.translate(_TABLES.get(escape, _HIGH))
        parts.append(re.sub(rb"([\xa1-\xfe])", b"\x8e\\1", changed) if escape == b"(I" else changed)
    return b"".join(parts)
