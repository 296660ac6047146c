"""The terminal: its settings, and text drawn with Rich."""

import io
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from rich.console import Console, RenderableType
from rich.style import Style
from rich.text import Text

from claimcli.core.text.escaping import one_line, web_link

_LEAST = 20
_LINK_ID = re.compile("\x1b\\]8;id=[^;]*;")
"""Rich gives each link a random id; the same data must give the same bytes."""
_STYLES = {
    "contested": "bold red",
    "divided": "red",
    "qualified": "yellow",
    "agreed": "green",
    "confirmed": "green",
}


class Settings(Struct, frozen=True):
    """The width in columns, and whether to use colour."""

    width: int
    color: bool


def settings(color: str, output: Path | None = None) -> Settings:
    """Return the settings from the options and the environment.

    ``NO_COLOR``, ``TERM=dumb``, a file or a pipe turn colour off; ``--color always`` and
    ``FORCE_COLOR`` turn it on; ``COLUMNS`` sets the width.
    """
    environ = os.environ
    elsewhere = output is not None or not sys.stdout.isatty()
    plain = elsewhere or bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
    colored = color == "always" or (
        color == "auto" and (bool(environ.get("FORCE_COLOR")) or not plain)
    )
    return Settings(max(shutil.get_terminal_size((80, 24)).columns, _LEAST), colored)


def style_of(relation: str) -> str:
    """Return the style of a status or a relation, which is always shown in words too."""
    return _STYLES.get(relation, "")


def render(parts: Iterable[RenderableType], how: Settings) -> str:
    """Return what Rich draws, without trailing spaces."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=how.width,
        height=100,  # with both, Rich does not query the terminal
        force_terminal=True,
        color_system="standard" if how.color else None,
        no_color=not how.color,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for part in parts:
        console.print(part)
    drawn = _LINK_ID.sub("\x1b]8;;", out.getvalue())
    return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())


def clean(text: str, style: str | Style = "") -> Text:
    """Return text from data as Rich text: one line, without any control sequence."""
    return Text(one_line(text), style)


def linked(text: str, url: str | None, how: Settings) -> Text:
    """Return text, as a link if the URL is a web address and colour is on."""
    address = web_link(url)
    return clean(text, Style(link=address) if address and how.color else "")
