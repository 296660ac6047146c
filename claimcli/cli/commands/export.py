from pathlib import Path
from typing import Annotated

from claimcli.cli.options import (
    ByOption,
    FormatOption,
    InternalOption,
    LossesOption,
    OutputOption,
    RegistrySortOption,
    TextsOption,
    option,
)
from claimcli.cli.session import FilteredSession

ForceOption = Annotated[
    bool, option("--force", "Write it anyway; quotes not in their texts are struck through.")
]
TitleOption = Annotated[str, option("--title TEXT", "The briefing's title.")]
TemplateOption = Annotated[
    str,
    option(
        "--template -t NAME|FILE",
        "briefing, summary (a page), contradictions (a table), a Jinja2 template, or a Word "
        "document whose styles to use.",
    ),
]
DatesOption = Annotated[
    str | None,
    option(
        "--dates long|iso",
        "Dates as 30 December 2021, or as 2021-12-30.",
    ),
]
PaperOption = Annotated[str | None, option("--paper SIZE", "a4 or letter, in PDF and Word.")]
FontOption = Annotated[str | None, option("--font NAME", "The font of a PDF or Word document.")]
FontPathOption = Annotated[
    list[Path] | None,
    option(
        "--font-path FOLDER",
        "A folder with fonts for the PDF. Repeatable.",
        exists=True,
        file_okay=False,
    ),
]
LangOption = Annotated[
    str | None,
    option("--lang TAG", "The language of a PDF or Word document, such as pt-BR."),
]
IdsOption = Annotated[
    bool, option("--ids/--no-ids", "Name claims and issues by their ids, or leave ids out.")
]

StrictOption = Annotated[
    bool, option("--strict", "Write nothing if the format of another tool would lose something.")
]


def export(
    session: FilteredSession,
    template: TemplateOption = "briefing",
    title: TitleOption = "",
    texts: TextsOption = None,
    by: ByOption = "member",
    force: ForceOption = False,
    internal: InternalOption = False,
    sort: RegistrySortOption = "registry",
    dates: DatesOption = None,
    ids: IdsOption = True,
    losses: LossesOption = None,
    strict: StrictOption = False,
    paper: PaperOption = None,
    font: FontOption = None,
    font_path: FontPathOption = None,
    lang: LangOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Write a briefing to send on, with every answer in it, or records for other tools.

    Each quote says whether it is verified. Your own template makes the format that its extension
    says. Unless forced, exits with 3 if errors in the data would leave gaps, a quote is not in the
    text of its source, or an answer is left out. See 'claimcli help templates'.
    """
    options = {**locals()}
    from claimcli.cli.document_exports import export_document
    from claimcli.cli.record_exports import export_records, record_format

    if records := record_format(format_, output, options):
        export_records(session, records, output, options)
    else:
        export_document(session, format_, output, options)
