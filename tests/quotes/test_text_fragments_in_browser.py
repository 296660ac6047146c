"""Chromium opens the address of a quote at its words.

For each page of ``texts/pages``, quotes within its blocks and across their borders are opened in a
browser, which paints them; the painted characters are compared with the quote.
"""

import base64
import re
import threading
import unicodedata
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("lxml", reason="an extra that is not installed")

from claimcli.quotes.locate import is_whole
from claimcli.quotes.page_text import PageText
from claimcli.quotes.text_fragments import text_directive
from claimcli.quotes.texts.blocks import LEFT_OUT, join_blocks
from claimcli.quotes.texts.page import read_page
from tests.support.browser import browser  # noqa: F401 - a fixture

PAGES = sorted((Path(__file__).parent / "texts" / "pages").glob("*.html"))
NOT_OPENED: dict[str, tuple[str, set[str]]] = {
    "display_values": (
        "the browser searches an inline block as a block of its own",
        {"inline-block, contents,", "inline-block, contents,\n\na block"},
    ),
    "footnote_marks": (
        "the last word of the page and its mark are one word to the browser: one word too few",
        {f"\u201cNot ours\u201d{LEFT_OUT} he said{LEFT_OUT}."},
    ),
    "form_controls": (
        "the browser does not search the choices and buttons of a form",
        {"Do not sendnone yet", "Northam\n\nSoutham"},
    ),
    "hidden_attribute": (
        "the browser paints only what was visible before; it opens the page at the place",
        {"is open.\n\nThis can"},
    ),
    "mathematics": (
        "the browser searches each number of a formula as a block of its own",
        {"10\u2076 units.", "Half of it, 1/2, or"},
    ),
    "skipped_elements": (
        "the browser does not search the text in place of an object",
        {"An object instead.", "Before.\n\nAn", "instead.\n\nAfter."},
    ),
    "vector_graphics": (
        "it opens them; but the letters of a drawing cannot be measured one by one",
        {"A chart:\n\nIron fell", "by half", "by half\n\nin a"},
    ),
}
"""Quotes that the browser does not open as expected, with the reason."""
STYLE = (
    "<style>html { padding: 3000px 0 !important } "
    "::target-text { background: rgb(255, 0, 255) !important; color: rgb(255, 0, 255) !important }"
    "</style>"
)
CHARACTERS = """() => {
  const range = document.createRange(), found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); )
    for (let at = 0; at < node.data.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = [...range.getClientRects()].find(one => one.width > 0.5 && one.height > 0.5);
      if (box) found.push([node.data[at], box.x + box.width / 2, box.y + box.height / 2]);
    }
  return found;
}"""
PAINTED = """async ([picture, points]) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const data = canvas.getImageData(0, 0, image.width, image.height).data;
  return points.map(([x, y]) => {
    const at = 4 * (Math.floor(y) * image.width + Math.floor(x));
    return data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 255;
  });
}"""


def text_of(page: Path) -> str:
    """Return the text of a page that a reader sees, in blocks separated by blank lines."""
    return join_blocks(read_page(page.read_text(encoding="utf-8")).blocks).text


def quotes_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of some words of blocks, and of some words across each kind of border."""
    inside = [
        m.span() for m in re.finditer(r"(?<!\S)[^\s\u2060]+(?: [^\s\u2060]+){1,4}(?!\S)", text)
    ]
    across = [m.span() for m in re.finditer(r"\S+ \S+\n{2,}\S+ \S+|\S+\n\n\S+", text)]
    lines = [m.span() for m in re.finditer(r"\S+(?: \S+)?(?<!\n)\n(?!\n)\S+(?: \S+)?", text)]
    gaps = [m.span() for m in re.finditer(r"\S+ \S*\u2060\s?\S+(?: \S+)?", text)]
    for spans in (inside, across, lines, gaps):
        spans = [span for span in spans if is_whole(span, text)]
        yield from dict.fromkeys((*spans[:1], *spans[len(spans) // 2 :][:1], *spans[-1:]))


def letters(text: str) -> str:
    """Return the letters and digits of a text in one form."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


class Opened:
    """A browser that opens pages from a local server, with painted fragments."""

    def __init__(self, browser: Any) -> None:  # noqa: F811
        self.tab = browser.new_context(viewport={"width": 900, "height": 2000}).new_page()
        self.canvas = browser.new_context().new_page()
        self.page = b""
        opened = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(opened.page)))
                self.end_headers()
                self.wfile.write(opened.page)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def painted(self, directive: str) -> str | None:
        """Return the characters that the browser paints, or None if it does not scroll."""
        self.tab.goto("about:blank")
        self.tab.goto(f"http://127.0.0.1:{self.server.server_port}/#:~:{directive}")
        try:
            self.tab.wait_for_function("scrollY > 0", timeout=1000)
        except Exception as error:
            if "Timeout" not in str(error):
                raise
            return None
        characters = self.tab.evaluate(CHARACTERS)
        picture = f"data:image/png;base64,{base64.b64encode(self.tab.screenshot()).decode()}"
        points = [(x, y) for _, x, y in characters]
        flags = self.canvas.evaluate(PAINTED, [picture, points])
        return "".join(c for (c, *_), flag in zip(characters, flags, strict=True) if flag)


