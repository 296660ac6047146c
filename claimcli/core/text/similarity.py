"""How similar two texts are, from the words that they share: a calibrated score.

The contrast model of Tversky, "Features of Similarity", Psychological Review 84 (1977): what two
things share counts for their similarity, what only one of them has counts against it. Words count
by their rarity: Spärck Jones, "A statistical interpretation of term specificity and its application
in retrieval", Journal of Documentation 28 (1972).
"""

from collections.abc import Mapping, Sequence, Set
from math import exp, log

from msgspec import Struct
from msgspec.structs import astuple, replace

LEAST_SCORE = 0.5
"""The score from which claims are called similar, unless the user says another one."""
BACKGROUND = 1000
"""Imagined claims that have none of the words, in addition to those on file.

Without them every word would seem frequent in a small dossier.
"""
CONTEXT_WEIGHT = 0.5
"""How much a word counts that a claim has only in a quote, the question or a title."""


class Overlap(Struct, frozen=True):
    """What the words of a text and of a claim have in common.

    ``shared`` is the sum of the weights of the words of the text that the claim has, ``missing`` of
    those that it does not have. ``extra`` is the number of further words in its statement.
    ``behind`` is how much less it shares than the most similar claim, as the logarithm of a ratio:
    most texts have one earlier claim that says the same, so that others are less likely to do so.
    """

    shared: float
    missing: float
    extra: int
    behind: float = 0.0


class Calibration(Struct, frozen=True):
    """The parameters of the score, which ``bench/match.py`` fits."""

    base: float = -1.91
    shared: float = 4.51
    missing: float = -1.45
    extra: float = -0.72
    behind: float = -6.11


CALIBRATION = Calibration()


def word_weight(claims_with: int, claims: int) -> float:
    """Return how much a word counts, if so many of all claims have it: 1 for the rarest."""
    return log((claims + BACKGROUND) / (claims_with + 1.5)) / log((claims + BACKGROUND) / 1.5)


def overlap_of(weights: Mapping[str, float], statement: Set[str], context: Set[str]) -> Overlap:
    """Return the overlap of a text with a claim.

    ``weights`` has the words of the text with their weights, ``statement`` and ``context`` those
    of the claim.
    """
    shared = sum(weights[word] for word in weights if word in statement)
    beyond = context - statement
    shared += sum(CONTEXT_WEIGHT * weights[word] for word in weights if word in beyond)
    extra = sum(word not in weights for word in statement)
    return Overlap(shared, sum(weights.values()) - shared, extra)


def features(overlap: Overlap) -> tuple[float, ...]:
    """Return what the parameters other than ``base`` are multiplied with, in their order."""
    sums = overlap.shared, overlap.missing, float(overlap.extra)
    return (*(log(1 + value) for value in sums), overlap.behind)


def similarity(overlap: Overlap, calibration: Calibration = CALIBRATION) -> float:
    """Return a score from 0 to 1.

    It is calibrated on hand-written queries: of the claims with a score of 0.8, about eight in ten
    say what the text says, or differ from it in a number, a date or a negation.
    """
    base, *factors = astuple(calibration)
    products = (factor * value for factor, value in zip(factors, features(overlap), strict=True))
    return 1 / (1 + exp(-base - sum(products)))


def most_similar_first(overlaps: Sequence[tuple[int, Overlap]]) -> list[tuple[int, Overlap]]:
    """Return claims, given by their keys, in the order of their scores, and how far ``behind``."""
    best = max((overlap for _, overlap in overlaps), key=similarity, default=Overlap(0, 0, 0))
    compared = [
        (key, replace(one, behind=max(0.0, log((1 + best.shared) / (1 + one.shared)))))
        for key, one in overlaps
    ]
    return sorted(compared, key=lambda pair: (-similarity(pair[1]), pair[0]))
