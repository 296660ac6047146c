"""Draw what commands show on a terminal, and the pictures they write, into docs/pictures/.

    python docs/draw_pictures.py

Each command runs on a bundled dossier. The same program gives the same bytes; a test compares them.
The pictures load nothing: they use the reader's own fonts.
"""

import os
import re
import shlex
import subprocess
import sys
from html import escape
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.terminal_theme import TerminalTheme
from rich.text import Text

FOLDER = Path(__file__).parent / "pictures"
TERMINALS = {
    "diff.svg": "claimcli --sample call diff kremlin white-house issue:weapons-in-ukraine",
    "matrix.svg": "claimcli --sample waterworks matrix",
}
"""Commands whose text is drawn, by file name."""
DRAWINGS = {
    "timeline.svg": "claimcli --sample call timeline issue:weapons-in-ukraine -f svg",
    "graph.svg": "claimcli --sample call graph issue:weapons-in-ukraine -f svg",
}
"""Commands that draw a picture themselves, by file name."""
COLUMNS = 100
ASPECT = 0.6
"""The width of a character relative to its height, the same in most monospace fonts."""
THEME = TerminalTheme(
    background=(27, 31, 36),
    foreground=(225, 228, 232),
    normal=[
        (106, 115, 125),
        (255, 123, 114),
        (126, 211, 133),
        (240, 196, 92),
        (121, 184, 255),
        (210, 168, 255),
        (118, 215, 225),
        (225, 228, 232),
    ],
)
TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" \
width="{width:g}" height="{height:g}" role="img">
<title>TITLE</title>
<style>
text {{ font: {char_height}px Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace }}
{styles}
</style>
<rect x="0.5" y="0.5" width="99.9%" height="99.9%" rx="8" fill="#1b1f24" stroke="#6a737d"/>
<g transform="translate(9, 24)" xml:space="preserve">
{backgrounds}{matrix}
</g>
</svg>
"""


def pictures() -> dict[str, str]:
    """Return the SVG of each picture by file name."""
    return {
        **{name: terminal(command) for name, command in TERMINALS.items()},
        **{name: output(command) for name, command in DRAWINGS.items()},
    }


def output(command: str) -> str:
    """Return what a command prints on a terminal with colours."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLORTERM")}
    return subprocess.run(  # noqa: S603 - a command of the tables above
        [sys.executable, "-m", *shlex.split(command)],
        env={**inherited, "FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": str(COLUMNS)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout


def terminal(command: str) -> str:
    """Return the SVG of a terminal with a command and what it prints."""
    text = Text.assemble(("$ ", "dim"), (command, "bold"), "\n")
    text.append_text(Text.from_ansi(output(command).rstrip("\n")))
    console = Console(record=True, width=COLUMNS + 2, file=StringIO(), force_terminal=True)
    console.print(Padding(text, (0, 1)))
    svg = console.export_svg(
        theme=THEME,
        code_format=TEMPLATE.replace("TITLE", escape(command)),
        font_aspect_ratio=ASPECT,
        unique_id="t",
    )
    svg = re.sub(r' clip-path="[^"]*"|<text [^>]*>\n</text>', "", svg)
    return svg.replace("</text><text", "</text>\n<text")


if __name__ == "__main__":
    for name, svg in pictures().items():
        (FOLDER / name).write_text(svg, encoding="utf-8")
