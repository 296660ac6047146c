"""Ordinary characters for their presentation forms, radicals, and raised digits and letters."""

import re
import unicodedata

FORMS = (
    r"[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdfb\ufe70-\ufefc]"  # ligatures, Hebrew, Arabic
    r"|[\u2e81-\u2ef3\u2f00-\u2fd5]"  # radicals, which PDFs have for ideographs
    r"|[\uff66-\uff9d][\uff9e\uff9f]?|[\uff01-\uff65\uff9e\uff9f]|\u301c"  # full and half width
    r"|[\u0e48-\u0e4b]{0,2}\u0e4d[\u0e48-\u0e4b]{0,2}\u0e32|\u0e33[\u0e48-\u0e4b]{1,2}"  # Thai am
    r"|[\u0ec8-\u0ecb]{0,2}\u0ecd[\u0ec8-\u0ecb]{0,2}\u0eb2|\u0eb3[\u0ec8-\u0ecb]{1,2}"  # Lao am
)
"""A pattern of characters, or groups of them, that are forms of ordinary characters."""
_DIGITS = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u207a\u2080-\u2089\u208a\u208b"
_LETTERS = (
    "\u00aa\u00ba\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u1d9b-\u1dbf\u2071\u207f\u2090-\u209c"
)
RAISED = _DIGITS + _LETTERS
"""Superscript and subscript digits, signs and letters, as a character class."""
_RAISED_DIGIT = re.compile(f"[{_DIGITS}]")
_ORDINALS = "\u00aa\u00ba\u1d43\u1d49\u1d52"
"""Raised letters that alone mark an ordinal number, as in Spanish; n alone is an exponent."""
_RADICALS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""The ideographs of U+2E81 to U+2EF3 (Unicode, EquivalentUnifiedIdeograph.txt)."""
_FORMS = dict(zip(range(0x2E81, 0x2EF4), _RADICALS, strict=True)) | {0x301C: "~"}
_AM = re.compile("[\u0e33\u0eb3]|\u0e4d|\u0ecd")


def ordinary_form(written: str) -> str:
    """Return the ordinary characters for a match of :data:`FORMS`.

    Thai and Lao am is one character after the tone marks of its syllable.
    """
    if written[0] in "\u0e33\u0eb3":
        return written[1:] + written[0]
    if "\u0e4d" in written or "\u0ecd" in written:
        am = "\u0e33" if "\u0e4d" in written else "\u0eb3"
        return "".join(char for char in written[:-1] if char not in "\u0e4d\u0ecd") + am
    return unicodedata.normalize("NFKC", written.translate(_FORMS))


def raised_form(found: re.Match[str]) -> str:
    """Return ordinary characters for raised ones if this cannot make another number of them.

    Digits become ordinary after a letter, as in CO2 and km2, but not next to other digits, where
    they are an exponent or a footnote; letters do after a letter or, as in 2nd, after a number.
    """
    written, text = found[0], found.string
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    after = text[found.end() : found.end() + 1]
    plain = unicodedata.normalize("NFKC", written).replace("\u2212", "-")
    if _RAISED_DIGIT.search(written):
        return plain if _is_letter(before) and not after.isdigit() else written
    ordinal = before.isdecimal() and (len(written) > 1 or written in _ORDINALS)
    return plain if ordinal or _is_letter(before) else written


def _is_letter(char: str) -> bool:
    """Return whether a character is an ordinary letter, or a mark on one."""
    return unicodedata.category(char or " ")[0] in "LM" and re.match(f"[{RAISED}]", char) is None
