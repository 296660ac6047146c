"""Selectors and addresses of quotes in standard formats."""

from claimcli.quotes.selectors import fragment_url, selectors

TEXT = "Biden said \u201cthere were, certainly - no\u201d declarations & more of it."


def test_selectors() -> None:
    """Selectors give the exact words with 32 characters of context, and positions from 0."""
    start = TEXT.index("there")
    found = selectors(TEXT, (start, start + 10))

    assert found == [
        {
            "type": "TextQuoteSelector",
            "exact": "there were",
            "prefix": "Biden said \u201c",
            "suffix": ", certainly - no\u201d declarations &",
        },
        {"type": "TextPositionSelector", "start": 12, "end": 22},
    ]


def test_address_with_a_directive() -> None:
    """Another fragment of the address is kept; an address of a PDF opens the page."""
    assert (
        fragment_url("https://x.example/a?b=c", "text=no") == "https://x.example/a?b=c#:~:text=no"
    )
    assert fragment_url("https://x.example/#top", "text=no") == "https://x.example/#top:~:text=no"
    assert fragment_url("https://x.example/#top:~:text=a", "text=no") == (
        "https://x.example/#top:~:text=no"
    )
    assert fragment_url("https://x.example/a.pdf", "page=3") == "https://x.example/a.pdf#page=3"
    assert fragment_url("https://x.example/a.pdf#page=1&zoom=9", "page=3") == (
        "https://x.example/a.pdf#page=3&zoom=9"
    )
    assert fragment_url("https://x.example/#top", "") == "https://x.example/#top"
