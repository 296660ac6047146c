"""An index on disk: whatever happens to it, results are those of the files."""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from claimcli.core.query import Request, Scope
from claimcli.core.table import Cell
from claimcli.dossier.files import find_files
from claimcli.dossier.index import cache, stamp
from claimcli.dossier.index.cache_files import cache_key
from claimcli.dossier.index.columns import claim_rows
from claimcli.dossier.index.inventory import inventory
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.open import LoadOptions, open_dossier, read_index

TEXT = """\
parties: [{id: kremlin, name: Kremlin}, {id: white-house}]
claims:
- {id: pledge, party: kremlin, said: 2021-12-30, statement: Biden pledged no weapons.}
- {id: denial, party: white-house, statement: There was no pledge., responds_to: [{claim: pledge, kind: denies}]}
- {id: broken, party: kremlin}
"""
DAMAGED = "note: the index was damaged and is rebuilt"
OTHER_VERSION = "note: the index was made by another version and is rebuilt"


class Desk:
    """A dossier in a folder, a cache folder, and the notes that were shown."""

    def __init__(self, place: Path) -> None:
        self.data, self.cache = place / "data", place / "cache"
        self.data.mkdir()
        self.notes: list[str] = []
        self.write("a.yaml", TEXT)

    def write(self, name: str, text: str, age: int = 3600) -> None:
        (self.data / name).write_text(text, encoding="utf-8")
        moment = time.time() - age
        os.utime(self.data / name, (moment, moment))

    def is_correct(self) -> bool:
        """Return whether the cached index gives the same dossier as the files."""
        options = LoadOptions(cache=lambda: self.cache, notify=self.notes.append)
        return open_dossier([self.data], options=options) == open_dossier([self.data])

    def index(self) -> Path:
        (path,) = self.cache.glob("*")
        assert path.suffix == ".sqlite"
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settled = patch.multiple(stamp, CLOCK_TICK=0, COARSE_CLOCK_TICK=0)
    with patch.multiple(cache, NOTED_BYTES=0), settled:
        desk = Desk(tmp_path)
        assert desk.is_correct()
        assert desk.notes == []
        yield desk


def _halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _overwrite(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def _overwrite_all_but_the_first_page(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:4096] + random.Random(1).randbytes(len(data) - 4096))


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def _replace_with_a_foreign_database(path: Path) -> None:
    path.unlink()
    _run(path, "CREATE TABLE bookmarks (url)", "INSERT INTO bookmarks VALUES ('x')")


def _set_an_older_format(path: Path) -> None:
    _run(path, "PRAGMA user_version = 1")


def _set_another_program(path: Path) -> None:
    _run(path, "PRAGMA application_id = 7")


def _set_another_release(path: Path) -> None:
    _run(path, "UPDATE _state SET value = '0.0.1' WHERE key = 'program'")


def _run_on(statement: str) -> Callable[[Path], None]:
    return lambda path: _run(path, statement)


