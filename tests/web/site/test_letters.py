"""The letters of a site's search are those of SQLite's full-text search."""

import re
import sqlite3

from claimcli.web.site.letters import letters

ASTRAL = (*range(0x10000, 0x20000), *range(0xE0000, 0xE0200))
CODES = (*range(0x80, 0xD800), *range(0xE000, 0x10000), *ASTRAL)


def tokens() -> dict[str, str]:
    """Return each character in the middle of a word, as the index divides it."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'unicode61 remove_diacritics 2')")
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, 'row')")
    db.execute("INSERT INTO t VALUES (?)", (" ".join(f"{c:x}q{chr(c)}z" for c in CODES),))
    parts = (term.partition("q") for (term,) in db.execute("SELECT term FROM v"))
    return {chr(int(code, 16)): rest[:-1] if rest else " " for code, mark, rest in parts if mark}


def test_every_character_is_read_as_the_index_reads_it() -> None:
    """Those that separate words, accents, and letters that are read as another one."""
    table = letters([chr(code) for code in CODES])
    separators = re.compile(f"[{table['separators']}]")
    accents, *folds = table["folds"].split(" ")
    folded = dict.fromkeys(accents, "") | {other: f[0] for f in folds for other in f[1:]}

    read = tokens()

    assert len(read) == len(CODES)
    assert read == {
        char: folded.get(char, " " if separators.match(char) else char) for char in read
    }


def test_only_letters_of_the_texts_are_listed() -> None:
    """Characters that are read as a letter that no text has are left out: the data stays small."""
    _, *folds = letters(["Ζάππα"])["folds"].split(" ")

    assert [fold for fold in folds if fold[0] == "ζ"] == ["ζΖ"]
    assert [fold for fold in folds if fold[0] == "я"] == []
    assert all(fold[0] in "abcdefghijklmnopqrstuvwxyzζαπά" for fold in folds)
