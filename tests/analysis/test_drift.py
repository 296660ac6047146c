"""Changes of a party's account over time."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcli.analysis.drift import DriftKind, drift
from claimcli.cli.screen.console import Settings
from claimcli.cli.screen.drift import draw
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.formats.drift import WRITERS, markdown
from tests.conftest import dossier_from
from tests.formats.test_briefing import HOSTILE
from tests.support.cli import ROOT, claimcli
from tests.support.terminal import in_terminal
from tests.support.trees import TREES

DossierOf = Callable[[str], Dossier]

HARBOUR = """
parties: [{id: port, name: The Port}, {id: crane, part_of: port}, {id: union, name: Union}]
issues: [{id: strike, question: Was there a strike?}]
claims:
- {id: none, party: port, statement: There was no strike at all., said: 2021-03-01, issue: strike, position: no}
- {id: short, party: port, statement: There was a short strike., said: 2021-03-05, issue: strike,
   position: yes, supersedes: none, source: {id: letter, title: Letter}}
- {id: still, party: port, statement: We paid., said: 2021-03-09, issue: strike, position: Yes}
- {id: spoken, party: union, statement: Nobody worked on Monday., said: 2021-03-04}
- {id: written, party: union, statement: Nobody worked on Monday or Tuesday., restates: spoken, said: 2021-03-02}
- {id: same, party: union, statement: "nobody worked, on Monday", restates: spoken}
- {id: gone, party: union, statement: The gate was shut., withdrawn: 2021-04-01}
"""


def summaries(found: object) -> list[tuple[str, str, str | None, tuple[DriftKind, ...]]]:
    return [
        (step.party, step.earlier.id, step.later and step.later.id, step.kinds)
        for step in found.changes  # type: ignore[attr-defined]
    ]


def test_what_a_party_changed(dossier_of: DossierOf) -> None:
    """Two claims have one change; another spelling is not a change."""
    found = drift(dossier_of(HARBOUR))

    assert summaries(found) == [
        ("port", "none", "short", (DriftKind.POSITION_CHANGED, DriftKind.SUPERSEDED)),
        ("union", "written", "spoken", (DriftKind.REWORDED,)),
        ("union", "gone", None, (DriftKind.WITHDRAWN,)),
    ]
    assert [step.label for step in found.changes] == [
        "position changed: no → yes; superseded", "reworded", "withdrawn 2021-04-01",
    ]  # fmt: skip


def test_another_sign_or_symbol_is_a_change(dossier_of: DossierOf) -> None:
    """Of a position as well as of the words."""
    found = drift(
        dossier_of("""
