"""The formats of the rules' manual: one rule in full, or all rules in a table."""

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from claimcli.checks.registry import Rule
from claimcli.core.table import Table, to_json
from claimcli.core.text.escaping import for_markdown


class Rules(Struct, frozen=True):
    """All rules, as records and as a table."""

    rules: tuple[Rule, ...]

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """The fields of each rule by name."""
        return tuple(
            {
                "rule": rule.name,
                "severity": rule.severity.value,
                "mendable": rule.fixable,
                "summary": plain_text(rule.summary),
            }
            for rule in self.rules
        )

    def table(self) -> Table:
        """Return a row for each rule: name, severity, whether it is fixable, and summary."""
        columns = ("rule", "severity", "mendable", "summary")
        rows = tuple(
            (
                rule.name,
                rule.severity.value,
                "some" if rule.fixable else None,
                plain_text(rule.summary),
            )
            for rule in self.rules
        )
        return Table("rules", columns, rows, sparse=False)


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


def json(rule: Rule) -> str:
    """Return the manual of a rule as one JSON record."""
    return to_json(
        {
            "rule": rule.name,
            "severity": rule.severity.value,
            "mendable": rule.fixable,
            "summary": plain_text(rule.summary),
            "reason": plain_text(rule.reason),
            "bad": rule.bad or None,
            "good": rule.good or None,
        }
    )


WRITERS: Mapping[str, Callable[[Rule], str]] = {"text": text, "md": markdown, "json": json}


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
