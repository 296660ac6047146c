"""A source says when it was published.

The order in which things were said is half of any dispute. Where the day is not known, a year, a
``202X`` or a ``2023-05?`` still says something.

Bad:

    sources:
      - id: press-conference
        title: Press conference

Good:

    sources:
      - id: press-conference
        title: Press conference
        published: 2023-05-02
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each source without a date, unless one is there and was reported as no date."""
    bad_dates = {problem.span for problem in dossier.problems if problem.rule == "bad-date"}
    for source in dossier.sources.values():
        if source.published is None and source.location.of("published") not in bad_dates:
            yield Problem(
                "undated-source",
                f"source '{source.id}' has no date of publication",
                source.location.of("title"),
                SEVERITY,
                "add 'published:', if need be as 2023 or 2023-05?",
            )
