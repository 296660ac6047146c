"""An index on disk: whatever becomes of it, the answer is that of the files."""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from claimcli.dossier.index import cache, stamp
from claimcli.dossier.open import LoadOptions, open_dossier

TEXT = """\
parties: [{id: kremlin, name: Kremlin}, {id: white-house}]
claims:
- {id: pledge, party: kremlin, said: 2021-12-30, statement: Biden pledged no weapons.}
- {id: denial, party: white-house, statement: There was none., responds_to: [{claim: pledge, kind: denies}]}
- {id: broken, party: kremlin}
"""
DAMAGED = "note: the index was damaged and is rebuilt"
OTHER_VERSION = "note: the index was made by another version and is rebuilt"


class Desk:
    """A dossier in a folder, a cache, and what was told."""

    def __init__(self, place: Path) -> None:
        self.data, self.cache = place / "data", place / "kept"
        self.data.mkdir()
        self.told: list[str] = []
        self.write("a.yaml", TEXT)

    def write(self, name: str, text: str, age: int = 3600) -> None:
        (self.data / name).write_text(text, encoding="utf-8")
        moment = time.time() - age
        os.utime(self.data / name, (moment, moment))

    def holds(self) -> bool:
        """Return whether the answer through the cache is that of the files."""
        around = LoadOptions(cache=lambda: self.cache, notify=self.told.append)
        return open_dossier([self.data], options=around) == open_dossier([self.data])

    def index(self) -> Path:
        (path,) = self.cache.glob("*")
        assert path.suffix == ".sqlite"
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settled = patch.multiple(stamp, CLOCK_TICK=0, COARSE_CLOCK_TICK=0)
    with patch.multiple(cache, MIN_BYTES=0), settled:
        desk = Desk(tmp_path)
        assert desk.holds()
        assert desk.told == []
        yield desk


def _halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _scribble(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def _scribble_behind_the_first_page(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:4096] + random.Random(1).randbytes(len(data) - 4096))


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def _put_a_foreign_one_there(path: Path) -> None:
    path.unlink()
    _run(path, "CREATE TABLE bookmarks (url)", "INSERT INTO bookmarks VALUES ('x')")


def _make_it_older(path: Path) -> None:
    _run(path, "PRAGMA user_version = 1")


def _make_it_another_programs(path: Path) -> None:
    _run(path, "PRAGMA application_id = 7")


def _make_it_of_another_release(path: Path) -> None:
    _run(path, "UPDATE _state SET value = '0.0.1' WHERE key = 'program'")


def _spoils(statement: str) -> Callable[[Path], None]:
    return lambda path: _run(path, statement)


@pytest.mark.parametrize(
    ("spoil", "note"),
    [
        (_halve, DAMAGED),
        (_scribble, DAMAGED),
        (_scribble_behind_the_first_page, DAMAGED),
        (_spoils("UPDATE _claims SET record = x'c1'"), DAMAGED),
        (_spoils("UPDATE _registry SET record = x'00'"), DAMAGED),
        (_spoils("UPDATE _state SET value = x'00' WHERE key = 'files'"), DAMAGED),
        (_spoils("DELETE FROM _state WHERE key = 'files'"), DAMAGED),
        (_spoils("DELETE FROM _claims WHERE claim % 2"), DAMAGED),
        (_spoils("UPDATE claims SET status = 'no'"), DAMAGED),
        (_spoils("UPDATE files SET file = file + 1000000"), DAMAGED),
        (_empty, OTHER_VERSION),
        (_put_a_foreign_one_there, OTHER_VERSION),
        (_make_it_older, OTHER_VERSION),
        (_make_it_another_programs, OTHER_VERSION),
        (_make_it_of_another_release, OTHER_VERSION),
    ],
)
def test_an_index_that_cannot_be_used_is_made_anew(
    desk: Desk, spoil: Callable[[Path], None], note: str
) -> None:
    """One note says so; the answer is the files', and the next time all is well."""
    spoil(desk.index())

    assert desk.holds()
    assert desk.told == [note]
    assert desk.holds()
    assert desk.told == [note]
    assert desk.index().stat().st_size > 0


def test_a_file_that_could_not_be_read_is_tried_again(desk: Desk) -> None:
    """What went wrong once, as a disk that did not answer, is not taken for the file's content."""
    desk.write("b.yaml", TEXT.replace("id: ", "id: b-"))

    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "b.yaml":
            raise OSError(5, "Input/output error")
        return read(path)

    with patch.object(Path, "read_bytes", refused):
        around = LoadOptions(cache=lambda: desk.cache)
        assert "b-pledge" not in open_dossier([desk.data], options=around).by_id
    assert desk.holds()
    assert desk.told == []


def test_where_the_clock_went_back_the_new_index_still_stands(desk: Desk) -> None:
    """Its name is later than that of the index it replaces, which goes."""
    index = desk.index()
    later = index.rename(index.with_name(f"{index.name.partition('-')[0]}-2000000000000000.sqlite"))
    _make_it_older(later)

    assert desk.holds()
    assert desk.told == [OTHER_VERSION]
    assert desk.index().name > later.name
    assert desk.holds()
    assert desk.told == [OTHER_VERSION]


