"""A source should have the date on which it was published.

Without it nobody can tell what was known when.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter}

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the sources without a date of publication."""
    for source in dossier.sources.values():
        if source.published is None:
            yield Problem(
                "undated-source",
                f"source '{source.id}' has no 'published'",
                source.where.of("id"),
                SEVERITY,
                help="add 'published:'; a year is enough",
            )
