"""What SQLite is lent for queries: regular expressions, and paths as the user knows them."""

import re
import sqlite3
import time
import unicodedata
from collections.abc import Callable
from math import prod
from typing import Any, TypeVar

from claimcli.core.problems import ClaimcliError, Excerpt

MAX_SECONDS = 10.0
"""How long all searches of one query for patterns may take together."""
MAX_REPEATS = 1000
"""How often a pattern may ask for a part to be repeated, nested repeats multiplied: what is
repeated is laid out in memory."""

_T = TypeVar("_T")


def register_functions(db: sqlite3.Connection, shown: Callable[[int, str], str]) -> "Searcher":
    """Let a connection's queries use ``text REGEXP pattern``, ``shown(root, path)``, ``lower``.

    Return what searches for patterns, which knows what went wrong.
    """
    db.create_function("shown", 2, shown, deterministic=True)
    db.create_function("lower", 1, _lower, deterministic=True)
    return register_regexp(db, MAX_SECONDS)


def run_with_functions(
    db: sqlite3.Connection,
    shown: Callable[[int, str], str],
    use: Callable[[sqlite3.Connection], _T],
) -> _T:
    """Return what ``use`` returns, whose queries may call the functions.

    Raises ClaimcliError if a pattern takes too long or is too large.
    """
    searcher = register_functions(db, shown)
    try:
        return use(db)
    except sqlite3.OperationalError as error:
        raise searcher.error or error from None


def _lower(value: Any) -> Any:
    """Do for all letters what SQLite's own does for those of ASCII."""
    return lower(value) if isinstance(value, str) else value


def lower(text: str) -> str:
    """Return a text in lower case, its accents composed."""
    return unicodedata.normalize("NFC", text).lower()


def register_regexp(db: sqlite3.Connection, seconds: float) -> "Searcher":
    """Let a connection's queries use ``text REGEXP pattern`` for so long in all."""
    searcher = Searcher(seconds)
    db.create_function("regexp", 2, searcher.search, deterministic=True)
    return searcher


def compile_pattern(pattern: str, at: Excerpt | None = None) -> Any:
    """Return a pattern ready to search with, letter case aside.

    Raises ClaimcliError, with the place, where it is no regular expression or too large.
    """
    import regex

    repeats = prod(int(n) for n in re.findall(r"\{(?:\d*,)?(\d{1,9})\d*,?\}", pattern) if int(n))
    if repeats > MAX_REPEATS:
        message = f"the pattern repeats a part more than {MAX_REPEATS:,} times"
        raise ClaimcliError(message, "write '+' or '*' in place of the number", excerpt=at)
    try:
        return regex.compile(pattern, regex.IGNORECASE)
    except Exception as error:  # the library lets several kinds through
        message = f"the pattern cannot be read: {getattr(error, 'msg', error)}"
        raise ClaimcliError(message, "put '\\' before a mark that is meant", excerpt=at) from None


class Searcher:
    """Searches texts for patterns until its time is up; ``wrong`` is what kept it from it."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = self.left = seconds
        self.clock = clock
        self.patterns: dict[str, Any] = {}
        self.error: ClaimcliError | None = None

    def search(self, pattern: str, text: str | None) -> bool:
        """Return whether the pattern stands in the text. Raises ClaimcliError, and keeps it."""
        if text is None:
            return False
        try:
            return self._search(str(pattern), str(text))
        except ClaimcliError as error:
            self.error = error
            raise

    def _search(self, pattern: str, text: str) -> bool:
        if pattern not in self.patterns:
            self.patterns[pattern] = compile_pattern(pattern)
        started = self.clock()
        try:
            if self.left <= 0:
                raise TimeoutError
            found = self.patterns[pattern].search(text, timeout=self.left) is not None
        except TimeoutError:
            self.left = 0.0
            message = f"the pattern '{pattern}' takes more than {self.seconds:g} s"
            raise ClaimcliError(message, "let fewer of its parts repeat") from None
        self.left -= self.clock() - started
        return found
