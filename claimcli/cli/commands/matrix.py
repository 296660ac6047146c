"""``claimcli matrix``."""

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption

FORMS = ("table", "tsv", "json", "md", "html")


def matrix(
    session: FilteredSession, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show what each party holds on each issue, and who is silent.

    Positions, newest claims, counts, and silence. Forms: table, tsv, json, md, html.
    """
    from claimcli import table
    from claimcli.analysis.matrix import matrix as matrix_of
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import on_screen, tell
    from claimcli.formats import matrix as forms
    from claimcli.query import Reach

    chosen = pick(form, output, FORMS, "table")
    dossier = session.open(session.ask(reach=Reach.ISSUES))
    found = matrix_of(dossier)
    if chosen == "json":
        write(table.to_json(forms.data(found)), output)
    elif chosen == "html":
        write(forms.html(found), output)
    elif chosen == "md":
        write(table.markdown(found.table()), output)
    elif chosen == "table" and on_screen(session.color, output, form):
        from claimcli.cli import screen, screen_matrix

        write(screen_matrix.draw(found, screen.settings(session.color, output)), output)
    else:
        write(table.tsv(found.table(ids=True)), output)
    tell(dossier)
