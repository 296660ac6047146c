"""Answers do not form a cycle.

Of two claims the later one answers the earlier one; they cannot answer each other.

Bad:

    claims:
      - {id: a, party: p, statement: The bridge is safe., responds_to: b}
      - {id: b, party: q, statement: The bridge is not safe., responds_to: a}

Good:

    claims:
      - {id: a, party: p, statement: The bridge is safe., responds_to: b}
      - {id: b, party: q, statement: The bridge is not safe.}
"""

from collections.abc import Iterator

from claimcli.core.graphs import cycle_text, cycles
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield one problem for each cycle, at its first claim in alphabetical order."""
    edges = {
        claim.id: [a.claim for a in claim.responds_to if a.claim in dossier.by_id]
        for claim in dossier.by_id.values()
        if claim.responds_to
    }
    for cycle in cycles(edges):
        first = dossier.by_id[cycle[0]]
        yield Problem(
            "response-cycle",
            f"answers form a cycle through {cycle_text(cycle)}",
            first.location.of("id"),
            SEVERITY,
            help="remove the answer of the earliest claim",
        )
