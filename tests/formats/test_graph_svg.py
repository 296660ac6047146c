"""The picture of a graph: layout, escaping and description."""

import re
from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import yaml
from hypothesis import given, settings

from claimcli.analysis.graph import graph
from claimcli.core.records import Dossier
from claimcli.core.text.escaping import one_line
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.formats.drawing.text_metrics import width
from claimcli.formats.graph_svg import svg
from tests.conftest import dossier_from
from tests.formats.test_briefing import HOSTILE
from tests.support.dossiers import dossiers

DossierOf = Callable[[str], Dossier]
NS = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "style", "g", "rect", "path", "text"}
Box = tuple[float, float, float, float]


def draw(dossier: Dossier) -> Element:
    return ElementTree.fromstring(svg(graph(dossier)))


def elements_of(root: Element, kind: str) -> list[tuple[Element, float, float]]:
    """Return the elements of a class with the offset of their groups."""
    found: list[tuple[Element, float, float]] = []
    todo = [(root, 0.0, 0.0)]
    while todo:
        element, across, down = todo.pop()
        if moved := re.fullmatch(r"translate\((.+),(.+)\)", element.get("transform", "")):
            across, down = across + float(moved[1]), down + float(moved[2])
        if kind in element.get("class", "").split():
            found.append((element, across, down))
        todo += [(below, across, down) for below in element]
    return found


def rectangles(root: Element, kind: str) -> list[Box]:
    return [
        (
            float(e.get("x", 0)) + across, float(e.get("y", 0)) + down,
            float(e.get("width", 0)), float(e.get("height", 0)),
        )
        for e, across, down in elements_of(root, kind)
    ]  # fmt: skip


def labels(root: Element) -> list[Box]:
    """Return the boxes of the lines of labels."""
    found = []
    for e, across, down in elements_of(root, "label"):
        wide = width(e.text or "", 11)
        left = float(e.get("x", 0)) - wide / 2 + across
        found.append((left, float(e.get("y", 0)) - 9 + down, wide, 12.0))
    return found


def overlap(one: Box, other: Box) -> bool:
    return all(
        one[n] + one[n + 2] > other[n] + 0.2 and other[n] + other[n + 2] > one[n] + 0.2
        for n in (0, 1)
    )


def assert_no_overlap(root: Element) -> None:
    """Assert that claims and labels do not overlap and are within the picture."""
    boxes = rectangles(root, "box")
    whole = [float(n) for n in root.get("viewBox", "").split()]
    things = [*boxes, *labels(root)]

    assert not [pair for pair in combinations(things, 2) if overlap(*pair)]
    assert all(b[0] >= 0 and b[0] + b[2] <= whole[2] and b[1] + b[3] <= whole[3] for b in things)


@pytest.mark.parametrize("name", ["call", "waterworks"])
def test_nothing_overlaps_and_text_fits(name: str) -> None:
    """Every line of text is within the box of its claim."""
    root = draw(open_dossier([sample(name)]))

    assert_no_overlap(root)
    for group in root.iter(f"{NS}g"):
        boxes = [e for e in group if e.get("class") == "box"]
        for line in (
            group.findall(f"{NS}text") if boxes and group.find(f"{NS}title") is not None else ()
        ):
            bold = "bold" in (line.get("class") or "")
            small = "soft" in (line.get("class") or "")
            x, y = float(line.get("x", 0)), float(line.get("y", 0))
            left, top = float(boxes[0].get("x", 0)), float(boxes[0].get("y", 0))
            assert left + 6 < x
            assert x + width(line.text or "", 11 if small else 12, bold=bold) <= left + 232.01
            assert top + 9 < y < top + float(boxes[0].get("height", 0)) - 3


@settings(max_examples=20)
@given(dossiers())
def test_nothing_overlaps_in_any_dossier(texts: dict[str, str]) -> None:
    assert_no_overlap(draw(dossier_from(texts)))


def test_the_description_has_everything(dossier_of: DossierOf) -> None:
    """The description names every claim and every answer in words."""
    root = draw(
        dossier_of("""
parties: [{id: p, name: The Works}]
claims:
- {id: a, party: p, statement: A., rebuttals: [{id: b, party: q, statement: B.}]}
""")
    )

    assert root.find(f"{NS}title").text == "Claims and what answers them"  # type: ignore[union-attr]
    assert root.find(f"{NS}desc").text == (  # type: ignore[union-attr]
        "The Works: A. [a]; q: B. [b]; q [b] denies: The Works [a]"
    )


def test_each_party_has_a_name_and_a_style(dossier_of: DossierOf) -> None:
    """Each party has a name, a class with its own dashes, and a bar."""
    root = draw(
        dossier_of("""
claims:
- {id: a, party: [p, q], statement: A.}
- {id: b, party: q, statement: B.}
""")
    )
    style = root.find(f"{NS}style").text or ""  # type: ignore[union-attr]
    bold = sorted(e.text or "" for e in root.iter(f"{NS}text") if e.get("class") == "bold")

    assert bold == ["p and q", "q"]
    assert "#graph .p0>rect.box{stroke:#0072b2;fill:#e6f2fa}" in style
    assert "#graph .p1>rect.box{stroke:#b84a00;fill:#fdeee3;stroke-dasharray:9 3}" in style
    assert len(elements_of(root, "bar")) == 2 + 3


