"""Questions on a terminal of 80 columns and 24 lines."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.terminal import conversation

COMMAND = f"{sys.executable} -m claimcli"
TEXT = """\
# The main.
parties:
  - {id: waterworks, name: The Waterworks, speakers: [A. Pump, B. Valve]}
sources:
  - {id: open-letter, title: Open letter, published: 2023-05-04, kind: primary}
  - {id: courier, title: "Courier: leaks", published: 2023-05-06, kind: secondary}
issues:
  - {id: state-of-main, question: How is it?, positions: [sound, leaking, Unknown]}
claims:
  - id: pipe-was-sound
    party: waterworks
    statement: The main was found sound.
    issue: state-of-main
    source: open-letter
"""
WRITE, AGAIN = "write it?", "another claim?"
Exchanges = Sequence[tuple[str, str]]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with a dossier in ``data``."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "main.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def ask(desk: Path, command: str, exchanges: Exchanges) -> tuple[str, int]:
    return conversation(f"{COMMAND} {command}", exchanges, cwd=desk, columns=80, rows=24)


def main_file(desk: Path) -> str:
    return (desk / "data" / "main.yaml").read_text(encoding="utf-8")


def pasted(*lines: str) -> str:
    """Return the keys of a paste of several lines, as terminals mark and send it."""
    return "\x1b[200~" + "\r".join(lines) + "\x1b[201~"


def test_add_asks_for_what_matters(desk: Path) -> None:
    """In order, with the tab key completing names, and a summary before anything is written."""
    shown, code = ask(
        desk,
        "add",
        [
            ("statement, what is said", "It leaks in three places.\n"),
            ("party, who says it:", "The W\t\n"),
            ("speaker, who spoke for the party (enter for none):", "B\t\n"),
            ("said, when (enter for the source's date):", "\n"),
            ("issue, the question it belongs to (enter for none):", "st\t\n"),
            ("position, the answer to it: sound, leaking, Unknown", "unk\t\n"),
            ("source, an id, an address or a title (enter for none):", "cour\t\n"),
            ("quote, the exact words of the source (enter for none):", 'it "leaks"\n'),
            (WRITE, "\n"),
            (AGAIN, "\n"),
        ],
    )

    assert code == 0, shown
    assert (
        "id         leaks-three-places\n"
        "party      waterworks\n"
        "speaker    B. Valve\n"
        "statement  It leaks in three places.\n"
        "said       by 2023-05-06, the source's date\n"
        "issue      state-of-main\n"
        "position   Unknown\n"
        "source     courier\n"
        'quote      it "leaks"\n'
    ) in shown
    assert "data/main.yaml:16: added 'leaks-three-places'\nleaks-three-places\n" in shown
    assert main_file(desk) == TEXT + (
        "\n"
        "  - id: leaks-three-places\n"
        "    party: waterworks\n"
        "    speaker: B. Valve\n"
        "    statement: It leaks in three places.\n"
        "    issue: state-of-main\n"
        "    position: Unknown\n"
        '    source: {id: courier, quote: "it \\"leaks\\""}\n'
    )


def claim(*answers: str) -> list[tuple[str, str]]:
    """Return an exchange for each question for a claim, by its first answers; enter for others."""
    asked = ["statement,", "party,", "speaker,", "said,", "issue,", "source,"]
    typed = [*answers, *[""] * (len(asked) - len(answers))]
    return [(name, f"{answer}\n") for name, answer in zip(asked, typed, strict=True)]


def test_an_angle_bracket_goes_back(desk: Path) -> None:
    """To the question before, whose answer is then the default; not before the first one."""
    shown, code = ask(
        desk,
        "add",
        [
            ("statement,", "<\n"),
            ("this is the first question", ""),
            ("statement,", "It leaks.\n"),
            ("party,", "residents\n"),
            ("speaker,", "<\n"),
            ("party, who says it [residents]:", "<\n"),
            (
                "statement, what is said, in a sentence of your own [It leaks.]:",
                "It leaks badly.\n",
            ),
            ("party, who says it [residents]:", "\n"),
            *claim()[2:],
            (WRITE, "<\n"),
            ("source,", "open-letter\n"),
            ("quote,", "\n"),
            ("said, when (enter for by 2023-05-04, the source's date; =", "=\n"),
            (WRITE, "\n"),
            (AGAIN, "n\n"),
        ],
    )

    assert code == 0, shown
    assert main_file(desk) == TEXT
    assert (desk / "data" / "claims" / "claims.yaml").read_text("utf-8") == (
        "claims:\n"
        "  - id: leaks-badly\n"
        "    party: residents\n"
        "    statement: It leaks badly.\n"
        "    said: 2023-05-04\n"
        "    source: open-letter\n"
    )


def test_a_wrong_answer_is_reported_at_its_question(desk: Path) -> None:
    """And asked for again: names, dates, sources, and what is required."""
    shown, code = ask(
        desk,
        "add",
        [
            ("statement,", "\n"),
            ("this is required; Ctrl-C stops, and writes nothing", ""),
            ("statement,", "It leaks.\n"),
            ("party,", "Ünknown\n"),
            ("no party 'Ünknown'; the parties are waterworks", ""),
            ("party,", "waterworks\n"),
            ("speaker,", "\n"),
            ("said,", "5/4/23\n"),
            ("no date '5/4/23'; write it as 2021, 2021-12, 2021-12-30", ""),
            ("said,", "=\n"),
            ("no date of a source is known yet; write a date", ""),
            ("said,", "2023-02-30\n"),
            ("the date '2023-02-30' does not exist", ""),
            ("said,", "30 May 2023\n"),
            ("issue,", "State of main\n"),
            ("'State of main' is not a valid id; an id is made of a-z, 0-9", ""),
            ("issue,", "state-of-main\n"),
            ("position,", "\n"),
            ("source,", "open-leter\n"),
            ("no source 'open-leter'; did you mean 'open-letter'?", ""),
            ("source,", "published: 2020\n"),
            ("this names no source; add an id or a title", ""),
            ("source,", "{title: [\n"),
            ("is not valid YAML", ""),
            ("source,", "[AP] press: no comment\n"),
            ("quote,", "\n"),
            (WRITE, "perhaps\n"),
            ("no field 'perhaps'; the fields are id, party,", ""),
            (WRITE, "\n"),
            (AGAIN, "what\n"),
            ("answer y or n", ""),
            (AGAIN, "\n"),
        ],
    )

    assert code == 0, shown
    assert "    said: 2023-05-30\n" in main_file(desk)
    assert '    source: {title: "[AP] press: no comment"}\n' in main_file(desk)


def test_a_paste_of_several_lines_is_one_answer(desk: Path) -> None:
    """In a statement, and in a quote with an empty line and what a shell would execute."""
    shown, code = ask(
        desk,
        "rebut pipe-was-sound",
        [
            ("kind,", "\n"),
            ("statement,", pasted("It leaks", "in three places.") + "\n"),
            ("party,", "residents\n"),
            ("speaker,", "\n"),
            ("said,", "\n"),
            ("position,", "\n"),
            ("source,", "courier\n"),
            ("quote,", pasted("The main leaks", "", "touch hacked; in three places.", "") + "\n"),
            (WRITE, "\n"),
        ],
    )

    assert code == 0, shown
    assert main_file(desk) == TEXT + (
        "    rebuttals:\n"
        "      - party: residents\n"
        "        statement: It leaks in three places.\n"
        '        source: {id: courier, quote: "The main leaks touch hacked; in three places."}\n'
    )


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("command", ["add", "rebut pipe-was-sound", "add party"])
def test_nothing_typed_reaches_the_shell(desk: Path, command: str, key: str) -> None:
    """Ctrl-C and Ctrl-D stop with exit code 130; what follows them is dropped, also a paste."""
    first = {"add": "statement,", "add party": "name,"}.get(command, "kind,")
    rest = pasted("touch hacked", "touch hacked", "") + "\ntouch hacked\n" * 200
    shown, _ = conversation(
        f"{COMMAND} {command}; echo exit code $?; cat > rest",
        [(first, key + rest), ("exit code 130", "\x04")],
        cwd=desk,
        columns=80,
        rows=24,
    )

    assert "nothing was written\nexit code 130\n" in shown
    assert (desk / "rest").read_text() == ""
    assert main_file(desk) == TEXT


def test_what_follows_the_last_answer_is_dropped(desk: Path) -> None:
    """As when a person pastes lines where one is expected, on a terminal that does not mark it."""
    answers = "It leaks.\nresidents\n\n\n\n\n\nn\n" + "touch hacked\n" * 200
    shown, _ = conversation(
        f"{COMMAND} add; echo exit code $?; cat > rest",
        [("statement,", answers), ("exit code 0", "\x04")],
        cwd=desk,
        columns=80,
        rows=24,
    )

    assert "added 'leaks'" in shown
    assert (desk / "rest").read_text() == ""


def test_another_claim_keeps_party_source_and_date(desk: Path) -> None:
    """They are the defaults; a minus sign removes one. Stopping keeps what is written."""
    shown, code = ask(
        desk,
        "add",
        [
            *claim("It leaks.", "residents", "C. Tap", "2023-05-01", "", "courier"),
            ("quote,", "leaks\n"),
            (WRITE, "\n"),
            (AGAIN, "y\n"),
            ("statement,", "It is old.\n"),
            ("party, who says it [residents]:", "\n"),
            ("speaker, who spoke for the party (enter for none):", "C\t\n"),
            ("said, when [2023-05-01] (- for none):", "-\n"),
            ("issue,", "\n"),
            ("source, an id, an address or a title [courier] (- for none):", "\n"),
            ("quote, the exact words of the source (enter for none):", "\n"),
            (WRITE, "\n"),
            (AGAIN, "y\n"),
            ("statement,", "\x03"),
        ],
    )

    assert (code, shown.splitlines()[-1]) == (130, "nothing more was written"), shown
    assert (desk / "data" / "claims" / "claims.yaml").read_text("utf-8") == (
        "claims:\n"
        "  - id: leaks\n"
        "    party: residents\n"
        "    speaker: C. Tap\n"
        "    statement: It leaks.\n"
        "    said: 2023-05-01\n"
        '    source: {id: courier, quote: "leaks"}\n'
        "\n"
        "  - id: old\n"
        "    party: residents\n"
        "    speaker: C. Tap\n"
        "    statement: It is old.\n"
        "    source: courier\n"
    )


def test_any_field_can_be_changed_before_writing(desk: Path) -> None:
    """Named at the summary; a claim that cannot be written is shown again with the reason."""
    shown, code = ask(
        desk,
        "add",
        [
            *claim("It leaks.", "residents"),
            (WRITE, "tags\n"),
            ("tags, words to find it by (commas between several; enter for none):", "a, b\n"),
            (WRITE, "restates\n"),
            ("restates,", "pipe\n"),
            ("no claim 'pipe'; 'claimcli list' shows ids", ""),
            ("restates,", "pipe-was-sound\n"),
            (WRITE, "id\n"),
            ("id, ", "pipe-was-sound\n"),
            ("there is a claim 'pipe-was-sound' already; write another id", ""),
            ("id, ", "it-leaks\n"),
            (WRITE, "\n"),
            (AGAIN, "\n"),
        ],
    )

    assert code == 0, shown
    assert "    tags: [a, b]\n" in (desk / "data" / "claims" / "claims.yaml").read_text("utf-8")


def test_n_writes_nothing(desk: Path) -> None:
    shown, code = ask(desk, "add", [*claim("It leaks.", "residents"), (WRITE, "n\n")])

    assert (code, shown.splitlines()[-1]) == (130, "nothing was written")
    assert not (desk / "data" / "claims").exists()


def test_rebut_shows_the_claim_and_asks_for_the_kind(desk: Path) -> None:
    """The claim as 'show' draws it, then the kinds of answers that oppose it."""
    shown, code = ask(
        desk,
        "rebut pipe-was-sound -p residents",
        [
            ("pipe-was-sound\nThe main was found sound.\n", ""),
            ("denies-saying     denies that it was said\n", ""),
            ("kind, how it answers", "confirms\n"),
            ("'confirms' does not oppose; write 'claimcli respond pipe-was-sound --kind", ""),
            ("kind,", "undercuts\n"),
            ("statement,", "Nobody looked.\n"),
            ("speaker,", "\n"),
            ("said,", "\n"),
            ("position, the answer to it: sound, leaking", "leaking\n"),
            ("source,", "Radio interview\n"),
            ("quote,", "\n"),
            (WRITE, "\n"),
        ],
    )

    assert code == 0, shown
    assert main_file(desk) == TEXT + (
        "    rebuttals:\n"
        "      - party: residents\n"
        "        kind: undercuts\n"
        "        statement: Nobody looked.\n"
        "        position: leaking\n"
        "        source: {title: Radio interview}\n"
    )


def test_respond_asks_for_the_kind_alone_if_the_rest_is_given(desk: Path) -> None:
    shown, code = ask(
        desk,
        "respond pipe-was-sound -p lab -s 'In part.' --said 2023 --speaker S --position sound --source courier --quote q",
        [
            ("kind, how it answers:", "denies\n"),
            ("'denies' opposes; write 'claimcli rebut pipe-was-sound --kind denies'", ""),
            ("kind,", "qua\t\n"),
            (WRITE, "\n"),
        ],
    )  # fmt: skip

    assert (code, shown.endswith("pipe-was-sound/lab\n")) == (0, True), shown


def test_questions_do_not_mix_with_the_output(desk: Path) -> None:
    """Questions go to standard error, and completion works there too."""
    shown, code = conversation(
        f"id=$({COMMAND} add); echo got $id",
        [*claim("It leaks.", "wat\t"), (WRITE, "\n"), (AGAIN, "\n")],
        cwd=desk,
    )

    assert (code, shown.splitlines()[-1]) == (0, "got leaks"), shown


def test_every_kind_of_record_has_its_questions(desk: Path) -> None:
    """Derived from the schema: the id from the name, choices, dates and references."""
    party, _ = ask(
        desk,
        "add party",
        [
            ("name, the party's name", "The Residents\n"),
            ("id, ", "\n"),
            ("kind, what kind of party it is", "persn\n"),
            ("no kind 'persn'; did you mean 'person'?", ""),
            ("kind,", "pers\t\n"),
            ("part_of,", "\n"),
            ("speakers, who speaks for it (commas between several; enter for none):", "A, B\n"),
            (WRITE, "\n"),
            ("another party?", "\n"),
        ],
    )
    event, _ = ask(
        desk,
        "add event --place Here",
        [
            ("title, what happened:", "The main bursts\n"),
            ("id, ", "burst\n"),
            ("date,", "May 4, 2023\n"),
            (WRITE, "\n"),
            ("another event?", "\n"),
        ],
    )

    assert "added 'residents'" in party
    assert "  - {id: residents, name: The Residents, kind: person, speakers: [A, B]}\n" in (
        main_file(desk)
    )
    assert "added 'burst'" in event


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("add --said 2023-13-01", "the date '2023-13-01' does not exist"),
        ("add --source open-leter", "no source 'open-leter'; did you mean 'open-letter'?"),
        ("add --party 'No Such'", "no party 'No Such'; the parties are waterworks"),
        ("add --id pipe-was-sound", "a second claim 'pipe-was-sound'; give it another id with --id"),
        ("add --restates pipe", "no claim 'pipe'"),
        ("rebut pipe-was-sound --said 5/4/23", "no date '5/4/23'"),
        ("respond pipe-was-sound --issue 'A b'", "'A b' is no id"),
        ("add party --kind persn", "no kind 'persn'; did you mean 'person'?"),
        ("add source --published soon", "no date 'soon'"),
        ("add event --id 'A b'", "'A b' is no id"),
    ],
)  # fmt: skip
def test_an_invalid_flag_is_reported_before_any_question(
    desk: Path, command: str, message: str
) -> None:
    """With the message and exit code that a command without questions has."""
    shown, code = ask(desk, command, [])

    assert (code, f"error: {message}" in shown) == (2, True), shown
    assert len(shown.splitlines()) == 1
    assert main_file(desk) == TEXT


PIER = """\
parties:
  - {id: harbour, name: Harbour authority, speakers: [Ana Lind]}
  - {id: north-line, name: North Line, speakers: [Tom Berg]}
