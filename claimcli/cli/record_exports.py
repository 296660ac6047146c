"""Exports of records in formats of other tools, such as spreadsheets."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimcli.cli.losses import report_losses
from claimcli.cli.session import FilteredSession
from claimcli.core.problems import ClaimcliError

_DOCUMENT_OPTIONS = {
    "template": "briefing",
    "title": "",
    "by": "member",
    "sort": "registry",
    "dates": None,
    "ids": True,
    "paper": None,
    "font": None,
    "font_path": None,
    "lang": None,
}
"""The options that only documents have, with their default values."""


def record_format(format_: str | None, output: Path | None, options: Mapping[str, Any]) -> str:
    """Return the format of an export of records, "" if it is a document.

    Raises ClaimcliError if it is neither, if the extension is that of several such formats, or if
    options are for such formats alone.
    """
    found = _record_format(format_, output, options["template"])
    if not found and (wrong := [name for name in ("strict", "losses") if options[name]]):
        raise ClaimcliError(f"--{wrong[0]} is for formats of other tools", "leave it out")
    return found


def _record_format(format_: str | None, output: Path | None, template: str) -> str:
    from claimcli.cli.output import choose_format
    from claimcli.cli.presenter import format_names
    from claimcli.exchange.registry import export_formats, extensions_of

    names = export_formats()
    if format_ is not None:
        return format_ if choose_format(format_, output, format_names("export")) in names else ""
    suffix = output.suffix.lower() if output else ""
    found = [name for name in names if suffix and suffix in extensions_of(name)]
    if not found or template != _DOCUMENT_OPTIONS["template"]:
        return ""
    if suffix == ".json":
        hint = f"add --format with one of {', '.join(found)}"
        raise ClaimcliError(f"'{output}' can be of several formats", hint)
    return found[0]


def export_records(
    session: FilteredSession, format_: str, output: Path | None, options: Mapping[str, Any]
) -> None:
    """Write the selected records in a format; ``options`` are those of the command by name.

    Raises ClaimcliError if errors in the data would leave gaps, unless forced; if something would
    be lost although ``strict`` is set; or if the output is unsuitable or cannot be written.
    """
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.shareable import report_withheld
    from claimcli.core.query import Scope
    from claimcli.core.text.word_diff import plural
    from claimcli.dossier.data_folders import dossier_name
    from claimcli.exchange.records import ExportOptions
    from claimcli.exchange.registry import writer_of
    from claimcli.exchange.selection import select_records
    from claimcli.formats.export import refuse_gaps

    _refuse_document_options(format_, options)
    folder = _is_folder(format_, output)
    _protect(session, output, options)
    dossier = session.open(session.request(scope=Scope.ALL))
    if not options["force"]:
        refuse_gaps(dossier)
    whole = not session.has_filters()
    selection = select_records(dossier, whole=whole, internal=options["internal"])
    name = dossier_name(session.paths()[0])
    wanted = ExportOptions(folder=folder, dossier=name, texts=options["texts"])
    exported = writer_of(format_)(selection, wanted)
    if options["strict"]:
        _refuse_losses(exported, options["losses"])
    _write(exported, output, folder=folder)
    report_withheld(selection.dossier)
    report_losses((*exported.losses, *exported.left_out), options["losses"])
    if output is not None:
        say(f"wrote {plural(exported.count, exported.kind)} to '{output}'")
    warn_unread(dossier)


def _refuse_losses(exported: Any, file: Path | None) -> None:
    """Raise ClaimcliError if something would be lost, after reporting it."""
    from claimcli.core.problems import ExitCode

    if exported.losses:
        report_losses((*exported.losses, *exported.left_out), file)
        message = "nothing was written, since something would be lost"
        raise ClaimcliError(message, "leave --strict out", code=ExitCode.FINDINGS)


def _refuse_document_options(format_: str, options: Mapping[str, Any]) -> None:
    from claimcli.exchange.registry import compares_quotes

    if options["texts"] and not compares_quotes(format_):
        message = f"--texts is for documents and web-annotation, not for {format_}"
        raise ClaimcliError(message, "leave it out")
    for name, default in _DOCUMENT_OPTIONS.items():
        if options[name] != default:
            flag = "no-ids" if name == "ids" else name.replace("_", "-")
            raise ClaimcliError(f"--{flag} is for documents, not for {format_}", "leave it out")


def _is_folder(format_: str, output: Path | None) -> bool:
    """Return whether the output is a folder. Raises ClaimcliError if it must be something else."""
    from claimcli.exchange.registry import has_folders, has_only_folders

    if has_only_folders(format_):
        if output is None or str(output) == "-" or output.suffix.lower() == f".{format_}":
            message = f"{format_} is a folder with several files"
            raise ClaimcliError(message, "name the folder with -o")
        return True
    if output is None or str(output) == "-":
        if sys.stdout.isatty():
            raise ClaimcliError(f"{format_} is not shown on a terminal", "name a file with -o")
        return False
    if not has_folders(format_):
        if output.is_dir():
            raise ClaimcliError(f"'{output}' is a folder", "name a file in it")
        return False
    return output.is_dir() or output.suffix.lower() not in (".csv", ".txt")


def _protect(session: FilteredSession, output: Path | None, options: Mapping[str, Any]) -> None:
    """Raise ClaimcliError if an output is one that is read, or if both outputs are the same."""
    losses = options["losses"]
    if losses is not None and str(losses) == str(output or "-"):
        raise ClaimcliError("the records and --losses have the same output", "name another file")
    session.protect([output, losses], options)


def _write(exported: Any, output: Path | None, *, folder: bool) -> None:
    from claimcli.cli.output import write_bytes
    from claimcli.dossier.output_folder import write_folder

    if folder and output:
        files = ((file.name, file.data) for file in exported.files)
        write_folder(output, files, "export", editable=True)
    else:
        write_bytes(exported.files[0].data, output)
