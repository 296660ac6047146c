"""The fields of a source that an item of CSL-JSON has; the rest becomes lines of the note.

A line is ``NAME: VALUE``, the form in which Zotero and citation processors read more properties of
an item from its note.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.schema import SOURCE
from claimcli.core.text.escaping import one_line
from claimcli.dossier.value_parsers import DERIVED_ID
from claimcli.exchange.bibliography.dates import date_of, written_date
from claimcli.exchange.bibliography.items import (
    DATE_FIELDS,
    DATES,
    NAMES,
    TEXT_FIELDS,
    CslItem,
    default_type,
    outlet_property,
)
from claimcli.exchange.bibliography.names import lines_of_names, names_of_lines, text_of_names
from claimcli.exchange.records import LossKind
from claimcli.syntax.edit.values import Value

CITATION_KEY = "Citation Key"
MAX_ID = 80
_LINE = re.compile(r"\{?:?\s*([\w. -]{2,40}):\s*(\S.*?)\}?")
_OUTLETS = ("container-title", "publisher", "event-title", "authority")
_LINE_FIELDS = (
    "outlet", "author", "published", "url", "archive_url", "accessed", "language", "kind",
    "derived_from", "internal",
)  # fmt: skip
"""The fields that a line of the note can have. A text on file is not named by strangers."""
_FIELDS = {field.name: field for field in SOURCE.fields}
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sc|span)(?: [^<>]*)?>", re.IGNORECASE)
_RAISED = re.compile(r"<(sup|sub)>([^<>]{1,20})</\1>", re.IGNORECASE)
_RAISED_SIGNS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


class Unexpressed(Struct, frozen=True):
    """A property that no field has as it is; ``lines`` keep its values in the note."""

    name: str
    lines: tuple[str, ...]
    detail: str = ""

    @property
    def kind(self) -> LossKind:
        """Whether the note keeps it."""
        return LossKind.KEPT_IN_NOTE if self.lines else LossKind.APPROXIMATED


class ItemFields(Struct, frozen=True):
    """The fields of a source, what else the item has, and the field of each property."""

    fields: dict[str, Value]
    unexpressed: tuple[Unexpressed, ...]
    names: Mapping[str, str]


def fields_of_item(item: CslItem) -> ItemFields:
    """Return the fields that the properties of an item make, without those in ``custom``."""
    given = {name: value for name, value in item.properties.items() if value not in _EMPTY}
    type_ = text_of(given.get("type", ""))
    names = _field_names(type_, given)
    fields: dict[str, Value] = {}
    unexpressed = _of_key(given, fields)
    for name, value in given.items():
        if name in names:
            text, others = _read(name, value)
            fields |= {names[name]: text} if text else {}
            unexpressed += others
        elif name not in ("type", "id", "citation-key", "note", "custom"):
            unexpressed.append(Unexpressed(name, tuple(_lines(name, value))))
    unexpressed += [Unexpressed(name, (f"{name}: {text}",)) for name, text in item.lines]
    note = _without_field_lines(_note_lines(given), fields)
    _set_missing(fields, given, unexpressed)
    if type_ and type_ != default_type(fields.get("url")):
        unexpressed.append(Unexpressed("type", (f"type: {type_}",)))
    unexpressed.sort(key=lambda one: _FIRST_LINES.get(one.name, len(_FIRST_LINES)))
    lines = dict.fromkeys(line for one in unexpressed for line in one.lines)
    text = "\n".join([*note, *(line for line in lines if line not in note)]).strip()
    fields |= {"note": text} if text else {}
    return ItemFields(fields, tuple(unexpressed), names)


_EMPTY: tuple[Any, ...] = (None, "", [], {})
_FIRST_LINES = {name: place for place, name in enumerate(("type", "id", "citation-key", "author"))}


def note_line(line: str) -> tuple[str, str]:
    """Return the name and the value of a line of a note, ("", "") if it has another form."""
    match = _LINE.fullmatch(line.strip())
    return (match[1].strip(), match[2]) if match else ("", "")


def field_name(name: str) -> str:
    """Return a name that people write, as ``Archive URL``, as that of a field: ``archive_url``."""
    return re.sub("[ -]", "_", name.lower())


def id_of_key(key: str) -> str:
    """Return the id that a citation key, or the address of an item in Zotero, makes."""
    if DERIVED_ID.fullmatch(key):
        return key
    if "://" in key or re.fullmatch(r"\w+/[A-Z0-9]{8}", key):
        key = key.rstrip("/").rpartition("/")[2]
    plain = unicodedata.normalize("NFKD", key.casefold()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9._-]+", "-", plain)[:MAX_ID].strip("-._")


def text_of(value: Any) -> str:
    """Return a value as text on one line."""
    if isinstance(value, str | bool):
        return one_line(str(value).lower() if isinstance(value, bool) else value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return one_line("; ".join(value))
    return one_line(json.dumps(value, ensure_ascii=False))


def _field_names(type_: str, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the field of each property that has one."""
    outlets = (outlet_property(type_), *_OUTLETS)
    outlet = next((name for name in outlets if name in given), outlets[0])
    return {**TEXT_FIELDS, **DATE_FIELDS, "author": "author", outlet: "outlet"}


