"""Which occurrence of a quote a citation means, and what in the citation contradicts the text."""

import re
from collections.abc import Sequence

from msgspec import Struct

from claimcli.quotes.locate import Occurrence, is_whole
from claimcli.quotes.locators import located
from claimcli.quotes.normalize import INVISIBLE, LINE_END_HYPHEN, normalize
from claimcli.quotes.polarity.lists import PolarityLists
from claimcli.quotes.searchable import SearchableText, Words, words_of
from claimcli.quotes.speakers.names import ExpectedSpeakers
from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.warnings import TextWarning, WarningKind
from claimcli.quotes.word_boundary import divided_word

MIN_CUT = 20
"""Shortest prefix or suffix whose outermost word can be cut, as in the W3C's selectors."""
SLACK = 3
"""Factor for the length of the text that is searched for a prefix or suffix."""
MAX_NEAR = 4_000
"""Longest text that is searched for a prefix or suffix, in characters."""
MAX_EDITED = 12
"""Words between a prefix or suffix and a quote that begins or ends with a mark of editing."""
MAX_SHOWN = 80
"""Characters of a prefix, suffix or locator, and of the text instead of it, in a message."""
_ASIDE = re.compile(
    r"(?<=\n)[ \t]*(?:[^\s:][^:\n]{0,58}:|[QA]\.?)(?!\S)|\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\]"
)
"""A label of a speaker, or words in brackets such as "(laughter)"."""


