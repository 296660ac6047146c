"""The table of positions: which columns fit on paper, and the parties by position."""

import re
from collections.abc import Callable

import pytest

from claimcli.analysis.briefing import briefing
from claimcli.analysis.diff import diff
from claimcli.analysis.matrix import matrix
from claimcli.core.records import Dossier
from claimcli.formats import diff as diffs
from claimcli.formats import matrix as matrices
from claimcli.formats.drawing.paints import paints
from claimcli.formats.positions_table import MOST_COLUMNS, Row, Square, positions_table
from tests.support import briefings

YES, NO = Square("yes", "position"), Square("no", "position")
SILENT, SPEAKS = Square("silent", "silent"), Square("It rained.", "words", "1 claim")


def table_of(
    *squares: Square, name: str = "Party", question: str = "Is it so?"
) -> dict[str, object]:
    """Return the table of one question, with a party of the same name for each square."""
    row = Row("i", question, squares)
    return positions_table([name] * len(squares), ["p0"] * len(squares), [row])


@pytest.mark.parametrize(
    ("columns", "name", "fits"),
    [
        (3, "Party", True),
        (MOST_COLUMNS, "Party", True),
        (MOST_COLUMNS, "Administration", False),
        (4, "Administration of Waters", True),
        (4, "Donaudampfschifffahrtsgesellschaft", False),
        (MOST_COLUMNS + 1, "P", False),
    ],
)
def test_columns_fit_on_paper_if_no_word_must_be_broken(
    columns: int, name: str, fits: bool
) -> None:
    assert table_of(*[YES] * columns, name=name)["fits_paper"] is fits


def test_long_words_and_ids_in_the_squares_count() -> None:
    """A hyphen may end a line, so the parts of an id are measured one by one."""
    word = Square("Rechtsschutzversicherungsgesellschaften", "position")
    whole = Square("It rained.", "words", claim="it_rained_on_the_last_day_of_the_year_2021")
    parts = Square("It rained.", "words", claim="it-rained-on-the-last-day-of-the-year-2021")

    assert [table_of(one, one, one)["fits_paper"] for one in (word, whole, parts)] == [
        False, False, True,
    ]  # fmt: skip


def test_many_parties_are_listed_by_position() -> None:
    """In the order of the columns; those without a position are last, silent ones by name."""
    many = table_of(SPEAKS, YES, NO, SILENT, YES, NO, Square("", "note"), *[SILENT] * 50)
    (row,) = many["rows"]  # type: ignore[misc]

    assert row["groups"] == [
        {"kind": "position", "text": "yes", "places": [1, 4]},
        {"kind": "position", "text": "no", "places": [2, 5]},
        {"kind": "words", "text": "no position on file", "places": [0]},
    ]
    assert (len(row["silent"]), row["more_silent"]) == (40, 11)
    assert table_of(YES, SPEAKS)["rows"][0]["groups"] == []  # type: ignore[index]


DOSSIER = """
parties: [{id: c}, {id: b, color: "#ff0000"}, {id: a}]
issues: [{id: i, question: Is it so?}]
claims:
- {id: x, party: a, statement: X., issue: i, rebuttals: [{id: y, party: b, statement: Y.}]}
"""


def test_pages_have_the_paints_of_the_pictures(
    dossier_of: Callable[[str], Dossier],
) -> None:
    """Each class that a sample of a line has is defined once, with the colours of the party."""
    dossier = dossier_of(DOSSIER)
    found = briefing(dossier)
    pages = (
        *(briefings.html(found, name) for name in briefings.SHIPPED),
        diffs.html(diff(dossier, "a", "b")),
        matrices.html(matrix(dossier)),
    )
    rules = {
        f".{paint.kind}{{--party:{color}{dashes}}}"
        for paint in paints(dossier).values()
        for color, dashes in zip(
            paint.line, (f";--dashes:{paint.dashes or 'none'}", ""), strict=True
        )
    }

    for page in pages:
        used = set(re.findall(r'<svg class="(?:key|rule|rail) (\w+)"', page))
        defined = re.findall(r"\.\w+\{--party:[^}]*\}", page)
        assert {"p2", "own1"} <= used
        assert set(defined) <= rules
        assert {f".{kind}" for kind in used} <= {rule.split("{")[0] for rule in defined}
