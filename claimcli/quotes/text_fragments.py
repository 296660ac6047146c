"""The address of words in a page, after the WICG's URL Fragment Text Directives.

A browser finds a term of a directive only within one block and one line, as whole words (UAX 29),
without regard to letter case, accents, soft hyphens and the style of quotation marks. A range may
cross blocks. A prefix directly before the words, or a suffix directly after them, makes them
unique; next to it, the words need not be whole.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote as percent_encoded

from claimcli.quotes.page_text import PageText, fold, is_boundary, is_letter
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.word_boundary import inside_word

MAX_WHOLE = 300
"""Longest quote that a directive gives in full, in characters; of others it gives both ends."""
MIN_END = 15
"""Length of each end of a range, unless it has three words, in characters."""
MAX_END = 120
"""Longest end of a range, prefix or suffix, in characters."""
MAX_CONTEXT = 6
"""Words of a prefix or suffix."""
MAX_WIDENED = 40
"""Characters by which a quote that begins or ends inside a word is widened."""
_SPACE = f" \t\r\n\f\u00a0\u202f\u3000{LEFT_OUT}"
_BREAK = re.compile(
    r"(?P<word>[^\W\d_]{1,40}[-\u2010][ \t]*\r?\n\s*[^\W\d_]{1,40})"
    rf"|[^\S\n]{{0,99}}\n\s*|[ \t]{{0,99}}{LEFT_OUT}\s*"
)
_GAP_FIRST = re.compile(rf"\A(?:[^\w\n]{{0,5}}{LEFT_OUT})?[\s{LEFT_OUT}]*")
_GAP_LAST = re.compile(rf"(?:{LEFT_OUT}[^\w\n]{{0,5}}|[\s{LEFT_OUT}]{{1,99}})\Z")
_NEXT_WORD = re.compile(r"[^\w\n]{1,12}(\w{1,40})")
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010][ \t]*\r?\n\s*(?=[^\W\d_])")
_WORD_BEFORE = re.compile(r"\w{1,40}(?=[^\w\n]{1,12}\Z)")


def text_directive(page: PageText, span: TextSpan) -> str:
    """Return the directive that highlights a span of a page's text; "" if it has no words."""
    text = page.text
    start, end = _widened(text, page.position(span[0]), page.position(span[1]))
    segments = list(_segments(text, start, end))
    if len(segments) > 1:
        segments = [*_opening(text, segments[0]), *segments[1:-1], _closing(text, segments[-1])]
    if not segments:
        return ""
    first, last = segments[0][0], _trimmed(text, segments[-1])
    if len(segments) > 1 or last - first > MAX_WHOLE:
        return _range(page, segments[0], (segments[-1][0], last))
    return _exact(page, (first, last))


def _opening(text: str, span: TextSpan) -> list[TextSpan]:
    """Return the first segment, or the word before it if all of it touches something left out."""
    start, end = span
    if not _touches(text, end) or any(_cuts(text, range(start + 1, end), begin=False)):
        return [span]
    before = _WORD_BEFORE.search(text, max(0, start - 60), start)
    return [before.span()] if before else []


def _closing(text: str, span: TextSpan) -> TextSpan:
    """Return the last segment, or the word after it if all of it touches something left out."""
    start, end = span
    if not _touches(text, start) or any(_cuts(text, range(start + 1, end), begin=True)):
        return span
    after = _NEXT_WORD.match(text, end)
    return after.span(1) if after else span


def _trimmed(text: str, span: TextSpan) -> int:
    """Return the end of a segment without a last word that touches something left out."""
    start, end = span
    cuts = _cuts(text, range(end - 1, start, -1), begin=False) if _touches(text, end) else ()
    return next(iter(cuts), end)


def _widened(text: str, start: int, end: int) -> TextSpan:
    """Return a span widened to whole words, and beyond something left out next to them."""
    quote = text[start:end]
    start += len(quote) - len(_GAP_FIRST.sub("", quote))
    end -= len(quote) - len(_GAP_LAST.sub("", quote))
    least, most = start - MAX_WIDENED, end + MAX_WIDENED
    limits = ("\n", LEFT_OUT, "")
    while start > least and text[start - 1 : start] not in limits and inside_word(text, start):
        start -= 1
    while end < most and text[end : end + 1] not in limits and inside_word(text, end):
        end += 1
    for _ in range(MAX_CONTEXT):
        after = _NEXT_WORD.match(text, end) if _touches(text, end) else None
        end = after.end() if after else end
    if _touches(text, start) and (before := _WORD_BEFORE.search(text, max(0, start - 60), start)):
        start = before.start()
    return start, max(start, end)


def _touches(text: str, at: int) -> bool:
    """Return whether something was left out directly next to a letter, which may belong to it."""
    around = text[at - 1 : at + 1] if at else ""
    return len(around) == 2 and (
        (around[0] == LEFT_OUT and is_letter(around[1]))
        or (around[1] == LEFT_OUT and is_letter(around[0]))
    )


def _segments(text: str, start: int, end: int) -> Iterator[TextSpan]:
    """Yield the parts of a span that are in one line of a block, with nothing left out.

    A word with a hyphen at the end of a line is a part of its own.
    """
    at = start
    for found in [*_BREAK.finditer(text, start, end), None]:
        stop = found.start() if found else end
        if _has_word(text[at:stop]):
            yield at, stop
        if found:
            at = found.end()
            if found["word"]:
                yield found.span()


