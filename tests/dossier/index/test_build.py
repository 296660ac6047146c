"""An index that is brought up to date says what one made anew says."""

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
from claimcli.dossier.open import LoadOptions, open_dossier
from tests.support.dossiers import IDS, dossiers, files, linked_claim

CHANGES = st.lists(
    st.tuples(st.sampled_from(("a.yaml", "b.yaml", "sub/a.yaml", "z.yaml")), st.none() | files()),
    min_size=1,
    max_size=3,
)


class World:
    """A folder whose files have times that no clock had to make."""

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
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_updated_index_equals_a_new_one(texts: dict[str, str], rounds: list[Changes]) -> None:
    """Whatever files are added, changed or taken away, nothing of the old ones stays behind."""
    assert _told_while_held_against_a_new_one(texts, rounds) == []


def _one_of_four() -> st.SearchStrategy[tuple[str, str | None]]:
    return st.sampled_from(IDS[:4]).flatmap(
        lambda name: st.tuples(st.just(f"{name}.yaml"), st.none() | linked_claim(name))
    )


@pytest.mark.slow
@given(
    st.fixed_dictionaries({f"{name}.yaml": linked_claim(name) for name in IDS[:4]}),
    st.lists(st.lists(_one_of_four(), min_size=1, max_size=1), min_size=1, max_size=4),
)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_one_changed_file_bears_on_follows_it(
    texts: dict[str, str], rounds: list[Changes]
) -> None:
    """Issues handed down, successors and statuses follow, in files that nobody touched."""
    assert _told_while_held_against_a_new_one(texts, rounds) == []


def _told_while_held_against_a_new_one(texts: dict[str, str], rounds: list[Changes]) -> list[str]:
    """Return what was told while each answer was asserted to be that of a new index."""
    with TemporaryDirectory() as place, _always_kept():
        data, cache = Path(place, "data"), Path(place, "cache")
        data.mkdir()
        world = World(data)
        for path, text in texts.items():
            world.write(path, text)
        told: list[str] = []
        around = LoadOptions(cache=lambda: cache, notify=told.append)
        open_dossier([data], options=around)
        (made,) = cache.glob("*.sqlite")
        for changes in rounds:
            for path, text in changes:
                world.write(path, text)
            for ask in (Request(scope=Scope.ALL), Request(query=field_condition("", ["weapons"]))):
                assert open_dossier([data], ask, around) == open_dossier([data], ask)
            assert list(cache.glob("*")) == [made]
            _look_into_full_text(made)
    return told


def _look_into_full_text(made: Path) -> None:
    """Raise sqlite3.DatabaseError where the full text has other words than the claims."""
    with closing(sqlite3.connect(made)) as db:
        db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")


def _always_kept() -> Iterator[None]:
    """Keep an index of the smallest dossier, and update it whatever changed."""
    return patch.multiple(cache, MIN_BYTES=0, REBUILD_SHARE=0)  # type: ignore[return-value]
