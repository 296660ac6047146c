"""The answer to a request for comment is due after the party was asked.

With the two dates exchanged, or a wrong year, a request is listed as overdue from the first day.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        asked: {party: residents, on: 2023-05-05, due: 2023-05-02}

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        asked: {party: residents, on: 2023-05-02, due: 2023-05-05}
"""

from collections.abc import Iterator

from claimcli.core.dates import certainly_after
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each request for comment whose answer is due before the request was made."""
    for claim in dossier.by_id.values():
        for request in claim.asked:
            if request.due and certainly_after(request.on, request.due):
                yield Problem(
                    "due-before-asked",
                    f"the answer of '{request.party}' is due on {request.due}, "
                    f"before it was asked on {request.on}",
                    request.location.of("due"),
                    SEVERITY,
                    "correct 'on' or 'due'",
                )
