"""The audit: gaps of claims and issues, and totals of parties."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimcli.analysis.audit import Audit, Share, audit, audit_in_batches
from claimcli.analysis.briefing import briefing
from claimcli.analysis.lacks import Lack, parse_lacks
from claimcli.analysis.registries import parties
from claimcli.core.party_trees import By
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.core.table import to_json
from claimcli.dossier.index.load import load, load_batches
from claimcli.dossier.index.spoken import claim_numbers
from claimcli.formats import briefing as formats
from claimcli.formats.audit import WRITERS, data, markdown
from tests.formats.test_briefing import HOSTILE
from tests.support.cli import ROOT, claimcli
from tests.support.dossiers import dossiers
from tests.support.indexed import indexed
from tests.support.terminal import in_terminal
from tests.support.trees import TREES

DossierOf = Callable[[str], Dossier]

BRIDGE = """
parties:
- {id: city, name: The City}
- {id: mayor, part_of: city}
- {id: press, name: Press}
- {id: court, name: Court}
issues: [{id: cost, question: What did it cost?}, {id: safe}]
sources:
- {id: minutes, title: Minutes, kind: primary}
- {id: paper, title: Paper, kind: secondary, derived_from: [wire]}
- {id: journal, title: Journal, kind: secondary, derived_from: [wire]}
- {id: wire, title: Wire, kind: secondary}
- {id: blog, title: Blog}
claims:
- {id: cheap, party: city, statement: It was cheap., issue: cost, sources: [minutes, paper]}
- {id: budget, party: mayor, statement: It kept to the budget., issue: cost, sources: [paper, journal]}
- id: sound
  party: city
  statement: It is sound.
  issue: safe
  source: {id: minutes, quote: it is quite sound, translation: so sound}
  rebuttals: [{id: cracked, party: press, statement: It has cracks.}]
  responses: [{id: silence, party: mayor, kind: declines, statement: No comment., source: blog}]
"""


def gaps_by_lack(found: Audit) -> dict[str, list[tuple[str, str]]]:
    return {lack.value: [(p.id, p.detail) for p in found.of(lack)] for lack in Lack}


def test_what_is_missing(dossier_of: DossierOf) -> None:
    """A source without a kind is not secondary; a party and its members are one side."""
    assert gaps_by_lack(audit(dossier_of(BRIDGE))) == {
        "no-response": [("budget", ""), ("cheap", ""), ("silence", "")],
        "unsourced": [("cracked", "")],
        "single-origin": [("budget", "wire"), ("silence", "blog"), ("sound", "minutes")],
        "secondary-only": [("budget", "paper, journal")],
        "unverified-quote": [("sound", '"it is quite sound" (minutes): no text on file')],
        "one-sided": [("cost", "What did it cost?")],
        "no-reply": [],
    }


def test_a_declined_answer_is_a_response(dossier_of: DossierOf) -> None:
    """A declined answer is a response; one from inside the party tree is not, and is named."""
    found = audit(
        dossier_of("""
claims:
- id: a
  party: p
  statement: A.
  responses: [{id: b, party: q, kind: declines, statement: No comment.}]
- id: c
  party: p
  statement: C.
  responses: [{id: d, party: office, kind: declines, statement: No comment.}]
