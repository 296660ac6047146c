"""Number words, multipliers and units, as tables."""

from fractions import Fraction
from functools import cache

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_MULTIPLIERS = {
    100: "hundred hundreds",
    1_000: "thousand thousands k tausend mille mil тыс тысяч тысячи",
    1_000_000: "million millions m mn mio millionen millón millones млн миллион миллиона миллионов",
    1_000_000_000: "billion billions bn mrd milliarden milliard milliards млрд миллиардов",
    1_000_000_000_000: "trillion trillions tn трлн",
    12: "dozen dozens",
}
_UNITS: dict[str, tuple[tuple[str, Fraction | int], ...]] = {
    "share": (
        ("percent pct pc % percents prozent procent % \uff05 \u066a", Fraction(1, 100)),
        ("\u2030", Fraction(1, 1000)),
    ),
    "points": (("percentage-point percentage-points", 1),),
    "length": (
        ("mm millimetre millimeter", Fraction(1, 1000)),
        ("cm centimetre centimeter", Fraction(1, 100)),
        ("m metre meter", 1),
        ("km kilometre kilometer", 1000),
    ),
    "miles": (("mile mi", 1),),
    "feet": (("foot feet ft", 1),),
    "mass": (("g gram gramme", 1), ("kg kilo kilogram", 1000), ("tonne ton t", 1_000_000)),
    "volume": (("ml millilitre milliliter", Fraction(1, 1000)), ("l litre liter", 1)),
    "time": (
        ("second sec", 1), ("minute min", 60), ("hour hr h", 3600), ("day", 86_400),
        ("week", 604_800), ("fortnight", 1_209_600),
    ),
    "years": (("month", 1), ("year yr", 12), ("decade", 120), ("century centuries", 1200)),
    "power": (("kw kilowatt", 1), ("mw megawatt", 1000), ("gw gigawatt", 1_000_000)),
    "energy": (("kwh", 1), ("mwh", 1000), ("gwh", 1_000_000), ("twh", 1_000_000_000)),
    "celsius": (("\u00b0c celsius", 1),),
    "fahrenheit": (("\u00b0f fahrenheit", 1),),
    "dollars": (("$ us$ usd dollar", 1), ("cent", Fraction(1, 100))),
    "euros": (("\u20ac eur euro", 1),),
    "pounds": (("\u00a3 gbp pound quid", 1),),
    "yen": (("\u00a5 jpy yen", 1),),
    "roubles": (("\u20bd rub rouble ruble", 1),),
    "times": (("time times fold x", 1),),
}  # fmt: skip
"""Units by dimension: their names, and how many of the first unit each is."""
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
SIGNS = {"\u00bd": (1, 2), "\u00bc": (1, 4), "\u00be": (3, 4), "\u2153": (1, 3), "\u2154": (2, 3)}
TIMES: dict[str, Fraction | int] = {
    "once": 1, "twice": 2, "thrice": 3, "double": 2, "doubled": 2, "doubles": 2, "twofold": 2,
    "triple": 3, "tripled": 3, "triples": 3, "threefold": 3, "quadrupled": 4,
    "halved": Fraction(1, 2),
}  # fmt: skip
MAGNITUDES = {
    "tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6,
    "billions": 10**9,
}  # fmt: skip
"""Words that are a number without one before them, as in "thousands of people"."""
APPROXIMATE = frozenset(
    ("about", "almost", "approximately", "around", "circa", "ca", "nearly", "roughly")
)
FOREIGN = {
    "zwei": 2, "drei": 3, "vier": 4, "f\u00fcnf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "zw\u00f6lf": 12, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "huit": 8, "dix": 10, "onze": 11, "douze": 12, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "два": 2,
    "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8,
    "девять": 9, "десять": 10,
}  # fmt: skip
"""Numbers in German, French, Spanish and Russian, without words that mean something else too."""
BOUNDS = {
    "more than": 1, "at least": 1, "greater than": 1, "over": 1, "above": 1, "exceeding": 1,
    "no fewer than": 1, "no less than": 1, "not less than": 1,
    "no more than": -1, "not more than": -1, "less than": -1, "fewer than": -1, "at most": -1,
    "up to": -1, "under": -1, "below": -1,
}  # fmt: skip
KINDS = {
    "years": "time", "miles": "length", "feet": "length", "fahrenheit": "celsius",
    "points": "share",
    "dollars": "money", "euros": "money", "pounds": "money", "yen": "money", "roubles": "money",
}  # fmt: skip
"""The dimensions whose numbers can be of the same thing although they are not comparable."""
FUNCTION_WORDS = frozenset(
    "the a an of in on at to for from by with and or but as is are was were be been being has have "  # noqa: SIM905
    "had do does did will would can could it its their his her our they he she we i you than per "
    "more less other that this any some all very".split()
)
"""Frequent words that say nothing of what is counted or negated."""


@cache
def multipliers() -> dict[str, int]:
    """Return the words that multiply a number, with their values."""
    return {name: value for value, names in _MULTIPLIERS.items() for name in names.split()}


@cache
def units() -> dict[str, tuple[str, Fraction]]:
    """Return the dimension of each unit, and its size in it."""
    return {
        name: (dimension, Fraction(factor))
        for dimension, units in _UNITS.items()
        for names, factor in units
        for name in names.split()
    }
