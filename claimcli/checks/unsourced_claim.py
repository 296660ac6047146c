"""A claim should name its source.

What nobody can look up nobody can check.

Bad:

    claims:
      - {id: a, party: p, statement: The bridge is safe.}

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the claims that cite nothing."""
    for claim in dossier.by_id.values():
        if not claim.citations:
            yield Problem(
                "unsourced-claim",
                f"claim '{claim.id}' has no source",
                claim.where.of("id"),
                SEVERITY,
                help="add 'source:' with an id or a title",
            )
