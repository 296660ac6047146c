"""``add --from``: collecting quotes from a text on a terminal of 80 columns and 24 lines."""

import sys
from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.terminal import conversation

COMMAND = f"{sys.executable} -m claimcli add --from"
DATA = """\
parties:
  - {id: residents, name: The Residents, speakers: [Anna Brook]}
  - {id: council, name: The Council}

sources:
  - id: gazette
    title: Gazette
    published: 2023-05-04
    text: gazette.txt
"""
TEXT = """\
“It leaks in three places,” said Brook on Monday. The council calls that “a tale”.

“Nobody looked at it in March,” Pump said.
“It is for the council now,” said Brook.
"""
KEYS = "a accepts, e edits, s skips, < goes back, q stops:"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with a dossier in ``data``."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "main.yaml").write_text(DATA, encoding="utf-8")
    (tmp_path / "data" / "gazette.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_passages_are_accepted_edited_and_skipped_by_a_key(desk: Path) -> None:
    """Party and speaker are proposed by the text; the quote is copied, with its line as locator."""
    shown, code = conversation(
        f"{COMMAND} gazette",
        [
            ("passage  1 of 4, line 1\n", ""),
            ("quote    It leaks in three places\n", ""),
            ("after    ,” said Brook on Monday.\n", ""),
            ("speaker  Anna Brook\n", ""),
            (KEYS, "xa"),
            ("statement,", "It leaks.\n"),
            ("party, who says it [residents]:", "\n"),
            ("speaker, who spoke for the party [Anna Brook]", "\n"),
            (
                "said, when (enter for by 2023-05-04, the source's date):",
                "2023-05-01\n",
            ),
            ("issue,", "leak\n"),
            ("position,", "leaking\n"),
            ("write it?", "\n"),
            ("passage  2 of 4, line 1\n", ""),
            (KEYS, "s"),
            ("passage  3 of 4, line 3\n", ""),
            ("speaker  Pump\n", ""),
            (KEYS, "<"),
            ("passage  2 of 4, line 1\n", ""),
            (KEYS, "s"),
            ("passage  3 of 4, line 3\n", ""),
            (KEYS, "e"),
            ("quote: Nobody looked at it in March", "\x17\x17\n"),
            ("statement,", "Nobody looked.\n"),
            ("party,", "council\n"),
            ("speaker, who spoke for the party [Pump] (- for none):", "G. Pump\n"),
            ("said, when [2023-05-01] (- for none):", "-\n"),
            ("issue, the question it belongs to [leak]", "\n"),
            ("position,", "\n"),
            ("write it?", "n\n"),
            ("passage  3 of 4, line 3\n", ""),
            (KEYS, "s"),
            ("passage  4 of 4, line 4\n", ""),
            (KEYS, "q"),
        ],
        cwd=desk,
        columns=80,
        rows=24,
    )

    assert (code, shown.splitlines()[-1]) == (0, "1 claim added from 4 passages"), shown
    assert (desk / "data" / "claims" / "leak.yaml").read_text("utf-8") == (
        "claims:\n"
        "  - id: leaks\n"
        "    party: residents\n"
        "    speaker: Anna Brook\n"
        "    statement: It leaks.\n"
        "    said: 2023-05-01\n"
        "    issue: leak\n"
        "    position: leaking\n"
        '    source: {id: gazette, quote: "It leaks in three places", locator: line 1}\n'
    )
    assert claimcli("verify", cwd=desk).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("gazete", "no source 'gazete'; did you mean 'gazette'?"),
        ("gazette --source x", "--from and --source exclude each other; leave out --source"),
        ("gazette --said soon", "no date 'soon'"),
    ],
)
def test_a_mistake_is_reported_before_the_first_passage(
    desk: Path, arguments: str, message: str
) -> None:
    shown, code = conversation(f"{COMMAND} {arguments}", [], cwd=desk)

    assert (code, shown.startswith(f"error: {message}")) == (2, True), shown


def test_off_a_terminal_there_are_no_passages(desk: Path) -> None:
    done = claimcli("add", "--from", "gazette", cwd=desk)

    assert (done.returncode, done.stderr) == (
        2,
        "error: --from asks questions on a terminal; add --source and --quote\n",
    )


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_stopping_writes_nothing(desk: Path, key: str) -> None:
    shown, _ = conversation(
        f"{COMMAND} gazette; echo exit code $?; cat > rest",
        [(KEYS, f"{key}touch hacked\n"), ("exit code 130", "\x04")],
        cwd=desk,
    )

    assert "nothing was written\nexit code 130\n" in shown
    assert (desk / "rest").read_text() == ""
