"""An issue that a claim mentions is registered under ``issues``.

An unregistered issue works, but its question is not on file, and a mistyped id separates two
accounts of one question. Each is reported once, at its first mention.

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
from claimcli.core.text.suggestions import MAX_SUGGESTIONS, did_you_mean

SEVERITY = Severity.INFO


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each issue that is mentioned but not registered."""
    known = [issue.id for issue in dossier.issues.values() if issue.registered]
    mentioned = (issue for issue in dossier.issues.values() if not issue.registered)
    for count, issue in enumerate(mentioned):
        near = known if count < MAX_SUGGESTIONS else ()
        yield Problem(
            "unregistered-issue",
            f"issue '{issue.id}' is not registered",
            issue.location.span,
            SEVERITY,
            did_you_mean(issue.id, near, "add it under 'issues:' with its question"),
        )
