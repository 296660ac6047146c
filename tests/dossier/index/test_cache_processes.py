"""Whole commands on one index: cold and warm, at once, killed, without a cache."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.cli import claimcli


def _large(folder: Path, claims: int = 2000) -> None:
    folder.mkdir()
    for number in range(20):
        listed = [
            f"- {{id: c{number}-{n}, party: p{n % 7}, said: 2022-01-{n % 28 + 1:02}, "
            f"statement: 'Statement {n} of file {number}, which has some words to be long enough "
            "for an index to be kept of the dossier that it is a part of.'}\n"
            for n in range(claims // 20)
        ]
        text = "claims:\n" + "".join(listed) + f"- {{id: broken{number}, party: p1}}\n"
        path = folder / f"{number:02}.yaml"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_600_000_000, 1_600_000_000))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    _large(tmp_path / "data")
    return tmp_path


WHOLE = ["--data", "data", "list", "--format", "tsv"]


def _kept(place: Path) -> list[str]:
    return sorted(path.suffix for path in (place / "cache" / "claimcli").glob("*"))


def test_a_warm_run_says_all_that_a_cold_one_says(large: Path) -> None:
    """Claims, problems, their places and the exit code; and the same without a cache."""
    without = claimcli("--no-cache", *WHOLE, cwd=large)
    assert _kept(large) == []
    cold, warm = claimcli(*WHOLE, cwd=large), claimcli(*WHOLE, cwd=large)

    assert _kept(large) == [".sqlite"]
    assert len(without.stdout.splitlines()) == 2001
    assert "20" in without.stderr
    for done in (cold, warm):
        assert (done.returncode, done.stdout, done.stderr) == (
            without.returncode, without.stdout, without.stderr,
        )  # fmt: skip
    checks = [claimcli(*args, "check", "data", cwd=large) for args in (["--no-cache"], [], [])]
    assert "broken7" in checks[0].stdout + checks[0].stderr
    assert len({(done.returncode, done.stdout, done.stderr) for done in checks}) == 1


def test_processes_that_start_at_once_all_answer(large: Path) -> None:
    """Four make, change and read the index at the same time."""
    expected = claimcli("--no-cache", *WHOLE, cwd=large).stdout
    for _ in range(2):
        running = [_start(large) for _ in range(4)]
        answers = [process.communicate(timeout=120) for process in running]
        assert [process.returncode for process in running] == [0] * 4
        assert [out for out, _ in answers] == [expected] * 4
        assert all("note:" not in told for _, told in answers)
        os.utime(large / "data" / "03.yaml", (1_600_000_999, 1_600_000_999))
    assert ".sqlite" in _kept(large)


def _start(place: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "claimcli", *WHOLE],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize("state", ["nothing kept", "one file changed"])
def test_a_process_killed_at_any_moment_leaves_a_whole_index(large: Path, state: str) -> None:
    """The old one or the new one stands: nothing is told, and the answer is that of the files."""
    if state == "one file changed":
        claimcli(*WHOLE, cwd=large)
    expected = ""
    for number in range(12):
        path = large / "data" / "03.yaml"
        path.write_text(path.read_text() + f"- {{id: more{number}, party: p1, statement: x}}\n")
        os.utime(path, (1_600_000_000 + number, 1_600_000_000 + number))
        process = _start(large)
        time.sleep(0.04 + number * 0.03)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        expected = claimcli("--no-cache", *WHOLE, cwd=large).stdout
        if state == "one file changed" or number == 11:
            done = claimcli(*WHOLE, cwd=large)
            assert (done.returncode, done.stdout) == (0, expected)
            assert "note:" not in done.stderr
    assert "more11" in expected
    assert _kept(large).count(".sqlite") == 1


def test_a_cache_folder_that_cannot_be_written_is_done_without(large: Path) -> None:
    """A file stands where the folder of the cache should: one note, and the whole answer."""
    Path(os.environ["XDG_CACHE_HOME"]).write_text("")
    done = claimcli(*WHOLE, cwd=large)

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2001
    assert done.stderr.count("note: cannot keep an index in ") == 1
