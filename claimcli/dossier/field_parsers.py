"""Parsers of the fields of records, made of those of single values."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from claimcli.core import schema
from claimcli.core.problems import Place
from claimcli.core.records import Location
from claimcli.core.schema import Count, Field, FieldType, RecordKind
from claimcli.core.text.suggestions import did_you_mean, nearest, typo_of
from claimcli.dossier.report import Report
from claimcli.dossier.value_parsers import (
    Parser,
    parse_color,
    parse_date_field,
    parse_derived_id,
    parse_flag,
    parse_free_text,
    parse_id,
    parse_item,
    parse_pair,
    parse_text,
    short_text,
    written_text,
)
from claimcli.syntax.nodes import (
    KeyNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    describe,
    is_empty,
)


class Fields(Struct):
    """The values of one record that could be read, and their places.

    ``present`` are the names of all fields that are not empty, with or without a valid value.
    """

    values: dict[str, Any]
    location: Location
    present: Collection[str]


def parse_fields(
    node: MappingNode,
    parsers: Mapping[str, Parser],
    report: Report,
    *,
    hints: Mapping[str, str] | None = None,
) -> Fields:
    """Parse every field of a mapping that has a parser, and report the others.

    ``hints`` are shown for certain unknown keys instead of near matches. A misspelt ``internal``
    counts, so that nothing internal is published.
    """
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    present = []
    for key, child in node.entries:
        name = key.text
        parser = parsers.get(name)
        if parser is None:
            _unknown_key(node, key, parsers.keys(), report, (hints or {}).get(name))
            values |= _misspelt_internal(child, name, parsers, report)
            continue
        places[name] = child.place
        if type(child) is ScalarNode:
            text = child.text.strip()
            if not text:
                if child.comment and parser in (parse_free_text, parse_color):
                    parser(child, name, report)
                continue
            if parser is parse_free_text and not child.comment:  # most fields: saves calls
                present.append(name)
                values[name] = text
                continue
        present.append(name)
        if (value := parser(child, name, report)) is not None:
            values[name] = value
    return Fields(values, Location.create(report.path, node.place, places), present)


def _misspelt_internal(
    node: Node, name: str, parsers: Mapping[str, Parser], report: Report
) -> dict[str, Any]:
    if "internal" in parsers and nearest(name, parsers) == "internal":
        return {"internal": parsers["internal"](node, name, report)}
    return {}


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


_REQUIRED = {kind.name: kind.required for kind in schema.ALL_KINDS.values()}


def require(fields: Fields, kind: RecordKind, what: str, report: Report) -> bool:
    """Return whether all required fields have a value, and report those that are missing."""
    complete = True
    for name in _REQUIRED[kind.name]:
        if name in fields.values:
            continue
        complete = False
        if name not in fields.present:
            place = fields.location.place(name)
            report.add("missing-field", f"{what} has no '{name}'", place, f"add '{name}:'")
    return complete


_VALUE_PARSERS: dict[FieldType, Parser] = {
    FieldType.ID: parse_id,
    FieldType.DATE: parse_date_field,
    FieldType.PAIR: parse_pair,
    FieldType.COLOR: parse_color,
    FieldType.FLAG: parse_flag,
}


def _list_parser(parse: Parser) -> Parser:
    def parse_list(node: Node, name: str, report: Report) -> tuple[Any, ...] | None:
        if not isinstance(node, SequenceNode):
            message = f"'{name}' takes a list, not {describe(node)}"
            report.add("wrong-type", message, node.place, f"write it as a list: '{name}: [ ... ]'")
            return None
        values = (parse_item(item, name, report, parse) for item in node.items)
        return tuple(value for value in values if value is not None)

    return parse_list


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
        fix = report.replacement(node.place, written_text(node), _word_meant(value, words))
        message = f"no {name} '{short_text(value)}'"
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
