"""Match the words of a text with many phrases at once, in a tree of words."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache

from msgspec import Struct

from claimcli.quotes.normalize import INVISIBLE

MAX_GAP = 4
"""Most words of the text that ``...`` in a phrase matches."""
MIN_STEM = 2
"""Shortest start or end of a word in an entry with ``*``, in letters."""
MAX_STEM = 40
"""Longest start or end of a word that is found, in letters."""
MAX_FORMS = 200
"""Most combinations of the alternatives in one phrase."""
MAX_OTHERS = 65_536
"""Most words in which no phrase begins that are remembered."""
GAP = "..."
MARKS = frozenset(",()")
"""Tokens that are punctuation; a gap ends there."""
_LETTERS = re.compile(r"[^\W_]+")
_DIVIDED = re.compile(rf"\w['\u2019\u02bc\u055a{INVISIBLE}]+\w|-\Z")
"""An apostrophe or something invisible within a word, or a hyphen at the end of a line."""


class WordSet:
    """Words, and words with ``*`` at one end, each with a value."""

    def __init__(self) -> None:
        self.exact: dict[str, PhraseNode] = {}
        self.starts: dict[str, PhraseNode] = {}
        self.ends: dict[str, PhraseNode] = {}
        self._first_letters: set[str] = set()
        self._last_letters: set[str] = set()

    def add(self, word: str) -> "PhraseNode":
        """Return the node of a word, which is added if it is new."""
        if word.endswith("*"):
            table, word = self.starts, word[:-1]
            self._first_letters.add(word[:MIN_STEM])
        elif word.startswith("*"):
            table, word = self.ends, word[1:]
            self._last_letters.add(word[-MIN_STEM:])
        else:
            table = self.exact
        return table.setdefault(word, PhraseNode())

    def find(self, word: str) -> "list[PhraseNode]":
        """Return the nodes that match a word."""
        found = [self.exact[word]] if word in self.exact else []
        if word[:MIN_STEM] in self._first_letters:
            found += [self.starts[word[:n]] for n in _sizes(word) if word[:n] in self.starts]
        if word[-MIN_STEM:] in self._last_letters:
            found += [self.ends[word[-n:]] for n in _sizes(word) if word[-n:] in self.ends]
        return found


class PhraseNode:
    """A position within phrases: the next words, the next words after a gap, and what ends here."""

    __slots__ = ("after_gap", "entries", "next")

    def __init__(self) -> None:
        self.next: WordSet | None = None
        self.after_gap: WordSet | None = None
        self.entries: list[Entry] = []


class Entry(Struct, frozen=True):
    """A phrase of a list: the section that it is in, and its language ("" for a dossier's)."""

    section: str
    language: str


class PhraseMatch(Struct, frozen=True):
    """An entry that matches tokens, from the first to the last, which is included."""

    first: int
    last: int
    entry: Entry


class Phrases:
    """Phrases in a tree."""

    def __init__(self) -> None:
        self.root = WordSet()
        self._others: set[str] = set()

    @cached_property
    def _find(self) -> Callable[[str], list[PhraseNode]]:
        """Return the nodes of the phrases that a word begins; for many words these are known."""
        return lru_cache(maxsize=MAX_OTHERS)(self.root.find)

    def add(self, words: Sequence[str], entry: Entry) -> None:
        """Add a phrase. Raises ValueError, in words, if it is not valid."""
        if words.count(GAP) > 1:
            raise ValueError("a phrase has '...' once at most")
        sets = [self.root]
        nodes: list[PhraseNode] = []
        for word in words:
            if word == GAP:
                if not nodes:
                    raise ValueError("'...' has a word before and after it")
                sets = [_after_gap(node) for node in nodes]
                nodes = []
                continue
            nodes = [table.add(form) for table in sets for form in _forms(word)]
            if len(nodes) > MAX_FORMS:
                raise ValueError(f"the phrase has more than {MAX_FORMS} forms")
            sets = [_next(node) for node in nodes]
        if not nodes:
            raise ValueError("'...' has a word before and after it")
        for node in nodes:
            node.entries.append(entry)

    def may_begin_in(self, written: AbstractSet[str]) -> bool:
        """Return whether a phrase can begin in one of some words with their punctuation."""
        for chunk in written - self._others:
            words = _LETTERS.findall(chunk.lower())
            if _DIVIDED.search(chunk) or any(map(self._find, words)):
                return True
            if len(self._others) < MAX_OTHERS:
                self._others.add(chunk)
        return False

    def matches(self, tokens: Sequence[str], quote: tuple[int, int]) -> Iterator[PhraseMatch]:
        """Yield the matches of all phrases; a gap can also contain the tokens of the quote."""
        for first, token in enumerate(tokens):
            for node in self._find(token):
                yield from _continued(node, tokens, first, first, quote)


def _sizes(word: str) -> range:
    """Return the lengths of the stems that a word can have, in letters."""
    return range(MIN_STEM, min(len(word), MAX_STEM) + 1)


def _next(node: PhraseNode) -> WordSet:
    node.next = node.next or WordSet()
    return node.next


def _after_gap(node: PhraseNode) -> WordSet:
    node.after_gap = node.after_gap or WordSet()
    return node.after_gap


def _forms(word: str) -> list[str]:
    """Return the alternatives of a word. Raises ValueError, in words, if one is not valid."""
    forms = word.split("/")
    for form in forms:
        stem = form.strip("*")
        if not stem or "*" in stem or (form.startswith("*") and form.endswith("*")):
            raise ValueError(f"'{form}' is not a word; '*' is at one end of a word")
        if "*" in form and len(stem) < MIN_STEM:
            raise ValueError(f"'{form}' needs at least {MIN_STEM} letters")
    return forms


def _continued(
    node: PhraseNode, tokens: Sequence[str], first: int, at: int, quote: tuple[int, int]
) -> Iterator[PhraseMatch]:
    """Yield the matches of phrases that continue at a token whose node was found."""
    for entry in node.entries:
        yield PhraseMatch(first, at, entry)
    if node.next and at + 1 < len(tokens):
        for following in node.next.find(tokens[at + 1]):
            yield from _continued(following, tokens, first, at + 1, quote)
    if node.after_gap:
        for place in _gap_ends(tokens, at + 1, quote):
            for following in node.after_gap.find(tokens[place]):
                yield from _continued(following, tokens, first, place, quote)


def _gap_ends(tokens: Sequence[str], start: int, quote: tuple[int, int]) -> Iterator[int]:
    """Yield the tokens up to MAX_GAP after a start; those of the quote count as none."""
    place, left = start, MAX_GAP
    while place < len(tokens) and left >= 0:
        if place == quote[0] and start <= place and quote[1] - quote[0] > left:
            place = quote[1]
            continue
        if tokens[place] in MARKS:
            return
        yield place
        place += 1
        left -= 1
