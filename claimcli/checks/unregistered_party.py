"""A party that is mentioned is best registered under `parties`.

One that is only mentioned exists all the same; registered it has a name and aliases.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}

Good:

    parties:
      - {id: p, name: City Council}
    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.INFO


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the parties that are only mentioned, at their first mention."""
    for party in dossier.parties.values():
        if not party.registered:
            yield Problem(
                "unregistered-party",
                f"no party '{party.id}' under 'parties'",
                party.where.span,
                SEVERITY,
                help="register it, or leave it: it counts all the same",
            )
