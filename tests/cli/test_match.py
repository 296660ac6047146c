"""``claimcli match``: the claims on file that are similar to a sentence."""

import json
from pathlib import Path

import pytest

from tests.support.cli import claimcli

RIVER = """
claims:
  - {id: safe, party: council, statement: The river was safe on 12 January., said: 2022-01-14,
     issue: river, source: {title: Log, published: 2022, quote: the *river* was safe},
     rebuttals: [{id: foul, party: residents, statement: It was foul., said: 2022-01-15}]}
  - {id: bridge, party: council, statement: The old bridge is closed., said: 2022}
  - {id: secret, party: press, statement: The river bank is falling., said: 2022, internal: true}
"""
HEADER = "score\tid\tparty\twhen\tstatement\tstatus\tanswers\tdiffers\n"


@pytest.fixture
def river(tmp_path: Path) -> Path:
    """Return a folder with claims about a river and a bridge."""
    (tmp_path / "a.yaml").write_text(RIVER, encoding="utf-8")
    return tmp_path


def match(folder: Path, *arguments: str, stdin: str = "") -> tuple[str, str, int]:
    """Return the output without the scores, the messages and the exit code."""
    done = claimcli("match", "--data", "a.yaml", *arguments, cwd=folder, stdin=stdin)
    return done.stdout, done.stderr, done.returncode


def ids(folder: Path, *arguments: str, stdin: str = "") -> list[str]:
    """Return the ids of the claims that are listed."""
    output, _, _ = match(folder, *arguments, "--format", "tsv", stdin=stdin)
    return [line.split("\t")[1] for line in output.splitlines()[1:]]


def test_a_claim_is_listed_with_its_answers_and_what_differs(river: Path) -> None:
    """The score is first."""
    output, messages, code = match(river, "The river was not safe on 13 January.")

    assert (messages, code) == ("", 0)
    header, row = output.splitlines(keepends=True)
    score, *cells = row.rstrip("\n").split("\t")
    assert header == HEADER
    assert 0.5 <= float(score) < 1
    assert cells == [
        "safe", "council", "2022-01-14", "The river was safe on 12 January.", "contested", "foul",
        "13 / 12 January; not",
    ]  # fmt: skip


def test_without_a_similar_claim_the_closest_is_named(river: Path) -> None:
    """A message says so; a program sees it in the JSON."""
    output, messages, code = match(river, "A bridge of dreams over the sea")

    assert (output, code) == (HEADER, 0)
    assert messages.startswith("no similar claim on file; the closest scores 0.")
    assert messages.endswith(" [bridge]\n")
    output, messages, _ = match(river, "Xylophones", "-f", "json")
    assert json.loads(output) == [
        {"text": "Xylophones", "place": None, "claims": [], "closest": None}
    ]
    assert messages == "no similar claim on file; none shares a word with the text\n"


def test_options_narrow_the_list(river: Path) -> None:
    """A query after the text selects the claims to search; so do the filter flags."""
    some = ("the river in January", "--min-score", "0")

    assert ids(river, *some) == ["safe", "secret"]
    assert ids(river, *some, "--limit", "1") == ["safe"]
    assert ids(river, *some, "party:press") == ["secret"]
    assert ids(river, *some, "--party", "press") == ["secret"]
    assert ids(river, *some, "--min-score", "1") == []


def test_the_text_can_come_from_standard_input_or_from_a_claim(river: Path) -> None:
    """A claim is not similar to itself; a part of its id is enough."""
    assert ids(river, "-", "--min-score", "0", stdin="bridges\n") == ["bridge"]
    assert ids(river, "--claim", "secr", "--min-score", "0") == ["safe"]
    assert ids(river, "--claim", "secret", "party:press", "--min-score", "0") == []


def test_exit_code_1_means_that_a_similar_claim_is_on_file(river: Path) -> None:
    """Without the option it is 0."""
    assert match(river, "the old bridge is closed", "--exit-code")[2] == 1
    assert match(river, "the old bridge is closed")[2] == 0
    assert match(river, "xylophones", "--exit-code")[2] == 0


def test_markdown_marks_the_words_that_the_text_has(river: Path) -> None:
    """Other signs of the statement are escaped."""
    output, _, _ = match(river, "Close old bridges", "--format", "md", "--min-score", "0")

    assert output.splitlines()[2].split(" | ")[1:] == [
        "bridge", "council", "2022", "The **old** **bridge** is **closed**.", "unanswered", "",
        " |",
    ]  # fmt: skip


