"""The files of a site: each page, rendered as a file, and what the pages load."""

import re
from collections.abc import Iterator, Mapping
from math import ceil

from msgspec import Struct

from claimcli.core.query import EVERYTHING
from claimcli.web.asset_files import ASSETS
from claimcli.web.page import Document, PageRequest
from claimcli.web.reader import Reader
from claimcli.web.render import render_page
from claimcli.web.routes import ROUTES, Route
from claimcli.web.site.links import SEARCH_DATA, StaticLinks, file_name, numbered
from claimcli.web.site.search_data import search_data

_NAMES = re.compile(r"\{(\w+)\}")
ROWS = 500
"""Claims of one page of the list."""


class SitePlan(Struct, frozen=True, kw_only=True):
    """The files of a site: those of pages by route and ids, and the number of pages of the list."""

    files: Mapping[tuple[str, tuple[str, ...]], str]
    list_pages: int

    @property
    def count(self) -> int:
        """The number of files."""
        pages = len(self.files) + self.list_pages - 1
        return pages + len(ASSETS) + 1  # for SEARCH_DATA


def plan_site(reader: Reader) -> SitePlan:
    """Return the files of the site of a dossier."""
    files = {
        (route.name, ids): file_name(route.file, ids)
        for route in ROUTES
        if route.file
        for ids in route.instances(reader)
    }
    return SitePlan(files=files, list_pages=max(1, ceil(reader.count(EVERYTHING) / ROWS)))


def site_files(reader: Reader, plan: SitePlan, *, whole_texts: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file. Without ``whole_texts``, only passages."""
    for name, content in ASSETS.items():
        yield f"assets/{name}", content(reader)
    links = StaticLinks(plan.files, plan.files["claims", ()], list_pages=plan.list_pages)
    yield SEARCH_DATA, search_data(reader, links)
    routes = {route.name: route for route in ROUTES}
    for (name, ids), file in plan.files.items():
        route = routes[name]
        for page in range(1, plan.list_pages + 1 if name == "claims" else 2):
            here = numbered(file, page)
            request = PageRequest(
                reader=reader,
                links=StaticLinks(plan.files, here, list_pages=plan.list_pages),
                ids=dict(zip(_NAMES.findall(route.path), ids, strict=True)),
                options={o: str(page) if o == "page" and page > 1 else "" for o in route.options},
                rows=ROWS,
                whole_texts=whole_texts,
                static=True,
            )
            yield here, _content(route, request)


def _content(route: Route, request: PageRequest) -> bytes:
    page = route.make(request)
    if isinstance(page, Document):
        return page.content
    return render_page(page, request, route.name).encode()
