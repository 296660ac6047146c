"""Editing a record in the user's editor, which opens again if the saved text has an error."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from claimcli.cli.prompts.terminal import can_ask
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import one_line
from claimcli.edit import commands
from claimcli.edit.record_edits import InvalidEditError
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change
from claimcli.syntax.events import lines_with_ends

_COMMENT = "# claimcli: "
"""The start of the lines that are put above the record, and removed again."""


def edit_record(draft: EditTarget, name: str, kind: str | None) -> Change | None:
    """Open a record in an editor and write the saved text; return None if it is unchanged.

    Raises ClaimcliError if the editor cannot be run or fails, or if the saved text is invalid: the
    hint then names the file that keeps it.
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
        hint = f"{error.hint}; your text is kept in '{file}'".removeprefix("; ")
        file = folder  # so that the folder is not removed
        raise ClaimcliError(error.message, hint, code=error.code) from None
    finally:
        if file != folder:
            shutil.rmtree(folder, ignore_errors=True)
    return change


def edit_file(path: str, line: int) -> None:
    """Open a file in the editor at a line. Raises ClaimcliError if it cannot be run or fails."""
    command = _command()
    _run([*command, *arguments_at(command[0], path, line)])


def arguments_at(editor: str, path: str, line: int) -> list[str]:
    """Return the arguments with which an editor opens a file at a line."""
    name = Path(editor).stem.lower()
    full = os.path.abspath(path)  # noqa: PTH100 - links are kept; no editor takes it for an option
    if name in ("code", "codium", "cursor"):
        return ["--goto", f"{full}:{line}"]
    if name in ("subl", "hx", "helix", "zed"):
        return [f"{full}:{line}"]
    return [f"+{line}", full]


def _edited(
    draft: EditTarget, record: commands.OpenedRecord, command: Sequence[str], file: Path
) -> Change | None:
    """Open the editor until the saved text is valid, or an invalid text is saved again."""
    shown, problem = record.excerpt.shown, ""
    refused = ClaimcliError("nothing was written")
    while True:
        file.write_text(problem + shown, encoding="utf-8", newline="")
        _run([*command, str(file)])
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
    """Return the problem as lines to put above the record, with the line number in the result."""
    location = ""
    if isinstance(error, InvalidEditError):
        line = error.problem.span.line - record.excerpt.line + 1
        location = f"line {line + 2}: " if line > 0 else ""
    hint = "fix it and save; without a change, nothing is written. These lines are removed."
    return f"{_COMMENT}{location}{one_line(str(error))}\n{_COMMENT}{hint}\n"


def _command() -> list[str]:
    """Return the editor named by the environment, or on a terminal one of the usual ones."""
    variables = (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    named = next(filter(None, variables), None)
    if named is None:
        installed = next((name for name in ("vi", "nano") if shutil.which(name)), None)
        if installed is None or not can_ask():
            raise ClaimcliError("no editor is named", "set EDITOR, as in EDITOR=nano")
        return [installed]
    try:
        return shlex.split(named)
    except ValueError:
        message = f"EDITOR '{named}' is not a valid command"
        raise ClaimcliError(message, "fix its quotation marks") from None


def _run(command: Sequence[str]) -> None:
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - set by the user
    except OSError as error:
        message = f"the editor '{command[0]}' cannot be run: {error.strerror}"
        raise ClaimcliError(message, "set VISUAL or EDITOR", code=ExitCode.UNREADABLE) from None
    if code:
        message = f"the editor '{command[0]}' exited with {code}, and nothing was written"
        raise ClaimcliError(message, "try again", code=ExitCode.UNREADABLE)


def _is_changed(file: Path, shown: str) -> bool:
    """Return whether the file has a text that is worth keeping."""
    try:
        return _saved(file) not in ("", shown)
    except ClaimcliError:
        return True


def _saved(file: Path) -> str:
    """Return the saved text, without the lines put above the record."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise ClaimcliError("the saved text is not UTF-8", "save it as UTF-8") from None
    lines = lines_with_ends(text)
    while lines and lines[0].startswith(_COMMENT):
        lines.pop(0)
    return "".join(lines)
