"""A issue that is mentioned is best registered under `issues`.

One that is only mentioned exists all the same; registered it has its question written out.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
        issue: bridge-safety

Good:

    issues:
      - {id: bridge-safety, question: Is the bridge safe?}
    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
        issue: bridge-safety
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.INFO


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the issues that are only mentioned, at their first mention."""
    for issue in dossier.issues.values():
        if not issue.registered:
            yield Problem(
                "unregistered-issue",
                f"no issue '{issue.id}' under 'issues'",
                issue.where.span,
                SEVERITY,
                help="register it, or leave it: it counts all the same",
            )
