"""An address should be one of the web.

Only plain http and https addresses become links; others are shown as text.

Bad:

    sources:
      - {id: letter, title: Letter, published: 2023, url: "javascript:alert(1)"}

Good:

    sources:
      - {id: letter, title: Letter, published: 2023, url: "https://example.org/letter"}
"""

from collections.abc import Iterator

from claimcli.escaping import web_link
from claimcli.model import Dossier
from claimcli.problems import Problem, Severity

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the addresses that do not become links."""
    for source in dossier.sources.values():
        for field in ("url", "archive_url"):
            address = getattr(source, field)
            if address and not web_link(address):
                yield Problem(
                    "bad-link",
                    f"the '{field}' of '{source.id}' is no http or https address",
                    source.where.of(field),
                    SEVERITY,
                    help="write it from 'https://' on, without spaces",
                )
