"""The fields of one record on a terminal, as they are about to be written."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table as Grid

from claimcli.cli.screen.console import Settings, clean, render

_PLAIN = ("quote", "translation", "locator")
"""Fields of a citation whose labels do not name the field that contains it."""


def draw_fields(record: Mapping[str, Any], how: Settings) -> str:
    """Draw each field on a line, with the fields of nested records on lines of their own."""
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(style="dim", no_wrap=True)
    drawn.add_column(overflow="fold", ratio=1)
    for name, value in record.items():
        for label, text in _lines(name, value):
            drawn.add_row(clean(label), clean(text))
    return render([drawn], how)


def _lines(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the label and text of a field, or of each field of a nested record."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for inner, text in value.items():
            label = inner if inner in _PLAIN else f"{name} {inner}"
            yield from _lines(name if inner == "id" else label, text)
    elif all(isinstance(item, str) for item in value):
        yield name, ", ".join(value)
    else:
        for item in value:
            yield from _lines(name, item)