def test_each_kind_of_line_has_a_style(dossier_of: DossierOf) -> None:
    """Line styles differ in dashes and heads, and the legend explains each."""
    root = draw(
        dossier_of("""
claims:
- {id: a, party: p, statement: A.}
- {id: b, party: q, statement: B., responds_to: {claim: a, kind: contradicts}}
- {id: c, party: q, statement: C., responds_to: {claim: a, kind: undermines}}
- {id: d, party: q, statement: D., responds_to: {claim: a, kind: declines}}
- {id: e, party: p, statement: E., restates: a}
- {id: f, party: p, statement: F., issue: i, position: yes}
- {id: g, party: q, statement: G., issue: i, position: no}
""")
    )
    style = root.find(f"{NS}style").text or ""  # type: ignore[union-attr]
    lines = set()
    for group in root.iter(f"{NS}g"):
        told = group.find(f"{NS}title")
        kinds = [path.get("class") for path in group.findall(f"{NS}path")]
        if told is not None and kinds:
            if kinds[0] != "line rival":  # has no label that divides it
                assert kinds.pop(0) == kinds[0]
            lines.add((told.text, *kinds))

    assert lines == {
        ("b holds a rival account: a", "line against", "head"),
        ("c disputes the source or evidence: a", "line aside", "head"),
        ("d gives no answer when asked: a", "line allowing", "head hollow"),
        ("e restates: a", "line again", "head hollow"),
        ("g holds another position than f", "line rival", "head hollow", "head hollow"),
    }
    assert "#graph .line.rival{stroke-width:.7}" in style
    assert "holds another position" in [t.text for t in root.findall(f".//{NS}text")]
    dashes = re.findall(r"#graph \.line\.[a-z]+\{stroke-dasharray:(.*?)\}", style)
    assert len(dashes) == len(set(dashes)) == 4


def test_rivals_without_a_line_are_named_in_the_box(dossier_of: DossierOf) -> None:
    """A qualification with another position names it, since the line says something else."""
    root = draw(
        dossier_of("""
claims:
- {id: a, party: p, statement: A., issue: i, position: yes}
- {id: b, party: q, statement: B., issue: i, position: no, responds_to: {claim: a, kind: qualifies}}
""")
    )
    texts = " ".join(e.text or "" for e in root.iter(f"{NS}text")).replace("\u00a0", " ")

    assert "contested · position: yes holds another position: no (q) [b]" in texts
    assert not elements_of(root, "rival")


def test_relations_that_are_not_drawn_are_mentioned(dossier_of: DossierOf) -> None:
    """An answer to itself and a different issue are mentioned in the box."""
    root = draw(
        dossier_of("""
claims:
- {id: a, party: p, statement: A., issue: i, responds_to: a}
- {id: b, party: q, statement: B., issue: j, responds_to: a}
""")
    )
    texts = " ".join(e.text or "" for e in root.iter(f"{NS}text")).replace("\u00a0", " ")

    assert "answers itself: denies" in texts
    assert "issue: j" in texts


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text(words: str, dossier_of: DossierOf) -> None:
    """The picture is XML with drawing elements only, without scripts or external resources."""
    claim = {"id": "a", "party": "p", "statement": words, "position": words, "speaker": words}
    data = {
        "parties": [{"id": "p", "name": words}],
        "issues": [{"id": "i", "question": words}],
        "claims": [{**claim, "issue": "i"}, {**claim, "id": "b", "responds_to": "a"}],
    }
    text = svg(graph(dossier_of(yaml.safe_dump(data, allow_unicode=True))), title=words)
    root = ElementTree.fromstring(text)
    titles = [e.text or "" for e in root.iter(f"{NS}title")]

    assert {e.tag.removeprefix(NS) for e in root.iter()} <= TAGS
    assert not {
        name for e in root.iter() for name in e.attrib if name.startswith("on") or "href" in name
    }
    assert "url(" not in (root.find(f"{NS}style").text or "")  # type: ignore[union-attr]
    assert sum(one_line(words) in title for title in titles) == 3


def test_no_claims_are_a_picture_too(dossier_of: DossierOf) -> None:
    none = draw(dossier_of("claims: []"))
    assert [none.findtext(f"{NS}desc"), none.findtext(f".//{NS}text")] == ["No claims."] * 2


def test_names_of_other_scripts_are_whole(dossier_of: DossierOf) -> None:
    """In the legend and in the box, each line of an Arabic text in its direction.

    The date is before an Arabic name, since readers would see the day of one after it first.
    """
    root = draw(
        dossier_of("""
parties:
- {id: p, name: "وزارة الثقافة والإعلام"}
- {id: q, name: Donaudampfschifffahrtsgesellschaftskapitänsverband}
claims:
- {id: a, party: p, speaker: "علي حسن", said: 2023-05-02, statement: "نعم، قال ذلك في مؤتمر صحفي NATO Geneva."}
- {id: b, party: q, speaker: A. Roe, said: 2023-05-02, statement: "No."}
""")
    )
    lines = [(e.text, e.get("direction"), e.get("text-anchor")) for e in root.iter(f"{NS}text")]

    assert ("وزارة الثقافة والإعلام", "rtl", "end") in lines
    assert ("وزارة الثقافة والإعلام", "rtl", None) in lines
    assert ("2023-05-02, علي حسن", "rtl", None) in lines
    assert ("NATO Geneva.", "rtl", None) in lines
    assert ("A. Roe, 2023-05-02", None, None) in lines
    assert [text for text, _, _ in lines if text and "…" in text] == []
