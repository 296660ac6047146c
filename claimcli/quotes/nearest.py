"""The passage of a text that is most similar to a quote that does not occur in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log1p
from typing import Any, NamedTuple

from msgspec import Struct

from claimcli.core.text.word_diff import Segment
from claimcli.quotes.normalize import normalize
from claimcli.quotes.searchable import TextSpan, Words

MIN_SHARE = 0.5
"""Smallest weighted share of a quote's words that a similar passage contains."""
MAX_WINDOWS = 60
"""Windows compared word by word for a quote of up to a hundred words; fewer for longer quotes."""
MAX_VOTES = 200_000
"""Positions of a quote's words that are considered, those of the rarest words first."""
MAX_WORDS = 2_000
"""Words of a quote that are searched; longer texts are not compared for differences."""
MAX_EXACT_PRODUCT = 20_000
"""Product of two lengths up to which words are aligned by difflib."""

Segments = tuple[Segment, ...]


class NearestPassage(Struct, frozen=True):
    """A passage, and the weighted share of the quote's words that occur there in order."""

    span: TextSpan
    share: float


class _Block(NamedTuple):
    """A run of words in two sequences: its start in each, and its length."""

    a: int
    b: int
    size: int


def nearest_passage(wanted: Sequence[str], text: Words) -> NearestPassage | None:
    """Return the passage that contains most of the words in order; None if none is similar.

    A word has more weight the rarer it is in the text (as in tf-idf, Sparck Jones 1972).
    """
    wanted = wanted[:MAX_WORDS]
    if not wanted or not text.words:
        return None
    positions = _positions(wanted, text.words)
    weights = [_weight(len(positions[word])) for word in wanted]
    windows = _windows(wanted, positions, len(text.words))
    scores = [_score(wanted, weights, text.words, start, end) for start, end in windows]
    share, first, last = max(scores, key=lambda score: score[0], default=(0.0, 0, 0))
    return NearestPassage(text.span(first, last), share) if share >= MIN_SHARE else None


def differences(quote: str, passage: str) -> tuple[Segments, Segments]:
    """Return both texts divided into pieces, with the words that the other lacks marked.

    The pieces of each text add up to the whole. Words are compared without case and punctuation.
    """
    ours, theirs = Words(normalize(quote)), Words(normalize(passage))
    if max(len(ours.words), len(theirs.words)) > MAX_WORDS:
        return (Segment(quote, differs=False),), (Segment(passage, differs=False),)
    blocks = _shared_runs(ours.words, theirs.words)
    common = {n for block in blocks for n in range(block.a, block.a + block.size)}
    others = {n for block in blocks for n in range(block.b, block.b + block.size)}
    return tuple(_segments(quote, ours, common)), tuple(_segments(passage, theirs, others))


def _segments(text: str, words: Words, common: set[int]) -> Iterator[Segment]:
    """Yield runs of common and of different words; text between runs belongs to the common ones."""
    at = 0
    runs: list[TextSpan] = []
    for number, (start, end) in enumerate(words.spans()):
        if number in common:
            continue
        if runs and number - 1 not in common and number > 0:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    for start, end in runs:
        if start > at:
            yield Segment(text[at:start], differs=False)
        yield Segment(text[start:end], differs=True)
        at = end
    if at < len(text):
        yield Segment(text[at:], differs=False)


def _shared_runs(ours: Sequence[str], theirs: Sequence[str]) -> list[_Block]:
    """Return the runs of words that both sequences contain in the same order.

    Few words are matched by their longest common runs (Ratcliff and Obershelp, in difflib), which
    keeps phrases together; its time is cubic for repeated words, so many words are matched by their
    longest common subsequence (rapidfuzz).
    """
    if len(ours) * len(theirs) > MAX_EXACT_PRODUCT:
        from rapidfuzz.distance import LCSseq

        blocks: Iterable[Any] = LCSseq.opcodes(ours, theirs).as_matching_blocks()
    else:
        from difflib import SequenceMatcher

        blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return [_Block(block.a, block.b, block.size) for block in blocks if block.size]


def _score(
    wanted: Sequence[str], weights: Sequence[float], words: Sequence[str], start: int, end: int
) -> tuple[float, int, int]:
    """Return the share of wanted words in a window, and its first and last matching words.

    The window is extended by as many words as precede the first and follow the last shared word.
    """
    blocks = _shared_runs(wanted, words[start:end])
    if not blocks:
        return 0.0, 0, 0
    common = sum(sum(weights[block.a : block.a + block.size]) for block in blocks)
    first = start + max(blocks[0].b - blocks[0].a, 0)
    last = start + blocks[-1].b + len(wanted) - blocks[-1].a - 1
    return common / sum(weights), first, min(last, end - 1)


def _weight(count: int) -> float:
    """Return the weight of a word that occurs ``count`` times; 0 counts as 1."""
    return 1 / (1 + log1p(max(1, count)))


def _positions(wanted: Sequence[str], words: Sequence[str]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = defaultdict(list)
    known = set(wanted)
    for position, word in enumerate(words):
        if word in known:
            positions[word].append(position)
    return positions


def _windows(
    wanted: Sequence[str], positions: dict[str, list[int]], count: int
) -> Iterator[TextSpan]:
    """Yield the ranges of words in which most wanted words are about where they should be."""
    votes: dict[int, float] = defaultdict(float)
    slack = max(3, len(wanted) // 4)
    rarest = sorted(enumerate(wanted), key=lambda pair: len(positions[pair[1]]))
    left = MAX_VOTES
    for number, word in rarest:
        for position in positions[word][:left]:
            votes[(position - number) // slack] += _weight(len(positions[word]))
        left = max(0, left - len(positions[word]))
    score = {slot: votes[slot] + votes.get(slot + 1, 0.0) for slot in list(votes)}
    most = max(2, MAX_WINDOWS * 100 // max(100, len(wanted)))
    for slot in sorted(score, key=lambda slot: (-score[slot], slot))[:most]:
        start = max(0, slot * slack - slack)
        yield start, min(count, start + len(wanted) + 4 * slack)
