"""``claimcli changes`` on repositories and folders, and its errors."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.repository import SETTINGS, Repository, answer, claim, rows, told


def test_between_two_commits(repository: Repository) -> None:
    """Each commit is read as it was, whatever the work tree contains."""
    repository.git("tag", "start")
    repository.commit({"data/no.yaml": answer("no", "a")})
    repository.write("data/b.yaml", claim("c"))

    done = repository.changes("start", "HEAD")

    assert done.stdout == (
        "change\twhat\tid\tparty\tissue\tfield\tbefore\tafter\n"
        "new\trebuttal\tno\tresidents\t\tstatement\t\tNo\n"
        "changed\tclaim\ta\twaterworks\t\tstatus\tunanswered\tcontested\n"
    )
    assert done.stderr == (
        "1 new rebuttal, 1 newly contested; "
        "read 0 files of start and 1 of HEAD, and 1 more that did not change\n"
    )


def test_the_default_end_is_the_work_tree(repository: Repository) -> None:
    """Uncommitted and untracked files count, as in `list`."""
    repository.write("data/b.yaml", claim("b", ", said: 2022"))
    repository.write("data/new/c.yaml", claim("c"))
    repository.write("data/.hidden/d.yaml", claim("d"))
    repository.git("rm", "-q", "data/a.yaml")

    assert told(repository, "HEAD") == [
        ("new", "c", "statement"),
        ("gone", "a", "statement"),
        ("changed", "b", "said"),
    ]


def test_the_work_tree_and_the_git_index_stay_unchanged(repository: Repository) -> None:
    repository.write("data/a.yaml", claim("a", ", said: 2022"))
    os.utime(repository.folder / "data/b.yaml", (1_000_000_000, 1_000_000_000))

    def state() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(repository.folder.rglob("*"))
            if path.is_file()
        }

    before = state()
    repository.changes("HEAD")
    repository.changes("HEAD", "HEAD")

    assert state() == before


def test_moved_and_reformatted_files_are_no_change(repository: Repository) -> None:
    repository.git("mv", "data/a.yaml", "data/z.yaml")
    repository.write("data/b.yaml", "# b\r\nclaims:\r\n- statement: |-\r\n    Statement b.\r\n"
                     "  party: waterworks\r\n  id: b\r\n")  # fmt: skip

    done = repository.changes("HEAD", "--exit-code")

    assert (done.returncode, rows(done.stdout)) == (0, [])
    assert done.stderr == "no changes; read 1 file of HEAD and 1 of the work tree\n"


def test_exit_code_is_1_if_something_changed(repository: Repository) -> None:
    repository.write("data/c.yaml", claim("c"))

    assert repository.changes("HEAD").returncode == 0
    assert repository.changes("HEAD", "--exit-code").returncode == 1


def test_folders_are_preferred_to_branches_of_the_same_names(
    repository: Repository,
) -> None:
    """If both names are folders, the folders are compared; `refs/heads/` names the branches."""
    repository.git("branch", "old")
    repository.commit({"data/c.yaml": claim("c")})
    repository.git("branch", "new")
    for name in ("old", "new"):
        repository.write(f"{name}/x.yaml", claim(f"in-{name}"))

    assert told(repository, "old", "new") == [
        ("new", "in-new", "statement"),
        ("gone", "in-old", "statement"),
    ]
    assert told(repository, "refs/heads/old", "refs/heads/new") == [("new", "c", "statement")]


def test_folders_need_no_repository(tmp_path: Path) -> None:
    for name, texts in (("old", ("a",)), ("new", ("a", "b"))):
        for text in texts:
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / f"{text}.yaml").write_text(claim(text))

    done = claimcli("changes", "old", "new", cwd=tmp_path, env={"PATH": "/nowhere"})

    assert [(row[0], row[2]) for row in rows(done.stdout)] == [("new", "b")]


def test_a_range_names_both_ends(repository: Repository) -> None:
    """``A..B`` is A and B; ``A...B`` starts at their merge base, as a pull request does."""
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit({"data/c.yaml": claim("c")})
    repository.git("checkout", "-q", "main")
    repository.commit({"data/d.yaml": claim("d")})

    assert told(repository, "main..feature") == [
        ("new", "c", "statement"),
        ("gone", "d", "statement"),
    ]
    assert told(repository, "main...feature") == [("new", "c", "statement")]


def test_data_in_one_state_only(tmp_path: Path) -> None:
    """All of it is new, or gone."""
    made = Repository(tmp_path / "r")
    first = made.commit({"README": "x"})
    made.commit({"data/a.yaml": claim("a")})

    done = made.changes(first, "HEAD")

    assert [(row[0], row[2]) for row in rows(done.stdout)] == [("new", "a")]
    assert f"note: '{first}' contains no data" in done.stderr
    assert told(made, "HEAD", first) == [("gone", "a", "statement")]


def test_data_deleted_from_the_work_tree_is_gone(repository: Repository) -> None:
    shutil.rmtree(repository.folder / "data")

    done = claimcli("changes", "HEAD", "--data", "data", cwd=repository.folder, env=SETTINGS)

    assert [(row[0], row[2]) for row in rows(done.stdout)] == [("gone", "a"), ("gone", "b")]


ERRORS = {
    "unknown": (
        ("mian",),
        "error: no revision 'mian'; did you mean 'main'?\n",
    ),
    "option": (
        ("--", "--upload-pack=x"),
        "error: no revision '--upload-pack=x'; name a commit, a branch or a tag\n",
    ),
    "tree": (
        ("HEAD:data",),
        "error: no revision 'HEAD:data'; name a commit, a branch or a tag\n",
    ),
    "empty": (("",), "error: no revision ''; name a commit, a branch or a tag\n"),
    "nothing there": (
        ("HEAD", "--data", "dta"),
        "error: nothing at 'dta' in 'HEAD' or 'the work tree';"
        " name the folder of the data with --data\n",
    ),
}


@pytest.mark.parametrize("arguments", ERRORS.values(), ids=ERRORS)
def test_an_unknown_name_is_an_error(
    arguments: tuple[tuple[str, ...], str], repository: Repository
) -> None:
    done = repository.changes(*arguments[0])

    assert (done.returncode, done.stdout, done.stderr) == (2, "", arguments[1])


def test_outside_of_a_repository(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()

    done = claimcli(
        "changes", "HEAD", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    )

    assert (done.returncode, done.stderr) == (
        3,
        "error: 'data' is not in a git repository;"
        " compare two folders: claimcli changes FOLDER FOLDER\n",
    )


def test_data_in_two_repositories(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()

    done = repository.changes("HEAD", "--data", "data", "--data", "../other")

    assert (done.returncode, done.stderr) == (
        2,
        f"error: '../other' is not in the git repository '{repository.folder}';"
        " compare data of one repository\n",
    )


def test_without_git(repository: Repository, tmp_path: Path) -> None:
    done = claimcli("changes", "HEAD", cwd=repository.folder, env={"PATH": str(tmp_path)})

    assert (done.returncode, done.stderr) == (
        3,
        "error: git is not installed;"
        " install it, or compare two folders: claimcli changes FOLDER FOLDER\n",
    )


def test_a_partly_unreadable_revision(repository: Repository) -> None:
    """The rest is compared; what is missing is reported with its revision and location."""
    repository.write("data/a.yaml", "claims:\n  - {id: a, party: p, statement: S}\n  - {id: [\n")
    repository.write("data/x.yaml", b"claims: \xff\n")
    broken = repository.commit()
    repository.write("data/a.yaml", "claims:\n  - {id: a, party: p, statement: T}\n")
    repository.write("data/x.yaml", claim("x"))

    done = repository.changes(broken)

    assert [(row[0], row[2], row[5]) for row in rows(done.stdout)] == [
        ("new", "x", "statement"),
        ("changed", "a", "statement"),
    ]
    assert (
        f"warning: of '{broken}' {broken}:data/a.yaml is not read from line 4 on, "
        f"{broken}:data/x.yaml is not read, 2 errors, the first at {broken}:data/a.yaml:4:1"
        in done.stderr
    )


def test_the_output_names_unread_parts(repository: Repository) -> None:
    """A comment on a pull request begins with them, JSON has them, and --exit-code fails."""
    repository.write("data/a.yaml", claim("a"))
    start = repository.commit()
    repository.write("data/a.yaml", "claims:\n  - {id: [x\n")

    markdown = repository.changes(start, "-f", "md", "--exit-code")
    (gap,) = json.loads(repository.changes(start, "-f", "json").stdout)["gaps"]

    assert markdown.returncode == 3
    assert markdown.stdout.splitlines()[2].startswith("**warning: of ")
    assert "what that hides can show as new or gone" in markdown.stdout
    assert (gap["of"], gap["errors"]) == ("the work tree", 1)


def test_from_another_folder(repository: Repository, tmp_path: Path) -> None:
    """The repository of the data is used, whatever the current folder."""
    repository.write("data/a.yaml", claim("a", ", said: 2022"))

    done = claimcli(
        "changes", "HEAD", "--data", "repository/data", "-f", "json", cwd=tmp_path, env=SETTINGS
    )

    (change,) = json.loads(done.stdout)["changes"]
    assert change["before"]["file"] == "HEAD:data/a.yaml"
    assert change["after"]["file"] == "repository/data/a.yaml"


def test_a_party_without_changes(repository: Repository) -> None:
    repository.write("data/a.yaml", claim("a", ", said: 2022"))

    done = repository.changes("HEAD", "--party", "waterwork", "--issue", "main")

    assert rows(done.stdout) == []
    assert done.stderr.splitlines()[:2] == [
        "note: no claim of party 'waterwork' changed; did you mean 'waterworks'?",
        "note: no claim of issue 'main' changed",
    ]
