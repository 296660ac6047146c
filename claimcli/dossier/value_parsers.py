"""Parsers of single values: texts, ids, dates, pairs, colors and flags.

A parser takes a field's node, its name for messages, and the report; it returns the value, or None
after reporting a problem.
"""

import re
from collections.abc import Callable
from typing import Any

from claimcli.core.dates import Date, date_hint, parse_date
from claimcli.core.text.word_diff import plural
from claimcli.dossier.informal_dates import edtf_of
from claimcli.dossier.report import Report
from claimcli.syntax.nodes import Node, ScalarNode, SequenceNode, describe, is_empty

ID = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
DERIVED_ID = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*", re.ASCII)
MAX_ID = 200
ID_RULE = "an id is made of a-z, 0-9, '.', '_' and '-'"
Parser = Callable[[Node, str, Report], Any]


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
        message = f"{text} before the comment '{short_text(comment.strip())}'"
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
    fix = report.replacement(node.place, written_text(node), meant)
    report.add("bad-id", f"'{short_text(value)}' is no id", node.place, id_hint(value), fix=fix)
    return None


def written_text(node: Node) -> str:
    """Return the text of a scalar as written, "" for other nodes."""
    return node.text if isinstance(node, ScalarNode) else ""


def id_hint(value: str) -> str:
    """Return the rule for ids, with an id similar to a value that is not one."""
    candidate = re.sub(r"[^a-z0-9._]+", "-", value.lower()[:60]).strip("-._")
    return f"{ID_RULE}: write '{candidate}'" if ID.fullmatch(candidate) else ID_RULE


def short_text(value: str) -> str:
    """Return a value for a message, cut if it is long."""
    return value if len(value) <= 60 else f"{value[:57]}..."


def parse_date_field(node: Node, name: str, report: Report) -> Date | None:
    """Return a date, with a fix for other common forms."""
    value = parse_text(node, name, report)
    if value is None:
        return None
    try:
        return parse_date(value)
    except ValueError as error:
        meant = edtf_of(value)
        reason = f"no date '{value}'" if meant else str(error)
        fix = report.replacement(node.place, written_text(node), meant)
        report.add("bad-date", short_text(reason), node.place, date_hint(error), fix=fix)
        return None


def parse_pair(node: Node, name: str, report: Report) -> tuple[str, str] | None:
    """Return two texts."""
    if not isinstance(node, SequenceNode) or len(node.items) != 2:
        items = plural(len(node.items), "item") if isinstance(node, SequenceNode) else ""
        what = f"a list of {items}" if items else describe(node)
        message = f"'{name}' takes pairs, not {what}"
        report.add("wrong-type", message, node.place, f"write '{name}: [[one, other]]'")
        return None
    one, other = (parse_item(item, name, report, parse_text) for item in node.items)
    return None if one is None or other is None else (one, other)


_COLOR = re.compile("#[0-9A-Fa-f]{6}", re.ASCII)


def parse_color(node: Node, name: str, report: Report) -> str | None:
    """Return a color as ``#rrggbb``."""
    value = parse_free_text(node, name, report)
    if value is None or _COLOR.fullmatch(value):
        return value
    fix = report.replacement(node.place, written_text(node), _color_meant(value))
    hint = "write six hexadecimal digits after '#', as \"#1d4e89\", in quotation marks"
    report.add("bad-color", f"'{short_text(value)}' is no color", node.place, hint, fix=fix)
    return None


def _color_meant(value: str) -> str:
    """Return the color that three digits, or digits without ``#``, mean, or "" for other text."""
    digits = value.removeprefix("#")
    six = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return f'"#{six}"' if _COLOR.fullmatch(f"#{six}") else ""


_FLAGS = {"true": True, "false": False}


def parse_flag(node: Node, name: str, report: Report) -> bool | None:
    """Return true or false; any other value is true, so that nothing internal is published."""
    value = parse_text(node, name, report)
    if not isinstance(node, ScalarNode):
        return True
    if value is None or value.lower() in _FLAGS:
        return None if value is None else _FLAGS[value.lower()]
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.lower(), "")
    fix = report.replacement(node.place, written_text(node), meant)
    message = f"'{name}' takes true or false, not '{short_text(value)}'"
    report.add("wrong-type", message, node.place, f"write '{name}: true'", fix=fix)
    return meant != "false"


def parse_item(node: Node, name: str, report: Report, parse: Parser) -> Any:
    """Return the value of an entry of a list."""
    if is_empty(node) or (isinstance(node, ScalarNode) and not node.text.strip()):
        message = f"an entry of '{name}' is empty"
        report.add("wrong-type", message, node.place, "write it or take it out")
        return None
    return parse(node, name, report)
