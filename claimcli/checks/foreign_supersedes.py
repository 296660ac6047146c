"""A claim must supersede one of its own party.

Nobody takes back somebody else's words; an answer to them is a rebuttal or a response.

Bad:

    claims:
      - {id: a, party: p, statement: The bridge is safe.}
      - {id: b, party: q, statement: The bridge needs repair., supersedes: a}

Good:

    claims:
      - {id: a, party: p, statement: The bridge is safe.}
      - {id: b, party: p, statement: The bridge needs repair., supersedes: a}
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the claims that supersede one with which they share no party."""
    for claim in dossier.by_id.values():
        earlier = dossier.by_id.get(claim.supersedes or "")
        if earlier and not set(claim.parties) & set(earlier.parties):
            yield Problem(
                "foreign-supersedes",
                f"'{claim.id}' supersedes '{earlier.id}', a claim of '{earlier.party}'",
                claim.where.of("supersedes"),
                SEVERITY,
                help="answer it with 'responds_to'",
                related=(earlier.where.of("id"),),
            )
