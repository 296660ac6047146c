"""Changes of several files that are interrupted, refused or hostile."""

import os
import shutil
from pathlib import Path

import msgspec
import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.atomic import FileChangedError
from claimcli.dossier.files import find_files
from claimcli.dossier.journal import (
    JOURNAL,
    JournaledChange,
    JournalEntry,
    digest,
    journal_homes,
    read_change,
    recover,
)
from claimcli.edit import journal
from claimcli.edit.journal import ChangeTitle, FileWrite, write_files
from tests.support.kills import killed_at_each_call

BEFORE = {"a.yaml": b"claims: []\n", "b.yaml": b"parties: []\n", "gone.yaml": b"issues: []\n"}
AFTER = {
    "a.yaml": b"claims: []  # A\n",
    "b.yaml": b"parties: []  # B\n",
    "new/c.yaml": b"events: []\n",
}


def reset(folder: Path) -> None:
    """Give the files their contents before the change."""
    for path in (*folder.glob(f"{JOURNAL}/p*"), folder / "new" / "c.yaml"):
        path.unlink(missing_ok=True)
    for name, data in BEFORE.items():
        (folder / name).write_bytes(data)


def change(folder: Path, title: ChangeTitle = ChangeTitle("move a b")) -> None:  # noqa: B008 - frozen
    """Change two files, create one and delete one."""
    names = sorted({*BEFORE, *AFTER})
    files = [FileWrite(folder / name, BEFORE.get(name), AFTER.get(name)) for name in names]
    write_files(folder, files, title)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of each file outside the journal that is not temporary."""
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != JOURNAL and path.suffix != ".unfinished"
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the files as they are before the change."""
    reset(tmp_path)
    return tmp_path


def test_a_kill_at_any_call_leaves_the_state_before_or_after(data: Path) -> None:
    """A search for files recovers first; no temporary file remains in the end."""
    states = []
    for _ in killed_at_each_call(lambda: change(data), lambda: reset(data)):
        notes = find_files([data]).notes
        states.append(contents(data))
        assert states[-1] in (BEFORE, AFTER)
        assert notes in ((), *(
            (f"note: an interrupted change was {done}: move a b",) for done in ("reverted", "completed")
        ))  # fmt: skip
        assert find_files([data]).notes == ()

    assert len(states) > 20
    assert states == sorted(states, key=lambda state: state == AFTER)
    assert list(data.rglob("*.unfinished")) == []


def leave_half(folder: Path) -> None:
    """Leave the change with one file written and the others not."""
    for _ in killed_at_each_call(lambda: change(folder), lambda: reset(folder)):
        if contents(folder)["a.yaml"] == AFTER["a.yaml"]:
            return


