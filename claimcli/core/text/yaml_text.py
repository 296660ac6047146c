"""Which texts other YAML readers take for something else, and which characters must be escaped."""

import re
from functools import cache

_UNPRINTABLE = (
    "[^\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe"
    "\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that are escaped: controls, line breaks, and those that change text direction."""
_NOT_TEXT = r"""~|null|Null|NULL|=|<<
    |y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
    |[-+]?(?:0[bB][01_]+|0[xX][0-9a-fA-F_,]+|0[oO]?[0-7_,]+|[0-9][0-9_,]*)
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    |[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_,]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
     (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
        (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?"""


@cache
def unprintable() -> re.Pattern[str]:
    """Return the pattern of one such character, compiled once: that takes milliseconds."""
    return re.compile(_UNPRINTABLE)


@cache
def hazards() -> re.Pattern[str]:
    """Return the pattern of such a character except line feeds, or of a mark of direction."""
    return re.compile(f"(?!\n)(?:{_UNPRINTABLE}|[\u061c\u200e\u200f])")


@cache
def _not_text() -> re.Pattern[str]:
    return re.compile(_NOT_TEXT, re.VERBOSE)


def escape(match: re.Match[str]) -> str:
    """Return the escape of one character in double quotation marks (YAML 1.2, section 5.7)."""
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def is_always_text(text: str) -> bool:
    """Return whether every YAML reader reads a text without quotation marks as text.

    Others read some texts as truth values, numbers, dates or null (YAML 1.1, language-independent
    types; YAML 1.2.2, section 10.3.2). claimcli never does.
    """
    return bool(text) and not _not_text().fullmatch(text)
