"""The address of a source is an ordinary web address.

Only ``http`` and ``https`` addresses without spaces or quotation marks become links, since other
kinds can do more than open a page. A briefing shows any other address as plain text.

Bad:

    sources:
      - id: press-conference
        title: Press conference
        published: 2023-05-02
        url: www.waterworks.example/press

Good:

    sources:
      - id: press-conference
        title: Press conference
        published: 2023-05-02
        url: https://www.waterworks.example/press
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.core.text.escaping import web_link

SEVERITY = Severity.WARNING
MAX_SHOWN = 60
"""Longest part of an address in a message, in characters."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each address that is not a web address."""
    for source in dossier.sources.values():
        for field, url in (("url", source.url), ("archive_url", source.archive_url)):
            if url and not web_link(url):
                shown = url if len(url) <= MAX_SHOWN else f"{url[: MAX_SHOWN - 3]}..."
                yield Problem(
                    "bad-link",
                    f"'{shown}' is not a web address",
                    source.location.of(field),
                    SEVERITY,
                    f"write '{field}:' as https://... without spaces or quotation marks",
                )
