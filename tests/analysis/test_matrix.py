"""The matrix of parties and issues: positions, counts, changes and silence."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from claimcli.analysis.matrix import matrix, matrix_in_batches
from claimcli.cli.screen.console import Settings
from claimcli.cli.screen.matrix import draw
from claimcli.core.party_trees import By
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.core.table import to_json
from claimcli.dossier.index.load import load, load_batches
from claimcli.dossier.index.spoken import column_count, speaking_parties, spoken_issues
from claimcli.formats.matrix import data, html, json_parts
from tests.formats.test_briefing import HOSTILE, Page
from tests.support.cli import ROOT, claimcli
from tests.support.dossiers import dossiers
from tests.support.indexed import indexed
from tests.support.terminal import in_terminal
from tests.support.trees import TREES

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
        ("works", "street", "court"), ("The Works", "street", "Court"),
    )  # fmt: skip
    assert texts == {
        "pump": [
            "yes → no (2 claims)",
            "One two three four five six seven eight nine. (1 claim, 1 rebuttal)",
            "silent",
        ],
        "talks": ["yes (1 claim)", "yes (1 claim)", "silent"],
        None: ["No issue. (1 claim)", "", ""],
    }


def test_a_query_selects_claims_and_makes_no_party_silent(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PUMP)
    done = claimcli("matrix", "party:street issue:pump", "--data", ".", cwd=tmp_path)

    assert done.stdout == (
        "issue\tworks\tstreet\tcourt\n"
        "pump\tnot in this selection\t"
        "One two three four five six seven eight nine. (1 claim, 1 rebuttal)\tsilent\n"
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
        ([{"statement": "word " * 12}], f"{'word ' * 12}(1 claim)"),
        ([{"statement": "word " * 13}], f"{'word ' * 12}… (1 claim)"),
        ([{"statement": "字" * 61}], f"{'字' * 60} … (1 claim)"),
        ([{"statement": "नि" * 40}], f"{'नि' * 30} … (1 claim)"),
        ([{"statement": "x" + "नि" * 40}], f"x{'नि' * 29} … (1 claim)"),
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

    assert found.names == ("Ministry of Health (uk)", "Ministry of Health (nz)", "who")


@pytest.mark.parametrize(
    ("sort", "columns", "rows"),
    [
        ("registry", ["works", "street", "court"], ["pump", "age", "talks", "claims on no issue"]),
        ("id", ["court", "street", "works"], ["age", "pump", "talks", "claims on no issue"]),
        ("claims", ["works", "street", "court"], ["pump", "talks", "age", "claims on no issue"]),
    ],
)
def test_the_order_of_issues_and_parties(
    tmp_path: Path, sort: str, columns: list[str], rows: list[str]
) -> None:
    """That of the registries, or by id, or the most claims first."""
    registered = PUMP.replace("pump sound?}", "pump sound?}, {id: age, question: How old?}")
    more = "- {id: f, party: works, issue: age, statement: Old.}\n- {id: g, party: street, issue: talks, statement: We met.}\n"
    (tmp_path / "a.yaml").write_text(registered + more)

    done = claimcli("--data", "a.yaml", "matrix", "--sort", sort, cwd=tmp_path)

    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[0] == ["issue", *columns]
    assert [line[0] for line in lines[1:]] == rows


def test_trees_are_sorted_by_the_claims_of_all_members(tmp_path: Path) -> None:
    text = TREES.replace("parties:\n", "parties:\n- {id: first, name: First}\n", 1)
    (tmp_path / "a.yaml").write_text(
        text + "- {id: z, party: first, statement: Z., issue: coins}\n"
    )

    done = claimcli("--data", "a.yaml", "matrix", "--by", "tree", "--sort", "claims", cwd=tmp_path)

    assert done.stdout.splitlines()[0] == "issue\trealm\tfirst\tleague\tgazette\tabbey"


@pytest.mark.parametrize("unread", ["", ", {id: [unread]}"])
def test_too_many_cells_are_refused_with_a_hint(tmp_path: Path, unread: str) -> None:
    """A matrix with too many cells is refused before it fills the memory.

    The hint is the same if a record could not be read.
    """
    claims = ", ".join(
        f"{{id: c{n}, party: p{n}, issue: i{n}, statement: A.}}" for n in range(1_500)
    )
    (tmp_path / "a.yaml").write_text(f"claims: [{claims}{unread}]")
    done = claimcli("matrix", "--data", ".", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "1,500 issues of 1,500 parties are more cells than the 2,000,000" in done.stderr
    assert "narrow it with --issue, --party or a query" in done.stderr


def test_json_has_the_documented_keys() -> None:
    found = json.loads(claimcli("--sample", "call", "matrix", "-f", "json").stdout)
    row = next(row for row in found["issues"] if row["issue"] == "weapons-in-ukraine")

    assert list(row) == ["issue", "question", "cells"]
    assert [cell["party"] for cell in row["cells"]] == [party["id"] for party in found["parties"]]
    assert row["cells"][0] == {
        "party": "kremlin", "words": "yes", "positions": ["yes"], "claims": 4, "rebuttals": 0,
        "withdrawn": 0, "newest": "clearly-stated", "members": [],
    }  # fmt: skip
    assert next(cell for cell in row["cells"] if cell["party"] == "osce") == {
        "party": "osce", "words": "silent", "positions": [], "claims": 0, "rebuttals": 0,
        "withdrawn": 0, "newest": None, "members": [],
    }  # fmt: skip


def test_markdown_is_a_table() -> None:
    lines = claimcli("--sample", "call", "matrix", "-f", "md").stdout.splitlines()

    assert lines[0].startswith("| issue | Kremlin | White House | The United States' partners |")
    assert any(line.startswith("| weapons-in-ukraine | yes (4 claims) |") for line in lines)


@pytest.mark.parametrize("columns", [40, 60, 80, 160])
def test_a_terminal_of_any_width_gets_a_matrix(columns: int) -> None:
    """No line is wider than the terminal, no word is broken; silent parties are listed below."""
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli --sample call matrix", cwd=ROOT, columns=columns,
        env={"NO_COLOR": "1"},
    )  # fmt: skip
    plain = claimcli("--sample", "call", "matrix", "-f", "md").stdout

    assert code == 0
    assert max(map(len, shown.splitlines())) <= columns
    assert shown.count("issue  ") == (columns >= 80)
    assert shown.count("party  ") == {40: 7, 60: 4}.get(columns, 0)
    assert shown.endswith("\nsilent throughout: NATO, OSCE\n")
    assert set(re.findall(r"[\w-]+", shown)) - {"party", "throughout"} <= set(
        re.findall(r"[\w-]+", plain)
    )


def test_parties_that_do_not_fit_as_columns_are_rows(dossier_of: Callable[[str], Dossier]) -> None:
    """The issues are then the columns."""
    assert draw(matrix(dossier_of(PUMP)), Settings(width=30, color=False)) == (
        "party     pump       talks\n"
        "─────────────────────────────\n"
        "The       yes → no   yes (1\n"
        "Works     (2         claim)\n"
        "          claims)\n"
        "street    One two    yes (1\n"
        "          three      claim)\n"
        "          four five\n"
        "          six seven\n"
        "          eight\n"
        "          nine. (1\n"
        "          claim, 1\n"
        "          rebuttal)\n"
        "\n"
        "party      claims on no issue\n"
        "──────────────────────────────\n"
        "The Works  No issue. (1 claim)\n"
        "street\n"
        "\n"
        "silent throughout: Court\n"
    )


def test_selected_parties_are_the_columns(tmp_path: Path) -> None:
    """And the issues to which they speak the rows; a party is selected with its members."""
    (tmp_path / "a.yaml").write_text(PUMP)
    (tmp_path / "trees.yaml").write_text(TREES)
    run = ("matrix", "--data", "a.yaml", "--party")

    assert claimcli(*run, "street", "-p", "Court", cwd=tmp_path).stdout == (
        "issue\tstreet\tcourt\n"
        "pump\tOne two three four five six seven eight nine. (1 claim, 1 rebuttal)\tsilent\n"
        "talks\tyes (1 claim)\tsilent\n"
    )
    done = claimcli("matrix", "--data", "trees.yaml", "--party", "realm", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == "issue\trealm\ttreasury\tmint\tnavy"


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


def cells(dossier: Dossier, by: By) -> dict[str | None, dict[str, str]]:
    found = matrix(dossier, by=by)
    return {
        row.issue: dict(zip(found.names, (cell.text for cell in row.cells), strict=True))
        for row in found.rows
    }


def test_a_party_whose_members_speak_is_not_silent(dossier_of: Callable[[str], Dossier]) -> None:
    """However deep the members are; a party with claims of its own shows only these."""
    found = cells(dossier_of(TREES), By.MEMBER)

    assert found["coins"]["The Realm"] == "speaks through Treasury, Mint, Navy"
    assert found["ships"] == {
        "Gazette": "no (1 claim)",
        "League Office": "silent",
        "Mint": "The new berths are paid for. (1 claim)",
        "Navy": "The new berths are paid for. (2 claims)",
        "Treasury": "speaks through Mint",
        "Abbey": "silent",
        "Cloister": "silent",
        "The League": "silent",
        "The Realm": "speaks through Mint, Navy",
    }


def test_a_tree_names_the_member_for_each_position(dossier_of: Callable[[str], Dossier]) -> None:
    """A joint statement counts once; an answer within the tree is no rebuttal by it."""
    assert cells(dossier_of(TREES), By.TREE) == {
        "coins": {
            "Gazette": "silent",
            "The League": "no (League Office) (1 claim, 1 rebuttal)",
            "The Realm": "yes (Treasury), no (Mint) (3 claims)",
            "Abbey": "silent",
        },
        "ships": {
            "Gazette": "no (1 claim)",
            "The League": "silent",
            "The Realm": "The new berths are paid for. (Navy and Mint) (2 claims)",
            "Abbey": "silent",
        },
    }


@pytest.mark.parametrize(
    ("claims", "text"),
    [
        ("- {id: a, party: top, issue: i, statement: A., position: yes}", "yes (1 claim)"),
        ("- {id: a, party: top, issue: i, statement: A., position: yes}\n"
         "- {id: b, party: one, issue: i, statement: B., position: YES}\n"
         "- {id: c, party: two, issue: i, statement: C., position: no, withdrawn: 2022}",
         "yes (Top, One), no (withdrawn 2022) (two) (3 claims, 1 withdrawn)"),
        ("- {id: a, party: one, issue: i, statement: A., position: yes, said: 2021}\n"
         "- {id: b, party: one, issue: i, statement: B., position: no, said: 2022}\n"
         "- {id: c, party: two, issue: i, statement: C.}",
         "yes → no (One) (3 claims)"),
        ("- {id: a, party: one, issue: i, statement: A.}\n"
         "- {id: b, party: [two, x], issue: i, statement: B., responds_to: a}",
         "B. (two and x) (2 claims, 1 rebuttal)"),
    ],
)  # fmt: skip
def test_the_positions_of_a_tree(
    claims: str, text: str, dossier_of: Callable[[str], Dossier]
) -> None:
    """Members with the same position are named together, the topmost party like a member."""
    parties = "[{id: top, name: Top}, {id: one, name: One, part_of: top}, {id: two, part_of: one}]"
    found = matrix(dossier_of(f"parties: {parties}\nclaims:\n{claims}"), by=By.TREE)

    assert found.parties[0] == "top"
    assert found.rows[0].cells[0].text == text


def test_a_party_speaks_through_selected_members(dossier_of: Callable[[str], Dossier]) -> None:
    """Members outside the selection do not make it silent either."""
    dossier = dossier_of(TREES)
    some = replace(dossier, claims=(dossier.by_id["full"], dossier.by_id["rumour"]))
    found = cells(some, By.MEMBER)

    assert found["coins"]["The Realm"] == "speaks through Treasury"
    assert found["ships"]["The Realm"] == "not in this selection"
    assert cells(some, By.TREE)["ships"]["The Realm"] == "not in this selection"


def test_many_speaking_members_are_counted(dossier_of: Callable[[str], Dossier]) -> None:
    members = ", ".join(f"{{id: m{n}, part_of: top}}" for n in range(9))
    claims = "".join(f"- {{id: c{n}, party: m{n}, statement: A., issue: i}}\n" for n in range(9))
    found = cells(dossier_of(f"parties: [{{id: top}}, {members}]\nclaims:\n{claims}"), By.MEMBER)

    assert found["i"]["top"] == "speaks through m0, m1, m2, m3, m4, m5 and 3 more"


def test_parties_in_a_circle_end(dossier_of: Callable[[str], Dossier]) -> None:
    """A circle of parties is one tree, under the first by id."""
    dossier = dossier_of("""
