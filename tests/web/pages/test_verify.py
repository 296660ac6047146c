"""The page of quotes and their verdicts."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.web.pages import verify
from tests.support.pages import page_of, seen, write

HARBOUR = {
    "talk.txt": "The harbour was closed on Monday.\nIt opens in May.\n",
    "d.yaml": """
parties: [{id: port, name: Port Office}]
sources:
  - {id: talk, title: A talk, published: 2023-05-02, text: talk.txt}
  - {id: note, title: A note, published: 2023-05-02}
claims:
  - {id: shut, party: port, statement: It was closed., source: {id: talk, quote: was closed}}
  - {id: june, party: port, statement: It opens., source: {id: talk, quote: It opens in June}}
  - {id: loud, party: port, statement: It was., source: {id: talk, quote: THE HARBOUR}}
  - {id: bare, party: port, statement: It is so., source: {id: note, quote: it is}}
""",
}
COUNTS = (
    "1 exact: occurs in the text; "
    "1 case: occurs in the text except for letter case or punctuation; "
    "1 altered: does not occur in the text, which has other words; "
    "1 no-text: not checked, no text on file."
)


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return write(tmp_path, HARBOUR)


def test_quotes_are_grouped_those_to_note_first(harbour: Path) -> None:
    """Each quote has its verdict, the line in the text, differing words, and its claim."""
    assert seen(page_of(harbour, "/verify"))[2:] == [
        "4 quotes, 1 with something to note",
        COUNTS,
        "Not in the text",
        "1 quote",
        "Quote",
        "Verdict",
        "Claim",
        "It opens in [June]",
        "A talk",
        "✗ does not occur in the text, which has other words: line 2",
        "the text has “It opens in [May]”",
        "Port Office",
        "It opens.",
        "june",
        "In the text, with something to note",
        "1 quote",
        "Quote",
        "Verdict",
        "Claim",
        "THE HARBOUR",
        "A talk",
        "✓ occurs in the text except for letter case or punctuation, line 1",
        'Note: the text has "The harbour"',
        "Port Office",
        "It was.",
        "loud",
        "In the text",
        "1 quote",
        "Quote",
        "Verdict",
        "Claim",
        "was closed",
        "A talk",
        "✓ occurs in the text, line 1",
        "Port Office",
        "It was closed.",
        "shut",
        "Not checked: no text on file",
        "1 quote",
        "Quote",
        "Verdict",
        "Claim",
        "it is",
        "A note",
        "– not checked, no text on file",
        "Port Office",
        "It is so.",
        "bare",
    ]


def test_a_verdict_or_a_query_selects_quotes(harbour: Path) -> None:
    """The counts remain those of all quotes of the query."""
    altered = seen(page_of(harbour, "/verify?select=altered"))
    one = seen(page_of(harbour, "/verify?q=id:shut"))

    assert altered[3] == f"{COUNTS} Show all"
    assert [line for line in altered if line in ("june", "loud", "shut", "bare")] == ["june"]
    assert [line for line in one if line in ("june", "loud", "shut", "bare")] == ["shut"]
    with pytest.raises(ClaimcliError, match="no verdict or warning 'alterd'"):
        page_of(harbour, "/verify?select=alterd")


def test_each_verdict_leads_to_the_passage(harbour: Path) -> None:
    """The line is a link to the quote in the page of its source."""
    html = page_of(harbour, "/verify")

    assert '<a href="/source/talk#q-june-1">line 2</a>' in html
    assert '<a href="/source/talk#q-shut-1">line 1</a>' in html


def test_a_page_has_at_most_so_many_quotes(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are counted; those to note come first."""
    monkeypatch.setattr(verify, "MOST_QUOTES", 2)

    lines = seen(page_of(harbour, "/verify"))

    assert [line for line in lines if line in ("june", "loud", "shut", "bare")] == ["june", "loud"]
    assert lines[-1].startswith("2 further quotes are not shown here")


def test_long_quotes_and_notes_are_cut(tmp_path: Path) -> None:
    """A quote of a whole text, or one that occurs thousands of times, does not fill the page."""
    data = """
parties: [{id: p}]
sources: [{id: s, title: T, published: 2023, text: s.txt}]
claims:
  - {id: a, party: p, statement: S, source: {id: s, quote: "%s"}}
  - {id: b, party: p, statement: S, source: {id: s, quote: "abc"}}
"""
    text = " ".join(["abc"] * 3_000)
    folder = write(tmp_path, {"s.txt": text.replace(" ", "\n"), "d.yaml": data % text})

    assert len(page_of(folder, "/verify")) < 10_000
