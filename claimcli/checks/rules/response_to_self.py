"""A party does not answer its own claim.

Such an answer would make a claim contested or confirmed although nobody else has spoken. Use
``supersedes`` for a changed account, and ``restates`` for the same claim in other words.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - party: waterworks
            statement: The main was worn.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: pipe-was-worn
        party: waterworks
        statement: The main was worn.
        supersedes: pipe-was-sound
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.core.relations import answered_claims

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each answer of a party to itself; response-cycle reports others."""
    for claim, answered in answered_claims(dossier):
        shared = next((party for party in claim.parties if party in answered.parties), None)
        if shared and answered is not claim:
            yield Problem(
                "response-to-self",
                f"'{shared}' answers its own claim '{answered.id}'",
                claim.location.of("party"),
                SEVERITY,
                f"write 'supersedes: {answered.id}' for a change, 'restates: {answered.id}' for "
                "the same in other words, or correct the party",
                (answered.location.of("party"),),
            )
