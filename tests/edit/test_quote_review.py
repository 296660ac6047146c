"""Quotes are compared with the texts of their sources when they are written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.edit import commands
from claimcli.edit.quote_review import UnverifiedQuotesError
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change

DOSSIER = """\
parties:
  - {id: waterworks, name: The Waterworks}
sources:
  - {id: letter, title: Open letter, published: 2023-05-04, text: texts/letter.txt}
  - {id: minutes, title: Minutes, published: 2023-05-05}
claims:
  - id: sound
    party: waterworks
    statement: The main was sound.
    source: {id: letter, quote: The main was inspected.}
"""
LETTER = "The main was inspected. It was not found sound.\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a dossier with one source that has a text, and one that has none."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "letter.txt").write_text(LETTER)
    (tmp_path / "main.yaml").write_text(DOSSIER)
    return tmp_path


def claim(quote: str, source: str = "letter") -> dict[str, object]:
    """Return a claim that quotes a source."""
    cited = {"id": source, "quote": quote}
    return {"id": "new", "party": ["waterworks"], "statement": "It is so.", "source": cited}


def refusal(data: Path, change: Callable[..., Change], *given: object) -> str:
    """Return the message of a refused change, after checking that nothing was written."""
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    with pytest.raises(UnverifiedQuotesError) as error:
        change(EditTarget([data]), *given)
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert error.value.code == 1
    return str(error.value)


def test_an_altered_quote_is_refused_with_the_words_of_the_text(data: Path) -> None:
    """The message has the nearest passage, with the differing words marked, and its place."""
    assert refusal(data, commands.add_record, "claim", claim("It was found sound")) == (
        "the quote of 'letter' does not occur in the text, which has other words; the text has "
        f'"It was *not* found sound" ({data}/texts/letter.txt, line 1); '
        "quote the words of the text, or add --unverified to write it as it is"
    )


def test_a_missing_quote_is_refused(data: Path) -> None:
    """Answers and changed fields are checked in the same way as new claims."""
    expected = (
        f"the quote of 'letter' does not occur in the text ({data}/texts/letter.txt); "
        "quote the words of the text, or add --unverified to write it as it is"
    )
    quote = "Nobody knows anything about pipes"

    assert refusal(data, commands.add_record, "claim", claim(quote)) == expected
    assert refusal(data, commands.respond, "sound", Kind.DENIES, claim(quote)) == expected
    assert refusal(data, commands.set_record, "sound", None, [f"source.quote={quote}"]) == expected


def test_an_unverified_quote_is_written_with_a_warning(data: Path) -> None:
    """The user decides; the warning says how the quote differs."""
    change = commands.add_record(
        EditTarget([data], unverified=True), "claim", claim("It was found sound")
    )

    assert (data / "claims" / "claims.yaml").exists()
    assert change.notes == (
        "warning: the quote of 'letter' does not occur in the text, which has other words; "
        'the text has "It was *not* found sound"',
    )


def test_differences_that_leave_the_words_intact_are_noted(data: Path) -> None:
    """Letter case, several occurrences and a negation next to the quote do not prevent writing."""
    quote = "it was not found sound"

    assert commands.add_record(EditTarget([data]), "claim", claim(quote)).notes == (
        "note: the quote of 'letter' occurs in the text except for letter case or punctuation; "
        'the text has "It was not found sound"',
    )
    assert commands.set_record(
        EditTarget([data]), "new", None, ["source.quote=found sound"]
    ).notes == ("note: the quote of 'letter': \"not\" is just before it, in the same clause",)


def test_nothing_is_noted_about_an_exact_quote_or_a_source_without_a_text(data: Path) -> None:
    """There is nothing to compare a quote with if its source has no text on file."""
    assert (
        commands.add_record(EditTarget([data]), "claim", claim("It was not found sound.")).notes
        == ()
    )
    other = {**claim("Anything", "minutes"), "id": "other"}
    assert commands.add_record(EditTarget([data]), "claim", other).notes == ()


def test_other_fields_of_a_claim_with_a_misquote_can_be_set(data: Path) -> None:
    """Only quotes that a change adds are checked, also after a change of the claim's id."""
    commands.add_record(EditTarget([data], unverified=True), "claim", claim("It was found sound"))

    assert commands.set_record(EditTarget([data]), "new", None, ["note=checked"]).notes == ()
    assert commands.set_record(EditTarget([data]), "new", None, ["id=newer"]).notes == ()


def test_a_quote_moved_to_another_source_is_checked(data: Path) -> None:
    """The same words need not be in the other source's text."""
    commands.add_record(EditTarget([data]), "claim", claim("Anything", "minutes"))

    assert "the quote of 'letter' does not occur" in refusal(
        data, commands.set_record, "new", None, ["source.id=letter"]
    )


def test_a_source_described_in_the_claim_is_read_too(data: Path) -> None:
    """Its text is found relative to the file that the claim is written to."""
    (data / "claims").mkdir()
    (data / "claims" / "note.txt").write_text("It leaks.")
    cited = {"title": "Note", "published": "2023", "text": "note.txt", "quote": "It does leak."}
    record = {**claim(""), "source": cited}

    assert refusal(data, commands.add_record, "claim", record) == (
        f"the quote of 'new/source' does not occur in the text ({data}/claims/note.txt); "
        "quote the words of the text, or add --unverified to write it as it is"
    )


def test_another_error_is_reported_before_a_misquote(data: Path) -> None:
    """Confirming the quote would be of no use if the change is refused anyway."""
    record = {**claim("It was found sound"), "responds_to": "nobody"}

    with pytest.raises(ClaimcliError, match="no claim 'nobody'"):
        commands.add_record(EditTarget([data]), "claim", record)


def test_a_text_that_lacks_quotes_is_recorded_with_a_warning(data: Path) -> None:
    """Recording the text is how the user finds out that quotes are not in it."""
    (data / "texts" / "other.txt").write_text("It leaks.")

    change = commands.set_record(
        EditTarget([data]), "source:letter", None, ["text=texts/other.txt"]
    )

    assert change.notes == (
        "warning: 1 of 1 quote of 'letter' is not in this text; "
        "see 'claimcli verify source:letter'",
    )
