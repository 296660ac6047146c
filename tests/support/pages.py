"""Pages of a dossier in a folder, made without a server: their HTML and what a reader sees."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from claimcli.dossier.open import LoadOptions, open_dossier
from claimcli.web.index_reader import IndexReader
from claimcli.web.links import ServerLinks
from claimcli.web.page import Page, PageRequest
from claimcli.web.reader import UNTITLED, Reader, SiteInfo, WholeReader
from claimcli.web.render import render_page
from claimcli.web.routes import PATHS, ROUTES, Route

_BLOCKS = "address|blockquote|caption|dd|div|dt|h[1-6]|li|p|section|td|th|tr"


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files, each under a path relative to a folder, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def page_of(folder: Path, address: str, *, whole_texts: bool = True) -> str:
    """Return the main part of the page at an address, which both readers must give alike."""
    first, second = (
        main_part(reader, address, whole_texts=whole_texts) for reader in readers_of(folder)
    )
    assert first == second
    return first


def readers_of(folder: Path) -> tuple[Reader, Reader]:
    """Return the reader of a server and that of a site with internal records."""
    whole = WholeReader(open_dossier([folder]), SiteInfo(title=UNTITLED), internal=True)
    return IndexReader([folder], LoadOptions()), whole


def main_part(reader: Reader, address: str, *, whole_texts: bool = True) -> str:
    """Return the HTML in <main> of the page at an address."""
    parts = urlsplit(address)
    route, ids = _route(parts.path)
    given = dict(parse_qsl(parts.query))
    request = PageRequest(
        reader=reader,
        links=ServerLinks(PATHS),
        ids=ids,
        options={name: given.get(name, "") for name in route.options},
        whole_texts=whole_texts,
    )
    page = route.make(request)
    assert isinstance(page, Page)
    html = render_page(page, request, route.name)
    found = re.search(r'<main id="main">\n(.*)</main>', html, re.DOTALL)
    assert found
    return found[1]


def _route(path: str) -> tuple[Route, dict[str, str]]:
    for route in ROUTES:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path)
        if route.path.count("{") == 1:
            pattern = re.sub(r"\[\^/\]\+", ".+", pattern)
        if found := re.fullmatch(pattern, path):
            return route, {name: unquote(value) for name, value in found.groupdict().items()}
    raise AssertionError(path)


def seen(html: str) -> list[str]:
    """Return the lines of text that a reader sees; marked words are in brackets."""
    text = re.sub(r"<mark[^>]*>(.*?)</mark>", r"[\1]", html.replace("\n", " "))
    text = re.sub(rf"</?(?:{_BLOCKS})\b[^>]*>|<br>|<span class=.line.", "\n\\g<0>", text)
    lines = unescape(re.sub(r"<[^>]*>", "", text)).split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]
