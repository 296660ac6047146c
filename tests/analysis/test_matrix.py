"""The matrix of parties and issues: positions, counts, changes and silence."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from claimcli.analysis.matrix import matrix
from claimcli.core.records import Dossier
from claimcli.formats.matrix import html
from tests.formats.test_briefing import HOSTILE, Page
from tests.support.cli import ROOT, claimcli
from tests.support.terminal import in_terminal

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
    """A changed position shows both; without a position the newest claim is quoted briefly."""
    found = matrix(dossier_of(PUMP))
    texts = {row.issue: [square.text for square in row.cells] for row in found.rows}

    assert (found.parties, found.names) == (
        ("street", "works", "court"), ("street", "The Works", "Court"),
    )  # fmt: skip
    assert texts == {
        "pump": [
            "One two three four five six seven eight nine. (1 claim, 1 rebuttal)",
            "yes → no (2 claims)",
            "silent",
        ],
        "talks": ["yes (1 claim)", "yes (1 claim)", "silent"],
        None: ["", "No issue. (1 claim)", ""],
    }


def test_a_query_selects_claims_and_makes_no_party_silent(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PUMP)
    done = claimcli("matrix", "party:street issue:pump", "--data", ".", cwd=tmp_path)

    assert done.stdout == (
        "issue\tstreet\tworks\tcourt\n"
        "pump\tOne two three four five six seven eight nine. (1 claim, 1 rebuttal)"
        "\tnot in this selection\tsilent\n"
    )


@pytest.mark.parametrize(
    ("claims", "text"),
    [
        ([{"statement": "Old.", "withdrawn": "2022"}], "Old. (withdrawn 2022) (1 claim, 1 withdrawn)"),
        ([{"statement": "Gone.", "said": "2021", "withdrawn": "2022"}, {"statement": "Held.", "said": "2020"}],
         "Held. (2 claims, 1 withdrawn)"),
        ([{"statement": "Old.", "said": "2021"}, {"statement": "New.", "supersedes": "c0"}],
         "New. (2 claims)"),
        ([{"statement": "No.", "responds_to": "x", "withdrawn": "2022"}],
         "No. (withdrawn 2022) (1 claim, 1 withdrawn)"),
        ([{"statement": "Far.", "responds_to": {"claim": "x", "kind": "qualifies"}}], "Far. (1 claim)"),
        ([{"statement": "word " * 17}], f"{'word ' * 16}… (1 claim)"),
    ],
)  # fmt: skip
def test_a_withdrawn_or_superseded_claim_is_not_current(
    claims: list[dict[str, str]], text: str, dossier_of: Callable[[str], Dossier]
) -> None:
    named = [{"id": f"c{n}", "party": "p", "issue": "i", **claim} for n, claim in enumerate(claims)]
    other = {"id": "x", "party": "q", "issue": "i", "statement": "X."}
    found = matrix(dossier_of(yaml.safe_dump({"claims": [*named, other]})))

    assert found.rows[0].cells[0].text == text


@pytest.mark.parametrize(
    ("positions", "words"),
    [
        ([("2020", "yes"), ("2023", "no")], "yes (about 2020); no (about 2023)"),
        ([("2020", "yes"), ("2020/2023", "no")], "yes → no"),
        ([("2020", "yes"), (None, "no")], "yes → no"),
        ([("2020", "yes"), ("2023", "no"), ("2020", "no")],
         "yes (about 2020); no (about 2023); no (about 2020)"),
        ([(None, "ab"[n % 2]) for n in range(9)], "a → b → a … 3 more … → a → b → a"),
    ],
)  # fmt: skip
def test_positions_about_other_times_are_no_change(
    positions: list[tuple[str | None, str]], words: str, dossier_of: Callable[[str], Dossier]
) -> None:
    claims = [
        {"id": f"c{n}", "party": "p", "statement": f"{n}.", "issue": "i", "position": position,
         "said": f"2024-01-{n + 1:02d}", **({"about": about} if about else {})}
        for n, (about, position) in enumerate(positions)
    ]  # fmt: skip
    found = matrix(dossier_of(yaml.safe_dump({"claims": claims})))

    assert found.rows[0].cells[0].label == words


def test_parties_with_the_same_name_show_their_ids(dossier_of: Callable[[str], Dossier]) -> None:
    found = matrix(
        dossier_of("""
parties: [{id: uk, name: Ministry of Health}, {id: nz, name: Ministry of Health}, {id: who}]
claims: [{id: a, party: [uk, nz, who], statement: A., issue: i}]
""")
    )

    assert found.names == ("Ministry of Health (nz)", "Ministry of Health (uk)", "who")


def test_too_many_cells_are_refused_with_a_hint(tmp_path: Path) -> None:
    """A matrix with too many cells is refused before it fills the memory."""
    claims = ", ".join(
        f"{{id: c{n}, party: p{n}, issue: i{n}, statement: A.}}" for n in range(1_500)
    )
    (tmp_path / "a.yaml").write_text(f"claims: [{claims}]")
    done = claimcli("matrix", "--data", ".", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "1,500 issues of 1,500 parties are more cells than the 2,000,000" in done.stderr


def test_json_has_the_documented_keys() -> None:
    found = json.loads(claimcli("--sample", "call", "matrix", "-f", "json").stdout)
    row = next(row for row in found["issues"] if row["issue"] == "weapons-in-ukraine")

    assert list(row) == ["issue", "question", "cells"]
    assert [cell["party"] for cell in row["cells"]] == [party["id"] for party in found["parties"]]
    assert row["cells"][0] == {
        "party": "kremlin", "words": "yes", "positions": ["yes"], "claims": 4, "rebuttals": 0,
        "withdrawn": 0, "newest": "clearly-stated",
    }  # fmt: skip
    assert row["cells"][-1] == {
        "party": "osce", "words": "silent", "positions": [], "claims": 0, "rebuttals": 0,
        "withdrawn": 0, "newest": None,
    }  # fmt: skip


def test_markdown_is_a_table() -> None:
    lines = claimcli("--sample", "call", "matrix", "-f", "md").stdout.splitlines()

    assert lines[0].startswith("| issue | Kremlin | PBS NewsHour | The United States' partners |")
    assert any(line.startswith("| weapons-in-ukraine | yes (4 claims) |") for line in lines)


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_terminal_gets_what_fits(columns: int) -> None:
    """No line is wider than the terminal, and no id is broken."""
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli --sample call matrix", cwd=ROOT, columns=columns,
        env={"NO_COLOR": "1"},
    )  # fmt: skip

    assert code == 0
    assert max(map(len, shown.splitlines())) <= columns
    assert "weapons-in-ukraine" in shown
    assert re.search(r"NATO\s+silent", shown) or "NATO" in shown.splitlines()[0]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_party_names_stay_text(words: str, tmp_path: Path) -> None:
    """A party's name cannot add a column, a line or markup to the markdown."""

    def heads(name: str) -> list[int]:
        data = {"parties": [{"id": "p", "name": name}], "claims": [
            {"id": "a", "party": "p", "statement": "A.", "issue": "i"}]}  # fmt: skip
        (tmp_path / "a.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
        text = claimcli("matrix", "--data", "a.yaml", "-f", "md", cwd=tmp_path).stdout
        assert not re.search(r"(?<!\\)[<`*]|\x1b|\u202e", text)
        return [line.replace(r"\|", "").count("|") for line in text.splitlines()]

    assert heads(words) == heads("plain")


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
