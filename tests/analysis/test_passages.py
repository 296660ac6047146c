"""The passages of a source that can be quoted."""

import re
from pathlib import Path

import pytest

from claimcli.analysis.passages import Passage, passages
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.dossier.open import open_dossier

DATA = """\
parties:
  - {id: residents, name: The Residents, speakers: [Anna Brook]}
  - {id: council, name: The Council}
sources:
  - {id: gazette, title: Gazette, published: 2023-05-04, text: gazette.txt}
  - {id: empty, title: Empty, published: 2023-05-04}
  - {id: gone, title: Gone, published: 2023-05-04, text: gone.txt}
claims:
  - {id: a, party: council, statement: It is old., source: {id: gazette, quote: it is old}}
"""
TEXT = """\
The council said “it is old”. “It leaks in
three places,” said Brook on Monday.

“Nobody looked,” the Council said.
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """Return a dossier with a text on file."""
    (tmp_path / "data.yaml").write_text(DATA, encoding="utf-8")
    (tmp_path / "gazette.txt").write_text(TEXT, encoding="utf-8")
    return open_dossier([tmp_path])


def test_passages_have_their_line_context_speaker_and_party(dossier: Dossier) -> None:
    """By the names on file; a passage that a claim quotes already is left out."""
    assert passages(dossier, "gazette") == (
        Passage(
            quote="It leaks in three places",
            locator="line 1",
            before="“",
            after=",” said Brook on Monday.",
            speaker="Anna Brook",
            party="residents",
        ),
        Passage(
            quote="Nobody looked",
            locator="line 4",
            before="“",
            after=",” the Council said.",
            speaker="",
            party="council",
        ),
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "empty",
            "source 'empty' has no text on file; download it with 'claimcli fetch empty', or",
        ),
        ("gone", "'gone.txt' does not exist; write the path relative to the folder of this file"),
    ],
)
def test_a_source_without_a_readable_text(dossier: Dossier, source: str, message: str) -> None:
    with pytest.raises(ClaimcliError, match=re.escape(message)):
        passages(dossier, source)
