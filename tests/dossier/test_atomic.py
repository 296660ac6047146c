"""Files are written atomically, and not if somebody else changed them meanwhile."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claimcli.dossier.atomic import FileChangedError, change_file
from tests.support.cli import ROOT


def test_a_file_that_was_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    """A program that writes without a lock loses nothing."""
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def change(data: bytes) -> bytes:
        path.write_bytes(b"theirs")
        return data + b" and ours"

    with pytest.raises(FileChangedError):
        change_file(path, change)
    assert path.read_bytes() == b"theirs"


def test_temporary_files_of_killed_processes_are_deleted(tmp_path: Path) -> None:
    """But not those for other files, or of other programs."""
    long = "\N{SNOWMAN}" * 84 + ".y"
    others = {".a.swp", f".{long[:40]}.00000000.x.unfinished"}
    for name in ("a", long, *others):
        (tmp_path / name).write_bytes(b"old")
    code = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from claimcli.dossier import atomic\n"
        "os.fsync = lambda _: os._exit(9)\n"
        "atomic.change_file(Path(sys.argv[2]), lambda data: b'new')\n"
    )
    for name in ("a", long):
        path = tmp_path / name
        assert subprocess.run([sys.executable, "-c", code, str(ROOT), str(path)]).returncode == 9
        assert len(list(tmp_path.iterdir())) == 5
        change_file(path, lambda data: data + b" and new")
        assert path.read_bytes() == b"old and new"
        assert {p.name for p in tmp_path.iterdir()} == {"a", long, *others}


def test_an_error_during_a_change_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        change_file(path, lambda data: bytes(1 // len(data[:0])))

    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_simultaneous_changes_are_all_applied(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: change_file(path, lambda d: d + b"%d\n" % n), range(50)))

    assert sorted(map(int, path.read_bytes().split())) == list(range(50))


def test_a_killed_process_leaves_the_old_or_the_new_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    old, new = b"o" * 1_000_000, b"n" * 1_000_000
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from claimcli.dossier.atomic import change_file\n"
        "while True:\n"
        "    for letter in (b'n', b'o'):\n"
        "        change_file(Path(sys.argv[2]), lambda data: letter * 1_000_000)\n"
        "        print('changed', flush=True)\n"
    )
    command = [sys.executable, "-c", code, str(ROOT), str(path)]
    for turn in range(15):
        path.write_bytes(old)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"changed\n"
            time.sleep(0.003 * turn)  # at another moment of the change each time
            process.kill()
        assert process.returncode == -signal.SIGKILL
        assert path.read_bytes() in (old, new)
