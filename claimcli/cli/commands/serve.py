from typing import Annotated

from claimcli.cli.options import option
from claimcli.cli.session import FilteredSession

PortOption = Annotated[int, option("--port N", "The port; 0 selects a free one.", min=0, max=65535)]
OpenOption = Annotated[
    bool | None,
    option("--open/--no-open", "Open the page in the browser; the default on a desktop."),
]


def serve(session: FilteredSession, port: PortOption = 8787, open_: OpenOption = None) -> None:
    """Show the dossier in a browser on this machine, live.

    Prints the address of the first page, or of the list of the selected claims, and serves until
    Ctrl-C. Other machines cannot connect. The pages change with the files.
    """
    from claimcli.dossier.runtime import import_extra

    for module in ("uvicorn", "starlette"):
        import_extra(module, "web")

    from claimcli.cli.output import say, warn, write
    from claimcli.cli.settings import page_settings
    from claimcli.core.text.word_diff import plural
    from claimcli.web.index_reader import IndexReader
    from claimcli.web.links import ServerLinks
    from claimcli.web.routes import PATHS
    from claimcli.web.serve.app import application
    from claimcli.web.serve.run import HOST, listen, run

    query = session.query_text()
    with session.load_options() as options:
        reader = IndexReader(
            session.paths(), options, settings=lambda: page_settings(session.options)
        )
        count, errors = reader.count(session.request().query), reader.info().errors
    opened = listen(port)
    path = ServerLinks(PATHS).to("claims" if query else "overview", q=query)
    address = f"http://{HOST}:{opened.getsockname()[1]}{path}"
    write(f"{address}\n")
    if errors:
        warn(f"{plural(errors, 'error')} in the data; see 'claimcli check'")
    say(f"serving {plural(count, 'claim')}; Ctrl-C stops it")
    if open_ or (open_ is None and _on_a_desktop()):
        _open(address)
    run(application(reader, say), opened)


def _on_a_desktop() -> bool:
    """Return whether someone at a terminal of this machine's own screen has called."""
    import os
    import sys

    has_screen = sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return has_screen and "SSH_CONNECTION" not in os.environ and sys.stdout.isatty()


def _open(address: str) -> None:
    """Open an address in the browser, which may take until the browser is closed."""
    from threading import Thread

    from claimcli.cli.browser import open_page
    from claimcli.cli.output import warn
    from claimcli.core.problems import ClaimcliError

    def open_or_warn() -> None:
        try:
            open_page(address)
        except ClaimcliError as error:
            warn(str(error))

    Thread(target=open_or_warn, daemon=True).start()
