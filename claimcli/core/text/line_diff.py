"""The equal lines of two texts, in time that grows linearly with the texts."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_SMALL = 250_000
"""Number of pairs up to which all lines are compared; above it, only lines that occur once."""
_MOST_ROUNDS = 10

Run = tuple[int, int, int]
"""Equal lines: the first in one text, the first in the other, and the number of lines."""
_Stretch = tuple[int, int, int, int, int]
"""Start and end in one text and in the other, and how often they were divided."""


def matching_lines(old: Sequence[bytes], new: Sequence[bytes]) -> list[Run]:
    """Return the runs of equal lines, in order; not all of them for large, very different texts."""
    todo: list[_Stretch] = [(0, len(old), 0, len(new), 0)]
    runs: list[Run] = []
    while todo:
        start, end, other, other_end, rounds = todo.pop()
        head = _alike(old[start:end], new[other:other_end])
        runs.append((start, other, head))
        start, other = start + head, other + head
        tail = _alike(old[start:end][::-1], new[other:other_end][::-1])
        end, other_end = end - tail, other_end - tail
        runs.append((end, other_end, tail))
        if start == end or other == other_end:
            continue
        left, right = old[start:end], new[other:other_end]
        if len(left) * len(right) <= _SMALL:
            runs += [(start + i, other + j, n) for i, j, n in _compared(left, right)]
        elif rounds < _MOST_ROUNDS:
            places = [(start + i, other + j) for i, j in _anchors(left, right)]
            if places:
                bounds = [(start, other), *places, (end, other_end)]
                todo += [(a, c, b, d, rounds + 1) for (a, b), (c, d) in pairwise(bounds)]
    return sorted(run for run in runs if run[2])


def _alike(left: Sequence[bytes], right: Sequence[bytes]) -> int:
    """Return the number of equal lines at the start."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(left), len(right)))


def _compared(left: Sequence[bytes], right: Sequence[bytes]) -> list[Run]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]


def _anchors(left: Sequence[bytes], right: Sequence[bytes]) -> list[tuple[int, int]]:
    """Return the places of lines that occur once in each text, the most that are in one order.

    This is Bram Cohen's patience diff, with Fredman's longest increasing subsequence.
    """
    once, once_there = Counter(left), Counter(right)
    there = {line: n for n, line in enumerate(right) if once_there[line] == 1}
    pairs = [(n, there[line]) for n, line in enumerate(left) if once[line] == 1 and line in there]
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [number]
        before.append(at[length - 1] if length else -1)
    anchors: list[tuple[int, int]] = []
    number = at[-1] if at else -1
    while number >= 0:
        anchors.append(pairs[number])
        number = before[number]
    return anchors[::-1]
