"""Style sheets and scripts of pages: ``/assets/NAME`` of a server, ``assets/NAME`` of a site."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from claimcli.core.query import EVERYTHING, Request, Scope
from claimcli.formats import graph_svg, timeline_svg
from claimcli.formats.drawing.paints import paints, party_css
from claimcli.formats.drawing.svg import StyleRule, style_sheet
from claimcli.web.reader import Reader

_SCRIPTS = Path(__file__).parent / "assets"
_STYLES = Path(__file__).parents[1] / "formats" / "templates"


def _without_comments(path: Path) -> Callable[[Reader], bytes]:
    """Return the function that returns a file of ours without comments and indentation.

    Comments are lines that begin with ``//``, and ``/* */`` in style sheets.
    """

    def content(_: Reader) -> bytes:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".css":
            text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        lines = (line.strip() for line in text.splitlines())
        return "".join(f"{line}\n" for line in lines if line and line[:2] != "//").encode()

    return content


def _party_styles(reader: Reader) -> bytes:
    """Return the rules that give each party its colour and line, on pages and in their pictures.

    A picture on a page has no rules itself, because the content security policy forbids them.
    """
    parties = reader.read(Request(query=EVERYTHING, scope=Scope.ANSWERS, limit=0))
    own = paints(parties).values()
    plain = StyleRule("a", "text-decoration:none")
    graph, timeline = (*graph_svg.rules(own), plain), (*timeline_svg.rules(own), plain)
    pictures = f"{style_sheet('graph', graph)}\n{style_sheet('timeline', timeline)}\n"
    return f"{party_css(own)}{pictures}".encode()


ASSETS: Mapping[str, Callable[[Reader], bytes]] = {
    "style.css": _without_comments(_STYLES / "style.css"),
    "party.css": _party_styles,
    "page.js": _without_comments(_SCRIPTS / "page.js"),
    "query.js": _without_comments(_SCRIPTS / "query.js"),
    "search.js": _without_comments(_SCRIPTS / "search.js"),
}
"""The functions that return the content of each file, by its name."""
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
