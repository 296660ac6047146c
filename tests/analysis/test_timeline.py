"""The order of claims in time, and the time until the first rebuttal."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from msgspec.structs import replace

from claimcli.analysis.timeline import time_between, timeline
from claimcli.core.dates import parse_date
from claimcli.core.records import Dossier
from claimcli.formats.timeline import markdown
from claimcli.formats.timeline_notes import marks_note, opposition_notes, rebuttal_note
from claimcli.formats.timeline_svg import svg
from tests.formats.test_briefing import HOSTILE
from tests.support.cli import ROOT, claimcli
from tests.support.terminal import in_terminal

DossierOf = Callable[[str], Dossier]

FLOOD = """
parties: [{id: dam, name: The Dam}, {id: town, name: The Town}]
sources: [{id: log, title: Log, published: 2020-04-30}, {id: old, title: Old, published: 2020-04-02}]
claims:
- {id: held, party: dam, statement: The gate held., said: 2020-05-01, source: log}
- {id: undated, party: dam, statement: All is well., sources: [log, old]}
- {id: late, party: town, statement: It did not., said: 2020-05-09, responds_to: {claim: held, kind: denies}}
- {id: early, party: town, statement: It broke., said: 2020-05-03, responds_to: {claim: held, kind: contradicts}}
- {id: partly, party: town, statement: It held for a day., said: 2020-05-02, responds_to: {claim: held, kind: qualifies}}
- {id: loose, party: town, statement: Not all., responds_to: {claim: undated, kind: denies}}
"""
SVG = "{http://www.w3.org/2000/svg}"


def test_claims_are_in_order_of_time(dossier_of: DossierOf) -> None:
    """A claim without `said` is at the day of its first source, and without sources the last.

    The first rebuttal is the earliest opposing answer.
    """
    found = timeline(dossier_of(FLOOD))
    told = [
        (
            e.claim.id,
            e.first_rebuttal and e.first_rebuttal.id,
            e.gap and e.gap.label,
            e.published and e.published.text,
        )
        for e in found.entries
    ]

    assert told == [
        ("undated", "loose", None, "2020-04-02"),
        ("held", "early", "2 days", "2020-04-30"),
        ("partly", None, None, None),
        ("early", None, None, None),
        ("late", None, None, None),
        ("loose", None, None, None),
    ]
    assert [entry.claim.id for entry in found.undated] == ["loose"]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("2020-05-01", "2020-05-01", "same day"),
        ("2020-05-01", "2020-05-02", "1 day"),
        ("2020-02-28", "2020-03-01", "2 days"),
        ("2020-05-03", "2020-05-01", "2 days earlier"),
        ("2020-05", "2020-06", "1 to 60 days"),
        ("2020-05-01", "2020-05", "0 to 30 days"),
        ("2020-05-15", "2020-05", "at most 16 days"),
        ("2020-05-01T10:00Z", "2020-05-01T12:30Z", "2 h 30 min"),
        ("2020-05-01T10:00+02:00", "2020-05-01T10:00Z", "2 h"),
        ("2020-05-01T10:00Z", "2020-05-01T10:00Z", "0 min"),
        ("2020-05-01T10:00Z", "2020-05-01T09:45Z", "15 min earlier"),
        ("2020-05-01T10:00Z", "2020-05-03T11:05Z", "2 days 1 h"),
        ("2020-05-01T23:00", "2020-05-02", "1 day"),
    ],
)
def test_gaps_are_counted_as_people_do(one: str, other: str, words: str) -> None:
    found = time_between(parse_date(one), parse_date(other))

    assert found is not None
    assert found.label == words


@pytest.mark.parametrize("open_date", ["../2020", "2020/.."])
def test_an_open_date_gives_no_gap(open_date: str) -> None:
    assert time_between(parse_date(open_date), parse_date("2021")) is None
    assert time_between(parse_date("2019"), parse_date(open_date)) is None


def test_gaps_have_the_bounds_of_the_dates() -> None:
    """The minimum gap is from the latest to the earliest moment, the maximum the reverse."""
    found = time_between(parse_date("2020-05-01"), parse_date("2020-05-03"))

    assert found is not None
    assert (found.least.total_seconds(), found.most.total_seconds()) == (86_401, 259_199)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("2024-03-01T01:00+05:00", "2024-03-01", "0 to 1 days"),
        ("2024-03-01T23:30-05:00", "2024-03-01", "0 to 1 days earlier"),
        ("2024-03-01T12:00Z", "2024-03-05", "3 to 5 days"),
    ],
)
def test_a_clock_without_an_offset_leaves_doubt(one: str, other: str, words: str) -> None:
    """A date that can be the same day in some time zone is never certainly a day earlier or later."""
    found = time_between(parse_date(one), parse_date(other))

    assert found is not None
    assert found.label == words


REPLIES = """
parties: [{id: east, name: East}, {id: west, name: West}]
sources: [{id: wire, title: Wire, published: 2020-05-04}]
claims:
- {id: told, party: east, statement: It is so., said: 2020-05-01}
"""


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        ([("a", "2020-05-03")], "first rebuttal a (West, after 2 days)"),
        ([("a", None)], "first rebuttal a (West, dates do not tell when)"),
        ([("a", None), ("b", "2020-05-03")], "earliest dated rebuttal b (West, after 2 days); further: a"),
        ([("a", "202X"), ("b", "2020-05-03")],
         "earliest dated rebuttal a (West, after at most 3,531 days); further: b"),
        ([("a", None), ("b", None)], "undated rebuttal a (West); further: b"),
        ([("a", "wire")], "first rebuttal a (West, by 2020-05-04)"),
        ([("a", "wire"), ("b", "2020-05-04")],
         "earliest dated rebuttal b (West, after 3 days); further: a"),
        ([("a", "wire"), ("b", "2020-05-05")], "first rebuttal a (West, by 2020-05-04); further: b"),
        ([(f"r{n}", f"2020-06-0{n}") for n in range(1, 7)],
         "first rebuttal r1 (West, after 31 days); further: r2, r3, r4, 2 more"),
    ],
)  # fmt: skip
def test_dates_decide_which_rebuttal_is_the_first(
    replies: list[tuple[str, str | None]], words: str, dossier_of: DossierOf
) -> None:
    dates = {None: "", "wire": ", source: wire"}
    claims = "".join(
        f"- {{id: {name}, party: west, statement: No., responds_to: told"
        f"{dates.get(said, f', said: {said}')}}}\n"
        for name, said in replies
    )
    dossier = dossier_of(REPLIES + claims)
    entry = next(e for e in timeline(dossier).entries if e.claim.id == "told")

    assert rebuttal_note(dossier, entry) == words


def test_rebuttals_by_others_come_first_and_past_ones_last(
    dossier_of: DossierOf,
) -> None:
    dossier = dossier_of(
        REPLIES
        + "- {id: own, party: east, statement: No., responds_to: told, said: 2020-05-02}\n"
        + "- {id: gone, party: west, statement: No., responds_to: told, said: 2020-05-02,"
        " withdrawn: 2020-06-01}\n"
        + "- {id: theirs, party: west, statement: No., responds_to: told, said: 2020-05-04}\n"
        + "- {id: old, party: west, statement: No., responds_to: told, said: 2020-05-03}\n"
        + "- {id: new, party: west, statement: Perhaps., said: 2020-05-09, supersedes: old}\n"
    )
    found = {e.claim.id: e for e in timeline(dossier).entries}

    assert [claim.id for claim in found["told"].rebuttals] == ["theirs", "own", "gone", "old"]
    assert marks_note(dossier, found["gone"]) == "withdrawn 2020-06-01"


def test_a_superseded_rebuttal_is_marked_and_all_its_parties_are_named(
    dossier_of: DossierOf,
) -> None:
    dossier = dossier_of(
        REPLIES
        + "- {id: no, party: [west, north], statement: No., responds_to: told, said: 2020-05-03}\n"
        + "- {id: yes, party: west, statement: Yes., supersedes: no}\n"
    )
    found = {e.claim.id: e for e in timeline(dossier).entries}

    assert rebuttal_note(dossier, found["told"]) == (
        "first rebuttal no (West and north, after 2 days, superseded by yes)"
    )
    assert marks_note(dossier, found["no"]) == "superseded by yes"


def test_flat_lines(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FLOOD)
    done = claimcli("timeline", "id:held OR id:early", "--data", ".", cwd=tmp_path)

    assert done.stdout == (
        "when\tid\tparty\tstatement\twithdrawn\tanswers\tfirst_rebuttal\tcertain\tgap\trebuttals"
        "\tpublished\topposed_by\n"
        "2020-05-01\theld\tdam\tThe gate held.\t\t\tearly\tyes\t2 days\tearly, late\t2020-04-30"
        "\tearly (contradicts), late (denies)\n"
        "2020-05-03\tearly\ttown\tIt broke.\t\tholds a rival account: held\t\t\t\t\t"
        "\theld (contradicts)\n"
    )


def test_json_has_the_documented_keys(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FLOOD)
    done = claimcli("timeline", "id:held", "--data", ".", "-f", "json", cwd=tmp_path)
    entry = json.loads(done.stdout)["entries"][0]

    assert (entry["id"], entry["rebuttals"]) == ("held", ["early", "late"])
    assert entry["gap"] == {"least": 86_401, "most": 259_199, "words": "2 days"}
    assert (entry["first_rebuttal"], entry["published"]) == ("early", "2020-04-30")


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_terminal_gets_what_fits(columns: int, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FLOOD)
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli --data {tmp_path} timeline", cwd=ROOT, columns=columns,
        env={"NO_COLOR": "1"},
    )  # fmt: skip

    assert code == 0
    assert max(map(len, shown.splitlines())) <= columns
    told = " ".join(shown.split())
    assert "first rebuttal early (The Town, after 2 days); further: late" in told or columns == 40
    assert "first rebuttal loose (The Town, dates do not tell when)" in told or columns == 40


def test_the_picture_is_xml_with_a_title_and_a_description(dossier_of: DossierOf) -> None:
    """Each claim has a box, each answer a line, and the picture has no scripts."""
    dossier = dossier_of(FLOOD)
    root = ET.fromstring(svg(timeline(dossier)))

    assert root.find(f"{SVG}title").text == "Who said what, and when"
    assert root.find(f"{SVG}desc").text.startswith("6 claims; 1 without a date.")
    assert [g.get("class") for g in root.findall(f"{SVG}g")].count("claim") == 6
    lines = [p for p in root.findall(f"{SVG}path") if p.get("class", "").startswith("line")]
    assert [p.get("class") for p in lines] == [
        "line allowing", "line against", "line against", "line against",
        "line against", "line allowing",  # of the legend
    ]  # fmt: skip
    assert not root.findall(f".//{SVG}script")


def test_the_picture_says_in_words_what_lines_mean(dossier_of: DossierOf) -> None:
    dossier = dossier_of(FLOOD)
    words = "\n".join(ET.fromstring(svg(timeline(dossier))).itertext())

    for part in ("denies: held", "qualifies, or takes no side", "1 day later", "no date on file"):
        assert part in words


def test_lines_run_from_the_answer_to_the_claim(dossier_of: DossierOf) -> None:
    """A line goes from the answer's box to the claim's box, where it has its head."""
    dossier = dossier_of(
        REPLIES + "- {id: no, party: west, statement: No., responds_to: told, said: 2020-05-04}\n"
    )
    root = ET.fromstring(svg(timeline(dossier)))
    boxes = {
        g.find(f"{SVG}title").text: g.find(f"{SVG}rect")
        for g in root.findall(f"{SVG}g")
        if g.get("class") == "claim"
    }
    line = next(p for p in root.findall(f"{SVG}path") if p.get("class", "").startswith("line"))
    start, end = re.match(r"M([\d.]+) .*L([\d.]+) [\d.]+$", line.get("d")).groups()

    assert float(start) == float(boxes["No."].get("x"))
    assert float(end) == float(boxes["It is so."].get("x")) + float(boxes["It is so."].get("width"))


def test_dates_do_not_overlap(dossier_of: DossierOf) -> None:
    """A date of two lines does not overlap the time since the date before."""
    claims = [
        {"id": f"c{n}", "party": "p", "statement": "A.", "said": f"2024-01-0{n}T10:00:00+02:00/.."}
        for n in (1, 2)
    ] + [{"id": "d", "party": "p", "statement": "B.", "said": "2024-01-05T10:00:00+02:00"}]
    dossier = dossier_of(yaml.safe_dump({"claims": claims}))
    root = ET.fromstring(svg(timeline(dossier)))
    places = [(t.get("x"), t.get("y")) for t in root.findall(f"{SVG}text")]

    assert len(places) == len(set(places))


def test_joint_parties_are_named_in_the_box(dossier_of: DossierOf) -> None:
    dossier = dossier_of(
        "parties: [{id: a, name: Ministry of Transport}, {id: b, name: Harbour Authority}]\n"
        "claims: [{id: x, party: [a, b], statement: So., said: 2020}]\n"
    )
    words = " ".join(ET.fromstring(svg(timeline(dossier))).itertext())

    assert "with Harbour Authority" in " ".join(words.split())


def test_a_day_with_many_claims_has_several_columns(dossier_of: DossierOf) -> None:
    claims = [
        {"id": f"c{n}", "party": "p", "statement": f"{n}.", "said": "2020-01-01"} for n in range(9)
    ]
    dossier = dossier_of(yaml.safe_dump({"claims": claims}))
    text = svg(timeline(dossier))

    assert (text.count(">2020-01-01<"), text.count(">continued<")) == (3, 2)


RIVALS = """
parties: [{id: dam, name: The Dam}, {id: town, name: The Town}]
claims:
- {id: safe, party: dam, statement: It is safe., said: 2020-05-01, issue: i, position: yes}
- {id: burst, party: town, statement: It burst., said: 2020-05-02, issue: i, position: no}
- {id: dry, party: dam, statement: No., said: 2020-05-03, responds_to: {claim: burst, kind: denies},
   issue: i, position: yes}
