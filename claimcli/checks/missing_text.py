"""A text on file must be there.

Quotes are checked against it. Its path is relative to the file that names it.

Bad:

    sources:
      - {id: letter, title: Letter, published: 2023, text: no-such-letter.txt}

Good:

    sources:
      - {id: letter, title: Letter, published: 2023}
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity
from claimcli.textfiles import fault, text_path

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the sources whose text cannot be read."""
    for source in dossier.sources.values():
        if not source.text:
            continue
        reason = fault(text_path(source))
        if reason:
            yield Problem(
                "missing-text",
                f"no text '{source.text}': {reason}",
                source.where.of("text"),
                SEVERITY,
                help="put the file there, or mend the path",
            )
