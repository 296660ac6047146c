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


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACED = re.compile(r" ([=(){},;:?&|*]+|=>|===|!==|[<>]=?) ?|([(,;:?&|=]) ")
"""White space that a script does not need, outside of texts and patterns."""


def _compact(path: Path) -> Callable[[Reader], bytes]:
    """Return the function that returns a file of ours without comments and needless spaces.

    Comments are lines that begin with ``//``, and ``/* */`` in style sheets.
    """

    def content(_: Reader) -> bytes:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".css":
            text = _COMMENT.sub("", text)
        lines = (line.strip() for line in text.splitlines())
        kept = (line for line in lines if line and line[:2] != "//")
        return "".join(f"{_close(line, path.suffix)}\n" for line in kept).encode()

    return content


def _close(line: str, suffix: str) -> str:
    if suffix != ".js":
        return line
    code = re.split("[\"'`/]", line, maxsplit=1)[0]
    return _SPACED.sub(lambda found: found[1] or found[2], code) + line[len(code) :]


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
    "style.css": _compact(_STYLES / "style.css"),
    "party.css": _party_styles,
    "page.js": _compact(_SCRIPTS / "page.js"),
    "query.js": _compact(_SCRIPTS / "query.js"),
    "search.js": _compact(_SCRIPTS / "search.js"),
}
"""The functions that return the content of each file, by its name."""
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
