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

from collections.abc import Iterator, Mapping, Sequence

from claimcli.core.graphs import cycle_text, cycles
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Claim, Dossier, Party

Record = Claim | Party

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield one problem for each cycle, at its first record in alphabetical order."""
    claims, parties = dossier.by_id, dossier.parties
    restating = {c.id: [c.restates] for c in claims.values() if c.restates in claims}
    superseding = {c.id: [c.supersedes] for c in claims.values() if c.supersedes in claims}
    membership = {p.id: [p.part_of] for p in parties.values() if p.part_of}
    yield from _cycles("restates", restating, claims)
    yield from _cycles("supersedes", superseding, claims)
    yield from _cycles("part_of", membership, parties)


def _cycles(
    field: str, edges: Mapping[str, Sequence[str | None]], records: Mapping[str, Record]
) -> Iterator[Problem]:
    known = {name: [t for t in targets if t] for name, targets in edges.items()}
    for cycle in cycles(known):
        yield Problem(
            "circular-reference",
            f"'{field}' forms a cycle through {cycle_text(cycle)}",
            records[cycle[0]].location.of(field),
            SEVERITY,
            help="remove one of them",
        )
