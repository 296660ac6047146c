"""A page on the web as a source: what is known of it, also without a download."""

from collections.abc import Mapping

from msgspec import Struct

from claimcli.edit.text_files import NewText


class DescribedPage(Struct, frozen=True):
    """The fields of the source that a page is, its text if that can be stored, and notes."""

    fields: Mapping[str, str]
    text: NewText | None = None
    notes: tuple[str, ...] = ()


def undescribed(url: str, reason: str) -> DescribedPage:
    """Return the source at an address that was not read, with the reason."""
    return DescribedPage({"title": url, "url": url}, None, (f"not read: {reason}",))
