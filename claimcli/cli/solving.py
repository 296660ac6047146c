"""What ``claimcli standing`` asks for, and how it shows what it found."""

import time
from pathlib import Path

from claimcli.analysis.standing import Solve, Standings
from claimcli.argumentation.extensions import Extensions, Semantics, extensions
from claimcli.argumentation.framework import Framework
from claimcli.cli.output import write
from claimcli.cli.report import on_screen
from claimcli.formats.standing import WRITERS


def solver(semantics: Semantics, timeout: float) -> Solve:
    """Return what finds extensions within a time."""

    def solve(given: Framework) -> Extensions:
        return extensions(given, semantics, clock=time.monotonic, timeout=timeout)

    return solve


def show(found: Standings, form: str, color: str, output: Path | None, asked: str | None) -> None:
    """Write it in a form, as a drawn table where somebody looks at it."""
    if form == "table" and on_screen(color, output, asked):
        from claimcli.cli import screen

        write(screen.grid(found.table(), screen.settings(color, output)), output)
    else:
        write(WRITERS[form](found), output)
