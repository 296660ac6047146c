"""``add`` and the other writing commands with ``--unverified``, and the question about a quote that is not in the text of its source."""

import sys
from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.terminal import conversation

COMMAND = f"{sys.executable} -m claimcli"
TEXT = """\
sources:
  - {id: letter, title: Letter, published: 2023-05-04, text: letter.txt}
claims:
  - {id: sound, party: waterworks, statement: The main was sound., source: letter}
"""
ADD = [
    "add",
    "-p",
    "residents",
    "-s",
    "It was not.",
    "--source",
    "letter",
    "--quote",
    "found sound",
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with a dossier in ``data``."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "main.yaml").write_text(TEXT)
    (tmp_path / "data" / "letter.txt").write_text("The main was found unsound.\n")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ADD,
        ["rebut", "sound", *ADD[1:]],
        ["respond", "sound", "-k", "qualifies", *ADD[1:]],
        ["set", "sound", "source.quote=found sound"],
    ],
    ids=lambda command: command[0],
)
def test_without_a_terminal_a_misquote_is_refused(desk: Path, command: list[str]) -> None:
    """Nothing is written and the exit code is 1, unless the option says so."""
    refused = claimcli(*command, cwd=desk)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "error: the quote of 'letter' does not occur in the text, which has other words; "
        'the text has "found *unsound*" (data/letter.txt, line 1); '
        "quote the words of the text, or add --unverified to write it as it is\n"
    )
    assert (desk / "data" / "main.yaml").read_text() == TEXT

    written = claimcli(*command, "--unverified", cwd=desk)

    assert written.returncode == 0
    assert written.stderr.startswith("warning: the quote of 'letter' does not occur in the text")


@pytest.mark.parametrize("answer", ["\n", "no\n"])
def test_on_a_terminal_a_misquote_is_not_written_by_default(desk: Path, answer: str) -> None:
    """Only a clear yes writes it."""
    shown, code = conversation(
        f"{COMMAND} set sound source.quote='found sound'",
        [('the text has "found *unsound*"', ""), ("write it as it is? (y or n) [n]:", answer)],
        cwd=desk,
    )

    assert code == 130, shown
    assert shown.endswith("nothing was written\n")
    assert (desk / "data" / "main.yaml").read_text() == TEXT


def test_on_a_terminal_a_misquote_is_written_after_a_confirmation(desk: Path) -> None:
    """The warning is repeated with the result."""
    shown, code = conversation(
        f"{COMMAND} set sound source.quote='found sound'",
        [("write it as it is? (y or n) [n]:", "yes\n")],
        cwd=desk,
    )

    assert code == 0, shown
    assert (desk / "data" / "main.yaml").read_text() == TEXT.replace(
        "source: letter}", 'source: {id: letter, quote: "found sound"}}'
    )
