"""Numbers in words: two hundred, two thirds, second, twice."""

import re
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from claimcli.analysis.stated_values.tables import (
    FOREIGN,
    FRACTIONS,
    MAGNITUDES,
    ORDINALS,
    SMALL,
    TENS,
    TIMES,
    multipliers,
)

_FIRST = frozenset(("a", "an", "half", *TIMES, *MAGNITUDES, *ORDINALS, *FOREIGN, *SMALL, *TENS))
"""The words with which a number can begin."""


class NumberWords(Struct, frozen=True):
    """Some words that are a number, up to the token ``end``, and by what they are multiplied.

    ``part`` is the first number of a share.
    """

    values: frozenset[Fraction]
    end: int
    dimension: str = ""
    vague: bool = False
    scale: int = 1
    part: frozenset[Fraction] = frozenset()


def spelled_number(words: Sequence[str], at: int) -> NumberWords | None:
    """Return the number in words that begins at an index, without what multiplies it, or None."""
    word, following = words[at], word_at(words, at + 1)
    if word not in _FIRST:
        return None
    if listed := _listed(words, at):
        return listed
    if word == "half":
        multiplied = following in ("a", "an") and word_at(words, at + 2) in multipliers()
        return _number(Fraction(1, 2), at + 1 + multiplied, "" if multiplied else "share")
    if word in ("a", "an"):
        return _after_article(following, at)
    value, end = cardinal(words, at)
    return None if value is None else _counted(words, value, at, end)


def _listed(words: Sequence[str], at: int) -> NumberWords | None:
    """Return the number of a word that is one by itself, as "twice", "thousands" and "second"."""
    word = words[at]
    if word in TIMES:
        return _number(TIMES[word], at + 1, "times", vague=word == "once")
    if word in MAGNITUDES:
        return _magnitude(words, at)
    if word in ORDINALS:
        return _number(ORDINALS.index(word) + 1, at + 1, "ordinal")
    return _number(FOREIGN[word], at + 1) if word in FOREIGN else None


def _magnitude(words: Sequence[str], at: int) -> NumberWords:
    """Return the order of magnitude of words like "thousands" and "tens of thousands"."""
    value, end = MAGNITUDES[words[at]], at + 1
    while word_at(words, end) == "of" and word_at(words, end + 1) in MAGNITUDES:
        value, end = value * MAGNITUDES[words[end + 1]], end + 2
    return _number(value, end, "magnitude")


def _number(
    value: Fraction | int, end: int, dimension: str = "", *, vague: bool = False
) -> NumberWords:
    return NumberWords(frozenset((Fraction(value),)), end, dimension, vague)


def _after_article(following: str, at: int) -> NumberWords | None:
    """Return the number of "a third", or the one of "a hundred"."""
    if following in FRACTIONS:
        return _number(Fraction(1, FRACTIONS[following]), at + 2, "share")
    return _number(1, at + 1) if following in multipliers() else None


def _counted(words: Sequence[str], value: int, at: int, end: int) -> NumberWords:
    """Return a number below 100, a fraction such as "two thirds", or an ordinal."""
    following = word_at(words, end)
    part = FRACTIONS.get(following.removesuffix("s").replace("halve", "half"))
    if part and value < 20 and (value == 1 or following.endswith("s")):
        return _number(Fraction(value, part), end + 1, "share")
    if value in range(20, 100, 10) and following in ORDINALS[:9]:
        return _number(value + ORDINALS.index(following) + 1, end + 1, "ordinal")
    return _number(value, end, vague=words[at] == "one" and end == at + 1)


def cardinal(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """Return a number below 100 in words, or None, and the index after it."""
    word, following = word_at(words, at), word_at(words, at + 1)
    if word in TENS:
        tens = 20 + 10 * TENS.index(word)
        if following in SMALL[1:10]:
            return tens + SMALL.index(following), at + 2
        return tens, at + 1
    return (SMALL.index(word), at + 1) if word in SMALL else (None, at)


def word_at(words: Sequence[str], at: int) -> str:
    """Return the word at an index, "" after the last."""
    return words[at] if at < len(words) else ""


def digit_values(digits: str) -> frozenset[Fraction]:
    """Return what a number in digits can mean: 1.200 is 1.2, or 1,200 in other countries."""
    plain = re.sub("[ '\u2019\u00a0\u2009\u202f]", "", digits)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        return frozenset((Fraction(plain.replace(",", "")),))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d+", plain):
        return frozenset((Fraction(plain.replace(".", "").replace(",", ".")),))
    if re.fullmatch(r"\d*[.,]?\d+", plain):
        value = Fraction(plain.replace(",", "."))
        thousands = re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain)
        return frozenset((value, value * 1000)) if thousands else frozenset((value,))
    return frozenset((Fraction(re.sub(r"\D", "", plain)),))
