"""The full-text table in which similar claims are searched.

It is filled at the first search, in parts, and from then on updated together with the index. It has
two columns: the statement, and the context, which is the quotes, the question of the issue and the
titles of the sources. It is contentless: it has the words of the texts, not the texts.
"""

import re
import sqlite3
import zlib
from collections.abc import Callable

from claimcli.core.text.phrases import UNSPACED
from claimcli.dossier.index.insert import keys_of
from claimcli.dossier.index.rows import FILE_BITS

TABLE = "_similar"
TOKENIZER = "porter unicode61 remove_diacritics 2"
PREPARED = "note: the search for similar claims is prepared, once for this index"
_BATCH = 20_000
"""Claims that are added in one transaction: others can write to the index in between."""
_MOST_WAITS = 3
"""Times that an index stays locked without progress before a private table is filled."""
_FILLED = 2**63 - 1
"""The key up to which a complete table is filled."""
_TEXTS = """
SELECT c.claim, spaced(c.statement), spaced((
    SELECT group_concat(text, ' | ') FROM (
        SELECT quote AS text FROM citations q WHERE q.claim = c.claim AND quote IS NOT NULL
        UNION SELECT question FROM issues i WHERE i.id = c.issue AND question IS NOT NULL
        UNION SELECT s.title FROM citations q CROSS JOIN sources s ON s.id = q.source
        WHERE q.claim = c.claim
    )
)) FROM claims c WHERE {}
"""
_CREATE = (
    f"CREATE VIRTUAL TABLE {{}}.{TABLE}"
    f" USING fts5(statement, context, content = '', tokenize = '{TOKENIZER}')"
)
_STAMP = zlib.crc32(f"3{_TEXTS}{_CREATE}".encode())
"""Marks a table as filled by these rules: others are filled again."""
_RANGE = "c.claim BETWEEN ? AND ?"
_UNSPACED = re.compile(f"[{UNSPACED}]+")
GROUPED_DIGITS = r"(?<![\d.,])\d{1,3}(?:[.,'’\u00a0\u202f]\d{3}){1,5}(?![.,'’\u00a0\u202f]?\d)"
"""A number with separators, such as 12,000 or 1.200.000, but neither 3.14 nor 2016,300."""
_GROUPED_DIGITS, _NO_DIGIT = re.compile(GROUPED_DIGITS), re.compile(r"\D")


def spaced(text: str | None) -> str:
    """Return a text with spaces between the pairs of letters of the scripts without spaces.

    The tokenizer would take a whole clause for a word. Pairs overlap: of three letters, they are
    the first two and the last two. Digits in groups, as in 12,000, are joined for it, too.
    """
    if not text:
        return ""
    text = _GROUPED_DIGITS.sub(lambda number: _NO_DIGIT.sub("", number[0]), text)
    return text if text.isascii() else _UNSPACED.sub(_as_pairs, text)


def _as_pairs(letters: re.Match[str]) -> str:
    return f" {' '.join(pairs(letters[0]))} "


def pairs(letters: str) -> list[str]:
    """Return the overlapping pairs of letters; one letter as it is."""
    return [letters[at : at + 2] for at in range(max(len(letters) - 1, 1))]


def texts_of(condition: str) -> str:
    """Return the SQL of key, statement and context of the ``claims c`` that meet a condition."""
    return _TEXTS.format(condition)


def is_filled(db: sqlite3.Connection) -> bool:
    """Return whether the table is filled, so that a search takes little time."""
    return _filled_to(db) == _FILLED


def fill(db: sqlite3.Connection, notify: Callable[[str], None] = lambda _: None) -> str:
    """Fill the table unless it is up to date; return the schema that it is in.

    That is ``temp`` if the index cannot be written, for example because another process does.
    ``notify`` is called with a note if it takes long.
    """
    db.create_function("spaced", 1, spaced, deterministic=True)
    if is_filled(db):
        return "main"
    if db.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", (TABLE,)).fetchone():
        return "temp"
    is_open = db.in_transaction
    try:
        if is_open:
            db.execute("COMMIT")
        db.execute("PRAGMA cache_spill = OFF")  # otherwise a part is locked until it is complete
        _fill_all(db, notify)
        schema = "main"
    except sqlite3.OperationalError:
        _roll_back(db)
        _fill_privately(db)
        schema = "temp"
    finally:
        db.execute("PRAGMA cache_spill = ON")
    if is_open:
        db.execute("BEGIN")
    return schema


def _fill_all(db: sqlite3.Connection, notify: Callable[[str], None]) -> None:
    """Fill the table in parts, in turns with other processes that do it, too.

    Raises sqlite3.OperationalError if that is impossible, or the index is locked for long.
    """
    last: int | None = None
    waits, is_noted = 0, False
    while last != _FILLED:
        try:
            last, waits = _fill_part(db), 0
        except sqlite3.OperationalError as error:
            _roll_back(db)
            now = _filled_to(db)
            waits = waits + 1 if now == last else 0
            if waits > _MOST_WAITS or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            last = now
        if last != _FILLED and not is_noted:
            notify(PREPARED)
            is_noted = True


