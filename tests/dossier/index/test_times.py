"""When claims without ``said`` were made, also if their sources are in other files and change."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest

from claimcli.core.query import Request
from claimcli.core.query_parser import parse_query
from claimcli.dossier.index import cache
from claimcli.dossier.open import LoadOptions, open_dossier
from tests.conftest import dossier_from

CLAIMS = """
claims:
- {id: letter, party: p, statement: A., sources: [gazette, courier]}
- {id: speech, party: p, statement: B., said: 2023-05-04, source: courier}
- {id: rumour, party: p, statement: C.}
- id: main
  party: p
  statement: D.
  said: 2023-05-05
  rebuttals:
  - {party: [q, r], statement: E., source: {title: T, published: 2023-05-04T08:00Z}}
"""
SOURCES = """
sources:
- {id: gazette, title: G, published: 2023-05-06}
- {id: courier, title: C, published: 2023-05-04}
"""


def _ids(query: str) -> list[str]:
    request = Request(query=parse_query(query))
    return [c.id for c in dossier_from({"a.yaml": CLAIMS, "s.yaml": SOURCES}, request).claims]


def test_a_claim_without_said_is_sorted_by_its_earliest_source() -> None:
    """It comes at the end of that day; only a claim with neither date comes last."""
    dossier = dossier_from({"a.yaml": CLAIMS, "s.yaml": SOURCES})

    assert [(claim.id, str(claim.when)) for claim in dossier.claims] == [
        ("speech", "2023-05-04"),
        ("main/q", "by 2023-05-04"),
        ("letter", "by 2023-05-04"),
        ("main", "2023-05-05"),
        ("rumour", "None"),
    ]
    assert [claim.id for claim in dossier.claims if claim.said] == ["speech", "main"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("said:2023-05-04", ["speech"]),
        ("when:2023-05-04", ["speech", "main/q", "letter"]),
        ("when:..2023-05-01", ["main/q", "letter"]),
        ("when:>2023-05-04", ["main"]),
        ("when:>=2023-05-04T08:01Z", ["speech", "letter", "main"]),
        ("-when:0001..9999", ["rumour"]),
        ("party:q when:2023-05-04", ["main/q"]),
    ],
)
def test_when_is_said_or_no_later_than_the_sources(query: str, expected: list[str]) -> None:
    """Words in a document may be older than it, but not younger."""
    assert _ids(query) == expected


@pytest.fixture
def times_after(tmp_path: Path) -> Iterator[Callable[..., list[str]]]:
    """Give a function that writes files, updates the index, and returns the claims of party q."""
    data, folder = tmp_path / "data", tmp_path / "cache"
    data.mkdir()
    moments = count(1_000_000_000)
    request = Request(query=parse_query("party:q"))

    def times(**texts: str) -> list[str]:
        for name, text in texts.items():
            (data / f"{name}.yaml").write_text(text)
            os.utime(data / f"{name}.yaml", (moment := next(moments), moment))
        claims = open_dossier([data], request, LoadOptions(cache=lambda: folder)).claims
        return [f"{claim.id} {claim.when}" for claim in claims]

    with patch.multiple(cache, REBUILD_SHARE=0):
        yield times


def test_a_changed_source_moves_claims_in_other_files(
    times_after: Callable[..., list[str]],
) -> None:
    """Its date is added, moved and removed; the claims' own file stays as it is."""
    claims = """
claims:
- {id: a, party: q, statement: A., source: s}
- {id: b, party: q, statement: B., said: 2023-05-04}
"""
    source = "sources: [{{id: s, title: S{}}}]"

    assert times_after(claims=claims) == ["b 2023-05-04", "a None"]
    assert times_after(s=source.format("")) == ["b 2023-05-04", "a None"]
    assert times_after(s=source.format(", published: 2023-05-03")) == [
        "a by 2023-05-03", "b 2023-05-04",
    ]  # fmt: skip
    assert times_after(s=source.format(", published: 2023-05-04")) == [
        "b 2023-05-04", "a by 2023-05-04",
    ]  # fmt: skip
    assert times_after(s="sources: []") == ["b 2023-05-04", "a None"]


def test_a_changed_source_decides_which_claim_superseded_another(
    times_after: Callable[..., list[str]], tmp_path: Path
) -> None:
    """The first of two successors by date is stored, in whichever file the date is."""
    claims = """
claims:
- {id: old, party: q, statement: A., said: 2023-05-01}
- {id: new, party: q, statement: B., said: 2023-05-04, supersedes: old}
- {id: newer, party: q, statement: C., source: s, supersedes: old}
"""
    source = "sources: [{{id: s, title: S, published: {}}}]"

    def successor() -> str:
        request = Request(query=parse_query("id:old"))
        options = LoadOptions(cache=lambda: tmp_path / "cache")
        return open_dossier([tmp_path / "data"], request, options).superseded["old"]

    times_after(claims=claims, s=source.format("2023-05-04"))
    assert successor() == "new"
    times_after(s=source.format("2023-05-03"))
    assert successor() == "newer"
