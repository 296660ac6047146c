"""A claim supersedes only a claim of the same party.

A party cannot take back the words of another. Its objection is an answer, in ``rebuttals`` or
``responds_to``.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: main-leaks
        party: residents
        statement: The main leaks.
        supersedes: pipe-was-sound

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: main-leaks
        party: residents
        statement: The main leaks.
        responds_to: pipe-was-sound
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each claim that supersedes a claim of other parties only."""
    for claim in dossier.by_id.values():
        earlier = dossier.by_id.get(claim.supersedes or "")
        if earlier and set(claim.parties).isdisjoint(earlier.parties):
            yield Problem(
                "foreign-supersedes",
                f"'{claim.id}' supersedes '{earlier.id}', a claim of '{earlier.party}'",
                claim.location.of("supersedes"),
                SEVERITY,
                f"write 'responds_to: {earlier.id}', or correct the id",
                (earlier.location.of("party"),),
            )
