from claimcli.cli.options import OutputOption
from claimcli.cli.session import FilteredSession
from claimcli.core.problems import ClaimcliError


def site(session: FilteredSession, output: OutputOption = None) -> None:
    """Write the pages of the dossier as files that work without a server."""
    del session
    raise ClaimcliError(f"no site is written to '{output}' yet", "use 'claimcli serve'")