def _cuts(text: str, positions: Iterable[int], *, begin: bool) -> Iterator[int]:
    """Yield the positions where a term can begin or end: next to a space or wide punctuation."""
    for at in positions:
        before, after = text[at - 1 : at] if at else "", text[at : at + 1]
        inner, outer = (after, before) if begin else (before, after)
        next_to_space = not outer.strip(_SPACE) or _is_wide_mark(outer)
        if (
            inner.strip(_SPACE)
            and next_to_space
            and is_boundary(text, at)
            and not _touches(text, at)
        ):
            yield at


def _is_wide_mark(char: str) -> bool:
    return char > "\u2e7f" and not char.isalnum()


def _prefixes(text: str, start: int) -> list[int]:
    """Return where a prefix can begin, the nearest first; first the start if it needs none."""
    end = len(text[:start].rstrip()) if text[start - 1 : start].isspace() else start
    least = max(0, end - MAX_END, text.rfind("\n", 0, end) + 1, text.rfind(LEFT_OUT, 0, end) + 1)
    cuts = _cuts(text, range(end - 1, least - 1, -1), begin=True)
    found = list(islice((at for at in cuts if _has_word(text[at:end])), MAX_CONTEXT))
    return [start, *found] if not found or is_boundary(text, start) else found


def _suffixes(text: str, end: int) -> list[int]:
    """Return where a suffix can end, the nearest first; first the end if it needs none."""
    near = text[end : end + 2 * MAX_END]
    start = end + len(near) - len(near.lstrip())
    most = end + 2 * MAX_END
    for mark in ("\n", LEFT_OUT):
        most = min(most, found) if (found := text.find(mark, start, most)) >= 0 else most
    positions = range(start + 1, min(most, start + MAX_END, len(text)) + 1)
    cuts = _cuts(text, positions, begin=False)
    ends = list(islice((at for at in cuts if _has_word(text[start:at])), MAX_CONTEXT))
    return [end, *ends] if not ends or is_boundary(text, end) else ends


def _exact(page: PageText, span: TextSpan) -> str:
    """Return a directive with all words, and the least context that makes them unique."""
    start, end = span
    text = page.text
    whole = is_boundary(text, start) and is_boundary(text, end)
    if whole and page.unique(text[start:end]) >= 0:
        return _directive("", [text[start:end]], "")
    befores, afters = _prefixes(text, start), _suffixes(text, end)
    options = [*((at, afters[0]) for at in befores), *((befores[-1], at) for at in afters)]
    first, last = next((one for one in options if page.unique(text[slice(*one)]) >= 0), options[-1])
    return _directive(text[first:start], [text[start:end]], text[end:last])


def _range(page: PageText, opening: TextSpan, closing: TextSpan) -> str:
    """Return a directive with the first words of one segment and the last words of another."""
    text, (start, stop), (begin, end) = page.text, opening, closing
    ends = list(_cuts(text, range(start + 1, min(stop, start + MAX_END) + 1), begin=False))
    starts = list(_cuts(text, range(end - 1, max(begin, end - MAX_END) - 1, -1), begin=True))
    ends = [at for at in ends if _is_enough(text[start:at])][:MAX_CONTEXT] or ends[-1:] or [stop]
    starts = (
        [at for at in starts if _is_enough(text[at:end])][:MAX_CONTEXT] or starts[-1:] or [begin]
    )
    befores, afters = _prefixes(text, start), _suffixes(text, end)
    heads = [*((befores[0], at) for at in ends), *((at, ends[-1]) for at in befores)]
    first, head = next((one for one in heads if page.unique(text[slice(*one)]) >= 0), heads[-1])
    at = page.unique(text[first:head])
    tails = [*((one, afters[0]) for one in starts), *((starts[-1], one) for one in afters)]
    tail, last = tails[0]
    if at >= 0:
        after = at + len(fold(text[first:head]))
        for tail, last in tails:
            own = at + len(fold(text[first : tail + 1])) - 1
            if next(page.matches(text[tail:last], after), -1) == own:
                break
    return _directive(text[first:start], [text[start:head], text[tail:end]], text[end:last])


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_enough(words: str) -> bool:
    return len(words) >= MIN_END or len(words.split()) > 2


def _directive(prefix: str, terms: list[str], suffix: str) -> str:
    before = f"{_encoded(prefix)}-," if prefix.strip() else ""
    after = f",-{_encoded(suffix)}" if suffix.strip() else ""
    return f"text={before}{','.join(map(_encoded, terms))}{after}"


def quote_directive(quote: str) -> str:
    """Return a directive for a quote whose text is not known: its words before an elision.

    Of a long quote only the first and the last words are named, which can be more on the page.
    """
    words = re.split(r"…|\.\.\.|\[", quote, maxsplit=1)[0].split()
    if not _has_word(" ".join(words)):
        return ""
    if len(" ".join(words)) <= MAX_WHOLE:
        return _directive("", [" ".join(words)], "")
    ends = (words[:MAX_CONTEXT], words[-MAX_CONTEXT:])
    return _directive("", [" ".join(end) for end in ends], "")


def _encoded(words: str) -> str:
    """Return percent-encoded words; hyphens too, since they have a meaning in the directive."""
    shown = " ".join(_LINE_END.sub("", words).split())
    return percent_encoded(shown, safe="").replace("-", "%2D")
