"""Parsers of the fields of records.

A parser takes a field's node, its name for messages, and the report; it returns the value, or None
after reporting a problem.
"""

import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from claimcli.core import schema
from claimcli.core.dates import Date, date_hint, parse_date
from claimcli.core.problems import Place
from claimcli.core.records import Location
from claimcli.core.schema import Count, Field, FieldType, RecordKind
from claimcli.core.text.suggestions import did_you_mean, typo_of
from claimcli.core.text.word_diff import plural
from claimcli.dossier.informal_dates import edtf_of
from claimcli.dossier.report import Report
from claimcli.syntax.nodes import (
    KeyNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    describe,
    is_empty,
)

ID = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
DERIVED_ID = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*", re.ASCII)
MAX_ID = 200
ID_RULE = "an id is made of a-z, 0-9, '.', '_' and '-'"


Parser = Callable[[Node, str, Report], Any]


class Fields(Struct):
    """The values of one record that could be read, and their places.

    ``present`` are the names of all fields that are not empty, with or without a valid value.
    """

    values: dict[str, Any]
    location: Location
    present: frozenset[str]


def parse_fields(
    node: MappingNode,
    parsers: Mapping[str, Parser],
    report: Report,
    *,
    hints: Mapping[str, str] | None = None,
) -> Fields:
    """Parse every field of a mapping that has a parser, and report the others.

    ``hints`` are shown for certain unknown keys instead of near matches.
    """
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    present = []
    for key, child in node.entries:
        name = key.text
        parser = parsers.get(name)
        if parser is None:
            _unknown_key(node, key, parsers.keys(), report, (hints or {}).get(name))
            continue
        places[name] = child.place
        if type(child) is not ScalarNode or child.text.strip():
            present.append(name)
            value = parser(child, name, report)
            if value is not None:
                values[name] = value
        elif child.comment and parser in (parse_free_text, _parse_color):
            parser(child, name, report)
    return Fields(values, Location.create(report.path, node.place, places), frozenset(present))


def _unknown_key(
    node: MappingNode, key: KeyNode, known: Collection[str], report: Report, hint: str | None
) -> None:
    name = key.text
    keys = hint or did_you_mean(name, known, f"the keys here are {', '.join(known)}")
    present = {other.text for other, _ in node.entries}
    meant = "" if hint else key_meant(name, known)
    fix = None if meant in present else report.replacement(key.place, name, meant)
    report.add("unknown-key", f"no key '{name}' here", key.place, keys, fix=fix)


def key_meant(word: str, known: Collection[str]) -> str:
    """Return the known word that ``word`` is a misspelling of, or ""."""
    return typo_of(word, known, within=2 if len(word) > 5 else 1)


def require(fields: Fields, kind: RecordKind, what: str, report: Report) -> bool:
    """Return whether all required fields have a value, and report those that are missing."""
    complete = True
    for name in kind.required:
        if name in fields.values:
            continue
        complete = False
        if name not in fields.present:
            place = fields.location.place(name)
            report.add("missing-field", f"{what} has no '{name}'", place, f"add '{name}:'")
    return complete


def parse_text(node: Node, name: str, report: Report) -> str | None:
    """Return a text as written, without white space around it."""
    if not isinstance(node, ScalarNode):
        message = f"'{name}' takes a text, not {describe(node)}"
        report.add(
            "wrong-type", message, node.place, "put text with special characters in quotation marks"
        )
        return None
    return node.text.strip() or None


def parse_free_text(node: Node, name: str, report: Report) -> str | None:
    """Return a text in a person's words; a comment that may be a part of it is reported."""
    if isinstance(node, ScalarNode) and node.comment:
        comment, (line, column, end_line, end) = node.comment, node.place
        place = (line, column, end_line, end + len(comment))
        text = f"the text of '{name}' ends" if node.text else f"'{name}' is empty"
        message = f"{text} before the comment '{_short(comment.strip())}'"
        hint = "put the text in quotation marks, or a space after the '#' of a comment"
        report.warn("comment-in-text", message, place, hint)
    return parse_text(node, name, report)


def parse_id(node: Node, name: str, report: Report) -> str | None:
    """Return an id that a person wrote."""
    return _matching(node, name, report, ID)


def parse_derived_id(node: Node, name: str, report: Report) -> str | None:
    """Return the id of another record, which may be a derived one."""
    return _matching(node, name, report, DERIVED_ID)


def _matching(node: Node, name: str, report: Report, form: re.Pattern[str]) -> str | None:
    if type(node) is ScalarNode and len(node.text) <= MAX_ID and form.fullmatch(node.text):
        return node.text
    value = parse_text(node, name, report)
    if value is None:
        return None
    if form.fullmatch(value) and len(value) <= MAX_ID:
        return value
    lower = value.lower()
    meant = lower if form.fullmatch(lower) and len(lower) <= MAX_ID else ""
    fix = report.replacement(node.place, _written(node), meant)
    report.add("bad-id", f"'{_short(value)}' is no id", node.place, id_hint(value), fix=fix)
    return None


def _written(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) else ""


def id_hint(value: str) -> str:
    """Return the rule for ids, with an id similar to a value that is not one."""
    candidate = re.sub(r"[^a-z0-9._]+", "-", value.lower()[:60]).strip("-._")
    return f"{ID_RULE}: write '{candidate}'" if ID.fullmatch(candidate) else ID_RULE


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:57]}..."


def _parse_date(node: Node, name: str, report: Report) -> Date | None:
    value = parse_text(node, name, report)
    if value is None:
        return None
    try:
        return parse_date(value)
    except ValueError as error:
        meant = edtf_of(value)
        reason = f"no date '{value}'" if meant else str(error)
        fix = report.replacement(node.place, _written(node), meant)
        report.add("bad-date", _short(reason), node.place, date_hint(error), fix=fix)
        return None


