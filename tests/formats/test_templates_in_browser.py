"""Pages in a browser: readable for everyone, on phones, and on paper.

They are printed and read back with pdftotext; axe-core looks for obstacles in light and dark mode.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimcli.analysis.briefing import briefing
from claimcli.analysis.diff import diff
from claimcli.analysis.matrix import matrix
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.formats import diff as diffs
from claimcli.formats import matrix as matrices
from tests.support import briefings
from tests.support.browser import axe, browser  # noqa: F401 - fixtures
from tests.support.printing import print_page, runs, squeezed

NAMES = (
    "Alder Valley Waterworks", "Residents of Mill Street", "County Health Authority",
    "Intergovernmental Commission for the Protection of the Alder and Its Tributaries",
    "Fenwick Laboratory", "The Courier", "Union of Fitters", "Donaudampfschifffahrtsgesellschaft",
)  # fmt: skip
QUESTIONS = (
    "Was the main under Mill Street sound?", "Was the water of April safe?",
    "Who pays for the new main?", "Did the administration misrepresent its liability in Fenwick?",
)  # fmt: skip
DATE = r"\d{4}-\d\d-\d\d"
POSITIONS = ("sound", "not sound", "misrepresentation of responsibilities")


def dossier_with(parties: int) -> dict[str, Any]:
    """Return the data of a dossier in which each party speaks on three of the four issues."""
    claims = [
        {
            "id": f"claim-{number}-{issue}-responsibility", "party": f"party-{number}",
            "issue": f"question-{issue}", "said": f"2023-05-{number % 28 + 1:02}",
            "statement": f"Sentence {number} about the responsibilities of question {issue}.",
            **({"position": POSITIONS[(number + issue) % 3]} if (number + issue) % 4 else {}),
            "source": {"id": "letter", "quote": f"the responsibilities of question {issue}"},
        }
        for number in range(parties) for issue in range(4) if (number + issue) % 4 != 3
    ]  # fmt: skip
    for before, claim in zip(claims, claims[3::4], strict=False):
        claim["responds_to"] = {"claim": before["id"], "kind": "denies"}
    address = "https://letters.example/archive/of/the/administration/" + "responsibility-" * 6
    names = (*NAMES, *(f"Administration Number {n}" for n in range(len(NAMES), parties)))
    return {
        "parties": [{"id": f"party-{n}", "name": names[n]} for n in range(parties)],
        "issues": [{"id": f"question-{n}", "question": q} for n, q in enumerate(QUESTIONS)],
        "sources": [{"id": "letter", "title": "Open letter", "published": 2023, "url": address}],
        "claims": claims,
    }


@cache
def pages(parties: int) -> dict[str, str]:
    """Return each page of a dossier with so many parties, of the sample dossier for 0."""
    import tempfile

    everything = Request(scope=Scope.ALL, opposition=True)
    if not parties:
        return _pages(open_dossier([sample("waterworks")], everything), "waterworks", "residents")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.yaml")
        path.write_text(yaml.safe_dump(dossier_with(parties), sort_keys=False), encoding="utf-8")
        return _pages(open_dossier([path], everything), "party-0", "party-1")


def _pages(dossier: Dossier, left: str, right: str) -> dict[str, str]:
    found = briefing(dossier)
    return {
        **{name: briefings.html(found, name) for name in briefings.SHIPPED},
        "diff": diffs.html(diff(dossier, left, right)),
        "matrix": matrices.html(matrix(dossier)),
    }


KINDS = (*briefings.SHIPPED, "diff", "matrix")
"""The kinds of pages."""


@pytest.fixture
def shown(browser: Any) -> Iterator[Callable[..., Any]]:  # noqa: F811
    """Give a function that shows a page of HTML in a window."""
    contexts = []

    def show(html: str, *, width: int = 1280, scheme: str = "light") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_content(html)
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize(
    ("parties", "kind"),
    [*((0, kind) for kind in KINDS), (8, "matrix"), (30, "matrix"), (11, "briefing")],
)
def test_no_obstacles(
    shown: Callable[..., Any],
    axe: str,  # noqa: F811
    parties: int,
    kind: str,
    width: int,
    scheme: str,
) -> None:
    """axe-core finds no violation: contrast, landmarks, order of headings, focus of scroll areas."""
    page = shown(pages(parties)[kind], width=width, scheme=scheme)
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations")

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("parties", [0, 8, 30])
def test_nothing_is_wider_than_a_phone(shown: Callable[..., Any], parties: int, kind: str) -> None:
    """Only pictures and regions that can be focused scroll sideways."""
    page = shown(pages(parties)[kind], width=320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every((e) => e.tabIndex === 0)")


@pytest.mark.parametrize("parties", [3, 8])
def test_a_table_is_cards_on_a_phone(shown: Callable[..., Any], parties: int) -> None:
    """Each card has its question, the silent parties, and the name of each party that speaks."""
    page = shown(pages(parties)["matrix"], width=375)
    cards = [card.inner_text() for card in page.query_selector_all("tbody tr")]
    names = NAMES[:parties]

    assert page.evaluate("getComputedStyle(document.querySelector('table')).display") == "block"
    assert len(cards) == len(QUESTIONS)
    for card, question in zip(cards, QUESTIONS, strict=True):
        assert question in card
        assert sorted(name for name in names if name in card) == sorted(names)


@pytest.mark.parametrize("parties", [3, 11, 30])
@pytest.mark.parametrize("kind", KINDS)
def test_print_has_every_word_whole(
    shown: Callable[..., Any], parties: int, kind: str, tmp_path: Path
) -> None:
    """No word or date of the page is missing, broken, or beyond the edge of a sheet."""
    printed = print_page(shown(pages(parties)[kind], scheme="dark"), tmp_path)
    whole = runs(printed.text)

    assert sorted(set(printed.runs()) - set(whole)) == []
    assert [run for run in set(whole) if printed.runs()[run] < whole.count(run)] == []
    assert Counter(printed.words_like(DATE)) == Counter(re.findall(DATE, printed.text))
    for sheet in printed.sheets:
        assert min(word.left for word in sheet.words) >= 0
        assert max(word.right for word in sheet.words) <= sheet.width
        assert max(word.bottom for word in sheet.words) <= sheet.height


def test_narrow_columns_break_no_word(shown: Callable[..., Any], tmp_path: Path) -> None:
    """Six parties are printed next to each other, and "silent" is on one line."""
    everything = Request(scope=Scope.ALL, opposition=True)
    printed = print_page(
        shown(matrices.html(matrix(open_dossier([sample("call")], everything)))), tmp_path
    )

    assert "QuestionKremlinWhiteHouse" in squeezed(printed.text)
    assert sorted(set(printed.runs()) - set(runs(printed.text))) == []


@pytest.mark.parametrize("parties", [3, 11, 30])
def test_print_has_every_party_on_every_question(
    shown: Callable[..., Any], parties: int, tmp_path: Path
) -> None:
    """A table that is too wide for paper is printed as cards or by position."""
    text = print_page(shown(pages(parties)["matrix"]), tmp_path).text
    names = [party["name"] for party in dossier_with(parties)["parties"]]
    rows = [text.split(question)[1] for question in QUESTIONS]

    assert {name for name in names if name not in text} == set()
    if parties > 3:
        assert [name for row in rows for name in names if name not in row.split("?")[0]] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("parties", [3, 11])
def test_no_heading_is_the_last_line_of_a_sheet(
    shown: Callable[..., Any], kind: str, parties: int, tmp_path: Path
) -> None:
    """On sheets of many lengths, each heading is followed by a line of its text."""
    page = shown(pages(parties)[kind])
    for height in range(170, 300, 25):
        printed = print_page(page, tmp_path, height)
        sheets = printed.sheets[:-1]
        assert [head for head in printed.heads for s in sheets if s.ends_with(head)] == []


def test_paper_is_white_in_dark_mode(shown: Callable[..., Any]) -> None:
    """A page that is printed from a dark screen has dark text on white, in its pictures too."""
    page = shown(pages(0)["briefing"], scheme="dark")
    look = """() => [
      getComputedStyle(document.documentElement).backgroundColor,
      getComputedStyle(document.documentElement).color,
      getComputedStyle(document.querySelector("figure .paper")).fill,
      getComputedStyle(document.querySelector(".key")).stroke,
    ]"""
    dark = page.evaluate(look)
    page.emulate_media(media="print")

    assert dark == ["rgb(23, 24, 28)", "rgb(236, 236, 236)", "rgb(23, 24, 28)", "rgb(93, 181, 238)"]
    assert page.evaluate(look) == [
        "rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(0, 114, 178)",
    ]  # fmt: skip
