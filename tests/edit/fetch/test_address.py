"""Addresses and redirects as browsers read them."""

import pytest

pytest.importorskip("idna", reason="an extra that is not installed")

from claimcli.edit.fetch.address import (
    ascii_address,
    ascii_host,
    is_web_address,
    redirect_target,
)


@pytest.mark.parametrize(
    ("host", "ascii"),
    [
        ("faß.example", "xn--fa-hia.example"),
        ("FAẞ.example", "xn--fa-hia.example"),
        ("fass.example", "fass.example"),
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("Bücher.Example", "xn--bcher-kva.example"),
        ("b\u0075\u0308cher.example", "xn--bcher-kva.example"),
        ("fa%C3%9F.example", "xn--fa-hia.example"),
        ("ﬁｌｅ。example", "file.example"),
        ("☃.example", "xn--n3h.example"),
        ("xn--fa-hia.example", "xn--fa-hia.example"),
        ("r3---sn-x.a_b.example.", "r3---sn-x.a_b.example."),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
    ],
)
def test_host_names_are_those_of_browsers(host: str, ascii: str) -> None:
    """UTS 46 without transitional processing: two names that browsers tell apart stay apart."""
    assert ascii_host(host) == ascii


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/я".encode(), "https://a.example/%D1%8F"),
        ("я?ш=щ#э".encode(), "https://a.example/b/%D1%8F?%D1%88=%D1%89"),
        ("caf\xe9".encode("latin-1"), "https://a.example/b/caf%E9"),
        (b"/a b\tc\r\n ", "https://a.example/a%20bc"),
        (b"/%D1%8F%20%zz+", "https://a.example/%D1%8F%20%zz+"),
        (b"?q=a b'c\"d<e>", "https://a.example/b/c?q=a%20b%27c%22d%3Ce%3E"),
        (b"/x|y[1]^`{}", "https://a.example/x%7Cy[1]%5E%60%7B%7D"),
        (b"?x|y[1]^`{}", "https://a.example/b/c?x|y[1]^`{}"),
        (b"//b.example:8080", "https://b.example:8080/"),
        ("//bücher.example/ü".encode(), "https://xn--bcher-kva.example/%C3%BC"),
        ("http://пример.example".encode(), "http://xn--e1afmkfd.example/"),
        (b"../d;e", "https://a.example/d;e"),
        (b"\\d\\e?\\", "https://a.example/d/e?\\"),
        (b"HTTP://B.example/", "http://b.example/"),
        (b"#top", "https://a.example/b/c"),
    ],
)
def test_a_redirect_leads_where_it_does_in_a_browser(location: bytes, target: str) -> None:
    """Raw bytes, spaces and brackets are percent-encoded once, relative to the page."""
    found = redirect_target("https://a.example/b/c", location)

    assert is_web_address(found)
    assert ascii_address(found) == target


@pytest.mark.parametrize("location", [b"http://[bad", b"mailto:a@b.example", b"http://a b/"])
def test_a_redirect_that_leads_to_no_web_address(location: bytes) -> None:
    target = redirect_target("https://a.example/", location)

    assert not is_web_address(target)
