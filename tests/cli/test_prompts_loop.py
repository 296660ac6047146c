"""The analyst's loop by questions alone, on a terminal of 80 columns and 24 lines.

Two parties, an issue, a source with its text, three claims with quotes, two answers, and a briefing,
with pastes of several lines, a way back, wrong dates, Ctrl-C and the end of input.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.server import misbehaving
from tests.support.terminal import conversation

COMMAND = f"{sys.executable} -m claimcli"
ARTICLE = """\
"The pier was inspected in March, and nothing was found," said Ana Lind of the harbour
authority. "It is safe."

North Line denied that. "There was no inspection in March," said Tom Berg. "Our boats cannot use
the pier." He added: "We asked for one."
"""
INSPECTION = """\
# yaml-language-server: $schema=../../claimcli.schema.json
claims:
  - id: pier-inspected-march
    party: harbour
    speaker: Ana Lind
    statement: The pier was inspected in March.
    said: 2023-05-02
    issue: inspection
    position: "yes"
    source: {id: article, quote: "The pier was inspected in March, and nothing was found"}
    rebuttals:
      - party: north-line
        speaker: Tom Berg
        statement: There was no inspection.
        said: 2023-05-03
        position: "no"
        source: {id: article, quote: "There was no inspection in March"}

  - id: boats-cannot-use
    party: north-line
    speaker: Tom Berg
    statement: Boats cannot use it.
    said: 2023-05-03
    issue: inspection
    source: {id: article, quote: "Our boats cannot use the pier."}
    responses:
      - party: harbour
        kind: declines
        statement: No comment.
"""
WRITE = "write it?"


def pasted(*lines: str) -> str:
    """Return the keys of a paste of several lines, as terminals mark and send it."""
    return "\x1b[200~" + "\r".join(lines) + "\x1b[201~"


def answers(*pairs: str) -> list[tuple[str, str]]:
    """Return an exchange for each pair of a question's beginning and the answer to it."""
    return [
        (question, f"{answer}\n") for question, answer in zip(pairs[::2], pairs[1::2], strict=True)
    ]


def type_into(desk: Path, command: str, exchanges: Sequence[tuple[str, str]]) -> str:
    """Run a command in a terminal whose shell would write what reaches it to a file."""
    shown, _ = conversation(
        f"{COMMAND} {command}; echo exit code $?; cat >> reached-the-shell",
        [*exchanges, ("exit code", "\x04")],
        cwd=desk,
        columns=80,
        rows=24,
    )
    assert (desk / "reached-the-shell").read_text() == ""
    return shown


