"""Read the lists of polarity: those of the package, and the one that a dossier adds."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.suggestions import did_you_mean
from claimcli.quotes.polarity.phrases import Entry, Phrases
from claimcli.quotes.polarity.tokens import tokens_of
from claimcli.quotes.speakers.words import LANGUAGES

OTHER = "other"
"""The list of words of further languages."""
MAX_BYTES = 64 * 1024
MAX_WORDS = 12
"""Most words in one phrase."""
SECTIONS = (
    "before", "after", "around", "before adjacent", "after adjacent", "around adjacent", "modals",
    "conditions", "openings", "pairs", "harmless",
)  # fmt: skip
GRAMMAR = ("pronouns", "articles", "finite", "that", "and", "but", "participles", "said", "between")
_HEADER = re.compile(r"\[\s*([^\[\]]*?)\s*\]")


class GrammarWords:
    """Words, some with ``*`` for any letters at one end; ``*`` alone is any word."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        listed = tuple(words)
        self.exact = frozenset(word for word in listed if "*" not in word)
        self.starts = tuple(word[:-1] for word in listed if word.endswith("*"))
        self.ends = tuple(word[1:] for word in listed if word.startswith("*") and word != "*")

    def __contains__(self, word: str) -> bool:
        return word in self.exact or word.startswith(self.starts) or word.endswith(self.ends)


class Grammar(Struct, frozen=True):
    """Words of a language that show where clauses begin and end."""

    pronouns: GrammarWords = GrammarWords()
    articles: GrammarWords = GrammarWords()
    finite: GrammarWords = GrammarWords()
    that: GrammarWords = GrammarWords()
    and_: GrammarWords = GrammarWords()
    but: GrammarWords = GrammarWords()
    participles: GrammarWords = GrammarWords()
    said: GrammarWords = GrammarWords()
    between: GrammarWords = GrammarWords()

    @property
    def frequent(self) -> frozenset[str]:
        """The words that show that a text is in this language."""
        lists = (self.pronouns, self.articles, self.finite, self.that, self.and_, self.between)
        return frozenset().union(*(words.exact for words in lists))


class PolarityLists(Struct, frozen=True):
    """The phrases that count, and the language of the source if it is known, such as "en"."""

    phrases: tuple[Phrases, ...]
    language: str = ""


@cache
def bundled_lists() -> Phrases:
    """Return the phrases of all languages."""
    phrases = Phrases()
    for language in LANGUAGES:
        path = _path(language)
        for line, section, written in _lines(path.read_text(encoding="utf-8")):
            if section in SECTIONS:
                _add(phrases, f"{path}:{line}", written, Entry(section, language))
    return phrases


def all_phrases(path: str) -> tuple[Phrases, ...]:
    """Return the bundled phrases and those of a dossier's file, if it has one."""
    return (bundled_lists(), read_list(Path(path))) if path else (bundled_lists(),)


def read_list(path: Path) -> Phrases:
    """Return the phrases of a dossier's file.

    Raises ClaimcliError if it cannot be read, is too large, or has an invalid line.
    """
    return parse_list(text_of_list(path), str(path))


def parse_list(text: str, path: str) -> Phrases:
    """Return the phrases of the text of a file. Raises ClaimcliError if a line is invalid."""
    phrases = Phrases()
    for line, section, written in _lines(text):
        where = f"{path}:{line}"
        if section not in SECTIONS:
            shown = f"no section '{section[:40]}'" if section else "an entry without a section"
            known = ", ".join(f"[{name}]" for name in SECTIONS)
            raise _error(f"{where}: {shown}", did_you_mean(section, SECTIONS, f"they are {known}"))
        _add(phrases, where, written, Entry(section, ""))
    return phrases


@cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language, of English if it is ""."""
    words: dict[str, list[str]] = {name: [] for name in GRAMMAR}
    for _, section, written in _lines(_path(language or "en").read_text(encoding="utf-8")):
        if section in words:
            words[section] += written.split()
    return Grammar(*(GrammarWords(words[name]) for name in GRAMMAR))


@cache
def frequent_words() -> dict[str, str]:
    """Return the language of each frequent word that belongs to one language only."""
    lists = {name: grammar(name).frequent for name in (*LANGUAGES, OTHER)}
    counts = Counter(word for words in lists.values() for word in words)
    return {word: name for name, words in lists.items() for word in words if counts[word] == 1}


def _path(language: str) -> Path:
    return Path(__file__).parent / f"{language}.txt"


def text_of_list(path: Path) -> str:
    """Return the text of a file. Raises ClaimcliError if it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise _error(f"{path}: it is larger than {MAX_BYTES // 1024} KiB", "shorten it")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _error(f"{path}: it is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "'polarity' in claimcli.toml names it"
        raise _error(f"{path} cannot be read: {reason}", hint) from None


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number, section and content of each line, in lower case without comments."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        written = line.partition("#")[0].strip().lower()
        if header := _HEADER.fullmatch(written):
            section = " ".join(header[1].split())
            if section not in SECTIONS + GRAMMAR:
                yield number, section, ""
        elif written:
            yield number, section, written


def _add(phrases: Phrases, where: str, written: str, entry: Entry) -> None:
    """Add a line. Raises ClaimcliError if it is not a valid phrase."""
    words = [word for part in written.replace("-", " ").split() for word in _words(part)]
    try:
        if not words or len(words) > MAX_WORDS:
            raise ValueError(f"a phrase has 1 to {MAX_WORDS} words")
        phrases.add(words, entry)
    except ValueError as error:
        raise _error(
            f"{where}: '{written[:60]}': {error}", "see 'claimcli help polarity'"
        ) from None


def _words(part: str) -> list[str]:
    """Return the words of a part of a line between spaces, split as those of a text are."""
    if part == "..." or "/" in part or "*" in part or part.endswith("'"):
        return [part]
    return [token.word for token in tokens_of(part, 0, len(part))]


def _error(message: str, hint: str) -> ClaimcliError:
    return ClaimcliError(message, hint, code=ExitCode.UNREADABLE)
