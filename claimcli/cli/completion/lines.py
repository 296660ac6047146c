"""A line of bash up to the cursor, as words; and text put into it so that bash reads just it."""

import re

from msgspec import Struct


class Typed(Struct, frozen=True):
    """What stands on a line.

    ``words`` are those after the command's name and before the cursor's, ``word`` is the one at
    the cursor; all without their quotes. ``kept`` is as much of ``word`` as bash leaves alone:
    what is offered takes the place of the rest. ``quote`` is the quotation mark that is open.
    """

    words: tuple[str, ...]
    word: str
    kept: str
    quote: str


def typed_in(line: str, *, breaks: str) -> Typed:
    """Read a line; ``breaks`` are the characters at which bash parts words when it completes."""
    words: list[str] = []
    word, kept, quote, begun, at = "", "", "", False, 0
    while at < len(line):
        char = line[at]
        at += 1
        if char == "\\" and quote != "'" and at < len(line):
            following = line[at]
            at += 1
            word += following if not quote or following in '$`"\\' else f"\\{following}"
            begun = True
        elif quote:
            quote, word = ("", word) if char == quote else (quote, word + char)
        elif char in "'\"":
            quote, kept, begun = char, word, True
        elif char in " \t\n":
            if begun:
                words.append(word)
            word, kept, begun = "", "", False
        else:
            word, begun = word + char, True
            if char in breaks:
                kept = word
    return Typed(tuple(words[1:]), word, kept, quote)


def escaped(text: str, quote: str = "") -> str | None:
    """Return text as it must stand inside an open quotation mark, or outside of any.

    None where it cannot: then it is not offered.
    """
    if quote == "'":
        return None if "'" in text else text
    if quote:
        return None if "!" in text else re.sub(r'[$`"\\]', r"\\\g<0>", text)
    return re.sub(r"[^\w@%+=:,./-]", r"\\\g<0>", text)
