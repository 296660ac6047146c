"""The page of a claim."""

from pathlib import Path

import pytest

from claimcli.dossier.index import stamp
from claimcli.dossier.index.similar_table import fill
from claimcli.dossier.open import LoadOptions, open_dossier, read_index
from claimcli.web import index_reader
from claimcli.web.index_reader import IndexReader
from claimcli.web.page import NoSuchPageError
from claimcli.web.reader import SiteInfo, WholeReader
from tests.support.pages import main_part, page_of, readers_of, seen, write

HARBOUR = {
    "texts/talk.txt": "HARRIS: The harbour was closed on Monday.\nThe fees are high this year.\n",
    "registries.yaml": """
parties: [{id: port, name: Port Office, speakers: [Ann Harris]}, {id: union, name: Union}]
issues: [{id: fees, question: Are the fees too high?}]
events: [{id: strike, title: The strike, date: 2023-05}]
sources:
  - {id: talk, title: A talk, published: 2023-05-02, language: en, text: texts/talk.txt,
     url: "https://port.example/talk"}
""",
    "claims.yaml": """
claims:
  - id: fair
    party: port
    speaker: Ann Harris
    said: 2023-05-02
    issue: fees
    position: "no"
    event: strike
    tags: [money]
    note: Said at the door.
    statement: The fees are fair.
    source: {id: talk, quote: fees are high}
    responses:
      - id: unfair
        party: union
        kind: denies
        position: "yes"
        statement: The fees are too high.
        source: {id: talk, quote: The fees were high this year}
        responses:
          - {id: paid, party: port, kind: qualifies, statement: They are paid., source: talk}
  - {id: doubled, party: union, issue: fees, position: "yes", statement: They doubled., source: talk}
  - {id: again, party: port, restates: fair, statement: All is fair., source: talk}
""",
}


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return write(tmp_path, HARBOUR)


def test_a_claim_is_shown_with_its_thread_sources_and_rivals(harbour: Path) -> None:
    """Question, statement, speaker, status, answers, verdict, opposing positions, fields."""
    assert seen(page_of(harbour, "/claim/fair")) == [
        "On the question Are the fees too high?",
        "The fees are fair.",
        "Ann Harris, for Port Office, 2 May 2023",
        "Contested: Union denies; Union holds another position: yes",
        "Answers",
        "Union denies, by 2 May 2023",
        "The fees are too high.",
        "The fees [were] high this year",
        "A talk · ✗ does not occur in the text, which has other words: line 2; "
        "the text has “The fees [are] high this year”",
        "unfair",
        "Port Office accepts in part or with a condition, by 2 May 2023",
        "They are paid.",
        "paid",
        "Source",
        "fees are high",
        "✓ occurs in the text, line 2 · see it in the page",
        "A talk, 2 May 2023 · original talk",
        "Opposing positions",
        "Union",
        "yes – The fees are too high.",
        "Union",
        "yes – They doubled.",
        "Restated by",
        "Port Office",
        "All is fair.",
        "On file",
        "Status",
        "contested",
        "Party",
        "Port Office",
        "Speaker",
        "Ann Harris",
        "Said",
        "2 May 2023",
        "About",
        "none on file",
        "Position",
        "no",
        "Issue",
        "fees",
        "Event",
        "strike The strike",
        "Tags",
        "money",
        "Note",
        "Said at the door.",
        "Id",
        "fair",
        "File",
        "claims.yaml:3",
        "Cite as",
        "Ann Harris, for Port Office, 2 May 2023: “The fees are fair.” In: A talk, 2 May 2023, "
        "line 2. Contested: Union denies; Union holds another position: yes. [fair]",
        "Graph around this claim · JSON",
    ]


def test_a_claim_that_nobody_answers_says_so(harbour: Path) -> None:
    """The absence of an answer is written out, neutrally."""
    lines = seen(page_of(harbour, "/claim/doubled"))

    assert lines[lines.index("Answers") + 1] == "no response on file"


def test_an_answer_shows_what_it_answers(harbour: Path) -> None:
    """The answered claim is above, with the kind of the answer."""
    lines = seen(page_of(harbour, "/claim/paid"))

    start = lines.index("It answers")
    assert lines[start + 1 : start + 4] == [
        "Union",
        "The fees are too high.",
        "Port Office accepts in part or with a condition · unfair",
    ]


def test_a_passage_of_the_text_is_linked(harbour: Path) -> None:
    """The line of a quote leads to the quote in the page of its source."""
    html = page_of(harbour, "/claim/fair")

    assert '<a href="/source/talk#q-fair-1">line 2</a>' in html
    assert 'id="q-fair-1"' in page_of(harbour, "/source/talk")


