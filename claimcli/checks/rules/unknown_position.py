"""A position is one of those that its issue declares in ``positions``.

A position in other words is taken for another answer to the question, which contests the rest. The
pairs in ``compatible`` are checked like claims. Case, spacing and a final full stop do not matter.

Bad:

    issues:
      - id: state-of-main
        question: In what state was the main?
        positions: [sound, leaking]
    claims:
      - id: main-leaks
        party: residents
        statement: The main leaks.
        issue: state-of-main
        position: leaky

Good:

    issues:
      - id: state-of-main
        question: In what state was the main?
        positions: [sound, leaking]
    claims:
      - id: main-leaks
        party: residents
        statement: The main leaks.
        issue: state-of-main
        position: leaking
"""

from collections.abc import Iterator

from claimcli.core.positions import position_key
from claimcli.core.problems import Problem, Severity, Span
from claimcli.core.records import Dossier, Issue
from claimcli.core.text.suggestions import MAX_SUGGESTIONS, did_you_mean, list_names

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each position that an issue with declared positions does not have."""
    declared = {
        issue.id: {position_key(position) for position in issue.positions}
        for issue in dossier.issues.values()
        if issue.positions
    }
    unknown = (
        (dossier.issues[issue], position, place)
        for issue, position, place in _positions(dossier)
        if issue in declared and position_key(position) not in declared[issue]
    )
    for count, (issue, position, place) in enumerate(unknown):
        yield Problem(
            "unknown-position",
            f"'{position}' is not a position of issue '{issue.id}'",
            place,
            SEVERITY,
            _hint(issue, position, suggests=count < MAX_SUGGESTIONS),
            (issue.location.of("positions"),),
        )


def _positions(dossier: Dossier) -> Iterator[tuple[str, str, Span]]:
    """Yield each position in use, with its issue and place."""
    for issue in dossier.issues.values():
        for position in (position for pair in issue.compatible for position in pair):
            yield issue.id, position, issue.location.of("compatible")
    for claim in dossier.by_id.values():
        if claim.issue and claim.position:
            yield claim.issue, claim.position, claim.location.of("position")


def _hint(issue: Issue, position: str, *, suggests: bool) -> str:
    listed = list_names("positions", issue.positions)
    return did_you_mean(position, issue.positions, listed) if suggests else listed
