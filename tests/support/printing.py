"""Print a page to PDF and read the words of each sheet back with their positions."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

_XHTML = "{http://www.w3.org/1999/xhtml}"
_READ_TEXT = """() => {
  const lines = [...document.querySelectorAll("figure text")].map((line) => line.textContent);
  const pictures = [...document.querySelectorAll("figure > svg")];
  const heads = "h1, h2, h3, h4, .relation, .held, .question, thead tr";
  const shown = [...document.querySelectorAll(heads)].filter((head) => head.offsetParent);
  pictures.forEach((picture) => { picture.style.display = "none"; });
  const text = document.body.innerText;
  pictures.forEach((picture) => { picture.style.display = ""; });
  return [text + "\\n" + lines.join("\\n"), shown.map((head) => head.innerText)];
}"""


class Word(NamedTuple):
    """A word on a sheet; positions are in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


class Sheet(NamedTuple):
    """A sheet of paper with its size in points and its words."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def last_line(self) -> str:
        """The words that are next to the lowest one, as :func:`squeezed`."""
        lowest = max(self.words, key=lambda word: word.bottom)
        line = [word for word in self.words if word.bottom > lowest.top]
        return squeezed(" ".join(word.text for word in sorted(line, key=lambda word: word.left)))

    def ends_with(self, head: str) -> bool:
        """Return whether the last words of the sheet are a heading, as :func:`squeezed`."""
        words = squeezed(" ".join(word.text for word in self.words))
        return self.last_line == head or words.endswith(head)


class Print(NamedTuple):
    """A printed page: the text and headings that the browser printed, and the sheets."""

    text: str
    heads: tuple[str, ...]
    sheets: tuple[Sheet, ...]

    def runs(self) -> Counter[str]:
        """Return the runs of letters and digits on all sheets."""
        return Counter(run for s in self.sheets for word in s.words for run in runs(word.text))

    def words_like(self, pattern: str) -> list[str]:
        """Return what matches a pattern within a word on the sheets."""
        words = (word.text for sheet in self.sheets for word in sheet.words)
        return [found for word in words for found in re.findall(pattern, word)]


def runs(text: str) -> list[str]:
    """Return the runs of letters and digits of a text."""
    return re.findall(r"[^\W_]+", text)


def squeezed(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(runs(text))


def print_page(page: Any, folder: Path, height: int = 297) -> Print:
    """Print an open page on sheets 210 mm wide, or skip the test if PDF cannot be read."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext of poppler-utils is not installed")
    page.emulate_media(media="print")
    text, heads = page.evaluate(_READ_TEXT)
    page.pdf(path=folder / "page.pdf", width="210mm", height=f"{height}mm")
    command = ["pdftotext", "-bbox", folder / "page.pdf", folder / "page.xml"]
    subprocess.run(command, check=True, capture_output=True)
    tree = ElementTree.parse(folder / "page.xml")
    return Print(text, tuple(map(squeezed, heads)), tuple(map(_sheet, tree.iter(f"{_XHTML}page"))))


def _sheet(page: ElementTree.Element) -> Sheet:
    words = (
        Word(word.text or "", *(float(word.get(n, "")) for n in ("xMin", "xMax", "yMin", "yMax")))
        for word in page.iter(f"{_XHTML}word")
    )
    return Sheet(float(page.get("width", "")), float(page.get("height", "")), tuple(words))
