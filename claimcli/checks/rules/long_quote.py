"""A quote has no more than 60 words.

A quote shows that the words were said. A long one hides them, and copies more of the work than
necessary. Words are separated by white space, so a text in a script without spaces counts as few
words. The full text can be stored with the dossier, in the source's ``text``.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        source:
          title: Press conference
          published: 2023-05-02
          quote: >-
            Let me begin by thanking everybody who has come here today, the press as well as the
            residents of Mill Street, whose patience in these days has been a great example to all
            of us at the waterworks, and let me then say, before I come to the weather and to the
            work that lies ahead of us this summer, that the main was inspected in March and found
            sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        source:
          title: Press conference
          published: 2023-05-02
          quote: the main was inspected in March and found sound
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.WARNING
MAX_WORDS = 60


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each quote that is too long."""
    for claim in dossier.by_id.values():
        for citation in claim.citations:
            quote = citation.quote or ""
            # so many words have at least as many letters and spaces
            words = len(quote.split()) if len(quote) > 2 * MAX_WORDS else 0
            if words > MAX_WORDS:
                yield Problem(
                    "long-quote",
                    f"the quote of '{citation.source}' has {words:,} words",
                    citation.location.of("quote"),
                    SEVERITY,
                    f"keep the part that the claim rests on, at most {MAX_WORDS} words",
                )