issues:
  - {id: inspection, question: Was the pier inspected in March?, positions: ["yes", "no"]}
sources:
  - {id: article, title: Article, published: 2023-05-03, text: article.txt}
"""
ARTICLE = """\
“The pier was inspected in March,” the harbour authority
said on Tuesday.
“There was no inspection in March,” said Tom Berg of North Line.
“Nobody came.” “Nobody called.”
"""


def blocks_of_the_how_to() -> list[str]:
    page = Path(__file__).parents[2] / "docs" / "howto" / "answer-questions.md"
    return re.findall(r"```text\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def pier(tmp_path: Path) -> Path:
    """Return a folder with the dossier of the how-to page."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "pier.yaml").write_text(PIER, encoding="utf-8")
    (tmp_path / "data" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_the_how_to_page_shows_the_questions(pier: Path) -> None:
    """Its answers, typed, lead to the summary that it shows."""
    questions, summary = blocks_of_the_how_to()[0].split("\n\n")
    asked = [line.rpartition(": ") for line in questions.splitlines()]
    typed = [(f"{question}:", f"{answer}\n") for question, _, answer in asked]

    shown, code = ask(
        pier,
        "add -i inspection --source article",
        [*typed, (summary.rpartition("\n")[0].partition("write it?")[0], ""), (WRITE, "n\n")],
    )

    assert code == 130, shown


def test_the_how_to_page_shows_a_passage(pier: Path) -> None:
    passage, _, message = blocks_of_the_how_to()[1].rstrip().rpartition("\n")

    shown, code = ask(pier, "add --from article", [(message, "s"), (passage, ""), (message, "q")])

    assert code == 0, shown
