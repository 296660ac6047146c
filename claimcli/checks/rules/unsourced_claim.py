"""A claim cites a source.

Without a source nobody can check that the party says this, and the reader of a briefing has to
trust the author of the file.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        source: {title: Press conference, published: 2023-05-02, quote: found sound}
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each claim without a citation."""
    for claim in dossier.by_id.values():
        if not claim.citations:
            yield Problem(
                "unsourced-claim",
                f"'{claim.id}' cites no source",
                claim.location.of("statement"),
                SEVERITY,
                "add 'source:' with an id, or with a title and a date",
            )
