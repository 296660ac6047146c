"""A source's address is a plain one of the web.

Only ``http`` and ``https`` addresses without blanks or quotation marks become links, since any
other could do more than open a page; the reader of a briefing would find the source unlinked.

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
MOST_SHOWN = 60
"""Characters of an address that a message shows."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each address that will not become a link."""
    for source in dossier.sources.values():
        for field, url in (("url", source.url), ("archive_url", source.archive_url)):
            if url and not web_link(url):
                shown = url if len(url) <= MOST_SHOWN else f"{url[: MOST_SHOWN - 3]}..."
                yield Problem(
                    "bad-link",
                    f"'{shown}' is no web address",
                    source.location.of(field),
                    SEVERITY,
                    f"write '{field}:' as https://... without blanks or quotation marks",
                )
