"""An index in memory of a dossier given as texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from sqlite3 import Connection

from claimcli.dossier.index.build import build_in_memory
from claimcli.dossier.index.rows import FileRows, FileToRead
from claimcli.dossier.parallel import file_rows
from claimcli.dossier.reader import read_text


@contextmanager
def indexed(texts: Mapping[str, str]) -> Iterator[tuple[Connection, Callable[[int], str]]]:
    """Yield the index of files with these texts, by path, and a lookup of their paths."""
    paths = sorted(texts)

    def read(files: Iterable[FileToRead]) -> Iterator[FileRows]:
        for file in files:
            yield from file_rows(file.file, read_text(texts[file.path]))

    with closing(build_in_memory(paths, read)) as db:
        yield db, lambda file: paths[file - 1]
