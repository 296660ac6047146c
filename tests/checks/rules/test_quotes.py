"""The rule on quotes that are not in the texts of their sources, and the verdicts that are kept."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from claimcli.analysis import verify
from claimcli.checks.rules import quote_not_in_text
from claimcli.core.problems import Problem, Severity, Span
from claimcli.core.records import Dossier
from claimcli.dossier.index.verdicts import load_verdicts, save_verdicts

SOURCES = "sources: [{id: a, title: A, text: a.txt}, {id: b, title: B, text: b.txt}]\n"
LONG = "The main was found sound. " + "Nothing else happened. " * 4000


def claim(name: str, source: str, quote: str) -> str:
    cited = f"{{id: {source}, quote: {quote}}}"
    return f"- {{id: {name}, party: p, statement: s, source: {cited}}}\n"


QUOTES = f"""{SOURCES}claims:
{claim("one", "a", "found sound")}{claim("two", "a", "main was found unsound")}{claim("three", "b", "found unsound")}"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change to a folder with two texts."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(LONG)
    Path("b.txt").write_text("It was found unsound.")


@pytest.fixture
def problems(dossier_of: Callable[[str], Dossier]) -> Callable[..., list[Problem]]:
    """Return a function that applies the rule to a text, with the file that keeps verdicts."""

    def apply(text: str = QUOTES, kept: str = "kept") -> list[Problem]:
        return list(quote_not_in_text.check(replace(dossier_of(text), verdict_file=kept)))

    return apply


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of the quotes that are searched for from now on."""
    quotes: list[str] = []
    original = verify.verify_quotes

    def recorded(dossier, given, **more):
        quotes.extend(cited.quote for _, cited in given)
        return original(dossier, given, **more)

    monkeypatch.setattr(verify, "verify_quotes", recorded)
    return quotes


Problems = Callable[..., list[Problem]]


def test_an_altered_quote_is_an_error_at_the_quote(problems: Problems) -> None:
    """The message has the words of the text; their place is related."""
    assert problems() == [
        Problem(
            "quote-not-in-text",
            "the quote of 'a' does not occur in the text, which has other words; "
            'the text has "main was found *sound*"',
            Span("t.yaml", 4, 60, 4, 82),
            Severity.ERROR,
            "quote the words of the text, or mark what was left out or put in",
            (Span("a.txt", 1, 5, 1, 25),),
        )
    ]


def test_a_quote_that_resembles_nothing_is_an_error(problems: Problems) -> None:
    """Its text may be incomplete."""
    (problem,) = problems(SOURCES + "claims:\n" + claim("one", "b", "Nobody knows these pipes"))

    assert str(problem) == (
        "t.yaml:3:60: error: the quote of 'b' does not occur in the text; "
        "look at the source, and whether its text on file is whole [quote-not-in-text]"
    )


def test_quotes_that_differ_in_typesetting_or_are_marked_as_edited_are_no_problem(
    problems: Problems,
) -> None:
    """The verdicts of verify other than altered and missing are no errors."""
    quotes = ("'FOUND sound'", "'The main … found [to be] sound.'", "'was  found'")
    listed = "".join(claim(f"c{n}", "a", quote) for n, quote in enumerate(quotes))

    assert problems(f"{SOURCES}claims:\n{listed}") == []


def test_a_text_that_cannot_be_read_is_a_warning(problems: Problems) -> None:
    """Its quotes are not checked, and that is said once for each source."""
    Path("b.txt").write_bytes(b"\xff\xfe\x00")
    Path("a.txt").write_bytes(b"\xfc\xfc")

    first, second = problems()

    assert (first.severity, first.span) == (Severity.WARNING, Span("t.yaml", 1, 35, 1, 40))
    assert first.message.startswith("the quote of 'a' was not checked: 'a.txt' is not UTF-8")
    assert second.span == Span("t.yaml", 1, 67, 1, 72)


def test_a_page_without_the_library_for_it_is_an_info(
    problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dossier has no mistake: another computer can check the quotes."""
    monkeypatch.setattr("claimcli.quotes.texts.extract.find_spec", lambda _: None)
    monkeypatch.setattr("claimcli.dossier.runtime.find_spec", lambda _: None)
    Path("a.html").write_text("<p>The main was found sound.</p>")
    text = "sources: [{id: a, title: A, text: a.html}]\nclaims:\n" + claim("c", "a", "sound")

    (problem,) = problems(text)

    assert (problem.severity, problem.message) == (
        Severity.INFO,
        "the quote of 'a' was not checked: 'a.html' needs the library 'trafilatura'; "
        "install it with: pip install 'claimcli[texts]'",
    )


