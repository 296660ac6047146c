"""Only plain addresses of the web become links."""

import pytest

from claimcli.escaping import web_link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\u2066x",
        "https://example.org/a b",
        'https://example.org/" onclick="x',
        "https://example.org/\x1b[31m",
        "",
        None,
    ],
)
def test_no_link_comes_of_it(url: str | None) -> None:
    """Other schemes, spaces, quotation marks, controls and direction marks make no link."""
    assert web_link(url) == ""


def test_an_address_keeps_its_words() -> None:
    """A plain address stays, with what would end a markdown link or a table cell encoded."""
    assert web_link("https://example.org/a_(b)|c?d=é") == "https://example.org/a_%28b%29%7Cc?d=é"