parties: [{id: office, part_of: p}]
""")
    )

    assert [(p.id, p.detail) for p in found.of(Lack.NO_RESPONSE)] == [
        ("c", "d gives no answer when asked"), ("d", ""),
    ]  # fmt: skip


def test_parties_side_by_side(dossier_of: DossierOf) -> None:
    found = audit(dossier_of(BRIDGE))

    assert found.parties().rows == (
        ("city", 2, 4, 0, 1, "100% (2/2)", "0% (0/1)", 12),
        ("mayor", 2, 2, 0, 0, "0% (0/2)", "", 7),
        ("press", 1, 1, 1, 0, "0% (0/1)", "", 3),
        ("court", 0, 0, 0, 0, "", "", 0),
    )


def test_trees_side_by_side(dossier_of: DossierOf) -> None:
    """A party is counted with its members; answers within the tree are no rebuttals."""
    found = audit(dossier_of(BRIDGE), by=By.TREE)

    assert found.parties().rows == (
        ("city", 4, 0, 1, "50% (2/4)", "0% (0/1)", 19),
        ("press", 1, 1, 0, "0% (0/1)", "", 3),
        ("court", 0, 0, 0, "", "", 0),
    )
    assert [(t.party, t.claims, t.rebuttals_made) for t in audit(dossier_of(TREES), by=By.TREE).totals] == [
        ("realm", 5, 0), ("league", 1, 1), ("gazette", 1, 0), ("abbey", 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("format_", ["tsv", "json", "md", "csv"])
def test_every_format_counts_the_claims_of_members(format_: str, tmp_path: Path) -> None:
    """A party whose members speak never has only zeros; by tree it has its members' numbers."""
    (tmp_path / "a.yaml").write_text(TREES)
    alone = ("--parties",) if format_ in ("tsv", "csv") else ()

    def row(*options: str) -> str:
        done = claimcli("audit", *alone, *options, "-f", format_, "--data", ".", cwd=tmp_path)
        if format_ == "json":
            found = json.loads(done.stdout)["parties"]
            return next(str(party) for party in found if party["party"] == "realm")
        return next(line for line in done.stdout.splitlines() if re.search("realm|The Realm", line))

    numbers = {
        "tsv": ("realm\t0\t5\t0\t0", "realm\t5\t0\t1"),
        "csv": ("realm,0,5,0,0", "realm,5,0,1"),
        "md": ("| The Realm | 0 | 5 | 0 | 0 |", "| The Realm | 5 | 0 | 1 |"),
        "json": ("'claims': 0, 'with_members': 5,", "'claims': 5, 'with_members': None,"),
    }
    assert numbers[format_][0] in row()
    assert numbers[format_][1] in row("--by", "tree")


@pytest.mark.parametrize(
    ("parties", "one_sided"),
    [
        (["a", "a"], True),
        (["a", "b"], False),
        (["a", ["a", "b"]], True),
        ([["a", "b"], ["b", "c"], ["c", "a"]], False),
    ],
)
def test_whose_side_is_heard(parties: list[str], one_sided: bool, dossier_of: DossierOf) -> None:
    """An issue is one-sided if one party is among the parties of every claim."""
    claims = [
        {"id": f"c{n}", "party": party, "statement": f"{n}.", "issue": "i"}
        for n, party in enumerate(parties)
    ]
    found = audit(dossier_of(yaml.safe_dump({"claims": claims})))

    assert [p.id for p in found.of(Lack.ONE_SIDED)] == (["i"] if one_sided else [])


JOINT = """
claims:
- {id: pact, party: [ministry, port], statement: A., issue: pay}
- {id: denial, party: [union, port], statement: B., issue: pay, responds_to: pact}
"""


def test_a_denial_by_those_who_also_speak_jointly_is_heard(dossier_of: DossierOf) -> None:
    """The union and the ministry are different sides, although the port speaks with both."""
    dossier = dossier_of(JOINT)
    found = audit(dossier)

    assert dossier.statuses == {"pact": "contested", "denial": "contested"}
    assert (found.of(Lack.NO_RESPONSE), found.of(Lack.ONE_SIDED)) == ((), ())
    assert [(t.party, t.rebuttals_made, t.rebuttals_received) for t in found.totals] == [
        ("ministry", 0, 1), ("port", 1, 1), ("union", 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("denies", ("divided", "contested")),
        ("qualifies", ("unanswered", "answered")),
        ("confirms", ("unanswered", "answered")),
    ],
)
def test_a_joint_speaker_can_answer_the_others(
    kind: str, statuses: tuple[str, str], dossier_of: DossierOf
) -> None:
    """The port is inside the trees of the joint statement, the ministry outside that of the port."""
    dossier = dossier_of(f"""
claims:
- {{id: pact, party: [ministry, port], statement: A., issue: pay}}
- {{id: later, party: port, statement: B., issue: pay,
   responds_to: {{claim: pact, kind: {kind}}}}}
""")
    found = audit(dossier)

    assert (dossier.statuses["pact"], dossier.statuses["later"]) == statuses
    assert [p.id for p in found.of(Lack.ONE_SIDED)] == ([] if kind == "denies" else ["pay"])
    assert [p.id for p in found.of(Lack.NO_RESPONSE)] == ["pact"]