def _parse_pair(node: Node, name: str, report: Report) -> tuple[str, str] | None:
    """Return two texts."""
    if not isinstance(node, SequenceNode) or len(node.items) != 2:
        items = plural(len(node.items), "item") if isinstance(node, SequenceNode) else ""
        what = f"a list of {items}" if items else describe(node)
        message = f"'{name}' takes pairs, not {what}"
        report.add("wrong-type", message, node.place, f"write '{name}: [[one, other]]'")
        return None
    one, other = (_item(item, name, report, parse_text) for item in node.items)
    return None if one is None or other is None else (one, other)


_COLOR = re.compile("#[0-9A-Fa-f]{6}", re.ASCII)


def _parse_color(node: Node, name: str, report: Report) -> str | None:
    value = parse_free_text(node, name, report)
    if value is None or _COLOR.fullmatch(value):
        return value
    fix = report.replacement(node.place, _written(node), _color_meant(value))
    hint = "write six hexadecimal digits after '#', as \"#1d4e89\", in quotation marks"
    report.add("bad-color", f"'{_short(value)}' is no color", node.place, hint, fix=fix)
    return None


def _color_meant(value: str) -> str:
    """Return the color that three digits, or digits without ``#``, mean, or "" for other text."""
    digits = value.removeprefix("#")
    six = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return f'"#{six}"' if _COLOR.fullmatch(f"#{six}") else ""


_FLAGS = {"true": True, "false": False}


def _parse_flag(node: Node, name: str, report: Report) -> bool | None:
    """Return true or false; an unknown word is true, so that nothing internal is published."""
    value = parse_text(node, name, report)
    if value is None or value.lower() in _FLAGS:
        return None if value is None else _FLAGS[value.lower()]
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.lower(), "")
    fix = report.replacement(node.place, _written(node), meant)
    message = f"'{name}' takes true or false, not '{_short(value)}'"
    report.add("wrong-type", message, node.place, f"write '{name}: true'", fix=fix)
    return meant != "false"


_VALUE_PARSERS: dict[FieldType, Parser] = {
    FieldType.ID: parse_id,
    FieldType.DATE: _parse_date,
    FieldType.PAIR: _parse_pair,
    FieldType.COLOR: _parse_color,
    FieldType.FLAG: _parse_flag,
}


def _list_parser(parse: Parser) -> Parser:
    def parse_list(node: Node, name: str, report: Report) -> tuple[Any, ...] | None:
        if not isinstance(node, SequenceNode):
            message = f"'{name}' takes a list, not {describe(node)}"
            report.add("wrong-type", message, node.place, f"write it as a list: '{name}: [ ... ]'")
            return None
        values = (_item(item, name, report, parse) for item in node.items)
        return tuple(value for value in values if value is not None)

    return parse_list


def _item(node: Node, name: str, report: Report, parse: Parser) -> Any:
    if is_empty(node):
        message = f"an entry of '{name}' is empty"
        report.add("wrong-type", message, node.place, "write it or take it out")
        return None
    return parse(node, name, report)


def _one_or_list_parser(parse: Parser, *, required: bool) -> Parser:
    parse_list = _list_parser(parse)

    def parse_one_or_list(node: Node, name: str, report: Report) -> tuple[Any, ...] | None:
        if isinstance(node, SequenceNode):
            if required and not node.items:
                report.add("wrong-type", f"'{name}' is an empty list", node.place, "write it")
            return parse_list(node, name, report) or None
        value = parse(node, name, report)
        return None if value is None else (value,)

    return parse_one_or_list


def _choice_parser(words: Collection[str]) -> Parser:
    def parse_choice(node: Node, name: str, report: Report) -> str | None:
        value = parse_text(node, name, report)
        if value is None or value in words:
            return value
        hint = did_you_mean(value, words, f"write one of {', '.join(words)}")
        fix = report.replacement(node.place, _written(node), _word_meant(value, words))
        message = f"no {name} '{_short(value)}'"
        report.add("unknown-kind", message, node.place, hint, fix=fix)
        return None

    return parse_choice


def _word_meant(word: str, words: Collection[str]) -> str:
    """Return the word that is meant: one with a spelling mistake, or "denies" for "deny"."""
    ending = f"{word[:-1]}ies".lower()
    return ending if word[-1:] in "yY" and ending in words else key_meant(word, words)


def is_nothing(node: Node) -> bool:
    """Return whether a node is empty, or an empty list."""
    return is_empty(node) or (isinstance(node, SequenceNode) and not node.items)


def field_parsers(
    kind: RecordKind, parts: Mapping[str, Parser] = MappingProxyType({})
) -> dict[str, Parser]:
    """Return the parsers of a kind's fields, by name.

    ``parts`` are the parsers of records inside of records, by the name of their kind.
    """
    return {field.name: _parser(field, parts) for field in kind.fields}


def _parser(field: Field, parts: Mapping[str, Parser]) -> Parser:
    if field.type is FieldType.THREAD:
        return parts[field.of]
    parse = parts[field.of] if field.type is FieldType.RECORD else _value_parser(field)
    if field.count is Count.LIST:
        return _list_parser(parse)
    if field.count is Count.ONE_OR_LIST:
        return _one_or_list_parser(parse, required=field.required)
    return parse


def _value_parser(field: Field) -> Parser:
    if field.type is FieldType.CHOICE:
        return _choice_parser(field.choices)
    if field.type is FieldType.REFERENCE:
        return parse_derived_id if schema.ALL_KINDS[field.of].derived_ids else parse_id
    return _VALUE_PARSERS.get(field.type, parse_free_text)
