"""What SQLite is lent for queries: regular expressions, and paths as the user knows them."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from claimcli.problems import ClaimcliError, Excerpt

MOST_SECONDS = 10.0
"""How long all searches of one query for patterns may take together."""


def lend(db: sqlite3.Connection, shown: Callable[[int, str], str]) -> None:
    """Let a connection's queries use ``text REGEXP pattern`` and ``shown(root, path)``."""
    db.create_function("shown", 2, shown, deterministic=True)
    db.create_function("regexp", 2, _Searcher().search, deterministic=True)


def check_pattern(pattern: str, at: Excerpt | None = None) -> None:
    """Raise ClaimcliError, with the place, where a pattern is no regular expression."""
    import regex

    try:
        regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError) as error:
        message = f"the pattern cannot be read: {getattr(error, 'msg', error)}"
        raise ClaimcliError(message, "put '\\' before a mark that is meant", excerpt=at) from None


class _Searcher:
    """Searches texts for patterns, letter case aside, until its time is up."""

    def __init__(self) -> None:
        self.deadline: float | None = None
        self.patterns: dict[str, Any] = {}

    def search(self, pattern: str, text: str | None) -> bool:
        """Return whether the pattern stands in the text. Raises TimeoutError."""
        import regex

        if text is None:
            return False
        if pattern not in self.patterns:
            self.patterns[pattern] = regex.compile(pattern, regex.IGNORECASE)
        now = time.monotonic()
        self.deadline = self.deadline or now + MOST_SECONDS
        left = self.deadline - now
        if left <= 0:
            raise TimeoutError
        return self.patterns[pattern].search(str(text), timeout=left) is not None