@pytest.mark.parametrize("by", By)
def test_rebuttals_are_counted_as_in_parties(by: By, dossier_of: DossierOf) -> None:
    """Both commands count neither answers to the own claim nor, by tree, from inside the tree."""
    dossier = dossier_of(
        TREES
        + "- {id: recount, party: mint, statement: None is., issue: coins, responds_to: light}\n"
        + "- {id: no-berths, party: mint, statement: No., issue: ships, responds_to: berths}\n"
    )

    counted = {t.party: t.rebuttals_made for t in audit(dossier, by=by).totals}

    assert counted == {p["id"]: p["rebuttals_made"] for p in parties(dossier, by=by).records}
    assert counted["mint" if by is By.MEMBER else "realm"] == (2 if by is By.MEMBER else 0)


def test_an_answer_from_inside_that_was_withdrawn_is_marked(dossier_of: DossierOf) -> None:
    """The claim has no response on file, and what is on file is named."""
    dossier = dossier_of("""
parties: [{id: p}, {id: q, part_of: p}]
claims:
- {id: a, party: p, statement: A.}
- {id: b, party: q, statement: B., responds_to: a, withdrawn: 2022}
- {id: c, party: q, statement: C., supersedes: b}
""")
    (gap, *_) = audit(dossier).of(Lack.NO_RESPONSE)

    assert (gap.id, gap.detail) == ("a", "b denies (withdrawn 2022, superseded by c)")
    written = formats.markdown(briefing(dossier)).decode()
    assert "  - **q** denies (withdrawn 2022, superseded by c): see `b`\n" in written


def test_an_answer_to_oneself_is_no_rebuttal(dossier_of: DossierOf) -> None:
    found = audit(
        dossier_of("""
claims:
- {id: a, party: p, statement: A., issue: i}
- {id: b, party: p, statement: B., issue: i, responds_to: a}
""")
    )

    assert [p.id for p in found.of(Lack.ONE_SIDED)] == ["i"]
    assert [(t.rebuttals_made, t.rebuttals_received) for t in found.totals] == [(0, 0)]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, ""), (0, 300, "0% (0/300)"), (1, 300, "1% (1/300)"), (249, 250, "99% (249/250)"),
     (250, 250, "100% (250/250)"), (1, 3, "33% (1/3)")],
)  # fmt: skip
def test_only_exact_shares_are_0_or_100_percent(part: int, whole: int, text: str) -> None:
    assert Share(part, whole).text == text


def test_scripts_without_spaces_are_counted_by_letters(dossier_of: DossierOf) -> None:
    found = audit(dossier_of("claims: [{id: a, party: p, statement: 水管破裂 in 2020.}]"))

    assert found.totals[0].words == 6


def test_a_changed_text_is_mentioned(tmp_path: Path) -> None:
    """A quote in a text with another checksum is not verified."""
    (tmp_path / "t.txt").write_text("It is so.")
    (tmp_path / "a.yaml").write_text(
        f"sources: [{{id: t, title: T, text: t.txt, sha256: {'0' * 64}}}]\n"
        "claims: [{id: a, party: p, statement: A., source: {id: t, quote: It is so}}]\n"
    )
    done = claimcli("audit", "--data", "a.yaml", "-f", "json", cwd=tmp_path)
    found = json.loads(done.stdout)

    assert [p["detail"] for p in found["lacks"]["unverified-quote"]] == [
        '"It is so" (t): the text is not the one with the checksum on file'
    ]
    assert found["parties"][0]["verified"] == {"part": 0, "whole": 1}


def test_fail_on_fails_if_records_could_not_be_read(tmp_path: Path) -> None:
    text = "claims: [{id: a, party: p}, {id: b, party: p, statement: B.}]"
    (tmp_path / "a.yaml").write_text(text)

    assert claimcli("audit", "--data", ".", cwd=tmp_path).returncode == 0
    assert claimcli("audit", "--fail-on", "any", "--data", ".", cwd=tmp_path).returncode == 3
    assert claimcli("audit", "--fail-on", "", "--data", ".", cwd=tmp_path).returncode == 2


def test_markdown_lists_every_gap(dossier_of: DossierOf) -> None:
    text = markdown(audit(dossier_of(BRIDGE)))

    assert "## Claims with no source on file: 1\n\n- `cracked` (press), t.yaml:22\n" in text
    assert "## Issues on which only one side is heard: 1\n" in text
    assert "| The City | 2 | 4 | 0 | 1 | 100% (2/2) | 0% (0/1) | 12 |\n" in text


