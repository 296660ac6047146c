"""Parsing and quoting of bash command lines."""

import re

from msgspec import Struct


class CommandLine(Struct, frozen=True):
    """A line up to the cursor.

    ``words`` are between the command's name and the word at the cursor, ``word`` is that word; all
    without quoting. ``kept`` is the start of ``word`` that bash keeps: completions replace the
    rest. ``quote`` is the quotation mark that is open.
    """

    words: tuple[str, ...]
    word: str
    kept: str
    quote: str


def parse_line(line: str, *, breaks: str) -> CommandLine:
    """Parse a line; ``breaks`` are the characters at which bash splits words for completion."""
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
    return CommandLine(tuple(words[1:]), word, kept, quote)


def escaped(text: str, quote: str = "") -> str | None:
    """Return text escaped for use inside an open quotation mark, or outside of any.

    Return None if that is impossible.
    """
    if quote == "'":
        return None if "'" in text else text
    if quote:
        return None if "!" in text else re.sub(r'[$`"\\]', r"\\\g<0>", text)
    return re.sub(r"[^\w@%+=:,./-]", r"\\\g<0>", text)
