"""Style sheets and scripts of pages: ``/assets/NAME`` of a server, ``assets/NAME`` of a site."""

from collections.abc import Callable, Mapping
from pathlib import Path

from claimcli.core.query import EVERYTHING, Request, Scope
from claimcli.formats.drawing.paints import paints, party_css
from claimcli.web.reader import Reader

_SCRIPTS = Path(__file__).parent / "assets"
_STYLES = Path(__file__).parents[1] / "formats" / "templates"


def _file(path: Path) -> Callable[[Reader], bytes]:
    return lambda _: path.read_bytes()


def _party_styles(reader: Reader) -> bytes:
    """Return the rules that give each party its colour and line."""
    parties = reader.read(Request(query=EVERYTHING, scope=Scope.ANSWERS, limit=0))
    return party_css(paints(parties).values()).encode()


ASSETS: Mapping[str, Callable[[Reader], bytes]] = {
    "style.css": _file(_STYLES / "style.css"),
    "party.css": _party_styles,
    "page.js": _file(_SCRIPTS / "page.js"),
}
"""The functions that return the content of each file, by its name."""
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
