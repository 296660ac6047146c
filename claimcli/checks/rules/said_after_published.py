"""A claim was not said after its source was published.

A document cannot report what has not been said yet: one of the dates is mistyped, or the citation
belongs to another claim. Only dates that are certainly in the wrong order count.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        said: 2023-05-12
        source: {title: Press conference, published: 2023-05-02}

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        said: 2023-05-02
        source: {title: Press conference, published: 2023-05-02}
"""

from collections.abc import Iterator

from claimcli.core.dates import certainly_after
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each source that was published before a claim it is cited for."""
    for claim in dossier.by_id.values():
        for cited in claim.source_ids if claim.said else ():
            source = dossier.sources.get(cited)
            if source is None or claim.said is None or source.published is None:
                continue
            if certainly_after(claim.said, source.published):
                yield Problem(
                    "said-after-published",
                    f"'{claim.id}' was said '{claim.said}', after its source '{cited}' "
                    "was published",
                    claim.location.of("said"),
                    SEVERITY,
                    f"check both dates; the source was published '{source.published}'",
                    (source.location.of("published"),),
                )
