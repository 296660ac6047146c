from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimcli.cli.record_options import ClaimSession, DryRunOption, FileOption, RecordSession


def add(session: ClaimSession, file: FileOption = None, dry_run: DryRunOption = False) -> None:
    """Add a claim, given by options or typed in answer to questions.

    It goes to the file that has the other claims on its issue, else to claims/ISSUE.yaml. On a
    terminal, questions ask for missing fields, and the tab key completes names. The rest of the
    file stays as it is; a claim with errors that 'check' would report is not written. Prints the
    claim's id. 'add claim' is the same command; 'add party', 'add source', 'add issue' and 'add
    event' add other records.
    """
    add_record(session, file, dry_run=dry_run)


def add_record(session: RecordSession, file: Path | None, *, dry_run: bool) -> None:
    """Add a record of the session's kind, asking for missing fields on a terminal."""
    from claimcli.cli.change_messages import report_change
    from claimcli.cli.prompts.claims import ClaimForm
    from claimcli.cli.prompts.dialogue import fill_in
    from claimcli.cli.prompts.records import Form
    from claimcli.edit import commands

    def save(fields: Mapping[str, Any]) -> None:
        change = session.write(
            lambda target: commands.add_record(target, session.kind, fields), file, dry_run=dry_run
        )
        report_change(change, f"added '{change.record.id}'", session, dry_run=dry_run)

    session.writable_paths()  # fail before asking questions
    is_claim = isinstance(session, ClaimSession)
    form = ClaimForm(session, session.fields()) if is_claim else Form(session, session.fields())
    fill_in(form, save, repeat=not dry_run)
