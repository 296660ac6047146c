"""The page of a Word document: its size and margins, upright or landscape."""

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from claimcli.formats.documents.word.styles import W

SIZES = {"a4": (11906, 16838), "letter": (12240, 15840)}
"""Width and height of papers, in twentieths of a point."""
_MARGINS = (
    ("top", 1304), ("right", 1304), ("bottom", 1304), ("left", 1304),
    ("header", 624), ("footer", 624), ("gutter", 0),
)  # fmt: skip


class WordPage(Struct, frozen=True):
    """A page upright, in twentieths of a point.

    ``first_differs`` says whether the first page has its own header and footer.
    """

    width: int
    height: int
    margins: tuple[tuple[str, int], ...] = _MARGINS
    first_differs: bool = False

    def resized(self, width: int, height: int) -> "WordPage":
        """Return the same page on other paper."""
        return replace(self, width=width, height=height)

    def text_width(self, *, landscape: bool) -> int:
        """Return the width of the text area."""
        margins = dict(self.margins)
        whole = self.height if landscape else self.width
        return max(whole - margins["left"] - margins["right"] - margins["gutter"], 1440)

    def section(self, *, landscape: bool, headers: str = "") -> str:
        """Return the properties of a section; only the first one names ``headers``."""
        width, height = (self.height, self.width) if landscape else (self.width, self.height)
        orientation = ' w:orient="landscape"' if landscape else ""
        margins = "".join(f' w:{side}="{size}"' for side, size in self.margins)
        differs = "<w:titlePg/>" if headers and self.first_differs else ""
        return (
            f'<w:sectPr>{headers}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"{orientation}/><w:pgMar{margins}/>'
            f'<w:cols w:space="720"/>{differs}</w:sectPr>'
        )


def house_page(section: Any) -> WordPage:
    """Return the page that a section of a Word document has, upright."""
    size = {} if section is None else _numbers(section.find(f"{W}pgSz"))
    margins = {} if section is None else _numbers(section.find(f"{W}pgMar"))
    width, height = sorted((size.get("w", 0), size.get("h", 0)))
    if width < 2880:
        width, height = SIZES["a4"]
    first = section is not None and section.find(f"{W}titlePg") is not None
    sides = tuple((side, margins.get(side, usual)) for side, usual in _MARGINS)
    return WordPage(width, height, sides, first)


def _numbers(element: Any) -> dict[str, int]:
    """Return the attributes of an element that are numbers of at most 22 inches."""
    pairs = [] if element is None else element.attrib.items()
    return {
        key.rpartition("}")[2]: int(value)
        for key, value in pairs
        if re.fullmatch(r"-?\d{1,5}", value) and abs(int(value)) <= 31680
    }
