"""An event that is mentioned is best registered under `events`.

Registered it has a title, a date and a place.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
        event: opening

Good:

    events:
      - {id: opening, title: Opening of the bridge}
    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
        event: opening
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.INFO


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the events that are only mentioned, at their first mention."""
    seen: set[str] = set()
    for claim in sorted(dossier.by_id.values(), key=lambda claim: claim.where.span):
        if claim.event and claim.event not in dossier.events and claim.event not in seen:
            seen.add(claim.event)
            yield Problem(
                "unregistered-event",
                f"no event '{claim.event}' under 'events'",
                claim.where.of("event"),
                SEVERITY,
                help="register it, or leave it: it counts all the same",
            )
