"""The numbers that a statement mentions, in digits or words, with their units."""

import re
from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from claimcli.analysis.stated_values.spelled import (
    NumberWords,
    cardinal,
    digit_values,
    spelled_number,
    word_at,
)
from claimcli.analysis.stated_values.tables import (
    BOUNDS,
    FUNCTION_WORDS,
    KINDS,
    SIGNS,
    multipliers,
    units,
)
from claimcli.core.text.normal_forms import fold_case
from claimcli.quotes.numerals import CURRENCY_SIGNS
from claimcli.quotes.searchable import TextSpan

MAX_NUMBERS = 200
"""Most numbers of one statement that are compared."""
MAX_DIGITS = 30
"""Longest number that is compared, in characters."""
_WORD = re.compile(
    rf"""
    (?P<code>(?<![\w$])[A-Z][A-Za-z]{{0,9}}-?\d[\w-]*)
    |(?P<sign>(?<![\w)\]\d])[-\u2212])?(?P<currency>(?:US|A|C)?[{CURRENCY_SIGNS}][ \u00a0]?)?
     (?P<digits>\d{{1,3}}(?:[ ,.'\u2019\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:[.,]\d+)?
       |\d+(?:[.,]\d+)*|\.\d+)
    |(?P<fraction>[\u00bd\u00bc\u00be\u2153\u2154])
    |(?P<unit>\u00b0[CF]|[%\uff05\u066a\u2030{CURRENCY_SIGNS}])
    |(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*)
    """,
    re.VERBOSE,
)


class StatedNumber(Struct, frozen=True):
    """A number in a text: its possible values, its dimension, and the noun after it.

    ``values`` are in the written unit, of which ``factor`` makes the first unit of the dimension.
    ``longest`` is the span with the noun and words like "more than".
    ``bound`` is 1 for "more than", -1 for "less than". ``vague`` is a word like "one", which
    is a number only if the other text has another number of the same noun.
    """

    values: frozenset[Fraction | str]
    dimension: str
    factor: Fraction
    noun: str
    span: TextSpan
    longest: TextSpan
    bound: int = 0
    vague: bool = False

    def equals(self, other: "StatedNumber") -> bool:
        """Return whether both can be the same number."""
        if self.bound * other.bound < 0:
            return False
        if self.dimension == other.dimension and self.dimension:
            return not self._scaled().isdisjoint(other._scaled())
        return self._same_form(other) and not self.values.isdisjoint(other.values)

    def _same_form(self, other: "StatedNumber") -> bool:
        forms = {n.dimension if n.dimension in ("ordinal", "code") else "" for n in (self, other)}
        return len(forms) == 1 and not (self.dimension and other.dimension)

    def comparable(self, other: "StatedNumber") -> bool:
        """Return whether the two can be numbers of the same thing, in the same or another unit."""
        kinds = {KINDS.get(n.dimension, n.dimension) for n in (self, other)}
        exact = not kinds & {"ordinal", "code"} and "" in kinds
        return not (self.vague or other.vague) and (len(kinds) == 1 or exact)

    def counts_same(self, other: "StatedNumber") -> bool:
        """Return whether both are followed by the same noun, or have units of one kind."""
        kinds = [KINDS.get(n.dimension, n.dimension) for n in (self, other)]
        if self.noun or other.noun:
            return self.noun == other.noun and kinds[0] == kinds[1]
        return bool(kinds[0]) and kinds[0] == kinds[1]

    def span_next_to(self, other: "StatedNumber") -> TextSpan:
        """Return the span that shows the difference from another number.

        It includes the noun if neither has a unit, and words like "more than" if only they differ.
        """
        first = self.longest[0] if self.values == other.values else self.span[0]
        counted = all(n.noun and n.dimension in ("", "ordinal") for n in (self, other))
        last = self.longest[1] if counted else self.span[1]
        return first, last

    def _scaled(self) -> frozenset[Fraction | str]:
        return frozenset(v if isinstance(v, str) else v * self.factor for v in self.values)


def stated_numbers(text: str, taken: Iterable[TextSpan] = ()) -> list[StatedNumber]:
    """Return the numbers that a text mentions, in its order; ``taken`` are the spans of dates."""
    blank = list(text)
    for start, end in taken:
        blank[start:end] = "_" * (end - start)
    return _NumberParser("".join(blank)).numbers()[:MAX_NUMBERS]