def test_json_has_the_fields_of_the_claim(river: Path) -> None:
    """Also whether it is internal, the answers with their parties, and the shared words."""
    output, _, _ = match(river, "the river in January", "-f", "jsonl", "--min-score", "0")

    (record,) = map(json.loads, output.splitlines())
    first, second = record["claims"]
    assert (first["id"], first["internal"], first["shared"]) == (
        "safe",
        False,
        ["river", "January"],
    )
    assert first["answers"] == [{"id": "foul", "kind": "denies", "party": "residents"}]
    assert (second["id"], second["internal"]) == ("secret", True)
    assert record["closest"] == {"id": "safe", "score": first["score"]}


def test_on_a_terminal_notes_are_below_the_statement(river: Path) -> None:
    """The id is next to them, with the status."""
    shown, _, _ = match(river, "The river was safe on 13 January.", "--format", "table")

    assert "The river was safe on 12 January." in shown
    assert "differs: 13 / 12 January" in shown
    assert "answered by foul" in shown
    assert "contested" in shown


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_text_is_a_wrong_use(river: Path, text: str) -> None:
    """The message says what to write."""
    message = (
        "error: there is no text to search with; write a sentence, --from FILE or --claim ID\n"
    )

    assert match(river, text) == ("", message, 2)
    assert match(river, "-", stdin=text) == ("", message, 2)
    assert match(river) == ("", message, 2)


def test_an_unknown_claim_is_named(river: Path) -> None:
    """Ids that are similar are offered."""
    assert match(river, "--claim", "brigde") == (
        "", "error: no claim 'brigde'; did you mean 'bridge'?\n", 2,
    )  # fmt: skip


def test_what_could_not_be_read_is_reported(river: Path) -> None:
    """A claim may be missing from the search."""
    (river / "a.yaml").write_text(f"{RIVER}  - {{id: broken}}\n", encoding="utf-8")

    _, messages, code = match(river, "the old bridge is closed")

    assert code == 0
    assert messages == (
        "warning: 1 record could not be read, 1 error in the data; see 'claimcli check'\n"
    )


def test_a_message_says_that_a_query_narrowed_the_search(river: Path) -> None:
    """A claim that the query does not select can be similar."""
    _, messages, _ = match(river, "The river was safe", "said:2021")
    assert messages == "no similar claim among those selected; none shares a word with the text\n"
    _, messages, _ = match(river, "--from", "a.yaml", "--party", "press")
    assert messages == "0 of 4 texts with similar claims among those selected\n"


def test_of_a_long_text_a_part_is_searched_for_and_a_message_says_so(river: Path) -> None:
    words = " ".join(f"w{number}" for number in range(201))
    part = "only the first 5,000 characters and 200 distinct words"
    _, messages, _ = match(river, words)
    assert messages.splitlines()[1:] == [f"{part} of the text are searched for"]

    (river / "long.txt").write_text(f"{words}.\n\nThe river was safe.\n", encoding="utf-8")
    _, messages, _ = match(river, "--from", "long.txt")
    assert messages.splitlines() == [
        "1 of 2 texts with similar claims on file",
        f"{part} of 1 text are searched for",
    ]


def test_of_equally_similar_claims_the_one_with_the_same_words_is_first(tmp_path: Path) -> None:
    """A negation does not count for the score."""
    statements = ("The river was safe.", "The river was not safe.", "The River was not safe")
    claims = [
        f"- {{party: p, id: {n}, statement: {s}}}" for n, s in zip("abc", statements, strict=True)
    ]
    (tmp_path / "a.yaml").write_text("\n".join(["claims:", *claims]), encoding="utf-8")

    assert ids(tmp_path, "the river was not safe") == ["b", "c", "a"]
    assert ids(tmp_path, "the river was not safe", "--limit", "1") == ["b"]
    assert ids(tmp_path, "--claim", "c", "--limit", "1") == ["b"]


def test_a_score_must_be_a_number(river: Path) -> None:
    _, messages, code = match(river, "The river", "--min-score", "nan")
    assert messages == "error: no score 'nan'; write a number from 0 to 1, such as 0.5\n"
    assert code == 2
