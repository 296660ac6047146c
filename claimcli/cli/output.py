"""Where output goes: the form asked for, standard output or a file, whole or not at all."""

import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import one_line
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.atomic import replace_file

_ENDINGS = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "tsv",
    ".sarif": "sarif",
    ".apx": "apx",
    ".tgf": "tgf",
    ".af": "af",
    ".svg": "svg",
    ".txt": "table",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
}


def pick(form: str | None, output: Path | None, forms: Collection[str], default: str) -> str:
    """Return the form to write: the one named, else the file's ending's, else the default.

    Raises ClaimcliError where there is no such form, or the ending stands for none of them.
    """
    listed = ", ".join(forms)
    if form is not None:
        if form in forms:
            return form
        hint = did_you_mean(form, forms, f"the forms here are {listed}")
        raise ClaimcliError(f"no form '{form}'", hint)
    if output is None or str(output) == "-":
        return default
    found = _ENDINGS.get(output.suffix.lower())
    if found in forms:
        return str(found)
    raise ClaimcliError(
        f"the ending of '{output}' stands for no form here", f"add --format with one of {listed}"
    )


def named_form(output: Path | None) -> str | None:
    """Return the form that a file's ending stands for, if it stands for one."""
    return _ENDINGS.get(output.suffix.lower()) if output else None


def refuse_own(output: Path, paths: Iterable[Path]) -> None:
    """Raise ClaimcliError where an output file would be one of a dossier's, which is at paths."""
    from claimcli.dossier.files import SUFFIXES

    target = os.path.realpath(output)
    for path in paths:
        real = os.path.realpath(path)
        below = target.startswith(f"{real}{os.sep}") and target.lower().endswith(SUFFIXES)
        if target == real or below:
            raise ClaimcliError(
                f"'{output}' would be a file of the dossier", "write to another folder"
            )


def write(text: str, output: Path | None = None) -> None:
    """Write UTF-8 to standard output, or to a file that then holds all of it or what it held."""
    write_bytes(text.encode("utf-8", "backslashreplace"), output)


def write_bytes(data: bytes, output: Path | None = None) -> None:
    """Write bytes as :func:`write` does a text."""
    if output is None or str(output) == "-":
        _write_out(data)
        return
    try:
        replace_file(Path(os.path.realpath(output)), data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ClaimcliError(
            f"cannot write '{output}': {reason}",
            "look at the folder and its permissions",
            code=ExitCode.UNREADABLE,
        ) from None


def _write_out(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go()
        message = f"cannot write to standard output: {error.strerror}"
        raise ClaimcliError(message, "make room for it", code=ExitCode.UNREADABLE) from None


def let_go() -> None:
    """Send what is still to be written to nowhere: nobody can take it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def talk(message: str) -> None:
    """Say something on standard error."""
    sys.stderr.buffer.write(f"{one_line(message)}\n".encode("utf-8", "backslashreplace"))
    sys.stderr.flush()
