"""How a briefing for outsiders writes dates, and how it refers to claims without their ids."""

import re
from collections.abc import Callable

from claimcli.analysis.briefing import Briefing, briefing, with_notation
from claimcli.core.notation import Notation
from claimcli.core.records import Dossier
from tests.support.briefings import SHIPPED, html, markdown

Read = Callable[[str], Dossier]
PIER = """
sources: [{id: open-letter, title: Open letter, published: 2023-05-04}]
issues: [{id: pier-state, question: Is the pier safe?}]
parties: [{id: city}, {id: line}]
claims:
- id: pier-safe
  party: city
  said: 2023-05-02
  about: 2023-05
  statement: The pier is safe.
  issue: pier-state
  position: yes
  source: open-letter
  asked: {party: line, on: 2023-05-03, due: 2023-05-05}
  rebuttals:
  - {id: pier-shut, party: line, statement: The pier was shut., said: 2023-05-09}
- {id: pier-rotten, party: board, statement: The pier is rotten., issue: pier-state, position: no}
- {id: pier-new, party: city, statement: The pier is new., supersedes: pier-safe, said: 2023-06,
   withdrawn: 2023-07-01}
"""
IDS = r"pier-(?:safe|state|shut|rotten|new)"


def for_outsiders(dossier: Dossier) -> Briefing:
    """Return a briefing without ids, with dates in words."""
    return with_notation(briefing(dossier), Notation(long_dates=True, ids=False))


def test_dates_are_written_in_words(dossier_of: Read) -> None:
    """In the text, in pictures and in notes on sources."""
    whole = for_outsiders(dossier_of(PIER))
    text = markdown(whole)

    for words in (
        "asked on 3 May 2023, answer due 5 May 2023",
        "- **city** (said 2 May 2023; about May 2023): The pier is safe.[^1]",
        "[^1]: Open letter. 4 May 2023",
        "withdrawn 1 July 2023",
    ):
        assert words in text
    for document in (text, *(html(whole, name) for name in SHIPPED)):
        assert not re.search(r"2023-\d\d", document)


def test_claims_are_named_by_their_words_without_ids(dossier_of: Read) -> None:
    """No document shows an id; a reference to a claim quotes its statement."""
    whole = for_outsiders(dossier_of(PIER))

    for name in SHIPPED:
        assert not re.search(IDS, markdown(whole, name)), name
        shown = re.sub(r'<[^>]*="[^>]*>', "", html(whole, name))
        assert not re.search(IDS, shown), name
    text = markdown(whole)
    assert 'see "The pier is rotten."' in text
    assert "| Is the pier safe? | yes" in text


def test_a_claim_that_is_not_on_file_is_named_by_its_id(dossier_of: Read) -> None:
    """A forced briefing without ids can contain an answer to it, and has no words for it."""
    answer = "{id: a, party: line, statement: Not so., responds_to: {claim: gone, kind: denies}}"
    whole = for_outsiders(dossier_of(f"claims:\n- {answer}\n"))

    assert 'denies: "gone"' in markdown(whole)
    assert 'denies: "<bdi>gone</bdi>"' in html(whole)


def test_the_table_of_positions_does_not_repeat_a_statement_instead_of_an_id(
    dossier_of: Read,
) -> None:
    """A party without a position is shown with its newest words, once."""
    page = html(for_outsiders(dossier_of(PIER.replace("position: no", "tags: [old]"))))
    table, _, _ = page.partition("</table>")

    assert table.count("The pier is rotten.") == 1


def test_ids_and_dates_stay_as_in_the_files_otherwise(dossier_of: Read) -> None:
    text = markdown(briefing(dossier_of(PIER)))

    assert "(said 2023-05-02; about 2023-05): The pier is safe.[^1] (`pier-safe`)" in text
    assert "| pier-state | yes" in text
