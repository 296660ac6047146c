"""The paints of parties: readable, distinguishable, and the same in every picture."""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from claimcli.analysis.graph import graph
from claimcli.analysis.timeline import timeline
from claimcli.core.records import NOWHERE, Dossier, Party
from claimcli.core.registry_order import Sort, sort_registries
from claimcli.formats.dot import dot
from claimcli.formats.drawing.contrast import contrast
from claimcli.formats.drawing.paints import INK, PAPER, SOFT, Paint, paints
from claimcli.formats.graph_svg import svg as graph_svg
from claimcli.formats.mermaid import mermaid
from claimcli.formats.timeline_svg import svg as timeline_svg

DossierOf = Callable[[str], Dossier]


OWN = ("#ffffff", "#000000", "#ffff00", "#0000ff", "#777777", "#FF0080")
"""Colours that users could give parties; some cannot be seen on white, others not on black."""


def paints_of(number: int, colors: Sequence[str | None] = ()) -> list[Paint]:
    """Return the paints of a dossier with so many parties, the first of which have colours."""
    listed = (*colors, *[None] * number)[:number]
    parties = {
        f"party-{n}": Party(id=f"party-{n}", location=NOWHERE, color=color)
        for n, color in enumerate(listed)
    }
    return list(paints(Dossier(parties=parties)).values())


def grounds() -> Iterator[tuple[int, str, str]]:
    """Yield the colour of each line with each colour behind it, for light and dark mode."""
    for paint in (*paints_of(7), *paints_of(6, OWN)):
        for which in (0, 1):
            yield which, paint.line[which], paint.fill[which]


def test_colours_are_readable_in_light_and_dark() -> None:
    """Lines have 4.5:1 against ground and fill, text 7:1 against every fill (WCAG 2.2, 1.4.6)."""
    for which, line, fill in grounds():
        assert contrast(line, PAPER[which]) >= 4.5, line
        assert contrast(line, fill) >= 3, line
        assert contrast(INK[which], fill) >= 7, fill
        assert contrast(SOFT[which], fill) >= 4.5, fill


def test_contrast() -> None:
    """The contrasts are those of WCAG 2.2."""
    pairs = (("#ffffff", "#000000"), ("#777777", "#ffffff"), ("#1a1a1a", "#1a1a1a"))

    assert [round(contrast(*pair), 2) for pair in pairs] == [21.0, 4.48, 1.0]


def test_a_party_has_its_own_color() -> None:
    """A colour on file replaces the hue, not the dashes; one that cannot be seen is changed."""
    blue, yellow, _ = paints_of(3, ["#1d4e89", "#ffff00"])

    assert (blue.line[0], yellow.line[1]) == ("#1d4e89", "#ffff00")
    assert (blue.line[1], yellow.line[0]) == ("#6585ac", "#767610")
    assert [paint.dashes for paint in paints_of(3, ["#1d4e89", "#ffff00"])] == [
        paint.dashes for paint in paints_of(3)
    ]


def test_paints_differ_without_colour() -> None:
    """The first six paints have different dashes, and all 42 differ in class and look."""
    many = paints_of(42)

    assert len({paint.dashes for paint in many[:6]}) == 6
    assert len({(paint.line, paint.dashes) for paint in many}) == 42
    assert len({paint.kind for paint in many}) == 42


THREE = """
parties: [{id: c}, {id: b}, {id: a}]
claims:
- {id: x, party: a, statement: X., said: 2021, issue: i}
- {id: y, party: b, statement: Y., said: 2022, responds_to: {claim: x, kind: denies}, issue: i}
- {id: z, party: a, statement: Z., said: 2023}
- {id: w, party: q, statement: W., said: 2023}
"""
"""The paint of 'c' is ``p0``, although only 'a' speaks often; 'q' has no record and comes last."""


def test_paints_follow_the_registry(dossier_of: DossierOf) -> None:
    """Neither the selection nor the order of the parties in a result changes a paint."""
    dossier = dossier_of(THREE)
    selected = replace(dossier, claims=(dossier.by_id["z"],))

    for one in (dossier, selected, *(sort_registries(dossier, sort) for sort in Sort)):
        assert {party: paint.kind for party, paint in paints(one).items()} == {
            "c": "p0", "b": "p1", "a": "p2", "q": "p3",
        }  # fmt: skip


def test_every_picture_has_the_same_paints(dossier_of: DossierOf) -> None:
    """A party that speaks later in one picture and alone in another looks the same in both."""
    dossier = dossier_of(THREE)
    alone = replace(dossier, claims=(dossier.by_id["z"],))

    for one, colors in ((dossier, {"#b84a00", "#00785a", "#a1467c"}), (alone, {"#00785a"})):
        pictures = (
            graph_svg(graph(one)), timeline_svg(timeline(one)), mermaid(graph(one)), dot(graph(one))
        )  # fmt: skip
        for picture in pictures:
            assert {p.line[0] for p in paints_of(7) if p.line[0] in picture} == colors
