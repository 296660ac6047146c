from pathlib import Path
from typing import Annotated

from claimcli.cli import record_options
from claimcli.cli.options import Text, option

KindOption = Annotated[Text, option("--kind -k KIND", record_options.kinds_help(opposing=False))]


def respond(
    session: record_options.ClaimSession,
    claim: record_options.AnsweredArgument,
    kind: KindOption = None,
    apart: record_options.ApartOption = False,
    file: record_options.FileOption = None,
    dry_run: record_options.DryRunOption = False,
) -> None:
    """Add an answer that does not oppose a claim, below it.

    With --apart or --file it is a separate claim that names the other in 'responds_to'. On a
    terminal, questions ask for missing fields. Prints the claim's id.
    """
    add_answer(session, claim, kind, opposing=False, apart=apart, file=file, dry_run=dry_run)


def add_answer(
    session: record_options.ClaimSession,
    claim: str,
    kind: str | None,
    *,
    opposing: bool,
    apart: bool,
    file: Path | None,
    dry_run: bool,
) -> None:
    """Add an answer of a kind that opposes the claim or not; without a kind, ask for it.

    Raises ClaimcliError if the kind belongs to the other command, or the answer is invalid.
    """
    from claimcli.cli.commands.add import fill_in
    from claimcli.cli.prompts.answers import AnswerForm, kind_named
    from claimcli.dossier.index.lookup import require_claim

    known = {"kind": kind_named(kind, claim, opposing=opposing)} if kind else {}
    session.writable_paths()  # fail before asking questions
    claim = session.whole_id(claim, "claim")
    target = session.index(lambda db: require_claim(db, claim))
    fill_in(
        AnswerForm(
            session,
            known | session.fields(),
            target,
            opposing=opposing,
            apart=apart,
            file=file,
            dry_run=dry_run,
        )
    )
