"""The fields and the text of a source, from its page on the web."""

from datetime import date

from msgspec import to_builtins

from claimcli.edit.described_page import DescribedPage, undescribed
from claimcli.edit.fetch.download import DownloadedPage, DownloadError
from claimcli.edit.fetch.store import Download, page_kind, page_text
from claimcli.quotes.texts.decode import UnknownCharsetError, decode
from claimcli.quotes.texts.extract import ExtractionError, extract_metadata


def describe_page(url: str, download: Download, today: date) -> DescribedPage:
    """Download a page and return the source that it is.

    The title of a page that cannot be downloaded, or does not say it, is its address; a note says
    why there is no text.
    """
    try:
        page = download(url)
    except DownloadError as error:
        return undescribed(url, f"{url} {error.reason}; {error.hint}")
    fields = {"title": url, **_said_by(page), "url": url, "accessed": today.isoformat()}
    try:
        text = page_text(page)
    except (DownloadError, ExtractionError, UnknownCharsetError) as error:
        return DescribedPage(fields, None, (f"no text: {url} {error.reason}; {error.hint}",))
    return DescribedPage(fields, text, (text.note,) if text.note else ())


def _said_by(page: DownloadedPage) -> dict[str, str]:
    """Return the fields that a web page states about itself, none for other kinds of pages."""
    try:
        if page_kind(page) != "html":
            return {}
        text = decode(page.data, label=page.charset, markup="html").text
        found = to_builtins(extract_metadata(text.encode()))
    except (DownloadError, ExtractionError, UnknownCharsetError):
        return {}
    return {name: value for name, value in found.items() if value}
