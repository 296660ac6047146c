"""An updated index gives the same results as a new one."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcli.core.query import Request, Scope, field_condition
from claimcli.dossier.index import cache
from claimcli.dossier.open import LoadOptions, open_dossier, read_index
from tests.support.dossiers import IDS, dossiers, files, linked_claim, tree_file
from tests.support.indexed import similar_terms

CHANGES = st.lists(
    st.tuples(st.sampled_from(("a.yaml", "b.yaml", "sub/a.yaml", "z.yaml")), st.none() | files()),
    min_size=1,
    max_size=3,
)


class World:
    """A folder in which each write gets a later modification time, without waiting."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = iter(range(1_000_000_000, 2_000_000_000))

    def write(self, path: str, text: str | None) -> None:
        file = self.folder / path
        if text is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        moment = next(self.clock)
        os.utime(file, (moment, moment))


Changes = list[tuple[str, str | None]]


@pytest.mark.slow
@given(dossiers(), st.lists(CHANGES, min_size=1, max_size=3))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_updated_index_equals_a_new_one(texts: dict[str, str], rounds: list[Changes]) -> None:
    """Adding, changing and deleting files leaves nothing of the old content."""
    assert _notes_of_updates(texts, rounds) == []


def _one_of_five() -> st.SearchStrategy[tuple[str, str | None]]:
    claim = st.sampled_from(IDS[:4]).flatmap(
        lambda name: st.tuples(st.just(f"{name}.yaml"), st.none() | linked_claim(name))
    )
    return claim | st.tuples(st.just("trees.yaml"), st.none() | tree_file())


@pytest.mark.slow
@given(
    st.fixed_dictionaries(
        {**{f"{name}.yaml": linked_claim(name) for name in IDS[:4]}, "trees.yaml": tree_file()}
    ),
    st.lists(st.lists(_one_of_five(), min_size=1, max_size=1), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_records_affected_by_one_changed_file_are_updated(
    texts: dict[str, str], rounds: list[Changes]
) -> None:
    """Inherited issues, successors and statuses are updated in unchanged files."""
    assert _notes_of_updates(texts, rounds) == []


def _notes_of_updates(texts: dict[str, str], rounds: list[Changes]) -> list[str]:
    """Apply changes, assert after each that the result is that of a new index; return all notes."""
    with TemporaryDirectory() as place, _always_stored():
        data, cache = Path(place, "data"), Path(place, "cache")
        data.mkdir()
        world = World(data)
        for path, text in texts.items():
            world.write(path, text)
        notes: list[str] = []
        options = LoadOptions(cache=lambda: cache, notify=notes.append)
        open_dossier([data], options=options)
        (index,) = cache.glob("*.sqlite")
        for changes in rounds:
            for path, text in changes:
                world.write(path, text)
            for request in (
                Request(scope=Scope.ALL, opposition=True),
                Request(query=field_condition("", ["weapons"])),
            ):
                assert open_dossier([data], request, options) == open_dossier([data], request)
            assert read_index([data], similar_terms, options) == read_index([data], similar_terms)
            assert list(cache.glob("*")) == [index]
            _check_full_text(index)
    return notes


def _check_full_text(index: Path) -> None:
    """Raise sqlite3.DatabaseError if the full-text index does not match the claims."""
    with closing(sqlite3.connect(index)) as db:
        db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")


def _always_stored() -> Iterator[None]:
    """Store an index of the smallest dossier, and always update instead of rebuilding it."""
    return patch.multiple(cache, REBUILD_SHARE=0)  # type: ignore[return-value]
