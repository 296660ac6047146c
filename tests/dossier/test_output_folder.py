"""A folder of files is replaced as a whole, and only if nothing else is in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.output_folder import marker, write_folder
from tests.support.kills import killed_at_each_call

OLD = [("index.html", b"old"), ("claims/a.html", b"old a")]
NEW = [("index.html", b"new"), ("claims/b.html", b"new b")]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != marker("site")
    }


def test_an_earlier_site_is_replaced(tmp_path: Path) -> None:
    """Pages that are no longer written are gone, and nothing is left next to the folder."""
    write_folder(tmp_path / "site", OLD, "site")
    write_folder(tmp_path / "site", NEW, "site")

    assert contents(tmp_path / "site") == dict(NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_folders_above_are_created_and_an_empty_folder_is_used(tmp_path: Path) -> None:
    """The folder need not exist; one that exists keeps its permissions."""
    (tmp_path / "empty").mkdir(mode=0o750)
    write_folder(tmp_path / "empty", NEW, "site")
    write_folder(tmp_path / "a" / "b", NEW, "site")

    assert contents(tmp_path / "empty") == contents(tmp_path / "a" / "b") == dict(NEW)
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o750


def test_the_folder_that_a_link_names_is_replaced(tmp_path: Path) -> None:
    """The link stays."""
    write_folder(tmp_path / "site", OLD, "site")
    (tmp_path / "link").symlink_to("site")

    write_folder(tmp_path / "link", NEW, "site")

    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "site") == dict(NEW)


@pytest.mark.parametrize("name", ["CNAME", ".git/HEAD", "claims/notes.txt", "claims/c.html"])
def test_a_folder_with_other_files_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing that somebody else put there is deleted."""
    site = tmp_path / "site"
    write_folder(site, OLD, "site")
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("mine")

    with pytest.raises(ClaimcliError) as refusal:
        write_folder(site, NEW, "site")

    assert str(refusal.value) == (
        f"'{site}' contains '{name}', which no earlier 'claimcli site' wrote; "
        "name another folder, or move the file away"
    )
    assert contents(site) == {**dict(OLD), name: b"mine"}


def test_a_folder_without_the_list_of_files_is_refused(tmp_path: Path) -> None:
    """A folder of the same names is somebody's own."""
    (tmp_path / "index.html").write_text("mine")

    with pytest.raises(ClaimcliError, match=r"contains 'index\.html'"):
        write_folder(tmp_path, NEW, "site")


def test_a_link_in_the_folder_is_refused_and_not_followed(tmp_path: Path) -> None:
    """What a link leads to belongs to somebody else."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "file").write_text("mine")
    write_folder(tmp_path / "site", OLD, "site")
    (tmp_path / "site" / "link").symlink_to("../own")

    with pytest.raises(ClaimcliError, match="contains 'link'"):
        write_folder(tmp_path / "site", NEW, "site")


def test_files_of_file_managers_are_deleted(tmp_path: Path) -> None:
    """A folder that somebody looked at is still that of an earlier site."""
    write_folder(tmp_path / "site", OLD, "site")
    (tmp_path / "site" / "claims" / ".DS_Store").write_text("")

    write_folder(tmp_path / "site", NEW, "site")

    assert contents(tmp_path / "site") == dict(NEW)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("file", "'file' is a file; name a folder"),
        (".", "'.' is the folder you are in, or above it; "
              "name a folder in it, or change to another"),
        ("..", "'..' is the folder you are in, or above it; "
               "name a folder in it, or change to another"),
        ("file/site", "cannot write 'file/site': File exists; "
                      "check the folder above it, its permissions and the room on the disk"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_site_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    """The error says what the name is instead."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("file").write_text("mine")

    with pytest.raises(ClaimcliError) as refusal:
        write_folder(Path(name), NEW, "site")

    assert str(refusal.value) == message


def test_a_failure_while_writing_leaves_the_earlier_site(tmp_path: Path) -> None:
    """A full disk is an error with its reason; nothing is left next to the folder."""
    write_folder(tmp_path / "site", OLD, "site")

    def files() -> Iterator[tuple[str, bytes]]:
        yield NEW[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(ClaimcliError, match=r"cannot write '.*site': No space left on device"):
        write_folder(tmp_path / "site", files(), "site")

    assert contents(tmp_path / "site") == dict(OLD)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_killed_process_leaves_a_whole_site_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    """At each moment the folder is the earlier site or the new one, or comes back."""
    site = tmp_path / "site"
    states = set()

    def prepare() -> None:
        write_folder(site, OLD, "site")

    for _ in killed_at_each_call(lambda: write_folder(site, NEW, "site"), prepare):
        left = contents(site) if site.exists() else None
        states.add(None if left is None else left["index.html"])
        assert left in (None, dict(OLD), dict(NEW))
        with pytest.raises(ZeroDivisionError):
            write_folder(site, (("a", bytes(1 // 0)) for _ in range(1)), "site")
        assert contents(site) in (dict(OLD), dict(NEW))
        assert [path.name for path in tmp_path.iterdir()] == ["site"]

    assert states == {b"old", b"new", None}


def test_a_file_that_somebody_edited_is_not_replaced(tmp_path: Path) -> None:
    """A folder of spreadsheets may have new claims that are imported nowhere yet."""
    folder = tmp_path / "tables"
    write_folder(folder, [("claims.csv", b"old")], "export", editable=True)
    write_folder(folder, [("claims.csv", b"new")], "export", editable=True)
    (folder / "claims.csv").write_bytes(b"mine")

    with pytest.raises(ClaimcliError) as refusal:
        write_folder(folder, [("claims.csv", b"newer")], "export", editable=True)

    assert str(refusal.value) == (
        f"'{folder}/claims.csv' was changed since 'claimcli export' wrote it; "
        "name another folder, or delete the file"
    )
    assert (folder / "claims.csv").read_bytes() == b"mine"
