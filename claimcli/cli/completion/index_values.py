"""Completions from the index: names of records, and the positions that issues declare.

For a large dossier that is the index left by the last command, even if it is out of date: to read
the files would take too long. That of a small dossier is updated first.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

Value = tuple[str, str]
"""A value and its description."""
Given = Mapping[str, Sequence[str]]
"""The other options and arguments of a call by name; they say where the data is."""


def names_with_prefix(kind: str, word: str, given: Given) -> tuple[Sequence[Value], bool]:
    """Return the names of a kind of record that start with a word, and whether these are all."""
    from claimcli.dossier.index.prefix import values_with_prefix

    none: tuple[Sequence[Value], bool] = ((), True)
    return _in_index(given, lambda db: values_with_prefix(db, kind, word)) or none


def positions_with_prefix(word: str, given: Given) -> Sequence[str]:
    """Return the declared positions that start with a word: those of the issue, if it is known.

    The issue is an option, an assignment, or that of the claim to set or to answer.
    """
    from claimcli.dossier.index.lookup import declared_positions, issue_of
    from claimcli.dossier.index.prefix import as_typed

    fields = given.get("fields", ())
    assigned = (f.removeprefix("issue=") for f in fields if f.startswith("issue="))
    issues = (*given.get("issue", ()), *assigned)
    claims = (*given.get("record", ()), *given.get("claim", ()))

    def find(db: Any) -> list[str]:
        if issues or not claims:
            return declared_positions(db, issues[-1] if issues else None)
        issue = issue_of(db, claims[-1].removeprefix("claim:"))
        return declared_positions(db, issue) if issue else []

    texts = [as_typed(text, word) for text in _in_index(given, find) or ()]
    return [text for text in texts if text.startswith(word)]


def _in_index(given: Given, use: Callable[[Any], Any]) -> Any:
    """Return the result of ``use`` with the index, None if the dossier is large and has none."""
    from claimcli import __version__
    from claimcli.cli.session import Session
    from claimcli.dossier.files import find_files, only_roots
    from claimcli.dossier.index.cache import NOTED_BYTES, open_existing
    from claimcli.dossier.runtime import cache_folder

    last = {name: values[-1] for name, values in given.items() if values}
    session = Session({**last, "data": list(given.get("data", ()))})
    paths = session.paths()
    db = open_existing(cache_folder(), only_roots(paths), __version__)
    if db is None:
        return session.index(use) if find_files(paths).size < NOTED_BYTES else None
    with closing(db):
        (size,) = db.execute("SELECT coalesce(sum(size), 0) FROM files").fetchone()
        if size >= NOTED_BYTES:
            return use(db)
    return session.index(use)
