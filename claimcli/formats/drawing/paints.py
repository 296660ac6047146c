"""The colours and dashes of parties: one paint for each party in all pictures and pages."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from claimcli.core.records import Dossier
from claimcli.formats.drawing.contrast import mixed, visible_shade

Shades = tuple[str, str]
"""A colour as ``#rrggbb``, for light and for dark mode."""
INK, PAPER, SOFT = ("#1a1a1a", "#ececec"), ("#ffffff", "#17181c"), ("#5c5c5c", "#adadad")
"""The colours of text, background and secondary text."""


class Paint(Struct, frozen=True):
    """How a party is drawn: the CSS class, the colours of line and fill, and the dashes."""

    kind: str
    line: Shades
    fill: Shades
    dashes: str


Painted = Mapping[str, tuple[int, Paint]]
"""The number of each party in the registry, from 1, and its paint, by id."""

_HUES = (
    (("#0072b2", "#5db5ee"), ("#e6f2fa", "#12293a")),
    (("#b84a00", "#f08a4b"), ("#fdeee3", "#3a2013")),
    (("#00785a", "#35c79d"), ("#e3f5ef", "#0f2f27")),
    (("#a1467c", "#e39cc5"), ("#f9eaf3", "#351d2c")),
    (("#8a6500", "#ecc04a"), ("#fbf3dc", "#332a10")),
    (("#5b4bb0", "#b6a9f5"), ("#efedf9", "#221d3a")),
    (("#4d4d4d", "#c4c4c4"), ("#f0f0f0", "#2a2b30")),
)
"""The hues of Okabe and Ito, "Color Universal Design" (2008), made darker or lighter for a contrast
of at least 4.5:1 with the background, and violet instead of their second blue."""
_DASHES = ("", "9 3", "2.5 2.5", "12 3 2.5 3", "5 5", "12 3 2.5 3 2.5 3")
_TINT = 0.1
"""The share of a party's own colour in its fill."""
DISTINCT = len(_HUES) * len(_DASHES)
"""Number of different paints."""


def paints(dossier: Dossier) -> dict[str, Paint]:
    """Return the paint of each party of a dossier by its place in the registry.

    Colours repeat after seven parties, dashes after six, both together after 42. A party's own
    ``color`` is made darker or lighter until it can be seen.
    """
    order = dossier.registered or tuple(dossier.parties)
    return {name: _paint(n, dossier.parties[name].color) for n, name in enumerate(order)}


def numbered_paints(dossier: Dossier) -> Painted:
    """Return the number and the paint of each party, for several pictures of one dossier."""
    return {name: (n, paint) for n, (name, paint) in enumerate(paints(dossier).items(), 1)}


def party_css(paints: Iterable[Paint]) -> str:
    """Return the rules that define ``--party`` and ``--dashes`` for the class of each paint."""
    distinct = sorted(set(paints), key=lambda paint: paint.kind)
    light = "".join(
        f".{paint.kind}{{--party:{paint.line[0]};--dashes:{paint.dashes or 'none'}}}\n"
        for paint in distinct
    )
    dark = "".join(f".{paint.kind}{{--party:{paint.line[1]}}}\n" for paint in distinct)
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}" if light else ""


def _paint(number: int, color: str | None) -> Paint:
    dashes = _DASHES[number % len(_DASHES)]
    if color is None:
        return Paint(f"p{number % DISTINCT}", *_HUES[number % len(_HUES)], dashes)
    light, dark = (visible_shade(color, *pair) for pair in zip(PAPER, INK, strict=True))
    fill = mixed(PAPER[0], light, _TINT), mixed(PAPER[1], dark, _TINT)
    return Paint(f"own{number}", (light, dark), fill, dashes)
