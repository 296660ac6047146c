"""A record opened in the user's editor, checked when saved, and opened again with an error."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from claimcli.cli.prompts import can_ask
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import one_line
from claimcli.edit import commands
from claimcli.edit.commands import EditTarget
from claimcli.edit.record_edits import InvalidEditError
from claimcli.edit.transaction import FileChange

_SAYING = "# claimcli: "
"""What begins a line that this program puts above the record, and takes away again."""


def edit_record(draft: EditTarget, name: str, kind: str | None) -> FileChange | None:
    """Open a record in an editor and write what is saved; None where nothing was changed.

    Raises ClaimcliError where the editor cannot be run or fails, and where what was saved cannot
    stand: then a file keeps it, which the error names.
    """
    record = commands.open_record(draft, name, kind)
    command = _command()
    folder = Path(tempfile.mkdtemp(prefix="claimcli-"))
    file = folder / f"{record.name.replace('/', '-')[:100]}.yaml"
    try:
        change = _edited(draft, record, command, file)
    except ClaimcliError as error:
        if not _is_changed(file, record.excerpt.shown):
            raise
        hint = f"{error.hint}; what you wrote is kept in '{file}'".removeprefix("; ")
        file = folder  # which then stays
        raise ClaimcliError(error.message, hint, code=error.code) from None
    finally:
        if file != folder:
            shutil.rmtree(folder, ignore_errors=True)
    return change


def _edited(
    draft: EditTarget, record: commands.OpenedRecord, command: Sequence[str], file: Path
) -> FileChange | None:
    """Let a record be edited until it can stand, or is saved as it was refused."""
    shown, problem = record.excerpt.shown, ""
    refused = ClaimcliError("nothing was written")
    while True:
        _write(file, problem + shown)
        _run(command, file)
        saved = _saved(file)
        if saved == record.excerpt.shown:
            return None
        if problem and saved == shown:
            raise refused
        try:
            return commands.save_record(draft, record, saved)
        except ClaimcliError as error:
            if not can_ask():
                raise
            refused, shown, problem = error, saved, _comment(error, record)


def _comment(error: ClaimcliError, record: commands.OpenedRecord) -> str:
    """Return what is wrong as lines above the record; the place counts from there."""
    where = ""
    if isinstance(error, InvalidEditError):
        line = error.problem.span.line - record.excerpt.line + 1
        where = f"line {line + 2}: " if line > 0 else ""
    way_out = "mend it and save; saved as it is, nothing is written. These lines are taken away."
    return f"{_SAYING}{where}{one_line(str(error))}\n{_SAYING}{way_out}\n"


def _command() -> list[str]:
    """Return the editor that the environment names, or on a terminal one that most systems have."""
    words = (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    named = next(filter(None, words), None)
    if named is None:
        found = next((name for name in ("vi", "nano") if shutil.which(name)), None)
        if found is None or not can_ask():
            raise ClaimcliError("no editor is named", "set EDITOR, as in EDITOR=nano")
        return [found]
    try:
        return shlex.split(named)
    except ValueError:
        raise ClaimcliError(f"EDITOR '{named}' is no command", "mend its quotation marks") from None


def _run(command: Sequence[str], file: Path) -> None:
    try:
        code = subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603 - it is the user's own
    except OSError as error:
        message = f"the editor '{command[0]}' cannot be run: {error.strerror}"
        raise ClaimcliError(message, "set VISUAL or EDITOR", code=ExitCode.UNREADABLE) from None
    if code:
        message = f"the editor '{command[0]}' ended with {code}, and nothing was written"
        raise ClaimcliError(message, "try again", code=ExitCode.UNREADABLE)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")


def _is_changed(file: Path, shown: str) -> bool:
    """Return whether the editor left something that would be a loss."""
    try:
        return _saved(file) not in ("", shown)
    except ClaimcliError:
        return True


def _saved(file: Path) -> str:
    """Return what the editor saved, without the lines of this program."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        message = "what the editor saved is no UTF-8 text"
        raise ClaimcliError(message, "save it as UTF-8") from None
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith(_SAYING):
        lines.pop(0)
    return "".join(lines)
