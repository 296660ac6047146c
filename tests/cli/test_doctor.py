"""``claimcli doctor``: what it finds in its environment."""

import json
import tomllib
from pathlib import Path

import pytest

from claimcli import __version__
from claimcli.dossier import runtime
from claimcli.dossier.runtime import EXTRAS, missing_modules
from tests.support.cli import ROOT, claimcli
from tests.support.terminal import in_terminal


def examined(*arguments: str, cwd: Path, **env: str) -> dict[str, tuple[str, str]]:
    """Return the state and the reason of each thing."""
    done = claimcli("doctor", "--format", "json", *arguments, cwd=cwd, env=env)
    assert done.stderr == ""
    found = {row["what"]: (row["state"], row["why"]) for row in json.loads(done.stdout)}
    broken = any(state == "broken" for state, _ in found.values())
    assert done.returncode == (1 if broken else 0)
    return found


def test_a_new_dossier_is_healthy(tmp_path: Path) -> None:
    """Settings, data and editor support are found, each with its path."""
    claimcli("init", "--sample", "call", cwd=tmp_path)
    found = examined(cwd=tmp_path)

    assert found["settings"] == ("yes", "claimcli.toml")
    assert found["data"] == ("yes", "data, by claimcli.toml")
    assert found["dossier"] == ("yes", "26 claims in 12 files, 0 errors")
    assert found["editor schema"] == ("yes", "claimcli.schema.json")
    assert found["editor line"] == ("yes", "line 1 of 12 of 12 files")
    assert found["claimcli"][1].startswith(f"{__version__}, ")
    assert found["colour"] == ("no", "the output is not a terminal")
    assert found["git"][0] == "yes"


def test_an_empty_folder_is_not_broken(tmp_path: Path) -> None:
    found = examined(cwd=tmp_path)

    assert found["settings"] == (
        "no",
        "no claimcli.toml at or above the data; 'claimcli init' writes one",
    )
    assert found["data"][0] == "no"
    assert "dossier" not in found


def test_broken_settings_are_reported_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "claimcli.toml").write_text("dat = 1")
    found = examined(cwd=tmp_path)

    assert found["settings"] == (
        "broken",
        "claimcli.toml:1: no key 'dat'; did you mean 'data'?",
    )
    assert "git" in found


def test_errors_in_the_dossier_are_reported(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("claims: [{id: a, party: p}]")

    assert examined(cwd=tmp_path)["dossier"] == (
        "broken",
        "0 claims in 1 file, 1 error; see 'claimcli check'",
    )


@pytest.mark.parametrize(
    ("arguments", "variable", "state", "why"),
    [
        (["--data", "gone"], "", "broken", "no file or folder 'gone'; look at the path"),
        (["--data", "b"], "", "yes", "b, by --data"),
        (["--sample", "waterworks"], "", "yes", "by --sample"),
        ([], "b", "yes", "b, by CLAIMCLI_DATA"),
        ([], "", "yes", "data, in this folder"),
    ],
)
def test_the_origin_of_the_data_is_shown(
    arguments: list[str], variable: str, state: str, why: str, tmp_path: Path
) -> None:
    for name in ("data", "b"):
        (tmp_path / name).mkdir()
    found = examined(*arguments, cwd=tmp_path, CLAIMCLI_DATA=variable)["data"]

    assert (found[0], found[1].endswith(why)) == (state, True)


def test_the_index_and_its_freshness_are_shown(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    many = "".join(f"- {{id: c{n}, party: p, statement: {'word ' * 20}}}\n" for n in range(3000))
    (tmp_path / "data" / "many.yaml").write_text(f"claims:\n{many}")

    def index() -> tuple[str, str]:
        return examined(cwd=tmp_path)["index"]

    assert index()[0] == "no"
    assert "none yet in " in index()[1] or index()[1].endswith(" bytes, fresh")
    claimcli("list", "--limit", "1", cwd=tmp_path)
    (tmp_path / "data" / "many.yaml").touch()
    assert index()[1].endswith(" bytes, older than the files; the next command updates it")
    assert index()[0] == "yes"
    (tmp_path / "claimcli.toml").write_text("[cache]\nkeep = false")
    assert index() == ("no", "'keep = false' in claimcli.toml")


def test_missing_editor_support_has_a_hint(tmp_path: Path) -> None:
    claimcli("init", cwd=tmp_path)
    (tmp_path / "claimcli.schema.json").write_text("{}")
    (tmp_path / "data" / "b.yaml").write_text("claims:\n")
    found = examined(cwd=tmp_path)

    assert found["editor schema"] == (
        "no",
        "claimcli.schema.json is of another version: claimcli schema -o claimcli.schema.json",
    )
    assert found["editor line"][0] == "no"
    assert found["editor line"][1].startswith("line 1 of 1 of 2 files; ")


def test_completion_of_the_shell_is_examined(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "SHELL": "/bin/zsh"}
    assert examined(cwd=tmp_path, **home)["completion"] == (
        "no",
        "zsh; 'claimcli help completion' says how",
    )
    (tmp_path / ".zshrc").write_text("source <(claimcli completion zsh)\n")
    assert examined(cwd=tmp_path, **home)["completion"] == ("yes", f"zsh, {tmp_path}/.zshrc")
    assert examined(cwd=tmp_path, SHELL="/bin/tcsh")["completion"] == (
        "no",
        "the shell is 'tcsh'; supported are bash, fish, zsh",
    )


@pytest.mark.parametrize(
    ("env", "reason"),
    [
        ({}, "yes the output is a terminal"),
        ({"NO_COLOR": "1"}, "no NO_COLOR is set"),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "yes FORCE_COLOR is set"),
        ({"TERM": "dumb"}, "no TERM is dumb"),
    ],
)
def test_the_reason_for_colour_is_shown(env: dict[str, str], reason: str, tmp_path: Path) -> None:
    """It agrees with the screen: if it says yes, there is colour."""
    import sys

    shown, _ = in_terminal(f"{sys.executable} -m claimcli doctor", cwd=tmp_path, env=env)
    plain = " ".join(line for line in shown.splitlines() if "colour" in line)

    assert (reason in " ".join(_without_marks(plain).split())) is True
    assert ("\x1b[1m" in shown) is reason.startswith("yes")


def _without_marks(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_every_extra_is_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    """All extras for users; a missing one has a hint on how to install it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(EXTRAS) == set(project["optional-dependencies"]) - {"test", "dev"}
    assert [missing_modules(extra) for extra in EXTRAS] == [[] for _ in EXTRAS]

    monkeypatch.setitem(runtime.EXTRAS, "fetch", (("httpcore", "no_such_module"), "x"))
    assert missing_modules("fetch") == ["no_such_module"]
