"""Output that is longer than the screen goes through a pager, on a terminal only."""

import sys
from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.terminal import INTERRUPT, conversation, in_terminal

RUN = f"{sys.executable} -m claimcli"
TO_FILE = {"CLAIMCLI_PAGER": "sh -c 'cat > paged.txt'"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a dossier of thirty claims."""
    claims = [f"  - {{id: c-{n:02}, party: p, statement: Claim {n}.}}\n" for n in range(30)]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(f"claims:\n{''.join(claims)}", encoding="utf-8")
    return tmp_path


def test_output_longer_than_the_screen_goes_through_the_pager(folder: Path) -> None:
    """Messages are shown after it, and nothing is shown twice."""
    shown, code = in_terminal(f"{RUN} list", cwd=folder, rows=24, env=TO_FILE)

    paged = (folder / "paged.txt").read_text(encoding="utf-8")
    assert (shown, code) == ("", 0)
    assert paged.count("Claim ") == 30


@pytest.mark.parametrize("setting", ["PAGER", "CLAIMCLI_PAGER"])
def test_the_environment_names_the_pager(folder: Path, setting: str) -> None:
    """``CLAIMCLI_PAGER`` applies before ``PAGER``."""
    named = {"CLAIMCLI_PAGER": "tr C K", "PAGER": "tr C X"}
    unset = "unset CLAIMCLI_PAGER; " if setting == "PAGER" else ""
    shown, code = in_terminal(f"{unset}{RUN} list", cwd=folder, rows=24, env=named)

    letter = "X" if setting == "PAGER" else "K"
    assert (shown.count(f"{letter}laim "), code) == (30, 0)


@pytest.mark.parametrize(
    ("command", "rows"),
    [
        (f"{RUN} list --no-pager", 24),
        (f"{RUN} --no-pager list", 24),
        (f"CLAIMCLI_PAGER= {RUN} list", 24),
        (f"CLAIMCLI_PAGER=cat {RUN} list", 24),
        (f"TERM=dumb {RUN} list", 24),
        (f"{RUN} list", 60),
        (f"{RUN} list | cat", 24),
        (f"{RUN} list -o out.md; cat out.md", 24),
    ],
)
def test_other_output_is_shown_directly(folder: Path, command: str, rows: int) -> None:
    """With ``--no-pager``, without a pager, if it fits, and if it goes elsewhere."""
    pager = {"CLAIMCLI_PAGER": "tr C K"}
    shown, code = in_terminal(command, cwd=folder, rows=rows, columns=200, env=pager)

    assert (shown.count("Claim "), code) == (30, 0)


def test_quitting_the_pager_early_is_no_error(folder: Path) -> None:
    """Neither in a pager that reads nothing, nor in one that reads a line."""
    many = [f"  - {{id: d-{n}, party: p, statement: Claim {n}.}}\n" for n in range(5000)]
    (folder / "data" / "b.yaml").write_text(f"claims:\n{''.join(many)}", encoding="utf-8")

    for pager in ("true", "head -n 1"):
        shown, code = in_terminal(
            f"{RUN} list --format tsv", cwd=folder, rows=24, env={"CLAIMCLI_PAGER": pager}
        )
        assert (len(shown.splitlines()), code) == ((pager != "true") * 1, 0)


def test_a_pager_that_cannot_be_run_is_reported(folder: Path) -> None:
    """The output is shown without it."""
    shown, code = in_terminal(
        f"{RUN} list", cwd=folder, rows=24, env={"CLAIMCLI_PAGER": "no-such-pager -R"}
    )

    first, *_ = shown.splitlines()
    assert first == (
        "warning: the pager cannot be run: No such file or directory; "
        "set CLAIMCLI_PAGER or add --no-pager"
    )
    assert (shown.count("Claim "), code) == (30, 0)


def test_the_exit_code_is_that_of_the_command(folder: Path) -> None:
    """A pager does not hide that there are findings."""
    (folder / "data" / "bad.yaml").write_text("claims:\n" + "  - {id: X}\n" * 30)

    _, code = in_terminal(f"{RUN} check", cwd=folder, rows=24, env=TO_FILE)

    assert code == 1
    assert "bad.yaml" in (folder / "paged.txt").read_text(encoding="utf-8")


def test_an_interrupt_is_for_the_pager(folder: Path) -> None:
    """As in git, Ctrl-C in the pager does not end the command before its pager."""
    pager = (
        """sh -c 'cat > out; trap "echo left; exit" INT; echo ready; while sleep 1; do :; done'"""
    )
    shown, code = conversation(
        f"exec {RUN} list",
        [("ready", INTERRUPT)],
        cwd=folder,
        rows=24,
        env={"CLAIMCLI_PAGER": pager},
    )

    assert ("left" in shown, code) == (True, 0)


def test_a_command_without_a_terminal_uses_no_pager() -> None:
    """Whatever the environment says."""
    done = claimcli("--sample", "call", "list", env={"PAGER": "false", "CLAIMCLI_PAGER": "false"})

    assert (done.returncode, done.stdout.startswith("id\twhen\t")) == (0, True)
