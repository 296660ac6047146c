"""The lists of words and phrases: their format, their limits, and the list of a dossier."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.polarity.lists import PolarityLists, all_phrases, read_list
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.speakers.words import LANGUAGES
from claimcli.quotes.verdict import Verdict, check_quote


def warnings_with(folder: Path, lines: str, quote: str, text: str, language: str = "") -> list[str]:
    """Return the warnings about a quote if a dossier has a list with these lines."""
    path = folder / "words.txt"
    path.write_text(lines, encoding="utf-8")
    lists = PolarityLists(all_phrases(str(path)), language)
    result = check_quote(CitedQuote(quote, polarity=lists), SearchableText(text))
    return [one.message for one in result.warnings]


TEXT = "He pooh-poohed the plan to build a dam here. It is no small feat to build a mill there."


def test_list_of_a_dossier(tmp_path: Path) -> None:
    """Its entries count in addition to the bundled ones; its harmless phrases do not count."""
    lines = "# ours\n[before]\npooh-pooh*  # any form\n[ Harmless ]\nno small feat\n"

    found = warnings_with(tmp_path, lines, "build a dam here", TEXT)
    assert found == ['"pooh-poohed" is before it and may apply to it']
    assert warnings_with(tmp_path, lines, "to build a mill there", TEXT) == []
    assert warnings_with(tmp_path, "", "to build a mill there", TEXT) != []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("pooh\n", "words.txt:1: an entry without a section"),
        ("[before]\nx y\n[befor]\nz\n", "words.txt:3: no section 'befor'"),
        ("[pronouns]\nhe\n", "words.txt:2: no section 'pronouns'"),
        ("[before]\n\n*\n", "words.txt:3: '*': '*' is not a word; '*' is at one end of a word"),
        ("[before]\na*b\n", "words.txt:2: 'a*b': 'a*b' is not a word; '*' is at one end of a word"),
        ("[before]\na*\n", "words.txt:2: 'a*': 'a*' needs at least 2 letters"),
        ("[before]\n... not\n", "words.txt:2: '... not': '...' has a word before and after it"),
        ("[before]\nno ...\n", "words.txt:2: 'no ...': '...' has a word before and after it"),
        ("[pairs]\na ... b ... c\n", "words.txt:2: 'a ... b ... c': a phrase has '...' once at most"),
        ("[before]\n" + "a " * 13, f"words.txt:2: '{('a ' * 30)[:25]}': a phrase has 1 to 12 words"),
    ],
)  # fmt: skip
def test_invalid_line(tmp_path: Path, lines: str, message: str) -> None:
    """An invalid line is an error with its file and line."""
    path = tmp_path / "words.txt"
    path.write_text(lines, encoding="utf-8")

    with pytest.raises(ClaimcliError) as error:
        read_list(path)

    assert error.value.message.removeprefix(f"{tmp_path}/") == message


def test_limits(tmp_path: Path) -> None:
    """A file that is too large, in another encoding, or missing is an error."""
    path = tmp_path / "words.txt"
    for data, message in (
        (b"#" * 70_000, "it is larger than 64 KiB"),
        ("[before]\nno\xe9".encode("latin-1"), "it is not UTF-8"),
        (b"[before]\n" + b"/".join(b"w%d" % n for n in range(300)), "more than 200 forms"),
    ):
        path.write_bytes(data)
        with pytest.raises(ClaimcliError, match=message):
            read_list(path)
    path.unlink()
    with pytest.raises(ClaimcliError, match="cannot be read"):
        read_list(path)


def test_language_of_the_source(tmp_path: Path) -> None:
    """A list counts if the source is in its language, although the words do not show it."""
    text = "Palermo: si banditi"

    assert warnings_with(tmp_path, "", "banditi", text + " gli uomini della mafia", "it") == []
    assert warnings_with(tmp_path, "", "banditi", text, "es-MX") != []


def test_homographs() -> None:
    """A word that negates in another language than that of the text does not count."""
    for text, quote in (
        ("The die is cast, sin is sweet", "sweet"),
        ("El pas de las montañas es el lugar de la casa", "lugar de la casa"),
        ("Der Graf sagt, Si Mohammed hat die Stadt verlassen", "die Stadt verlassen"),
    ):
        assert check_quote(CitedQuote(quote), SearchableText(text)).warnings == (), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_bundled_lists(language: str) -> None:
    """Each language has phrases for both sides of a quote, and harmless ones."""
    text = Path(f"claimcli/quotes/polarity/{language}.txt").read_text(encoding="utf-8")

    for section in ("before", "around", "conditions", "after adjacent", "modals", "harmless"):
        assert f"\n[{section}]\n" in text


def test_hostile_text() -> None:
    """Texts of many negations or without a sentence are examined in bounded time."""
    for text in ("not " * 50_000, "too a " * 20_000 + "to go", "x, " * 50_000, "(" * 100_000):
        result = check_quote(CitedQuote("go"), SearchableText(f"{text} go {text}"))
        assert result.verdict.is_found or result.verdict is Verdict.AMBIGUOUS
