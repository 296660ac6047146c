"""What is left out of pictures and pages, since others will read them."""

from pathlib import Path

from claimcli.cli.output import say
from claimcli.core.records import Dossier

_DOCUMENTS = ("html", "svg")
"""Formats that are made to be sent on, also if they are written to standard output."""


def is_sent(format_: str, output: Path | None) -> bool:
    """Return whether an output is made to be sent on: a file or a document."""
    return format_ in _DOCUMENTS or (output is not None and str(output) != "-")


def shareable(dossier: Dossier, format_: str, output: Path | None, *, internal: bool) -> Dossier:
    """Return what is shown of a dossier: in a file or a document without internal records.

    Their number is reported. With ``internal``, nothing is left out.
    """
    from claimcli.analysis.internal import without_internal

    if internal or not is_sent(format_, output):
        return dossier
    shown = without_internal(dossier)
    report_withheld(shown)
    return shown


def report_withheld(dossier: Dossier) -> None:
    """Report how many internal records were left out, if any."""
    if note := dossier.withheld.note:
        say(f"{note}; --internal includes them")
