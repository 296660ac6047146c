"""The manual of the rules: one in full, or all in a table."""

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from claimcli.checks.registry import Rule
from claimcli.core.table import Table, to_json
from claimcli.core.text.escaping import for_markdown


class Rules(Struct, frozen=True):
    """Rules as a list of records."""

    rules: tuple[Rule, ...]

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each rule's fields by name."""
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
        """Return name, severity, whether it can be mended, and what must hold."""
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
    """Return the manual of a rule for a terminal or a pipe."""
    parts = [f"{rule.name}: {_kind(rule)}\n{plain_text(rule.summary)}", plain_text(rule.reason)]
    for heading, example in _examples(rule):
        parts += [f"{heading}:", textwrap.indent(example, "    ")]
    return "\n\n".join(parts) + "\n"


def markdown(rule: Rule) -> str:
    """Return the manual of a rule as GitHub-flavoured markdown."""
    parts = [f"# {rule.name}", f"*{_kind(rule)}*", f"**{_marked(rule.summary)}**"]
    parts += [_marked(part) for part in rule.reason.split("\n\n")]
    for heading, example in _examples(rule):
        parts += [f"{heading}:", f"```yaml\n{example}\n```"]
    return "\n\n".join(parts) + "\n"


def json(rule: Rule) -> str:
    """Return all of a rule's manual as one record."""
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


def plain_text(told: str) -> str:
    """Return a sentence of a manual with marks of quotation where it marks code."""
    return told.replace("``", "'")


def _kind(rule: Rule) -> str:
    return f"{rule.severity.value}{'; check --fix fixes some cases' if rule.fixable else ''}"


def _examples(rule: Rule) -> Iterable[tuple[str, str]]:
    found = (("Bad", rule.bad), ("Good", rule.good))
    return ((heading, example) for heading, example in found if example)


def _marked(told: str) -> str:
    """Return a paragraph in which what stands between double backticks is code, the rest text."""
    parts = told.split("``")
    return "".join(
        f"`{' '.join(part.split())}`" if at % 2 else _spaced(part) for at, part in enumerate(parts)
    )


def _spaced(part: str) -> str:
    """Return text for markdown with the blanks at its ends, beside which code stands."""
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and part.strip() else ""
    return f"{before}{for_markdown(part)}{after}"
