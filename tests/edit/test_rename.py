"""Records renamed in every file of a dossier that names them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import ALL_KINDS, FieldType
from claimcli.dossier.files import find_files
from claimcli.dossier.journal import JOURNAL
from claimcli.dossier.open import open_dossier
from claimcli.edit.rename import rename_record
from claimcli.edit.target import EditTarget
from tests.support.every_field import PARTS, SECTIONS, VALUES, leaves
from tests.support.kills import killed_at_each_call

EVERY = {**VALUES, **PARTS}
REFERENCES = [
    (kind, field.name, field.of, name)
    for kind, values in EVERY.items()
    for field in ALL_KINDS[kind].fields
    if field.type is FieldType.REFERENCE
    for name in leaves(values[field.name])
]
"""Every field that refers to a record: its kind, its name, what it refers to, and an id in it."""


def with_new(value: Any, old: str, new: str) -> Any:
    """Return a value with a text replaced by another one wherever it is the whole text."""
    if isinstance(value, dict):
        return {key: with_new(below, old, new) for key, below in value.items()}
    if isinstance(value, list):
        return [with_new(below, old, new) for below in value]
    return new if value == old else value


def every_record() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the kind and the fields of records that have every field, and what they refer to."""
    yield from VALUES.items()
    for name in ("letter-wire", "leaflet-wire"):
        yield "source", {"id": name, "title": "A wire story"}
    for name in ("first", "second", "third"):
        yield "claim", {"id": name, "party": "mill", "statement": "A claim."}


