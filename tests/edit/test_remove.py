"""Records removed from a dossier, and the references to them."""

import shutil
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import find_files
from claimcli.dossier.journal import JOURNAL
from claimcli.dossier.open import open_dossier
from claimcli.edit.remove import ReferencedError, remove_records
from claimcli.edit.target import EditTarget
from tests.support.kills import killed_at_each_call

FILES = {
    "registry.yaml": """\
parties:
  - {id: mill, name: Paper Mill}
  - {id: owner}
sources:
  - {id: letter, title: Letter, text: letter.txt}
  - {id: report, title: Report, derived_from: [letter]}
""",
    "a.yaml": """\
claims:
  - id: clean
    party: mill
    statement: It is clean.
    issue: river
    source: {id: letter, quote: so}
    rebuttals:
      - party: town
        statement: It is not.
        source: {title: Speech}
""",
    "b.yaml": """\
claims:
  - {id: foul, party: [town, mill], statement: It is foul., restates: clean/town}
  # About the bridge.
  - {id: bridge, party: town, statement: It is old., source: clean/town/source}
""",
    "letter.txt": "It is so.\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a dossier of several files."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def files(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in FILES}


def rejection(data: Path, *names: str, unlink: bool = False) -> ClaimcliError:
    """Return the error of a removal, after which no file has changed."""
    with pytest.raises(ClaimcliError) as error:
        remove_records(EditTarget([data]), names, None, unlink=unlink)
    assert files(data) == FILES
    return error.value


def test_a_record_to_which_others_refer_is_not_removed(data: Path) -> None:
    """Every reference in every file is listed."""
    error = rejection(data, "letter")

    assert isinstance(error, ReferencedError)
    assert str(error) == (
        "2 places refer to source 'letter'; "
        "remove those records too, or the references with --unlink"
    )
    assert error.references == [
        f"{data}/a.yaml:6:18: claim 'clean' refers to source 'letter' in 'source.id'",
        f"{data}/registry.yaml:6:48: source 'report' refers to source 'letter' in 'derived_from'",
    ]


def test_the_answers_in_a_claim_are_references_to_it(data: Path) -> None:
    error = rejection(data, "clean")

    assert isinstance(error, ReferencedError)
    assert error.message == "1 place refers to claim 'clean'"
    assert error.references == [
        f"{data}/a.yaml:8:9: claim 'clean/town' is an answer in claim 'clean'"
    ]


def test_records_that_refer_to_one_another_are_removed_together(data: Path) -> None:
    """With the sources that they describe."""
    change = remove_records(
        EditTarget([data]), ["clean", "clean/town", "foul", "bridge"], None, unlink=False
    )

    assert files(data) == {
        **FILES,
        "a.yaml": "claims: []\n",
        "b.yaml": "claims: []\n\n# About the bridge.\n",
    }
    assert change.notes == ()


def test_references_are_removed_if_that_is_wanted(data: Path) -> None:
    """They are listed, and the text of a source stays."""
    change = remove_records(EditTarget([data]), ["letter"], "source", unlink=True)

    assert files(data) == {
        **FILES,
        "registry.yaml": FILES["registry.yaml"]
        .replace("  - {id: letter, title: Letter, text: letter.txt}\n", "")
        .replace(", derived_from: [letter]", ""),
        "a.yaml": FILES["a.yaml"].replace("    source: {id: letter, quote: so}\n", ""),
    }
    assert change.notes == (
        f"note: unlinked {data}/a.yaml:6:18: "
        "claim 'clean' refers to source 'letter' in 'source.id'",
        f"note: unlinked {data}/registry.yaml:6:48: "
        "source 'report' refers to source 'letter' in 'derived_from'",
        "note: the text 'letter.txt' stays on file",
    )


def test_the_answers_in_a_claim_become_claims_if_that_is_wanted(data: Path) -> None:
    """References to them from all files follow."""
    change = remove_records(EditTarget([data]), ["clean"], None, unlink=True)

    assert files(data) == {
        **FILES,
        "a.yaml": """\
claims:
  - id: clean-town
    party: town
    statement: It is not.
    issue: river
    source: {title: Speech}
""",
        "b.yaml": FILES["b.yaml"].replace("clean/town", "clean-town"),
    }
    assert change.notes[1:] == (
        "note: 'clean/town/source' is now 'clean-town/source', 'clean/town' is now 'clean-town'",
    )
    assert open_dossier([data]).errors == 0


def test_a_claim_keeps_a_party(data: Path) -> None:
    """One of several can be removed."""
    assert str(rejection(data, "mill", unlink=True)) == (
        "claim 'clean' would have no 'party'; remove it too, or change its 'party' first"
    )
    remove_records(EditTarget([data]), ["mill", "clean"], None, unlink=True)

    assert "party: town," in (data / "b.yaml").read_text()


def test_a_kill_at_any_call_leaves_all_files_or_none_changed(data: Path) -> None:
    """The next command that looks for files completes or reverts what was half done."""
    states = []

    def prepare() -> None:
        shutil.rmtree(data / JOURNAL, ignore_errors=True)
        for name, text in FILES.items():
            (data / name).write_text(text)

    def remove() -> None:
        remove_records(EditTarget([data]), ["letter", "clean"], None, unlink=True)

    for _ in killed_at_each_call(remove, prepare):
        find_files([data])
        states.append(files(data))

    assert "clean-town" in states[-1]["a.yaml"]
    assert all(state in (FILES, states[-1]) for state in states)
    assert FILES in states
