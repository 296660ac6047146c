"""Reverting the last change, and restoring it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import find_files
from claimcli.dossier.journal import JOURNAL
from claimcli.edit.journal import ChangeTitle, FileWrite, locked_dossier, write_files
from claimcli.edit.undo import undo
from tests.support.kills import killed_at_each_call

BEFORE = {"a.yaml": b"claims: []\n", "gone.yaml": b"issues: []\n"}
AFTER = {"a.yaml": b"claims: []  # A\n", "new/c.yaml": b"events: []\n"}


def change(folder: Path) -> None:
    """Change a file, delete one and create one."""
    names = sorted({*BEFORE, *AFTER})
    files = [FileWrite(folder / name, BEFORE.get(name), AFTER.get(name)) for name in names]
    with locked_dossier([folder]) as home:
        write_files(home, files, ChangeTitle("rm x"))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of each data file."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder after the change."""
    for name, text in BEFORE.items():
        (tmp_path / name).write_bytes(text)
    change(tmp_path)
    return tmp_path


def test_undo_reverts_and_a_second_undo_restores(data: Path) -> None:
    """Any number of times; a file that was created is deleted, a deleted one is created."""
    for _ in range(2):
        assert contents(data) == AFTER
        assert (undo([data]).title, contents(data)) == ("rm x", BEFORE)
        restored = undo([data])
        assert (restored.title, restored.is_restored) == ("rm x", True)


def test_a_dry_run_of_undo_writes_nothing(data: Path) -> None:
    files = undo([data], dry_run=True).files

    assert [(one.before, one.after) for one in files] == [
        (AFTER["a.yaml"], BEFORE["a.yaml"]),
        (None, BEFORE["gone.yaml"]),
        (AFTER["new/c.yaml"], None),
    ]
    assert contents(data) == AFTER


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: (data / "a.yaml").write_text("# mine\n"),
        lambda data: (data / "gone.yaml").write_text("# mine\n"),
        lambda data: (data / "new" / "c.yaml").unlink(),
    ],
)
def test_a_file_changed_since_is_never_overwritten(
    data: Path, edit: Callable[[Path], object]
) -> None:
    edit(data)
    now = contents(data)

    with pytest.raises(ClaimcliError, match="has changed since the last change, 'rm x'; change it"):
        undo([data])
    assert contents(data) == now


def test_without_a_change_there_is_nothing_to_undo(tmp_path: Path) -> None:
    with pytest.raises(ClaimcliError, match="there is no change to undo; claimcli has not changed"):
        undo([tmp_path])
    assert list(tmp_path.iterdir()) == []


def test_a_kill_during_undo_leaves_the_state_before_or_after(data: Path) -> None:
    """At each call that touches a file; afterwards undo works in either direction."""
    last = (data / JOURNAL / "last").read_bytes()

    def prepare() -> None:
        for name in {*BEFORE, *AFTER}:
            (data / name).unlink(missing_ok=True)
        for name, text in AFTER.items():
            (data / name).write_bytes(text)
        (data / JOURNAL / "last").write_bytes(last)

    for _ in killed_at_each_call(lambda: undo([data]), prepare):
        find_files([data])
        state = contents(data)
        assert state in (BEFORE, AFTER)
        undo([data])
        assert contents(data) == (AFTER if state == BEFORE else BEFORE)
