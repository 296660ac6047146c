"""Connections to the index of a dossier, kept open for many requests of several threads."""

import sqlite3
from collections.abc import Callable
from threading import Condition
from typing import TypeVar

from msgspec import Struct

from claimcli import __version__
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index import stamp
from claimcli.dossier.index.cache import REBUILD_SHARE, REBUILT, IndexCache, is_damage
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.open import LoadOptions, index_of

MAX_IDLE = 4
"""Connections that are kept open while no thread uses them: each has a cache of 2 MB."""

_T = TypeVar("_T")


class _Connection(Struct, frozen=True):
    """A connection and the index that it was opened for; ``path`` of a private index is None."""

    index: IndexCache
    db: sqlite3.Connection

    @property
    def is_private(self) -> bool:
        return self.index.path is None


class IndexConnections:
    """Opens an index when it is first used, and again only when files changed.

    An index in a file has several connections, so that no reader waits for another. One that is not
    in a file is changed in place, and has one connection, which threads use in turn.
    """

    def __init__(self, options: LoadOptions) -> None:
        self._options = options
        self._idle: list[_Connection] = []
        self._returned = Condition()
        self._private_in_use = False

    def use(
        self, files: DataFiles, use: Callable[[sqlite3.Connection], _T], *, retry: bool = True
    ) -> _T:
        """Return the result of calling ``use`` with an up-to-date index of the files.

        A damaged index is rebuilt once, with ``retry``.
        """
        connection = self._take(files)
        try:
            result = run_with_functions(connection.db, files.path, use)
        except ClaimcliError:
            self._give_back(connection)
            raise
        except BaseException as error:
            self._drop(connection)
            if not retry or not self._discard(connection.index, error):
                raise
            self._options.notify(REBUILT)
            return self.use(files, use, retry=False)
        self._give_back(connection)
        return result

    def close(self) -> None:
        """Close the connections that no thread uses."""
        with self._returned:
            while self._idle:
                self._idle.pop().db.close()

    def _discard(self, index: IndexCache, error: BaseException) -> bool:
        """Delete the file of an index if an error shows that it is damaged; return whether."""
        if not (isinstance(error, Exception) and is_damage(error) and index.discard()):
            return False
        self.close()
        return True

    def _take(self, files: DataFiles) -> _Connection:
        """Return a connection within a transaction that reads the state of the files."""
        with self._returned:
            while True:
                if self._idle:
                    connection = self._idle.pop()
                    if _is_current(connection, files):
                        break
                    connection.db.close()
                elif not self._private_in_use:
                    index = index_of(files, self._options)
                    connection = _Connection(index, index.open())
                    break
                else:
                    self._returned.wait()
            self._private_in_use = connection.is_private
            return connection

    def _give_back(self, connection: _Connection) -> None:
        """Keep a connection for the next thread; it must not lock the file meanwhile."""
        try:
            connection.db.rollback()
        except sqlite3.Error:
            self._drop(connection)
            return
        with self._returned:
            if len(self._idle) < MAX_IDLE:
                self._idle.append(connection)
            else:
                connection.db.close()
            self._private_in_use = False
            self._returned.notify()

    def _drop(self, connection: _Connection) -> None:
        connection.db.close()
        with self._returned:
            self._private_in_use = False
            self._returned.notify()


def _is_current(connection: _Connection, files: DataFiles) -> bool:
    """Begin to read; return whether the index is that of the files, after a small update."""
    db = connection.db
    try:
        db.execute("BEGIN")
        if stamp.is_fresh(db, files):
            return True
        changed = stamp.changed_bytes(db, files)
        if not connection.is_private or changed * REBUILD_SHARE > files.size:
            return False
        connection.index.builder.update(db, files, program=__version__)
        db.execute("COMMIT")
        db.execute("BEGIN")
        return True
    except Exception:  # the index is opened again, and rebuilt if it is damaged
        return False
