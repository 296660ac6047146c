"""Which labels of a text are speakers', and how far each is valid."""

import pytest

from claimcli.quotes.speakers.labels import LabelKind, kind_of
from claimcli.quotes.speakers.transcripts import Labels

BRIEFING = (
    "MS. ROE:  Good day.\n\nThe dam is new.\n\nQ    Is it?\n\nMS. ROE:  It is.\n\nQ    Oh.\n\n"
    "Note: The hall is warm.\n\nSo be it.\n\nEND 2:45 P.M. EDT\n\nThe hall is empty.\n"
)


def turn(text: str, words: str) -> str:
    found = Labels(text).turn_at(text.index(words))
    return found.name if found else ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Good day", "MS. ROE"),
        ("The dam is new", "MS. ROE"),
        ("Is it?", "Q"),
        ("It is.", "MS. ROE"),
        ("The hall is warm", "Q"),
        ("So be it", "Q"),
        ("The hall is empty", ""),
    ],
)
def test_validity(words: str, name: str) -> None:
    """A label is valid until the next one, across paragraphs and notes, and until the end."""
    assert turn(BRIEFING, words) == name


@pytest.mark.parametrize(
    "end", ["---", "* * *", "###", "## Later", "END", "[END OF TRANSCRIPT]", "Related news"]
)
def test_end_of_a_transcript(end: str) -> None:
    """A rule, a heading or the word END ends the last label."""
    text = (
        f"JANE ROE: Yes.\n\nKIM DOE: No.\n\nJANE ROE: Oh.\n\nKIM DOE: Ah.\n\n{end}\n\nLater on.\n"
    )

    assert (turn(text, "Ah."), turn(text, "Later on.")) == ("KIM DOE", "")


@pytest.mark.parametrize(
    "text",
    [
        "ROE: Yes.\nDOE: No.\nROE: Oh.\nDOE: Ah.",
        "Roe: Yes.\n\nDoe: No.\n\nRoe: Oh.\n\nDoe: Ah.",
        "**Jane Roe:** Yes.\n\n**Kim Doe:** No.\n\n**Jane Roe:** Oh.\n\n**Kim Doe:** Ah.",
        "[00:01] Jane Roe: Yes.\n[00:02] Kim Doe: No.\n[00:03] Jane Roe: Oh.\n[00:04] Kim Doe: Ah.",
        "Jane Roe (mayor): Yes.\nKim Doe (clerk): No.\nJane Roe (mayor): Oh.\nKim Doe (clerk): Ah.",
        "- Jane Roe: Yes.\n- Kim Doe: No.\n- Jane Roe: Oh.\n- Kim Doe: Ah.",
        "Jane Roe\nYes.\n\nKim Doe\nNo.\n\nJane Roe\nOh.\n\nKim Doe\nAh.\n",
        "Jane Roe  00:01\nYes.\n\nKim Doe  00:02\nNo.\n\nJane Roe  00:03\nOh.\n\nKim Doe  00:04\nAh.\n",
        "<v Jane Roe>Yes.</v>\n\n<v Kim Doe>No.</v>",
        "Mr. ROE. Yes, it is so.\nMr. DOE. No.\nMr. ROE. Oh.\nMr. DOE. Ah.",
        "В.Роу: Да.\n\nВопрос: Нет.\n\nВ.Роу: О.\n\nВопрос: А.",
        "王毅：是。\n\n記者：不。\n\n王毅：啊。\n\n記者：哦。",
        "Jane Roe:\nYes.\n\nKim Doe:\nNo.\n\nJane Roe:\nOh.\n\nKim Doe:\nAh.",
    ],
)
def test_layouts(text: str) -> None:
    """Labels are confirmed in many layouts: two speakers, each at least once."""
    assert len(Labels(text).names) == 2


