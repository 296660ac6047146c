"""Quotes and the texts of sources, as pages show them."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from claimcli.core.query import Request, Scope
from claimcli.quotes.texts import source_texts
from claimcli.quotes.texts.source_texts import TextFile, UnreadableTextError
from claimcli.web import quotes
from claimcli.web.pages import diff
from claimcli.web.quotes import read_kept
from tests.support.dossiers import dossiers
from tests.support.pages import main_part, page_of, readers_of, seen, write


def test_a_text_is_read_once_until_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Extracting the text of a page or PDF takes longer than all the rest of a page."""
    read: list[str] = []
    monkeypatch.setattr(
        quotes, "read_text", lambda file: read.append(file.name) or source_texts.read_text(file)
    )
    path = tmp_path / "a.txt"
    path.write_text("One.", encoding="utf-8")
    file = TextFile("a.txt", path, (1, 2))

    texts = [read_kept(file).text, read_kept(file).text]
    path.write_text("Another.", encoding="utf-8")

    assert [*texts, read_kept(file).text] == ["One.", "One.", "Another."]
    assert read == ["a.txt", "a.txt"]


def test_what_is_wrong_with_a_text_is_kept_too(tmp_path: Path) -> None:
    """A hostile page costs its limit of processor time only once."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xff\xff")
    file = TextFile("a.txt", path, (1, 2))

    for _ in range(2):
        with pytest.raises(UnreadableTextError, match=r"'a.txt' is not UTF-8 from byte 0"):
            read_kept(file)


def test_a_large_text_is_not_kept(tmp_path: Path) -> None:
    """The server's memory does not grow with the texts that it shows."""
    path = tmp_path / "a.txt"
    path.write_text("x" * (quotes.MAX_KEPT_BYTES + 1), encoding="utf-8")
    before = quotes._read_state.cache_info().currsize

    read_kept(TextFile("a.txt", path, (1, 2)))

    assert quotes._read_state.cache_info().currsize == before


def test_speakers_of_claims_that_are_not_shown_are_known(tmp_path: Path) -> None:
    """The text names a speaker of another claim: the page of a claim warns as ``verify`` does."""
    data = """
parties: [{id: p}, {id: q}]
sources: [{id: s, title: T, published: 2023, text: s.txt}]
claims:
  - {id: a, party: p, speaker: Ann Harris, statement: A., source: {id: s, quote: The main leaks}}
  - {id: b, party: q, speaker: Ruth Brennan, statement: B., source: {title: Else}}
"""
    text = '"The main leaks", said Ruth Brennan.\n'
    page = page_of(write(tmp_path, {"d.yaml": data, "s.txt": text}), "/claim/a")

    note = 'Note: speaker: the speaker is "Ruth Brennan" in the text, "Ann Harris" in the claim'
    assert note in seen(page)


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(dossiers())
def test_both_readers_give_the_same_pages(texts: Mapping[str, str]) -> None:
    """No page depends on claims that were read although it did not ask for them."""
    with TemporaryDirectory() as name:
        folder = write(Path(name), texts)
        served, whole = readers_of(folder)
        addresses = ["/compare", "/verify"]
        everything = whole.read(Request(scope=Scope.ALL))
        addresses += [f"/claim/{claim.id}" for claim in everything.claims]
        addresses += [f"/source/{source}" for source in everything.sources]
        addresses += [f"/diff/{left}/{right}" for left, right in list(diff.pairs(whole))[:3]]

        for address in addresses:
            assert main_part(served, address) == main_part(whole, address), address
