"""Exports of briefings: as text, by a template, or as PDF and other documents with pages."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimcli.cli.output import choose_format, format_of, say, warn_unread, write_bytes
from claimcli.cli.session import FilteredSession
from claimcli.core.problems import ClaimcliError

_LAYOUT = {"paper": "paper", "font": "font", "font_path": "font_paths", "lang": "language"}
"""The options that only documents with pages have, and their names in DocumentOptions."""


def export_document(
    session: FilteredSession, format_: str | None, output: Path | None, options: Mapping[str, Any]
) -> None:
    """Write the briefing of the selected claims; ``options`` are those of the command by name.

    Raises ClaimcliError if options do not fit the template and the format, or if the briefing is
    refused.
    """
    from msgspec.structs import replace

    from claimcli.analysis.briefing import with_notation
    from claimcli.cli.shareable import report_withheld
    from claimcli.core.notation import notation
    from claimcli.formats.documents.blocks import DocumentOptions
    from claimcli.formats.export import export
    from claimcli.history.revision import revision_of

    chosen = _template(options["template"], format_, output)
    layout = _layout(chosen.format, options, output)
    dates = options["dates"] or ("iso" if layout is None else "long")
    words = notation(dates, ids=options["ids"])
    briefing = _briefing(session, chosen.name, options)
    report_withheld(briefing.dossier)
    if layout is not None:
        layout = replace(layout, revision=revision_of(session.paths()))
    shown = with_notation(briefing, words)
    written = export(shown, chosen, force=options["force"], layout=layout or DocumentOptions())
    write_bytes(written.content, output)
    for note in written.notes:
        say(f"note: {note}")
    warn_unread(briefing.dossier)


def _briefing(session: FilteredSession, template: str, options: Mapping[str, Any]) -> Any:
    from claimcli.analysis.briefing import briefing
    from claimcli.core.party_trees import parse_by
    from claimcli.core.query import Scope
    from claimcli.core.registry_order import named_sort, sort_registries
    from claimcli.formats.export import TITLES

    by, order = parse_by(options["by"]), named_sort(options["sort"])
    dossier = session.open(session.request(opposition=True, scope=Scope.ISSUES))
    return briefing(
        sort_registries(dossier, order, by),
        title=options["title"] or TITLES.get(template, ""),
        texts=options["texts"],
        by=by,
        internal=options["internal"],
    )


def _layout(format_: str, options: Mapping[str, Any], output: Path | None) -> Any:
    """Return the options of a document with pages of paper, None for other formats.

    Raises ClaimcliError if options do not fit the format, or if the document is not text and would
    go to a terminal.
    """
    from claimcli.formats.documents.blocks import DocumentOptions
    from claimcli.formats.export import DOCUMENTS

    given = {flag: options[flag] for flag in _LAYOUT if options[flag]}
    if format_ in DOCUMENTS:
        if format_ != "typ" and str(output or "-") == "-" and sys.stdout.isatty():
            raise ClaimcliError(
                f"the format '{format_}' is not text for a terminal",
                f"name a file, such as -o briefing.{format_}",
            )
        if format_ == "docx" and "font_path" in given:
            raise ClaimcliError(
                "--font-path is for PDF, not for docx",
                "a Word document names its font, which must be where it is read",
            )
        return DocumentOptions(**{_LAYOUT[flag]: value for flag, value in given.items()})
    if given:
        flag = next(iter(given)).replace("_", "-")
        raise ClaimcliError(
            f"--{flag} is for PDF and Word, not for {format_}", "write a file such as briefing.pdf"
        )
    return None


def _template(name: str, format_: str | None, output: Path | None) -> Any:
    """Return the template. Raises ClaimcliError if it is missing or makes another format."""
    from claimcli.formats.briefing import SHIPPED
    from claimcli.formats.export import WRITERS, find_template

    if name in SHIPPED:
        return find_template(name, choose_format(format_, output, WRITERS))
    chosen = find_template(name, format_)
    by_extension = format_of(output)
    if by_extension in WRITERS and by_extension != chosen.format:
        raise ClaimcliError(
            f"the template '{name}' makes {chosen.format}, but '{output}' would be {by_extension}",
            "use the same format for both",
        )
    return chosen
