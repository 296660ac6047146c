"""How a briefing for outsiders writes dates, and how it refers to claims without their ids."""

from collections.abc import Callable

from msgspec.structs import replace

from claimcli.analysis.briefing import briefing
from claimcli.core.records import Dossier
from claimcli.formats.briefing import html, markdown

Read = Callable[[str], Dossier]

PIER = """
sources: [{id: letter, title: Open letter, published: 2023-05-04}]
issues: [{id: safe, question: Is the pier safe?}]
claims:
- id: pier-safe
  party: city
  said: 2023-05-02
  statement: The pier is safe.
  issue: safe
  position: yes
  source: letter
  asked: {party: line, on: 2023-05-03, due: 2023-05-05}
- {id: pier-unsafe, party: board, statement: The pier is rotten., issue: safe, position: no}
"""


def test_dates_are_written_in_words(dossier_of: Read) -> None:
    text = markdown(replace(briefing(dossier_of(PIER)), long_dates=True))

    assert "asked on 3 May 2023, answer due 5 May 2023, none on file" in text
    assert "- **city** (said 2 May 2023): The pier is safe.[^1]" in text
    assert "[^1]: Open letter. 4 May 2023" in text
    assert "2023-05" not in text


def test_claims_are_named_by_their_words_without_ids(dossier_of: Read) -> None:
    """A claim ends in its footnote; a reference to it quotes its statement."""
    whole = replace(briefing(dossier_of(PIER)), ids=False)

    for text in (markdown(whole), html(whole)):
        assert not {"`pier-safe`", "`safe`", "<code>pier-safe</code>", "<code>safe</code>"} & {
            *text.split()
        }
    assert 'see "The pier is rotten."' in markdown(whole)
    assert "| Is the pier safe? | yes" in markdown(whole)