class CitedQuote(Struct, frozen=True):
    """A quote with its citation's prefix, suffix and locator, and the claim's speakers.

    ``prefix`` and ``suffix`` are words directly before and after the quote (as in the W3C's
    TextQuoteSelector). ``locator`` names a line, page (ended by form feeds) or paragraph, or is a
    text that occurs once, such as a heading or a time; it then means the first occurrence after it.
    ``polarity`` has other lists of negations and conditions than the bundled ones.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    speakers: ExpectedSpeakers = ExpectedSpeakers()
    polarity: PolarityLists | None = None


def meant_occurrences(
    found: Sequence[Occurrence], text: SearchableText, cited: CitedQuote
) -> tuple[tuple[Occurrence, ...], tuple[TextWarning, ...]]:
    """Return the occurrences of whole words that a citation can mean, and its contradictions."""
    if len(found) > 1:
        found = [one for one in found if is_whole((one.start, one.end), text.text)] or found
        found = [one for one in found if not _is_divided(one, text.text)] or found
    meant, messages = found, list[str]()
    if cited.prefix.strip() or cited.suffix.strip():
        sides = [_Neighbours(text, cited, after=after) for after in (False, True)]
        fits = [[side.fits(one) for one in found] for side in sides]
        meant = [one for one, *both in zip(found, *fits, strict=True) if all(both)]
        messages = [s.contradiction(found) for s, f in zip(sides, fits, strict=True) if not any(f)]
        if not (meant or messages):
            messages = ["the prefix and the suffix do not fit the same occurrence"]
    meant = meant or found
    if cited.locator.strip():
        meant, message = located(meant, text, cited.locator)
        messages += [f'the locator "{_shown(cited.locator)}" {message}'] if message else []
    span = meant[0].start, meant[0].end
    return tuple(meant), tuple(TextWarning(WarningKind.MISPLACED, m, span) for m in messages)


def _is_divided(occurrence: Occurrence, text: str) -> bool:
    return any(divided_word(text, at) for at in (occurrence.start, occurrence.end))


class _Neighbours:
    """The words that a citation has before a quote, or after it."""

    def __init__(self, text: SearchableText, cited: CitedQuote, *, after: bool) -> None:
        self.texts = tuple(dict.fromkeys((text.plain, text.context)))
        self.after = after
        self.cited = " ".join((cited.suffix if after else cited.prefix).split())
        self.words = self._outwards(words_of(self.cited))
        edge = cited.quote.strip()[-1:] if after else cited.quote.strip()[:1]
        self.gap = MAX_EDITED if edge in "[](){}.\u2026" and edge else 0

    def _outwards(self, words: list[str]) -> list[str]:
        """Return words from the quote outwards."""
        return words if self.after else words[::-1]

    def fits(self, occurrence: Occurrence) -> bool:
        """Return whether the words are next to an occurrence, with or without asides."""
        return not self.words or any(self._fits(text, occurrence) for text in self.texts)

    def _fits(self, text: str, occurrence: Occurrence) -> bool:
        if self._differs(self._slice(text, occurrence, SLACK * len(self.cited) + 10)):
            return False
        readings, whole = self._near(text, occurrence)
        return any(
            self._equal(words[skipped:], whole=whole)
            for words in readings
            for skipped in range(self.gap + 1)
        )

    def _differs(self, near: str) -> bool:
        """Return whether text next to a quote lacks the nearest word, decided quickly."""
        plain = near.isascii() and "-" not in near and not self.gap and near.count(" ") > 1
        return plain and self.words[0].isalnum() and self.words[0] not in near.lower()

    def _near(self, text: str, occurrence: Occurrence) -> tuple[list[list[str]], bool]:
        """Return readings of the text next to an occurrence, in words, and whether it is whole.

        It is not whole if something that the page shows was left out of the text there.
        """
        reach = SLACK * len(self.cited) + 10
        while True:
            near = self._slice(text, occurrence, reach)
            kept = near.partition(LEFT_OUT)[0] if self.after else near.rpartition(LEFT_OUT)[2]
            readings = dict.fromkeys((kept, _ASIDE.sub("", kept)))
            words = [self._outwards(w) for reading in readings for w in _readings(reading)]
            enough = min(map(len, words)) > len(self.words) + self.gap
            if enough or len(near) < reach or reach >= MAX_NEAR:
                return words, kept == near
            reach *= 4

    def _slice(self, text: str, occurrence: Occurrence, reach: int) -> str:
        if self.after:
            return text[occurrence.end : occurrence.end + reach]
        return text[max(0, occurrence.start - reach) : occurrence.start]

    def _equal(self, words: list[str], *, whole: bool) -> bool:
        wanted = self.words if whole else self.words[: len(words)]
        if words[: len(wanted)] == wanted:
            return True
        if len(self.cited) < MIN_CUT or not 1 < len(wanted) <= len(words):
            return False
        last, outermost = words[len(wanted) - 1], wanted[-1]
        cut = last.startswith(outermost) if self.after else last.endswith(outermost)
        return cut and words[: len(wanted) - 1] == wanted[:-1]

    def contradiction(self, found: Sequence[Occurrence]) -> str:
        """Return a message with the words that the text has instead."""
        length = max(len(self.cited), 20)
        plain = re.sub(
            f"[{INVISIBLE}]+", "", self._slice(self.texts[0], found[0], SLACK * length + 10)
        )
        words = plain.split()
        count = max(len(self.cited.split()), 3)
        there = " ".join(words[:count] if self.after else words[-count:])
        there = there[:MAX_SHOWN] if self.after else there[-MAX_SHOWN:]
        name, where = ("suffix", "after") if self.after else ("prefix", "before")
        which = "it" if len(found) == 1 else f"the first of {len(found)} occurrences"
        shown = f'"{there}"' if there else "nothing"
        return (
            f'the {name} "{_shown(self.cited)}" does not fit: the text has {shown} {where} {which}'
        )


def _readings(text: str) -> list[list[str]]:
    """Return the words of a text; if lines end in hyphens, also with these between words."""
    normalized = normalize(text)
    hyphens = (False, True) if LINE_END_HYPHEN in normalized.text else (False,)
    return [Words(normalized, hyphens=one).words for one in hyphens]


def _shown(words: str) -> str:
    shown = " ".join(words.split())
    return shown if len(shown) <= MAX_SHOWN else f"{shown[: MAX_SHOWN - 3]}..."
