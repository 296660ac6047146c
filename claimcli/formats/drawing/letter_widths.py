"""Widths of letters in ems, for pictures whose font is not known in advance.

They are the larger ones of DejaVu Sans and Liberation Sans, and for other scripts of Noto Sans.
"""

import re
import unicodedata
from functools import lru_cache

_OF_WIDTH = {
    0.3: "'Iijl", 0.35: " ,./:;\\|", 0.4: "()-[]ft", 0.45: "!r", 0.5: '"*J`', 0.55: "csz",
    0.6: "?L_kvxy", 0.65: "$0123456789FTabdeghnopqu{}", 0.7: "ABEKPSVXYZ", 0.75: "CNRU",
    0.8: "&DGHOQ", 0.85: "#+<=>^w~", 0.9: "M", 0.95: "жмшыюѣ", 1.0: "%Wm…—", 1.05: "@щњљѩ",
    1.1: "आऑऒओऔআ", 1.35: "‰", 1.75: "‱", 2.0: "⸺", 3.0: "⸻", 12.0: "﷽𒐫𒈙",
}  # fmt: skip
_ARABIC = {
    0.3: "\u0627\u0622\u0623\u0625\u0671\u0640", 0.5: "\u0621",
    0.55: "\u0631\u0632\u0691\u0698\u0648\u0624\u0629\u062f\u0630\u0688\u06c1\u061f",
    0.6: "\u0639\u063a", 0.7: "\u062c\u062d\u062e\u0686\u0645\u0647\u06be",
    0.8: "\u0644\u0646\u06ba", 0.85: "\u064a\u0649\u0626\u06cc\u0642", 0.9: "\u0643\u06a9\u06af",
    0.95: "\u0637\u0638\u06d2", 1.0: "\u0628\u062a\u062b\u067e\u0679", 1.05: "\u0641",
    1.3: "\u0633\u0634\u0635\u0636",
}  # fmt: skip
"""Arabic letters that are not connected to the next one."""
_CONNECTED = {
    0.35: "\u0628\u062a\u062b\u067e\u0679\u0646\u06ba\u064a\u0649\u0626\u06cc\u0644",
    0.45: "\u06c1", 0.6: "\u0641\u0642\u0643\u06a9\u06af\u0647\u06be\u0645\u0639\u063a",
    0.7: "\u062c\u062d\u062e\u0686", 0.85: "\u0637\u0638", 0.9: "\u0633\u0634\u0635\u0636",
}  # fmt: skip
"""Arabic letters that are connected to the next one."""


def _by_letter(widths: dict[float, str]) -> dict[str, float]:
    return {letter: width for width, letters in widths.items() for letter in letters}


_KNOWN = _by_letter(_OF_WIDTH) | _by_letter(_ARABIC)
_NARROWER = {letter: _KNOWN[letter] - width for letter, width in _by_letter(_CONNECTED).items()}
_OF_CATEGORY = {"Lu": 1.1, "Ll": 0.75, "Lo": 1.1, "Lm": 0.8, "Mc": 0.7, "Nd": 0.75, "Pd": 0.6}
_OF_SCRIPT = (
    (0x590, 0x5FF, 0.75, 0.0), (0x900, 0x97F, 0.75, 0.3), (0x980, 0x9FF, 0.8, 0.5),
    (0xA00, 0xAFF, 0.85, 0.4), (0xC00, 0xCFF, 1.0, 0.5), (0xE00, 0xEFF, 0.7, 0.0),
    (0x1000, 0x109F, 1.1, 0.5), (0x1200, 0x139F, 0.9, 0.0), (0x1780, 0x17FF, 0.85, 0.4),
)  # fmt: skip
"""First and last code point of a script, and the widths of its letters and of its spacing marks:
Hebrew, Devanagari, Bengali, Gurmukhi and Gujarati, Telugu and Kannada, Thai and Lao, Myanmar,
Ethiopic, Khmer."""
_CONNECTION = re.compile(
    rf"[{''.join(_NARROWER)}](?=[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]{{0,4}}"
    r"[\u0620\u0622-\u064a\u066e-\u06d3\u06fa-\u06ff\u200d])"
)
"""An Arabic letter, with marks, before a letter that it is connected to."""
_ATTACHED = re.compile(
    "\u200d([\u2600-\u27ff\U0001f300-\U0001faff])|([\U0001f3fb-\U0001f3ff])"
    "|[\U0001f1e6-\U0001f1ff]([\U0001f1e6-\U0001f1ff])"
)
"""The parts of an emoji sequence after the first: joined ones, skin colours, the end of a flag."""


def width_in_ems(text: str) -> float:
    """Return the maximum width of a line of text, in the unit of the font size."""
    wide = sum(map(_letter, text))
    if not text.isascii():
        wide -= sum(_NARROWER[letter] for letter in _CONNECTION.findall(text))
        wide -= sum(_letter("".join(parts)) for parts in _ATTACHED.findall(text))
    return wide


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    """Return the width of a code point; 0 for combining marks."""
    if letter in _KNOWN:
        return _KNOWN[letter]
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.4 if category == "So" else 1.05
    plain = unicodedata.normalize("NFKD", letter)
    if plain != letter and plain[0] in _KNOWN:
        return sum(map(_letter, plain))
    for first, last, wide, mark in _OF_SCRIPT:
        if first <= ord(letter) <= last:
            return mark if category == "Mc" else wide
    return _OF_CATEGORY.get(category, 1.45 if category == "So" else 1.1)