@pytest.mark.parametrize(("kind", "field", "of", "name"), REFERENCES, ids=lambda value: str(value))
def test_every_field_with_a_reference_follows(
    tmp_path: Path, kind: str, field: str, of: str, name: str
) -> None:
    """Each record is in a file of its own, and only the places with the id change."""
    for number, (section, record) in enumerate(every_record()):
        text = json.dumps({SECTIONS[section]: [record]})
        (tmp_path / f"{number}.yaml").write_text(text)
    (tmp_path / "letter.txt").touch()
    rename_record(EditTarget([tmp_path]), f"{of}:{name}", None, "renamed")

    for number, (section, record) in enumerate(every_record()):
        after = json.loads((tmp_path / f"{number}.yaml").read_text())
        assert after == {SECTIONS[section]: [with_new(record, name, "renamed")]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a dossier of several files."""
    for name, text in {
        "parties.yaml": "parties:\n  - {id: mill, name: Paper Mill}\n",
        "a.yaml": """\
claims:
  - id: clean
    party: mill
    statement: It is clean.
    issue: river
    note: The mill and the mill-owner spoke; see mill/1 and the mill.
    rebuttals:
      - {party: town, statement: It is not., rebuttals: [{party: mill, statement: It is.}]}
""",
        "b.yaml": """\
claims:
  - {id: foul, party: town, statement: It is foul., event: spill, responds_to: clean/town/mill}
  - {id: fair, party: [mill, town], statement: We agree., restates: clean}
""",
    }.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_derived_ids_change_in_all_files(data: Path) -> None:
    """What changes besides the id is said, and what does not."""
    change = rename_record(EditTarget([data]), "mill", None, "paper-mill")

    assert (
        (data / "b.yaml").read_text()
        == """\
claims:
  - id: foul
    party: town
    statement: It is foul.
    event: spill
    responds_to: clean/town/paper-mill

  - {id: fair, party: [paper-mill, town], statement: We agree., restates: clean}
"""
    )
    assert (data / "a.yaml").read_text().count("party: paper-mill") == 2
    assert [Path(file.path).name for file in change.changed] == ["parties.yaml", "a.yaml", "b.yaml"]
    assert change.notes == (
        "note: 'clean/town/mill' is now 'clean/town/paper-mill'",
        "note: 'mill' is also in the notes of claim 'clean', which are not changed",
    )
    assert open_dossier([data]).errors == 0


@pytest.mark.parametrize(
    ("name", "changed"), [("town", 4), ("issue:river", 1), ("spill", 1), ("clean/town", 2)]
)
def test_what_is_only_mentioned_is_renamed_too(data: Path, name: str, changed: int) -> None:
    """A party, an issue, an event, and an answer with a derived id."""
    before = [path.read_text() for path in sorted(data.glob("*.yaml"))]
    rename_record(EditTarget([data]), name, None, "other")

    after = [path.read_text() for path in sorted(data.glob("*.yaml"))]
    dossier = open_dossier([data])
    assert sum(old != new for old, new in zip(before, after, strict=True)) == min(changed, 2)
    assert "".join(after).count("other") == changed
    assert dossier.errors == 0


@pytest.mark.parametrize(
    ("name", "new", "message"),
    [
        ("mil", "x", "nothing has the id 'mil'; did you mean 'mill'?"),
        ("mill", "mill", "'mill' has this id already; write another one"),
        ("mill", "town", "there is already a party 'town'; choose another id"),
        ("clean", "foul", "there is already a claim 'foul'; choose another id"),
        ("issue:mill", "x", "no issue 'mill'; check the id"),
        (
            "mill",
            "Paper Mill",
            "'Paper Mill' is no id; an id is made of a-z, 0-9, '.', '_' and '-': write 'paper-mill'",
        ),
        (
            "clean",
            "a/b",
            "'a/b' is no id; an id is made of a-z, 0-9, '.', '_' and '-': write 'a-b'",
        ),
    ],
)
def test_an_unknown_record_or_an_invalid_id_is_an_error(
    data: Path, name: str, new: str, message: str
) -> None:
    with pytest.raises(ClaimcliError) as error:
        rename_record(EditTarget([data]), name, None, new)

    assert str(error.value) == message


def test_nothing_is_renamed_if_one_file_cannot_be_edited(data: Path) -> None:
    """Here the anchor of an id is also used for another value."""
    (data / "b.yaml").write_text(
        "claims:\n  - {id: foul, party: &m mill, statement: S, tags: [*m]}\n"
    )
    before = [path.read_text() for path in sorted(data.glob("*.yaml"))]

    with pytest.raises(ClaimcliError, match="the anchor '&m' is used elsewhere"):
        rename_record(EditTarget([data]), "mill", None, "other")
    assert [path.read_text() for path in sorted(data.glob("*.yaml"))] == before


def test_lines_of_settings_with_the_id_are_listed(data: Path) -> None:
    """Longer words that contain it are not."""
    settings = data / "claimcli.toml"
    settings.write_text('title = "What the town said"\ntemplate = "town.md"\n# old-town\n')
    change = rename_record(EditTarget([data]), "town", None, "city", settings=settings)

    assert change.notes[1:] == (f"note: 'town' is also in {settings}:1, which is not changed",)


def test_a_kill_at_any_call_leaves_all_files_or_none_renamed(data: Path) -> None:
    """The next command that looks for files completes or reverts what was half done."""
    before = {path.name: path.read_bytes() for path in data.glob("*.yaml")}
    states = []

    def prepare() -> None:
        shutil.rmtree(data / JOURNAL, ignore_errors=True)
        for name, content in before.items():
            (data / name).write_bytes(content)

    for _ in killed_at_each_call(
        lambda: rename_record(EditTarget([data]), "mill", None, "m"), prepare
    ):
        find_files([data])
        states.append({path.name: path.read_bytes() for path in data.glob("*.yaml")})

    after = states[-1]
    assert after["b.yaml"].count(b"party: [m, town]") == 1
    assert all(state in (before, after) for state in states)
    assert before in states


def test_thousands_of_claims_change_at_exactly_the_places_with_the_id(tmp_path: Path) -> None:
    """The same word in other fields, texts and longer ids stays."""
    claim = (
        "  - {{id: mill-{0}, party: mill, statement: The mill said {0}., tags: [mill],"
        " reports: {{party: mill}}}}   # mill\n"
    )
    lines = [claim.format(number) for number in range(3000)]
    files = [tmp_path / f"{number}.yaml" for number in range(3)]
    for number, file in enumerate(files):
        file.write_text("claims:\n" + "".join(lines[number::3]))
    before = [file.read_text() for file in files]
    rename_record(EditTarget([tmp_path]), "mill", None, "works")

    assert [file.read_text() for file in files] == [
        text.replace("party: mill", "party: works") for text in before
    ]
