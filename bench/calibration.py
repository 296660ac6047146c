"""Whether scores are probabilities, and the logistic function that makes them so."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

Scored = Sequence[tuple[float, bool]]
"""Scores from 0 to 1, and whether each was right."""
BINS = 10
RIDGE = 0.001
"""A small pull of the weights to 0, without which separable data would have no best fit."""


@dataclass(frozen=True)
class Bin:
    """The scores in one of ten intervals: how many, their mean, and the share that was right."""

    size: int
    score: float
    right: float


def bins_of(scored: Scored) -> list[Bin]:
    """Return the ten bins, from low to high."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in scored:
        groups[min(int(score * BINS), BINS - 1)].append((score, right))
    return [Bin(len(group), *_means(group)) for group in groups]


def _means(group: Scored) -> tuple[float, float]:
    size = max(len(group), 1)
    return sum(score for score, _ in group) / size, sum(right for _, right in group) / size


def calibration_error(scored: Scored) -> float:
    """Return the expected calibration error: the mean distance of a bin's mean from its share.

    Naeini, Cooper, Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
    AAAI 2015.
    """
    distances = (bin_.size * abs(bin_.score - bin_.right) for bin_ in bins_of(scored))
    return sum(distances) / max(len(scored), 1)


def logistic_fit(data: Sequence[tuple[Sequence[float], bool, int]]) -> list[float]:
    """Return the weights of a logistic regression, by Newton's method.

    Each example has its inputs, whether the answer is right, and how often it counts.
    """
    size = len(data[0][0])
    weights = [0.0] * size
    for _ in range(30):
        gradient = [-RIDGE * weight for weight in weights]
        hessian = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
        for inputs, right, count in data:
            chance = 1 / (1 + exp(-sum(w * x for w, x in zip(weights, inputs, strict=True))))
            for i, x in enumerate(inputs):
                gradient[i] += count * (right - chance) * x
                for j, y in enumerate(inputs):
                    hessian[i][j] += count * chance * (1 - chance) * x * y
        step = _solution(hessian, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    return weights


def _solution(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """Solve a small positive definite system, by Gauss-Jordan elimination."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for i, pivot in enumerate(rows):
        for other in rows:
            if other is not pivot:
                factor = other[i] / pivot[i]
                other[:] = [a - factor * b for a, b in zip(other, pivot, strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]
