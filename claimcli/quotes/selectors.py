"""Where a quote stands, as other tools understand it.

The selectors are those of the W3C's Web Annotation Data Model, sections 4.2.4 (Text Quote) and
4.2.5 (Text Position); the address is that of the WICG's URL Fragment Text Directives.
"""

import re
from typing import Any
from urllib.parse import quote as percent_encoded

from claimcli.quotes.searchable import TextSpan

CONTEXT = 32
"""Characters of a prefix and a suffix."""
MOST_WHOLE = 300
"""Characters beyond which an address gives the first and the last words only."""
BESIDE = 3
"""Words before and after that an address gives of what stands several times."""
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])")
ENDS = 5
"""Words of each end that it then gives."""


def selectors(text: str, stretch: TextSpan, *, offset: int = 0) -> list[dict[str, Any]]:
    """Return a TextQuoteSelector and a TextPositionSelector of a part of a text.

    ``offset`` is where the text begins in the whole one, of which it is a part.
    """
    start, end = stretch
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
        },
        {"type": "TextPositionSelector", "start": start + offset, "end": end + offset},
    ]


def fragment_url(url: str, text: str, stretch: TextSpan, *, beside: bool = False) -> str:
    """Return the address of a page that makes a browser show a part of its text.

    With ``beside`` the words before and after it are given too, for what stands several times.
    """
    start, end = stretch
    words = _LINE_END.sub("", text[start:end]).split()
    whole = " ".join(words)
    if len(whole) <= MOST_WHOLE:
        directive = _encoded(whole)
    else:
        first, last = " ".join(words[:ENDS]), " ".join(words[-ENDS:])
        directive = f"{_encoded(first)},{_encoded(last)}"
    if beside:
        before, after = text[:start].split()[-BESIDE:], text[end:].split()[:BESIDE]
        prefix = f"{_encoded(' '.join(before))}-," if before else ""
        suffix = f",-{_encoded(' '.join(after))}" if after else ""
        directive = f"{prefix}{directive}{suffix}"
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _encoded(words: str) -> str:
    """Return words percent-encoded, the characters that the directive itself uses too."""
    return percent_encoded(words, safe="").replace("-", "%2D")
