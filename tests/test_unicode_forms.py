"""Names are the same in both Unicode forms: an accent in the letter, or as its own character."""

import json
import unicodedata
from pathlib import Path

import pytest

from claimcli.cli.completion import answer
from tests.support.cli import claimcli

FORMS = ("NFC", "NFD")
DATA = """\
parties:
- {id: ax, name: "Åland", aliases: ["Ahvenänmaa"], speakers: ["Måns Öst"]}
- {id: ek, name: Ekerö}
issues: [{id: i, question: Q, positions: [överens]}]
claims:
- {id: a, party: ax, speaker: "Jörgen Åström", statement: "한국어, one.", tags: ["föremål", "två"],
   issue: i, position: överens}
- {id: b, party: ek, reports: {speaker: "Jörgen Åström"}, statement: "한국어, two.",
   tags: ["föremål"], note: "öppet"}
"""


@pytest.fixture(params=FORMS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a folder with a dossier in one form of the names."""
    (tmp_path / "a.yaml").write_text(unicodedata.normalize(request.param, DATA), "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--speaker", "åström"], ["a", "b"]),
        (["--speaker", "MÅNS öst"], []),
        (["--tag", "FÖREMÅL"], ["a", "b"]),
        (["tag:föremå*"], ["a", "b"]),
        (["--party", "åland"], ["a"]),
        (["party:ahvenänmaa"], ["a"]),
        (["/jörg[eé]n å?str.m/"], ["a", "b"]),
        (["tag:/^två$/"], ["a"]),
        (["position:överens"], ["a"]),
        (["position:över*"], ["a"]),
        (["한국어"], ["a", "b"]),
        (["한*"], ["a", "b"]),
        (["öppet"], ["b"]),
    ],
)
def test_a_query_finds_both_forms(
    desk: Path, form: str, arguments: list[str], expected: list[str]
) -> None:
    typed = [unicodedata.normalize(form, word) for word in arguments]

    done = claimcli("--data", "a.yaml", "list", *typed, "-f", "json", cwd=desk)

    assert [claim["id"] for claim in json.loads(done.stdout)] == expected, done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_the_parties_of_a_comparison_are_named_in_both_forms(desk: Path, form: str) -> None:
    names = [unicodedata.normalize(form, name) for name in ("ÅLAND", "Ekerö")]

    for command in (["diff", *names], ["drift", *names]):
        assert claimcli("--data", "a.yaml", *command, cwd=desk).returncode == 0


@pytest.mark.parametrize("form", FORMS)
def test_set_compares_the_values_of_a_list_in_both_forms(desk: Path, form: str) -> None:
    """A value on file is removed, and not added a second time."""
    before = (desk / "a.yaml").read_bytes()
    name = unicodedata.normalize(form, "två")

    added = claimcli("--data", "a.yaml", "set", "a", f"tags+={name}", cwd=desk)
    assert (added.returncode, (desk / "a.yaml").read_bytes()) == (0, before)
    removed = claimcli("--data", "a.yaml", "set", "a", f"tags-={name}", cwd=desk)

    assert removed.returncode == 0, removed.stderr
    assert b"tv" not in (desk / "a.yaml").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_completion_offers_names_in_the_typed_form(
    desk: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shells compare characters, so the beginning stays as it is typed."""
    monkeypatch.chdir(desk)
    start = ["--", "claimcli", "--data", "a.yaml"]

    for words, name in [(["list", "--tag"], "föremål"), (["add", "--position"], "överens")]:
        typed = unicodedata.normalize(form, name[:4])
        _, offered = answer("zsh", [*start, *words, typed]).splitlines()
        assert offered.startswith(typed)
        assert unicodedata.normalize("NFC", offered) == name


def test_another_form_is_no_change(tmp_path: Path) -> None:
    """Of a name, a statement or a tag."""
    for form in FORMS:
        (tmp_path / form).mkdir()
        (tmp_path / form / "a.yaml").write_text(unicodedata.normalize(form, DATA), "utf-8")

    done = claimcli("changes", *FORMS, "-f", "json", cwd=tmp_path)

    assert json.loads(done.stdout)["changes"] == []
