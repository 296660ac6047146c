"""Words that show who speaks, by language and kind: verbs of saying, pronouns, titles, labels."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from claimcli.core.text.normal_forms import fold_case

MAX_REMEMBERED = 65_536
"""Questions about words whose answers are remembered."""


class WordList:
    """Words and beginnings of words, with which words without case are compared."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        folded = [fold_case(word) for word in words]
        self.words = frozenset(word for word in folded if not word.endswith("*"))
        self.stems = tuple(word[:-1] for word in folded if word.endswith("*"))

    def __contains__(self, folded: str) -> bool:
        return folded in self.words or (bool(self.stems) and folded.startswith(self.stems))


class Vocabulary:
    """The words of a language, or of all, by kind: ``say``, ``tell``, ``pronoun`` and others."""

    def __init__(self, language: str, files: Iterable[str]) -> None:
        self.language = language
        kinds: dict[str, list[str]] = defaultdict(list)
        for name in files:
            text = (Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8")
            for line in text.splitlines():
                kind, colon, words = line.partition(":")
                if colon and not line.startswith("#"):
                    kinds[kind] += words.split()
        self._kinds = {kind: WordList(words) for kind, words in kinds.items()}

    @lru_cache(maxsize=MAX_REMEMBERED)  # noqa: B019 - the few vocabularies are kept anyway
    def has(self, word: str, *kinds: str) -> bool:
        """Return whether a word is of one of some kinds."""
        folded = fold_case(word)
        return any(kind in self._kinds and folded in self._kinds[kind] for kind in kinds)


LANGUAGES = ("en", "de", "fr", "es", "ru")
"""The languages whose verbs of saying, negations and conditions are known."""


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """Return the words of each language."""
    return tuple(Vocabulary(name, [name]) for name in LANGUAGES)


@cache
def every_language() -> Vocabulary:
    """Return the words of all languages, also of those with labels only."""
    return Vocabulary("", (*LANGUAGES, "other"))
