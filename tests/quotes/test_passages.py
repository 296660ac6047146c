"""The passages of a text that are somebody's words."""

from claimcli.quotes.passages import spoken_passages
from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.speakers.names import SpeakerNames
from claimcli.quotes.verdict import check_quote

ARTICLE = """\
The main leaks, residents say

“The main leaks in three places,” said Anna Brook. “It has leaked
since March,” she said. The council calls this “a single com-
plaint”. A “rumour” has no source.

Mr Pump said that “nobody looked at it” before May.
"""
TRANSCRIPT = """\
HARTWELL: The main was inspected in March.
It was found sound.

QUESTION: All of it?

HARTWELL: The northern part, as the report says: “no leaks were found”.

QUESTION: And the rest?

BRENNAN: The rest is forty years old.
"""


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [
        (p.words, p.speaker) for p in spoken_passages(SearchableText(text), SpeakerNames(names))
    ]


def test_quotations_with_the_speakers_that_the_text_names() -> None:
    """Or mean with "she"; hyphens at the ends of lines and single words are left out."""
    assert found(ARTICLE) == [
        ("The main leaks in three places", "Anna Brook"),
        ("It has leaked since March", "Anna Brook"),
        ("a single complaint", ""),
        ("nobody looked at it", "Mr Pump"),
    ]


def test_the_paragraphs_of_a_transcript() -> None:
    """With the names of their labels; a question has no name; quotations within are not repeated."""
    assert found(TRANSCRIPT) == [
        ("The main was inspected in March. It was found sound.", "HARTWELL"),
        ("All of it?", ""),
        ("The northern part, as the report says: “no leaks were found”.", "HARTWELL"),
        ("And the rest?", ""),
        ("The rest is forty years old.", "BRENNAN"),
    ]


def test_every_passage_occurs_in_its_text() -> None:
    """So that a claim that quotes it is not reported."""
    for text in map(SearchableText, (ARTICLE, TRANSCRIPT)):
        for passage in spoken_passages(text, SpeakerNames()):
            result = check_quote(CitedQuote(passage.words), text)
            assert result.verdict in ("exact", "typographic"), passage


def test_a_text_without_anybodys_words() -> None:
    assert found("The main leaks. It's the council's.") == []


def test_marks_that_never_close_do_not_cost_much() -> None:
    """A text of opening marks only has no passage."""
    assert found("“a b " * 20_000) == []