class _NumberParser:
    """The tokens of a text, and the numbers that they form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_WORD.finditer(text))
        self.words = [fold_case(token[0]).replace("\u2019", "'") for token in self.tokens]

    def numbers(self) -> list[StatedNumber]:
        """Return all numbers, in order."""
        found: list[StatedNumber] = []
        at = 0
        while at < len(self.tokens):
            number, at = self._number_at(at)
            if number:
                found.append(number)
        return found

    def _number_at(self, at: int) -> tuple[StatedNumber | None, int]:
        """Return the number that begins at a token, if any, and the next token to examine."""
        token = self.tokens[at]
        if token["code"]:
            code = self.words[at].replace("-", "")
            values: frozenset[Fraction | str] = frozenset((code,))
            return StatedNumber(values, "code", Fraction(1), "", token.span(), token.span()), at + 1
        parsed = (
            self._digits(at)
            if token["digits"] or token["fraction"]
            else spelled_number(self.words, at)
        )
        if parsed is None:
            return None, at + 1
        parsed = self._share(self._multiplied(parsed, at))
        dimension, factor, end = self._unit(parsed, at)
        values = frozenset(parsed.values)
        if dimension == "length" and self.words[end - 1] == "m":
            values |= {value * 1_000_000 for value in parsed.values}
        span = token.start(), self.tokens[end - 1].end()
        noun, bound, before = self._noun(end), *self._bound(at)
        longest = self.tokens[before].start(), self.tokens[end if noun else end - 1].end()
        vague = parsed.vague
        return StatedNumber(values, dimension, factor, noun, span, longest, bound, vague), end

    def _digits(self, at: int) -> NumberWords | None:
        """Return a number in digits, or as a sign such as ½; an ordinal such as 5th."""
        token = self.tokens[at]
        if token["fraction"]:
            return NumberWords(frozenset((Fraction(*SIGNS[token[0]]),)), at + 1)
        if len(token["digits"]) > MAX_DIGITS:
            return None
        values, end = digit_values(token["digits"]), at + 1
        if token["sign"]:
            values = frozenset(-value for value in values)
        if self._adjoins(end) and word_at(self.words, end) in ("st", "nd", "rd", "th"):
            return NumberWords(values, end + 1, "ordinal")
        if end < len(self.tokens) and (sign := self.tokens[end]["fraction"]):
            return NumberWords(frozenset(v + Fraction(*SIGNS[sign]) for v in values), end + 1)
        over = self.tokens[end]["digits"] if end < len(self.tokens) else None
        if over and over.isdecimal() and int(over) and self._between(end) == "/":
            return NumberWords(frozenset(v / int(over) for v in values), end + 1, "share")
        return NumberWords(values, end)

    def _multiplied(self, parsed: NumberWords, at: int) -> NumberWords:
        """Return a number with the words after it that multiply it, or are added to it."""
        values, end = parsed.values, parsed.end
        total = Fraction(0)
        while True:
            word = word_at(self.words, end)
            if scale := self._scale(end, currency=bool(self.tokens[at].groupdict()["currency"])):
                values = frozenset(value * scale for value in values)
                if scale >= 1000:
                    total, values = total + min(values), frozenset((Fraction(0),))
                end += 1
            elif (
                word == "and"
                and word_at(self.words, end + 1) in ("a", "one")
                and word_at(self.words, end + 2) == "half"
            ):
                values = frozenset(value + Fraction(1, 2) for value in values)
                end += 3
            else:
                skipped = end + 1 if word == "and" else end
                more, following = cardinal(self.words, skipped)
                if more is None or end == parsed.end:
                    break
                values = frozenset(value + more for value in values)
                end = following
        dimension = parsed.dimension if end == parsed.end or parsed.dimension != "share" else ""
        return NumberWords(
            frozenset(value + total for value in values),
            end,
            dimension,
            parsed.vague and end == parsed.end,
        )

    def _scale(self, at: int, *, currency: bool) -> int:
        word = word_at(self.words, at)
        if word == "m" and not currency:
            return 0
        return multipliers().get(word, 0)

    def _share(self, parsed: NumberWords) -> NumberWords:
        """Return a number as a share if it is followed by "in five" or "out of ten"."""
        end = parsed.end
        words = tuple(self.words[end : end + 2])
        size = 1 if words[:1] == ("in",) else 2 if words == ("out", "of") else 0
        if size and word_at(self.words, end + size) == "every":
            size += 1
        if not size or parsed.dimension:
            return parsed
        whole, last = cardinal(self.words, end + size)
        token = self.tokens[end + size] if end + size < len(self.tokens) else None
        if whole is None and token and (token["digits"] or "").isdecimal():
            whole, last = int(token["digits"]), end + size + 1
        if not whole or any(value >= whole for value in parsed.values):
            return parsed
        return NumberWords(frozenset(value / whole for value in parsed.values), last, "share")

    def _unit(self, parsed: NumberWords, at: int) -> tuple[str, Fraction, int]:
        """Return the dimension of a number, the size of its unit in it, and the token after it."""
        end = parsed.end
        if parsed.dimension:
            return parsed.dimension, Fraction(1), end
        if currency := self.tokens[at].groupdict()["currency"]:
            dimension, factor = units().get(currency.strip().casefold(), (currency, Fraction(1)))
            return dimension, factor, end
        two = f"{word_at(self.words, end)}-{word_at(self.words, end + 1)}"
        if two in ("per-cent", "pour-cent", "por-ciento"):
            return "share", Fraction(1, 100), end + 2
        if two in units():
            return *units()[two], end + 2
        word = word_at(self.words, end)
        unit = units().get(word) or units().get(word.removesuffix("s"))
        return (*unit, end + 1) if unit else ("", Fraction(1), end)

    def _noun(self, end: int) -> str:
        """Return the word after a number that probably says what is counted, or ""."""
        word = word_at(self.words, end)
        if word in FUNCTION_WORDS or not word.isalpha() or self._between(end).strip("- "):
            return ""
        return word.removesuffix("s")

    def _bound(self, at: int) -> tuple[int, int]:
        """Return 1 after "more than", -1 after "less than", else 0, and the first token of it."""
        for size in (2, 1):
            if bound := BOUNDS.get(" ".join(self.words[max(0, at - size) : at])):
                return bound, at - size
        return 0, at

    def _between(self, at: int) -> str:
        """Return the characters between a token and the one before it."""
        if at >= len(self.tokens):
            return ""
        return self.text[self.tokens[at - 1].end() : self.tokens[at].start()]

    def _adjoins(self, at: int) -> bool:
        return at < len(self.tokens) and not self._between(at)
