"""How values become markdown in templates."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from claimcli.core.text.escaping import for_markdown


class Markup(str):
    """Text that is markdown already and must not be escaped again."""


def escaped(value: Any) -> Any:
    """Return what a value becomes in markdown, markup aside."""
    return value if isinstance(value, Markup) else for_markdown(str(value))


def indent(entry: Mapping[str, Any]) -> Markup:
    """Return the spaces before an answer, by how deep it lies."""
    return Markup("  " * entry["depth"])


def notes(numbers: Iterable[int]) -> Markup:
    """Return the marks of footnotes."""
    return Markup("".join(f"[^{number}]" for number in numbers))


def markup(text: object) -> Markup:
    """Return what a macro gives back, which is markdown already."""
    return Markup(text)


FUNCTIONS: dict[str, Callable[[Any], Markup]] = {
    "indent": indent,
    "notes": notes,
    "markup": markup,
}
"""What templates of markdown have beside the context."""
