"""What a web page says about itself: title, outlet, author, date and language.

It reads Open Graph, Dublin Core, the tags of scholarly search engines, schema.org as JSON-LD, and
then the page's own elements. Nothing is guessed from its text.
"""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.dates import parse_date
from claimcli.dossier.informal_dates import edtf_of

MAX_LENGTH = 300
"""Maximum number of characters of a value; a longer one is ignored."""
MAX_ITEMS = 1000
"""Maximum number of tags, and of objects in JSON-LD, that are looked at."""
MAX_AUTHORS = 5
_TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_OUTLET = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
_AUTHOR = ("author", "article:author", "citation_author", "dc.creator", "parsely-author", "byl")
_PUBLISHED = (
    "article:published_time", "citation_publication_date", "citation_date", "datepublished",
    "dc.date.issued", "dcterms.created", "dc.date", "parsely-pub-date", "pubdate", "date",
)  # fmt: skip
_LANGUAGE = ("og:locale", "content-language", "dc.language")
_BY = re.compile(r"by\s+", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T|\s|$)", re.ASCII)
_TAG = re.compile(r"[a-z]{2,3}(?=[-_]|$)")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")

Found = Mapping[str, list[str]]
"""The values of a page by the name of their tag or key, in lower case."""


class PageMetadata(Struct, frozen=True):
    """The title, outlet, author, day of publication and language of a page, "" if unknown."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""


def read_metadata(page: str) -> PageMetadata:
    """Return what a page says about itself."""
    from lxml import etree
    from lxml.html import HTMLParser

    data = page.encode("utf-8", "replace")
    tree = etree.fromstring(data, HTMLParser(encoding="utf-8")) if page.strip() else None
    if tree is None:
        return PageMetadata()
    tags, linked = _tags(tree), _linked_data(tree)
    outlet = _first(tags, _OUTLET) or _first(linked, ("publisher",))
    headings = [*_texts(tree, "h1"), *_texts(tree, "title")]
    title = next(filter(None, (_first(tags, _TITLE), _first(linked, ("headline",)), *headings)), "")
    dates = (*linked["datepublished"], *(v for name in _PUBLISHED for v in tags[name]))
    languages = (tree.get("lang", ""), *(v for name in _LANGUAGE for v in tags[name]))
    return PageMetadata(
        title=_without_outlet(title, outlet),
        outlet=outlet,
        author=_authors(linked["author"]) or _authors(v for name in _AUTHOR for v in tags[name]),
        published=next(filter(None, map(_day, (*dates, *_times(tree)))), ""),
        language=next(filter(None, map(_language, (*languages, *linked["inlanguage"]))), ""),
    )


def _tags(tree: Any) -> Found:
    """Return the contents of the ``meta`` elements by their names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, tag in zip(range(MAX_ITEMS), tree.iter("meta"), strict=False):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := tag.get(attribute):
                found[name.strip().lower()].append(_clean(tag.get("content", "")))
    return found


def _linked_data(tree: Any) -> Found:
    """Return the values of the first article in the page's JSON-LD, else of a dated object."""
    objects = [one for script in tree.iter("script") for one in _objects(script)][:MAX_ITEMS]
    articles = [one for one in objects if "headline" in one]
    dated = [one for one in objects if "datePublished" in one]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in next(iter((*articles, *dated)), {}).items():
        found[key.lower()] = list(_names(value))
    return found


def _objects(script: Any) -> list[dict[str, Any]]:
    """Return the objects of a script with JSON-LD: those at its top and in its graph."""
    if script.get("type", "").strip().lower() != "application/ld+json":
        return []
    try:
        parsed = json.loads("".join(script.itertext()))
    except (ValueError, RecursionError):
        return []
    tops = parsed if isinstance(parsed, list) else [parsed]
    graphs = (top.get("@graph") for top in tops if isinstance(top, dict))
    inner = [one for graph in graphs if isinstance(graph, list) for one in graph]
    return [one for one in (*tops, *inner) if isinstance(one, dict)]


def _names(value: Any) -> Iterator[str]:
    """Yield the texts of a value in JSON-LD, which may be an object with a name, or a list."""
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and (text := _clean(html.unescape(name))):
            yield text


def _texts(tree: Any, element: str) -> list[str]:
    return [_clean("".join(one.itertext())) for one in tree.iter(element)][:MAX_ITEMS]


def _times(tree: Any) -> list[str]:
    """Return the moments of the elements that are marked as the time of publication."""
    times = tree.iter("time")
    return [
        t.get("datetime", "") for t in times if "datepublished" in t.get("itemprop", "").lower()
    ]


def _clean(text: str) -> str:
    """Return a text on one line without control characters, "" if it is too long for a value."""
    line = _SPACES.sub(" ", text.encode("utf-8", "ignore").decode()).strip()
    return line if len(line) <= MAX_LENGTH else ""


def _first(found: Found, names: Iterable[str]) -> str:
    return next((value for name in names for value in found.get(name, ()) if value), "")


def _authors(values: Iterable[str]) -> str:
    names = (_BY.sub("", value, count=1) if _BY.match(value) else value for value in values)
    persons = dict.fromkeys(name for name in names if name and "://" not in name)
    return ", ".join(list(persons)[:MAX_AUTHORS])


def _day(text: str) -> str:
    """Return the day that a text means, in the form of the dossier, or ""."""
    if day := _DAY.match(text.strip()):
        try:
            return parse_date(day[0]).text
        except ValueError:
            return ""
    return edtf_of(text)


def _language(text: str) -> str:
    tag = _TAG.match(text.strip().lower())
    return tag[0] if tag else ""


def _without_outlet(title: str, outlet: str) -> str:
    """Return a title without the name of the outlet after a dash or bar at its end."""
    before = title.removesuffix(outlet) if outlet else title
    shorter = before.rstrip(" |-\u2013\u2014\u00b7:")
    return shorter if before != title and shorter and before.endswith(" ") else title
