from typing import Annotated

from claimcli.cli import record_options
from claimcli.cli.options import Text, argument, option

AskedArgument = Annotated[str, argument("PARTY", "The party that is asked, by id, name or alias.")]
ClaimArgument = Annotated[str, argument("CLAIM", "The id of the claim on which it is to comment.")]
OnOption = Annotated[Text, option("--on DATE", "When it was asked; by default today.")]
DueOption = Annotated[Text, option("--due DATE", "When the answer is due.")]
AskerOption = Annotated[Text, option("--asker NAME", "Who asked.")]
NoteOption = Annotated[Text, option("--note TEXT", "Anything a reader must know.")]


def ask(
    session: record_options.WritingSession,
    claim: ClaimArgument,
    party: AskedArgument,
    on: OnOption = None,
    due: DueOption = None,
    asker: AskerOption = None,
    note: NoteOption = None,
    dry_run: record_options.DryRunOption = False,
) -> None:
    """Record that a party was asked to comment on a claim.

    Nothing is sent. 'claimcli replies' lists the requests. Add the answer of the party with
    'claimcli rebut' or 'claimcli respond'; a refusal to answer is a response that 'declines'.
    """
    from datetime import date

    from claimcli.cli.change_messages import report_change
    from claimcli.edit import commands

    asked_on = on or date.today().isoformat()
    fields = {"on": asked_on, "due": due, "asker": asker, "note": note}
    given = {name: value for name, value in fields.items() if value}
    with session.draft(dry_run=dry_run) as target:
        change = commands.ask(target, claim, party, given)
    report_change(change, f"asked '{party}' about '{change.record.id}'", session, dry_run=dry_run)
