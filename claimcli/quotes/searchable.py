"""A text to search for quotes, with its normalized form and its words, computed when needed."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate
from operator import methodcaller
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
        text = normalized.text
        beyond = beyond_ascii(text)
        plain = max(beyond, default="") <= _LAST_PLAIN
        self._pattern: Any = (_plain_word if plain else _word)(hyphens=hyphens)
        words: Iterable[str] = map(str.lower, self._pattern.findall(text))
        if LINE_END_HYPHEN in text:
            words = (word.replace(LINE_END_HYPHEN, "") for word in words)
        if "\u03a3" in beyond or "\u03c2" in beyond:
            words = (word.replace("\u03c2", "\u03c3") for word in words)
        if _VOWELS.search(beyond):
            words = (_VOWELS.sub("", word) for word in words)
        known: dict[str, str] = {}
        self.words = [known.setdefault(word, word) for word in words]

    @cached_property
    def _starts(self) -> Sequence[int]:
        """The starts of the words in the normalized text, which are seldom needed."""
        found = self._pattern.finditer(self.normalized.text)
        return array("q", map(methodcaller("start"), found))

    @cached_property
    def line(self) -> str:
        """All words without case, each between two NUL characters."""
        words = self.words if self.normalized.text.isascii() else map(without_case, self.words)
        return f"\0{chr(0).join(words)}\0"

    def written(self, first: int, last: int) -> list[str]:
        """Return the words from one to another as written, both included."""
        return [
            self._pattern.match(self.normalized.text, start)[0].replace(LINE_END_HYPHEN, "")
            for start in self._starts[first : last + 1]
        ]

    def span(self, first: int, last: int) -> TextSpan:
        """Return the span from one word to another, both included."""
        end = self._pattern.match(self.normalized.text, self._starts[last]).end()
        return self.normalized.original(self._starts[first], end)

    def spans(self) -> Iterator[TextSpan]:
        """Yield the span of each word."""
        return (self.span(n, n) for n in range(len(self.words)))


_LAST_PLAIN = "\u052f"
"""The last letter of the scripts whose words the standard library finds: Latin, Greek, Cyrillic."""


def beyond_ascii(text: str) -> str:
    """Return the characters of a text that are not ASCII; much faster than any pattern."""
    if text.isascii():
        return ""
    data = text.encode("utf-8", "surrogatepass").translate(None, bytes(range(128)))
    return data.decode("utf-8", "surrogatepass")


@cache
def _plain_word(*, hyphens: bool) -> re.Pattern[str]:
    """Return the same pattern as :func:`_word` for characters up to _LAST_PLAIN; much faster."""
    classes: dict[str, str] = defaultdict(str)
    for char in map(chr, range(ord(_LAST_PLAIN) + 1)):
        category = unicodedata.category(char)
        classes[category if category == "Sc" else category[0]] += re.escape(char)
    found = (classes[name] for name in ("L", "M", "N", "S", "Sc"))
    return re.compile(_word_pattern(*found, hyphens=hyphens))


@cache
def _word(*, hyphens: bool) -> Any:
    """Return the pattern of a word, a number or a sign; in unspaced scripts, of one character."""
    import regex

    classes = (r"\p{L}", r"\p{M}", r"\p{N}", r"[\p{S}--\p{Sc}]", r"\p{Sc}")
    unspaced = rf"(?V1)(?=[\p{{L}}\p{{M}}\p{{N}}])[{UNSPACED_SCRIPTS}]|"
    return regex.compile(unspaced + _word_pattern(*classes, hyphens=hyphens))


def _word_pattern(  # noqa: PLR0913 - the classes of characters that can be in words
    letters: str, marks: str, numbers: str, signs: str, currency: str, *, hyphens: bool
) -> str:
    part = f"[{letters}{marks}{numbers}{'' if hyphens else LINE_END_HYPHEN}]+"
    between = rf"'|(?<=[{numbers}])[^\s{letters}{numbers}]{{1,2}}(?=[{numbers}])"
    return (
        rf"{part}(?:(?:{between}){part})*"
        rf"|(?<![{letters}{numbers}])-(?=[{currency}]?\.?\d)|(?<![{letters}{numbers}])\.(?=\d)"
        rf"|[{signs}%\u2030&@#\u00a7\u00b6]"
    )


_BREAKING = re.compile(
    f"[{INVISIBLE}\u200c\u200d{COMBINING_MARKS}\u00aa\u00ba\u02b0-\u02b8\u02e1-\u02e3"
    "\u1100-\u11c2\u1d2c-\u1dbf\u2071\u207f\u2090-\u209c\u212a\ufb00-\ufb06\uff21-\uff5a]"
)
"""Characters that normalizing removes, or whose normal form has plain letters."""
_LINE_ENDS = [re.compile(rf"{hyphen}[ \t]*[\r\n\f]") for hyphen in ("-", "\u2010")]
"""Hyphens at the ends of lines; one character at the start of a pattern is found fast."""
OPTIONAL_OR_HYPHEN = re.compile(f"[-{LINE_END_HYPHEN}{VOWEL_MARKS}]")


MAX_SEARCHES = 20
"""Quotes that are searched without normalizing the whole text, which takes as long."""


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
        self._searches = 0

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
        if "\r" in self.text:
            return [0, *(found.end() for found in re.finditer("\r\n|[\n\r]", self.text))]
        lines = self.text.split("\n")[:-1]
        return [*accumulate((len(line) + 1 for line in lines), initial=0)]

    @cached_property
    def unbroken(self) -> bool:
        """Whether normalizing removes nothing from within words of plain letters."""
        if LINE_END_HYPHEN in self.plain or any(one.search(self.plain) for one in _LINE_ENDS):
            return False
        return not _BREAKING.search(beyond_ascii(self.plain))

    def is_worth_normalizing(self) -> bool:
        """Return whether a further quote is found faster in the whole normalized text.

        That is if it is normalized already, or so many quotes were searched without.
        """
        self._searches += 1
        return "normalized" in self.__dict__ or self._searches > MAX_SEARCHES

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
