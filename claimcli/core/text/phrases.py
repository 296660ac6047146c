"""Search for many phrases in one text, word by word.

Aho and Corasick, "Efficient string matching: an aid to bibliographic search", Communications of the
ACM 18 (1975), with words as symbols: the time grows with the sum of the lengths.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

Phrase = tuple[str, ...]

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


def words_of_text(text: str) -> Phrase:
    """Return the words without case and marks; in scripts without spaces, the characters."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


class PhraseFinder:
    """Finds phrases, which are not empty, in sequences of words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Build the automaton: a trie whose nodes are numbers, the root being 0."""
        self.next: dict[tuple[int, str], int] = {}
        self.phrases: list[Phrase | None] = [None]
        edges: list[tuple[int, str]] = [(0, "")]
        for phrase in phrases:
            node = 0
            for word in phrase:
                below = self.next.setdefault((node, word), len(edges))
                if below == len(edges):
                    edges.append((node, word))
                    self.phrases.append(None)
                node = below
            self.phrases[node] = phrase
        self.suffix = [0] * len(edges)
        for node in _by_depth(edges):
            parent, word = edges[node]
            if parent:
                self.suffix[node] = self._step(self.suffix[parent], word)

    def _step(self, node: int, word: str) -> int:
        """Return the node of the longest beginning of a phrase that ends with the word."""
        while node and (node, word) not in self.next:
            node = self.suffix[node]
        return self.next.get((node, word), 0)

    def find(self, words: Iterable[str]) -> Iterator[Phrase]:
        """Yield each phrase that occurs in the words, once."""
        reported = {0}
        node = 0
        for word in words:
            end = node = self._step(node, word)
            while end not in reported:
                reported.add(end)
                phrase = self.phrases[end]
                if phrase is not None:
                    yield phrase
                end = self.suffix[end]


def _by_depth(edges: list[tuple[int, str]]) -> list[int]:
    """Return the nodes except the root, each after those that are nearer to the root."""
    depths = [0] * len(edges)
    for node in range(1, len(edges)):  # a node's number is greater than its parent's
        depths[node] = depths[edges[node][0]] + 1
    return sorted(range(1, len(edges)), key=depths.__getitem__)
