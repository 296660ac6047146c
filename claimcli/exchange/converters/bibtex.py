"""BibTeX and BibLaTeX, also as Better BibTeX exports them: sources in."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.bibliography.bibtex_entries import BibtexEntry, bibtex_entries
from claimcli.exchange.bibliography.dates import date_of
from claimcli.exchange.bibliography.imported_sources import imported_sources
from claimcli.exchange.bibliography.items import MAX_ITEMS, CslItem, refuse_too_many
from claimcli.exchange.bibliography.latex import plain_address, plain_text
from claimcli.exchange.bibliography.names import names_of_bibtex
from claimcli.exchange.records import Imported, ImportOptions, Loss, LossKind
from claimcli.exchange.text_files import read_text

EXTENSIONS = (".bib", ".bibtex")
OPTIONS = ("encoding",)
_TYPES = {
    "article": "article-journal", "audio": "song", "book": "book", "booklet": "pamphlet",
    "collection": "book", "dataset": "dataset", "electronic": "webpage", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "jurisdiction": "legal_case", "legal": "legislation", "legislation": "legislation",
    "letter": "personal_communication", "manual": "report", "mastersthesis": "thesis",
    "misc": "", "movie": "motion_picture", "mvbook": "book", "online": "webpage",
    "patent": "patent",
    "periodical": "periodical", "phdthesis": "thesis", "proceedings": "book", "report": "report",
    "software": "software", "standard": "standard", "techreport": "report", "thesis": "thesis",
    "unpublished": "manuscript", "video": "motion_picture", "www": "webpage",
}  # fmt: skip
_ARTICLES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
"""The type of an article by its ``entrysubtype``."""
_PROPERTIES = {
    "title": "title", "journaltitle": "container-title", "journal": "container-title",
    "booktitle": "container-title", "maintitle": "container-title",
    "shortjournal": "container-title-short", "publisher": "publisher", "institution": "publisher",
    "school": "publisher", "organization": "publisher", "location": "publisher-place",
    "address": "publisher-place", "url": "URL", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN",
    "langid": "language", "language": "language", "abstract": "abstract", "keywords": "keyword",
    "note": "note", "annotation": "annote", "annote": "annote", "edition": "edition",
    "series": "collection-title", "volume": "volume", "number": "number", "issue": "issue",
    "pages": "page", "pagetotal": "number-of-pages", "eventtitle": "event-title",
    "venue": "event-place", "type": "genre", "version": "version", "chapter": "chapter-number",
    "shorttitle": "title-short", "howpublished": "medium",
}  # fmt: skip
"""The property of each field, the first field of several having priority."""
_DATES = {"date": "issued", "urldate": "accessed", "eventdate": "event-date"}
_NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
_ADDRESSES = ("url", "doi")
_FILES = ("file", "local-url", "pdf")
_LANGUAGES = {
    "english": "en", "american": "en-US", "british": "en-GB", "german": "de", "ngerman": "de",
    "french": "fr", "russian": "ru", "ukrainian": "uk", "spanish": "es", "italian": "it",
    "polish": "pl", "dutch": "nl", "portuguese": "pt", "chinese": "zh", "arabic": "ar",
}  # fmt: skip
Fields = Mapping[str, list[str]]
Lines = list[tuple[str, str]]
_LINK = re.compile(r"(?:\\url\s*\{)?(https?://[^\s{}]+)\}?", re.IGNORECASE)


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the entries of files as sources."""
    items: list[CslItem] = []
    notes = []
    for file in files:
        text, note = read_text(file, options.encoding)
        notes += [note] if note else []
        entries = list(islice(bibtex_entries(file, text), MAX_ITEMS + 1))
        refuse_too_many(file, entries)
        if not entries and text.strip():
            message = f"{file.name}: no entry of BibTeX"
            raise ClaimcliError(message, "an entry is written as '@article{KEY, title = {...}}'")
        by_key = {entry.key.lower(): entry for entry in entries}
        items += (_item(file, entry, _inherited(entry, by_key)) for entry in entries)
    return imported_sources(items, notes)


def _inherited(entry: BibtexEntry, by_key: Mapping[str, BibtexEntry]) -> Fields:
    """Return the fields of an entry with those of the entry that ``crossref`` names."""
    keys = entry.fields.get("crossref", [""])
    parent = by_key.get(keys[0].strip().lower())
    names = {"title": "booktitle"}
    above = (
        {names.get(name, name): values for name, values in parent.fields.items()} if parent else {}
    )
    return {**above, **entry.fields}


