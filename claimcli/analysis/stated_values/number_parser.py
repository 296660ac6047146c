"""Find the numbers in a text, in digits or words, with their units."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.stated_values.numbers import StatedNumber, Value
from claimcli.analysis.stated_values.spelled import (
    NumberWords,
    cardinal,
    digit_values,
    spelled_number,
    word_at,
)
from claimcli.analysis.stated_values.tables import (
    APPROXIMATE,
    BOUNDS,
    FUNCTION_WORDS,
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


_OF = (("out", "of"), ("in",), ("in", "every"), ("of", "the"), ("of",))
"""What is between the numbers of a share: first what can follow a noun."""
MAX_BETWEEN = 2
"""Most words between the two numbers of a share, as in "one child in five"."""


class _FoundNumber(Struct, frozen=True):
    """A number, its first token, the token after it, and what the words after it multiply."""

    number: StatedNumber
    first: int
    end: int
    scale: int = 1

    def with_unit_of(self, other: "_FoundNumber") -> "_FoundNumber":
        """Return the first number of a range, which may have the unit and factor of the second."""
        number = self.number
        if self.scale == 1 and other.scale > 1:
            more = {v * other.scale for v in number.values if isinstance(v, Fraction)}
            number = replace(number, values=number.values | more)
        if not number.dimension:
            second = other.number
            number = replace(number, dimension=second.dimension, factor=second.factor)
        return _FoundNumber(number, self.first, self.end, self.scale)


def stated_numbers(text: str, taken: Iterable[TextSpan] = ()) -> list[StatedNumber]:
    """Return the numbers that a text mentions, in its order; ``taken`` are the spans of dates."""
    blank = list(text)
    for start, end in taken:
        blank[start:end] = "_" * (end - start)
    return _NumberParser("".join(blank)).numbers()[:MAX_NUMBERS]


def has_count(text: str) -> bool:
    """Return whether a text has a number other than a word like "millions"."""
    return any(number.dimension != "magnitude" for number in stated_numbers(text))


class _NumberParser:
    """The tokens of a text, and the numbers that they form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_WORD.finditer(text))
        self.words = [fold_case(token[0]).replace("\u2019", "'") for token in self.tokens]

    def numbers(self) -> list[StatedNumber]:
        """Return all numbers, in order."""
        found: list[_FoundNumber] = []
        at = 0
        while at < len(self.tokens):
            one = self._code(at) if self.tokens[at]["code"] else self._number(at)
            if one and found and self._joins(found[-1], one):
                found[-1] = found[-1].with_unit_of(one)
            if one:
                found.append(one)
            at = one.end if one else at + 1
        return [one.number for one in found]

    def _code(self, at: int) -> "_FoundNumber":
        span = self.tokens[at].span()
        values: frozenset[Value] = frozenset((self.words[at].replace("-", ""),))
        return _FoundNumber(StatedNumber(values, "code", Fraction(1), "", span, span), at, at + 1)

    def _number(self, at: int) -> "_FoundNumber | None":
        """Return the number that begins at a token, if any."""
        token = self.tokens[at]
        in_digits = token["digits"] or token["fraction"]
        first = self._digits(at) if in_digits else spelled_number(self.words, at)
        if first is None:
            return None
        parsed = self._share(self._multiplied(first, at))
        dimension, factor, end = self._unit(parsed, at)
        values: frozenset[Value] = frozenset(parsed.values)
        if dimension == "length" and self.words[end - 1] == "m":
            values |= {value * 1_000_000 for value in parsed.values}
        noun, bound, before = self._noun(end), *self._bound(at)
        number = StatedNumber(
            values,
            dimension,
            factor,
            noun,
            span=(token.start(), self.tokens[end - 1].end()),
            longest=(self.tokens[before].start(), self.tokens[end if noun else end - 1].end()),
            bound=bound,
            part=parsed.part,
            is_vague=parsed.vague,
            is_approximate=at > 0 and self.words[at - 1] in APPROXIMATE,
        )
        return _FoundNumber(number, at, end, parsed.scale)

    def _joins(self, one: "_FoundNumber", other: "_FoundNumber") -> bool:
        """Return whether two numbers are a range, such as "5 to 7 million"."""
        if other.first == one.end:
            return self._between(one.end).strip() in ("-", "\u2013")
        return other.first == one.end + 1 and self.words[one.end] in ("to", "and", "or")

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
        currency = bool(self.tokens[at].groupdict()["currency"])
        total, product = Fraction(0), 1
        while True:
            if scale := self._scale(end, currency=currency):
                values, product = frozenset(value * scale for value in values), product * scale
                if scale >= 1000:
                    total, values = total + min(values), frozenset((Fraction(0),))
                end += 1
            elif self.words[end : end + 3] in (["and", "a", "half"], ["and", "one", "half"]):
                values, end = frozenset(value + Fraction(1, 2) for value in values), end + 3
            else:
                more, following = cardinal(self.words, end + (word_at(self.words, end) == "and"))
                if more is None or end == parsed.end or self.tokens[at]["digits"]:
                    break
                values, end = frozenset(value + more for value in values), following
        if end == parsed.end:
            return parsed
        dimension = "" if parsed.dimension == "share" else parsed.dimension
        return NumberWords(frozenset(v + total for v in values), end, dimension, scale=product)

    def _scale(self, at: int, *, currency: bool) -> int:
        word = word_at(self.words, at)
        if word == "m" and not currency:
            return 0
        return multipliers().get(word, 0)

    def _share(self, parsed: NumberWords) -> NumberWords:
        """Return a number as a share if it is followed by "in five", "out of ten" or "of the ten".

        Nouns can be between: "one child in five", "five sirens out of ten".
        """
        if parsed.dimension:
            return parsed
        further = _OF[:3] if parsed.vague else _OF[:1]  # "five men in two vans" is no share
        for at in range(parsed.end, parsed.end + MAX_BETWEEN + 1):
            for words in _OF if at == parsed.end and not parsed.vague else further:
                whole, last = self._whole_after(words, at)
                if whole and all(value < whole for value in parsed.values):
                    ratios = frozenset(value / whole for value in parsed.values)
                    return NumberWords(ratios, last, "share", part=parsed.values)
            if word_at(self.words, at) in FUNCTION_WORDS:
                break
        return parsed

    def _whole_after(self, words: Sequence[str], at: int) -> tuple[int | None, int]:
        """Return the whole number after some words, if they are at a token, and the next token."""
        end = at + len(words)
        return self._whole(end) if self.words[at:end] == list(words) else (None, end)

    def _whole(self, at: int) -> tuple[int | None, int]:
        """Return the number at a token if it is whole, and the token after it."""
        if at < len(self.tokens) and (self.tokens[at]["digits"] or "").isdecimal():
            digits = self.tokens[at]["digits"]
            return (int(digits) if len(digits) <= MAX_DIGITS else None), at + 1
        return cardinal(self.words, at)

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
        for size in range(min(3, at), 0, -1):
            if bound := BOUNDS.get(" ".join(self.words[at - size : at])):
                return bound, at - size
        return 0, at

    def _between(self, at: int) -> str:
        """Return the characters between a token and the one before it."""
        if at >= len(self.tokens):
            return ""
        return self.text[self.tokens[at - 1].end() : self.tokens[at].start()]

    def _adjoins(self, at: int) -> bool:
        return at < len(self.tokens) and not self._between(at)
