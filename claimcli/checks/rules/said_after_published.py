"""Nothing was said after the source it is cited from was published.

A document cannot report what was not yet said: one of the dates is mistyped, or the citation
belongs to another claim. Only dates that leave no doubt count.

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
from claimcli.core.records import Claim, Dossier, Source

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each claim, with each source, that was said later than the source appeared."""
    for claim in dossier.by_id.values():
        for cited in dict.fromkeys(citation.source for citation in claim.citations):
            source = dossier.sources.get(cited)
            if source is None or claim.said is None or source.published is None:
                continue
            if certainly_after(claim.said, source.published):
                yield _problem(claim, source)


def _problem(claim: Claim, source: Source) -> Problem:
    return Problem(
        "said-after-published",
        f"'{claim.id}' was said '{claim.said}', after its source '{source.id}' was published",
        claim.location.of("said"),
        SEVERITY,
        f"look at both dates; the source is of '{source.published}'",
        (source.location.of("published"),),
    )
