"""``claimcli timeline``."""

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption

FORMS = ("table", "tsv", "json", "md", "svg")


def timeline(
    session: FilteredSession, form: FormatOption = None, output: OutputOption = None
) -> None:
    """List claims in the order they were made, with rebuttals.

    With what each answers, and the time to the first rebuttal. Those without a date come last.
    Forms: table, tsv, json, md, svg (a lane a party).
    """
    from claimcli.analysis.timeline import timeline as timeline_of
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import on_screen, tell
    from claimcli.formats import lanes
    from claimcli.formats import timeline as forms
    from claimcli.query import Reach
    from claimcli.table import to_json, tsv

    chosen = pick(form, output, FORMS, "table")
    dossier = session.open(session.ask(reach=Reach.THREADS))
    found = timeline_of(dossier)
    if chosen == "table" and on_screen(session.color, output, form):
        from claimcli.cli import screen, screen_timeline

        how = screen.settings(session.color, output)
        write(screen_timeline.draw(dossier, found, how), output)
    elif chosen == "json":
        write(to_json(forms.data(dossier, found)), output)
    elif chosen in ("md", "svg"):
        writers = {"md": forms.markdown, "svg": lanes.svg}
        write(writers[chosen](dossier, found), output)
    else:
        write(tsv(found.table()), output)
    tell(dossier)
