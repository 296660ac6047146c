"""`diff`: the relations of two parties' accounts."""

import json
from collections.abc import Callable

import pytest

from claimcli.analysis.diff import diff
from claimcli.cli.screen.console import Settings
from claimcli.cli.screen.diff import draw
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.formats.diff import WRITERS, empty_side_note
from tests.support.trees import TREES

Read = Callable[[str], Dossier]


def rows(
    dossier: Dossier, left: str = "a", right: str = "b"
) -> list[tuple[str, list[str], list[str]]]:
    return [
        (str(row.relation), [c.id for c in row.left], [c.id for c in row.right])
        for row in diff(dossier, left, right).rows
    ]


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        ("denies", "contested"),
        ("denies-saying", "contested"),
        ("contradicts", "contested"),
        ("disputes-meaning", "contested"),
        ("undermines", "contested"),
        ("undercuts", "contested"),
        ("qualifies", "qualified"),
        ("confirms", "agreed"),
        ("declines", "parallel"),
    ],
)
def test_an_answer_determines_the_relation(dossier_of: Read, kind: str, relation: str) -> None:
    """Opposing answers contest from either side; other kinds have their own relation."""
    text = f"""
claims:
  - {{id: x, party: a, statement: One., issue: i}}
  - {{id: y, party: b, statement: Two., issue: i, responds_to: {{claim: x, kind: {kind}}}}}
"""

    assert rows(dossier_of(text)) == [(relation, ["x"], ["y"])]
    assert rows(dossier_of(text), "b", "a") == [(relation, ["y"], ["x"])]


@pytest.mark.parametrize(
    ("answer", "target", "relation"),
    [
        ("kind: qualifies, withdrawn: 2022", "", "parallel"),
        ("kind: undermines, withdrawn: 2022", "", "parallel"),
        ("kind: denies, withdrawn: 2022", "", "contested"),
        ("kind: denies, withdrawn: 2022", "withdrawn: 2022", "parallel"),
        ("kind: denies", "withdrawn: 2022", "contested"),
    ],
)
def test_an_answer_that_is_no_longer_given(
    dossier_of: Read, answer: str, target: str, relation: str
) -> None:
    """It has no effect, but the claim that it denied opposes it as long as that is made."""
    text = f"""
claims:
  - {{id: x, party: a, statement: One., {target}}}
  - {{id: y, party: b, statement: Two., responds_to: {{claim: x, {answer.split(", ")[0]}}},
     {", ".join(answer.split(", ")[1:])}}}
"""

    assert rows(dossier_of(text)) == [(relation, ["x"], ["y"])]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("position: yes", "position: no", "contested"),
        ("position: yes", "position: 'Yes.'", "agreed"),
        ("position: yes, about: 2021", "position: no, about: 2022", "parallel"),
        ("position: yes, about: 2021", "position: no, about: 2021-05", "contested"),
        ("position: yes, about: 2021", "position: no", "contested"),
        ("position: yes, withdrawn: 2022", "position: no", "parallel"),
    ],
)
def test_positions_relate(dossier_of: Read, left: str, right: str, relation: str) -> None:
    """Rival positions contest if their times can overlap; letter case and punctuation are ignored."""
    text = f"""
claims:
  - {{id: x, party: a, statement: One., issue: i, {left}}}
  - {{id: y, party: b, statement: Two., issue: i, {right}}}
"""

    assert rows(dossier_of(text)) == [(relation, ["x"], ["y"])]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("-4", "+4", "contested: positions -4 / +4"), ("✔", "✘", "contested: positions ✔ / ✘"),
        ("£9", "¥9", "contested: positions £9 / ¥9"), ("4.5%", "45%", "contested: positions 4.5% / 45%"),
        ("YES", "yes.", "agreed: positions YES"),
    ],
)  # fmt: skip
def test_rival_positions_are_named(dossier_of: Read, left: str, right: str, relation: str) -> None:
    """Signs, currencies and symbols make another position; spellings of one are named once."""
    text = f"""
claims:
  - {{id: x, party: a, statement: One., issue: i, position: "{left}"}}
  - {{id: y, party: b, statement: Two., issue: i, position: "{right}"}}
"""

    assert [row.label for row in diff(dossier_of(text), "a", "b").rows] == [relation]


def test_compatible_positions_are_parallel(dossier_of: Read) -> None:
    """Those of the issue; others exclude each other, and an answer still contests."""
    text = """
issues:
  - {id: i, question: Q, positions: [leaked, burst, sound], compatible: [[leaked, Burst]]}
claims:
  - {id: x, party: a, statement: It leaked., issue: i, position: leaked}
  - {id: y, party: b, statement: It burst., issue: i, position: burst}
"""
    answering = f"{text}  - {{id: z, party: b, statement: No., issue: i, responds_to: x}}\n"

    assert rows(dossier_of(text)) == [("parallel", ["x"], ["y"])]
    assert rows(dossier_of(text.replace("position: burst", "position: sound"))) == [
        ("contested", ["x"], ["y"])
    ]
    assert rows(dossier_of(answering)) == [
        ("contested", ["x"], ["z"]), ("parallel", [], ["y"]),
    ]  # fmt: skip


def test_silence_is_shown(dossier_of: Read) -> None:
    """A claim on an issue without a claim by the other party is one-sided, as is one on no issue."""
    text = """
claims:
  - {id: x, party: a, statement: One., issue: i}
  - {id: y, party: b, statement: Two.}
"""

    assert rows(dossier_of(text)) == [("only-left", ["x"], []), ("only-right", [], ["y"])]


