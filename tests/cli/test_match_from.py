"""``claimcli match --from``: the claims on file that are similar to the texts of a file."""

import json
from pathlib import Path

import pytest

from tests.support.cli import claimcli

MAIN = """
claims:
  - {id: leak, party: residents, statement: The main in Mill Street leaks., said: 2022}
  - {id: old, party: residents, statement: The valve is forty years old., said: 2022}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a dossier and a speech."""
    (tmp_path / "claims.yaml").write_text(MAIN, encoding="utf-8")
    speech = (
        "We had tea. The valve is fifty\nyears old.\n\nThe main does not leak in Mill Street.\n"
    )
    (tmp_path / "speech.txt").write_text(speech, encoding="utf-8")
    return tmp_path


def match(folder: Path, *arguments: str, stdin: str = "") -> tuple[str, str, int]:
    """Return the output, the messages and the exit code."""
    done = claimcli("match", "--data", "claims.yaml", *arguments, cwd=folder, stdin=stdin)
    return done.stdout, done.stderr, done.returncode


def test_a_row_names_the_sentence_and_its_line(folder: Path) -> None:
    """A sentence without a similar claim has no row; a message has the numbers."""
    output, messages, code = match(folder, "--from", "speech.txt", "-f", "tsv")

    rows = [line.split("\t") for line in output.splitlines()]
    assert rows[0][:4] == ["place", "text", "score", "id"]
    assert [[*row[:2], row[3], row[-1]] for row in rows[1:]] == [
        ["speech.txt:1", "The valve is fifty years old.", "old", "fifty / forty years"],
        ["speech.txt:4", "The main does not leak in Mill Street.", "leak", "not"],
    ]
    assert (messages, code) == ("2 of 3 texts with similar claims on file\n", 0)


def test_markdown_and_terminals_show_each_sentence_above_its_claims(folder: Path) -> None:
    """Sentences without similar claims are left out."""
    output, _, _ = match(folder, "--from", "speech.txt", "-f", "md")
    shown, _, _ = match(folder, "--from", "speech.txt", "-f", "table")

    assert [line for line in output.splitlines() if line.startswith(">")] == [
        "> The valve is fifty years old. (speech.txt:1)",
        "> The main does not leak in Mill Street. (speech.txt:4)",
    ]
    assert "**valve**" in output
    assert "We had tea" not in shown
    assert shown.index("speech.txt:1") < shown.index("forty") < shown.index("speech.txt:4")


def test_json_has_every_sentence(folder: Path) -> None:
    """Those without similar claims have an empty list."""
    output, _, _ = match(folder, "--from", "speech.txt", "-f", "jsonl")

    records = [json.loads(line) for line in output.splitlines()]
    assert [(one["place"], [claim["id"] for claim in one["claims"]]) for one in records] == [
        ("speech.txt:1", []),
        ("speech.txt:1", ["old"]),
        ("speech.txt:4", ["leak"]),
    ]


def test_the_exit_code_says_whether_a_sentence_has_a_similar_claim(folder: Path) -> None:
    """It is 1 if one has, as for one text; a query narrows what is searched."""
    assert match(folder, "--from", "speech.txt", "--exit-code")[2] == 1
    assert match(folder, "--from", "speech.txt", "--exit-code", "party:residents", "tea")[2] == 0


def test_standard_input_is_a_file_too(folder: Path) -> None:
    """Its texts have its name as the place."""
    output, _, _ = match(folder, "--from", "-", "-f", "tsv", stdin="Tea. The valve is old.")

    assert output.splitlines()[1].startswith("standard input:1\tThe valve is old.\t")


def test_a_column_of_a_table(folder: Path) -> None:
    """An unknown column is an error that lists the columns."""
    (folder / "log.csv").write_text("day,what\n1,The main leaks.\n2,Tea\n", encoding="utf-8")

    output, _, _ = match(folder, "--from", "log.csv", "--column", "what", "-f", "tsv")

    assert [line.split("\t")[0] for line in output.splitlines()[1:]] == ["log.csv:R2"]
    assert match(folder, "--from", "log.csv", "--column", "who") == (
        "",
        "error: log.csv: no column 'who'; the columns are 'day', 'what'\n",
        2,
    )


def test_a_claim_is_not_similar_to_itself(folder: Path) -> None:
    """The statements of another dossier are compared with claims of the same id."""
    (folder / "other").mkdir()
    (folder / "other/claims.yaml").write_text(MAIN, encoding="utf-8")

    same, _, _ = match(folder, "--from", "claims.yaml", "-f", "tsv")
    other, _, _ = match(folder, "--from", "other/claims.yaml", "-f", "tsv")

    assert same.splitlines()[1:] == []
    assert [line.split("\t")[3] for line in other.splitlines()[1:]] == ["leak", "old"]


def test_options_that_exclude_each_other(folder: Path) -> None:
    """The message names both."""
    assert match(folder, "--from", "speech.txt", "--claim", "old")[1] == (
        "error: --from and --claim exclude each other; name one of them\n"
    )
    assert match(folder, "--from", "speech.txt", "--all")[1] == (
        "error: --from and --all exclude each other; name one of them\n"
    )
    assert match(folder, "x", "--column", "what")[1] == (
        "error: --column needs --from; name the file with --from FILE\n"
    )
    assert match(folder, "--from", "speech.txt", "-o", "speech.txt")[1] == (
        "error: 'speech.txt' is the input; write to another file\n"
    )


def test_a_file_that_does_not_exist(folder: Path) -> None:
    """The exit code is that of unreadable files."""
    assert match(folder, "--from", "nowhere.txt") == (
        "",
        "error: there is no file 'nowhere.txt'; write a path from this folder on\n",
        3,
    )


def test_records_without_a_text_are_reported(folder: Path) -> None:
    """Nothing is left out without a word."""
    (folder / "log.csv").write_text("day,words\n1,The valve is sixty years old.\n2,\n")

    _, messages, code = match(folder, "--from", "log.csv", "--column", "words", "-f", "tsv")

    assert messages == (
        "warning: 1 record of log.csv without a text, not searched for\n"
        "1 of 1 text with similar claims on file\n"
    )
    assert code == 0
