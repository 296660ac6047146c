"""An event that a claim mentions is registered under ``events``.

An unregistered event has no title, and no date to appear with in a timeline. Each is reported once,
at its first mention.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main was sound that morning.
        event: main-bursts

Good:

    events:
      - id: main-bursts
        title: The main in Mill Street bursts
        date: 2023-05-01
    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main was sound that morning.
        event: main-bursts
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity, Span, replacement
from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import MAX_SUGGESTIONS, did_you_mean, misspelled_id

SEVERITY = Severity.INFO
FIXABLE = True


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each event that is mentioned but not registered."""
    for count, (event, span) in enumerate(sorted(_mentioned(dossier).items())):
        near = dossier.events if count < MAX_SUGGESTIONS else ()
        yield Problem(
            "unregistered-event",
            f"event '{event}' is not registered",
            span,
            SEVERITY,
            did_you_mean(event, near, "add it under 'events:' with its title"),
            fix=replacement(span, event, misspelled_id(event, near)),
        )


def _mentioned(dossier: Dossier) -> dict[str, Span]:
    """Return the first mention of each unregistered event."""
    found: dict[str, Span] = {}
    for claim in dossier.by_id.values():
        if claim.event and claim.event not in dossier.events:
            place = claim.location.of("event")
            found[claim.event] = min(found.get(claim.event, place), place)
    return found