def test_an_index_of_other_folders_under_the_same_name_is_not_used(desk: Desk) -> None:
    """The name is a checksum: the folders that stand in the file are compared too."""
    _run(desk.index(), "UPDATE _state SET value = x'9101' WHERE key = 'roots'")

    assert desk.holds()
    assert desk.told == [OTHER_VERSION]


def test_without_an_index_a_small_dossier_leaves_no_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    assert desk.holds()
    assert not desk.cache.exists()


def test_a_file_whose_size_and_time_were_put_back_is_read_again(desk: Desk) -> None:
    """The time at which that was done is on record too."""
    path = desk.data / "a.yaml"
    desk.write("a.yaml", TEXT.replace("pledge", "vow"), age=0)
    before = path.stat()
    assert desk.holds()
    desk.write("a.yaml", TEXT.replace("pledge", "nod"), age=0)
    os.utime(path, ns=(before.st_mtime_ns, before.st_mtime_ns))

    assert path.stat().st_size == before.st_size
    assert desk.holds()


def test_a_time_that_settled_is_trusted() -> None:
    """Two changes within a tick of the clock leave one time, so a young time is not trusted.

    A second is what coarse clocks count in, so whole seconds are held young for longer.
    """
    now = 10_000_000_000
    assert not stamp._is_young(now - stamp.CLOCK_TICK - 1, now)
    assert stamp._is_young(now - stamp.CLOCK_TICK + 1, now)
    assert stamp._is_young(now - 2_000_000_000, now)
    assert not stamp._is_young(now - 3_000_000_000, now)


def test_a_file_in_place_of_the_cache_folder_is_let_be(desk: Desk) -> None:
    desk.index().unlink()
    desk.cache.rmdir()
    desk.cache.write_text("mine")

    assert desk.holds()
    assert desk.told == [f"note: cannot keep an index in '{desk.cache}': File exists"]
    assert desk.cache.read_text() == "mine"


def test_a_full_disk_leaves_the_answer_and_no_remains(desk: Desk) -> None:
    """SQLite says that the disk is full, here because pages are limited: then memory serves."""
    desk.index().unlink()
    build = cache.IndexCache._build

    def full(index: cache.IndexCache, db: sqlite3.Connection) -> None:
        if db.execute("PRAGMA database_list").fetchone()[2]:
            db.execute("PRAGMA max_page_count = 3")
        build(index, db)

    with patch.object(cache.IndexCache, "_build", full):
        assert desk.holds()
    assert desk.told == [f"note: cannot keep an index in '{desk.cache}': database or disk is full"]
    assert list(desk.cache.glob("*")) == []


def test_what_killed_processes_left_is_cleared_when_it_is_old(desk: Desk) -> None:
    """A new index takes its forerunners away, but not what another process is still writing."""
    index = desk.index()
    key = index.name.partition("-")[0]
    stale, young = (desk.cache / f"{key}-0{n}-99.building" for n in (1, 2))
    other = desk.cache / "0123456789abcdef-00.sqlite"
    for path in (stale, young, other):
        path.write_bytes(b"")
    os.utime(stale, (1, 1))
    _scribble(index)

    assert desk.holds()
    left = {path.name for path in desk.cache.glob("*")}
    assert {young.name, other.name} < left
    assert stale.name not in left
    assert index.name not in left
    assert len(left) == 3


def test_who_reads_keeps_what_it_has_while_another_makes_it_anew(desk: Desk) -> None:
    """An open index is not pulled away: its file lives until it is closed."""
    with closing(cache.connect(desk.index())) as db:
        db.execute("BEGIN")
        before = db.execute("SELECT count(*) FROM claims").fetchone()
        desk.write("a.yaml", TEXT.replace("id: denial", "id: dementi"))
        desk.write("b.yaml", TEXT.replace("id: ", "id: b-"))
        assert desk.holds()
        assert db.execute("SELECT count(*) FROM claims").fetchone() == before
    assert desk.holds()
    assert desk.told == []


def test_a_writer_that_holds_the_file_is_not_waited_for(desk: Desk) -> None:
    """After a moment another index is made beside the one that is locked."""
    for number in range(9):
        desk.write(f"{number}.yaml", TEXT.replace("id: ", f"id: n{number}-"))
    assert desk.holds()
    first = desk.index()
    with (
        closing(sqlite3.connect(first, isolation_level=None)) as db,
        patch.multiple(cache, LOCK_TIMEOUT=0.05),
    ):
        db.execute("BEGIN EXCLUSIVE")
        desk.write("0.yaml", TEXT.replace("id: ", "id: changed-"))
        assert desk.holds()
        db.execute("ROLLBACK")
    assert desk.holds()
    assert desk.index() != first
    assert desk.told == []
