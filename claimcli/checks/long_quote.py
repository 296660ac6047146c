"""A quote should have at most 60 words.

A longer one is hard to check and may be more than fair use allows; cite the passage that matters.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source:
          title: Letter
          published: 2023
          quote: >-
            safe safe safe safe safe safe safe safe safe safe
            safe safe safe safe safe safe safe safe safe safe
            safe safe safe safe safe safe safe safe safe safe
            safe safe safe safe safe safe safe safe safe safe
            safe safe safe safe safe safe safe safe safe safe
            safe safe safe safe safe safe safe safe safe safe
            indeed

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


MOST_WORDS = 60


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the quotes that are too long, words being what white space parts."""
    for claim in dossier.by_id.values():
        for citation in claim.citations:
            words = len(citation.quote.split()) if citation.quote else 0
            if words > MOST_WORDS:
                yield Problem(
                    "long-quote",
                    f"a quote of {words} words",
                    citation.where.of("quote"),
                    SEVERITY,
                    help=f"keep it within {MOST_WORDS}, or cite it in parts",
                )
