"""Quotes by fact-checkers held against transcripts, as far as that data is at hand."""

import json
from functools import cache

import pytest
import yaml

from claimcli.quotes.locate import Match, locate
from claimcli.quotes.nearest import nearest_passage
from claimcli.quotes.searchable import SearchableText, words_of
from tests.support.cli import ROOT

DATA = ROOT.parent / "shared" / "datasets" / "quotes"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the transcripts are not at hand")
MARKED = {"20161019-3pres-046": "an ellipsis stands for the three short sentences between"}
"""Rows labelled as altered in which only marked editing is in play."""


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


def test_what_stands_is_found_at_its_characters() -> None:
    """To the character, but for a line break or a final full stop, which are typographic."""
    for row, text in _rows("exact"):
        match, where = locate(row["quote"], text)
        assert match in (Match.EXACT, Match.TYPOGRAPHIC), row
        words = " ".join(row["quote"].removesuffix(".").split())
        found = {" ".join(text.text[place.start : place.end].split()) for place in where}
        assert {one.removesuffix(".") for one in found} == {words}, row


def test_what_differs_in_case_and_marks_is_accepted() -> None:
    assert [row for row, text in _rows("normalised") if locate(row["quote"], text)[0] is None] == []


def test_what_was_altered_is_not_accepted() -> None:
    accepted = [row["id"] for row, text in _rows("altered") if locate(row["quote"], text)[0]]
    assert accepted == list(MARKED)


def test_the_nearest_passage_is_that_of_the_fact_checkers() -> None:
    """In at least four of five: some rows name another sentence of the same answer."""
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
