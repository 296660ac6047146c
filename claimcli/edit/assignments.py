"""Parses the values of fields as users give them: ``field=value``, flags, answers to prompts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import CITATION, PARTS, RECORD_KINDS, RESPONSE, FieldType
from claimcli.core.text.escaping import web_link
from claimcli.core.text.suggestions import nearest, one_of
from claimcli.dossier.value_parsers import DERIVED_ID
from claimcli.syntax.edit.tree import Content, compose, content
from claimcli.syntax.edit.values import Value

_FIELDS = [field for kind in RECORD_KINDS.values() for field in kind.fields]
RECORD_FIELDS = {field.name: PARTS[field.of] for field in _FIELDS if field.type is FieldType.RECORD}
"""Fields that contain records, written as YAML, with the kinds of those."""
THREADS = tuple(field.name for field in _FIELDS if field.type is FieldType.THREAD)
_MANY = {field.name for field in _FIELDS if field.many}
PAIR_FIELDS = {field.name for field in _FIELDS if field.type is FieldType.PAIR}
LIST_FIELDS = _MANY - {*RECORD_FIELDS, *THREADS, *PAIR_FIELDS}
"""Fields that take several values, separated by commas."""
_TITLED = tuple(name for name, kind in RECORD_FIELDS.items() if kind is CITATION)
_ASSIGNMENT = re.compile(r"(?P<field>[^=+]*?)(?P<sign>\+=|-=|=)(?P<value>.*)", re.DOTALL)


class Assignment(Struct, frozen=True):
    """A change of a field: set it (``sign`` is ``=``), add a value (``+=``) or remove one (``-=``).

    ``path`` has more than one part for a field of a nested record. A value of None removes the
    field.
    """

    path: tuple[str, ...]
    sign: str
    value: Value | None

    @property
    def field(self) -> str:
        """The field's name as the user wrote it."""
        return ".".join(self.path)


def parse_assignment(text: str, kind: str) -> Assignment:
    """Return the assignment that a text is for a kind of record. Raises ClaimcliError."""
    match = _ASSIGNMENT.fullmatch(text)
    if match is None:
        hint = "write field=value, or field= to remove it"
        raise ClaimcliError(f"'{text}' is not field=value", hint)
    path = _path(match["field"].strip(), kind)
    sign, written = match["sign"], match["value"].strip()
    if not written:
        if sign != "=":
            raise ClaimcliError(f"'{text}' has no value", f"write it after '{sign}'")
        return Assignment(path, sign, None)
    if sign == "=":
        return Assignment(path, sign, parse_value(path[-1], written))
    if path[-1] not in _MANY:
        raise ClaimcliError(f"'{path[-1]}' takes one value", f"write {path[-1]}=value")
    return Assignment(path, sign, _parse_item(path[-1], written))


def _parse_item(field: str, text: str) -> Value:
    """Return one entry of a field that takes several values."""
    if field in PAIR_FIELDS:
        (pair, *more) = _parse_pairs(field, text)
        if more:
            raise ClaimcliError(f"'{text}' is more than one pair", "write one, as one,other")
        return pair
    return parse_record(field, text) if field in RECORD_FIELDS else text


def nested_fields() -> Iterator[str]:
    """Yield the fields of nested records that can be set, as ``field.inner``."""
    for field, kind in RECORD_FIELDS.items():
        yield from (f"{field}.{name}" for name in kind.names)


def field_names(texts: Iterable[str]) -> str:
    """Return the fields of assignments as the user wrote them, for a message."""
    matches = (_ASSIGNMENT.fullmatch(text) for text in texts)
    return ", ".join(dict.fromkeys(match["field"].strip() for match in matches if match))


def _path(name: str, kind: str) -> tuple[str, ...]:
    known = (RESPONSE if kind == "claim" else RECORD_KINDS[kind]).names
    first, *more = name.split(".")
    field = one_of(first, known, "field", f"the fields of a {kind} are {', '.join(known)}")
    if field in THREADS:
        verb = "rebut" if field == "rebuttals" else "respond"
        raise ClaimcliError(f"'{field}' contains claims", f"add one with 'claimcli {verb}'")
    if not more:
        return (field,)
    if kind != "claim" or field not in RECORD_FIELDS:
        raise ClaimcliError(f"'{field}' has no fields", f"write {field}=value")
    number = [more.pop(0)] if more[0].isdigit() and len(more) > 1 else []
    inner = one_of(".".join(more), RECORD_FIELDS[field].names, f"field of '{field}'")
    return (field, *number, inner)


