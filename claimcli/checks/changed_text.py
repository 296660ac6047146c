"""A text on file must be the one that was archived.

Its SHA-256 differs from the one on file, so quotes may no longer stand where they stood. An example
needs a file beside the data and cannot be shown here.
"""

from collections.abc import Iterator

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity
from claimcli.textfiles import fault, sha256, text_path

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the sources whose text has another hash than the one on file."""
    for source in dossier.sources.values():
        path = text_path(source)
        if not (source.text and source.sha256 and path) or fault(path):
            continue
        found = sha256(path)
        if found != source.sha256.lower():
            yield Problem(
                "changed-text",
                f"'{source.text}' has another sha256 than the one on file",
                source.where.of("sha256"),
                SEVERITY,
                help=f"bring the archived text back, or write {found}",
            )
