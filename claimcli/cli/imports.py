"""Imports files for the command ``import``, and reports the result."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from claimcli.cli.change_messages import show_changes
from claimcli.cli.inputs import given_path
from claimcli.cli.losses import report_losses
from claimcli.cli.output import say
from claimcli.cli.prompts.columns import fields_of_columns
from claimcli.cli.prompts.terminal import can_ask
from claimcli.cli.record_options import WritingSession
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import one_of
from claimcli.core.text.word_diff import plural
from claimcli.exchange.batch import ImportOrder, ImportProblemsError, OnConflict
from claimcli.exchange.import_files import import_name
from claimcli.exchange.import_records import import_records
from claimcli.exchange.records import ImportOptions
from claimcli.exchange.registry import format_of_files, import_formats, reader_of

_KINDS = {"claim": "", "source": "", "party": "parties", "issue": "", "event": ""}
_SHOWN = 20
"""Problems of an import that are listed."""


def import_files(
    session: WritingSession,
    words: Sequence[str],
    options: ImportOptions,
    on_conflict: str,
    *,
    output: Path | None,
    losses: Path | None,
    dry_run: bool,
) -> None:
    """Import the files that the arguments of the command name, and report what was done.

    Raises ClaimcliError if an argument or a file is invalid; nothing is written then.
    """
    conflict = OnConflict(one_of(on_conflict, tuple(OnConflict), "conflict resolution"))
    order = ImportOrder(conflict, options.party, options.issue)
    session.writable_paths()  # fail before reading the files
    format_, paths = format_and_files(words)
    protect_files(session, losses, paths, dry_run=dry_run)
    choose = fields_of_columns if can_ask() else None
    imported = reader_of(format_)(paths, replace(options, choose_fields=choose))
    with problems_listed(), session.draft(output, dry_run=dry_run) as target:
        result = import_records(target, imported, order, name=import_name(paths[0]))
    report_import(result, imported.notes, session, dry_run=dry_run)
    report_losses((*imported.losses, *result.losses), losses)


def column_fields(pairs: Iterable[str]) -> dict[str, str]:
    """Return the field of each column from texts such as ``Who=party``. Raises ClaimcliError."""
    result = {}
    for pair in pairs:
        column, sign, field = pair.rpartition("=")
        if not sign or not column.strip():
            message = f"'{pair}' is not COLUMN=FIELD"
            raise ClaimcliError(message, "write --map 'Said by=party', or 'Column=' to ignore it")
        result[column.strip()] = field.strip()
    return result


def format_and_files(words: Sequence[str]) -> tuple[str, list[Path]]:
    """Return the format of an import and its files; the first word can be the format.

    Raises ClaimcliError if no file is named, or if the format is unknown or not clear.
    """
    if "-" in words:
        raise ClaimcliError("an import does not read standard input", "save the text as a file")
    first, others = words[0], [given_path(word) for word in words[1:]]
    if first.lower() in import_formats():
        if not others:
            hint = f"name it after the format, or write ./{first} for a file of that name"
            raise ClaimcliError("no file to import", hint)
        return first.lower(), others
    path = given_path(first)
    if not path.suffix and not path.exists():
        return one_of(first, import_formats(), "format"), others  # raises the error
    files = [path, *others]
    return format_of_files(files), files


@contextmanager
def problems_listed() -> Iterator[None]:
    """List the problems of an import before its error."""
    try:
        yield
    except ImportProblemsError as error:
        for message in error.messages[1:_SHOWN]:
            say(f"error: {message}")
        raise


def report_import(result: Any, notes: Iterable[str], session: Session, *, dry_run: bool) -> None:
    """Report what an import did, or with ``dry_run`` write its patch."""
    change = result.change
    for note in (*notes, *change.notes):
        say(note)
    if dry_run:
        show_changes(change.changed, session)
    paths = [file.path for file in change.changed]
    where = f"{paths[0]}: " if len(paths) == 1 else f"{len(paths):,} files: " if paths else ""
    say(where + counted(result.counts))
    if dry_run:
        say("nothing was written")


def counted(counts: Mapping[str, Mapping[str, int]]) -> str:
    """Return how many records were added, updated and so on, for a message."""
    parts = []
    for done, by_kind in counts.items():
        kinds = [plural(by_kind[k], k, more) for k, more in _KINDS.items() if by_kind.get(k)]
        parts.append(f"{', '.join(kinds)} {done}")
    return "; ".join(parts) or "no records"


def protect_files(
    session: Session, losses: Path | None, files: Sequence[Path], *, dry_run: bool
) -> None:
    """Raise ClaimcliError if the losses would replace a file that is read, or mix with a patch."""
    if dry_run and str(losses) == "-":
        raise ClaimcliError("the patch and --losses have the same output", "name a file")
    for file in files:
        session.protect([losses], {"input_": file})
    session.protect_dossier()
