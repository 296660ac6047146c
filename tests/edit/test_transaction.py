"""Changes of several files at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.journal import JOURNAL
from claimcli.edit.assignments import parse_assignment
from claimcli.edit.record_edits import EditedText, append_record
from claimcli.edit.set_fields import set_fields
from claimcli.edit.transaction import Attachment, FileEdit, Plan, change_dossier

A = "claims:\n  - id: a\n    party: p\n    statement: First.\n"
B = "claims:\n  - id: b\n    party: p\n    statement: Second.\n    restates: a\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A dossier of two files, whose second refers to the first."""
    (tmp_path / "a.yaml").write_text(A)
    (tmp_path / "b.yaml").write_text(B)
    return tmp_path


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """Return the content of the visible files in a folder."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    visible = (path for path in files if JOURNAL not in path.parts)
    return {path.as_posix(): (folder / path).read_bytes() for path in visible}


def setting(file: str, name: str, assignment: str) -> FileEdit:
    """Return the edit that sets a field of a claim."""
    wanted = [parse_assignment(assignment, "claim")]
    return FileEdit((0, file), partial(set_fields, kind="claim", name=name, wanted=wanted))


def adding(file: str, name: str, **fields: str) -> FileEdit:
    """Return the edit that adds a claim."""
    record = {"id": name, "party": "p", "statement": "New.", **fields}
    return FileEdit((0, file), partial(append_record, kind="claim", record=record))


def test_references_are_checked_after_all_edits(data: Path) -> None:
    """An id and the reference to it change together; either alone is refused."""
    renamed, referring = setting("a.yaml", "a", "id=z"), setting("b.yaml", "b", "restates=z")

    for alone in (renamed, referring):
        with pytest.raises(ClaimcliError, match=r"no claim '[az]'"):
            change_dossier([data], lambda *_, edit=alone: Plan((edit,)))
    change = change_dossier([data], lambda *_: Plan((renamed, referring), ("a note",)))

    assert [file.path for file in change.files] == [f"{data}/a.yaml", f"{data}/b.yaml"]
    assert (change.record.id, change.path, change.line) == ("z", f"{data}/a.yaml", 2)
    assert change.notes == ("a note",)
    assert folder_bytes(data) == {
        "a.yaml": A.replace("id: a", "id: z").encode(),
        "b.yaml": B.replace("restates: a", "restates: z").encode(),
    }


def test_edits_of_one_file_follow_one_another(data: Path) -> None:
    """The first edit's record is reported where the last edit leaves it."""
    edits = (adding("a.yaml", "c", restates="d"), adding("a.yaml", "d"), setting("a.yaml", "a", "note=known"))  # fmt: skip
    change = change_dossier([data], lambda *_: Plan(edits))

    assert (change.record.id, change.line) == ("c", 7)
    assert (data / "a.yaml").read_text() == (
        f"{A}    note: known\n"
        "\n  - id: c\n    party: p\n    statement: New.\n    restates: d\n"
        "\n  - id: d\n    party: p\n    statement: New.\n"
    )


def test_an_invalid_edit_leaves_every_file_unchanged(data: Path) -> None:
    """So does an attached file whose name is taken."""
    before = folder_bytes(data)
    (data / "text.txt").write_text("taken")

    def fails(text: str) -> EditedText:
        raise ClaimcliError("no", "")

    first = setting("a.yaml", "a", "note=known")
    with pytest.raises(ClaimcliError, match="no"):
        change_dossier([data], lambda *_: Plan((first, FileEdit((0, "b.yaml"), fails))))
    taken = Attachment(data / "text.txt", b"other")
    with pytest.raises(ClaimcliError, match="exists already with other content"):
        change_dossier([data], lambda *_: Plan((first,), attachments=(taken,)))

    assert folder_bytes(data) == {**before, "text.txt": b"taken"}


def test_attached_files_are_created_with_their_folders(data: Path) -> None:
    attached = Attachment(data / "texts" / "s.txt", b"They said so.\n")
    first = setting("a.yaml", "a", "note=known")
    change = change_dossier([data], lambda *_: Plan((first,), attachments=(attached,)))

    assert (data / "texts" / "s.txt").read_bytes() == b"They said so.\n"
    assert [file.before for file in change.changed] == [A.encode(), None]


def test_a_dry_run_of_several_files_writes_nothing(data: Path) -> None:
    before = folder_bytes(data)
    edits = (setting("b.yaml", "b", "note=known"), adding("new.yaml", "c"))
    change = change_dossier([data], lambda *_: Plan(edits), dry_run=True)

    assert [Path(file.path).name for file in change.changed] == ["b.yaml", "new.yaml"]
    assert folder_bytes(data) == before


def test_simultaneous_changes_are_all_applied(data: Path) -> None:
    """Each sees what the one before it wrote."""

    def add(number: int) -> None:
        change_dossier([data], lambda *_: Plan((adding("a.yaml", f"new{number}"),)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(20)))

    ids = re.findall("id: (new[0-9]+)", (data / "a.yaml").read_text())
    assert sorted(ids) == sorted(f"new{number}" for number in range(20))
