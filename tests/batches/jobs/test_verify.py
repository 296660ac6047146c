"""The job that verifies the quotes of a corpus: the same verdicts as for each dossier."""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pyarrow as pa
import pytest

from claimcli.batches import quote_tables
from claimcli.batches.jobs.verify import exit_code
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.data_folders import sample
from tests.support.cli import claimcli
from tests.support.corpora import run_job

ODD = """\
parties:
- {id: works, name: The Waterworks, speakers: [Jane Roe, Ann Doe]}
sources:
- {id: letter, title: Letter, text: letter.txt, url: "https://example.org/l", language: en}
- {id: page, title: Page, text: page.html}
- {id: subtitles, title: Film, text: film.vtt, sha256: %s}
- {id: gone, title: Gone, text: gone.txt}
- {id: bare, title: Bare}
claims:
- id: a
  party: works
  speaker: Jane Roe
  statement: The main is sound.
  sources:
  - {id: letter, quote: The main is sound}
  - {id: letter, quote: We never said that it leaks, prefix: "Doe:", locator: line 3}
  - {id: page, quote: the water is brown}
  - {id: page, quote: the water is clear today}
- id: b
  party: works
  statement: It was replaced.
  said: 2022-01-01
  sources:
  - {id: subtitles, quote: It was replaced}
  - {id: gone, quote: Lost}
  - {id: bare, quote: Untold}
  - {id: nowhere, quote: Unknown}
  - id: letter
    quote: The reason #1 is age
- {id: c, party: press, statement: It burst., source: {id: letter, quote: It burst}}
"""
LETTER = """\
Jane Roe: The main is sound.

Ann Doe: Hardly. We never said that it leaks. Supposably it burst. The reason #1 is age.
"""
PAGE = (
    "<html><body><nav>Home</nav><article><h1>Water</h1><p>On Monday <b>the water</b> is brown, "
    "say the residents of Mill Street.</p></article></body></html>"
)
FILM = "WEBVTT\n\n00:01.000 --> 00:02.000\nIt was\n\n00:02.000 --> 00:03.000\nreplaced.\n"


def _corpus(root: Path) -> Path:
    """Write a corpus with quotes of all kinds, and one dossier with a list of negations."""
    odd, own = root / "odd", root / "own"
    for folder in (odd, own):
        folder.mkdir(parents=True)
        (folder / "letter.txt").write_text(LETTER)
        (folder / "page.html").write_text(PAGE)
        (folder / "film.vtt").write_text(FILM)
        (folder / "claims.yaml").write_text(ODD % ("a" * 64))
    (own / "claimcli.toml").write_text("[verify]\npolarity = 'p.txt'\n")
    (own / "p.txt").write_text("[before]\nsupposably\n")
    for name in ("call", "waterworks"):
        copytree(sample(name), root / name)
    return root


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the command writes it: without the columns of the corpus."""
    left_out = ("dossier", "number", "outcome")
    kept = {name: value for name, value in row.items() if name not in left_out}
    present = [{k: v for k, v in one.items() if v is not None} for one in kept["selectors"]]
    return {**kept, "selectors": present}


@pytest.mark.parametrize("size", [1, 10_000_000])
def test_verdicts_are_those_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Each dossier has the lines of 'verify --format jsonl', also if it is in several parts."""
    monkeypatch.setattr(quote_tables, "PART_CHARACTERS", size)
    corpus = _corpus(tmp_path)
    tables = run_job("read", corpus)
    rows = run_job("verify", tables, parts=3, seed=1)["verdicts"].to_pylist()

    parts = {row["part"] for row in tables["texts"].to_pylist()}
    assert len(parts) == (1 if size > 1 else 4)
    for name in ("call", "odd", "own", "waterworks"):
        lines = claimcli("--data", str(corpus / name), "verify", "--format", "jsonl").stdout
        listed = sorted((one for one in rows if one["dossier"] == name), key=lambda r: r["number"])
        assert [_plain(row) for row in listed] == [json.loads(line) for line in lines.splitlines()]
    burst = {row["dossier"]: row["warnings"] for row in rows if row["claim"] == "c"}
    assert burst == {"odd": ["speaker"], "own": ["polarity", "speaker"]}
    assert {row["outcome"] for row in rows} >= {
        "exact", "altered", "no-text", "changed-text", "unreadable-text",
    }  # fmt: skip


@pytest.mark.parametrize("table", ["texts", "dossiers"])
def test_a_quote_without_its_text_is_an_error(tmp_path: Path, table: str) -> None:
    """Rows of texts or dossiers that are lost do not shorten the result."""
    tables = run_job("read", _corpus(tmp_path))
    tables[table] = tables[table].slice(1)

    with pytest.raises(ClaimcliError, match="the corpus lacks "):
        run_job("verify", tables)


@pytest.mark.parametrize(
    ("table", "column", "value", "message"),
    [
        ("quotes", "claim", None, "a row without 'claim'"),
        ("quotes", "number", "x", "Failed to parse string: 'x'"),
        ("texts", "plain", "x", "the forms of the text of '[a-z-]+' differ in length"),
        ("texts", "text", 1, "the forms of the text of '[a-z-]+' differ in length"),
        ("quotes", "speakers", [None], ""),
        ("texts", "lines", [1], ""),
    ],
)
def test_a_damaged_corpus_is_an_error(
    tmp_path: Path, table: str, column: str, value: Any, message: str
) -> None:
    """Tables that another program wrote are used if they can be, else the error says why not."""
    copytree(sample("waterworks"), tmp_path / "w")
    tables = run_job("read", tmp_path)
    rows = tables[table].drop_columns(column)
    tables[table] = rows.append_column(column, pa.array([value] * rows.num_rows))

    if message:
        with pytest.raises(ClaimcliError, match=message):
            run_job("verify", tables)
    else:
        assert run_job("verify", tables)["verdicts"].num_rows == tables["quotes"].num_rows


def test_the_exit_code_is_that_of_the_command() -> None:
    """Failures are findings, and texts that could not be read an error."""
    assert exit_code({"verdicts": {"exact": 1, "ambiguous": 1, "case": 1, "no-text": 1}}) == 0
    assert exit_code({"verdicts": {"unreadable-text": 1, "exact": 1}}) == 3
    assert exit_code({"verdicts": {"unreadable-text": 1, "missing": 1}}) == 1
    assert exit_code({"verdicts": {"changed-text": 1}}) == 1
