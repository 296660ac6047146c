"""A claim should not be younger than a source that it is cited from.

No source can hold what was said after it came out.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        said: 2023-05-03
        source: {title: Letter, published: 2023-05-02}

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        said: 2023-05-02
        source: {title: Letter, published: 2023-05-02}
"""

from collections.abc import Iterator

from claimcli.dates import certainly_after
from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the claims said after one of their sources was published."""
    for claim in dossier.by_id.values():
        for citation in claim.citations:
            source = dossier.sources.get(citation.source)
            if source is None or not (claim.said and source.published):
                continue
            if certainly_after(claim.said, source.published):
                yield Problem(
                    "said-after-published",
                    f"said {claim.said}, after '{source.id}' was published ({source.published})",
                    claim.where.of("said"),
                    SEVERITY,
                    help="look at both dates",
                    related=(source.where.of("published"),),
                )
