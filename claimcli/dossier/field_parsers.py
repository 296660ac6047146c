"""Fields of a record: which there are, what each holds, and what is wrong with one.

A specification maps each field name to a reader: a function of the field's node and its
:class:`Fields` that returns the value, or None after reporting what is wrong.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.dates import FORMS, Date, date_pattern, parse_date
from claimcli.core.problems import Fix, Place, Problem, Span, exchange
from claimcli.core.records import Location
from claimcli.core.text.suggestions import did_you_mean, slip_of
from claimcli.dossier.dateforms import as_edtf
from claimcli.dossier.shapes import list_shape, or_list, shape_of, shaped, text_shape
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
_ID_RULE = "an id is made of a-z, 0-9, '.', '_' and '-'"
_ID_SHAPE = rf"^\s*{ID.pattern.replace('*', f'{{0,{MAX_ID - 1}}}')}\s*$"
_REFERENCE_SHAPE = rf"^(?=.{{1,{MAX_ID}}}$)\s*{DERIVED_ID.pattern}\s*$"


class Report(Struct):
    """Where the problems of one file are collected."""

    path: str
    problems: list[Problem]
    seen: set[tuple[str, Place]] = msgspec.field(default_factory=set)

    def add(
        self,
        rule: str,
        message: str,
        place: Place,
        way_out: str = "",
        *,
        fix: Fix | None = None,
    ) -> None:
        """Note one problem at a place of the file, once however many aliases lead there."""
        if (rule, place) in self.seen:
            return
        self.seen.add((rule, place))
        self.problems.append(Problem(rule, message, Span(self.path, *place), help=way_out, fix=fix))

    def exchange(self, place: Place, before: str, after: str) -> Fix | None:
        """Return the mend that exchanges a word at a place, where it can be done."""
        return exchange(Span(self.path, *place), before, after)


Reader = Callable[[Node, str, Report], Any]
"""Field reader: the node, the field's name for messages, and where problems go."""


class Fields(Struct):
    """The values of one record that could be read, and their places."""

    values: dict[str, Any]
    location: Location
    present: frozenset[str]


def read_fields(
    node: MappingNode,
    spec: dict[str, Reader],
    report: Report,
    *,
    hints: dict[str, str] | None = None,
) -> Fields:
    """Read every field of a mapping that the specification knows, and report the others.

    ``hints`` gives for a key that belongs elsewhere the way out.
    """
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    present = []
    for key, child in node.entries:
        name = key.text
        reader = spec.get(name)
        if reader is None:
            _unknown_key(node, key, spec, report, (hints or {}).get(name))
            continue
        places[name] = child.place
        if type(child) is not ScalarNode or child.text.strip():
            present.append(name)
            value = reader(child, name, report)
            if value is not None:
                values[name] = value
    return Fields(values, Location.found(report.path, node.place, places), frozenset(present))


def _unknown_key(
    node: MappingNode, key: KeyNode, spec: Collection[str], report: Report, hint: str | None
) -> None:
    name = key.text
    way_out = hint or did_you_mean(name, spec, f"the keys here are {', '.join(spec)}")
    present = {other.text for other, _ in node.entries}
    meant = "" if hint else key_meant(name, spec)
    fix = None if meant in present else report.exchange(key.place, name, meant)
    report.add("unknown-key", f"no key '{name}' here", key.place, way_out, fix=fix)


def key_meant(word: str, known: Collection[str]) -> str:
    """Return the word of a closed set that another is a slip of, or ""."""
    return slip_of(word, known, within=2 if len(word) > 5 else 1)


def require(fields: Fields, names: Iterable[str], what: str, report: Report) -> bool:
    """Return whether all required fields have a value, reporting those that are not there."""
    complete = True
    for name in names:
        if name in fields.values:
            continue
        complete = False
        if name not in fields.present:
            place = fields.location.place(name)
            report.add("missing-field", f"{what} has no '{name}'", place, f"add '{name}:'")
    return complete


@shaped(text_shape())
def text(node: Node, name: str, report: Report) -> str | None:
    """Read a text as written, surrounding white space aside."""
    if not isinstance(node, ScalarNode):
        report.add(
            "wrong-type",
            f"'{name}' takes a text, not {describe(node)}",
            node.place,
            "put a text with marks in it in quotation marks",
        )
        return None
    return node.text.strip() or None


@shaped(text_shape(_ID_SHAPE, least=0, hint=_ID_RULE))
def identifier(node: Node, name: str, report: Report) -> str | None:
    """Read an id that a person wrote."""
    return _matching(node, name, report, ID)


