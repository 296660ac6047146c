"""Selectors and addresses of quotes in standard formats."""

from urllib.parse import unquote

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


def test_address_of_a_quote() -> None:
    """Characters with a meaning in the text directive are encoded."""
    start = TEXT.index("there")
    url = fragment_url("https://x.example/a?b=c#top", TEXT, (start, len(TEXT)))

    assert url.startswith(
        "https://x.example/a?b=c#top:~:text=there%20were%2C%20certainly%20%2D%20no"
    )
    assert "&" not in url.partition(":~:text=")[2]
    assert unquote(url.partition(":~:text=")[2]) == TEXT[start:]


def test_address_of_a_long_quote() -> None:
    """The address of a long quote gives its first and last words."""
    text = " ".join(f"word{n}" for n in range(200))
    url = fragment_url("https://x.example/", text, (0, len(text)))

    assert url == (
        "https://x.example/#:~:text=word0%20word1%20word2%20word3%20word4,"
        "word195%20word196%20word197%20word198%20word199"
    )
