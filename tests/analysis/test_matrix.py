"""The matrix of parties and issues: positions, counts, changes, and silence."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from claimcli.analysis.matrix import matrix
from claimcli.formats.matrix import html
from claimcli.model import Dossier
from tests.cli import ROOT, claimcli
from tests.formats.test_briefing import HOSTILE, Page
from tests.terminal import in_terminal

PUMP = """
parties: [{id: works, name: The Works}, {id: street}, {id: court, name: Court}]
issues: [{id: pump, question: Is the pump sound?}]
claims:
- {id: a, party: works, statement: Sound., issue: pump, position: yes, said: 2021}
- {id: b, party: works, statement: Not so sound., issue: pump, position: no, said: 2022}
- id: c
  party: street
  statement: One two three four five six seven eight nine.
  issue: pump
  responds_to: {claim: a, kind: denies}
- {id: d, party: [works, street], statement: We meet., issue: talks, position: yes}
- {id: e, party: works, statement: No issue.}
"""


def test_what_each_party_holds(dossier_of: Callable[[str], Dossier]) -> None:
    """A position that changed shows both; without one the newest claim stands in a few words."""
    found = matrix(dossier_of(PUMP))
    texts = {row.issue: [square.text for square in row.squares] for row in found.rows}

    assert (found.parties, found.names) == (
        ("street", "works", "court"), ("street", "The Works", "Court"),
    )  # fmt: skip
    assert texts == {
        "pump": [
            "One two three four five six seven eight … (1 claim, 1 rebuttal)",
            "yes → no (2 claims)",
            "silent",
        ],
        "talks": ["yes (1 claim)", "yes (1 claim)", "silent"],
    }


def test_a_query_narrows_it_and_makes_nobody_silent(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PUMP)
    done = claimcli("matrix", "party:street issue:pump", "--data", ".", cwd=tmp_path)

    assert done.stdout == (
        "issue\tstreet\tThe Works\tCourt\n"
        "pump\tOne two three four five six seven eight … (1 claim, 1 rebuttal)"
        "\tnot in this selection\tsilent\n"
    )


def test_json_has_the_documented_keys() -> None:
    found = json.loads(claimcli("--sample", "call", "matrix", "-f", "json").stdout)
    row = next(row for row in found["issues"] if row["issue"] == "weapons-in-ukraine")

    assert list(row) == ["issue", "question", "cells"]
    assert [cell["party"] for cell in row["cells"]] == [party["id"] for party in found["parties"]]
    assert row["cells"][0] == {
        "party": "kremlin", "words": "yes", "positions": ["yes"], "claims": 4, "rebuttals": 0,
        "newest": "no-intention-readout",
    }  # fmt: skip
    assert row["cells"][-1] == {
        "party": "osce", "words": "silent", "positions": [], "claims": 0, "rebuttals": 0,
        "newest": None,
    }  # fmt: skip


def test_markdown_is_a_table() -> None:
    lines = claimcli("--sample", "call", "matrix", "-f", "md").stdout.splitlines()

    assert lines[0].startswith("| issue | Kremlin | PBS NewsHour | The United States' partners |")
    assert any(line.startswith("| weapons-in-ukraine | yes (4 claims) |") for line in lines)


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_terminal_gets_what_fits(columns: int) -> None:
    """No line is wider, and no id is broken: a table, or issue by issue."""
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli --sample call matrix", cwd=ROOT, columns=columns,
        env={"NO_COLOR": "1"},
    )  # fmt: skip

    assert code == 0
    assert max(map(len, shown.splitlines())) <= columns
    assert "weapons-in-ukraine" in shown
    assert re.search(r"NATO\s+silent", shown) or "NATO" in shown.splitlines()[0]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text(words: str, dossier_of: Callable[[str], Dossier]) -> None:
    def page(text: str) -> Page:
        claim = {"id": "a", "party": "p", "statement": text, "issue": "i", "position": text}
        data = {
            "parties": [{"id": "p", "name": text}],
            "issues": [{"id": "i", "question": text}],
            "claims": [claim],
        }
        return Page(html(matrix(dossier_of(yaml.safe_dump(data, allow_unicode=True)))))

    found, harmless = page(words), page("plain")
    assert found.tags == harmless.tags
    assert not {name for name, _ in found.attributes if name.startswith("on") or name == "src"}
