"""The location of a quote in standard formats.

Selectors follow the W3C's Web Annotation Data Model, sections 4.2.4 (Text Quote) and 4.2.5 (Text
Position). :mod:`claimcli.quotes.text_fragments` has the directives in addresses.
"""

from typing import Any

from claimcli.quotes.searchable import TextSpan

CONTEXT = 32
"""Length of a prefix and of a suffix, in characters."""


def selectors(text: str, span: TextSpan, *, offset: int = 0) -> list[dict[str, Any]]:
    """Return both selectors of a span; ``offset`` is where ``text`` begins in the whole text."""
    start, end = span
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
        },
        {"type": "TextPositionSelector", "start": start + offset, "end": end + offset},
    ]


def fragment_url(url: str, directive: str) -> str:
    """Return an address with a directive ("text=...") for the browser, or with a page of a PDF.

    Another fragment of the address is kept, except for the page.
    """
    address, _, fragment = url.partition("#")
    fragment = fragment.partition(":~:")[0]
    if directive.startswith("page="):
        others = [part for part in fragment.split("&") if part and not part.startswith("page=")]
        return f"{address}#{'&'.join([directive, *others])}"
    return f"{address}#{fragment}:~:{directive}" if directive else url
