"""Clauses, sentences and passages around a part of a text, by punctuation of any language."""

import re
from collections.abc import Iterator
from itertools import chain

from claimcli.quotes.searchable import TextSpan

_CLOSERS = "[\"'\u2019\u201d\u00bb\u203a)\\]]*"
_ENDED = rf"(?={_CLOSERS}(?:\s|$))"
STOP = (
    r"[.!?\u061f\u06d4\u0964\u0965\u3002\uff01\uff1f](?:"
    r"(?<=\.)(?:(?<![^\W\d_]\.)|(?<=[^\W\d_]{2}\.)|(?<=['\u2019]\w\.))"
    r"(?<!\b[MDS][rst]\.)(?<!\bMrs\.)(?<!\bSen\.)(?<!\bGov\.)(?<!\bGen\.)(?<!\bRep\.)\.*"
    rf"(?={_CLOSERS}(?:\s+[^\sa-z]|\s*$))"
    rf"|(?<=[!?\u061f\u06d4\u0964\u0965])[!?\u061f\u06d4\u0964\u0965]*{_ENDED}"
    r"|(?<=[\u3002\uff01\uff1f]))"
)
"""The end of a sentence, but not of "Dr." or initials; it begins with a set of characters, since
Python's regular expressions search for that quickly."""
_SENTENCE_END = re.compile(rf"{STOP}{_CLOSERS}|\n\s*\n")
_CLAUSE_END = re.compile(
    rf"{STOP}|[;:\u061b](?!\d)|[\uff1b\uff1a]|\s[-\u2013]+\s|\u2014|--|\u2026|\.\s?\.\s?\.|\n\s*\n"
)
DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)|(?<!\w)\.(?=\d)")
_CELL_END = re.compile(r"[^\s] ?\t ?(?=[^\s])")
_NUMBER_END = re.compile(r"\d[ \t]*\n[ \t]?\n[ \t]*\d")
_DASH_LINES = re.compile(
    r"^[ \t]*[-\u2013\u2014\u2022][^\n]*\n[ \t]*[-\u2013\u2014\u2022] ?\w", re.MULTILINE
)
_MARKED_HEADING = re.compile(r"^ ?#{1,6} [^\n]*\n\s*[^\s#]", re.MULTILINE)
_HEADING_END = re.compile(r"[^\W_]\n[ \t]?\n[\"\u201c\u201e\u00ab(\[]?([^\W\d_])")
_PARAGRAPH_END = re.compile(r"\n\s*\n|\t")
_ITEM = re.compile(r"\s*(?:[-*\u2022\u2013>#\u200b]+|\(?\d{1,3}[.)])\s+")
"""The mark of an item of a list, of a heading or of a quotation, at the start of a line."""
_NEW_LINE = re.compile(rf"(?:{_ITEM.pattern})?[\"'\u201c\u2018\u201e\u00ab(\[]*[A-Z\d]")
_LINE = re.compile(r"[^\n]+")
_WORD_START = re.compile(r"[^\W_]")
MAX_CLAUSE = 120
"""Longest context on either side of a quote that is searched for its clause, in characters."""
MAX_PASSAGE = 240
"""Longest passage on either side of a quote, in characters."""


def clause_before(text: str, start: int) -> TextSpan:
    """Return the span before a position that belongs to the same clause."""
    return _last_end(_CLAUSE_END, text, (max(0, start - MAX_CLAUSE), start)), start


def clause_after(text: str, start: int, end: int) -> TextSpan:
    """Return the rest of the clause after a part of a text; empty if the part ends its clause."""
    last = min(len(text), end + MAX_CLAUSE)
    if found := _CLAUSE_END.search(text, max(start, end - 3), last):
        return (end, max(end, found.start())) if found.end() > end else (end, end)
    return end, last