def _read(name: str, value: Any) -> tuple[str, list[Unexpressed]]:
    """Return the text of a field, and what it does not express."""
    if name in DATES:
        text, whole = date_of(value)
        line = f"{name}: {one_line(written_date(value))}"
        return text, [] if text and whole else [Unexpressed(name, (line,))]
    if name in NAMES:
        lines = tuple(f"{name}: {line}" for line in lines_of_names(value))
        detail = "which part is the family name"
        return text_of_names(value), [Unexpressed(name, lines, detail)] if lines else []
    text = text_of(value)
    plain = _without_markup(text) if name == "title" else text
    return plain, [Unexpressed(name, (), "without markup")] if plain != text else []


def _without_markup(text: str) -> str:
    """Return a title without the markup of citation processors, with raised digits as signs."""

    def raised(match: re.Match[str]) -> str:
        signs = match[2].translate(_RAISED_SIGNS[match[1].lower()])
        return match[0] if any(sign in match[2] for sign in signs) else signs

    return _MARKUP.sub("", _RAISED.sub(raised, text))


def _lines(name: str, value: Any) -> list[str]:
    if name in NAMES:
        texts = lines_of_names(value) or [text_of_names([one]) for one in _listed(value)]
    elif name in DATES:
        date, whole = date_of(value)
        texts = [date if whole and date else one_line(written_date(value))]
    else:
        texts = [text_of(value)]
    return [f"{name}: {text}" for text in texts if text]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _of_key(given: Mapping[str, Any], fields: dict[str, Value]) -> list[Unexpressed]:
    """Set the id; return the citation key and the id of the item, if the id differs."""
    in_note = [v for k, v in map(note_line, _note_lines(given)) if field_name(k) == "citation_key"]
    key = text_of(given.get("citation-key", "")) or next(iter(in_note), "")
    number = text_of(given.get("id", ""))
    name = id_of_key(key or number)
    fields |= {"id": name} if name else {}
    kept = []
    if key not in ("", name):
        kept.append(Unexpressed("citation-key", (f"{CITATION_KEY}: {key}",)))
    if number not in ("", name, key):
        label = "id" if key or "://" in number else CITATION_KEY
        kept.append(Unexpressed("id", (f"{label}: {number}",)))
    return kept


def _note_lines(given: Mapping[str, Any]) -> list[str]:
    note = given.get("note", "")
    text = note if isinstance(note, str) else text_of(note)
    return [line.rstrip() for line in text.split("\n")]


def _without_field_lines(note: list[str], fields: dict[str, Value]) -> list[str]:
    """Set the fields that lines of a note have and the item lacks; return the other lines."""
    kept = []
    names: list[str] = []
    for line in note:
        name, text = note_line(line)
        field = field_name(name)
        if field == "author" and "author" not in fields:
            names.append(text)
        value = _field_value(field, text) if field in _LINE_FIELDS else ""
        if value and field not in fields and field != "author":
            fields[field] = value
        else:
            kept.append(line)
    if names:
        fields["author"] = text_of_names(names_of_lines(names))
    return kept


def _field_value(field: str, text: str) -> Value:
    """Return what a line says of a field, "" if it is no value of that field."""
    if field in DATE_FIELDS.values():
        return date_of(text)[0]
    if field == "derived_from":
        ids = [id_of_key(word) for word in re.split("[,; ]+", text)]
        return ids if all(ids) else ""
    choices = ("true",) if field == "internal" else _FIELDS[field].choices
    return text if not choices or text in choices else ""


def _set_missing(
    fields: dict[str, Value], given: Mapping[str, Any], unexpressed: list[Unexpressed]
) -> None:
    """Set the address of an item that has a DOI only, and the title of one without."""
    if "url" not in fields and "DOI" in given:
        doi = re.sub("^(?:https?://(?:dx\\.)?doi\\.org/|doi:)", "", text_of(given["DOI"]).lower())
        fields["url"] = f"https://doi.org/{doi}"
    if "title" not in fields:
        shorter = (given.get(name) for name in ("title-short", "shortTitle", "URL", "DOI"))
        kind = text_of(given.get("type", "")) or "document"
        fields["title"] = next((text_of(text) for text in shorter if text), f"[{kind}]")
        unexpressed.append(Unexpressed("title", (), "the item has none"))
