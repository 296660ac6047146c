from typing import Annotated

from claimcli.cli.options import option
from claimcli.cli.session import FilteredSession

PortOption = Annotated[int, option("--port N", "The port; 0 selects a free one.", min=0, max=65535)]


def serve(session: FilteredSession, port: PortOption = 8787) -> None:
    """Show the dossier in a browser on this machine."""
    from claimcli.cli.settings import settings_of
    from claimcli.dossier.runtime import import_extra

    import_extra("uvicorn", "web")

    from claimcli.cli.output import say, write
    from claimcli.web.index_reader import IndexReader
    from claimcli.web.serve.app import application
    from claimcli.web.serve.run import HOST, listen, run

    with session.load_options() as options:
        reader = IndexReader(
            session.paths(), options, settings=lambda: settings_of(session.options)
        )
        opened = listen(port)
        write(f"http://{HOST}:{opened.getsockname()[1]}/\n")
        say("Ctrl-C stops it")
        run(application(reader, say), opened)
