"""Output: data to files or standard output, messages to standard error."""

import io
import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from claimcli.core.problems import ClaimcliError, ExitCode, cannot_write
from claimcli.core.records import Dossier
from claimcli.core.text.escaping import one_line
from claimcli.core.text.suggestions import did_you_mean
from claimcli.core.text.word_diff import plural

_EXTENSIONS = {
    ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".yaml": "yaml", ".yml": "yaml", ".csv": "csv",
    ".tsv": "tsv", ".sarif": "sarif", ".apx": "apx", ".tgf": "tgf", ".af": "af", ".svg": "svg",
    ".txt": "table", ".mmd": "mermaid", ".mermaid": "mermaid", ".dot": "dot", ".gv": "dot",
    ".pdf": "pdf", ".docx": "docx", ".typ": "typ",
}  # fmt: skip

_IN_BROWSER = ("html", "and print it to PDF in a browser")
_WITH_PANDOC = ("md", "and convert it with pandoc")
_IN_WORD = ("docx", "and convert it in a word processor")
_DRAWN = ("svg", "and convert it with a drawing program")
_OTHER_FILES: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {
    (".pdf",): (_IN_BROWSER, _DRAWN, _WITH_PANDOC),
    (".doc", ".odt", ".rtf"): (_IN_WORD, _WITH_PANDOC),
    (".docx", ".epub", ".tex"): (_WITH_PANDOC,),
    (".xlsx", ".xls", ".ods"): (("csv", "and open it in the spreadsheet"),),
    (".png", ".jpg", ".jpeg", ".webp"): (_DRAWN,),
}
"""The formats from which other programs make files that claimcli does not write, and how."""


def choose_format(name: str | None, output: Path | None, formats: Collection[str]) -> str:
    """Return the format to write: the named one, else that of the file's extension, else the first.

    Raises ClaimcliError if the name or the extension is not one of the formats.
    """
    listed = ", ".join(formats)
    if name is not None:
        if name in formats:
            return name
        hint = did_you_mean(name, formats, f"the formats here are {listed}")
        raise ClaimcliError(f"no format '{name}'", hint)
    if output is None or str(output) == "-":
        return next(iter(formats))
    by_extension = format_of(output)
    if by_extension in formats:
        return str(by_extension)
    raise ClaimcliError(
        f"the extension of '{output}' is not that of a format here",
        _conversion(output, formats) or f"add --format with one of {listed}",
    )


def _conversion(output: Path, formats: Collection[str]) -> str:
    """Return a hint how to get a file that only other programs write, "" if that is unknown."""
    for extensions, ways in _OTHER_FILES.items():
        for name, how in ways:
            if output.suffix.lower() in extensions and name in formats:
                return f"write '{output.with_suffix(f'.{name}')}' {how}"
    return ""


def format_of(output: Path | None) -> str | None:
    """Return the format that a file's extension selects, if any."""
    return _EXTENSIONS.get(output.suffix.lower()) if output else None


def write(text: str, output: Path | None = None) -> None:
    """Write UTF-8 to standard output, or atomically to a file."""
    write_bytes(encoded([text]), output)


def encoded(parts: Iterable[str]) -> bytes:
    """Return the parts of a text as UTF-8; of a large text, only this is kept in memory."""
    data = io.BytesIO()
    for part in parts:
        data.write(part.encode("utf-8", "backslashreplace"))
    return data.getvalue()


def write_bytes(data: bytes, output: Path | None = None) -> None:
    """Write bytes to standard output, through the pager if they fill the screen, or to a file.

    A file is replaced atomically. Raises ClaimcliError if they cannot be written.
    """
    if output is None or str(output) == "-":
        if not (sys.stdout.isatty() and _is_paged(data)):
            _write_out(data)
        return
    from claimcli.dossier.atomic import replace_file

    try:
        replace_file(output, data)
    except OSError as error:
        raise cannot_write(f"'{output}'", error, "check the folder and its permissions") from None


def _is_paged(data: bytes) -> bool:
    from claimcli.cli.pager import page

    return page(data)


def _write_out(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_stdout()
        message = f"cannot write to standard output: {error.strerror}"
        raise ClaimcliError(message, "make room for it", code=ExitCode.UNREADABLE) from None


def discard_stdout() -> None:
    """Redirect standard output to the null device, so that flushing it at exit cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """Write a message to standard error, as one line."""
    write_message(f"{one_line(message)}\n")


def write_message(text: str) -> None:
    """Write text that is safe for a terminal to standard error."""
    sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stderr.flush()


def warn(message: str) -> None:
    """Write a warning to standard error."""
    say(f"warning: {message}")


def warn_unread(dossier: Dossier) -> None:
    """Warn if parts of a dossier could not be read. Raises ClaimcliError if nothing could."""
    if dossier.nothing_read:
        message = f"nothing could be read: {dossier.unread_note}"
        raise ClaimcliError(message, "see 'claimcli check'", code=ExitCode.UNREADABLE)
    if errors := dossier.errors:
        lost = f"{dossier.unread_note}, " if dossier.unread else ""
        warn(f"{lost}{plural(errors, 'error')} in the data; see 'claimcli check'")
