"""Copies of pages in the Internet Archive's Wayback Machine: find them and record their addresses.

The archive's interface is described at https://archive.org/help/wayback_api.php.
"""

import re
import sqlite3
from collections.abc import Iterable
from functools import partial
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Struct

from claimcli.core.records import Source
from claimcli.core.text.escaping import web_link
from claimcli.core.text.word_diff import plural
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.lookup import file_of, require_record
from claimcli.edit.assignments import Assignment
from claimcli.edit.fetch.address import ascii_host, is_web_address
from claimcli.edit.fetch.download import DownloadError
from claimcli.edit.fetch.network import is_public
from claimcli.edit.fetch.select import FetchResult, archive_time
from claimcli.edit.fetch.store import Download
from claimcli.edit.set_fields import set_fields
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import FileEdit, Plan

SERVICE = "https://archive.org/wayback/available"
"""The address that says where the archive has a copy of a page."""
MAX_ADDRESS = 4_000
"""Characters of the address of a copy."""
_COPY = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/\S+")
"""The path of a copy: its time, perhaps a modifier such as ``id_``, and the address of the page."""
_PRIVATE_NAMES = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".onion")


class ArchivedCopy(Struct, frozen=True):
    """A copy of a page, as the archive describes it."""

    available: bool = False
    url: str = ""
    status: str = ""


class ArchivedCopies(Struct, frozen=True):
    """The copy nearest to the requested time."""

    closest: ArchivedCopy = ArchivedCopy()


class Availability(Struct, frozen=True):
    """The answer of the archive."""

    archived_snapshots: ArchivedCopies = ArchivedCopies()


def find_copy(source: Source, download: Download) -> FetchResult:
    """Ask the archive for a copy of a source's page; the text of the result is its address.

    The outcome is "recorded", "none", "kept" if one is recorded already, or "failed". Nothing is
    sent about a page with a private address.
    """
    if source.archive_url:
        return FetchResult(source.id, "kept", source.archive_url, "it is recorded")
    address = public_address(source.url or "")
    if not address:
        reason = (
            f"'{source.url}' is not a public web address" if source.url else "it has no address"
        )
        return FetchResult(source.id, "failed", None, reason)
    when = archive_time(source)
    question = f"{SERVICE}?url={quote(address, safe='')}{f'&timestamp={when}' if when else ''}"
    try:
        answer = msgspec.json.decode(download(question).data, type=Availability)
    except DownloadError as error:
        return FetchResult(source.id, "failed", None, f"the archive {error.reason}; {error.hint}")
    except (msgspec.MsgspecError, UnicodeDecodeError):
        note = "the archive gives an answer that cannot be read; try again later"
        return FetchResult(source.id, "failed", None, note)
    return _result(source, answer.archived_snapshots.closest)


def _result(source: Source, found: ArchivedCopy) -> FetchResult:
    if not found.available or found.status != "200":
        return FetchResult(source.id, "none", None, "the archive has no copy")
    if copy := copy_address(found.url):
        return FetchResult(source.id, "recorded", copy)
    note = "the archive names a copy that is not in the archive"
    return FetchResult(source.id, "failed", None, note)


def public_address(url: str) -> str:
    """Return an address without user name, password and fragment, or "" if it may be private."""
    if not web_link(url) or not is_web_address(url):
        return ""
    parts = urlsplit(url)
    host = ascii_host(parts.hostname or "").rstrip(".")
    if ("." not in host and ":" not in host) or host.endswith(_PRIVATE_NAMES):
        return ""
    try:
        if not is_public(host):
            return ""
    except ValueError:  # a name, not a number
        pass
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()


def copy_address(url: str) -> str:
    """Return the address of a copy with https, or "" if it is not one in the archive."""
    link = web_link(url) if len(url) <= MAX_ADDRESS else ""
    parts = urlsplit(link)
    if parts.hostname != "web.archive.org" or not _COPY.match(parts.path):
        return ""
    return parts._replace(scheme="https", netloc="web.archive.org").geturl()


def record_copies(target: EditTarget, found: Iterable[FetchResult]) -> None:
    """Record the found copies as ``archive_url`` of their sources, in one change.

    Raises ClaimcliError if a file cannot be changed.
    """
    copies = {one.source: one.text for one in found if one.outcome == "recorded"}

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:  # noqa: ARG001 - as all plans
        edits = tuple(_edit(db, name, url or "") for name, url in copies.items())
        return Plan(edits, title=plural(len(edits), "archive link"))

    if copies:
        target.apply(plan)


def _edit(db: sqlite3.Connection, name: str, url: str) -> FileEdit:
    require_record(db, "source", name)
    wanted = [Assignment(("archive_url",), "=", url)]
    edit = partial(set_fields, kind="source", name=name, wanted=wanted)
    return FileEdit(file_of(db, "source", name), edit)
