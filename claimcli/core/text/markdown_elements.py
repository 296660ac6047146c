"""Mask the elements of HTML in Markdown that are hidden, and raise or lower numbers."""

import re
from collections.abc import Sequence

from claimcli.core.text.markdown_emphasis import HIDDEN
from claimcli.core.text.markdown_inline import Tag

_DELETED = frozenset(("del", "s", "strike"))
_UNSEEN = frozenset(("script", "style", "template", "title", "noscript"))
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"))
_HIDING = re.compile(
    r"(?:^|\s)hidden(?![\w-])|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden"
    r"|text-decoration[a-z-]{0,9}\s{0,9}:\s{0,9}line-through"
)
_SUPERSCRIPTS = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e"
    "\u1d43\u1d47\u1d9c\u1d48\u1d49\u1da0\u1d4d\u02b0\u2071\u02b2\u1d4f\u02e1\u1d50\u207f\u1d52"
    "\u1d56\u02b3\u02e2\u1d57\u1d58\u1d5b\u02b7\u02e3\u02b8\u1dbb",
)
_SUBSCRIPTS = str.maketrans(
    "0123456789+-",
    "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b",
)
_NOTED = re.compile(r"(?:[^\W\d_]{4}|[.,;:!?\"'\u2019\u201d)])\Z")
"""The end of a text after which a raised number is a footnote mark."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|e|o|a|os|as|\u00e8re|\u00e8me|me)", re.IGNORECASE)
MAX_RAISED = 60
"""Longest superscript or subscript, with its markup, in characters."""


def mask_elements(text: str, out: list[str], tags: Sequence[Tag]) -> None:
    """Mask hidden and deleted elements in ``out``, and write raised and lowered digits as such."""
    _raise(text, out, tags)
    opened: Tag | None = None
    depth = 0
    for tag in tags:
        if opened is None:
            opened, depth = (tag, 1) if _is_hidden(tag) else (None, 0)
        elif tag.name == opened.name:
            depth += -1 if tag.closing else 1
            if not depth:
                _hide(out, opened.end, tag.start)
                opened = None
    if opened:
        end = text.find("\n\n", opened.end)
        _hide(out, opened.end, end if end >= 0 and opened.name not in _UNSEEN else len(out))


def _is_hidden(tag: Tag) -> bool:
    if tag.closing or tag.name in _VOID:
        return False
    hides = tag.name in _DELETED or tag.name in _UNSEEN
    return hides or _HIDING.search(tag.attributes) is not None


def _hide(out: list[str], start: int, end: int) -> None:
    for at in range(start, end):
        if out[at] not in "\r\n":
            out[at] = HIDDEN


def _raise(text: str, out: list[str], tags: Sequence[Tag]) -> None:
    """Write the contents of ``<sup>`` and ``<sub>`` as superscripts and subscripts."""
    opened: Tag | None = None
    for tag in tags:
        if tag.name not in ("sup", "sub"):
            continue
        if opened and tag.closing and tag.name == opened.name:
            if tag.start - opened.end <= MAX_RAISED:
                _shift(text, out, opened, tag)
            opened = None
        else:
            opened = None if tag.closing else tag


def _shift(text: str, out: list[str], opened: Tag, closed: Tag) -> None:
    """Raise or lower an element's characters; mask them if they are a footnote mark."""
    span = slice(opened.end, closed.start)
    written = "".join(char for char in out[span] if char != HIDDEN).strip()
    before = "".join(
        char for char in out[max(0, opened.start - 40) : opened.start] if char != HIDDEN
    )
    linked = (
        "](" in text[span]
        or "<a" in text[span].lower()
        or text[opened.start - 1 : opened.start] == "["
    )
    noted = linked or _NOTED.search(before) is not None
    if opened.name == "sup" and noted and re.fullmatch(r"[\[(]?(?:[\d,\s]+|[a-z*])[\])]?", written):
        _hide(out, opened.end, closed.start)
    elif not (opened.name == "sup" and _ORDINAL.fullmatch(written)):
        table = _SUPERSCRIPTS if opened.name == "sup" else _SUBSCRIPTS
        out[span] = [char.translate(table) for char in out[span]]
