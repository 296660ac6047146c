"""A claim was not said before the claim that it answers.

Otherwise one of the dates is mistyped, or the words were about something else. Only dates that are
certainly in the wrong order count: a year and a day in that year, or a missing date, do not.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        said: 2023-05-02
        rebuttals:
          - party: residents
            statement: The main leaks.
            said: 2022-05-04

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        said: 2023-05-02
        rebuttals:
          - party: residents
            statement: The main leaks.
            said: 2023-05-04
"""

from collections.abc import Iterator

from claimcli.core.dates import certainly_after
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.core.relations import answered_claims

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each answer that is older than the claim it answers."""
    for claim, answered in answered_claims(dossier):
        if claim.said and answered.said and certainly_after(answered.said, claim.said):
            yield Problem(
                "early-rebuttal",
                f"'{claim.id}' was said '{claim.said}', before '{answered.id}', which it answers",
                claim.location.of("said"),
                SEVERITY,
                f"check both dates; '{answered.id}' was said '{answered.said}'",
                (answered.location.of("said"),),
            )
