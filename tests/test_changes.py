"""``claimcli changes`` on repositories, folders, and what goes wrong with them."""

import json
import os
import shutil
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from claimcli.comparing import Comparison, compare
from claimcli.revisions import calling, snapshots, trees
from claimcli.revisions.naming import two_states
from claimcli.revisions.repository import repository_of
from tests.cli import claimcli
from tests.repository import SETTINGS, Repository


def claim(name: str, more: str = "") -> str:
    return f"claims: [{{id: {name}, party: waterworks, statement: Statement {name}.{more}}}]\n"


def answer(name: str, to: str) -> str:
    return (
        f"claims:\n  - {{id: {name}, party: residents, statement: No,"
        f" responds_to: {{claim: {to}, kind: denies}}}}\n"
    )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give a repository with two claims, one a file."""
    made = Repository(tmp_path / "repository")
    made.commit({"data/a.yaml": claim("a"), "data/b.yaml": claim("b"), "README": "About it\n"})
    return made


def rows(shown: str) -> list[list[str]]:
    return [line.split("\t") for line in shown.splitlines()[1:]]


def told(repository: Repository, *arguments: str) -> list[tuple[str, str, str]]:
    """Return what `changes` tells: change, id and field."""
    done = repository.changes(*arguments)
    assert done.returncode == 0, done.stderr
    return [(row[0], row[2], row[5]) for row in rows(done.stdout)]


def test_between_two_commits(repository: Repository) -> None:
    """Each commit counts as it was, whatever stands in the work tree."""
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
        "read 0 files of start and 1 of HEAD, and 1 beside that did not change\n"
    )


def test_without_an_end_it_is_the_work_tree(repository: Repository) -> None:
    """What is not committed, and what git does not know yet, is there as `list` shows it."""
    repository.write("data/b.yaml", claim("b", ", said: 2022"))
    repository.write("data/new/c.yaml", claim("c"))
    repository.write("data/.hidden/d.yaml", claim("d"))
    repository.git("rm", "-q", "data/a.yaml")

    assert told(repository, "HEAD") == [
        ("new", "c", "statement"),
        ("gone", "a", "statement"),
        ("changed", "b", "said"),
    ]


def test_the_work_tree_and_the_index_are_left_alone(repository: Repository) -> None:
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


def test_exit_code_is_1_where_something_changed(repository: Repository) -> None:
    repository.write("data/c.yaml", claim("c"))

    assert repository.changes("HEAD").returncode == 0
    assert repository.changes("HEAD", "--exit-code").returncode == 1


def test_two_folders_are_two_folders_even_if_branches_are_called_so(
    repository: Repository,
) -> None:
    """Where both names are folders the folders are meant; `refs/heads/` names the branches."""
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


def test_a_range_stands_for_both_ends(repository: Repository) -> None:
    """``A..B`` is A and B; ``A...B`` is from where they parted, as a pull request shows it."""
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit({"data/c.yaml": claim("c")})
    repository.git("checkout", "-q", "main")
    repository.commit({"data/d.yaml": claim("d")})

    assert told(repository, "main..feature") == [
        ("new", "c", "statement"),
        ("gone", "d", "statement"),
    ]
    assert told(repository, "main...feature") == [("new", "c", "statement")]


def test_a_folder_that_was_not_there_yet(tmp_path: Path) -> None:
    """Where the data is in one state only, all of it is new, or gone."""
    made = Repository(tmp_path / "r")
    first = made.commit({"README": "x"})
    made.commit({"data/a.yaml": claim("a")})

    done = made.changes(first, "HEAD")

    assert [(row[0], row[2]) for row in rows(done.stdout)] == [("new", "a")]
    assert f"note: nothing of the data is in '{first}'" in done.stderr
    assert told(made, "HEAD", first) == [("gone", "a", "statement")]


def test_data_taken_out_of_the_work_tree_is_gone(repository: Repository) -> None:
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
def test_a_name_that_means_nothing(
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
        "error: 'data' is in no git repository;"
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


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.commit({"data/c.yaml": claim("c")})
    url = f"file://{repository.folder}"
    repository.git("clone", "-q", "--depth", "1", url, str(tmp_path / "clone"))

    done = claimcli("changes", first, cwd=tmp_path / "clone", env=SETTINGS)

    assert done.returncode == 2
    assert done.stderr.endswith("; this clone is shallow: git fetch --unshallow\n")


def test_a_partial_clone_is_not_filled_up(repository: Repository, tmp_path: Path) -> None:
    """What a clone does not hold is named; nothing is fetched for it."""
    repository.commit({"data/a.yaml": claim("a", ", said: 2022")})
    repository.git("config", "uploadpack.allowFilter", "true")
    url = f"file://{repository.folder}"
    repository.git("clone", "-q", "--filter=blob:none", url, str(tmp_path / "clone"))

    done = claimcli("changes", "HEAD~1", cwd=tmp_path / "clone", env=SETTINGS)

    assert done.returncode == 3
    assert done.stderr.startswith("error: this clone does not hold the object ")


def test_a_bare_repository(repository: Repository, tmp_path: Path) -> None:
    """It has no work tree to compare with, but two revisions it has."""
    repository.commit({"data/c.yaml": claim("c")})
    bare = tmp_path / "bare"
    repository.git("clone", "-q", "--bare", ".", str(bare))

    def ran(*arguments: str) -> Any:
        return claimcli("changes", *arguments, "--data", "data", cwd=bare, env=SETTINGS)

    assert [(r[0], r[2]) for r in rows(ran("HEAD~1", "HEAD").stdout)] == [("new", "c")]
    assert ran("HEAD").stderr == (
        "error: a bare repository has no work tree; name a second revision to compare with\n"
    )


def test_links_are_followed_within_the_repository(repository: Repository, tmp_path: Path) -> None:
    """At a revision as on the disk; what lies outside is in neither state."""
    repository.write("shared/c.yaml", claim("c"))
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "d.yaml").write_text(claim("d"))
    (repository.folder / "data" / "more").symlink_to("../shared")
    (repository.folder / "data" / "again.yaml").symlink_to("more/c.yaml")
    (repository.folder / "data" / "away").symlink_to(tmp_path / "outside")
    (repository.folder / "data" / "round").symlink_to(".")
    repository.commit()
    assert rows(repository.changes("HEAD").stdout) == []
    repository.write("shared/c.yaml", claim("c", ", said: 2022"))

    done = repository.changes("HEAD")

    assert [(row[0], row[2], row[5]) for row in rows(done.stdout)] == [("changed", "c", "said")]
    assert "note: the link 'data/away' leads out of the repository: left out" in done.stderr
    assert "note: 'data/away/d.yaml' is not in the repository: left out" in done.stderr


def test_submodules_are_left_out_and_named(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.commit({"e.yaml": claim("e")})
    repository.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(other.folder),
        "data/m",
    )
    repository.commit()

    done = repository.changes("HEAD~1")

    assert rows(done.stdout) == []
    assert "note: the submodule 'data/m' is left out" in done.stderr


def test_a_revision_that_cannot_be_read_in_part(repository: Repository) -> None:
    """The rest is compared; what is missing is told with its revision and place."""
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
        f"warning: of '{broken}' 2 records could not be read, 2 errors, the first at "
        f"{broken}:data/a.yaml:" in done.stderr
    )


def test_nothing_that_a_repository_names_is_run(repository: Repository, tmp_path: Path) -> None:
    """Settings and attributes of a repository that somebody else made are not obeyed."""
    trap, caught = tmp_path / "trap", tmp_path / "caught"
    trap.write_text(f"#!/bin/sh\necho $0 $* >> {caught}\ncat\n")
    trap.chmod(0o755)
    for setting in (
        "core.fsmonitor", "core.pager", "pager.grep", "pager.ls-tree", "diff.external",
        "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge",
        "filter.x.process", "core.sshCommand", "core.editor", "core.gitProxy", "core.askPass",
        "credential.helper", "core.alternateRefsCommand", "alias.grep", "alias.ls-files",
        "alias.rev-parse", "gpg.program", "merge.x.driver", "interactive.diffFilter",
    ):  # fmt: skip
        repository.git("config", setting, str(trap))
    for hook in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction"):
        place = repository.folder / ".git/hooks" / hook
        place.parent.mkdir(exist_ok=True)
        shutil.copy(trap, place)
    (repository.folder / ".gitattributes").write_text("*.yaml filter=x diff=x merge=x\n")
    repository.write("data/a.yaml", answer("no", "b"))

    done = repository.changes("HEAD")
    again = repository.changes("HEAD~0", "HEAD")

    assert (done.returncode, again.returncode, caught.exists()) == (0, 0, False)
    assert ("new", "no") in [(row[0], row[2]) for row in rows(done.stdout)]


def test_of_a_thousand_files_only_the_three_that_differ_are_read(tmp_path: Path) -> None:
    """Three blobs are read of the old state and three files of the new one, and no other."""
    made = Repository(tmp_path / "r")
    made.commit({f"data/{n % 10}/c{n}.yaml": claim(f"c{n}") for n in range(1000)})
    for n in (7, 77, 777):
        made.write(f"data/{n % 10}/c{n}.yaml", claim(f"c{n}", ", said: 2022"))
    second = made.git("rev-parse", "HEAD")

    for end in (None, made.commit()):
        found, blobs, texts = counted(made, second, end)
        assert [entry.id for entry in found.changes.entries] == ["c7", "c77", "c777"]
        assert (found.before, found.after, found.beside) == (3, 3, 0)
        assert (len(blobs), len(texts)) == (3 if end is None else 6, 6)


def test_of_a_thousand_files_only_what_a_status_hangs_on_is_read_beside(tmp_path: Path) -> None:
    """Three answers to claims in three other files: those three are read too, once."""
    made = Repository(tmp_path / "r")
    made.commit({f"data/{n % 10}/c{n}.yaml": claim(f"c{n}") for n in range(1000)})
    for n in (7, 77, 777):
        made.write(f"data/no-{n}.yaml", answer(f"no-{n}", f"c{n}"))

    found, blobs, texts = counted(made, "HEAD", None)

    assert (found.before, found.after, found.beside) == (0, 3, 3)
    assert (len(blobs), len(texts)) == (3, 6)
    assert {entry.id: entry.change for entry in found.changes.entries} == {
        **{f"no-{n}": "new" for n in (7, 77, 777)},
        **{f"c{n}": "changed" for n in (7, 77, 777)},
    }


def counted(
    made: Repository, start: str, end: str | None
) -> tuple[Comparison, list[str], list[object]]:
    """Compare two states; return also the names of blobs that git gave, and what was parsed."""
    blobs: list[str] = []
    texts: list[object] = []
    read = calling.Objects.read

    def noted(self: calling.Objects, name: str, most: int) -> bytes:
        blobs.append(name)
        return read(self, name, most)

    from claimcli import reading

    parse = reading.read_entries

    def parsed(text: str, path: str) -> Any:
        texts.append(text)
        return parse(text, path)

    with (
        patch.object(calling.Objects, "read", noted),
        patch.object(reading, "read_entries", parsed),
        two_states(start, end, lambda: [made.folder / "data"]) as (before, after),
    ):
        return compare(before, after), blobs, texts


def test_files_that_a_sparse_checkout_leaves_out_are_not_gone(repository: Repository) -> None:
    repository.commit({"data/far/c.yaml": claim("c")})
    repository.git("sparse-checkout", "set", "--no-cone", "/*", "!/data/far/")
    assert not (repository.folder / "data/far").exists()

    assert told(repository, "HEAD") == []
    assert told(repository, "HEAD~1") == [("new", "c", "statement")]


def test_git_finds_ids_as_they_are_found_here(repository: Repository) -> None:
    """Whole ids, wherever YAML can have them, and files in which one may be spelled out."""
    texts = {
        "data/flow.yaml": '{"claim":"a1",b: x}',
        "data/list.yaml": "- x\n- a1\n",
        "data/return.yaml": "claim: a1\r\nkind: denies\r\n",
        "data/below.yaml": "claim: a1/residents\n",
        "data/longer.yaml": "claim: a1-more\nid: xa1\nother: a1.b\n",
        "data/spelled.yaml": 'claim: "\\u0061\\u0031"\n',
        "data/other.yaml": "claim: a2\n",
        "data/bytes.yaml": "claim: a1 # \udcff",
    }
    for path, text in texts.items():
        repository.write(path, text.encode("utf-8", "surrogateescape"))
    repository.commit()
    home = repository_of([repository.folder / "data"])
    expected = {f"data/{name}.yaml" for name in ("flow", "list", "return", "below", "bytes")}

    for words in (["a1"], ["a1", "nothing", "x.y"]):
        found = trees.mentioning(home, "HEAD", words)
        assert found == {*expected, "data/spelled.yaml"}
        assert found == {
            path
            for path, text in texts.items()
            if snapshots.mentions(
                text.encode("utf-8", "surrogateescape"), {word.encode() for word in words}
            )
        }
    assert trees.mentioning(home, "HEAD", [f"a{n}" for n in range(10_000)]) is None


def test_without_git_s_search_files_are_looked_through_here(repository: Repository) -> None:
    """Where git lacks the expressions, or there are too many words, the result is the same."""
    repository.write("data/no.yaml", answer("no", "a"))

    with patch.object(trees, "LONGEST_PATTERN", 0):
        found, _, texts = counted(repository, "HEAD", None)

    assert (found.before, found.after, found.beside) == (0, 1, 1)
    assert len(texts) == 2


def test_a_repository_with_other_hashes(tmp_path: Path) -> None:
    """Git names objects by SHA-256 too."""
    made = Repository(tmp_path / "r", "--object-format=sha256")
    made.commit({"data/a.yaml": claim("a"), "data/b.yaml": claim("b")})
    os.utime(made.folder / "data/b.yaml", (1_000_000_000, 1_000_000_000))
    made.write("data/a.yaml", claim("a", ", said: 2022"))

    found, blobs, texts = counted(made, "HEAD", None)

    assert [entry.id for entry in found.changes.entries] == ["a"]
    assert (len(blobs[0]), len(blobs), len(texts)) == (64, 1, 2)


def test_within_a_hook_of_another_repository(repository: Repository, tmp_path: Path) -> None:
    """Where the data lies decides, whatever repository git was at work in when it called."""
    other = Repository(tmp_path / "other")
    repository.write("data/a.yaml", claim("a", ", said: 2022"))
    env = {"GIT_DIR": f"{other.folder}/.git", "GIT_INDEX_FILE": "nowhere", "GIT_WORK_TREE": "/"}

    done = claimcli("changes", "HEAD", cwd=repository.folder, env={**SETTINGS, **env})

    assert [(row[0], row[2], row[5]) for row in rows(done.stdout)] == [("changed", "a", "said")]


def test_from_another_folder(repository: Repository, tmp_path: Path) -> None:
    """The data's own repository is asked, from wherever the command is given."""
    repository.write("data/a.yaml", claim("a", ", said: 2022"))

    done = claimcli(
        "changes", "HEAD", "--data", "repository/data", "-f", "json", cwd=tmp_path, env=SETTINGS
    )

    (change,) = json.loads(done.stdout)["changes"]
    assert change["before"]["file"] == "HEAD:data/a.yaml"
    assert change["after"]["file"] == "repository/data/a.yaml"


def test_a_party_of_which_nothing_changed(repository: Repository) -> None:
    repository.write("data/a.yaml", claim("a", ", said: 2022"))

    done = repository.changes("HEAD", "--party", "waterwork", "--issue", "main")

    assert rows(done.stdout) == []
    assert done.stderr.splitlines()[:2] == [
        "note: no claim of party 'waterwork' changed; did you mean 'waterworks'?",
        "note: no claim of issue 'main' changed",
    ]
