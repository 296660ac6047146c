"""A source has a date of publication.

The order of statements matters in any dispute. If the day is unknown, a year, ``202X`` or
``2023-05?`` is still useful.

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
    """Yield a problem for each source without a date, unless its date is reported as invalid."""
    bad_dates = {problem.span for problem in dossier.problems if problem.rule == "bad-date"}
    for source in dossier.sources.values():
        if source.published is None and source.location.of("published") not in bad_dates:
            yield Problem(
                "undated-source",
                f"source '{source.id}' has no date of publication",
                source.location.of("title"),
                SEVERITY,
                "add 'published:', an uncertain date as 2023 or 2023-05?",
            )