claims:
- {id: a, party: port, issue: dues, position: "-4", statement: "Dues: ✔, £9.5.", said: 2021}
- {id: b, party: port, issue: dues, position: "4", statement: "Dues: ✘, £95.", said: 2022, restates: a}
- {id: c, party: port, issue: dues, position: "４.", statement: "dues ✘ £95", said: 2023, restates: b}
""")
    )

    assert [(step.earlier.id, step.label) for step in found.changes] == [
        ("a", "position changed: -4 → 4; reworded")
    ]


def test_the_words_that_differ_are_marked(dossier_of: DossierOf) -> None:
    step = drift(dossier_of(HARBOUR), ["union"]).changes[0]

    assert [(p.text, p.differs) for p in step.segments[0]] == [
        ("Nobody worked on Monday", False), ("or Tuesday.", True),
    ]  # fmt: skip
    assert [(p.text, p.differs) for p in step.segments[1]] == [("Nobody worked on Monday.", False)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"said": "2021-01-01"}, {"said": "2021-01-02"}, [DriftKind.POSITION_CHANGED]),
        ({"said": "2021-01"}, {"said": "2021-01-02"}, [DriftKind.POSITIONS_DIFFER]),
        ({"said": "2021-01-01"}, {}, [DriftKind.POSITIONS_DIFFER]),
        ({"said": "2021-01-01", "about": "2020"}, {"said": "2021-01-02", "about": "2021"}, []),
        (
            {"said": "2021-01-01", "about": "2020"},
            {"said": "2021-01-02"},
            [DriftKind.POSITION_CHANGED],
        ),
    ],
)
def test_dates_decide_the_kind_of_change(
    first: dict[str, str], second: dict[str, str], expected: list[DriftKind], dossier_of: DossierOf
) -> None:
    """A change needs dates that prove the order, and times that can overlap."""
    claims = [
        {"id": "a", "party": "p", "statement": "A.", "issue": "i", "position": "yes", **first},
        {"id": "b", "party": "p", "statement": "B.", "issue": "i", "position": "no", **second},
    ]
    found = drift(dossier_of(yaml.safe_dump({"claims": claims})))

    assert [shift for step in found.changes for shift in step.kinds] == expected


def test_a_position_is_compared_with_the_last_one_about_the_same_time(
    dossier_of: DossierOf,
) -> None:
    """A claim about another time in between does not hide a change."""
    claims = [
        {"id": f"c{n}", "party": "p", "statement": f"{n}.", "issue": "i", "said": f"2021-01-0{n}",
         "about": about, "position": position}
        for n, about, position in ((1, "2020", "yes"), (2, "2019", "no"), (3, "2020", "no"))
    ]  # fmt: skip
    found = drift(dossier_of(yaml.safe_dump({"claims": claims})))

    assert summaries(found) == [("p", "c1", "c3", (DriftKind.POSITION_CHANGED,))]


def test_the_last_claim_about_the_same_time_is_the_one_before(dossier_of: DossierOf) -> None:
    """A claim is compared with the latest of any number of earlier positions."""
    days = [f"2019-{month:02d}-{day:02d}" for month in range(1, 7) for day in range(1, 21)]
    claims = [
        {"id": f"c{n:03d}", "party": "p", "statement": f"{n}.", "issue": "i", "about": day,
         "position": f"{n}", "said": f"2020-{day[5:]}"}
        for n, day in enumerate(days)
    ]  # fmt: skip
    claims.append({**claims[0], "id": "revised", "position": "many", "said": "2021"})
    claims.append({**claims[0], "id": "again", "position": "more", "said": "2022"})
    found = drift(dossier_of(yaml.safe_dump({"claims": claims})))

    assert summaries(found) == [
        ("p", "c000", "revised", (DriftKind.POSITION_CHANGED,)),
        ("p", "revised", "again", (DriftKind.POSITION_CHANGED,)),
    ]


def test_a_restatement_about_another_time_is_no_change(dossier_of: DossierOf) -> None:
    found = drift(
        dossier_of("""