def test_verdicts_are_kept(problems: Problems, searched: list[str]) -> None:
    """The second check gives the same answer without a search."""
    first = problems()
    assert searched == ["found sound", "main was found unsound", "found unsound"]

    assert problems() == first
    assert len(searched) == 3


def test_only_quotes_of_a_changed_text_are_searched_again(
    problems: Problems, searched: list[str]
) -> None:
    """The file's content decides, whatever its time."""
    problems()
    before = Path("b.txt").stat()
    Path("b.txt").write_text("It was found in soup.")
    os.utime("b.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    del searched[:]

    assert [problem.span.line for problem in problems()] == [4, 5]
    assert searched == ["found unsound"]


def test_a_changed_quote_is_searched_again(problems: Problems, searched: list[str]) -> None:
    """Another quote of the same text keeps its verdict."""
    problems()
    del searched[:]

    changed = QUOTES.replace(
        claim("two", "a", "main was found unsound"), claim("two", "a", "main was")
    )

    assert problems(changed) == []
    assert searched == ["main was"]


def test_the_engine_and_the_kind_of_file_are_part_of_the_key(
    problems: Problems, searched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of what decodes and searches texts may come to another verdict."""
    problems()
    del searched[:]
    monkeypatch.setattr(quote_not_in_text, "_engine", lambda suffix: f"another {suffix}")
    problems()
    assert len(searched) == 3

    Path("a.md").write_text(LONG)
    problems(QUOTES.replace("a.txt", "a.md"))
    assert searched[3:] == ["found sound", "main was found unsound"]


def test_two_sources_with_one_text_have_messages_of_their_own(problems: Problems) -> None:
    """A kept verdict does not name the source."""
    Path("b.txt").write_text(LONG)
    problems()

    assert [problem.message[:17] for problem in problems()] == [
        "the quote of 'a' ",
        "the quote of 'b' ",
    ]


def test_verdicts_on_few_words_are_not_kept(problems: Problems) -> None:
    """Searching them takes no longer than reading the file."""
    Path("a.txt").write_text("The main was found sound.")

    problems()

    assert not Path("kept").exists()


@pytest.mark.parametrize("damage", [b"", b"abcdefgh", None])
def test_a_damaged_file_of_verdicts_is_replaced(
    problems: Problems, searched: list[str], damage: bytes | None
) -> None:
    """Nobody notices, except by the time it takes."""
    expected = problems()
    data = Path("kept").read_bytes()
    Path("kept").write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if damage is None else damage)

    assert problems() == expected
    assert len(searched) == 6
    assert problems() == expected
    assert len(searched) == 6


def test_without_a_place_to_keep_them_verdicts_are_determined_each_time(
    problems: Problems, searched: list[str]
) -> None:
    """As with --no-cache, or in a folder that cannot be written."""
    Path("file").write_text("")
    assert problems(kept="") == problems(kept="file/kept")
    assert len(searched) == 6


def test_unused_verdicts_are_limited() -> None:
    """At most as many are kept as are used, for example those of another git branch."""
    old = {bytes([n]): b"" for n in range(200)}

    save_verdicts("kept", {b"a": b"1", b"b": b"2"}, old)

    assert load_verdicts("kept") == {b"a": b"1", b"b": b"2", b"\0": b"", b"\1": b""}
    assert Path("kept").stat().st_mode & 0o777 == 0o600
