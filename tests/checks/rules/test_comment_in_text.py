"""The rule about comments that end a text."""

from collections.abc import Callable

import pytest

from claimcli.core.records import Dossier

DossierOf = Callable[[str], Dossier]
CLAIM = "claims:\n- id: a\n  party: p\n  {}\n"


def _ends(name: str, comment: str) -> str:
    return f"the text of '{name}' ends before the comment '{comment}'"


def _found(dossier: Dossier) -> list[str]:
    return [one.message for one in dossier.problems if one.rule == "comment-in-text"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("statement: It was pump #2 that failed", _ends("statement", "#2 that failed")),
        ("statement: It was\n    pump  #two", _ends("statement", "#two")),
        ("speaker: Anna #élan", _ends("speaker", "#élan")),
        ("tags: [water,\n    mains #urgent\n    ]", _ends("tags", "#urgent")),
        ("source: {title: The letter #3\n    }", _ends("title", "#3")),
        ("note: #3 is meant", "'note' is empty before the comment '#3 is meant'"),
    ],
)
def test_a_comment_without_a_space_after_its_sign_ends_a_text(
    dossier_of: DossierOf, line: str, message: str
) -> None:
    """In any field with words, on any line of it, also if nothing is left of the text."""
    assert _found(dossier_of(CLAIM.format(line))) == [message]


@pytest.mark.parametrize(
    "line",
    [
        "statement: It was pump two  # said later",
        "statement: It was pump two  #",
        "statement: It was pump two  ## said later",
        "statement: It was pump#2 that failed",
        "statement: 'It was pump #2'  #checked",
        'statement: "It was pump #2"',
        "statement: |\n    It was pump #2\n    that failed.",
        "statement: x\n  #note: not on file",
        "statement: x\n  said: 2021 #approximately",
        "statement: x\n  issue: pumps #two",
    ],
)
def test_other_comments_are_not_reported(dossier_of: DossierOf, line: str) -> None:
    """Nor a sign inside of a text, nor comments after dates, ids and texts in quotation marks."""
    assert _found(dossier_of(CLAIM.format(line))) == []
