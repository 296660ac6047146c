"""A party that makes claims is registered under ``parties``.

A party that is only mentioned works, but has no name, kind or aliases, and a mistyped id makes a
second party of it. Reported once, at the first mention.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.

Good:

    parties:
      - id: waterworks
        name: City Waterworks
    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import did_you_mean

SEVERITY = Severity.INFO
MOST_SUGGESTIONS = 20
"""Problems that get a near match: each search looks at every registered id."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each party that is mentioned and not registered."""
    known = [party.id for party in dossier.parties.values() if party.registered]
    mentioned = (party for party in dossier.parties.values() if not party.registered)
    for count, party in enumerate(mentioned):
        near = known if count < MOST_SUGGESTIONS else ()
        yield Problem(
            "unregistered-party",
            f"party '{party.id}' is not registered",
            party.location.span,
            SEVERITY,
            did_you_mean(party.id, near, "add it under 'parties:' with its name"),
        )
