"""Quotes by fact-checkers checked against transcripts, if that data is available."""

import json
from functools import cache

import pytest
import yaml

from claimcli.quotes.locate import Match, locate
from claimcli.quotes.nearest import nearest_passage
from claimcli.quotes.searchable import SearchableText, words_of
from tests.support.cli import TEST_DATA

DATA = TEST_DATA / "datasets" / "quotes"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="CLAIMCLI_TEST_DATA names no folder with transcripts"
)
MARKED = {"20161019-3pres-046": "an ellipsis replaces three short sentences"}
"""Rows labelled as altered that differ only by marked editing."""


@cache
def _rows(label: str) -> list[tuple[dict[str, str], SearchableText]]:
    dossiers = [yaml.safe_load(path.read_bytes()) for path in sorted(DATA.glob("*.yaml"))]
    paths = {source["id"]: source["text"] for found in dossiers for source in found["sources"]}
    cited = {c["id"]: c["source"]["id"] for found in dossiers for c in found["claims"]}
    gold = map(json.loads, (DATA / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        (row, SearchableText((DATA / paths[cited[row["id"]]]).read_text(encoding="utf-8")))
        for row in gold
        if row["label"] == label
    ]


def test_exact_quotes() -> None:
    """Exact quotes are found, except for line breaks and a final full stop."""
    for row, text in _rows("exact"):
        match, where = locate(row["quote"], text)
        assert match in (Match.EXACT, Match.TYPOGRAPHIC), row
        words = " ".join(row["quote"].removesuffix(".").split())
        found = {" ".join(text.text[place.start : place.end].split()) for place in where}
        assert {one.removesuffix(".") for one in found} == {words}, row


def test_normalised_quotes() -> None:
    """Quotes that differ in letter case and punctuation are accepted."""
    assert [row for row, text in _rows("normalised") if locate(row["quote"], text)[0] is None] == []


def test_altered_quotes() -> None:
    """Altered quotes are rejected, unless they differ only by marked editing."""
    accepted = [row["id"] for row, text in _rows("altered") if locate(row["quote"], text)[0]]
    assert accepted == list(MARKED)


def test_nearest_passage_agrees_with_the_fact_checkers() -> None:
    """At least four of five agree: some rows name another sentence of the same answer."""
    rows = [(row, text) for row, text in _rows("altered") if row["id"] not in MARKED]
    hits = [row for row, text in rows if _is_gold(row, text)]
    assert len(hits) >= 0.8 * len(rows)


def _is_gold(row: dict[str, str], text: SearchableText) -> bool:
    near = nearest_passage(words_of(row["quote"]), text.words[0])
    if near is None:
        return False
    start, end = near.span
    first = text.text.count("\n", 0, start) + 1
    last = text.text.count("\n", 0, end) + 1
    said = " ".join(words_of(text.text[start:end]))
    return first <= int(row["line"]) <= last or said in " ".join(words_of(row["sentence"]))
