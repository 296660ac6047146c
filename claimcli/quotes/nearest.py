"""The passage of a text that comes nearest to words that do not stand in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log1p

from msgspec import Struct

from claimcli.quotes.common_words import shared
from claimcli.quotes.searchable import TextSpan, Words

LEAST_SHARED = 0.5
"""Share of a quote's words, the rare ones counting more, without which nothing is near."""
MOST_ANCHORS = 60
"""Windows that are compared word by word, of a quote of up to a hundred words; else fewer."""
MOST_VOTES = 200_000
"""Places of a quote's words that are looked at, those of the rarest first."""
MOST_WORDS = 2_000
"""Words of a quote that are looked for."""


class NearestPassage(Struct, frozen=True):
    """A passage, and which share of the quote's words stands there in order."""

    span: TextSpan
    share: float


def nearest_passage(wanted: Sequence[str], every: Words) -> NearestPassage | None:
    """Return the passage that has most of the words in order; None where nothing comes near.

    A word counts the more the rarer it is in the text (as in tf-idf, Sparck Jones 1972).
    """
    wanted = wanted[:MOST_WORDS]
    if not wanted or not every.words:
        return None
    where = _positions(wanted, every.words)
    weights = [_weight(len(where[word])) for word in wanted]
    windows = _windows(wanted, where, len(every.words))
    found = [_compared(wanted, weights, every.words, start, end) for start, end in windows]
    share, first, last = max(found, key=lambda one: one[0], default=(0.0, 0, 0))
    return NearestPassage(every.span(first, last), share) if share >= LEAST_SHARED else None


def _compared(
    wanted: Sequence[str], weights: Sequence[float], words: Sequence[str], start: int, end: int
) -> tuple[float, int, int]:
    """Return which share of the wanted words a window has, and the words of it that match them.

    Words before the first and after the last that both have are counted in on both sides alike.
    """
    blocks = shared(wanted, words[start:end])
    if not blocks:
        return 0.0, 0, 0
    common = sum(sum(weights[block.a : block.a + block.size]) for block in blocks)
    first = start + max(blocks[0].b - blocks[0].a, 0)
    last = start + blocks[-1].b + len(wanted) - blocks[-1].a - 1
    return common / sum(weights), first, min(last, end - 1)


def _weight(count: int) -> float:
    """Return how much a word counts that stands so many times; none as one that stands once."""
    return 1 / (1 + log1p(max(1, count)))


def _positions(wanted: Sequence[str], words: Sequence[str]) -> dict[str, list[int]]:
    where: dict[str, list[int]] = defaultdict(list)
    known = set(wanted)
    for place, word in enumerate(words):
        if word in known:
            where[word].append(place)
    return where


def _windows(
    wanted: Sequence[str], where: dict[str, list[int]], count: int
) -> Iterator[tuple[int, int]]:
    """Yield the parts of the text in which the most words would stand about where they should."""
    votes: dict[int, float] = defaultdict(float)
    slack = max(3, len(wanted) // 4)
    rarest = sorted(enumerate(wanted), key=lambda pair: len(where[pair[1]]))
    left = MOST_VOTES
    for number, word in rarest:
        for place in where[word][:left]:
            votes[(place - number) // slack] += _weight(len(where[word]))
        left = max(0, left - len(where[word]))
    score = {slot: votes[slot] + votes.get(slot + 1, 0.0) for slot in list(votes)}
    most = max(2, MOST_ANCHORS * 100 // max(100, len(wanted)))
    for slot in sorted(score, key=lambda slot: (-score[slot], slot))[:most]:
        start = max(0, slot * slack - slack)
        yield start, min(count, start + len(wanted) + 4 * slack)
