"""``claimcli cache``, and the privacy and reliability of cached indexes."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from claimcli.cli import progress
from tests.support.cli import claimcli
from tests.support.terminal import in_terminal


def _write(folder: Path, claims: int = 2500) -> None:
    folder.mkdir()
    for number in range(5):
        listed = [
            f"- {{id: c{number}-{n}, party: p{n % 7}, statement: 'Statement {n} of {number}, with "
            "some words more, so that there is enough to read for an index to be kept of it all.'}\n"
            for n in range(claims // 5)
        ]
        (folder / f"{number}.yaml").write_text("claims:\n" + "".join(listed), encoding="utf-8")
        os.utime(folder / f"{number}.yaml", (1_600_000_000, 1_600_000_000))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    _write(tmp_path / "data")
    return tmp_path


def _shown(place: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        claimcli("cache", "--format", "json", cwd=place).stdout
    )
    return found


def test_an_index_is_shown_and_cleared(place: Path) -> None:
    assert _shown(place) == []
    assert claimcli("list", "--limit", "1", cwd=place).returncode == 0

    (entry,) = _shown(place)
    index = Path(str(entry["index"]))
    assert entry["dossier"] == str(place / "data")
    assert (entry["claims"], entry["files"]) == (2500, 5)
    assert entry["size"] == index.stat().st_size
    assert index.parent == place / "cache" / "claimcli"

    done = claimcli("cache", "clear", cwd=place)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"deleted 1 file with {entry['size']:,} bytes\n"
    assert not index.exists()
    assert _shown(place) == []


def test_clearing_deletes_only_indexes(place: Path) -> None:
    """Another file in the folder stays, and so do a link and its target."""
    claimcli("list", "--limit", "1", cwd=place)
    folder = place / "cache" / "claimcli"
    mine = place / "mine.txt"
    for path in (folder / "notes.txt", folder / "my-notes.txt", mine):
        path.write_text("mine")
    (folder / "0123-0.sqlite").symlink_to(mine)

    assert claimcli("cache", "clear", cwd=place).returncode == 0
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["0123-0.sqlite", "my-notes.txt", "notes.txt"]
    assert mine.read_text() == "mine"


def test_an_invalid_index_is_shown_with_its_size_only(place: Path) -> None:
    folder = place / "cache" / "claimcli"
    folder.mkdir(parents=True)
    (folder / "0123456789abcdef-01.sqlite").write_text("torn")

    (entry,) = _shown(place)
    assert (entry["dossier"], entry["claims"], entry["size"]) == (None, None, 4)


def test_other_users_cannot_read_an_index(place: Path) -> None:
    claimcli("list", "--limit", "1", cwd=place)
    folder = place / "cache" / "claimcli"
    (index,) = folder.iterdir()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(index.stat().st_mode) == 0o600


def test_no_index_is_kept_if_it_is_turned_off(place: Path) -> None:
    assert claimcli("--no-cache", "list", "--limit", "1", cwd=place).returncode == 0
    assert claimcli("list", "--no-cache", "--limit", "1", cwd=place).returncode == 0
    assert not (place / "cache").exists()


def test_each_folder_has_its_own_index(place: Path) -> None:
    """Another path to the same folder has the same index."""
    _write(place / "other", claims=3000)
    (place / "link").symlink_to(place / "data")
    for data in ("data", "./data", str(place / "data"), "link", "other"):
        assert claimcli("--data", data, "list", "--limit", "1", cwd=place).returncode == 0

    assert sorted(str(entry["claims"]) for entry in _shown(place)) == ["2500", "3000"]


def test_the_index_of_one_dossier_can_be_cleared(place: Path) -> None:
    _write(place / "other", claims=3000)
    for data in ("data", "other"):
        claimcli("--data", data, "list", "--limit", "1", cwd=place)
    shown = claimcli("cache", "--data", "data", "--format", "tsv", cwd=place).stdout
    assert len(shown.splitlines()) == 2

    assert claimcli("cache", "clear", "--data", "data", cwd=place).returncode == 0
    assert [entry["claims"] for entry in _shown(place)] == [3000]


def test_an_index_being_built_is_left_alone(place: Path) -> None:
    """It is neither shown nor cleared, until it is so old that its process must have died."""
    folder = place / "cache" / "claimcli"
    folder.mkdir(parents=True)
    young, old = (folder / f"0123456789abcdef-0{n}-77.building" for n in (1, 2))
    young.touch()
    old.touch()
    os.utime(old, (1, 1))
    (folder / "0123456789abcdef-03.sqlite").mkdir()

    assert _shown(place) == []
    assert claimcli("cache", "clear", cwd=place).returncode == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "0123456789abcdef-01-77.building",
        "0123456789abcdef-03.sqlite",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing keeps the superuser out")
def test_an_index_that_cannot_be_deleted_is_reported(place: Path) -> None:
    claimcli("list", "--limit", "1", cwd=place)
    folder = place / "cache" / "claimcli"
    folder.chmod(0o500)
    done = claimcli("cache", "clear", cwd=place)
    folder.chmod(0o700)

    assert done.returncode == 3
    assert done.stderr.startswith("error: cannot delete '")


def test_an_unknown_action_is_an_error(place: Path) -> None:
    done = claimcli("cache", "clera", cwd=place)
    assert (done.returncode, done.stderr) == (
        2,
        "error: no action 'clera'; did you mean 'clear'?\n",
    )


SLOW = """
import runpy, sys
from claimcli.cli import progress
progress.PATIENCE = 0
sys.argv = ["claimcli", *sys.argv[1:]]
runpy.run_module("claimcli", run_name="__main__")
"""


def test_slow_reading_shows_a_progress_bar(place: Path) -> None:
    """The bar goes to standard error, appears after a second, and vanishes at the end."""
    assert progress.PATIENCE == 1
    (place / "slow.py").write_text(SLOW)
    run = f"{sys.executable} slow.py list --limit 1 --format tsv"
    shown, code = in_terminal(f"{run} > out.tsv", cwd=place)
    assert code == 0
    assert "reading" in shown
    assert "\x1b[2K" in shown
    assert "reading" not in (place / "out.tsv").read_text()

    (quick, _) = in_terminal(f"{sys.executable} -m claimcli --no-cache list --limit 1", cwd=place)
    assert "reading" not in quick
    (warm, _) = in_terminal(run, cwd=place)
    assert "reading" not in warm
    piped, _ = in_terminal(f"{run} --no-cache 2> stderr.txt", cwd=place)
    assert "reading" not in piped + (place / "stderr.txt").read_text()


def test_verdicts_on_quotes_are_private_and_cleared_too(tmp_path: Path) -> None:
    """The file is next to the indexes; without a cache nothing is kept."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("It was found sound. " * 5000)
    (tmp_path / "data" / "a.yaml").write_text(
        "sources: [{id: a, title: A, published: 2023, text: a.txt}]\n"
        "claims: [{id: c, party: p, statement: s, source: {id: a, quote: found unsound}}]\n"
    )

    def errors(*options: str) -> int:
        result = claimcli(*options, "check", "--select", "error", cwd=tmp_path)
        return result.stdout.count("[quote-not-in-text]")

    assert errors("--no-cache") == 1
    assert not (tmp_path / "cache").exists()
    assert errors() == errors() == 1
    (kept,) = (tmp_path / "cache" / "claimcli").glob("*.verdicts")
    assert (kept.suffix, stat.S_IMODE(kept.stat().st_mode)) == (".verdicts", 0o600)

    done = claimcli("cache", "clear", cwd=tmp_path)
    assert (done.returncode, kept.exists()) == (0, False)