"""


def test_rival_positions_are_named(dossier_of: DossierOf) -> None:
    """A claim names each other position on its issue, unless it or the rival is an answer."""
    dossier = dossier_of(RIVALS)
    found = timeline(dossier)

    assert [opposition_notes(dossier, entry) for entry in found.entries] == [
        ("holds another position: no (The Town) [burst]",),
        (
            "first rebuttal dry (The Dam, after 1 day)",
            "holds another position: yes (The Dam) [safe]",
        ),
        (),
    ]
    assert [row[-1] for row in found.table().rows] == [
        ("burst (position)",),
        ("dry (denies)", "safe (position)"),
        ("burst (denies)",),
    ]
    assert (
        markdown(found)
        .splitlines()[3]
        .endswith(
            r"first rebuttal dry (The Dam, after 1 day)<br>holds another position: yes (The Dam) \[safe\] |"
        )
    )


def test_further_rivals_are_counted(dossier_of: DossierOf) -> None:
    """Of many rivals the first three are named, of more than fifty not all are counted."""
    notes = []
    for many in (4, 5, 150):
        rivals = [
            {"id": f"c{n:03}", "party": f"p{n}", "statement": "No.", "issue": "i", "position": "no"}
            for n in range(many)
        ]
        own = {"id": "yes", "party": "q", "statement": "Yes.", "issue": "i", "position": "yes"}
        dossier = dossier_of(yaml.safe_dump({"claims": [*rivals, own]}))
        entry = next(e for e in timeline(dossier).entries if e.claim.id == "yes")
        notes.append(opposition_notes(dossier, entry))

    assert [len(part) for part in notes] == [4, 4, 4]
    assert [part[-1] for part in notes] == [
        "holds another position: no (p3) [c003]",
        "2 more hold another position",
        "at least 47 more hold another position",
    ]


def test_the_note_on_a_rival_is_short(dossier_of: DossierOf) -> None:
    """A long position and the names of a large coalition are cut: many claims can repeat them."""
    claims = [
        {"id": "a", "party": "p", "statement": "A.", "issue": "i", "position": "yes"},
        {"id": "b", "party": [f"q{n}" for n in range(9)], "statement": "B.", "issue": "i",
         "position": "no, " * 100},
    ]  # fmt: skip
    entry = timeline(dossier := dossier_of(yaml.safe_dump({"claims": claims}))).entries[0]

    assert opposition_notes(dossier, entry) == (
        f"holds another position: {('no, ' * 30).rstrip()}… "
        "(q0 and q1 and q2 and q3 and q4 and 4 more) [b]",
    )


def test_rivals_in_the_picture(dossier_of: DossierOf) -> None:
    """Rivals are linked by a line of their own style; a rival that is not shown is named."""
    dossier = dossier_of(RIVALS)
    root = ET.fromstring(svg(timeline(dossier)))
    lines = [p.get("class") for p in root.findall(f"{SVG}path") if "line" in p.get("class", "")]
    alone = replace(dossier, claims=dossier.claims[:1])

    assert lines == [
        "line against",
        "line rival",
        "line against",
        "line rival",
    ]  # two in the legend
    assert "holds another position" in [t.text for t in root.findall(f"{SVG}text")]
    assert "[burst]" not in " ".join(t.text or "" for t in root.iter(f"{SVG}text"))
    words = " ".join(t.text or "" for t in ET.fromstring(svg(timeline(alone))).iter(f"{SVG}text"))
    assert "holds another position: no (The Town) [burst]" in words


def test_too_many_claims_for_a_picture_are_refused_with_a_hint(tmp_path: Path) -> None:
    claims = [{"id": f"c{n}", "party": "p", "statement": f"{n}."} for n in range(1_001)]
    (tmp_path / "a.yaml").write_text(yaml.safe_dump({"claims": claims}))
    done = claimcli("timeline", "--data", ".", "-f", "svg", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: 1,001 claims are more than the 1,000 of one picture; "
        "narrow it with --issue, --party, --since or a query\n"
    )


@pytest.mark.parametrize(
    "words", [*HOSTILE, "]]>", "</style><script>", "\x00\x08\ufffe", "a" * 9999]
)
def test_hostile_text_is_text(words: str, dossier_of: DossierOf) -> None:
    """Hostile data changes neither the elements of the picture nor the cells of the table."""

    def shape(text: str) -> tuple[list[str], int]:
        claims = [
            {"id": "a", "party": "p", "speaker": text, "statement": text, "said": "2020"},
            {"id": "b", "party": "p", "statement": "B.", "responds_to": "a"},
        ]
        data = {"parties": [{"id": "p", "name": text}], "claims": claims}
        dossier = dossier_of(yaml.safe_dump(data, allow_unicode=True))
        found = timeline(dossier)
        root = ET.fromstring(svg(found))
        tags = {e.tag.removeprefix(SVG) for e in root.iter()}
        cells = [re.sub(r"\\\|", "", line).count("|") for line in markdown(found).splitlines()]
        return sorted(tags), sum(cells)

    assert shape(words) == shape("plain")