@pytest.fixture(scope="module")
def opened(browser: Any) -> Iterator[Opened]:  # noqa: F811
    """Give a browser with a local server."""
    one = Opened(browser)
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_chromium_opens_quotes(page: Path, opened: Opened) -> None:
    """The browser scrolls to the quote and paints its words, except for listed quotes."""
    text = text_of(page)
    opened.page = page.read_bytes().replace(b"</head>", STYLE.encode() + b"</head>", 1)
    known = PageText(text)
    failed: dict[str, tuple[str | None, str]] = {}
    _, excepted = NOT_OPENED.get(page.stem, ("", set()))
    for start, end in quotes_of(text):
        quote = text[start:end]
        painted = opened.painted(text_directive(known, (start, end)))
        if painted is None or not _is_right(painted, quote):
            failed[quote] = painted, text_directive(known, (start, end))

    assert {quote: shown for quote, shown in failed.items() if quote not in excepted} == {}
    assert set(failed) == excepted


def _is_right(painted: str, quote: str) -> bool:
    if LEFT_OUT not in quote:
        return letters(painted) == letters(quote)
    rest = iter(letters(painted))
    return all(letter in rest for letter in letters(quote))


WRITINGS = {
    "a word that ends in an apostrophe": ("Il voit l\u2019homme politique.", "homme politique"),
    "typographic marks": (
        "\u201cGo,\u201d she said\u2014\u2018we don\u2019t.\u2019",
        "said\u2014\u2018we don\u2019t",
    ),
    "a repeated word": ("Go there. They go there, and so we go there.", "go there."),
    "a repeated start": ("We go. Now we go on.</p><p>Then we go, I say", "we go on.\n\nThen we go"),
    "a repeated end": (
        "We were up.</p><p>It is up.</p><p>He is up now.",
        "We were up.\n\nIt is up.\n\nHe is up",
    ),
    "words that differ in accents": ("Le resume, et le r\u00e9sum\u00e9 ici.", "r\u00e9sum\u00e9"),
    "decomposed letters": ("Le re\u0301sume\u0301 est ici.", "re\u0301sume\u0301 est"),
    "soft hyphens": (
        "Die Donau\u00addampf\u00adfahrt ist lang.",
        "Donau\u00addampf\u00adfahrt ist",
    ),
    "ligatures": ("The of\ufb01ce is shut.", "of\ufb01ce is"),
    "Japanese": (
        "\u79c1\u305f\u3061\u306f\u660e\u65e5\u6771\u4eac\u306b\u884c\u304d\u307e\u3059\u3002",
        "\u65e5\u6771\u4eac\u306b\u884c",
    ),
    "Chinese": (
        "\u6211\u4eec\u660e\u5929\u53bb\u5317\u4eac\uff0c\u7136\u540e\u56de\u6765\u3002",
        "\u5929\u53bb\u5317",
    ),
    "Thai": (
        "\u0e40\u0e23\u0e32\u0e08\u0e30\u0e44\u0e1b\u0e17\u0e35\u0e48\u0e19\u0e31\u0e48\u0e19\u0e1e\u0e23\u0e38\u0e48\u0e07\u0e19\u0e35\u0e49",
        "\u0e44\u0e1b\u0e17\u0e35\u0e48\u0e19\u0e31\u0e48\u0e19",
    ),
    "Korean": (
        "\uc6b0\ub9ac\ub294 \ub0b4\uc77c \uc11c\uc6b8\uc5d0 \uac04\ub2e4.",
        "\ub0b4\uc77c \uc11c\uc6b8\uc5d0",
    ),
    "Arabic": (
        "\u0642\u0640\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631 \u0625\u0646 \u0627\u0644\u0645\u0627\u0621 \u0646\u0642\u064a",
        "\u0627\u0644\u0648\u0632\u064a\u0631 \u0625\u0646",
    ),
    "Hindi": (
        "\u0939\u092e \u0935\u0939\u093e\u0901 \u0928\u0939\u0940\u0902 \u091c\u093e\u090f\u0901\u0917\u0947\u0964",
        "\u0935\u0939\u093e\u0901 \u0928\u0939\u0940\u0902",
    ),
    "a hyphen, a comma and an ampersand": (
        "A well-known, dear & old man.",
        "well-known, dear & old",
    ),
    "a long quote": (
        "Then " + "we came and went and " * 20 + "stayed.",
        "we came and went and " * 20 + "stayed",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("writing", WRITINGS)
def test_chromium_opens_quotes_of_any_writing(writing: str, opened: Opened) -> None:
    """The words are found in any script, with any marks, and among repeated words."""
    html, quote = WRITINGS[writing]
    page = (
        f"<!DOCTYPE html><html><head></head><body><p>{html.replace('&', '&amp;')}</p></body></html>"
    )
    opened.page = page.replace("</head>", f"{STYLE}</head>").encode()
    text = join_blocks(read_page(page).blocks).text
    start = text.rindex(quote)
    painted = opened.painted(text_directive(PageText(text), (start, start + len(quote))))

    assert letters(painted or "") == letters(quote)
