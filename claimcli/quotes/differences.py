"""The words in which a quote and the passage nearest to it differ."""

from collections.abc import Iterator

from claimcli.core.text.word_diff import Piece
from claimcli.quotes.common_words import shared
from claimcli.quotes.normalize import normalize
from claimcli.quotes.searchable import Words

MOST_WORDS = 2_000
"""Words above which two texts are not compared: the comparison grows with their product."""

Pieces = tuple[Piece, ...]


def differences(quote: str, passage: str) -> tuple[Pieces, Pieces]:
    """Return both cut into pieces, those marked that the other has not; together each is whole.

    Words are compared without letter case and marks.
    """
    ours, theirs = Words(normalize(quote)), Words(normalize(passage))
    if max(len(ours.words), len(theirs.words)) > MOST_WORDS:
        return (Piece(quote, differs=False),), (Piece(passage, differs=False),)
    blocks = shared(ours.words, theirs.words)
    common = {n for block in blocks for n in range(block.a, block.a + block.size)}
    others = {n for block in blocks for n in range(block.b, block.b + block.size)}
    return tuple(_pieces(quote, ours, common)), tuple(_pieces(passage, theirs, others))


def _pieces(text: str, words: Words, common: set[int]) -> Iterator[Piece]:
    """Yield runs of words that are shared or not; what stands between them goes with the shared."""
    at = 0
    runs: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(words.spans()):
        if number in common:
            continue
        if runs and number - 1 not in common and number > 0:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    for start, end in runs:
        if start > at:
            yield Piece(text[at:start], differs=False)
        yield Piece(text[start:end], differs=True)
        at = end
    if at < len(text):
        yield Piece(text[at:], differs=False)
