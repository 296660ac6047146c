"""How values are written into markdown templates."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from claimcli.core.text.escaping import for_markdown


class Markdown(str):
    """Text that is already markdown and must not be escaped again."""


def escape_value(value: Any) -> Any:
    """Return a value escaped for markdown, unless it already is markdown."""
    return value if isinstance(value, Markdown) else for_markdown(str(value))


def indent(entry: Mapping[str, Any]) -> Markdown:
    """Return two spaces for each level of an answer's depth."""
    return Markdown("  " * entry["depth"])


def notes(numbers: Iterable[int]) -> Markdown:
    """Return references to footnotes."""
    return Markdown("".join(f"[^{number}]" for number in numbers))


FUNCTIONS: dict[str, Callable[[Any], Markdown]] = {
    "indent": indent,
    "notes": notes,
    "markup": Markdown,
}
"""Functions that markdown templates can call."""
