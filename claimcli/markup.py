"""What only marks up a Markdown text, written as characters that nobody sees, one for one."""

import re

UNSEEN = "\u200b"
_MARKUP = re.compile(
    r"""
    ^(?P<line>[ ]{0,3}(?:\#{1,6}[ ]+|>[ ]?|[-*+][ ]+))              # heading, quotation, list
    | \\(?=[!-/:-@\[-`{-~])                                         # escape
    | !?\[(?=[^\[\]\n]*\]\([^()\s]*(?:\ "[^"\n]*")?\))              # a link begins
    | (?P<link>(?<=[^\s(\[])\]\([^()\s]*(?:\ "[^"\n]*")?\))         # and ends
    | (?<![\w*])[*_]{1,3}(?=\w|["'(\u2018\u201c]) | (?<=\S)[*_]{1,3}(?!\w) | ~~ | `+
    """,
    re.VERBOSE | re.MULTILINE,
)


def unmarked(text: str) -> str:
    """Return a Markdown text (CommonMark 0.31) of the same length without emphasis and links."""
    return _MARKUP.sub(lambda found: UNSEEN * len(found[0]), text)
