"""Sources are not derived from each other in a cycle.

If each of several reports took its news from another of them, none is the origin: one story looks
like several witnesses. A briefing counts them as one.

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

from claimcli.core.graphs import cycle_text, cycles
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield one problem for each cycle, at its first source in alphabetical order."""
    above = {s.id: s.derived_from for s in dossier.sources.values() if s.derived_from}
    for cycle in cycles(above):
        yield Problem(
            "circular-reporting",
            f"these sources are derived from each other: {cycle_text(cycle)}",
            dossier.sources[cycle[0]].location.of("derived_from"),
            SEVERITY,
            help="find out which of them was first, and remove its 'derived_from'",
        )
