from pathlib import Path
from typing import Annotated, Any

from claimcli.cli.options import Text, option
from claimcli.cli.record_options import ClaimSession, DryRunOption, FileOption, RecordSession

FromOption = Annotated[
    Text, option("--from SOURCE", "Show the quoted passages of a source's text one by one.")
]


def add(
    session: ClaimSession,
    from_: FromOption = None,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a claim, given by options or typed in answer to questions.

    It goes to the file that has the other claims on its issue, else to claims/ISSUE.yaml. On a
    terminal, questions ask for missing fields, and the tab key completes names. The rest of the
    file stays as it is; a claim with errors that 'check' would report is not written. Prints the
    claim's id. 'add claim' is the same command; 'add party', 'add source', 'add issue' and 'add
    event' add other records. --from collects quotes: a key accepts, edits or skips each passage.
    """
    if from_:
        from claimcli.cli.prompts.passages import collect_quotes

        session.writable_paths()  # fail before asking questions
        collect_quotes(session, from_, file=file, dry_run=dry_run)
        return
    add_record(session, file, dry_run=dry_run)


def add_record(session: RecordSession, file: Path | None, *, dry_run: bool) -> None:
    """Add a record of the session's kind, asking for missing fields on a terminal."""
    from claimcli.cli.prompts.claims import ClaimForm
    from claimcli.cli.prompts.records import Form

    session.writable_paths()  # fail before asking questions
    form = ClaimForm if isinstance(session, ClaimSession) else Form
    fill_in(form(session, session.fields(), file=file, dry_run=dry_run))


def fill_in(form: Any) -> None:
    """Save the record of a form, after asking for what is missing on a terminal."""
    if not form.asks():
        from claimcli.cli.output import say

        record = form.record({})
        for note in form.notes(record):
            say(note)
        form.save(record)
        return
    from claimcli.cli.prompts.dialogue import ask_and_save

    ask_and_save(form)
