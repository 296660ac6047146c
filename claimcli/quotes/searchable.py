"""A text to search for quotes, with its normalized form and its words, computed when needed."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import islice
from typing import Any

from msgspec import Struct

from claimcli.quotes.letter_case import without_case
from claimcli.quotes.normalize import (
    COMBINING_MARKS,
    INVISIBLE,
    LINE_END_HYPHEN,
    VOWEL_MARKS,
    NormalizedText,
    normalize,
)

TextSpan = tuple[int, int]
"""A part of a text in code points, end exclusive."""

UNSPACED_SCRIPTS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words, as a character class."""


_VOWELS = re.compile(f"[{VOWEL_MARKS}]+")


class Words:
    """The words of a normalized text in lower case, with their spans in the original text.

    Vowel marks of Hebrew and Arabic are left out.

    A hyphen at the end of a line joins two parts of a word or, with ``hyphens``, separates two
    words; the text alone does not show which.
    """

    def __init__(self, normalized: NormalizedText, *, hyphens: bool = False) -> None:
        self.normalized = normalized
        self.starts, self.ends = array("q"), array("q")
        self.words: list[str] = []
        known: dict[str, str] = {}
        for found in _word(hyphens=hyphens).finditer(normalized.text):
            word = found[0].replace(LINE_END_HYPHEN, "").lower().replace("\u03c2", "\u03c3")
            self.words.append(known.setdefault(word, word))
            self.starts.append(found.start())
            self.ends.append(found.end())
        if not normalized.text.isascii() and _VOWELS.search(normalized.text):
            self.words = [_VOWELS.sub("", word) for word in self.words]

    @cached_property
    def line(self) -> str:
        """All words without case, each between two NUL characters."""
        words = self.words if self.normalized.text.isascii() else map(without_case, self.words)
        return f"\0{chr(0).join(words)}\0"

    def written(self, first: int, last: int) -> list[str]:
        """Return the words from one to another as written, both included."""
        text, spans = self.normalized.text, zip(self.starts, self.ends, strict=True)
        chosen = islice(spans, first, last + 1)
        return [text[start:end].replace(LINE_END_HYPHEN, "") for start, end in chosen]

    def span(self, first: int, last: int) -> TextSpan:
        """Return the span from one word to another, both included."""
        return self.normalized.original(self.starts[first], self.ends[last])

    def spans(self) -> Iterator[TextSpan]:
        """Yield the span of each word."""
        return (self.span(n, n) for n in range(len(self.words)))


@cache
def _word(*, hyphens: bool) -> Any:
    """Return the pattern of a word, a number or a sign; in unspaced scripts, of one character."""
    import regex

    letter = r"[\p{L}\p{M}\p{N}]" if hyphens else rf"[\p{{L}}\p{{M}}\p{{N}}{LINE_END_HYPHEN}]"
    return regex.compile(
        r"(?V1)"
        rf"(?=[\p{{L}}\p{{M}}\p{{N}}])[{UNSPACED_SCRIPTS}]"
        rf"|{letter}+(?:(?:'|(?<=\p{{N}})[^\s\p{{L}}\p{{N}}]{{1,2}}(?=\p{{N}})){letter}+)*"
        r"|(?<![\p{L}\p{N}])-(?=\p{Sc}?\.?\d)|(?<![\p{L}\p{N}])\.(?=\d)"
        r"|[[\p{S}--\p{Sc}]%\u2030&@#\u00a7\u00b6]"
    )


_BREAKING = re.compile(
    f"[{INVISIBLE}\u200c\u200d{COMBINING_MARKS}\ufb00-\ufb06\uff21-\uff5a\u1100-\u11c2]"
)
_LINE_END = re.compile(r"[-\u2010][ \t]*[\r\n\f]")
OPTIONAL_OR_HYPHEN = re.compile(f"[-{LINE_END_HYPHEN}{VOWEL_MARKS}]")


class Place(Struct, frozen=True):
    """A line from 1, in a page if the file has pages, and a column if it is known."""

    line: int
    column: int | None = None
    page: int | None = None


class SearchableText:
    """A text, and ``plain``: the same text with its markup replaced by invisible characters.

    ``context`` is the text without what interrupts sentences, such as the times of subtitles.
    ``plain`` lacks what is outside of the main text; ``whole`` is the same with that. ``lines``
    and ``paged`` are as in :class:`claimcli.quotes.texts.source_texts.SourceText`.
    """

    def __init__(  # noqa: PLR0913 - the same text with different parts of it
        self,
        text: str,
        plain: str = "",
        *,
        context: str = "",
        whole: str = "",
        lines: Sequence[tuple[int, int]] = (),
        paged: bool = False,
    ) -> None:
        self.text = text
        self.plain = plain or text
        self.context = context or text
        self.paged = paged
        self.whole = whole or self.plain
        self._lines = lines

    @cached_property
    def beyond_main(self) -> "SearchableText | None":
        """All that a reader sees, if that is more than the main text."""
        if self.whole == self.plain:
            return None
        return SearchableText(
            self.text, self.whole, context=self.context, lines=self._lines, paged=self.paged
        )

    def place(self, at: int) -> "Place":
        """Return the place of a position in the file."""
        if self._lines:
            number = bisect_right(self._lines, at, key=lambda line: line[0])
            return Place(self._lines[max(0, number - 1)][1])
        line = bisect_right(self._starts, at)
        column = at - self._starts[line - 1] + 1
        if not self.paged:
            return Place(line, column)
        start = self.text.rfind("\f", 0, at) + 1
        first = bisect_right(self._starts, start)
        if line == first:
            column = at - start + 1
        return Place(line - first + 1, column, self.text.count("\f", 0, at) + 1)

    @cached_property
    def _starts(self) -> list[int]:
        pattern = "\r\n|[\n\r]" if "\r" in self.text else "\n"  # a single character is found fast
        return [0, *(found.end() for found in re.finditer(pattern, self.text))]

    @cached_property
    def unbroken(self) -> bool:
        """Whether normalizing removes nothing from within words of plain letters."""
        return not (_BREAKING.search(self.plain) or _LINE_END.search(self.plain))

    @cached_property
    def normalized(self) -> NormalizedText:
        """The text without differences of typesetting."""
        return normalize(self.plain)

    @cached_property
    def has_optional(self) -> bool:
        """Whether the normalized text has hyphens at line ends or vowel marks."""
        text = self.normalized.text
        return LINE_END_HYPHEN in text or (not text.isascii() and bool(_VOWELS.search(text)))

    @cached_property
    def bare(self) -> tuple[str, Sequence[int]]:
        """The normalized text without hyphens and vowel marks, and the positions of the rest."""
        text = self.normalized.text
        kept = array(
            "q", (at for at, char in enumerate(text) if not OPTIONAL_OR_HYPHEN.match(char))
        )
        return OPTIONAL_OR_HYPHEN.sub("", text), kept

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """Its words; if lines end in hyphens, also with hyphens that separate words."""
        joined = Words(self.normalized)
        both = LINE_END_HYPHEN in self.normalized.text
        return (joined, Words(self.normalized, hyphens=True)) if both else (joined,)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return Words(normalize(text)).words
