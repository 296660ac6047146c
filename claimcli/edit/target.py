"""The dossier that a command changes."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from claimcli.dossier.files import DataFiles
from claimcli.dossier.open import LoadOptions
from claimcli.edit.transaction import FileChange, Plan, change_dossier


class EditTarget(Struct, frozen=True):
    """The dossier to change, and the file of it that the user selected, if any."""

    paths: Sequence[Path]
    file: Path | None = None
    options: LoadOptions = LoadOptions()
    dry_run: bool = False

    def apply(self, plan: Callable[[sqlite3.Connection, DataFiles], Plan]) -> FileChange:
        """Make a change with :func:`claimcli.edit.transaction.change_dossier`."""
        return change_dossier(self.paths, plan, self.options, dry_run=self.dry_run)
