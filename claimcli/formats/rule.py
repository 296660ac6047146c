"""The formats of the rules' manual: one rule in full, or all rules in a table."""

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from claimcli.checks.registry import Rule
from claimcli.core.table import Table, to_json
from claimcli.core.text.escaping import for_markdown

_COLUMNS = ("rule", "severity", "fixable", "summary")


class Rules(Struct, frozen=True):
    """All rules, as records and as a table."""

    rules: tuple[Rule, ...]

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """The name, severity, fixability and summary of each rule by column name."""
        records = map(data, self.rules)
        return tuple({name: record[name] for name in _COLUMNS} for record in records)

    def table(self) -> Table:
        """Return a row for each rule."""
        rows = (r | {"fixable": "some" if r["fixable"] else None} for r in self.records)
        return Table("rules", _COLUMNS, tuple(tuple(row.values()) for row in rows), sparse=False)


def text(rule: Rule) -> str:
    """Return the manual of a rule as plain text."""
    parts = [f"{rule.name}: {_kind(rule)}\n{plain_text(rule.summary)}", plain_text(rule.reason)]
    for heading, example in _examples(rule):
        parts += [f"{heading}:", textwrap.indent(example, "    ")]
    return "\n\n".join(parts) + "\n"


def markdown(rule: Rule) -> str:
    """Return the manual of a rule as GitHub-flavoured markdown."""
    parts = [f"# {rule.name}", f"*{_kind(rule)}*", f"**{_as_markdown(rule.summary)}**"]
    parts += [_as_markdown(part) for part in rule.reason.split("\n\n")]
    for heading, example in _examples(rule):
        parts += [f"{heading}:", f"```yaml\n{example}\n```"]
    return "\n\n".join(parts) + "\n"


def data(rule: Rule) -> dict[str, Any]:
    """Return the manual of a rule as one record."""
    return {
        "rule": rule.name,
        "severity": rule.severity.value,
        "fixable": rule.fixable,
        "summary": plain_text(rule.summary),
        "reason": plain_text(rule.reason),
        "bad": rule.bad or None,
        "good": rule.good or None,
    }


WRITERS: Mapping[str, Callable[[Rule], str]] = {
    "text": text,
    "md": markdown,
    "json": lambda rule: to_json(data(rule)),
}


def plain_text(text: str) -> str:
    """Return text of a manual with code in single quotes instead of double backticks."""
    return text.replace("``", "'")


def _kind(rule: Rule) -> str:
    return f"{rule.severity.value}{'; check --fix fixes some cases' if rule.fixable else ''}"


def _examples(rule: Rule) -> Iterable[tuple[str, str]]:
    examples = (("Bad", rule.bad), ("Good", rule.good))
    return ((heading, example) for heading, example in examples if example)


def _as_markdown(paragraph: str) -> str:
    """Return a paragraph as markdown, with text between double backticks as code."""
    parts = paragraph.split("``")
    return "".join(
        f"`{' '.join(part.split())}`" if at % 2 else _spaced(part) for at, part in enumerate(parts)
    )


def _spaced(part: str) -> str:
    """Return escaped text with the spaces at its ends, which separate it from code."""
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and part.strip() else ""
    return f"{before}{for_markdown(part)}{after}"
