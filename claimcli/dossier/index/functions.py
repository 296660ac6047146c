"""SQL functions for queries: regular expressions, lower case, paths as users know them."""

import re
import sqlite3
import time
import unicodedata
from collections.abc import Callable
from math import prod
from typing import Any, TypeVar

from claimcli.core.problems import ClaimcliError, Excerpt

MAX_SECONDS = 10.0
"""Time limit for all pattern searches of one query."""
MAX_REPEATS = 1000
"""Limit for the repeat counts of a pattern, nested ones multiplied: the library expands repeats in
memory."""

_T = TypeVar("_T")


def register_functions(db: sqlite3.Connection, path_of: Callable[[int, str], str]) -> "Searcher":
    """Define ``text REGEXP pattern``, ``display_path(root, path)`` and ``lower(text)`` for queries.

    Returns the searcher, which has the error of a failed pattern search.
    """
    db.create_function("display_path", 2, path_of, deterministic=True)
    db.create_function("lower", 1, _lower, deterministic=True)
    return register_regexp(db, MAX_SECONDS)


def run_with_functions(
    db: sqlite3.Connection,
    path_of: Callable[[int, str], str],
    use: Callable[[sqlite3.Connection], _T],
) -> _T:
    """Return what ``use`` returns, whose queries may call the functions.

    Raises ClaimcliError if a pattern takes too long or is too large.
    """
    searcher = register_functions(db, path_of)
    try:
        return use(db)
    except sqlite3.OperationalError as error:
        raise searcher.error or error from None


def _lower(value: Any) -> Any:
    """Replacement for SQLite's function, which changes ASCII letters only."""
    return lower(value) if isinstance(value, str) else value


def lower(text: str) -> str:
    """Return a text in lower case, in Unicode normal form C."""
    return unicodedata.normalize("NFC", text).lower()


def register_regexp(db: sqlite3.Connection, seconds: float) -> "Searcher":
    """Define ``text REGEXP pattern`` for queries, with a time limit for all searches together."""
    searcher = Searcher(seconds)
    db.create_function("regexp", 2, searcher.search, deterministic=True)
    return searcher


_CALL = r"(?s)\\.|\[(?:\\.|[^\]\\])*\]|(\(\?(?:R\)|[+-]?\d+\)|&|P[>&]))"
"""A call of the pattern or a group as ``(?R)``, ``(?1)`` or ``(?&name)``, or a part without one."""


def compile_pattern(pattern: str, at: Excerpt | None = None) -> Any:
    """Return a compiled pattern that ignores letter case, for texts in normal form C.

    Raises ClaimcliError, with the excerpt ``at``, if it is invalid or too large.
    """
    import regex

    repeats = prod(int(n) for n in re.findall(r"\{(?:\d*,)?(\d{1,9})\d*,?\}", pattern) if int(n))
    if repeats > MAX_REPEATS:
        message = f"the pattern repeats a part more than {MAX_REPEATS:,} times"
        raise ClaimcliError(message, "write '+' or '*' in place of the number", excerpt=at)
    if any(found[1] for found in re.finditer(_CALL, pattern)):
        message = "the pattern calls itself, which could fill the memory"
        raise ClaimcliError(message, "write the parts out as often as they can occur", excerpt=at)
    try:
        return regex.compile(unicodedata.normalize("NFC", pattern), regex.IGNORECASE)
    except Exception as error:  # the library raises several kinds
        message = f"the pattern cannot be read: {getattr(error, 'msg', error)}"
        raise ClaimcliError(message, "escape special characters with '\\'", excerpt=at) from None


class Searcher:
    """Searches texts for patterns within a time limit; ``error`` is why the last search failed."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = self.left = seconds
        self.clock = clock
        self.patterns: dict[str, Any] = {}
        self.error: ClaimcliError | None = None

    def search(self, pattern: str, text: str | None) -> bool:
        """Return whether the pattern occurs in the text. Stores and raises ClaimcliError."""
        if text is None:
            return False
        try:
            return self._search(str(pattern), unicodedata.normalize("NFC", str(text)))
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
            matches = self.patterns[pattern].search(text, timeout=self.left) is not None
        except TimeoutError:
            self.left = 0.0
            message = f"the pattern '{pattern}' takes more than {self.seconds:g} s"
            raise ClaimcliError(message, "use fewer repetitions") from None
        except MemoryError:
            message = f"the pattern '{pattern}' takes too much memory"
            raise ClaimcliError(message, "use fewer repetitions") from None
        self.left -= self.clock() - started
        return matches
