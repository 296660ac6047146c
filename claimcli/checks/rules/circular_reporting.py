"""Reports must not be one another's origin.

Where each of several reports has its news from another of them, no origin is left: what looks like
several witnesses is a story that goes round. The briefing counts them as one.

Bad:

    sources:
      - {id: courier, title: Brown water, published: 2023-05-04, derived_from: [gazette]}
      - {id: gazette, title: Mill Street waits, published: 2023-05-04, derived_from: [courier]}

Good:

    sources:
      - {id: courier, title: Brown water, published: 2023-05-04, derived_from: [county-wire]}
      - {id: gazette, title: Mill Street waits, published: 2023-05-04, derived_from: [county-wire]}
      - {id: county-wire, title: Wire report, published: 2023-05-03}
"""

from collections.abc import Iterator

from claimcli.core.graphs import cycles, named
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each circle once, at its first source in alphabetical order."""
    above = {s.id: s.derived_from for s in dossier.sources.values() if s.derived_from}
    for circle in cycles(above):
        yield Problem(
            "circular-reporting",
            f"each is derived from another of them: {named(circle)}",
            dossier.sources[circle[0]].location.of("derived_from"),
            SEVERITY,
            help="find out which of them had it first, and take its 'derived_from' out",
        )
