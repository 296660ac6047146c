"""The dossier that a command changes, and the checks before a change is made."""

import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.open import LoadOptions
from claimcli.edit.quote_review import QuoteReview, UnverifiedQuotesError, check_citations
from claimcli.edit.record_edits import EditedText
from claimcli.edit.transaction import Change, FileEdit, Plan, Planner, change_dossier


class EditTarget(Struct, frozen=True):
    """The dossier to change, and the file of it that the user selected, if any.

    With ``unverified``, quotes that are not in the texts of their sources are written too.
    """

    paths: Sequence[Path]
    file: Path | None = None
    options: LoadOptions = LoadOptions()
    dry_run: bool = False
    unverified: bool = False

    def apply(self, plan: Planner) -> Change:
        """Make a change with :func:`claimcli.edit.transaction.change_dossier`."""
        return change_dossier(self.paths, plan, self.options, dry_run=self.dry_run)

    def apply_reviewed(self, plan: Planner) -> Change:
        """Make a change after checking the quotes that it adds; its notes say how they differ.

        Raises UnverifiedQuotesError if one is not in the text of its source.
        """
        review = QuoteReview()

        def reviewed_plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
            planned = plan(db, files)
            if not planned.quotes:
                return planned
            done: list[tuple[FileKey, EditedText]] = []

            def edit_reviewed(text: str, *, one: FileEdit) -> EditedText:
                nonlocal review
                done.append((one.place, one.edit(text)))
                if len(done) == len(planned.edits):
                    review = check_citations(db, files, done, planned.attachments, self.options)
                    if not self.unverified:
                        review.refuse_failures()
                return done[-1][1]

            edits = (replace(one, edit=partial(edit_reviewed, one=one)) for one in planned.edits)
            return replace(planned, edits=tuple(edits))

        try:
            change = self.apply(reviewed_plan)
        except UnverifiedQuotesError:
            replace(self, dry_run=True).apply(plan)  # any other error is reported first
            raise
        return replace(change, notes=(*change.notes, *review.notes()))
