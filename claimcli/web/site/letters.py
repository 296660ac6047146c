"""Letters as SQLite's full-text search sees them, so that a script can divide texts as it does."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from string import ascii_lowercase

_RANGES = (
    (0x80, 0x3400), (0x4DC0, 0x4E00), (0xA490, 0xAC00), (0xF900, 0x11200), (0x11680, 0x11700),
    (0x12400, 0x12480), (0x16F00, 0x17000), (0x1D000, 0x1F800), (0xE0000, 0xE0200),
)  # fmt: skip
"""Where separators and letters with accents or case are; other characters are letters."""


def letters(texts: Iterable[str]) -> dict[str, str]:
    """Return the characters between words, and those that are read as letters of some texts.

    ``separators`` is the inside of a character class; accents, which join letters, are not among
    them. ``folds`` has parts between spaces: a letter, and the characters that are read as it. The
    first part has the accents, which are read as nothing.
    """
    tokens = _tokens()
    used = {"", *(tokens.get(char, char) for char in set(ascii_lowercase).union(*texts))}
    folds: dict[str, list[str]] = defaultdict(list)
    for char, token in tokens.items():
        if token in used and token is not None:
            folds[token].append(char)
    accents = "".join(folds.pop("", []))
    separators = (ord(char) for char, token in tokens.items() if token is None)
    return {
        "separators": "".join(_ranges(separators)),
        "folds": " ".join((accents, *(f"{a}{''.join(b)}" for a, b in sorted(folds.items())))),
    }


@cache
def _tokens() -> dict[str, str | None]:
    """Return what characters become inside a word, if another one; None for those that end it."""
    codes = [code for first, end in _RANGES for code in range(first, end)]
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'unicode61 remove_diacritics 2')")
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, 'row')")
    db.execute("INSERT INTO t VALUES (?)", (" ".join(f"{c:x}q{chr(c)}z" for c in codes),))
    parts = (term.partition("q") for (term,) in db.execute("SELECT term FROM v"))
    read = {chr(int(code, 16)): rest[:-1] if rest else None for code, mark, rest in parts if mark}
    db.close()
    return {char: read[char] for char in sorted(read) if read[char] != char}


def _ranges(codes: Iterable[int]) -> Iterator[str]:
    """Yield sorted codes as the ranges of a character class."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][-1] + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    for run in runs:
        yield chr(run[0]) if len(run) == 1 else f"{chr(run[0])}-{chr(run[-1])}"
