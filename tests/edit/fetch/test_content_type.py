"""The type and charset of a page by its headers."""

import pytest

from claimcli.edit.fetch.content_type import content_type


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (["text/html"], ("text/html", "")),
        (["Text/HTML; Charset=UTF-8"], ("text/html", "UTF-8")),
        (['text/html;charset="koi8-r"'], ("text/html", "koi8-r")),
        (['text/html; charset="utf-8;"'], ("text/html", "utf-8")),
        (["text/html; charset=utf8;"], ("text/html", "utf8")),
        (["text/html; charset='big5'"], ("text/html", "big5")),
        (["text/html; charset=a; charset=b"], ("text/html", "a")),
        (['text/html; x="; charset=a"; charset=b'], ("text/html", "b")),
        (['text/html; x="a,b"; charset=c'], ("text/html", "c")),
        (["text/html;a;;charset = gbk ; b"], ("text/html", "gbk")),
        (["text/html; charset="], ("text/html", "")),
        (["text/html; charset=a", "text/html"], ("text/html", "a")),
        (["text/html; charset=a, text/plain"], ("text/plain", "")),
        (["text/html; charset=a", "nothing", "*/*"], ("text/html", "a")),
        (["html; charset=a"], ("", "")),
        ([""], ("", "")),
        ([], ("", "")),
    ],
)
def test_the_type_and_charset(headers: list[str], found: tuple[str, str]) -> None:
    """Quotation marks, capitals, several values, and what servers write instead of them."""
    assert content_type(headers) == found
