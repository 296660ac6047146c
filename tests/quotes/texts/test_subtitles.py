"""Subtitles: numbers, times and tags do not interrupt what is said."""

from pathlib import Path

import pytest

from claimcli.quotes.searchable import Place, SearchableText
from claimcli.quotes.speakers.names import ExpectedSpeakers, SpeakerNames
from claimcli.quotes.texts.source_texts import find_text, read_text
from claimcli.quotes.texts.subtitles import HIDDEN, is_subtitles, mask_subtitles
from claimcli.quotes.verdict import CitedQuote, QuoteResult, check_quote

SUBRIP = """\
1
00:00:01,000 --> 00:00:03,000
We did not

2
00:00:03,000 --> 00:00:05,500
{\\an8}<i>open</i> the gate,

3
00:00:05,500 --> 00:00:08,000
because the water was low.
And we went home.
"""
WEBVTT = """\
WEBVTT - The board
Kind: captions

STYLE
::cue { color: red }

NOTE a note
on two lines

first
00:01.000 --> 00:03.000 align:left
<v Jane Roe>The gate &amp; the dam

00:03.000 --> 00:05.000
<v.loud Sam Poe>were closed early</v>
"""


def check(
    text: str, quote: str, locator: str = "", speakers: ExpectedSpeakers | None = None
) -> QuoteResult:
    plain, context = mask_subtitles(text)
    cited = CitedQuote(quote, locator=locator, speakers=speakers or ExpectedSpeakers())
    return check_quote(cited, SearchableText(text, plain, context=context))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SUBRIP, "We did not open the gate, because the water was low. And we went home."),
        (WEBVTT, "The gate & the dam were closed early"),
        (
            SUBRIP.replace("\n", "\r\n"),
            "We did not open the gate, because the water was low. And we went home.",
        ),
        (
            SUBRIP.replace("\n\n", "\n"),
            "We did not open the gate, because the water was low. And we went home.",
        ),
    ],
)
def test_only_what_is_said(text: str, said: str) -> None:
    """Everything else is masked, and positions stay."""
    plain, context = mask_subtitles(text)

    assert is_subtitles(text)
    assert plain.replace(HIDDEN, "").split() == said.split()
    assert len(plain) == len(context) == len(text)


def test_automatic_subtitles() -> None:
    """Lines that they repeat while the next words appear are masked."""
    text = (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nwe<00:00:01.000><c> did</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nwe did\n\n"
        "00:00:02.010 --> 00:00:04.000\nwe did\nnot<00:00:03.000><c> go</c>\n"
    )

    assert mask_subtitles(text)[0].replace(HIDDEN, "").split() == ["we", "did", "not", "go"]


def test_words_said_twice() -> None:
    """Other subtitles repeat what is said again."""
    text = "1\n00:01.000 --> 00:02.000\nNo.\n\n2\n00:02.000 --> 00:03.000\nNo.\n"

    assert mask_subtitles(text)[0].split() == ["No.", "No."]


def test_other_texts() -> None:
    """A text with an arrow, or paragraphs of a text with one time, stay as they are."""
    assert not is_subtitles("From 10:00 --> to 12:00\n")
    text = "One.\n\nTwo.\n\n00:01.000 --> 00:02.000\nThree.\n"
    assert mask_subtitles(text)[0].startswith("One.\n\nTwo.")


def test_a_quote_over_several_subtitles() -> None:
    """It differs in typesetting, and the negation in the subtitle before it is noticed."""
    whole = check(SUBRIP, "We did not open the gate, because the water was low.")
    assert (whole.verdict.value, whole.warnings) == ("typographic", ())

    edited = check(SUBRIP, "We did not open [...] because the water")
    assert edited.verdict.value == "edited"

    cut = check(SUBRIP, "open the gate, because the water was low")
    assert [one.kind.value for one in cut.warnings] == ["polarity"]


def test_the_time_as_a_locator() -> None:
    """The time at which a subtitle begins says which occurrence is meant."""
    text = SUBRIP.replace("We did not", "because the water was low")
    assert check(text, "the water was low").verdict.value == "ambiguous"

    for time in ("00:00:05,500", "00:00:05"):
        result = check(text, "the water was low", time)
        assert [text[: one.start].count("\n") for one in result.occurrences] == [10]


def test_the_voice_is_the_speaker() -> None:
    """The name in a tag is compared with the speaker of the claim."""
    names = SpeakerNames(("Jane Roe", "Sam Poe"))
    jane = ExpectedSpeakers(("Jane Roe",), names, named=True)

    assert check(WEBVTT, "The gate & the dam", speakers=jane).warnings == ()
    (warning,) = check(WEBVTT, "were closed early", speakers=jane).warnings
    assert warning.kind.value == "speaker"


def test_files_of_subtitles(tmp_path: Path) -> None:
    """Their ending does not matter; lines are those of the file."""
    for name in ("a.srt", "a.vtt", "a.txt"):
        (tmp_path / name).write_text(SUBRIP)
        read = read_text(find_text(name, relative_to=str(tmp_path / "x.yaml"), within=()))
        text = SearchableText(read.text, read.plain, context=read.context)
        (one,) = check_quote(CitedQuote("open the gate, because"), text).occurrences

        assert text.place(one.start) == Place(7, 10)
