"""Comparing states in all kinds of repositories, and which files are read for it."""

import os
import shutil
from pathlib import Path
from typing import Any
from unittest.mock import patch

from claimcli.history import commits, git_process, snapshots
from claimcli.history.compare import Comparison, compare
from claimcli.history.repository import repository_of
from claimcli.history.states import two_states
from tests.support.cli import claimcli
from tests.support.repository import SETTINGS, Repository, answer, claim, rows, told


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.commit({"data/c.yaml": claim("c")})
    url = f"file://{repository.folder}"
    repository.git("clone", "-q", "--depth", "1", url, str(tmp_path / "clone"))

    done = claimcli("changes", first, cwd=tmp_path / "clone", env=SETTINGS)

    assert done.returncode == 2
    assert done.stderr.endswith("; this clone is shallow: git fetch --unshallow\n")


def test_a_partial_clone_is_not_completed(repository: Repository, tmp_path: Path) -> None:
    """The error names the missing object; nothing is fetched."""
    repository.commit({"data/a.yaml": claim("a", ", said: 2022")})
    repository.git("config", "uploadpack.allowFilter", "true")
    url = f"file://{repository.folder}"
    repository.git("clone", "-q", "--filter=blob:none", url, str(tmp_path / "clone"))

    done = claimcli("changes", "HEAD~1", cwd=tmp_path / "clone", env=SETTINGS)

    assert done.returncode == 3
    assert done.stderr.startswith("error: this clone does not contain the object ")


def test_a_bare_repository(repository: Repository, tmp_path: Path) -> None:
    """It has no work tree to compare with, but two revisions can be compared."""
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
    """At a revision as in the work tree; files outside are in neither state."""
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


def test_submodules_are_left_out_with_a_note(repository: Repository, tmp_path: Path) -> None:
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


def test_no_program_from_a_repository_s_settings_is_run(
    repository: Repository, tmp_path: Path
) -> None:
    """A repository may come from somebody else; its settings, hooks and attributes are ignored."""
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


def test_only_the_three_changed_files_of_a_thousand_are_read(tmp_path: Path) -> None:
    """Three blobs of the old state and three files of the new one are read."""
    made = Repository(tmp_path / "r")
    made.commit({f"data/{n % 10}/c{n}.yaml": claim(f"c{n}") for n in range(1000)})
    for n in (7, 77, 777):
        made.write(f"data/{n % 10}/c{n}.yaml", claim(f"c{n}", ", said: 2022"))
    second = made.git("rev-parse", "HEAD")

    for end in (None, made.commit()):
        found, blobs, texts = compare_and_count(made, second, end)
        assert [entry.id for entry in found.changes.entries] == ["c7", "c77", "c777"]
        assert (found.before, found.after, found.unchanged) == (3, 3, 0)
        assert (len(blobs), len(texts)) == (3 if end is None else 6, 6)


def test_only_files_that_determine_a_status_are_read_of_a_thousand(tmp_path: Path) -> None:
    """Three new files answer claims in three other files, which are read too, once."""
    made = Repository(tmp_path / "r")
    made.commit({f"data/{n % 10}/c{n}.yaml": claim(f"c{n}") for n in range(1000)})
    for n in (7, 77, 777):
        made.write(f"data/no-{n}.yaml", answer(f"no-{n}", f"c{n}"))

    found, blobs, texts = compare_and_count(made, "HEAD", None)

    assert (found.before, found.after, found.unchanged) == (0, 3, 3)
    assert (len(blobs), len(texts)) == (3, 6)
    assert {entry.id: entry.kind for entry in found.changes.entries} == {
        **{f"no-{n}": "new" for n in (7, 77, 777)},
        **{f"c{n}": "changed" for n in (7, 77, 777)},
    }


def compare_and_count(
    made: Repository, start: str, end: str | None
) -> tuple[Comparison, list[str], list[object]]:
    """Compare two states; return the result, the names of blobs that were read, and parsed texts."""
    blobs: list[str] = []
    texts: list[object] = []
    read = git_process.Objects.read

    def noted(self: git_process.Objects, name: str, most: int) -> bytes:
        blobs.append(name)
        return read(self, name, most)

    from claimcli.dossier import reader

    parse = reader.parse_entries

    def parsed(text: str, path: str) -> Any:
        texts.append(text)
        return parse(text, path)

    with (
        patch.object(git_process.Objects, "read", noted),
        patch.object(reader, "parse_entries", parsed),
        two_states(start, end, lambda: [made.folder / "data"]) as (before, after),
    ):
        return compare(before, after), blobs, texts


def test_files_left_out_by_a_sparse_checkout_are_not_removed(repository: Repository) -> None:
    repository.commit({"data/far/c.yaml": claim("c")})
    repository.git("sparse-checkout", "set", "--no-cone", "/*", "!/data/far/")
    assert not (repository.folder / "data/far").exists()

    assert told(repository, "HEAD") == []
    assert told(repository, "HEAD~1") == [("new", "c", "statement")]


def test_git_and_python_find_the_same_ids(repository: Repository) -> None:
    """Whole ids, wherever YAML allows them, and files in which escapes may contain one."""
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
        found = commits.files_mentioning(home, "HEAD", words)
        assert found == {*expected, "data/spelled.yaml"}
        assert found == {
            path
            for path, text in texts.items()
            if snapshots.mentions(
                text.encode("utf-8", "surrogateescape"), {word.encode() for word in words}
            )
        }
    assert commits.files_mentioning(home, "HEAD", [f"a{n}" for n in range(10_000)]) is None


def test_files_are_searched_without_git_s_search(repository: Repository) -> None:
    """The result is the same if git has no PCRE2 or there are too many ids."""
    repository.write("data/no.yaml", answer("no", "a"))

    with patch.object(commits, "MAX_PATTERN", 0):
        found, _, texts = compare_and_count(repository, "HEAD", None)

    assert (found.before, found.after, found.unchanged) == (0, 1, 1)
    assert len(texts) == 2


def test_a_repository_with_sha256_hashes(tmp_path: Path) -> None:
    made = Repository(tmp_path / "r", "--object-format=sha256")
    made.commit({"data/a.yaml": claim("a"), "data/b.yaml": claim("b")})
    os.utime(made.folder / "data/b.yaml", (1_000_000_000, 1_000_000_000))
    made.write("data/a.yaml", claim("a", ", said: 2022"))

    found, blobs, texts = compare_and_count(made, "HEAD", None)

    assert [entry.id for entry in found.changes.entries] == ["a"]
    assert (len(blobs[0]), len(blobs), len(texts)) == (64, 1, 2)


def test_within_a_hook_of_another_repository(repository: Repository, tmp_path: Path) -> None:
    """The location of the data decides, not the repository whose hook runs the command."""
    other = Repository(tmp_path / "other")
    repository.write("data/a.yaml", claim("a", ", said: 2022"))
    env = {"GIT_DIR": f"{other.folder}/.git", "GIT_INDEX_FILE": "nowhere", "GIT_WORK_TREE": "/"}

    done = claimcli("changes", "HEAD", cwd=repository.folder, env={**SETTINGS, **env})

    assert [(row[0], row[2], row[5]) for row in rows(done.stdout)] == [("changed", "a", "said")]