def _item(file: Path, entry: BibtexEntry, fields: Fields) -> CslItem:
    """Return an entry as an item. Fields that CSL has no property for are lines ``tex.NAME``."""
    where = f"{file.name}:{entry.line}"
    first = {name: values[0] for name, values in fields.items() if values[0].strip()}
    lines = [(f"tex.{n}", plain_text(v)[0]) for n, values in fields.items() for v in values[1:]]
    losses = [
        Loss("", name, LossKind.DROPPED, where, "a file") for name in _FILES if first.pop(name, "")
    ]
    properties: dict[str, Any] = {"citation-key": entry.key} if entry.key else {}
    _set_addresses(properties, first)
    lines += _set_dates(properties, first)
    for name in list(_NAMES):
        if text := first.pop(name, ""):
            properties[_NAMES[name]] = names_of_bibtex(text)
    lines += _set_type(properties, entry.kind, first)
    if subtitle := first.pop("subtitle", ""):
        first["title"] = f"{first.get('title', '')}: {subtitle}"
    for name in sorted(first, key=lambda name: _ORDER.get(name, len(_ORDER))):
        text, unknown = plain_text(first[name])
        target = "issue" if name == "number" and entry.kind == "article" else _PROPERTIES.get(name)
        value = _value(name, text)
        if not target or properties.setdefault(target, value) != value:
            lines.append((f"tex.{name}", text))
        if unknown:
            detail = f"without {', '.join(dict.fromkeys(unknown))}"
            losses.append(Loss("", name, LossKind.APPROXIMATED, where, detail))
    for word in entry.undefined:
        losses.append(Loss("", word, LossKind.APPROXIMATED, where, "no @string defines it"))
    return CslItem(properties, where, tuple(lines), losses=tuple(losses))


def _set_type(properties: dict[str, Any], kind: str, fields: dict[str, str]) -> Lines:
    """Set the type; return what it does not say."""
    subtype = fields.get("entrysubtype", "") if kind == "article" else ""
    if subtype in _ARTICLES:
        del fields["entrysubtype"]
    default = "webpage" if "URL" in properties else "document"
    properties["type"] = _ARTICLES.get(subtype) or _TYPES.get(kind) or default
    return [] if kind in _TYPES else [("tex.entrytype", kind)]


_ORDER = {name: place for place, name in enumerate(_PROPERTIES)}


def _value(name: str, text: str) -> str:
    if name == "pages":
        return re.sub("\\s*[-–—]+\\s*", "-", text)
    return _LANGUAGES.get(text.lower(), text) if name in ("langid", "language") else text


def _set_addresses(properties: dict[str, Any], fields: dict[str, str]) -> None:
    """Set the properties of addresses; that of a web page can be in ``howpublished``."""
    for name in _ADDRESSES:
        if text := fields.pop(name, ""):
            properties[_PROPERTIES[name]] = plain_address(text)
    link = _LINK.fullmatch(fields.get("howpublished", "").strip())
    if link and "URL" not in properties:
        properties["URL"] = plain_address(link[1])
        del fields["howpublished"]


def _set_dates(properties: dict[str, Any], fields: dict[str, str]) -> Lines:
    """Set the dates; return the parts of one that is not understood."""
    parts = {n: plain_text(fields.pop(n))[0] for n in ("year", "month", "day") if fields.get(n)}
    for name, target in _DATES.items():
        if text := fields.pop(name, ""):
            properties[target] = {"raw": plain_text(text)[0]}
    date = _date_of_parts(**parts)
    known = properties.setdefault("issued", {"raw": date}) if date else properties.get("issued")
    whole = date and known and known["raw"].startswith(date)
    return [] if whole else [(f"tex.{name}", text) for name, text in parts.items()]


def _date_of_parts(year: str = "", month: str = "", day: str = "") -> str:
    """Return a date whose month is a name or number, and can have the day, "" if it is unclear."""
    if month.isdecimal():
        month, form = month.zfill(2), "{year}-{month}-{day}" if day else "{year}-{month}"
    else:
        form = "{day} {month} {year}"
    text = form.format(year=year, month=month, day=day.zfill(2) if day else "")
    return date_of({"raw": text.strip()})[0]
