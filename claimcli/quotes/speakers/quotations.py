"""Quotations: pairs of marks of many languages, nested, over lines and paragraphs."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from claimcli.quotes.normalize import INVISIBLE
from claimcli.quotes.searchable import TextSpan

MAX_QUOTED = 2_000
"""Longest text before and after the words that is searched for quotation marks."""
MAX_DEPTH = 6
"""Quotations within each other that are recognized."""
_CLOSERS = {
    "\u201e": "\u201c\u201d", "\u201c": "\u201d", "\u201d": "\u201d", "\u2018": "\u2019",
    "\u201a": "\u2018\u2019", "\u00ab": "\u00bb", "\u00bb": "\u00ab\u00bb", "\u2039": "\u203a",
    "\u203a": "\u2039", "\u300c": "\u300d", "\u300e": "\u300f", '"': '"', "'": "'",
    "\u2019": "\u2019",
}  # fmt: skip
"""Opening quotation marks, and the marks that close them."""
MARKS = "".join(dict.fromkeys("".join(_CLOSERS) + "".join(_CLOSERS.values())))
_SINGLE = "'\u2018\u201a"
_OPENING_SINGLE = re.compile(r"(?<!\w)['\u2018\u201a](?!\s)")
_DOUBLE = '"\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f'
_STYLES = ('""', "\u201c\u201d", "\u201e\u201c", "\u00ab\u00bb")
"""Marks that open and close quotations in the commonest styles."""
_MARK = re.compile(rf"[{MARKS}]|\n[ \t\r{INVISIBLE}]{{0,20}}\n\s{{0,20}}")
_APOSTROPHES = "'\u2018\u2019"
_STRAIGHT = "\"'"
_CUE = re.compile(r"(?:\d{1,6}\r?\n)?(?:\d{1,2}:)?\d\d:\d\d[.,]\d{3} -->[^\n]{0,80}\n")


class Quotation(Struct, frozen=True):
    """The span from an opening to a closing mark, both included; ``depth`` 0 is the outermost."""

    start: int
    end: int
    depth: int = 0


def quotations_near(text: str, span: TextSpan) -> list[Quotation]:
    """Return the quotations near a span, in order of their starts; [] if it is in none."""
    first, last = max(0, span[0] - MAX_QUOTED), min(len(text), span[1] + MAX_QUOTED)
    if _is_outside(text, (first, span[0]), (span[1], last)):
        return []
    return sorted(_quotations(text, first, last), key=lambda one: (one.start, -one.end))


def outer_quotations(text: str) -> list[Quotation]:
    """Return all quotations that are not within another, in order; marks included."""
    return sorted(
        (one for one in _quotations(text, 0, len(text)) if one.depth == 0),
        key=lambda one: one.start,
    )


def _is_outside(text: str, before: TextSpan, after: TextSpan) -> bool:
    """Return whether words are evidently in no quotation, which is decided quickly.

    No mark is before or after them, or the nearest one closes and the next one opens.
    """
    single, double = _marks_in(text)
    if single and _OPENING_SINGLE.search(text, *before):
        return False
    nearest = max((text.rfind(mark, *before) for mark in double), default=-1)
    if nearest < 0:
        return True
    following = [at for mark in double if (at := text.find(mark, *after)) >= 0]
    opening = min(following, default=-1)
    if opening < 0:
        return True
    if text[opening] + text[nearest] not in _STYLES:
        return False
    return not (_can_open(text, nearest) or _can_close(text, opening))


@lru_cache(maxsize=1)
def _marks_in(text: str) -> tuple[list[str], list[str]]:
    """Return the single and the double quotation marks that occur in a text."""
    single = [mark for mark in _SINGLE if mark in text]
    return single, [mark for mark in _DOUBLE if mark in text]


def _quotations(text: str, first: int, last: int) -> Iterator[Quotation]:
    """Yield the quotations of a part of a text, by a stack of open marks."""
    stack: list[TextSpan] = []  # position of the mark, and of the end at a doubtful apostrophe
    repeated = -1
    for found in _MARK.finditer(text, first, last):
        at = found.start()
        if text[at] == "\n":
            paragraph = _after_cue(text, found.end())
            if paragraph == found.end() and not (stack and _goes_on(text, stack[0][0], paragraph)):
                yield from _doubtful(stack)
                stack.clear()
            repeated = paragraph
        elif not (stack and at == repeated and text[at] == text[stack[0][0]]):
            yield from _read_mark(text, stack, at)
    yield from _doubtful(stack)


def _after_cue(text: str, at: int) -> int:
    """Return the position after the number and times of a subtitle, if it begins at a position."""
    cue = _CUE.match(text, at)
    return cue.end() if cue else at


def _read_mark(text: str, stack: list[TextSpan], at: int) -> Iterator[Quotation]:
    """Close a quotation, and yield it; or open one."""
    depth = _closed(text, stack, at)
    if depth is None:
        if len(stack) < MAX_DEPTH and _can_open(text, at):
            stack.append((at, -1))
    elif text[at] in _APOSTROPHES and _is_doubtful(text, at):
        stack[depth] = stack[depth][0], at + 1
    else:
        yield from _doubtful(stack, depth + 1)
        yield Quotation(stack[depth][0], at + 1, depth)
        del stack[depth:]


def _doubtful(stack: list[TextSpan], first: int = 0) -> Iterator[Quotation]:
    """Yield the quotations that end at an apostrophe because no other mark closes them."""
    for depth, (start, end) in enumerate(stack[first:], first):
        if end > 0:
            yield Quotation(start, end, depth)


def _goes_on(text: str, opening: int, paragraph: int) -> bool:
    """Return whether a paragraph begins with the mark of a quotation that is still open."""
    mark = text[opening]
    following = text[paragraph : paragraph + 1]
    return mark not in _APOSTROPHES and following != "" and following in mark + _CLOSERS[mark]


def _closed(text: str, stack: list[TextSpan], at: int) -> int | None:
    """Return the depth of the quotation that a mark closes, if any."""
    mark = text[at]
    if not _can_close(text, at):
        return None
    depths = (n for n in reversed(range(len(stack))) if mark in _CLOSERS[text[stack[n][0]]])
    return next((n for n in depths if stack[n][0] < at - 1), None)


def _can_open(text: str, at: int) -> bool:
    """Return whether a mark can open a quotation, by the characters around it."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "\u300c\u300e\u201e" or (mark in "\u00ab\u2039" and after.isspace()):
        return True
    if mark not in _CLOSERS or not after or after.isspace():
        return False
    if mark in "\u201d\u00bb\u203a" + _APOSTROPHES:  # which rather close a quotation
        begins = not before or before.isspace() or before in "([\u2014\u2013-" + MARKS
        return begins and (after.isalpha() if mark in _APOSTROPHES else after not in ",.;:!?)")
    return not before.isalnum() or _is_unspaced(before)


def _can_close(text: str, at: int) -> bool:
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "\u300d\u300f":
        return True
    if before.isspace() and mark not in "\u00bb\u203a\u00ab":
        return False
    if mark in _STRAIGHT and before in "([":
        return False
    return not after.isalnum() or _is_unspaced(after)


def _is_doubtful(text: str, at: int) -> bool:
    """Return whether an apostrophe after a letter can belong to a plural: "the workers' hall"."""
    return (
        text[at - 1].isalnum() and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].isalnum()
    )


def _is_unspaced(character: str) -> bool:
    """Return whether a character is of a script that needs no spaces around quotation marks."""
    return "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
