"""Files are written atomically, and not if somebody else changed them meanwhile."""

import os
import signal
import stat
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claimcli.dossier import atomic
from claimcli.dossier.atomic import (
    FileChangedError,
    create_file,
    replace_file,
    sweep,
)
from tests.support.cli import ROOT


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
        "atomic.replace_file(Path(sys.argv[2]), b'new')\n"
    )
    for name in ("a", long):
        path = tmp_path / name
        assert subprocess.run([sys.executable, "-c", code, str(ROOT), str(path)]).returncode == 9
        assert len(list(tmp_path.iterdir())) == 5
        replace_file(path, b"new")
        assert path.read_bytes() == b"new"
        assert {p.name for p in tmp_path.iterdir()} == {"a", long, *others}


def test_a_killed_process_leaves_the_old_or_the_new_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    old, new = b"o" * 1_000_000, b"n" * 1_000_000
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from claimcli.dossier.atomic import replace_file\n"
        "while True:\n"
        "    for letter in (b'n', b'o'):\n"
        "        replace_file(Path(sys.argv[2]), letter * 1_000_000)\n"
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


KILLED = (
    "import os, sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
    "from claimcli.dossier import atomic\n"
    "os.fsync = lambda _: os._exit(9)\n"
    "atomic.{}(Path(sys.argv[2]), b'theirs')\n"
)
"""A program that is killed while it writes."""


@pytest.mark.parametrize("write", [create_file, replace_file])
def test_temporary_files_of_killed_creators_are_deleted(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    """The file that they were to become does not exist yet."""
    path = tmp_path / "new.yaml"
    command = [sys.executable, "-c", KILLED.format(write.__name__), str(ROOT), str(path)]
    assert subprocess.run(command).returncode == 9
    assert len(list(tmp_path.iterdir())) == 1
    write(path, b"ours")

    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("new.yaml", b"ours")]


def test_temporary_files_of_running_processes_stay(tmp_path: Path) -> None:
    """A second writer of the same file does not disturb the first, in either order."""
    path = tmp_path / "new.yaml"
    code = KILLED.format("replace_file").replace(
        "os._exit(9)", "print('written', flush=True) or sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(ROOT), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        create_file(path, b"ours")
        assert len(list(tmp_path.iterdir())) == 2
        process.communicate(b"")

    assert process.returncode == 0
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("new.yaml", b"theirs")]


def test_only_regular_files_are_taken_for_temporary_files(tmp_path: Path) -> None:
    """A link or a pipe of such a name is neither followed nor opened."""
    path = tmp_path / "a"
    name = f".a.{zlib.crc32(b'a'):08x}.{{}}.unfinished"
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / name.format(1)).symlink_to("mine")
    os.mkfifo(tmp_path / name.format(2))
    (tmp_path / name.format(3)).mkdir()
    (tmp_path / name.format(4)).write_bytes(b"left")
    sweep(path)

    assert {p.name for p in tmp_path.iterdir()} == {"mine", *map(name.format, (1, 2, 3))}


def test_simultaneous_creators_leave_one_file(tmp_path: Path) -> None:
    """One of them wins, the others are told, and no temporary file remains."""

    def create(number: int) -> bool:
        try:
            create_file(tmp_path / "a", b"%d" % number)
        except FileChangedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(create, range(40)))

    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert [n for n, won in enumerate(made) if won] == [int((tmp_path / "a").read_bytes())]


def test_a_file_that_the_user_may_not_write_to_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replacing needs access to the folder only; the system decides, not the permissions shown."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(os, "supports_effective_ids", set())
    with pytest.raises(PermissionError, match="you may not write to it"):
        replace_file(path, b"new")

    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"old")]


def test_a_file_without_writers_is_written_if_the_system_permits_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The superuser may, and an ACL may; the mode stays."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o440)
    monkeypatch.setattr(os, "access", lambda *_, **__: True)
    monkeypatch.setattr(os, "supports_effective_ids", set())
    replace_file(path, b"new")

    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o440)


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser gives files to others")
def test_the_owner_and_the_group_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    os.chown(path, 1234, 2345)
    path.chmod(0o664)
    replace_file(path, b"new")
    after = path.stat()

    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (1234, 2345, 0o664)


def test_another_group_gets_no_more_than_others_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the group cannot be kept, its permissions are not given to the writer's group."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o664)
    monkeypatch.setattr(atomic, "_copy_owner", lambda *_: False)
    replace_file(path, b"new")

    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_extended_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    _set_attribute(path, "user.note", b"from the archive")
    replace_file(path, b"new")

    assert os.getxattr(path, "user.note") == b"from the archive"


def test_an_access_control_list_stays(tmp_path: Path) -> None:
    """Another person who may write still may, and the shown permissions are the same."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    _set_attribute(path, ACL, _acl(user=4321))
    before = stat.S_IMODE(path.stat().st_mode)
    replace_file(path, b"new")

    assert os.getxattr(path, ACL) == _acl(user=4321)
    assert stat.S_IMODE(path.stat().st_mode) == before == 0o660


def test_an_edit_does_not_add_the_list_of_the_folder(tmp_path: Path) -> None:
    """New files inherit it, but the file that is changed did not have it."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o660)
    _set_attribute(tmp_path, "system.posix_acl_default", _acl(user=4321))
    replace_file(path, b"new")

    assert os.listxattr(path) == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


ACL = "system.posix_acl_access"


def _acl(user: int) -> bytes:
    """Return a list that lets the owner, the group and one user write, as Linux stores it."""
    nobody = 2**32 - 1
    entries = ((1, 6, nobody), (2, 6, user), (4, 4, nobody), (16, 6, nobody), (32, 0, nobody))
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def _set_attribute(path: Path, name: str, value: bytes) -> None:
    """Set an extended attribute; skip the test where that is not possible."""
    if not hasattr(os, "setxattr"):
        pytest.skip("this system's Python has no extended attributes")
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"the file system of temporary files has no {name}: {error.strerror}")
