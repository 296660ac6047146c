"""A party that makes claims is registered under ``parties``.

An unregistered party works, but has no name, kind or aliases, and a mistyped id creates a second
party. Each is reported once, at its first mention.

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
from claimcli.core.text.suggestions import MAX_SUGGESTIONS, did_you_mean

SEVERITY = Severity.INFO


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each party that is mentioned but not registered."""
    known = [party.id for party in dossier.parties.values() if party.registered]
    mentioned = (party for party in dossier.parties.values() if not party.registered)
    for count, party in enumerate(mentioned):
        near = known if count < MAX_SUGGESTIONS else ()
        yield Problem(
            "unregistered-party",
            f"party '{party.id}' is not registered",
            party.location.span,
            SEVERITY,
            did_you_mean(party.id, near, "add it under 'parties:' with its name"),
        )
