"""Names of speakers: which ones fit a claim, and which ones are of somebody else."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from claimcli.core.text.normal_forms import fold_case
from claimcli.quotes.speakers.words import every_language

MAX_NAMES = 5_000
"""Names on file that are searched in running text."""
MAX_ALIKE = 200
"""Names on file that are compared with a name if they have a word in common."""
SIMILAR = 0.65
"""Least similarity of two words (difflib's ratio) that can be transcriptions of one name."""
MIN_SIMILAR = 5
"""Shortest word that can be a transcription of another."""
_WORD = re.compile(r"[^\W\d_]+")
_IGNORED = ("title", "role", "article", "date")
"""Kinds of words that do not distinguish one person from another."""


@lru_cache(maxsize=4_096)
def words_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, without titles and single letters.

    If it has nothing but titles and roles, they are returned.
    """
    words = _long_words(name)
    return tuple(w for w in words if not every_language().has(w, *_IGNORED)) or words


def is_role(name: str) -> bool:
    """Return whether a name consists of titles and roles, such as "The President"."""
    return all(every_language().has(word, *_IGNORED) for word in _long_words(name))


def _long_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(fold_case(name)) if len(word) > 1)


class SpeakerNames:
    """The names of all speakers on file, and their parts."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.all = tuple(names)[:MAX_NAMES]

    @cached_property
    def _by_word(self) -> dict[str, list[frozenset[str]]]:
        by_word: dict[str, list[frozenset[str]]] = defaultdict(list)
        for parts in dict.fromkeys(frozenset(words_of_name(name)) for name in self.all):
            for word in parts:
                by_word[word].append(parts)
        return by_word

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the names, or their last parts, in running text."""
        names = {part for name in self.all for part in (name, *name.split()[-1:])}
        spoken = {name for name in names if len(name) > 2 and not name[0].islower()}
        listed = "|".join(map(re.escape, sorted(spoken, key=lambda n: (-len(n), n))))
        spaced = listed.replace(r"\ ", r"\s+")
        return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)" if listed else r"(?!)")

    def includes(self, name: str) -> bool:
        """Return whether the words of a name are a subset or superset of those of a known name."""
        parts = frozenset(words_of_name(name))
        alike = (other for word in parts for other in self._by_word.get(word, ())[:MAX_ALIKE])
        return any(parts <= other or other <= parts for other in alike)


class ExpectedSpeakers:
    """The speakers that fit a claim (``own``), and all names on file.

    ``named`` says whether the claim names a speaker; if not, any speaker of its party fits.
    """

    def __init__(
        self, own: tuple[str, ...] = (), names: SpeakerNames | None = None, *, named: bool = False
    ) -> None:
        self.own = own
        self.named = named
        self.names = names or SpeakerNames()

    @property
    def label(self) -> str:
        """The first name that fits."""
        return self.own[0] if self.own else "nobody named"

    @cached_property
    def _own_words(self) -> list[tuple[str, ...]]:
        return [words for name in self.own if (words := words_of_name(name))]

    def fits(self, name: str) -> bool:
        """Return whether a name has a word in common with a fitting name.

        It does not suffice that both begin with the same given name.
        """
        words = words_of_name(name)
        return any(_have_in_common(words, own) for own in self._own_words)

    def is_known(self, name: str) -> bool:
        """Return whether a name is on file or fits."""
        return bool(words_of_name(name)) and (self.names.includes(name) or self.fits(name))

    def is_known_other(self, name: str) -> bool:
        """Return whether a name on file is not one of those that fit."""
        words = frozenset(words_of_name(name))
        if any(words <= set(own) or words >= set(own) for own in self._own_words):
            return False
        return self.names.includes(name)

    def can_be_other(self, name: str) -> bool:
        """Return whether a name that is not on file is clearly unlike that of the claim's speaker.

        Offices, names in other scripts and possible transcriptions ("Lawrow") are not.
        """
        if not self.named or self.fits(name) or is_role(self.label):
            return False
        words, own = words_of_name(name), [word for words in self._own_words for word in words]
        if not words or not {_script(w) for w in words} & {_script(w) for w in own}:
            return False
        return not any(_is_similar(word, other) for word in words for other in own)


def _have_in_common(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    if words and (set(words) <= set(own) or set(words) >= set(own)):
        return True
    common = {word for word in words if word in own and (len(word) > 3 or len(own) <= 2)}
    given = len(words) > 1 and len(own) > 1 and common == {words[0]} == {own[0]}
    return bool(common) and not given


def _script(word: str) -> str:
    """Return the script of a word's first letter, such as "LATIN"."""
    return unicodedata.name(word[0], "").partition(" ")[0]


def _is_similar(one: str, other: str) -> bool:
    if min(len(one), len(other)) < MIN_SIMILAR:
        return False
    return SequenceMatcher(None, one[:40], other[:40], autojunk=False).ratio() >= SIMILAR
