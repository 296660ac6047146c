"""What ``claimcli standing`` asks for, and how it shows what it found."""

import time
from functools import partial
from pathlib import Path
from typing import Any

from claimcli.analysis.standing import Solve, Standings
from claimcli.argumentation.extensions import Semantics, extensions
from claimcli.cli.output import write
from claimcli.cli.report import on_screen
from claimcli.formats.standing import WRITERS
from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError


def named_semantics(word: str) -> Semantics:
    """Return the semantics of a name. Raises ClaimcliError where there is none."""
    names = [one.value for one in Semantics]
    if word.lower() in names:
        return Semantics(word.lower())
    hint = did_you_mean(word, names, f"write one of {', '.join(names)}")
    raise ClaimcliError(f"no semantics '{word}'", hint)


def solver(semantics: Semantics, timeout: float) -> Solve:
    """Return what finds extensions within a time."""
    solve: Any = partial(extensions, semantics=semantics, clock=time.monotonic, timeout=timeout)
    return solve  # type: ignore[no-any-return]  # partial takes keywords that Solve does not name


def show(found: Standings, form: str, color: str, output: Path | None, asked: str | None) -> None:
    """Write it in a form, as a drawn table where somebody looks at it."""
    if form == "table" and on_screen(color, output, asked):
        from claimcli.cli import screen

        write(screen.grid(found.table(), screen.settings(color, output)), output)
    else:
        write(WRITERS[form](found), output)
