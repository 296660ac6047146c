"""The pages of a site as a reader of HTML sees them: text, links, ids, and what they load."""

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_BLOCKS = {
    "br",
    "dd",
    "div",
    "dt",
    "h1",
    "h2",
    "h3",
    "li",
    "option",
    "p",
    "section",
    "td",
    "th",
    "tr",
}
_LOADING = {
    "link": "href", "script": "src", "img": "src", "iframe": "src", "object": "data",
    "embed": "src", "use": "href", "image": "href", "source": "src",
}  # fmt: skip


class ParsedPage(HTMLParser):
    """A page: its ``ids``, ``links``, what it ``loads``, ``inline`` code, and the text of main."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.policy = ""
        self._text: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    @property
    def main(self) -> str:
        """The text of <main>, with single spaces, without what is for browsers without script."""
        return " ".join("".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.inline += [name for name in values if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in values) else []
        if tag in _BLOCKS:
            self._text.append(" ")
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "form":
            self.links.append(values.get("action", ""))
        elif tag in _LOADING and (address := values.get(_LOADING[tag])):
            self.loads.append(address)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if "main" in self._open and "noscript" not in self._open:
            self._text.append(data)


def pages_of(folder: Path) -> dict[str, ParsedPage]:
    """Return the pages of a site by the paths of their files."""
    files = sorted(folder.rglob("*.html"))
    return {
        file.relative_to(folder).as_posix(): ParsedPage(file.read_text(encoding="utf-8"))
        for file in files
    }


def target(page: str, address: str) -> tuple[str, str]:
    """Return the file and the anchor that a relative address on a page leads to."""
    parts = urlsplit(address)
    path = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    return path, unquote(parts.fragment)


def dead_links(folder: Path, pages: Mapping[str, ParsedPage]) -> list[str]:
    """Return the links, and addresses of what is loaded, that lead to no file or no anchor."""
    dead = []
    for name, page in pages.items():
        for address in (*page.links, *page.loads):
            if address == "data:," or (address in page.links and address.startswith("http")):
                continue
            file, anchor = target(name, address)
            ids = pages[file].ids if file in pages else ()
            if not (folder / file).is_file() or (anchor and anchor not in ids):
                dead.append(f"{name}: {address}")
    return dead


def unreachable(pages: Mapping[str, ParsedPage], start: str = "index.html") -> set[str]:
    """Return the pages that no links lead to from the first one."""
    seen, todo = {start}, [start]
    while todo:
        page = todo.pop()
        new = {target(page, link)[0] for link in pages[page].links} & pages.keys() - seen
        seen |= new
        todo += new
    return {name for name in pages.keys() - seen if "/" in name}
