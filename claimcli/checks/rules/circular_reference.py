"""Restatements, successors and members do not form a cycle.

If a claim restates itself through other claims, there is no first wording.

Bad:

    claims:
      - {id: a, party: p, statement: The bridge is safe., restates: b}
      - {id: b, party: p, statement: That bridge will hold for years., restates: a}

Good:

    claims:
      - {id: a, party: p, statement: The bridge is safe., restates: b}
      - {id: b, party: p, statement: That bridge will hold for years.}
"""

from collections.abc import Iterator, Mapping

from claimcli.core.graphs import cycle_text, cycles
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Claim, Dossier, Party

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield one problem for each cycle, at its first record in alphabetical order."""
    yield from _cycles("restates", dossier.by_id)
    yield from _cycles("supersedes", dossier.by_id)
    yield from _cycles("part_of", dossier.parties)


def _cycles(field: str, records: Mapping[str, Claim | Party]) -> Iterator[Problem]:
    targets = {r.id: target for r in records.values() if (target := getattr(r, field))}
    for cycle in cycles({name: [target] for name, target in targets.items() if target in records}):
        yield Problem(
            "circular-reference",
            f"'{field}' forms a cycle through {cycle_text(cycle)}",
            records[cycle[0]].location.of(field),
            SEVERITY,
            help="remove one of them",
        )
