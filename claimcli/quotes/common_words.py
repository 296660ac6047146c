"""Which words two runs of words share in order."""

from collections.abc import Sequence
from typing import NamedTuple

MOST_COMPARED = 20_000
"""Product of two lengths beyond which words are aligned in a way that never takes long."""


class Block(NamedTuple):
    """Words that stand in both, from where in the one and in the other, and how many."""

    a: int
    b: int
    size: int


def shared(ours: Sequence[str], theirs: Sequence[str]) -> list[Block]:
    """Return the runs of words that both have, in order.

    Long runs count first, as in Ratcliff and Obershelp's matching by difflib, which keeps what
    belongs together; of many words it is their longest common subsequence, by rapidfuzz, since the
    former takes cubic time where words repeat.
    """
    if len(ours) * len(theirs) > MOST_COMPARED:
        from rapidfuzz.distance import LCSseq

        found = [(b.a, b.b, b.size) for b in LCSseq.opcodes(ours, theirs).as_matching_blocks()]
    else:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        found = [(b.a, b.b, b.size) for b in matcher.get_matching_blocks()]
    return [Block(*block) for block in found if block[2]]
