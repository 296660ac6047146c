"""A party should not answer itself.

A party that changes its account says so with `supersedes` or `withdrawn`; an answer by the same
party is more often a slip of the pen.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        rebuttals:
          - {party: p, kind: denies, statement: The bridge is not safe.}

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        rebuttals:
          - {party: q, kind: denies, statement: The bridge is not safe.}
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the answers that share a party with what they answer."""
    for claim in dossier.by_id.values():
        for answer in claim.responds_to:
            answered = dossier.by_id.get(answer.claim)
            shared = set(claim.parties) & set(answered.parties) if answered else set()
            if answered and shared:
                yield Problem(
                    "response-to-self",
                    f"'{min(shared)}' answers its own claim '{answered.id}'",
                    claim.where.of("party"),
                    SEVERITY,
                    help="if its account changed, use 'supersedes' or 'withdrawn'",
                    related=(answered.where.of("id"),),
                )
