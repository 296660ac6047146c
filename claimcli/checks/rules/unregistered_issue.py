"""An issue that claims speak to is registered under ``issues``.

An issue that is only mentioned works, but nobody can read what its question is, and a mistyped id
keeps two accounts of one question apart. Reported once, at the first mention.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        issue: state-of-main

Good:

    issues:
      - id: state-of-main
        question: Was the main sound before it burst?
    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        issue: state-of-main
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import did_you_mean

SEVERITY = Severity.INFO
MOST_SUGGESTIONS = 20
"""Problems that get a near match: each search looks at every registered id."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each issue that is mentioned and not registered."""
    known = [issue.id for issue in dossier.issues.values() if issue.registered]
    mentioned = (issue for issue in dossier.issues.values() if not issue.registered)
    for count, issue in enumerate(mentioned):
        near = known if count < MOST_SUGGESTIONS else ()
        yield Problem(
            "unregistered-issue",
            f"issue '{issue.id}' is not registered",
            issue.location.span,
            SEVERITY,
            did_you_mean(issue.id, near, "add it under 'issues:' with its question"),
        )