def parse_value(field: str, text: str) -> Value:
    """Return the value of a field that a text describes. Raises ClaimcliError."""
    if field in RECORD_FIELDS:
        parts = _ids(text)
        return list(parts) if len(parts) > 1 else parse_record(field, text)
    if field in PAIR_FIELDS:
        return _parse_pairs(field, text)
    if field not in LIST_FIELDS:
        return text
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return parts[0] if field == "party" and len(parts) == 1 else parts


def _parse_pairs(field: str, text: str) -> Sequence[Value]:
    """Return pairs written as YAML, or the one pair in ``one,other``. Raises ClaimcliError."""
    if not text.startswith("["):
        return [[part.strip() for part in text.split(",")]]
    parsed = _parse_yaml(field, text)
    return [parsed] if all(isinstance(item, str) for item in parsed) else list(parsed)


def _ids(text: str) -> list[str]:
    """Return the ids in a text of ids separated by commas, [] for another text."""
    parts = [part.strip() for part in text.split(",")]
    return parts if all(map(DERIVED_ID.fullmatch, parts)) else []


def parse_record(field: str, text: str) -> Value:
    """Return an id, or the nested record that a text in YAML describes.

    Other text for a source is its title, a web address both title and address. Raises ClaimcliError
    for invalid YAML.
    """
    written = text.strip()
    if DERIVED_ID.fullmatch(written):
        return written
    if written[0] == "{" or (written[0] == "[" and field not in _TITLED):
        return _parse_yaml(field, written)
    key = re.match(r"([a-z_]+):\s", written)
    if key and (field not in _TITLED or _is_key_or_typo(key[1], RECORD_FIELDS[field].names)):
        return _parse_yaml(field, f"{{{written}}}")
    if field not in _TITLED:
        return written
    return {"title": written, "url": written} if web_link(written) else {"title": written}


def _is_key_or_typo(word: str, keys: Iterable[str]) -> bool:
    """Return whether a word is a key, or similar to one."""
    return word in keys or bool(nearest(word, keys))


def _parse_yaml(field: str, text: str) -> Value:
    example = '{title: "One, two", published: 2023-05-02}' if "source" in field else "{key: text}"
    example = "[[one, other]]" if field in PAIR_FIELDS else example
    try:
        trees = compose(text)
        parsed: Any = content(trees[0]) if len(trees) == 1 else None
        is_value = _is_value(parsed)
    except (yaml.YAMLError, RecursionError):
        message = f"'{text}' is not valid YAML"
        raise ClaimcliError(message, f"write {field} as '{example}'") from None
    if not is_value:
        raise ClaimcliError(f"'{text}' is not a valid {field}", f"write it as '{example}'")
    value: Value = parsed
    return value


def _is_value(parsed: Content) -> bool:
    """Return whether content consists of texts, lists and mappings, without aliases or gaps."""
    if isinstance(parsed, Mapping):
        return all(_is_value(value) for value in parsed.values())
    if isinstance(parsed, list):
        return all(map(_is_value, parsed))
    return isinstance(parsed, str) and bool(parsed)


def add_quote(sources: Sequence[Value], quoting: Mapping[str, str]) -> list[Value]:
    """Return sources with a quote added to the only one. Raises ClaimcliError for several."""
    if not quoting:
        return list(sources)
    if len(sources) != 1:
        what = "no source" if not sources else "more than one source"
        hint = "add --source" if not sources else "write it into --source as 'id: ..., quote: ...'"
        raise ClaimcliError(f"{what} for --{next(iter(quoting))}", hint)
    cited = sources[0]
    return [{**({"id": cited} if isinstance(cited, str) else dict(cited)), **quoting}]  # type: ignore[arg-type]