def test_a_selection_has_the_gaps_of_its_claims(tmp_path: Path) -> None:
    """The gaps are those of selected claims; sides outside the selection still count."""
    (tmp_path / "a.yaml").write_text(BRIDGE)
    found = json.loads(
        claimcli("audit", "party:press", "--data", "a.yaml", "-f", "json", cwd=tmp_path).stdout
    )

    assert {lack: [p["id"] for p in points] for lack, points in found["lacks"].items()} == {
        "no-response": [], "unsourced": ["cracked"], "single-origin": [], "secondary-only": [],
        "unverified-quote": [], "one-sided": [], "no-reply": [],
    }  # fmt: skip
    assert found["lacks"]["unsourced"][0] == {
        "id": "cracked", "parties": ["press"], "issue": "safe", "file": "a.yaml", "line": 22,
        "detail": "",
    }  # fmt: skip
    assert [(p["party"], p["claims"]) for p in found["parties"]][:3] == [
        ("city", 1), ("mayor", 1), ("press", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ([], 0),
        (["unsourced"], 1),
        (["one-sided,unsourced"], 1),
        (["any"], 1),
        (["secondary-only"], 0),
    ],
)
def test_fail_on_names_the_lacks_that_fail(named: list[str], code: int, tmp_path: Path) -> None:
    claims = [
        {"id": "a", "party": "p", "statement": "A.", "issue": "i", "source": {"title": "T"}},
        {"id": "b", "party": "q", "statement": "B.", "issue": "i"},
    ]
    (tmp_path / "a.yaml").write_text(yaml.safe_dump({"claims": claims}))
    options = [part for name in named for part in ("--fail-on", name)]

    assert claimcli("audit", *options, "--data", ".", cwd=tmp_path).returncode == code


def test_an_unknown_lack_has_a_hint() -> None:
    with pytest.raises(ClaimcliError, match="no lack 'unanswred'; did you mean 'unanswered'"):
        parse_lacks(["unanswred"])


def test_flat_forms(tmp_path: Path) -> None:
    """The gaps as tsv; the totals of parties in every flat format."""
    (tmp_path / "a.yaml").write_text(BRIDGE)
    lists = claimcli("audit", "id:budget", "--data", "a.yaml", cwd=tmp_path).stdout
    numbers = claimcli("audit", "--parties", "--data", ".", "-f", "csv", cwd=tmp_path).stdout

    assert lists == (
        "lack\tid\tparties\tissue\tfile\tline\tdetail\n"
        "no-response\tbudget\tmayor\tcost\ta.yaml\t16\t\n"
        "single-origin\tbudget\tmayor\tcost\ta.yaml\t16\twire\n"
        "secondary-only\tbudget\tmayor\tcost\ta.yaml\t16\tpaper, journal\n"
        "one-sided\tcost\tcity, mayor\tcost\ta.yaml\t7\tWhat did it cost?\n"
    )
    assert numbers.splitlines()[:2] == [
        "party,claims,with_members,rebuttals_made,rebuttals_received,primary,verified,words",
        "city,2,4,0,1,100% (2/2),0% (0/1),12",
    ]


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_terminal_gets_what_fits(columns: int) -> None:
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli --sample waterworks audit", cwd=ROOT, columns=columns,
        env={"NO_COLOR": "1"},
    )  # fmt: skip

    assert code == 0
    assert max(map(len, shown.splitlines())) <= columns
    assert "0  unsourced" in shown
    assert "claims with no response on file: 7" in " ".join(shown.split())


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_in_its_line(words: str, dossier_of: DossierOf) -> None:
    def lines(text: str) -> list[str]:
        claim = {
            "id": "a",
            "party": "p",
            "statement": text,
            "source": {"title": text, "quote": text},
        }
        data = {"parties": [{"id": "p", "name": text}], "claims": [claim]}
        found = markdown(audit(dossier_of(yaml.safe_dump(data, allow_unicode=True))))
        return [line[:2] + "|" * line.replace(r"\|", "").count("|") for line in found.splitlines()]

    assert lines(words) == lines("plain")


def test_the_audit_on_a_terminal_begins_with_a_summary(tmp_path: Path) -> None:
    """A line for each kind of gap with its number, and the name that selects it."""
    (tmp_path / "a.yaml").write_text(BRIDGE)
    done = claimcli("audit", "--data", ".", "--format", "table", cwd=tmp_path)

    assert done.stdout.startswith("""\
claims with no response on file                         3  no-response
claims with no source on file                           1  unsourced
claims that rest on a single origin                     3  single-origin
claims that rest on secondary sources only              1  secondary-only
quotes that are not verified                            1  unverified-quote
issues on which only one side is heard                  1  one-sided
claims with a request for comment that is not answered  0  no-reply

""")