parties: [{id: a, part_of: b}, {id: b, part_of: a}]
claims: [{id: x, party: b, statement: X., issue: i}]
""")

    assert cells(dossier, By.MEMBER) == {"i": {"b": "X. (1 claim)", "a": "speaks through b"}}
    assert cells(dossier, By.TREE) == {"i": {"a": "X. (b) (1 claim)"}}


@pytest.mark.parametrize("format_", ["tsv", "md", "html"])
def test_every_format_has_the_trees(format_: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TREES)
    shown = claimcli("matrix", "--by", "tree", "-f", format_, "--data", ".", cwd=tmp_path).stdout

    text = " ".join(Page(shown).text.split()) if format_ == "html" else shown
    assert re.search(r"yes \(Treasury\), no \(Mint\) \(?3 claims", text)
    assert "Navy" not in text.replace("(Navy", "")


def test_json_has_the_positions_of_each_member(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TREES)
    done = claimcli("matrix", "--by", "tree", "-f", "json", "--data", ".", cwd=tmp_path)
    found = json.loads(done.stdout)

    assert [party["id"] for party in found["parties"]] == ["realm", "league", "gazette", "abbey"]
    assert found["issues"][0]["cells"][0] == {
        "party": "realm", "words": "yes (Treasury), no (Mint)", "positions": ["yes", "no"],
        "claims": 3, "rebuttals": 0, "withdrawn": 0, "newest": "silver",
        "members": [
            {"party": "treasury", "positions": ["yes"], "claims": 1},
            {"party": "mint", "positions": ["no"], "claims": 1},
            {"party": "navy", "positions": [], "claims": 1},
        ],
    }  # fmt: skip


def test_a_terminal_shows_the_trees(dossier_of: Callable[[str], Dossier]) -> None:
    shown = draw(matrix(dossier_of(TREES), by=By.TREE), Settings(width=120, color=False))

    assert re.search(
        r"^coins +yes \(Treasury\), no \(Mint\).+  no \(League Office\) .+silent", shown, re.M
    )


def test_an_unknown_grouping_is_refused() -> None:
    done = claimcli("--sample", "call", "matrix", "--by", "tre")

    assert (done.returncode, done.stderr) == (
        2, "error: no grouping 'tre'; did you mean 'tree'?\n",
    )  # fmt: skip


def test_the_newest_claim_can_be_dated_by_its_source(dossier_of: Callable[[str], Dossier]) -> None:
    """A claim without 'said' was made no later than its source was published."""
    found = matrix(
        dossier_of("""
claims:
- {id: b, party: p, issue: i, statement: Printed., source: {title: T, published: 2023}}
- {id: a, party: p, issue: i, statement: Spoken., said: 2022}
""")
    )

    assert found.rows[0].cells[0].text == "Printed. (2 claims)"


@given(dossiers(), st.sampled_from(By), st.integers(1, 5))
def test_a_matrix_in_batches_is_that_of_the_whole(texts: dict[str, str], by: By, size: int) -> None:
    """Whatever the size of the batches; the numbers by which it is refused are those of its size."""
    with indexed(texts) as (db, path_of):
        whole = matrix(load(db, Request(scope=Scope.ALL), path_of), by=by)
        request = Request(scope=Scope.LINKS, brief=True, sources=False)
        batches = load_batches(db, request, path_of, by_issue=True, size=size)
        found = matrix_in_batches(batches, speaking_parties(db), by=by)
        counts = (spoken_issues(db), column_count(db, by_tree=by is By.TREE))

    assert (found.parties, found.names, found.rows) == (whole.parties, whole.names, whole.rows)
    assert counts == (len(whole.rows), len(whole.parties))
    assert "".join(json_parts(found)) == to_json(data(whole))
