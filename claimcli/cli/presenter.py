"""How results are shown: drawn on a terminal, else written in a format."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.cli.output import choose_format, encoded, say, warn_unread, write_bytes
from claimcli.cli.session import Session
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier

TABLE = "table"
"""The name by which commands get the formats and the drawing of a plain table."""


def writers_of(command: str) -> Mapping[str, Callable[..., str | Iterable[str]]]:
    """Return a command's formats, the default first: those of formats/COMMAND.py or a table's."""
    return _module_of("claimcli.formats", command).WRITERS  # type: ignore[no-any-return]


def format_names(command: str) -> list[str]:
    """Return the names of a command's formats, the default first."""
    names = [*writers_of(command)]
    if command == "export":
        from claimcli.exchange.registry import export_formats

        names += export_formats()
    return names


def _module_of(package: str, command: str) -> Any:
    name = f"{package}.{command}"
    return import_module(name if find_spec(name) else f"{package}.{TABLE}")


class Presentation(Struct, frozen=True):
    """How to present a command's result: the chosen and the requested format, where, and colour."""

    command: str
    format: str
    requested: str | None
    output: Path | None
    color: str

    @property
    def is_drawn(self) -> bool:
        """Whether the result is drawn for a terminal."""
        return self.format == "table" and is_drawn(self.color, self.output, self.requested)

    def show(self, *result: Any, dossier: Dossier | None = None) -> None:
        """Write a result in the chosen format.

        Warns if parts of the dossier that it comes from could not be read.
        """
        write_bytes(self.encode(*result), self.output)
        if dossier:
            warn_unread(dossier)

    def show_read(
        self, session: Session, result_of: Callable[[Any, Any], Any], notes: Sequence[str] = ()
    ) -> None:
        """Write a result that is read from the index while it is written, then notes.

        ``result_of`` is called with the index and a lookup of paths. Warns as :meth:`show`.
        """
        from claimcli.dossier.index.load import load

        def read(db: Any, path_of: Any) -> tuple[bytes, Dossier]:
            content = self.encode(result_of(db, path_of))
            return content, load(db, Request(limit=0, scope=Scope.CLAIMS), path_of)

        content, dossier = session.read(read)
        write_bytes(content, self.output)
        for note in notes:
            say(note)
        warn_unread(dossier)

    def encode(self, *result: Any) -> bytes:
        """Return a result drawn with screen/COMMAND.py for a terminal, else in its format."""
        if self.is_drawn:
            from claimcli.cli.screen.console import settings

            module = _module_of("claimcli.cli.screen", self.command)
            text = module.draw(*result, settings(self.color, self.output))
        else:
            text = writers_of(self.command)[self.format](*result)
        return encoded([text] if isinstance(text, str) else text)


def presentation(
    command: str, color: str, format_: str | None, output: Path | None
) -> Presentation:
    """Return how to present a command's result. Raises ClaimcliError if it has no such format."""
    chosen = choose_format(format_, output, writers_of(command))
    return Presentation(command, chosen, format_, output, color)


def is_drawn(color: str, output: Path | None, requested: str | None = None) -> bool:
    """Return whether to draw for a terminal: to one, or if a table or colour is requested."""
    if requested == "table":
        return True
    if output is not None:
        return False
    if color == "always" or (color == "auto" and os.environ.get("FORCE_COLOR")):
        return True
    return sys.stdout.isatty()