def test_a_kill_during_the_recovery_is_recovered_from(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The recovery of a half-written change is killed at each call in turn."""
    leave_half(data)
    half = tmp_path_factory.mktemp("half") / "data"
    shutil.copytree(data, half)

    def leave() -> None:
        shutil.rmtree(data)
        shutil.copytree(half, data)

    for number in killed_at_each_call(lambda: recover([data]), leave):
        recover([data])
        assert (contents(data), number) == (BEFORE, number)


def test_a_file_edited_after_a_kill_is_left_alone(data: Path) -> None:
    leave_half(data)
    (data / "a.yaml").write_bytes(b"claims: []  # by hand\n")
    (data / "b.yaml").write_bytes(AFTER["b.yaml"])

    assert recover([data]) == (
        f"note: an interrupted change was reverted: move a b; "
        f"'{data}/a.yaml' was edited since, and is left as it is",
    )
    assert contents(data) == {**BEFORE, "a.yaml": b"claims: []  # by hand\n"}


@pytest.mark.parametrize("failing", range(1, 5))
def test_an_error_leaves_every_file_as_it_was(
    data: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """The disk can be full at the first temporary file or at the last."""
    calls = iter(range(1, 100))
    stage = journal.stage

    def full(path: Path, content: bytes) -> Path:
        if next(calls) == failing:
            raise OSError(28, "No space left on device", str(path))
        return stage(path, content)

    monkeypatch.setattr(journal, "stage", full)
    with pytest.raises(OSError, match="No space left"):
        change(data)

    assert contents(data) == BEFORE
    assert recover([data]) == ()


def test_a_file_changed_meanwhile_stops_the_change_of_all(data: Path) -> None:
    """So does a new file whose name is taken."""
    (data / "b.yaml").write_bytes(b"# theirs\n")
    with pytest.raises(FileChangedError):
        change(data)
    assert contents(data) == {**BEFORE, "b.yaml": b"# theirs\n"}

    reset(data)
    (data / "new").mkdir(exist_ok=True)
    (data / "new" / "c.yaml").write_bytes(b"# theirs\n")
    with pytest.raises(FileChangedError):
        change(data)
    assert contents(data) == {**BEFORE, "new/c.yaml": b"# theirs\n"}


def test_changes_of_a_group_are_one(data: Path) -> None:
    """The journal has the first content and the last digest of each of their files."""
    change(data, ChangeTitle("fetch", group="1"))
    later = FileWrite(data / "a.yaml", AFTER["a.yaml"], b"# later\n")
    write_files(data, [later], ChangeTitle("fetch", group="1"))

    last = read_change(data, "last")
    assert last
    assert {entry.path: (entry.before, entry.after) for entry in last.every} == {
        b"a.yaml": (BEFORE["a.yaml"], digest(b"# later\n")),
        b"b.yaml": (BEFORE["b.yaml"], digest(AFTER["b.yaml"])),
        b"gone.yaml": (BEFORE["gone.yaml"], None),
        b"new/c.yaml": (None, digest(AFTER["new/c.yaml"])),
    }


def test_the_journal_is_next_to_the_settings_else_in_the_data_folder(tmp_path: Path) -> None:
    """Data in a subfolder uses the journal that exists above it."""
    data = tmp_path / "data" / "claims"
    data.mkdir(parents=True)

    assert journal_homes([data])[0] == data
    (tmp_path / "data" / JOURNAL).mkdir()
    assert journal_homes([data, data / "a.yaml"]) == [tmp_path / "data", data]
    (tmp_path / "data" / JOURNAL).rmdir()
    (tmp_path / "claimcli.toml").write_text("")
    assert journal_homes([data])[0] == tmp_path


def test_the_journal_is_not_seen_by_git_or_by_those_who_may_not_read_the_files(data: Path) -> None:
    (data / "a.yaml").chmod(0o600)
    change(data)

    assert (data / JOURNAL / ".gitignore").read_text() == "*\n"
    assert (data / JOURNAL / "last").stat().st_mode & 0o777 == 0o600
    assert (data / "a.yaml").stat().st_mode & 0o777 == 0o600


def left_by_a_stranger(folder: Path, *entries: JournalEntry, version: int = 1) -> None:
    """Write an interrupted change that a dossier from elsewhere brings along."""
    (folder / JOURNAL).mkdir(exist_ok=True)
    change = JournaledChange(version, "\x1b[31mhostile", entries)
    (folder / JOURNAL / "pending").write_bytes(msgspec.msgpack.encode(change))


@pytest.mark.parametrize(
    "name", ["../out.yaml", ".git/config", "link.yaml", "inner/.x/a", "/etc/x", ""]
)
def test_a_strangers_journal_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """Not above its folder, not into hidden folders, not through links."""
    data = tmp_path / "data"
    (data / ".git").mkdir(parents=True)
    (tmp_path / "out.yaml").write_bytes(b"mine")
    (data / ".git" / "config").write_bytes(b"mine")
    (data / "a.yaml").write_bytes(b"written")
    (data / "link.yaml").symlink_to(tmp_path / "out.yaml")
    before = contents(tmp_path)
    known = JournalEntry(os.fsencode(name), b"evil", digest(b"mine"))
    left_by_a_stranger(data, JournalEntry(b"a.yaml", b"x", digest(b"written")), known)

    (note,) = find_files([data]).notes
    assert note.startswith("warning: files may be changed in part: ")
    assert note.endswith("which it must not change; delete that folder")
    assert {**contents(tmp_path)} == before


def test_what_is_no_journal_is_reported_and_the_dossier_is_read(data: Path) -> None:
    """A link, a pipe, other bytes, or a later version."""
    left_by_a_stranger(data, version=2)
    pending = data / JOURNAL / "pending"
    assert recover([data]) == (
        f"warning: files may be changed in part: '{pending}' is not a journal of this version of "
        "claimcli; delete it if it is not needed",
    )
    pending.write_bytes(b"\xff" * 100)
    assert "is not a journal of this version" in find_files([data]).notes[0]
    pending.unlink()
    os.mkfifo(pending)
    assert "is not a journal of this version" in find_files([data]).notes[0]
    pending.unlink()
    pending.symlink_to(data / "a.yaml")
    assert find_files([data]).notes == (
        "warning: files may be changed in part: Too many levels of symbolic links",
    )


def test_a_journal_that_is_a_link_is_not_used(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (data / JOURNAL).symlink_to(elsewhere)

    with pytest.raises(ClaimcliError, match="is not a folder; delete it"):
        change(data)
    assert contents(data) == BEFORE
    assert list(elsewhere.iterdir()) == []


def test_one_file_outside_the_folder_of_the_journal_is_changed_alone(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A link of the dossier may lead to it; the journal then has nothing to revert."""
    real = tmp_path_factory.mktemp("elsewhere") / "real.yaml"
    real.write_bytes(b"old")
    (data / "link.yaml").symlink_to(real)
    write = FileWrite(data / "link.yaml", b"old", b"new")

    write_files(data, [write], ChangeTitle("set x"))
    assert (real.read_bytes(), (data / "link.yaml").is_symlink()) == (b"new", True)
    last = read_change(data, "last")
    assert last
    assert last.every == ()
    with pytest.raises(ClaimcliError, match="is outside"):
        write_files(data, [FileWrite(data / "link.yaml", b"new", b"x"), FileWrite(data / "a.yaml", BEFORE["a.yaml"], b"y")], ChangeTitle("x"))  # fmt: skip
