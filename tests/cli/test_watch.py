"""``claimcli check --watch`` on a terminal, with all the ways in which files change."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import ROOT

ONE = "claims:\n  - {id: a, party: p, statement: S., source: {title: T, published: 2020}}\n"
TWO = ONE + "  - {id: b, party: p, statement: T., source: {title: T, published: 2020}}\n"
CLEAR = "\x1b[2J\x1b[H"
END = "watching data; Ctrl-C stops it\r\n"


class Watched:
    """A terminal that runs the command as a user would, so that Ctrl-C reaches it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            given = {"PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100"}
            command = [sys.executable, "-m", "claimcli", "check", "--watch", *arguments]
            os.execve(sys.executable, command, {**os.environ, **given})

    def shown(self, ending: str = END, patience: float = 600) -> str:
        """Return what is shown up to an ending."""
        found, until = "", time.monotonic() + patience
        while not found.endswith(ending) and time.monotonic() < until:
            if select.select([self.terminal], [], [], 0.1)[0]:
                found += os.read(self.terminal, 65536).decode()
        assert found.endswith(ending), found
        return found

    def is_silent(self, seconds: float) -> bool:
        return not select.select([self.terminal], [], [], seconds)[0]

    def interrupted(self) -> int:
        os.write(self.terminal, b"\x03")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("watchfiles", reason="an extra that is not installed")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(ONE)
    return tmp_path


@pytest.fixture
def watched(folder: Path) -> Iterator[Watched]:
    run = Watched(folder)
    yield run
    try:
        os.kill(run.pid, 9)
        os.waitpid(run.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass
    os.close(run.terminal)


def test_each_save_is_shown_on_a_cleared_screen(folder: Path, watched: Watched) -> None:
    """Saved in place, by rename, as a new file, and deleted; Ctrl-C exits with 130."""
    data = folder / "data"
    assert watched.shown().startswith(CLEAR)

    data.joinpath("a.yaml").write_text(TWO)
    assert "2 claims in 1 file" in watched.shown()

    folder.joinpath("swap").write_text(ONE)
    folder.joinpath("swap").rename(data / "a.yaml")
    assert "1 claim in 1 file" in watched.shown()

    (data / "sub").mkdir()
    (data / "sub" / "b.yaml").write_text(ONE.replace("id: a", "id: b"))
    assert "2 claims in 2 files" in watched.shown()

    shutil.rmtree(data / "sub")
    assert "1 claim in 1 file" in watched.shown()

    assert watched.is_silent(1.2)
    assert watched.interrupted() == 130


def test_a_folder_may_vanish_and_come_back(folder: Path, watched: Watched) -> None:
    data = folder / "data"
    watched.shown()

    data.rename(folder / "away")
    assert "error: no file or folder 'data'; look at the path\r\n" in watched.shown()

    data.mkdir()
    data.joinpath("z.yaml").write_text(TWO)
    shown = watched.shown()
    if "2 claims" not in shown:  # it was seen while it was empty
        shown = watched.shown()
    assert "2 claims in 1 file" in shown

    data.joinpath("z.yaml").write_text(ONE)
    assert "1 claim in 1 file" in watched.shown()
    assert watched.interrupted() == 130


def test_a_single_file_saved_by_rename_is_still_watched(folder: Path) -> None:
    run = Watched(folder, "data/a.yaml")
    ending = END.replace("watching data", "watching data/a.yaml")
    run.shown(ending)
    for text, counts in ((TWO, "2 claims"), (ONE, "1 claim in"), (TWO, "2 claims")):
        (folder / "swap").write_text(text)
        (folder / "swap").rename(folder / "data" / "a.yaml")
        assert counts in run.shown(ending)
    assert run.interrupted() == 130
    os.close(run.terminal)


def test_many_changes_give_few_screens(folder: Path, watched: Watched) -> None:
    watched.shown()
    for number in range(200):
        (folder / "data" / f"n{number}.yaml").write_text(ONE.replace("id: a", f"id: n{number}"))
    shown = watched.shown()
    while "201 claims" not in shown:
        shown += watched.shown()

    assert shown.count(CLEAR) <= 4
    assert watched.interrupted() == 130


def test_without_a_terminal_no_screen_is_cleared(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "claimcli", "check", "--watch"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:  # fmt: skip
        assert run.stderr is not None
        assert run.stderr.readline().startswith(b"1 claim in 1 file")
        assert run.stderr.readline() == b"watching data; Ctrl-C stops it\n"
        run.send_signal(2)
        out, stderr = run.communicate(timeout=600)

    assert (run.returncode, stderr) == (130, b"")
    assert b"\x1b" not in out


def test_a_missing_library_is_named(folder: Path) -> None:
    code = (
        "import sys; sys.modules['watchfiles'] = None; sys.path.insert(0, sys.argv.pop(1));"
        "from claimcli.cli import main; main(['check', '--watch'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)], cwd=folder, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: this needs the library 'watchfiles'; install it with: pip install"
        " 'claimcli[watch]'\n"
    )