@shaped(text_shape(_REFERENCE_SHAPE, least=0, hint=_ID_RULE))
def reference(node: Node, name: str, report: Report) -> str | None:
    """Read an id of another record, which may be a derived one."""
    return _matching(node, name, report, DERIVED_ID)


def _matching(node: Node, name: str, report: Report, form: re.Pattern[str]) -> str | None:
    if type(node) is ScalarNode and len(node.text) <= MAX_ID and form.fullmatch(node.text):
        return node.text
    value = text(node, name, report)
    if value is None:
        return None
    if form.fullmatch(value) and len(value) <= MAX_ID:
        return value
    lower = value.lower()
    meant = lower if form.fullmatch(lower) and len(lower) <= MAX_ID else ""
    fix = report.exchange(node.place, _written(node), meant)
    report.add("bad-id", f"'{_short(value)}' is no id", node.place, _better_id(value), fix=fix)
    return None


def _written(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) else ""


def _better_id(value: str) -> str:
    candidate = re.sub(r"[^a-z0-9._]+", "-", value.lower()[:60]).strip("-._")
    return f"{_ID_RULE}: write '{candidate}'" if ID.fullmatch(candidate) else _ID_RULE


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:57]}..."


@shaped(
    {
        "type": ["string", "integer"],
        "pattern": rf"^\s*{date_pattern()}\s*$",
        "minimum": 1,
        "maximum": 9999,
        "patternErrorMessage": FORMS,
    }
)
def date(node: Node, name: str, report: Report) -> Date | None:
    """Read a date of the Extended Date/Time Format."""
    value = text(node, name, report)
    if value is None:
        return None
    try:
        return parse_date(value)
    except ValueError as error:
        meant = as_edtf(value)
        reason = f"no date '{value}'" if meant else str(error)
        fix = report.exchange(node.place, _written(node), meant)
        report.add("bad-date", _short(reason), node.place, FORMS, fix=fix)
        return None


def listed(reader: Reader) -> Reader:
    """Return a reader of a list whose items ``reader`` reads."""

    @shaped(list_shape(shape_of(reader)))
    def read(node: Node, name: str, report: Report) -> tuple[Any, ...] | None:
        if not isinstance(node, SequenceNode):
            report.add(
                "wrong-type",
                f"'{name}' takes a list, not {describe(node)}",
                node.place,
                f"write it as a list: '{name}: [ ... ]'",
            )
            return None
        values = (_item(item, name, report, reader) for item in node.items)
        return tuple(value for value in values if value is not None)

    return read


def one_or_more(reader: Reader, *, least: int = 0) -> Reader:
    """Return a reader of one thing or a list of at least so many, which gives a tuple."""
    several = listed(reader)

    @shaped(or_list(shape_of(reader), least=least))
    def read(node: Node, name: str, report: Report) -> tuple[Any, ...] | None:
        if isinstance(node, SequenceNode):
            if len(node.items) < least:
                report.add("wrong-type", f"'{name}' is an empty list", node.place, "write it")
            return several(node, name, report) or None
        value = reader(node, name, report)
        return None if value is None else (value,)

    return read


def is_nothing(node: Node) -> bool:
    """Return whether a key holds nothing, or a list of nothing."""
    return is_empty(node) or (isinstance(node, SequenceNode) and not node.items)


def _item(node: Node, name: str, report: Report, reader: Reader) -> Any:
    if is_empty(node):
        report.add(
            "wrong-type", f"an entry of '{name}' is empty", node.place, "write it or take it out"
        )
        return None
    return reader(node, name, report)


def choice(words: Collection[str], rule: str = "unknown-kind") -> Reader:
    """Return a reader of one word of a closed set."""

    @shaped({"enum": list(map(str, words))})
    def read(node: Node, name: str, report: Report) -> str | None:
        value = text(node, name, report)
        if value is None or value in words:
            return value
        way_out = did_you_mean(value, words, f"write one of {', '.join(words)}")
        fix = report.exchange(node.place, _written(node), _word_meant(value, words))
        report.add(rule, f"no {name} '{_short(value)}'", node.place, way_out, fix=fix)
        return None

    return read


def _word_meant(word: str, words: Collection[str]) -> str:
    """Return the word that is meant: a slip of the pen, or a verb as "deny" for "denies"."""
    ending = f"{word[:-1]}ies".lower()
    return ending if word[-1:] in "yY" and ending in words else key_meant(word, words)