def test_a_restatement_joins_the_row(dossier_of: Read) -> None:
    """A claim and its restatement are one row, whichever was answered."""
    text = """
claims:
  - {id: x, party: a, statement: One., issue: i}
  - {id: z, party: a, statement: One again., issue: i, restates: x}
  - {id: y, party: b, statement: Two., issue: i, responds_to: z}
"""

    assert rows(dossier_of(text)) == [("contested", ["x", "z"], ["y"])]


def test_a_third_partys_answer_is_ignored(dossier_of: Read) -> None:
    """A denial by a third party does not relate the two accounts."""
    text = """
claims:
  - {id: x, party: a, statement: One., issue: i}
  - {id: w, party: c, statement: No., issue: i, responds_to: x}
  - {id: y, party: b, statement: Two., issue: i}
"""

    assert rows(dossier_of(text)) == [("parallel", ["x"], ["y"])]


def test_members_speak_for_the_whole(dossier_of: Read) -> None:
    """A party includes its members; it cannot be compared with one of them."""
    dossier = dossier_of("""
parties: [{id: m, part_of: a}]
claims:
  - {id: x, party: m, statement: One., issue: i}
  - {id: y, party: b, statement: Two., issue: i, responds_to: x}
""")

    assert rows(dossier) == [("contested", ["x"], ["y"])]
    with pytest.raises(ClaimcliError, match="'a' and 'm' overlap"):
        diff(dossier, "a", "m")


def test_an_answer_without_an_issue_has_that_of_its_claim(dossier_of: Read) -> None:
    """A nested answer has the issue of the answered claim, so the issue is not one-sided."""
    text = """
claims:
  - id: x
    party: a
    statement: One.
    issue: i
    rebuttals: [{party: b, statement: No.}]
  - {id: z, party: a, statement: Three., issue: i}
"""

    assert rows(dossier_of(text)) == [("contested", ["x"], ["x/b"]), ("parallel", ["z"], [])]


def test_words_that_differ_are_marked(dossier_of: Read) -> None:
    """The words that differ between a claim and its answer are marked."""
    dossier = dossier_of("""
claims:
  - id: x
    party: a
    statement: The main was inspected in March.
    rebuttals: [{id: y, party: b, statement: The main was not inspected in March.}]
""")
    row = diff(dossier, "a", "b").rows[0]

    assert [p.text for p in row.segments["y"] if p.differs] == ["not"]
    assert diff(dossier, "a", "b", words=False).rows[0].segments == {}


@pytest.mark.parametrize(
    ("format_", "member", "own"),
    [
        ("table", "\tAda Crown (Treasury) / Bo Heller (Mint)\tLeague Office\n",
         "\tAda Crown / Bo Heller (Mint)\tLeague Office\n"),
        ("md", "`full` (Ada Crown (Treasury), 1701-03-01, position: yes)", "`full` (Ada Crown, 1701"),
        ("html", "<bdi>Ada Crown (Treasury), ", "<bdi>Ada Crown, "),
    ],
)  # fmt: skip
def test_a_parent_names_the_member_that_speaks(
    dossier_of: Read, format_: str, member: str, own: str
) -> None:
    """Next to the speaker is the member; in the member's own account it is only in the heading."""
    dossier = dossier_of(TREES)

    assert member in WRITERS[format_](diff(dossier, "realm", "league"))
    assert own in WRITERS[format_](diff(dossier, "treasury", "league"))


def test_json_has_the_member_of_each_claim(dossier_of: Read) -> None:
    rows = json.loads(WRITERS["json"](diff(dossier_of(TREES), "realm", "league")))["rows"]

    assert [(c["id"], c["party"], c["speaker"]) for row in rows for c in row["left"]] == [
        ("full", "treasury", "Ada Crown"), ("light", "mint", "Bo Heller"),
        ("silver", "navy", None), ("fleet", "navy", None), ("berths", "navy", None),
    ]  # fmt: skip


def test_a_screen_names_the_member_that_speaks(dossier_of: Read) -> None:
    shown = draw(diff(dossier_of(TREES), "realm", "league"), Settings(width=100, color=False))

    assert "Ada Crown (Treasury), 1701-03-01" in shown
    assert "Navy, 1701-02-01" in shown


def test_a_joint_statement_names_every_party(dossier_of: Read) -> None:
    """The speaker of a joint statement speaks for more than the party in the heading."""
    found = diff(
        dossier_of("""
claims:
  - {id: x, party: [a, c], speaker: Ann, statement: One., issue: i}
  - {id: y, party: b, speaker: Ben, statement: Two., issue: i}
"""),
        "a",
        "b",
    )

    assert found.table().rows[0][-2:] == ("Ann (a and c)", "Ben")


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        ("", "no response on file to this"),
        (", responds_to: x", "no response by this party to these words on file"),
        (", responds_to: x2", "no response by this party to these words on file"),
    ],
)
def test_a_side_without_claims_says_what_is_on_file(
    dossier_of: Read, answer: str, note: str
) -> None:
    """A claim that others answered, or that was answered in other words, has a response on file."""
    dossier = dossier_of(f"""
claims:
  - {{id: x, party: a, statement: X.}}
  - {{id: x2, party: c, statement: X again., restates: x}}
  - {{id: y, party: d, statement: Not X.{answer}}}
  - {{id: z, party: b, statement: Z.}}
""")
    row = next(row for row in diff(dossier, "a", "b").rows if row.left)

    assert empty_side_note(dossier, row, "b") == note
