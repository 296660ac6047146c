"""How a result is presented: drawn where somebody looks at it, else in the form asked for."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.cli.notes import on_screen
from claimcli.cli.output import pick, write

Writers = Mapping[str, Callable[..., str]]
"""What writes a result in each form; as a ``table`` where nobody looks at it."""


class Presentation(Struct, frozen=True):
    """The form chosen, the one that was asked for by name, where it goes, and whether in colour."""

    form: str
    asked: str | None
    output: Path | None
    color: str

    def show(self, writers: Writers, *found: Any, draw: Callable[[Any], str]) -> None:
        """Write a result: for eyes what ``draw`` makes of the screen's settings, else in the form.

        ``found`` is what the writer of the form gets.
        """
        if self.form == "table" and on_screen(self.color, self.output, self.asked):
            from claimcli.cli.screen.base import settings

            text = draw(settings(self.color, self.output))
        else:
            text = writers[self.form](*found)
        write(text, self.output)


def way(color: str, form: str | None, output: Path | None, forms: Collection[str]) -> Presentation:
    """Return how to present a result that has some forms, a table if nothing else is asked for.

    Raises ClaimcliError where there is no such form, or the file's ending stands for none of them.
    """
    return Presentation(pick(form, output, forms, "table"), form, output, color)
