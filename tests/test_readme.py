"""Every command block of the README is executed and its output compared."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import ROOT, claimcli
from tests.support.terminal import in_terminal

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (command, expected)
    for block in BLOCKS
    for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
INSTALLING = [command for command, _ in EXAMPLES if "pip install" in command]
TOUR = [(command, expected) for command, expected in EXAMPLES if "pip install" not in command]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the bundled data, in which commands may write."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "data", folder / "data")
    return folder


def test_the_readme_has_a_tour() -> None:
    """The two commands stand there, and list, show, diff, export and check are shown at work."""
    assert len(INSTALLING) == 2
    assert {"list", "show", "diff", "export", "check"} <= {c.split()[1] for c, _ in TOUR}


@pytest.mark.parametrize(("command", "expected"), TOUR, ids=[command for command, _ in TOUR])
def test_the_tour_is_real(command: str, expected: str, desk: Path) -> None:
    """A command shows on a terminal of 100 columns just what the README says; `...` is anything."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    shown, code = in_terminal(command, cwd=desk, env={"PATH": path, "NO_COLOR": "1"})

    pattern = re.escape(expected).replace(re.escape("...\n"), r"(?:.*\n)*")
    assert re.fullmatch(pattern, shown), shown
    assert code == (2 if expected.startswith("error: ") else 0)


@pytest.mark.parametrize("block", re.findall(r"^```pycon\n(.*?)^```", README, re.M | re.S))
def test_the_python_is_real(block: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown at the prompt of Python is what it shows."""
    monkeypatch.chdir(desk)
    shown = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    said: list[str] = []

    result = doctest.DocTestRunner().run(shown, out=said.append)

    assert (result.failed, result.attempted > 10) == (0, True), "".join(said)


@pytest.mark.parametrize("block", re.findall(r"^```yaml\n(.*?)^```", README, re.M | re.S))
def test_the_yaml_is_as_the_tool_takes_it(block: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(block, encoding="utf-8")
    assert ": 0 errors," in claimcli("check", "a.yaml", cwd=tmp_path).stderr


def clone(folder: Path) -> None:
    """Lay out in a folder what a fresh clone would hold."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def test_the_first_command_shows_the_accounts(tmp_path: Path) -> None:
    """In a fresh clone, with nothing installed, one line shows both accounts; then all commands
    work from the installed wheel in an empty folder, on the dossier that it carries."""
    home = tmp_path / "clone"
    home.mkdir()
    clone(home)
    done = subprocess.run(
        INSTALLING[0], shell=True, cwd=home, capture_output=True, encoding="utf-8", timeout=600
    )
    if "pip install" in INSTALLING[0] and _offline(done.stderr) and not os.environ.get("CI"):
        pytest.skip("no package index can be reached, and this test is about installing")
    assert done.returncode == 0, done.stderr
    assert "weapons-in-ukraine\tcontested\tdenies that it was said" in done.stdout

    empty = tmp_path / "empty"
    empty.mkdir()
    tool = home / ".venv" / "bin" / "claimcli"
    shutil.rmtree(home / "claimcli")
    shutil.rmtree(home / "data")
    for arguments in (
        "list",
        "show no-strike-weapons",
        "diff kremlin white-house -o diff.html",
        "diff kremlin white-house -o diff.md",
        "export -o briefing.md",
        "export -o briefing.html",
        "check",
        "parties",
        "issues",
        "sources",
    ):
        ran = subprocess.run(
            [tool, "--sample", "call", *arguments.split()],
            cwd=empty,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), (arguments, ran.stderr)
    assert sorted(p.name for p in empty.iterdir()) == [
        "briefing.html", "briefing.md", "diff.html", "diff.md",
    ]  # fmt: skip


def _offline(errors: str) -> bool:
    return "No matching distribution" in errors or "Could not find a version" in errors


def test_ci_runs_the_second_command() -> None:
    """The second command is what `.ci/run` reads out of the README and runs."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert INSTALLING[1].endswith(".venv/bin/pytest")
    assert r"s/^\$ \(.*\.venv\/bin\/pytest\)$/\1/p" in script
