"""The command ``undo`` after the commands that write."""

from pathlib import Path

import pytest

from tests.support.cli import claimcli

MESSY = 'claims:\n- {statement: "It leaks.",   id: a, party: p, said: 2023-05-02}\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with settings and a file that needs fixes and formatting."""
    (tmp_path / "claimcli.toml").write_text('data = "data"\n')
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(MESSY)
    return tmp_path


def data(desk: Path) -> dict[str, str]:
    """Return the data files."""
    files = (path for path in (desk / "data").rglob("*") if path.is_file())
    return {path.relative_to(desk).as_posix(): path.read_text() for path in files}


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (("add", "--party", "q", "--statement", "It is dry.", "--issue", "new"), "add claim 'dry'"),
        (("add", "party", "--name", "Q"), "add party 'q'"),
        (("set", "a", "said=2023-05-03"), "set claim 'a'"),
        (("rebut", "a", "--party", "q", "--statement", "No."), "add claim 'a/q'"),
        (("fmt",), "fmt"),
        (("fmt", "data/a.yaml"), "fmt"),
        (("check", "--fix"), "check --fix"),
        (("mv", "a", "b"), "renaming of claim a to b"),
        (("rm", "a"), "removal of claim a"),
        (("ask", "a", "q", "--on", "2023-05-02"), "ask about claim 'a'"),
    ],
)  # fmt: skip
def test_every_change_is_undone_and_restored(
    desk: Path, arguments: tuple[str, ...], title: str
) -> None:
    """Its title is shown; the names of the files go to standard output."""
    if "--fix" in arguments:
        (desk / "data" / "a.yaml").write_text(MESSY.replace("statement", "statemnt"))
    before = data(desk)
    claimcli(*arguments, cwd=desk)
    after = data(desk)
    assert after != before

    done = claimcli("undo", cwd=desk)
    assert (done.returncode, done.stderr) == (
        0,
        f"reverted '{title}' in 1 file; 'claimcli undo' restores it\n",
    )
    changed = [name for name in after if after[name] != before.get(name)]
    assert done.stdout.splitlines() == changed
    assert data(desk) == before
    again = claimcli("undo", cwd=desk)
    assert again.stderr == f"restored '{title}' in 1 file; 'claimcli undo' reverts it\n"
    assert data(desk) == after


def test_a_dry_run_shows_the_patch(desk: Path) -> None:
    """A file that the change created is shown as deleted."""
    claimcli("add", "--party", "q", "--statement", "It is dry.", "--issue", "new", cwd=desk)
    before = data(desk)
    done = claimcli("undo", "--dry-run", cwd=desk)

    assert done.stdout == (
        "--- a/data/claims/new.yaml\n+++ /dev/null\n@@ -1,5 +0,0 @@\n"
        "-claims:\n-  - id: dry\n-    party: q\n-    statement: It is dry.\n-    issue: new\n"
    )
    assert (done.stderr, data(desk)) == ("nothing was written\n", before)


def test_files_edited_since_and_samples_stay(desk: Path) -> None:
    assert claimcli("undo", cwd=desk).stderr == (
        "error: there is no change to undo; claimcli has not changed a file in '.'\n"
    )
    claimcli("fmt", cwd=desk)
    (desk / "data" / "a.yaml").write_text(MESSY + "# mine\n")
    refused = claimcli("undo", cwd=desk)

    assert (refused.returncode, refused.stderr) == (
        2,
        "error: 'data/a.yaml' has changed since the last change, 'fmt'; "
        "change it back by hand; nothing was undone\n",
    )
    assert data(desk) == {"data/a.yaml": MESSY + "# mine\n"}
    assert claimcli("--sample", "waterworks", "undo", cwd=desk).returncode == 2


def test_a_read_only_dossier_with_an_interrupted_change_is_shown(desk: Path) -> None:
    """The warning says that a part of the change may be visible."""
    claimcli("fmt", cwd=desk)
    journal = desk / ".claimcli-journal"
    (journal / "last").rename(journal / "pending")
    done = claimcli("list", cwd=desk)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        0, "note: an interrupted change was completed: fmt",
    )  # fmt: skip

    (journal / "pending").write_bytes(b"not a journal")
    done = claimcli("list", cwd=desk)
    assert done.returncode == 0
    assert "\ta\t" in f"\t{done.stdout}" or "It leaks." in done.stdout
    assert done.stderr.startswith("warning: files may be changed in part: '")
    refused = claimcli("set", "a", "note=x", cwd=desk)
    assert refused.returncode == 3
    assert "is not a journal of this version of claimcli; delete it" in refused.stderr


def test_the_journal_is_not_data_and_git_ignores_it(desk: Path) -> None:
    claimcli("fmt", cwd=desk)

    assert (desk / ".claimcli-journal" / ".gitignore").read_text() == "*\n"
    assert claimcli("check", "--format", "json", cwd=desk).stdout.count("claimcli-journal") == 0
