from pathlib import Path
from typing import Annotated, Any

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
        "briefing, summary (a page), contradictions (a table), or a Jinja2 template.",
    ),
]
DatesOption = Annotated[
    str, option("--dates long|iso", "Dates as 30 December 2021, or as 2021-12-30.")
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
    dates: DatesOption = "iso",
    ids: IdsOption = True,
    losses: LossesOption = None,
    strict: StrictOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Write a briefing to send on, with every answer in it, or records for other tools.

    Each quote says whether it is verified. Your own template makes the format that its extension
    says. Unless forced, exits with 3 if errors in the data would leave gaps, a quote is not in the
    text of its source, or an answer is left out. See 'claimcli help templates'.
    """
    from claimcli.analysis.briefing import briefing as briefing_of
    from claimcli.analysis.briefing import with_notation
    from claimcli.cli.output import warn_unread, write
    from claimcli.cli.record_exports import export_records, record_format
    from claimcli.cli.shareable import report_withheld
    from claimcli.core.notation import notation
    from claimcli.core.party_trees import parse_by
    from claimcli.core.query import Scope
    from claimcli.core.registry_order import named_sort, sort_registries
    from claimcli.formats.export import TITLES
    from claimcli.formats.export import export as export_of

    if records := record_format(format_, output, template):
        options = {
            "template": template, "title": title, "texts": texts, "by": by, "force": force,
            "internal": internal, "sort": sort, "dates": dates, "ids": ids, "losses": losses,
            "strict": strict,
        }  # fmt: skip
        export_records(session, records, output, options)
        return
    grouped, order, words = parse_by(by), named_sort(sort), notation(dates, ids=ids)
    title = title or TITLES.get(template, "")
    chosen = _template(template, format_, output)
    dossier = session.open(session.request(opposition=True, scope=Scope.ISSUES))
    dossier = sort_registries(dossier, order, grouped)
    briefing = briefing_of(dossier, title=title, texts=texts, by=grouped, internal=internal)
    report_withheld(briefing.dossier)
    write(export_of(with_notation(briefing, words), chosen, force=force), output)
    warn_unread(dossier)


def _template(name: str, format_: str | None, output: Path | None) -> Any:
    """Return the template. Raises ClaimcliError if it is missing or makes another format."""
    from claimcli.cli.output import choose_format, format_of
    from claimcli.core.problems import ClaimcliError
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
