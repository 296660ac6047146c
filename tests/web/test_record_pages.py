"""Pages of parties, issues and events, and the lists of parties, issues and sources."""

from pathlib import Path

import pytest

from claimcli.web.page import NoSuchPageError
from tests.support.pages import page_of, seen, write

FERRY = {
    "registries.yaml": """
parties:
  - {id: state, name: State, kind: government, aliases: [Crown]}
  - {id: navy, name: Navy, part_of: state}
  - {id: press, name: Press}
  - {id: bank, name: Bank}
issues:
  - {id: fares, question: Do the fares rise?, positions: ["yes", "no"]}
  - {id: fog, question: May ferries sail in fog?}
events:
  - {id: strike, title: The strike, date: 2023-05, place: Harbour}
  - {id: feast, title: The feast}
sources:
  - {id: talk, title: Une visite, language: fr, outlet: Radio, published: 2023-05-02, kind: primary}
  - {id: wire, title: A report, derived_from: [talk]}
""",
    "claims.yaml": """
claims:
  - {id: rise, party: state, said: 2023-05-02, issue: fares, position: "yes", event: strike,
     source: talk, statement: The fares rise.}
  - {id: also, party: navy, said: 2023-05-03, issue: fares, position: "yes", statement: They do.}
  - {id: stay, party: press, issue: fares, position: "no", source: {id: wire, quote: they stay},
     statement: They stay.}
""",
}


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    return write(tmp_path, FERRY)


def test_the_list_of_parties(ferry: Path) -> None:
    """Every party with its numbers; a query leaves those of the matching claims."""
    assert seen(page_of(ferry, "/parties"))[1:21] == [
        "4 parties. A party’s answer to its own claim is not a rebuttal.",
        "Party", "Kind", "Claims", "With members", "Rebuttals made", "Claims rebutted",
        "No response on file",
        "State", "government", "1 claim", "2 with members", "0 rebuttals made", "0 claims rebutted",
        "1 with no response on file",
        "Navy part of State", "1 claim", "1 with members", "0 rebuttals made", "0 claims rebutted",
    ]  # fmt: skip
    assert seen(page_of(ferry, "/parties?q=party:press"))[1].startswith("1 party of the claims")


def test_the_page_of_a_party(ferry: Path) -> None:
    """Its fields, what it and its members say on each question, and their claims."""
    lines = seen(page_of(ferry, "/party/state"))

    assert lines[:21] == [
        "Party",
        "State",
        "Members: Navy. Their claims are listed here, too.",
        "Compare with other parties",
        "Kind", "government",
        "Aliases", "Crown",
        "Id", "state",
        "File", "registries.yaml:3",
        "On each question",
        "Do the fares rise?",
        "yes – They do. 2 claims",
        "2 claims",
        "Search and sort",
        "Narrow",
        "Said", "Who", "What",
    ]  # fmt: skip
    assert seen(page_of(ferry, "/party/navy"))[0] == "Party, part of State"


def test_a_party_without_claims_has_a_page(ferry: Path) -> None:
    """So has an issue and an event."""
    assert seen(page_of(ferry, "/party/bank"))[-1] == "No claims on file"
    assert seen(page_of(ferry, "/issue/fog"))[:2] == ["Question", "May ferries sail in fog?"]
    assert seen(page_of(ferry, "/event/feast"))[1] == "The feast"


def test_the_page_of_an_issue(ferry: Path) -> None:
    """The relation in words, who is silent, who says what, and the claims."""
    lines = seen(page_of(ferry, "/issue/fares"))

    assert lines[:15] == [
        "Question",
        "Do the fares rise?",
        "positions yes / no",
        "Silent: Bank",
        "Positions", "yes, no",
        "Id", "fares",
        "File", "registries.yaml:8",
        "Who says what",
        "State",
        "yes – The fares rise.",
        "Navy",
        "yes – They do.",
    ]  # fmt: skip
    assert lines[15:18] == ["Press", "no – They stay.", "3 claims"]


def test_an_issue_that_is_only_mentioned(tmp_path: Path) -> None:
    """Its id is the heading; it is in no file."""
    text = "claims: [{id: a, party: p, issue: rain, statement: It rains.}]\n"
    lines = seen(page_of(write(tmp_path, {"a.yaml": text}), "/issue/rain"))

    assert lines[:5] == ["Question", "rain", "Only p speaks", "Id", "rain"]
    assert "File" not in lines


def test_the_list_of_issues(ferry: Path) -> None:
    """Every issue with its relation, parties and numbers."""
    lines = seen(page_of(ferry, "/issues"))

    assert lines[1] == "2 questions, in the order of the registry."
    assert lines[8:14] == [
        "Do the fares rise? fares", "positions yes / no", "State, Navy and Press",
        "3 claims", "3 contested", "3 with no response on file",
    ]  # fmt: skip
    assert lines[14:16] == ["May ferries sail in fog? fog", "no claims on file"]


def test_the_page_of_an_event(ferry: Path) -> None:
    """Its date, its place and its claims."""
    lines = seen(page_of(ferry, "/event/strike"))

    assert lines[:6] == ["Event", "The strike", "Date", "May 2023", "Place", "Harbour"]
    assert "1 claim" in lines


def test_the_list_of_sources(ferry: Path) -> None:
    """Titles have the language of the source; derived ones name their origins."""
    html = page_of(ferry, "/sources")
    lines = seen(html)

    assert lines[1] == "2 sources; independent origins: claims that rest 1 on none, 2 on 1."
    assert lines[9:15] == [
        "Une visite talk", "Radio", "2023-05-02", "primary", "1 claim", "0 quotes",
    ]  # fmt: skip
    assert lines[15:] == ["A report wire", "no date", "talk", "1 claim", "1 quote"]
    assert '<span class="says" lang="fr">' in html


@pytest.mark.parametrize("address", ["/party/stat", "/issue/fare", "/event/strik"])
def test_an_unknown_record_has_no_page(ferry: Path, address: str) -> None:
    """A part of an id is not enough; similar ids are suggested."""
    with pytest.raises(NoSuchPageError) as caught:
        page_of(ferry, address)

    assert len(caught.value.nearest) == 1
