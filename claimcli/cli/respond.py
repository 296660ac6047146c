"""Answers to claims, opposing and other ones."""

from pathlib import Path

from claimcli.cli.change_messages import tell_change
from claimcli.cli.claim_options import ClaimSession
from claimcli.cli.output import talk
from claimcli.cli.prompts import Question, ask, can_ask
from claimcli.cli.questions import complete
from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import Kind
from claimcli.core.text.choices import one_of
from claimcli.dossier.index.lookup import require_claim
from claimcli.edit import commands


def answer(
    session: ClaimSession,
    claim: str,
    word: str | None,
    *,
    opposing: bool,
    apart: bool,
    file: Path | None,
    dry_run: bool,
) -> None:
    """Add an answer to a claim and print what was written. Raises ClaimcliError as
    :mod:`claimcli.edit.commands` does, and where its kind belongs to the other command."""
    kind = _kind(word, claim, opposing=opposing) if word else None
    with session.draft(file, dry_run=dry_run):
        pass
    target = session.index(lambda db: require_claim(db, claim))
    kind = kind or _asked_kind(target)
    fields = complete(session, alone=apart or bool(file))
    with session.draft(file, dry_run=dry_run) as draft:
        change = commands.respond(draft, target, kind, fields, apart=apart)
    what = f"added '{change.record.id}', which answers '{target}' ({kind})"
    tell_change(change, what, session, dry_run=dry_run)


def _kind(word: str, claim: str, *, opposing: bool) -> Kind:
    """Return the kind of a name, which must oppose or not."""
    kind = Kind(one_of(word, tuple(Kind), "kind"))
    if kind.opposes is opposing:
        return kind
    effect, other = ("opposes", "rebut") if kind.opposes else ("does not oppose", "respond")
    raise ClaimcliError(f"'{kind}' {effect}", f"write 'claimcli {other} {claim} --kind {kind}'")


def _asked_kind(claim: str) -> Kind:
    kinds = tuple(kind.value for kind in Kind if not kind.opposes)
    if not can_ask():
        raise ClaimcliError("no kind is given", f"add --kind with one of {', '.join(kinds)}")
    question = Question(
        "kind",
        f"kind of answer ({', '.join(kinds)})",
        required=True,
        known=dict(zip(kinds, kinds, strict=True)),
        check=lambda word: _kind(word, claim, opposing=False).value,
    )
    try:
        return Kind(ask(question))
    except KeyboardInterrupt:
        talk("")
        talk("nothing was written")
        raise