def _last_end(pattern: re.Pattern[str], text: str, span: TextSpan) -> int:
    """Return where the last match in a span ends, else its start; a decimal point is no match."""
    first, end = span
    for found in pattern.finditer(text, *span):
        if found.end() < end or not DECIMAL_POINT.match(text, end - 1):
            first = found.end()
    return first


def ends_sentence(text: str, span: TextSpan) -> bool:
    """Return whether a sentence ends within a span."""
    start, end = span
    found = _SENTENCE_END.search(text, max(0, start - 2), min(len(text), end + 2))
    return found is not None and start <= found.start() < end


def ended_block(text: str, span: TextSpan) -> str:
    """Return what seems to end within a span, although no sentence ends there, or "".

    A tab separates the cells of a table. A paragraph without a full stop is like a heading if the
    next one begins with a capital letter. A number does not go on in the next paragraph. Lines that
    begin with dashes are items, or are said by different speakers.
    """
    if text.find("\n", *span) < 0 and text.find("\t", *span) < 0:
        return ""
    if _CELL_END.search(text, *span):
        return "cell of a table"
    if _NUMBER_END.search(text, *span):
        return "paragraph between numbers"
    start = max(text.rfind("\n", 0, span[0]) + 1, span[0] - MAX_CLAUSE)
    if any(
        span[0] < found.end() <= span[1] for found in _DASH_LINES.finditer(text, start, span[1])
    ):
        return "line after a dash"
    if _MARKED_HEADING.match(text, start, span[1]):
        return "heading"
    headings = (found[1] for found in _HEADING_END.finditer(text, *span))
    return "heading" if any(letter.isupper() for letter in headings) else ""


def passage(text: str, span: TextSpan) -> TextSpan:
    """Return the sentence or sentences that contain a span, up to MAX_PASSAGE characters more."""
    start, end = span
    least, most = max(0, start - MAX_PASSAGE), min(len(text), end + MAX_PASSAGE)
    first = _last_end(_SENTENCE_END, text, (least, start))
    if first == least > 0:
        space = text.find(" ", least, start)
        first = space if space >= 0 else start
    while first < start and text[first].isspace():
        first += 1
    if stop := _SENTENCE_END.search(text, max(start, end - 2), most):
        return first, max(end, len(text[: stop.end()].rstrip()))
    last = most if most == len(text) else text.rfind(" ", end, most)
    return first, len(text[end:last].rstrip()) + end if last > end else end


def sentences(text: str) -> Iterator[TextSpan]:
    """Yield the span of each sentence, also of items, headings and cells, which have no full stop.

    The lines of a paragraph are separate if each begins like a sentence.
    """
    start = 0
    for end in chain((one.start() for one in _PARAGRAPH_END.finditer(text)), (len(text),)):
        for first, last in _lines(text, (start, end)):
            begin = first
            for stop in _SENTENCE_END.finditer(text, first, last):
                yield from _trimmed(text, (begin, stop.end()))
                begin = stop.end()
            yield from _trimmed(text, (begin, last))
        start = end


def _lines(text: str, span: TextSpan) -> Iterator[TextSpan]:
    """Yield the lines of a paragraph if they are items or sentences, else the paragraph."""
    first, end = span
    separate = all(_NEW_LINE.match(line[0].lstrip()) for line in _LINE.finditer(text, *span))
    for line in _LINE.finditer(text, *span):
        if line.start() > first and (separate or _ITEM.match(line[0])):
            yield first, line.start()
            first = line.start()
    yield first, end


def _trimmed(text: str, span: TextSpan) -> Iterator[TextSpan]:
    """Yield a span without spaces and marks of items around it, if it has a letter or digit."""
    start, end = span
    if item := _ITEM.match(text, start, end):
        start = item.end()
    if word := _WORD_START.search(text, start, end):
        start = max(
            start,
            text.rfind(" ", start, word.start()) + 1,
            text.rfind("\n", start, word.start()) + 1,
        )
        yield start, len(text[start:end].rstrip()) + start
