"""An answer should not be older than what it answers.

One of the two dates is probably mistaken, or the answer belongs to another claim.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        said: 2023-05-02
        rebuttals:
          - {party: q, statement: The bridge is not safe., said: 2023-05-01}

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        said: 2023-05-02
        rebuttals:
          - {party: q, statement: The bridge is not safe., said: 2023-05-03}
"""

from collections.abc import Iterator

from claimcli.dates import certainly_after
from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the answers said before what they answer, whatever the two dates can mean."""
    for claim in dossier.by_id.values():
        for answer in claim.responds_to:
            answered = dossier.by_id.get(answer.claim)
            if answered is None or not (claim.said and answered.said):
                continue
            if certainly_after(answered.said, claim.said):
                yield Problem(
                    "early-rebuttal",
                    f"said {claim.said}, before '{answered.id}' which it answers ({answered.said})",
                    claim.where.of("said"),
                    SEVERITY,
                    help="look at both dates",
                    related=(answered.where.of("said"),),
                )
