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


def each_once(values: Iterable[Mapping[str, Any]], write: Callable[[Any], str]) -> Markdown:
    """Return what a macro writes for each value; one that occurs often is written once."""
    written: dict[int, tuple[Any, str]] = {}  # the value is kept, so that no other has its number
    for value in values:
        if id(value) not in written:
            written[id(value)] = (value, write(value))
    return Markdown("".join([written[id(value)][1] for value in values]))


FUNCTIONS: dict[str, Callable[..., Markdown]] = {
    "indent": indent,
    "notes": notes,
    "markup": Markdown,
    "each_once": each_once,
}
"""Functions that markdown templates can call."""
