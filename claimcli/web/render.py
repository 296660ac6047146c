"""Fill the templates of pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimcli.core.text.escaping import visible
from claimcli.formats.templates import render
from claimcli.web.links import Links
from claimcli.web.page import Page, PageRequest
from claimcli.web.pages.replies import has_requests
from claimcli.web.routes import MENU, PATHS, SECTIONS

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'"
)
"""What a page may load: nothing but files of its own server or site."""


def render_page(page: Page, request: PageRequest, current: str) -> str:
    """Return the HTML of a page; ``current`` is the name of its route."""
    to = request.links.to
    section = SECTIONS.get(current, current)
    shown = "page" if section == current else "true"
    menu = [
        {
            "name": name,
            "href": to(route, q=request.query),
            "current": shown if route == section else "",
        }
        for route, name in MENU
        if route != "replies" or has_requests(request.reader)
    ]
    frame = {
        "info": request.reader.info(),
        "current": current,
        "everything": to(current, *request.ids.values()) if current in PATHS else "",
        "menu": menu,
        "to": to,
        "asset": request.links.asset,
        "query": request.query,
        "title": page.title,
        "static": request.static,
        "policy": POLICY if request.static else "",
        "stamp": request.stamp,
    }
    return render(
        page.template, {**page.values, **frame}, autoescape=True, finalize=_shown, folder=TEMPLATES
    )


def render_part(template: str, values: Mapping[str, Any], links: Links) -> str:
    """Return the HTML of a template that is a part of a page; ``links`` are those of the page."""
    return render(
        template, {**values, "to": links.to}, autoescape=True, finalize=_shown, folder=TEMPLATES
    )


def _shown(value: Any) -> Any:
    """Return a value whose control characters can be seen, unless it already is HTML."""
    return visible(value) if type(value) is str else value
