"""The document that PDF and Word files are made of."""

import pytest

from claimcli.analysis.briefing import Briefing, briefing, with_notation
from claimcli.core.notation import Notation
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.formats.documents.blocks import (
    BriefingDocument,
    DocumentTable,
    ListItem,
    Paragraph,
    Runs,
)
from claimcli.formats.documents.content import document
from tests.support.briefings import SHIPPED, markdown
from tests.support.plain_documents import words_of_document, words_of_markdown

NAMES = ("call", "waterworks")


def of_sample(name: str, *, ids: bool = True) -> Briefing:
    """Return the briefing of a whole sample."""
    words = Notation(long_dates=not ids, ids=ids)
    return with_notation(briefing(open_dossier([sample(name)])), words)


@pytest.mark.parametrize("template", SHIPPED)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ids", [True, False], ids=["ids", "no-ids"])
def test_words_are_those_of_markdown(name: str, template: str, *, ids: bool) -> None:
    """In the same order; only the sources have another one, that of their first marks."""
    whole = of_sample(name, ids=ids)
    expected = words_of_markdown(markdown(whole, template))
    words = words_of_document(document(whole, template))
    end = len(words) - words[::-1].index("Sources")

    assert words[:end] == expected[:end]
    assert sorted(words[end:]) == sorted(expected[end:])


@pytest.mark.parametrize("template", SHIPPED)
def test_footnotes_are_numbered_in_the_order_of_their_first_marks(template: str) -> None:
    """Word processors number footnotes so, and every note has a mark."""
    made = document(of_sample("call"), template)
    marks = [run.note for runs in all_runs(made) for run in runs if run.note]
    numbers = list(dict.fromkeys(marks))

    assert numbers == list(range(1, len(made.notes) + 1)) == [note.number for note in made.notes]


def all_runs(made: BriefingDocument) -> list[Runs]:
    """Return the runs of paragraphs, items and cells in their order."""
    found: list[Runs] = []
    for block in made.blocks:
        match block:
            case Paragraph() | ListItem():
                found.append(block.runs)
            case DocumentTable():
                found += [runs for row in block.rows for cell in row for runs in cell]
            case _:
                pass
    return found