claims:
- {id: a, party: p, statement: The gate is shut., about: 2020}
- {id: b, party: p, statement: The gate was shut., about: 2021, restates: a}
- {id: c, party: p, statement: Itself., supersedes: c, restates: c}
""")
    )

    assert summaries(found) == []


def test_markdown_marks_an_unknown_order(dossier_of: DossierOf) -> None:
    text = (
        "claims:\n"
        "- {id: a, party: p, statement: One way., issue: i}\n"
        "- {id: b, party: p, statement: Another way., issue: i, KIND: a}\n"
    )
    restated = dossier_of(text.replace("KIND", "restates"))
    superseded = dossier_of(text.replace("KIND", "supersedes"))

    assert "| i | reworded (the dates do not tell which was first) | " in markdown(drift(restated))
    assert "| i | superseded | " in markdown(drift(superseded))
    assert [step.ordered for d in (restated, superseded) for step in drift(d).changes] == [
        False,
        True,
    ]


def test_a_party_with_its_members_is_one_account(dossier_of: DossierOf) -> None:
    """A requested party includes its members; by default each party has its own account."""
    text = HARBOUR + (
        "- {id: none-here, party: crane, statement: Nothing happened., said: 2021-03-07,"
        " issue: strike, position: no}\n"
    )
    alone = [step for step in summaries(drift(dossier_of(text))) if step[0] != "union"]
    together = summaries(drift(dossier_of(text), ["port"]))

    assert [step[1:3] for step in alone] == [("none", "short")]
    assert [step[1:3] for step in together] == [
        ("none", "short"), ("short", "none-here"), ("none-here", "still"),
    ]  # fmt: skip


def moving_claim(number: int) -> st.SearchStrategy[dict[str, object]]:
    """A claim of one or both of two parties, with any field that can cause a change."""
    others = st.sampled_from([f"c{n}" for n in range(5)])
    party = st.sampled_from(["p", "q", ["p", "q"]])
    fields = {
        "said": st.sampled_from(["2020", "2021-01-01", "2021-02-01"]),
        "about": st.sampled_from(["2019", "2020"]),
        "position": st.sampled_from(["yes", "no"]),
        "issue": st.just("i"),
        "restates": others,
        "supersedes": others,
        "withdrawn": st.just("2022"),
    }
    return st.fixed_dictionaries(
        {"id": st.just(f"c{number}"), "party": party, "statement": st.sampled_from(["A", "B b"])},
        optional=fields,
    )


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.tuples(*map(moving_claim, range(5))))
def test_the_index_selects_every_change(claims: tuple[dict[str, object], ...]) -> None:
    """The claims that the index selects have the same changes as all claims."""
    texts = {"a.yaml": yaml.safe_dump({"claims": list(claims)})}
    everything = dossier_from(texts)
    selected = dossier_from(texts, Request(scope=Scope.MOVED))

    assert drift(selected).changes == drift(everything).changes
    assert drift(selected).parties == drift(everything).parties


def test_filters_select_the_changes_of_matching_claims(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HARBOUR)
    done = claimcli("drift", "--since", "2021-03-05", "--data", ".", "-f", "json", cwd=tmp_path)
    steps = json.loads(done.stdout)["steps"]

    assert [(step["earlier"]["id"], step["later"]["id"], step["ordered"]) for step in steps] == [
        ("none", "short", True)
    ]


def test_flat_lines_carry_dates_and_sources(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HARBOUR)
    done = claimcli("drift", "port", "--data", ".", cwd=tmp_path)

    assert done.stdout == (
        "party\tissue\tshifts\tordered\tearlier\twhen\tspeaker\tsources\tstatement"
        "\tlater\tlater_when\tlater_speaker\tlater_sources\tlater_statement\n"
        "port\tstrike\tposition changed: no → yes, superseded\tyes\tnone\t2021-03-01\tThe Port"
        "\t\tThere was no strike at all.\tshort\t2021-03-05\tThe Port\tletter"
        "\tThere was a short strike.\n"
    )


@pytest.mark.parametrize(
    ("format_", "member", "own"),
    [
        ("tsv", "\tAda Crown (Treasury)\t", "\tAda Crown\t"),
        ("md", "`full` (Ada Crown (Treasury), 1701", "`full` (Ada Crown, 1701"),
    ],
)
def test_a_parent_names_the_member_that_speaks(
    dossier_of: DossierOf, format_: str, member: str, own: str
) -> None:
    """Next to the speaker is the member; in the member's own account it is only in the heading."""
    dossier = dossier_of(TREES)

    assert member in WRITERS[format_](drift(dossier, ["realm"]))
    assert own in WRITERS[format_](drift(dossier, ["treasury"]))


def test_json_has_the_member_of_each_claim(dossier_of: DossierOf) -> None:
    step = json.loads(WRITERS["json"](drift(dossier_of(TREES), ["realm"])))["steps"][0]

    assert (step["party"], step["earlier"]["party"], step["later"]["party"]) == (
        "realm", "treasury", "mint",
    )  # fmt: skip


def test_a_screen_names_the_member_that_speaks(dossier_of: DossierOf) -> None:
    shown = draw(drift(dossier_of(TREES), ["realm"]), Settings(width=100, color=False))

    assert "Ada Crown (Treasury), 1701-03-01" in shown
    assert "Bo Heller (Mint), 1701-04-01" in shown


def test_an_unknown_party_is_an_error_with_a_hint() -> None:
    done = claimcli("--sample", "call", "drift", "kremlim")

    assert (done.returncode, done.stderr) == (
        2, "error: no party 'kremlim'; did you mean 'kremlin'?\n",
    )  # fmt: skip


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_terminal_gets_both_claims(columns: int, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HARBOUR)
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli --data {tmp_path} drift", cwd=ROOT, columns=columns,
        env={"NO_COLOR": "1"},
    )  # fmt: skip

    assert code == 0
    assert max(map(len, shown.splitlines())) <= columns
    assert ("earlier" in shown, "no source on file" in shown) == (True, True)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_in_its_cell(words: str, dossier_of: DossierOf) -> None:
    def rows(text: str) -> list[int]:
        claim = {"id": "a", "party": text, "statement": text, "withdrawn": "2021"}
        found = dossier_of(yaml.safe_dump({"claims": [claim | {"party": "p"}]}, allow_unicode=True))
        return [line.replace(r"\|", "").count("|") for line in markdown(drift(found)).splitlines()]

    assert rows(words) == rows("plain")