def _roll_back(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        db.execute("ROLLBACK")


def _fill_privately(db: sqlite3.Connection) -> None:
    """Fill a table that only this connection has."""
    db.execute("BEGIN")
    db.execute(_CREATE.format("temp"))
    _add(db, "temp", 0, _FILLED)
    db.execute("COMMIT")


def _filled_to(db: sqlite3.Connection) -> int | None:
    """Return the key up to which the table is filled; None if it must be created."""
    row = db.execute("SELECT value FROM _state WHERE key = 'similar'").fetchone()
    stamp, last = map(int, row[0].split()) if row else (0, 0)
    return last if stamp == _STAMP else None


def _set_filled_to(db: sqlite3.Connection, last: int) -> None:
    state = ("similar", f"{_STAMP} {last}")
    db.execute("INSERT OR REPLACE INTO _state VALUES (?, ?)", state)


def _give_up(db: sqlite3.Connection) -> None:
    """Have the next search create and fill the table again."""
    db.execute("DELETE FROM _state WHERE key = 'similar'")


def _fill_part(db: sqlite3.Connection) -> int:
    """Add the next claims in one transaction; return the key up to which the table is filled."""
    db.execute("BEGIN IMMEDIATE")
    start = _filled_to(db)
    if start is None:
        db.execute(f"DROP TABLE IF EXISTS {TABLE}")
        db.execute(_CREATE.format("main"))
        start = -1
    query = "SELECT claim FROM claims WHERE claim > ? ORDER BY claim LIMIT 1 OFFSET ?"
    row = db.execute(query, (start, _BATCH - 1)).fetchone()
    last = int(row[0]) if row else _FILLED
    if start != _FILLED:
        _add(db, "main", start + 1, last)
        _set_filled_to(db, last)
    db.execute("COMMIT")
    return last


def _add(db: sqlite3.Connection, schema: str, first: int, last: int) -> None:
    insert = f"INSERT INTO {schema}.{TABLE} (rowid, statement, context)"
    db.execute(insert + texts_of(_RANGE), (first, last))


class SimilarUpdate:
    """Updates the table with the index, within one transaction.

    If a text changed that claims in other files use, such as the question of their issue, the table
    is given up: the next search fills another one.
    """

    def __init__(self, db: sqlite3.Connection, files: list[int]) -> None:
        """Remove the claims of the files that changed or are gone; nothing else is removed yet."""
        self._db = db
        self._is_kept = is_filled(db)
        if not self._is_kept:
            _give_up(db)  # what is filled in part may have texts of the files
            return
        db.create_function("spaced", 1, spaced, deterministic=True)
        db.execute("CREATE TEMP TABLE moved (claim INTEGER PRIMARY KEY)")
        db.execute(
            "CREATE TEMP TRIGGER move AFTER UPDATE OF issue ON main.claims"
            " WHEN old.issue IS NOT new.issue"
            " BEGIN INSERT OR IGNORE INTO moved VALUES (new.claim); END"
        )
        for file in files:
            delete = f"INSERT INTO {TABLE} ({TABLE}, rowid, statement, context)"
            db.execute(f"{delete} SELECT 'delete', * FROM ({texts_of(_RANGE)})", keys_of(file))
        self._texts = self._shared_texts(files)

    def finish(self, files: list[int], *, is_reliable: bool) -> None:
        """Add the claims of the files that were read, after everything else is updated.

        ``is_reliable`` is false if the claims of further files were removed meanwhile.
        """
        if not self._is_kept:
            return
        db = self._db
        if is_reliable and not self._others_changed(files):
            for file in files:
                _add(db, "main", *keys_of(file))
        else:
            _give_up(db)
        db.execute("DROP TRIGGER temp.move")
        db.execute("DROP TABLE temp.moved")

    def _shared_texts(self, files: list[int]) -> dict[tuple[str, str], str]:
        """Return the texts in some files that claims in other files may use, by kind and id."""
        return {
            (kind, name): text
            for file in files
            for kind, query in _SHARED.items()
            for name, text in self._db.execute(query, (file,))
        }

    def _others_changed(self, files: list[int]) -> bool:
        """Return whether a text of a claim in a file that was not read has changed."""
        read = set(files)
        for (claim,) in self._db.execute("SELECT claim FROM moved"):
            if claim >> FILE_BITS not in read:
                return True
        old, new = self._texts, self._shared_texts(files)
        return any(
            file not in read
            for kind, name in old.keys() | new.keys()
            if old.get((kind, name)) != new.get((kind, name))
            for (file,) in self._db.execute(_USERS[kind], (name,))
        )


_SHARED = {
    "issue": "SELECT id, question FROM issues WHERE file = ? AND question IS NOT NULL",
    "source": "SELECT id, title FROM sources WHERE file = ?",
}
_USERS = {
    "issue": "SELECT file FROM claims WHERE issue = ?",
    "source": "SELECT c.file FROM citations q CROSS JOIN claims c USING (claim) WHERE q.source = ?",
}
