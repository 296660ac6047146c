"""Mask the elements of HTML in Markdown that are hidden, and raise or lower numbers."""

import re
from collections.abc import Sequence

from claimcli.quotes.texts.markdown_emphasis import HIDDEN
from claimcli.quotes.texts.markdown_inline import Tag
from claimcli.quotes.texts.marks import without_mark

_DELETED = frozenset(("del", "s", "strike"))
_UNSEEN = frozenset(("script", "style", "template", "title", "noscript"))
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"))
_HIDING = re.compile(
    r"(?:^|\s)hidden(?![\w-])|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden"
    r"|text-decoration[a-z-]{0,9}\s{0,9}:\s{0,9}line-through"
)
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
    written = "".join(char for char in out[span] if char != HIDDEN)
    first = max(0, opened.start - 60)
    before = "".join(char for char in out[first : opened.start] if char != HIDDEN)
    link = "](" in text[span] or "<a" in text[span].lower()
    linked = link or text[opened.start - 1 : opened.start] == "["
    raised = {"sup": "super", "sub": "sub"}[opened.name]
    after = "".join(out[closed.end : closed.end + 60])
    shown = without_mark(written, before=before, after=after, raised=raised, certain=linked)
    if shown is None:
        _hide(out, *span.indices(len(out))[:2])
    else:
        chars = iter(shown)
        out[span] = [HIDDEN if char == HIDDEN else next(chars, HIDDEN) for char in out[span]]
