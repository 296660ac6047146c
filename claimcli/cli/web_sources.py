"""Pages on the web that become sources when they are cited or added."""

import re
from collections.abc import Mapping
from typing import Any

from claimcli.cli.output import say
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import web_link
from claimcli.dossier.index.lookup import source_at
from claimcli.edit.cited_pages import cited_addresses
from claimcli.edit.new_records import NewRecord

WANTED = {"outlet": "outlet", "author": "author", "published": "date of publication"}
"""The fields whose absence from a page is reported, with their names in the message."""


def cited_pages(
    session: Session, claim: Mapping[str, Any], read: Mapping[str, NewRecord]
) -> dict[str, NewRecord]:
    """Return the sources of pages that a claim cites by address and that are not on file.

    Each page is downloaded unless it is among those that are ``read``; the options of the session
    have ``allow_private``.
    """
    new = (url for url in dict.fromkeys(cited_addresses(claim)) if not _known(session, url))
    return {url: read[url] if url in read else read_page(session, url) for url in new}


def new_page(session: Session, url: str) -> NewRecord:
    """Return the source that a page is. Raises ClaimcliError for another address or a known one."""
    if not web_link(url):
        raise ClaimcliError(f"'{url}' is not a web address", "write it as https://...")
    if known := _known(session, url):
        hint = f"'claimcli set source:{known} ...' changes it"
        raise ClaimcliError(f"source '{known}' has this address", hint)
    return read_page(session, url)


def _known(session: Session, url: str) -> str | None:
    """Return the id of the source that has an address, if there is one."""
    known: str | None = session.index(lambda db: source_at(db, url))
    return known


def read_page(session: Session, url: str) -> NewRecord:
    """Download a page and return the source that it is; messages say what is missing."""
    say(f"fetching {re.sub(r'//[^/@]*@', '//', url)}")
    page = _described(url, private=bool(session.options.get("allow_private")))
    for note in page.notes:
        say(f"note: {note}")
    absent = [name for field, name in WANTED.items() if field not in page.fields]
    if page.text and absent:
        say(f"note: the page does not state its {', '.join(absent)}")
    return NewRecord("source", page.fields, page.text)


def _described(url: str, *, private: bool) -> Any:
    import time
    from datetime import UTC, datetime
    from functools import partial

    from claimcli.dossier.runtime import install_hint, missing_modules

    if missing := missing_modules("fetch"):
        from claimcli.edit.described_page import undescribed

        return undescribed(url, f"this needs the library '{missing[0]}'; {install_hint('fetch')}")
    from claimcli.edit.fetch.describe import describe_page
    from claimcli.edit.fetch.download import download

    load = partial(download, private=private, clock=time.monotonic)
    return describe_page(url, load, datetime.now(UTC).date())
