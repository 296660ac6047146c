"""Markdown texts with their markup replaced by invisible characters, one for one."""

import re
from html import unescape

HIDDEN = "\u200b"
_URL = r"""\([^()\s]*(?:[ ]"[^"\n]*")?\)"""
_WHOLE = re.compile(
    rf"""
    <!--.{{0,10000}}?--> | ~~(?=\S)[^~\n]*?~~              # comments and deletions
    | !\[[^\[\]\n]*\](?:{_URL}|\[[^\[\]\n]*\])   # pictures with their texts
    | \[\^[^\[\]\s]+\]:? | ^[ ]{{0,3}}\[[^\[\]\n]+\]:[ ][^\n]*$   # footnotes, addresses of links
    | (?<=\])(?:{_URL}|\[[^\[\]\n]*\])           # targets of links
    | </?[A-Za-z][^<>\n]*>                       # tags
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_MARKS = re.compile(
    r"""
    ^[ ]{0,3}(?:\#{1,6}[ ]+|>[ ]?|[-*+][ ]+)     # heading, quotation, list
    | \\(?=[!-/:-@\[-`{-~])                      # escape
    | \[(?=[^\[\]\n]*\]\u200b) | (?<=\w)\](?=\u200b) | (?<=[.,;:!?'"\u2019\u201d*_)])\](?=\u200b)
    | (?<![\w*\\])[*_]{1,3}(?=[^\s*_]) | (?<=[^\s*_\\])[*_]{1,3}(?![\w*]) | (?<=\w)\*{1,3}(?=\w)
    | (?<![\w`])`+(?=\S) | (?<=\S)`+(?![\w`])
    """,
    re.VERBOSE | re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PAIRED = re.compile(r"(?<=\d)\*(?=\d)")


def mask_markdown(text: str) -> str:
    """Return a Markdown text (CommonMark 0.31) of the same length with its markup masked.

    Comments, texts of pictures, deletions and targets of links are masked as well.
    """
    plain = _WHOLE.sub(_hidden, text)
    kept = {match.start() for match in _PAIRED.finditer(plain)}
    plain = _MARKS.sub(lambda f: f[0] if f.start() in kept else _hidden(f), plain)
    return _ENTITY.sub(_character, plain)


def _hidden(match: re.Match[str]) -> str:
    """Return as many invisible characters, with the same line breaks."""
    return re.sub(r"[^\n]", HIDDEN, match[0])


def _character(match: re.Match[str]) -> str:
    """Return the character of an entity, followed by invisible ones."""
    char = unescape(match[0])
    return char + HIDDEN * (len(match[0]) - 1) if len(char) == 1 else match[0]
