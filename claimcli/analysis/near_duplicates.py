"""Pairs of statements with similar wording, found without comparing each with every other one.

The similarity of two statements is the Jaccard index of their pairs of neighbouring words. The
search is exact: if two statements are similar enough, they share one of the rarest word pairs of
each (the prefix filter of Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007),
and the place of the first shared one limits their overlap (the positional filter of Xiao, Wang, Lin
and Yu, "Efficient similarity joins for near duplicate detection", 2008).

Word pairs are hashes of 64 bits, which are the same in every process.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, groupby, islice, pairwise, product
from math import ceil
from typing import Any, Generic, NamedTuple, TypeVar

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.phrases import UNSPACED
from claimcli.core.text.word_diff import word_keys

Item = TypeVar("Item")

LIKENESS = 0.5
"""The similarity that is requested by default: that of seven words of which one was replaced."""
LEAST_JACCARD = 0.1
"""The least similarity that can be requested: below it, nearly all statements are compared."""
MOST_WORDS = 1_000
"""Number of words of a statement that are compared."""
MOST_NEIGHBOURS = 100
"""If more statements share their rarest word pair, each is compared with so many of similar size.

Otherwise the time would grow with the square of the statements that follow one template.
"""
MOST_OF_WORDING = 10
"""Number of claims with the same words that are paired with each other and with similar ones."""
FREQUENT = 8
FREQUENT_SHARE = 100_000
"""A word pair is frequent if so many statements have it, or one in so many: its frequency decides
its order. So there are at most a million frequent pairs, however many statements."""

_TOKEN = re.compile(rf"[{UNSPACED}]|[^\s\u2014{UNSPACED}]+")
_MASK = 2**64 - 1
_SLOTS = 2**22
_ROUNDING = 1e-9
_SMALL_GROUP = 48
"""Number of statements up to which each is compared with every other one."""
_PART = 200_000
"""Number of statements of which the index of shared word pairs is in memory at once."""


class GroupedStatement(NamedTuple, Generic[Item]):
    """A statement in the group of a word pair: the pair's place among its pairs, the rarest first.

    The order of entries is by the number of pairs, then by the pairs. ``signature`` is that of the
    pairs.
    """

    size: int
    pairs: Sequence[int]
    place: int
    item: Item
    signature: int


def parse_jaccard(value: float) -> float:
    """Return the least similarity of duplicates. Raises ClaimcliError if it is out of range."""
    if LEAST_JACCARD <= value <= 1:
        return value
    raise ClaimcliError(
        f"a similarity of '{value:g}' is out of range",
        f"write a number from {LEAST_JACCARD} to 1, such as 0.5",
    )


def word_pairs(statement: str) -> Sequence[int]:
    """Return the hashes of the distinct pairs of neighbouring words, sorted.

    Words are compared without case and punctuation; in scripts without spaces each letter is a
    word. A statement of one word has the hash of the word; one without words has none.
    """
    hashes = map(_word_hash, islice(_TOKEN.findall(statement), MOST_WORDS))
    words = [word for word in hashes if word]
    if len(words) < 2:
        return array("Q", words)
    return array(
        "Q", sorted({one * 0x9E3779B97F4A7C15 + other & _MASK for one, other in pairwise(words)})
    )


@lru_cache(maxsize=65_536)
def _word_hash(token: str) -> int:
    """Return a hash of a word without case and punctuation at its ends, 0 for punctuation alone."""
    key = word_keys(token)[0]
    digest = blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") if key else 0


def wording_key(pairs: Sequence[int]) -> bytes:
    """Return 16 bytes that are equal for statements with the same word pairs."""
    return blake2b(b"".join(pair.to_bytes(8, "big") for pair in pairs), digest_size=16).digest()


def is_frequent(count: int, statements: int) -> bool:
    """Return whether a word pair in ``count`` of a number of different statements is frequent."""
    return count >= max(FREQUENT, statements // FREQUENT_SHARE)


def by_rarity(pairs: Iterable[int], frequent: Mapping[int, int]) -> Sequence[int]:
    """Return word pairs from the rarest to the most frequent one.

    ``frequent`` has the number of statements with each frequent pair (:func:`is_frequent`).
    """
    ordered = sorted(pairs)
    common = [pair for pair in ordered if pair in frequent]
    if not common:
        return array("Q", ordered)
    rare = [pair for pair in ordered if pair not in frequent]
    return array("Q", [*rare, *sorted(common, key=frequent.__getitem__)])


def signature(pairs: Iterable[int]) -> int:
    """Return 64 bits: two statements that differ in n bits of them differ in at least n pairs.

    This is the bitmap filter of Sandes, Teodoro and Melo, "Bitmap filter: speeding up exact set
    similarity joins with bitwise operations", 2020.
    """
    bits = 0
    for pair in pairs:
        bits |= 1 << (pair & 63)
    return bits


def prefix(pairs: Sequence[int], jaccard: float) -> Sequence[int]:
    """Return the rarest pairs of a statement, of which each similar statement has at least one."""
    return pairs[: _prefix_size(len(pairs), jaccard)]


def _prefix_size(size: int, jaccard: float) -> int:
    return size - ceil(jaccard * size - _ROUNDING) + 1


def similar_in_group(
    entries: Iterable[GroupedStatement[Item]], jaccard: float
) -> Iterator[tuple[Item, Item, float]]:
    """Yield the similar statements of which a word pair is the rarest one that both have.

    ``entries`` are all statements with the pair in their prefix; their wordings differ. In a large
    group only those are compared that share a second pair, which few do, unless they are so short
    that one is enough.
    """
    ordered = sorted(entries, key=lambda entry: entry[:2])
    if _share_rarer_pair(ordered):
        return
    if len(ordered) <= _SMALL_GROUP:
        yield from _compared(ordered, jaccard)
        return
    short = [entry for entry in ordered if entry.size <= 1 / jaccard]
    yield from _compared(short, jaccard)
    by_second: dict[int, list[GroupedStatement[Item]]] = defaultdict(list)
    for size, pairs, place, item, bits in ordered:
        for second in range(place + 1, min(size, _prefix_size(size, jaccard) + 1)):
            by_second[pairs[second]].append(GroupedStatement(size, pairs, second, item, bits))
    for group in by_second.values():
        if len(group) > 1:
            yield from _compared(group, jaccard, before=1)


def _share_rarer_pair(entries: Sequence[GroupedStatement[Any]]) -> bool:
    """Return whether all have the same pair before that of the group, so were compared for it.

    Long statements that follow one template have nearly all of their pairs in common.
    """
    if any(entry.place == 0 for entry in entries):
        return False
    return len({entry.pairs[entry.place - 1] for entry in entries}) == 1


def _compared(
    ordered: Sequence[GroupedStatement[Item]], jaccard: float, *, before: int = 0
) -> Iterator[tuple[Item, Item, float]]:
    """Yield the similar ones of some entries, by comparing those that are near in order.

    They share ``before`` pairs that are rarer than that of the entries. Those of at most
    ``before / jaccard`` pairs have been compared.
    """
    least, share = before / jaccard, jaccard / (1 + jaccard)
    for number, (size, pairs, place, item, bits) in enumerate(ordered):
        # the overlap that a larger one needs, and the size of one, grow along the list
        largest = min((size - place + before + _ROUNDING) / share - size, size / jaccard)
        if largest < size:
            continue
        own, following = set(pairs), ordered[number + 1 : number + 1 + MOST_NEIGHBOURS]
        for larger, others, other_place, other, other_bits in following:
            if larger > largest + _ROUNDING:
                break
            total = size + larger
            overlap = share * total - _ROUNDING
            differing, most = (bits ^ other_bits).bit_count(), larger - other_place + before
            if differing > total - 2 * overlap or most < overlap or larger <= least:
                continue
            if len(own.intersection(others[:other_place])) != before:
                continue
            shared = before + len(own.intersection(others[other_place:]))
            score = shared / (total - shared)
            if score >= jaccard:
                yield item, other, score


def near_duplicates(statements: Iterable[str], jaccard: float) -> Iterator[tuple[int, int, float]]:
    """Yield the numbers of similar statements, the lower one first, and their similarity.

    Statements with the same word pairs are compared with others only once. Their first
    ``MOST_OF_WORDING`` are paired with each other and with those of similar wordings, the further
    ones with the first one.
    """
    members: dict[bytes, list[int]] = {}
    wordings: list[Sequence[int]] = []
    for number, statement in enumerate(statements):
        if pairs := word_pairs(statement):
            numbers = members.setdefault(wording_key(pairs), [])
            if not numbers:
                wordings.append(pairs)
            numbers.append(number)
    numbers_of = list(members.values())
    for numbers in numbers_of:
        yield from ((one, other, 1.0) for one, other in pairs_of_wording(numbers))
    for one, other, score in _similar_wordings(wordings, jaccard):
        for left, right in pairs_of_wordings(numbers_of[one], numbers_of[other]):
            yield min(left, right), max(left, right), score


def pairs_of_wording(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield the pairs that are listed of items with the same wording."""
    yield from combinations(items[:MOST_OF_WORDING], 2)
    yield from ((items[0], item) for item in items[MOST_OF_WORDING:])


