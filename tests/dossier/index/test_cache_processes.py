"""Whole commands on one index: cold and warm, concurrent, killed, without a cache."""

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


def _suffixes(place: Path) -> list[str]:
    return sorted(path.suffix for path in (place / "cache" / "claimcli").glob("*"))


def test_warm_and_cold_runs_have_the_same_output(large: Path) -> None:
    """Claims, problems, locations and exit codes are the same, with or without a cache."""
    without = claimcli("--no-cache", *WHOLE, cwd=large)
    assert _suffixes(large) == []
    cold, warm = claimcli(*WHOLE, cwd=large), claimcli(*WHOLE, cwd=large)

    assert _suffixes(large) == [".sqlite"]
    assert len(without.stdout.splitlines()) == 2001
    assert "20" in without.stderr
    for done in (cold, warm):
        assert (done.returncode, done.stdout, done.stderr) == (
            without.returncode, without.stdout, without.stderr,
        )  # fmt: skip
    checks = [claimcli(*args, "check", "data", cwd=large) for args in (["--no-cache"], [], [])]
    assert "broken7" in checks[0].stdout + checks[0].stderr
    assert len({(done.returncode, done.stdout, done.stderr) for done in checks}) == 1


def test_concurrent_processes_all_succeed(large: Path) -> None:
    """Four processes build, update and read the index at the same time."""
    expected = claimcli("--no-cache", *WHOLE, cwd=large).stdout
    for _ in range(2):
        running = [_start(large) for _ in range(4)]
        answers = [process.communicate(timeout=600) for process in running]
        assert [process.returncode for process in running] == [0] * 4
        assert [out for out, _ in answers] == [expected] * 4
        assert all("note:" not in notes for _, notes in answers)
        os.utime(large / "data" / "03.yaml", (1_600_000_999, 1_600_000_999))
    assert ".sqlite" in _suffixes(large)


def _start(place: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "claimcli", *WHOLE],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize("state", ["no index", "one file changed"])
def test_a_killed_process_leaves_a_usable_index(large: Path, state: str) -> None:
    """The old or the new index is in the file; the next run shows no note and correct results."""
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
        process.communicate(timeout=600)
        expected = claimcli("--no-cache", *WHOLE, cwd=large).stdout
        if state == "one file changed" or number == 11:
            done = claimcli(*WHOLE, cwd=large)
            assert (done.returncode, done.stdout) == (0, expected)
            assert "note:" not in done.stderr
    assert "more11" in expected
    assert _suffixes(large).count(".sqlite") == 1


def test_an_unwritable_cache_folder_is_not_needed(large: Path) -> None:
    """If a file is in place of the cache folder, there is one note and the complete result."""
    Path(os.environ["XDG_CACHE_HOME"]).write_text("")
    done = claimcli(*WHOLE, cwd=large)

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2001
    assert done.stderr.count("note: cannot keep an index in ") == 1
