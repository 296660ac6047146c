"""What ``claimcli standing`` finds out: of a dossier, or of a framework in a file."""

import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from claimcli.analysis.argumentation.extensions import Extensions, Semantics, extensions
from claimcli.analysis.argumentation.framework import Framework
from claimcli.analysis.argumentation.solver_formats import read_framework
from claimcli.analysis.standing import Reasoning, Standings, framework_standing, standing
from claimcli.cli.notes import tell
from claimcli.cli.session import FilteredSession
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Scope


class How(Struct, frozen=True):
    """The semantics, how its extensions are reasoned from, and the seconds it may take."""

    semantics: Semantics
    reasoning: Reasoning
    timeout: float

    def solve(self, given: Framework) -> Extensions:
        """Return the extensions. Raises ClaimcliError where the time runs out."""
        return extensions(given, self.semantics, clock=time.monotonic, timeout=self.timeout)


def of_dossier(session: FilteredSession, how: How, without: Sequence[str]) -> Standings:
    """Return where the claims asked for stand, without some claims or sources."""
    dossier = session.open(session.ask(scope=Scope.ALL))
    found = standing(dossier, how.semantics, how.reasoning, solve=how.solve, without=without)
    tell(dossier)
    return found


def of_file(session: FilteredSession, path: Path, how: How, without: Sequence[str]) -> Standings:
    """Return where the arguments of a framework stand.

    Raises ClaimcliError where something is to be selected or struck, which is for claims alone.
    """
    if without or session.narrows():
        raise ClaimcliError(
            "--input reads a framework, of which nothing is selected or struck",
            "leave out the query, the filters and --without",
        )
    return framework_standing(read_framework(path), how.semantics, how.reasoning, solve=how.solve)