def pairs_of_wordings(items: Sequence[Item], others: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield the pairs that are listed of items with two similar wordings."""
    return product(items[:MOST_OF_WORDING], others[:MOST_OF_WORDING])


def _similar_wordings(
    wordings: list[Sequence[int]], jaccard: float
) -> Iterator[tuple[int, int, float]]:
    """Yield the numbers of similar wordings, which are replaced by their pairs in order."""
    slots = _count_slots(wordings)
    frequent = _frequent_pairs(wordings, slots)
    signatures = array("Q", map(signature, wordings))
    for number, pairs in enumerate(wordings):
        wordings[number] = by_rarity(pairs, frequent)
    parts = 1 + len(wordings) // _PART
    for part in range(parts):
        places = sorted(
            pair << 64 | number << 16 | place
            for number, pairs in enumerate(wordings)
            for place, pair in enumerate(prefix(pairs, jaccard))
            if slots[pair % _SLOTS] > 1 and pair % parts == part
        )
        for _, packed in groupby(places, key=lambda entry: entry >> 64):
            group = list(packed)
            if len(group) > 1:
                yield from similar_in_group(_entries(group, wordings, signatures), jaccard)


def _entries(
    group: Iterable[int], wordings: Sequence[Sequence[int]], signatures: Sequence[int]
) -> Iterator[GroupedStatement[int]]:
    """Yield the entries of a word pair, which are packed with the number and the place."""
    for packed in group:
        number, place = packed >> 16 & 0xFFFFFFFFFFFF, packed & 0xFFFF
        pairs = wordings[number]
        yield GroupedStatement(len(pairs), pairs, place, number, signatures[number])


def _count_slots(wordings: Iterable[Sequence[int]]) -> memoryview:
    """Return the number of word pairs in each slot: at least that of each pair of the slot.

    It takes the same memory for any number of pairs.
    """
    slots = memoryview(bytearray(4 * _SLOTS)).cast("I")
    for pairs in wordings:
        for pair in pairs:
            slots[pair % _SLOTS] += 1
    return slots


def _frequent_pairs(wordings: Sequence[Sequence[int]], slots: memoryview) -> dict[int, int]:
    """Return the number of wordings with each frequent pair."""
    size = len(wordings)
    counts = Counter(
        pair for pairs in wordings for pair in pairs if slots[pair % _SLOTS] >= FREQUENT
    )
    return {pair: count for pair, count in counts.items() if is_frequent(count, size)}
