"""The location of a quote in standard formats.

Selectors follow the W3C's Web Annotation Data Model, sections 4.2.4 (Text Quote) and 4.2.5 (Text
Position); addresses follow the WICG's URL Fragment Text Directives.
"""

import re
from typing import Any
from urllib.parse import quote as percent_encoded

from claimcli.quotes.searchable import TextSpan

CONTEXT = 32
"""Length of a prefix and of a suffix, in characters."""
MAX_WHOLE = 300
"""Longest quote that an address gives in full, in characters; of others it gives both ends."""
CONTEXT_WORDS = 3
"""Words before and after a repeated quote that an address gives."""
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])")
END_WORDS = 5
"""Words of each end of a long quote that an address gives."""


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


def fragment_url(url: str, text: str, span: TextSpan, *, repeated: bool = False) -> str:
    """Return an address at which a browser scrolls to a part of the page's text.

    ``repeated`` says that the words occur elsewhere too; the address then includes their context.
    """
    start, end = span
    words = _LINE_END.sub("", text[start:end]).split()
    whole = " ".join(words)
    if len(whole) <= MAX_WHOLE:
        directive = _encoded(whole)
    else:
        first, last = " ".join(words[:END_WORDS]), " ".join(words[-END_WORDS:])
        directive = f"{_encoded(first)},{_encoded(last)}"
    if repeated:
        before, after = text[:start].split()[-CONTEXT_WORDS:], text[end:].split()[:CONTEXT_WORDS]
        prefix = f"{_encoded(' '.join(before))}-," if before else ""
        suffix = f",-{_encoded(' '.join(after))}" if after else ""
        directive = f"{prefix}{directive}{suffix}"
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _encoded(words: str) -> str:
    """Return percent-encoded words; hyphens too, since they have a meaning in the directive."""
    return percent_encoded(words, safe="").replace("-", "%2D")
