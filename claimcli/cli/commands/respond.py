from pathlib import Path
from typing import Annotated, Any

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
    from claimcli.cli.change_messages import report_change
    from claimcli.cli.prompts import complete
    from claimcli.dossier.index.lookup import issue_of, require_claim
    from claimcli.edit import commands

    known = _named_kind(kind, claim, opposing=opposing) if kind else None
    session.writable_paths()  # fail before asking questions
    target = session.index(lambda db: require_claim(db, claim))
    known = known or _typed_kind(target)
    issue = session.index(lambda db: issue_of(db, target))
    fields = complete(session, alone=apart or bool(file), issue=issue)
    change = session.write(
        lambda draft: commands.respond(draft, target, known, fields, apart=apart),
        file,
        dry_run=dry_run,
    )
    done = f"added '{change.record.id}', which answers '{target}' ({known})"
    report_change(change, done, session, dry_run=dry_run)


def _named_kind(name: str, claim: str, *, opposing: bool) -> Any:
    """Return the kind of a name. Raises ClaimcliError if it belongs to the other command."""
    from claimcli.core.problems import ClaimcliError
    from claimcli.core.schema import Kind
    from claimcli.core.text.suggestions import one_of

    kind = Kind(one_of(name, tuple(Kind), "kind"))
    if kind.opposes is opposing:
        return kind
    effect, other = ("opposes", "rebut") if kind.opposes else ("does not oppose", "respond")
    raise ClaimcliError(f"'{kind}' {effect}", f"write 'claimcli {other} {claim} --kind {kind}'")


def _typed_kind(claim: str) -> Any:
    """Ask for a kind that does not oppose. Raises ClaimcliError if this is not a terminal."""
    from claimcli.cli.prompts import Question, ask, can_ask, report_interrupt
    from claimcli.core.problems import ClaimcliError
    from claimcli.core.schema import Kind

    kinds = tuple(kind.value for kind in Kind if not kind.opposes)
    if not can_ask():
        raise ClaimcliError("--kind is missing", f"add --kind with one of {', '.join(kinds)}")
    question = Question(
        "kind",
        f"kind of answer ({', '.join(kinds)})",
        required=True,
        known=dict(zip(kinds, kinds, strict=True)),
        check=lambda name: str(_named_kind(name, claim, opposing=False)),
    )
    with report_interrupt():
        return Kind(ask(question))
