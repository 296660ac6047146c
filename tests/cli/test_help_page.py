"""``--help``: groups, examples that work, and lines that fit a terminal of 80 columns."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from claimcli.cli import app, command_names
from claimcli.cli.help_page import (
    COMMAND_GROUPS,
    OPTION_GROUPS,
    command_for,
    examples,
    group_options,
)
from claimcli.cli.options import shared_names
from tests.support.cli import claimcli

GROUP: Any = typer.main.get_command(app)
DOWNLOADS = "claimcli fetch psaki-statement"
WITH_FINDINGS = {
    "claimcli audit --select single-origin --fail-on any",
    "claimcli diff kremlin white-house --only contested --exit-code",
    "claimcli verify --sample waterworks --select altered,missing",
}
COMMANDS = [
    line
    for name, pairs in examples().items()
    for line, _ in pairs
    if line != DOWNLOADS and name != "serve"
]


def help_of(*command: str) -> str:
    """Return the help of a command on a terminal of 80 columns."""
    return claimcli(*command, "--help", env={"COLUMNS": "80"}).stdout


def headings(text: str) -> list[str]:
    """Return the headings of a help text."""
    return re.findall(r"^(\w[^:\n]*):$", text, re.MULTILINE)


def test_every_command_is_in_one_group() -> None:
    """``claimcli --help`` shows the groups in their order."""
    grouped = [name for names in COMMAND_GROUPS.values() for name in names]
    shown = help_of()

    assert sorted(grouped) == command_names()
    assert headings(shown) == [*COMMAND_GROUPS, "Options", "General options", "Examples"]
    assert re.findall(r"^  (\w+(?: \w+)?)  ", shown, re.MULTILINE) == grouped


@pytest.mark.parametrize("name", command_names())
def test_every_option_is_in_one_group(name: str) -> None:
    parameters = GROUP.get_command(None, name).params
    groups = group_options(parameters)
    general, filters = shared_names()

    assert tuple(groups) == OPTION_GROUPS
    assert sorted(p.name for each in groups.values() for p in each) == sorted(
        p.name for p in parameters
    )
    assert [p.name for p in groups["General options"]] == general
    assert [p.name for p in groups["Filters"]] in (filters, [])


@pytest.mark.parametrize("name", ["", *command_names()])
def test_the_help_fits_80_columns(name: str) -> None:
    """It shows the groups in order, whole summaries, no range of numbers, and ends in examples."""
    shown = help_of(*name.split())
    cut = [line for line in shown.splitlines() if re.search(r"…|(?<![\]}])(?<!FILE)\.\.\.$", line)]
    pairs = examples()[name]

    assert max(map(len, shown.splitlines())) <= 80
    assert cut == []
    assert not re.search(r"x[<>]=|<=x|9223372036854775807", shown)
    groups = [heading for heading in headings(shown) if heading not in COMMAND_GROUPS]
    assert groups == [h for h in (*OPTION_GROUPS, "Examples") if h in groups]
    assert shown.endswith(
        "\nExamples:\n" + "".join(f"  {line}\n    {about}\n" for line, about in pairs)
    )


def test_each_command_has_two_examples() -> None:
    of_commands = {name: pairs for name, pairs in examples().items() if name}

    assert sorted(of_commands) == command_names()
    for name, pairs in of_commands.items():
        assert [f"{line} ".startswith(f"claimcli {name} ") for line, _ in pairs] == [True] * 2


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder made by ``claimcli init --sample call``, committed to git."""
    folder = tmp_path_factory.mktemp("examples")
    assert claimcli("init", "--sample", "call", cwd=folder).returncode == 0
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "sample"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_each_example_works(command: str, sample: Path, tmp_path: Path) -> None:
    """In a copy of the bundled dossier, without the network; its editor changes nothing."""
    folder = shutil.copytree(sample, tmp_path / "copy")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if command.startswith("claimcli undo"):
        claimcli("set", "grave-error", "tags+=call", cwd=folder)
    if command.startswith("claimcli import"):
        rows = "id,party,statement\nsecond-call,kremlin,The presidents will talk again.\n"
        Path(folder, "claims.csv").write_text(rows, encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "EDITOR": "true", "VISUAL": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert "error:" not in done.stderr
    assert done.returncode == (1 if command in WITH_FINDINGS else 0), done.stderr
    assert done.stdout or done.stderr or ">" in command or " -o " in command


@pytest.mark.parametrize("command", [line for line, _ in examples()["serve"]])
def test_each_example_of_the_server_works(command: str, sample: Path) -> None:
    """It prints its address, and ends when it is interrupted."""
    program = Path(sys.executable).parent / command.partition(" ")[0]
    serving = subprocess.Popen(
        [program, *command.split()[1:]], cwd=sample, stdout=subprocess.PIPE, encoding="utf-8"
    )
    with serving:
        assert serving.stdout
        address = serving.stdout.readline()
        serving.send_signal(signal.SIGINT)

    assert re.match(r"http://127\.0\.0\.1:\d+/", address)
    assert serving.returncode in (0, 130)


def test_words_of_other_programs_lead_to_a_command() -> None:
    """Unless this version does not have it."""
    names = command_names()

    assert command_for("search", names) == "list QUERY"
    assert command_for("Compare", names) == "diff PARTY PARTY"
    assert command_for("version", names) == "--version"
    assert command_for("search", ["diff"]) == ""
    assert command_for("xyzzy", names) == ""


def test_the_format_of_imported_files_is_not_that_of_output() -> None:
    """The formats of ``--format`` are listed for the option alone."""
    shown = claimcli("import", "--help").stdout

    assert "[FORMAT] FILE...  Files, after their format if no extension says it." in shown
