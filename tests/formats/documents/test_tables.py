"""Tables of positions: no word is broken and no column is lost, however many parties there are."""

from collections.abc import Callable

import pytest

from claimcli.analysis.briefing import briefing
from claimcli.core.records import Dossier
from claimcli.formats.documents.blocks import DocumentTable
from claimcli.formats.documents.content import document
from tests.support.plain_documents import text_of

Read = Callable[[str], Dossier]


def tables(dossier: Dossier) -> list[DocumentTable]:
    """Return the tables of the positions of a dossier."""
    return [b for b in document(briefing(dossier)).blocks if isinstance(b, DocumentTable)]


def dossier_text(parties: int, issues: int, word: str = "certainly") -> str:
    """Return a dossier in which each party has a position on each issue."""
    claims = [
        f"- {{id: c-{p}-{i}, party: party-{p}, issue: issue-{i}, statement: S, position: {word} {p}.{i}}}"
        for p in range(parties)
        for i in range(issues)
    ]
    return "\n".join(["claims:", *claims])


@pytest.mark.parametrize(
    ("parties", "issues", "corner", "columns", "landscape"),
    [
        (3, 2, "issue", [4], False),
        (6, 2, "issue", [7], True),
        (20, 3, "party", [4], False),
        (3, 20, "issue", [4], False),
        (20, 20, "issue", [8, 8, 7], True),
    ],
)
def test_the_layout_of_positions(
    parties: int, issues: int, corner: str, columns: list[int], *, landscape: bool, dossier_of: Read
) -> None:
    """Few parties are columns, many are rows, and many of both make several tables."""
    made = tables(dossier_of(dossier_text(parties, issues)))
    cells = [text_of(cell[0]) for one in made for row in one.rows for cell in row[1:]]

    assert {one.header[0] for one in made} == {corner}
    assert [len(one.header) for one in made] == columns
    assert {one.landscape for one in made} == {landscape}
    assert sorted(cells) == sorted(
        f"certainly {p}.{i}" for p in range(parties) for i in range(issues)
    )


def test_a_column_is_as_wide_as_its_longest_word(dossier_of: Read) -> None:
    """The others share what is left."""
    word = "unvorhersehbarkeitsvermutung"
    (short,) = tables(dossier_of(dossier_text(2, 2)))
    (long,) = tables(dossier_of(dossier_text(2, 2, word)))

    assert short.shares[1] > 10
    assert min(long.shares[1:]) > len(word) * 0.55
    assert sum(short.shares) == pytest.approx(50, abs=0.5)
