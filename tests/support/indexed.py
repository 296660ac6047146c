"""An index in memory of a dossier given as texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from sqlite3 import Connection

from claimcli.dossier.index.build import build_in_memory
from claimcli.dossier.index.rows import FileRows, FileToRead
from claimcli.dossier.index.similar_table import TABLE, fill
from claimcli.dossier.parallel import file_rows
from claimcli.dossier.reader import read_text


def similar_terms(db: Connection, *_: object) -> list[tuple[str, str, str, int]]:
    """Return id, column, term and place of each word in the full-text table of similar claims."""
    schema = fill(db)
    db.execute(f"CREATE VIRTUAL TABLE temp.every_term USING fts5vocab({schema}, {TABLE}, instance)")
    rows = db.execute(
        "SELECT id, col, term, offset FROM every_term LEFT JOIN claims ON claim = doc"
    ).fetchall()
    (size,) = db.execute(f"SELECT count(*) FROM {schema}.{TABLE}_docsize").fetchone()
    (claims,) = db.execute("SELECT count(*) FROM claims").fetchone()
    assert size == claims
    return sorted(rows)


@contextmanager
def indexed(texts: Mapping[str, str]) -> Iterator[tuple[Connection, Callable[[int], str]]]:
    """Yield the index of files with these texts, by path, and a lookup of their paths."""
    paths = sorted(texts)

    def read(files: Iterable[FileToRead]) -> Iterator[FileRows]:
        for file in files:
            yield from file_rows(file.file, read_text(texts[file.path]))

    with closing(build_in_memory(paths, read)) as db:
        yield db, lambda file: paths[file - 1]