def test_the_loop_by_questions_alone(tmp_path: Path) -> None:
    """No file is opened and no option given; nothing typed reaches the shell."""
    desk = tmp_path / "pier"
    assert claimcli("init", str(desk)).returncode == 0
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    type_into(
        desk,
        "add party",
        [
            *answers("name,", "Harbour authority", "id, ", "harbour", "kind,", "govern"),
            *answers("no kind 'govern'", "government", "part_of,", "", "speakers,", "Ana Lind"),
            *answers(WRITE, "", "another party?", "y"),
            *answers("name,", "North Line", "id, ", "", "kind,", "company", "part_of,", "<"),
            *answers("kind, what kind of party it is [company]", "", "part_of,", ""),
            *answers("speakers,", "Tom Berg", WRITE, "", "another party?", ""),
        ],
    )
    type_into(
        desk,
        "add issue",
        answers("question,", "Was the pier inspected?", "id, ", "inspection")
        + answers("positions,", "yes, no", WRITE, "", "another issue?", ""),
    )
    type_into(
        desk,
        "add source",
        [
            *answers("title,", "The pier", "id, ", "article", "outlet,", "Gazette", "author,", ""),
            *answers("published,", "3.5.2023", "no date '3.5.2023'", "3 May 2023", "url,", ""),
            *answers("kind,", "primary", "text,", "article.txt"),
            *answers("there is no file 'article.txt'", "../article.txt", WRITE, "", "another", ""),
        ],
    )
    type_into(
        desk,
        "add",
        [
            ("statement,", pasted("The pier was", "inspected in March.") + "\n"),
            *answers("party,", "Harbour authority", "speaker,", "Ana Lind"),
            *answers("said,", "May 32, 2023", "no date 'May 32, 2023'", "2 May 2023"),
            *answers("issue,", "inspection", "position,", "yes", "source,", "article"),
            ("quote,", pasted("The pier was inspected in March,", "and nothing was found") + "\n"),
            *answers(WRITE, "", "another claim?", "y", "statement,", "Boats cannot use it."),
            *answers("party,", "north-line", "speaker,", "Tom Berg", "said,", "=", "issue,", "<"),
            *answers("said, when [2023-05-03]", "", "issue,", "inspection"),
            *answers("position,", "", "source,", "", "quote,", "Our ships cannot use the pier."),
            *answers(WRITE, "", "write it as it is?", "", WRITE, "quote"),
            *answers("quote,", "Our boats cannot use the pier.", WRITE, ""),
            ("another claim?", "\x04touch hacked\n"),
        ],
    )
    type_into(
        desk,
        "add --from article",
        [
            ("passage  1 of 3, line 2", ""),
            ("a accepts,", "a"),
            *answers(
                "statement,", "The pier is safe.", "party,", "harbour", "speaker,", "Ana Lind"
            ),
            *answers("said,", "", "issue,", "", WRITE, ""),
            ("passage  2 of 3, line 4", "s"),
            ("passage  3 of 3, line 5", pasted("a", "touch hacked") + "q"),
        ],
    )
    type_into(
        desk,
        "rebut pier-inspected-march",
        [("kind,", "\n"), ("statement,", pasted("Nobody", "touch hacked") + "\x03touch hacked\n")],
    )
    type_into(
        desk,
        "rebut pier-inspected-march",
        [
            *answers("kind,", "", "statement,", "There was no inspection.", "party,", "north-line"),
            *answers("speaker,", "Tom Berg", "said,", "=", "no date of a source", ""),
            *answers("position,", "no", "source,", "article"),
            ("quote,", pasted("There was no inspection", "in March") + "\n"),
            *answers("said, when (enter for by 2023-05-03", "=", WRITE, ""),
        ],
    )
    type_into(
        desk,
        "respond boats-cannot-use",
        answers("kind,", "declines", "statement,", "No comment.", "party,", "harbour")
        + answers("speaker,", "", "said,", "", "position,", "", "source,", "", WRITE, ""),
    )

    assert claimcli("fmt", "--check", cwd=desk).returncode == 0
    checked = claimcli("check", cwd=desk)
    assert "0 errors" in checked.stderr, checked.stdout
    assert (desk / "data" / "claims" / "inspection.yaml").read_text("utf-8") == INSPECTION
    assert claimcli("verify", cwd=desk).returncode == 0
    assert claimcli("export", "-o", "briefing.md", cwd=desk).returncode == 0
    assert not (desk / "hacked").exists()


@pytest.fixture
def server() -> Iterator[str]:
    pytest.importorskip("httpcore", reason="an extra that is not installed")
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    with misbehaving() as (address, _):
        yield address


def test_what_a_page_does_not_state_is_asked_for(server: str, tmp_path: Path) -> None:
    """The title, with the address as default, if the page cannot be read; outlet, author, date."""
    desk = tmp_path / "desk"
    assert claimcli("init", str(desk)).returncode == 0
    type_into(
        desk,
        f"add source {server}/text --allow-private",
        [
            *answers("title,", "The main", "outlet,", "Gazette", "author,", ""),
            *answers("published,", "4/5/2023", "no date '4/5/2023'", "4 May 2023"),
            *answers(WRITE, ""),
        ],
    )
    found = type_into(desk, f"add source {server}/2024/bridge.html --allow-private", [])

    assert "added 'bridge-closed'" in found
    text = (desk / "data" / "sources.yaml").read_text("utf-8")
    assert "    title: The main\n    outlet: Gazette\n    published: 2023-05-04\n" in text