@pytest.mark.parametrize(
    "text",
    [
        "NEW DELHI: It rains.\n\nALSO READ: It snows.",
        "ALSO READ: It rains.\n\nALSO READ: It snows.\n\nNEW DELHI: It hails.",
        "Date: 1 May\nPlace: Hall\nDate: 2 May\nPlace: Yard",
        "Start Height: 3 m\nFinal Height: 4 m\nStart Height: 5 m\nFinal Height: 6 m",
        "MONDAY: It rains.\nTUESDAY: It snows.\nMONDAY: It rains.\nTUESDAY: It snows.",
        "BREAKING: It rains.\n\nUPDATE: It snows.\n\nBREAKING: It hails.\n\nUPDATE: It thaws.",
        "One thing is clear: it rains.\n\nOne thing is not: it snows.\n\nOne thing is clear: it thaws.",
        "12:30: it rains.\n12:40: it snows.\n12:30: it rains.",
        "https://example.org/: it rains.\nhttps://example.org/: it rains.",
        "Read More\n\nIt rains.\n\nGetty Images\n\nIt snows.\n",
    ],
)
def test_no_transcript(text: str) -> None:
    """Datelines, headings, lists of values and days, and links are not labels of speakers."""
    assert Labels(text).names == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Q", LabelKind.QUESTION),
        ("Reporter 2", LabelKind.QUESTION),
        ("Frage", LabelKind.QUESTION),
        ("記者", LabelKind.QUESTION),
        ("Antwort", LabelKind.ANSWER),
        ("THE PRESIDENT", LabelKind.ROLE),
        ("Speaker 1", LabelKind.ROLE),
        ("MS. ROE", LabelKind.NAME),
        ("Ursula von der Leyen", LabelKind.NAME),
        ("President of Russia Vladimir Putin", LabelKind.NAME),
        ("Roe", LabelKind.WORD),
        ("Photo", None),
        ("UPDATE 1-Dam breaks", None),
        ("Roe to Doe", None),
        ("the point", None),
        ("Asked about the dam, Roe said", None),
    ],
)
def test_kind_of_label(name: str, kind: LabelKind | None) -> None:
    """A label names a person, an office, or someone who asks or answers; many labels do neither."""
    assert kind_of(name) is kind


def test_questions_without_labelled_answers() -> None:
    """If answers have no labels, a question ends with its paragraph."""
    text = "Q: Is it new?\n\nIt is old.\n\nQ: Is it high?\n\nIt is low.\n"

    assert (turn(text, "Is it high?"), turn(text, "It is low.")) == ("Q", "")


def test_labels_within_a_part() -> None:
    """Labels within a part are those of other speakers than the one before it."""
    text = "<v Jane Roe>Yes,\n\n<v Jane Roe>it is\n\n<v Kim Doe>not so."
    labels = Labels(text)

    assert labels.within((text.index("Yes"), text.index("it is") + 5)) == []
    assert labels.within((text.index("Yes"), len(text))) == ["Kim Doe"]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"SPEAKER{n}: Yes.\n" for n in range(20_000)),
        "Q    Is it?\nROE: Yes.\n" * 20_000,
        "Jane Roe\n\nYes.\n\nKim Doe\n\nNo.\n\n" * 10_000,
        "Jane Roe: yes. " * 50_000,
        "<v Jane Roe>yes " * 20_000,
        "\n " * 200_000,
        "\n" + "- " * 200_000,
        "Jane (" * 100_000,
        "a" * 500_000,
    ],
)
def test_long_texts(text: str) -> None:
    """Every line gives at most one label, a paragraph few; a lookup does not scan the text."""
    labels = Labels(text)
    middle = len(text) // 2

    assert len(labels.all) <= text.count("\n") + text.count("<v") + 1
    assert len(list(labels.in_paragraph(middle))) <= 31
    assert len(labels.names) <= 300
    assert labels.turn_at(middle) is None or labels.turn_at(middle).span[0] <= middle  # type: ignore[union-attr]