def test_an_unknown_claim_has_no_page_and_suggestions(harbour: Path) -> None:
    """A mistyped id and a part of an id name the nearest claim."""
    with pytest.raises(NoSuchPageError, match="no claim 'dobled'; did you mean 'doubled'") as typo:
        page_of(harbour, "/claim/dobled")
    with pytest.raises(NoSuchPageError) as part:
        page_of(harbour, "/claim/doub")

    assert typo.value.nearest == part.value.nearest == (("claim", "doubled"),)


def test_data_is_text_and_never_markup(tmp_path: Path) -> None:
    """Markup and control characters in a dossier are shown as they are."""
    data = """
parties: [{id: p, name: "<b>P</b>"}]
claims:
  - {id: a, party: p, statement: "<script>alert(1)</script> \u202eback", note: "a < b",
     source: {title: "<i>T</i>", url: "javascript:alert(1)", quote: "<q>"}}
"""
    html = page_of(write(tmp_path, {"d.yaml": data}), "/claim/a")

    assert "&lt;script&gt;alert(1)&lt;/script&gt; ⟨U+202E⟩back" in html
    assert "&lt;b&gt;P&lt;/b&gt;" in html
    assert "<script" not in html
    assert "javascript:" not in html


def test_only_the_first_answers_of_a_long_thread_are_shown(tmp_path: Path) -> None:
    """The page of a claim stays small whatever its number of answers."""
    answers = "".join(
        f"  - {{id: a{n}, party: q, statement: S., source: {{title: T}},"
        " responds_to: {claim: c, kind: denies}}\n"
        for n in range(140)
    )
    claim = "  - {id: c, party: p, statement: C., source: {title: T}}\n"
    parties = "parties: [{id: p}, {id: q}]\n"
    folder = write(tmp_path, {"d.yaml": f"{parties}claims:\n{claim}{answers}"})

    html = page_of(folder, "/claim/c")

    assert "40 further answers are not shown here." in seen(html)
    assert len(html.encode()) < 100_000


def test_the_rule_of_a_changed_text_is_a_note(harbour: Path) -> None:
    """A text with another checksum than the one on file is noted next to the verdict."""
    path = harbour / "registries.yaml"
    text = path.read_text(encoding="utf-8").replace("language: en", f"sha256: {'0' * 64}")
    path.write_text(text, encoding="utf-8")

    lines = seen(page_of(harbour, "/claim/fair"))

    noted = [line for line in lines if line.startswith("Note: changed-text: the text is not")]
    assert len(noted) == 1


BRIDGE = """
issues: [{id: bridge, question: Is the bridge safe?}]
claims:
  - id: safe
    party: town
    issue: bridge
    position: "yes"
    statement: The old bridge was closed on 12 January for repairs.
    source: {title: T}
    rebuttals: [{id: no-repairs, party: union, statement: The old bridge had no repairs on 12 January.}]
  - {id: closed, party: press, statement: The old bridge was closed on 13 January., source: {title: T}}
  - {id: same, party: town, issue: bridge, position: "yes", source: {title: T},
     statement: The old bridge was closed for repairs.}
  - {id: fees, party: town, statement: The fees are high., source: {title: T}}
"""


def test_similar_claims_are_listed_with_what_differs(tmp_path: Path) -> None:
    """Claims that are elsewhere on the page, such as answers, are not repeated."""
    lines = seen(page_of(write(tmp_path, {"d.yaml": BRIDGE}), "/claim/safe"))

    start = lines.index("Similar claims")
    assert lines[start : lines.index("On file")] == [
        "Similar claims", "press", "The old bridge was closed on 13 January.",
        "differs: 12 / 13 January",
    ]  # fmt: skip
    assert "Similar claims" not in seen(page_of(tmp_path, "/claim/fees"))


def test_a_large_dossier_has_similar_claims_after_the_first_match(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To prepare the search takes too long for a page; a site is written at leisure."""
    monkeypatch.setattr(index_reader, "MAX_PREPARED", 0)
    monkeypatch.setattr(stamp, "CLOCK_TICK", 0)
    monkeypatch.setattr(stamp, "COARSE_CLOCK_TICK", 0)
    data = write(tmp_path / "data", {"d.yaml": BRIDGE})
    options = LoadOptions(cache=lambda: tmp_path / "cache")

    def shown() -> list[str]:
        return seen(main_part(IndexReader([data], options), "/claim/safe"))

    assert "Similar claims" not in shown()
    read_index([data], lambda db, _: fill(db), options)
    assert "Similar claims" in shown()
    _, whole = readers_of(data)
    assert "Similar claims" in seen(main_part(whole, "/claim/safe"))


def test_a_site_lists_no_internal_claim_as_similar(tmp_path: Path) -> None:
    """Its statement would be published."""
    hidden = BRIDGE.replace("id: closed, party", "id: closed, internal: true, party")
    whole = open_dossier([write(tmp_path, {"d.yaml": hidden})])
    reader = WholeReader(whole, SiteInfo(title="T"))

    assert "Similar claims" not in seen(main_part(reader, "/claim/safe"))
    assert "Similar claims" in seen(page_of(tmp_path, "/claim/safe"))