def test_the_summary_begins_the_document_too(dossier_of: DossierOf) -> None:
    """In Markdown as a list; a kind without gaps has no section."""
    text = markdown(audit(dossier_of(BRIDGE), lacks=(Lack.UNSOURCED, Lack.SECONDARY_ONLY)))
    clean = markdown(audit(dossier_of("claims: []"), lacks=(Lack.UNSOURCED,)))

    assert text.startswith(
        "# Before it is sent on\n\n- Claims with no source on file: 1\n"
        "- Claims that rest on secondary sources only: 1\n\n| party |"
    )
    assert clean.startswith("# Before it is sent on\n\n- Claims with no source on file: none\n\n")
    assert (text.count("## "), clean.count("## ")) == (2, 0)


def selected(folder: Path, *options: str) -> list[str]:
    """Return the kinds of gaps in the JSON of an audit of the bridge."""
    (folder / "a.yaml").write_text(BRIDGE)
    done = claimcli("audit", "--data", ".", "--format", "json", *options, cwd=folder)
    return list(json.loads(done.stdout)["lacks"])


def test_kinds_of_gaps_are_selected_and_ignored(tmp_path: Path) -> None:
    """Repeatedly or with commas; the parties are counted as always."""
    every = [lack.value for lack in Lack]

    assert selected(tmp_path) == every
    assert selected(tmp_path, "--select", "one-sided,unsourced") == ["unsourced", "one-sided"]
    assert selected(tmp_path, "--ignore", "unanswered", "--ignore", "one-sided") == [
        kind for kind in every[1:] if kind != "one-sided"
    ]
    assert selected(tmp_path, "--select", "any", "--ignore", "unsourced") == [
        name for name in every if name != "unsourced"
    ]
    table = claimcli("audit", "--data", ".", "--select", "unsourced", cwd=tmp_path).stdout
    assert [line.split("\t")[:2] for line in table.splitlines()] == [
        ["lack", "id"], ["unsourced", "cracked"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ("--ignore any", 2, "--ignore leaves no lack to show; ignore fewer, or select others"),
        ("--select unsourcd", 2, "no lack 'unsourcd'; did you mean 'unsourced'?"),
        ("--select one-sided --fail-on unsourced", 2,
         "--fail-on unsourced is not selected; add --select unsourced"),
        ("--select one-sided --fail-on any", 1, ""),
        ("--select unsourced --fail-on unsourced issue:safe", 1, ""),
        ("--select unsourced --fail-on any issue:cost", 0, ""),
    ],
)  # fmt: skip
def test_only_selected_gaps_fail(tmp_path: Path, options: str, code: int, message: str) -> None:
    """``--fail-on any`` means the selected kinds; to fail on another one is a mistake."""
    (tmp_path / "a.yaml").write_text(BRIDGE.replace("{id: safe}", "{id: safe, question: Is it?}"))
    done = claimcli("audit", "--data", ".", *options.split(), cwd=tmp_path)

    assert (done.returncode, done.stderr) == (code, f"error: {message}\n" if message else "")


@given(dossiers(), st.sampled_from(By), st.integers(1, 5))
def test_an_audit_in_batches_is_that_of_the_whole(texts: dict[str, str], by: By, size: int) -> None:
    """Whatever the size of the batches, the gaps have the same order and the totals are equal."""
    with indexed(texts) as (db, path_of):
        whole = audit(load(db, Request(scope=Scope.ALL), path_of), by=by)
        request = Request(scope=Scope.LINKS)
        batches = load_batches(db, request, path_of, by_issue=True, size=size)
        found, _ = audit_in_batches(batches, claim_numbers(db), by=by)

    assert (found.gaps, found.totals) == (whole.gaps, whole.totals)
    assert [(lack, len(found.of(lack))) for lack in Lack] == [
        (lack, len(whole.of(lack))) for lack in Lack
    ]
    for write in WRITERS.values():
        assert "".join(write(found)) == "".join(write(whole))
    assert "".join(WRITERS["json"](found)) == to_json(data(whole))