def _replace_in_records(table: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """Return a function that changes letters in stored records, which stay readable."""

    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.create_function("changed", 1, lambda record: record.replace(old, new))
            db.execute(f"UPDATE {table} SET record = changed(record)")

    return damage


@pytest.mark.parametrize(
    ("damage", "note"),
    [
        (_halve, DAMAGED),
        (_overwrite, DAMAGED),
        (_overwrite_all_but_the_first_page, DAMAGED),
        (_run_on("UPDATE _claims SET record = x'c1'"), DAMAGED),
        (_run_on("UPDATE _registry SET record = x'00'"), DAMAGED),
        (_replace_in_records("_claims", b"pledged no", b"pledged my"), DAMAGED),
        (_replace_in_records("_registry", b"Kremlin", b"Gremlin"), DAMAGED),
        (_run_on("UPDATE claims SET id = 'pledgf' WHERE id = 'pledge'"), DAMAGED),
        (_run_on("UPDATE _registry SET id = 'kremlim' WHERE id = 'kremlin'"), DAMAGED),
        (_run_on("UPDATE _state SET value = x'00' WHERE key = 'files'"), DAMAGED),
        (_run_on("DELETE FROM _state WHERE key = 'files'"), DAMAGED),
        (_run_on("DELETE FROM _claims WHERE claim % 2"), DAMAGED),
        (_run_on("UPDATE claims SET status = 'no'"), DAMAGED),
        (_run_on("UPDATE files SET file = file + 1000000"), DAMAGED),
        (_empty, OTHER_VERSION),
        (_replace_with_a_foreign_database, OTHER_VERSION),
        (_set_an_older_format, OTHER_VERSION),
        (_set_another_program, OTHER_VERSION),
        (_set_another_release, OTHER_VERSION),
    ],
)
def test_an_unusable_index_is_rebuilt(
    desk: Desk, damage: Callable[[Path], None], note: str
) -> None:
    """One note says so, the result is correct, and the next run needs no note."""
    damage(desk.index())

    assert desk.is_correct()
    assert desk.notes == [note]
    assert desk.is_correct()
    assert desk.notes == [note]
    assert desk.index().stat().st_size > 0


def test_a_damaged_statement_is_noticed_without_its_record(desk: Desk) -> None:
    """Tables and brief records are read from columns: a changed letter rebuilds the index, too."""
    request = Request(scope=Scope.THREADS, brief=True)
    options = LoadOptions(cache=lambda: desk.cache, notify=desk.notes.append)

    def statement(db: sqlite3.Connection, path_of: PathOf) -> list[tuple[Cell, ...]]:
        return list(claim_rows(db, path_of, request=Request(limit=1), fields=("statement",)))

    for read in (
        lambda: open_dossier([desk.data], request, options).claims[0].statement,
        lambda: read_index([desk.data], statement, options)[0][0],
    ):
        before = read()
        _run(desk.index(), "UPDATE claims SET statement = replace(statement, 'pledged', 'fledged')")
        desk.notes.clear()

        assert "pledged" in before
        assert read() == before
        assert desk.notes == [DAMAGED]


def test_an_unreadable_file_is_read_again_next_time(desk: Desk) -> None:
    """A temporary error of the disk is not stored as the content of the file."""
    desk.write("b.yaml", TEXT.replace("id: ", "id: b-"))

    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "b.yaml":
            raise OSError(5, "Input/output error")
        return read(path)

    with patch.object(Path, "read_bytes", refused):
        options = LoadOptions(cache=lambda: desk.cache)
        assert "b-pledge" not in open_dossier([desk.data], options=options).by_id
    assert desk.is_correct()
    assert desk.notes == []


def test_a_new_index_is_used_after_the_clock_went_back(desk: Desk) -> None:
    """Its name is later than that of the index it replaces, which is deleted."""
    index = desk.index()
    later = index.rename(index.with_name(f"{index.name.partition('-')[0]}-2000000000000000.sqlite"))
    _set_an_older_format(later)

    assert desk.is_correct()
    assert desk.notes == [OTHER_VERSION]
    assert desk.index().name > later.name
    assert desk.is_correct()
    assert desk.notes == [OTHER_VERSION]


def test_an_index_of_other_folders_under_the_same_name_is_not_used(desk: Desk) -> None:
    """The name is a checksum, so the folders stored in the file are compared too."""
    _run(desk.index(), "UPDATE _state SET value = x'9101' WHERE key = 'roots'")

    assert desk.is_correct()
    assert desk.notes == [OTHER_VERSION]


def test_the_index_of_a_small_dossier_is_kept_without_notes(tmp_path: Path) -> None:
    """That it is rebuilt for another version, or cannot be kept, costs no time worth a note."""
    desk = Desk(tmp_path)

    assert desk.is_correct()
    _set_an_older_format(desk.index())
    assert desk.is_correct()
    desk.index().unlink()
    desk.cache.rmdir()
    desk.cache.write_text("not a folder")
    assert desk.is_correct()
    assert desk.notes == []


def test_an_index_that_is_not_used_for_months_is_deleted(desk: Desk) -> None:
    """When another is built: neither the other's files nor what was used since are touched."""
    names = {key: f"{key * 8}-17.sqlite" for key in ("aa", "bb")}
    for name, days in zip(names.values(), (91, 89), strict=True):
        (desk.cache / name).write_bytes(b"")
        used = time.time() - days * 24 * 3600
        os.utime(desk.cache / name, (used, 0))

    _set_an_older_format(max(desk.cache.glob("*"), key=lambda path: path.stat().st_size))
    assert desk.is_correct()
    assert not (desk.cache / names["aa"]).exists()
    assert (desk.cache / names["bb"]).exists()


def test_a_file_with_restored_size_and_time_is_read_again(desk: Desk) -> None:
    """The time of the last status change reveals it."""
    path = desk.data / "a.yaml"
    desk.write("a.yaml", TEXT.replace("pledge", "vow"), age=0)
    before = path.stat()
    assert desk.is_correct()
    desk.write("a.yaml", TEXT.replace("pledge", "nod"), age=0)
    os.utime(path, ns=(before.st_mtime_ns, before.st_mtime_ns))

    assert path.stat().st_size == before.st_size
    assert desk.is_correct()


def test_only_times_older_than_a_clock_tick_are_trusted() -> None:
    """Two changes within a clock tick have the same time.

    Some file systems store whole seconds, so whole seconds are trusted later.
    """
    now = 10_000_000_000
    assert not stamp.is_young(now - stamp.CLOCK_TICK - 1, now)
    assert stamp.is_young(now - stamp.CLOCK_TICK + 1, now)
    assert stamp.is_young(now - 2_000_000_000, now)
    assert not stamp.is_young(now - 3_000_000_000, now)


def test_a_file_in_place_of_the_cache_folder_is_not_touched(desk: Desk) -> None:
    desk.index().unlink()
    desk.cache.rmdir()
    desk.cache.write_text("mine")

    assert desk.is_correct()
    assert desk.notes == [f"note: cannot keep an index in '{desk.cache}': File exists"]
    assert desk.cache.read_text() == "mine"


def test_a_full_disk_leaves_no_files_and_a_correct_result(desk: Desk) -> None:
    """SQLite reports a full disk (simulated by a page limit); the index is then built in memory."""
    desk.index().unlink()
    build = cache.IndexCache._build

    def full(index: cache.IndexCache, db: sqlite3.Connection) -> None:
        if db.execute("PRAGMA database_list").fetchone()[2]:
            db.execute("PRAGMA max_page_count = 3")
        build(index, db)

    with patch.object(cache.IndexCache, "_build", full):
        assert desk.is_correct()
    assert desk.notes == [f"note: cannot keep an index in '{desk.cache}': database or disk is full"]
    assert list(desk.cache.glob("*")) == []


def test_old_files_of_killed_processes_are_deleted(desk: Desk) -> None:
    """A new index deletes older ones, but not files that another process is still writing."""
    index = desk.index()
    key = index.name.partition("-")[0]
    stale, young = (desk.cache / f"{key}-0{n}-99.building" for n in (1, 2))
    other = desk.cache / "0123456789abcdef-00.sqlite"
    for path in (stale, young, other):
        path.write_bytes(b"")
    os.utime(stale, (1, 1))
    _overwrite(index)

    assert desk.is_correct()
    left = {path.name for path in desk.cache.glob("*")}
    assert {young.name, other.name} < left
    assert stale.name not in left
    assert index.name not in left
    assert len(left) == 3


def test_a_reader_keeps_its_index_while_another_process_rebuilds_it(desk: Desk) -> None:
    """The deleted file exists until the reader closes it."""
    with closing(cache.connect(desk.index())) as db:
        db.execute("BEGIN")
        before = db.execute("SELECT count(*) FROM claims").fetchone()
        desk.write("a.yaml", TEXT.replace("id: denial", "id: dementi"))
        desk.write("b.yaml", TEXT.replace("id: ", "id: b-"))
        assert desk.is_correct()
        assert db.execute("SELECT count(*) FROM claims").fetchone() == before
    assert desk.is_correct()
    assert desk.notes == []


def test_a_locked_index_is_replaced(desk: Desk) -> None:
    """After a timeout another index is built next to the locked one."""
    for number in range(9):
        desk.write(f"{number}.yaml", TEXT.replace("id: ", f"id: n{number}-"))
    assert desk.is_correct()
    first = desk.index()
    with (
        closing(sqlite3.connect(first, isolation_level=None)) as db,
        patch.multiple(cache, LOCK_TIMEOUT=0.05),
    ):
        db.execute("BEGIN EXCLUSIVE")
        desk.write("0.yaml", TEXT.replace("id: ", "id: changed-"))
        assert desk.is_correct()
        db.execute("ROLLBACK")
    assert desk.is_correct()
    assert desk.index() != first
    assert desk.notes == []


def test_files_with_other_names_are_left_alone(desk: Desk) -> None:
    """Names that are no index's, not even UTF-8, links and folders change and break nothing."""
    key = cache_key(find_files([desk.data]))
    odd = [f"{key}-zz.sqlite", f"{key}-\udcff.sqlite", f"{key}-.sqlite", f"{key}-0x1.sqlite"]
    for name in odd:
        (desk.cache / name).touch()
    (desk.cache / f"{key}-ffffffffffffffff.sqlite").symlink_to(f"{key}-ffffffffffffffff.sqlite")
    (desk.cache / f"{key}-fffffffffffffffe.sqlite").mkdir()
    desk.write("b.yaml", TEXT.replace("pledge", "promise"))

    assert desk.is_correct()
    assert desk.notes == []
    assert len(inventory(desk.cache).records) == 1
    assert {*odd} <= {path.name for path in desk.cache.iterdir()}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing keeps the superuser out")
def test_a_cache_folder_without_access_is_not_used(desk: Desk) -> None:
    desk.cache.chmod(0o300)
    is_correct = desk.is_correct()
    desk.cache.chmod(0o700)

    assert is_correct
    assert desk.notes == [f"note: cannot keep an index in '{desk.cache}': Permission denied"]
