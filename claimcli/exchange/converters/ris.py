"""RIS, the format of EndNote, newspaper archives and library catalogues: sources in.

The tags have the meaning that Zotero gives them.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import one_line
from claimcli.exchange.bibliography.dates import date_of
from claimcli.exchange.bibliography.imported_sources import imported_sources
from claimcli.exchange.bibliography.items import MAX_ITEMS, CslItem, refuse_too_many
from claimcli.exchange.bibliography.names import name_of_text
from claimcli.exchange.records import Imported, ImportOptions, Loss, LossKind
from claimcli.exchange.text_files import read_text

EXTENSIONS = (".ris", ".txt")
OPTIONS = ("encoding",)
_TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "ART": "graphic", "BILL": "bill",
    "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference", "DATA": "dataset",
    "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book",
    "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia",
    "FIGURE": "figure", "GEN": "document", "GOVDOC": "report", "HEAR": "hearing",
    "ICOMM": "personal_communication", "INPR": "article-journal", "JFULL": "periodical",
    "JOUR": "article-journal", "LEGAL": "regulation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage",
    "MUSIC": "musical_score", "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent",
    "PCOMM": "personal_communication", "RPRT": "report", "SLIDE": "speech", "SOUND": "song",
    "STAND": "standard", "STAT": "legislation", "THES": "thesis", "UNPB": "manuscript",
    "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
_PROPERTIES = {
    "TI": "title", "T1": "title", "T2": "container-title", "JO": "container-title",
    "JF": "container-title", "BT": "container-title", "T3": "collection-title",
    "JA": "container-title-short", "J2": "container-title-short", "J1": "container-title-short",
    "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "UR": "URL",
    "LA": "language", "AB": "abstract", "N2": "abstract", "DO": "DOI", "VL": "volume",
    "IS": "issue",
    "ET": "edition", "ST": "title-short", "CN": "call-number", "DB": "archive", "DP": "source",
    "M3": "genre", "SE": "section", "NV": "number-of-volumes", "ID": "citation-key",
}  # fmt: skip
"""The property of each tag, the first tag of several having priority."""
_NAMES = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A3": "collection-editor"}
_DATES = {"DA": "issued", "PY": "issued", "Y1": "issued", "Y2": "accessed"}
_NOTES = ("N1", "RN")
_FILES = ("L1", "L2", "L3", "L4")
_BOOKS = ("book", "chapter", "entry-dictionary", "entry-encyclopedia")
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)", re.DOTALL)
_DATE = re.compile(r"(\d{4})(?:/(\d{1,2})?(?:/(\d{1,2})?(?:/(.*))?)?)?", re.ASCII)

Lines = list[tuple[str, str]]


class RisRecord(Struct, frozen=True):
    """The values of each tag of a record, its type, and the number of its first line."""

    type: str
    tags: dict[str, list[str]]
    line: int


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the records of files as sources."""
    items: list[CslItem] = []
    notes = []
    losses: list[Loss] = []
    for file in files:
        text, note = read_text(file, options.encoding)
        records, outside = records_of(text)
        refuse_too_many(file, records)
        if not records:
            message = f"{file.name}: no record of RIS"
            raise ClaimcliError(message, "a record begins with a line such as 'TY  - NEWS'")
        notes += [note] if note else []
        places = (f"{file.name}:{line}" for line in outside)
        losses += [Loss("", "line outside of a record", LossKind.DROPPED, at) for at in places]
        items += [_item(record, f"{file.name}:{record.line}") for record in records]
    imported = imported_sources(items, notes)
    return replace(imported, losses=(*losses, *imported.losses))


def records_of(text: str) -> tuple[list[RisRecord], list[int]]:
    """Return the records of a text, and the numbers of the lines outside of them.

    A line that has no tag continues the value before it. A record can lack its end.
    """
    records: list[RisRecord] = []
    outside: list[int] = []
    values: list[str] | None = None  # those of the last tag, None outside of a record
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        match = _TAG.fullmatch(line.strip())
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if len(records) > MAX_ITEMS:
            break
        if tag == "TY":
            records.append(RisRecord(value, {}, number))
            values = []
        elif values is not None and tag:
            values = None if tag == "ER" else records[-1].tags.setdefault(tag, [])
            if values is not None:
                values.append(value)
        elif values and value:
            values[-1] = f"{values[-1]}\n{value}"
        elif line.strip() and tag != "ER":
            outside.append(number)
    return records, outside


def _item(record: RisRecord, where: str) -> CslItem:
    """Return a record as an item. Tags that CSL has no property for are lines of the note."""
    type_ = _TYPES.get(record.type, "document")
    lines = [] if record.type in _TYPES else [("TY", record.type)]
    tags = {tag: [value for value in values if value] for tag, values in record.tags.items()}
    properties: dict[str, Any] = {"type": type_}
    for tag, name in _PROPERTIES.items():
        for value in (one for text in tags.pop(tag, []) for one in _values(tag, text)):
            if properties.setdefault(name, value) != value:
                lines.append((name, value))
    for tag, name in _NAMES.items():
        people = properties.get(name, []) + [name_of_text(one) for one in tags.pop(tag, [])]
        properties |= {name: people} if people else {}
    lines += _set_dates(properties, tags)
    note = "\n".join(text for tag in _NOTES for text in tags.pop(tag, []))
    properties |= {"note": note, "keyword": "; ".join(tags.pop("KW", []))}
    properties["page"] = "-".join(one for tag in ("SP", "EP") for one in tags.pop(tag, []))
    properties["ISBN" if type_ in _BOOKS else "ISSN"] = "; ".join(tags.pop("SN", []))
    files = [
        Loss("", tag, LossKind.DROPPED, where, "a file") for tag in _FILES if tags.pop(tag, [])
    ]
    lines += [(tag, one_line(value)) for tag, values in tags.items() for value in values]
    return CslItem(properties, where, tuple(lines), losses=tuple(files))


def _values(tag: str, text: str) -> list[str]:
    """Return the values of a tag, of which one line can have several if they are addresses."""
    if tag == "UR":
        return re.split(r"\s+|;\s*(?=https?://)", text)
    return [one_line(text)]


def _set_dates(properties: dict[str, Any], tags: dict[str, list[str]]) -> Lines:
    """Set the most precise date of each property; return dates that say something else."""
    year = next((value[:4] for tag in ("PY", "Y1") for value in tags.get(tag, [])), "")
    given = [(tag, value) for tag in _DATES for value in tags.pop(tag, [])]
    lines: Lines = []
    dates = {tag_value: _date(tag_value[1], year) for tag_value in given}
    for (tag, value), (date, whole) in sorted(dates.items(), key=lambda one: -len(one[1][0])):
        best = properties.setdefault(_DATES[tag], {"raw": date})["raw"] if date else ""
        if not whole or not best.startswith(date):
            lines.append((tag, value))
    return lines


def _date(text: str, year: str) -> tuple[str, bool]:
    """Return a date as EDTF, "" if it is not understood, and whether EDTF has all of it."""
    match = _DATE.fullmatch(text)
    if match and (match[2] or not match[3]):
        parts = [match[1], *(part.zfill(2) for part in match.groups()[1:3] if part)]
        date = date_of("-".join(parts))[0]
        return date, bool(date) and not match[4]
    date = date_of(text)[0] or date_of(f"{text} {year}")[0]
    return date, bool(date)
