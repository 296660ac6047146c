"""Texts and dates as web pages write them."""

import pytest

from claimcli.exchange.web_values import plain_text, web_date


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a < b && c > d", "a < b && c > d"),
        ("AT&T &amp; co", "AT&T & co"),
        ("<p>one</p>\n<p>two<br/>three</p>", "one\ntwo\nthree"),
        ("a <script>x('</p>')</script><style>p {}</style>b<!-- c -->", "a b"),
        ("a <script>never closed", "a never closed"),
        ("He said <inaudible>, <b>not</b> that.", "He said <inaudible>, not that."),
        ("<p>write to <jo@example.org>; AT&notes</p>", "write to <jo@example.org>; AT&notes"),
        ("if a<b and c>d, <br />then <a href='x'>y</a>", "if a<b and c>d,\nthen y"),
        ("&lt;b&gt; stays", "<b> stays"),
        ("İ<b>x</b>", "İx"),
    ],
)
def test_html_is_removed(written: str, text: str) -> None:
    """Tags, entities, scripts and comments; a text without any stays as it is."""
    assert plain_text(written) == text


@pytest.mark.parametrize("part", ["<!--", "<script>", "<p", "</p ", "&#", "<a href='"])
def test_hostile_html_takes_no_longer_than_its_length(part: str) -> None:
    """Unclosed tags end at once: this test would run for an hour otherwise."""
    assert plain_text(part * 300_000 + "<b>") is not None


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2021-12-30", "2021-12-30"),
        ("2021-12?", "2021-12?"),
        ("2021-12-30 15:35", "2021-12-30T15:35"),
        ("2021-12-30T15:35:10,5UTC", "2021-12-30T15:35:10Z"),
        ("Thursday, December 30, 2021", "2021-12-30"),
        ("12/30/2021", "2021-12-30"),
        ("30.12.2021", "2021-12-30"),
        ("06/06/2021", "2021-06-06"),
        ("06/05/2021", ""),
        ("31/31/2021", ""),
        ("1640878500", "2021-12-30T15:35:00Z"),
        ("16408785", ""),
        ("Thu, 99 Dec 2021", ""),
        ("Thu, 30 Dec 2021 15:35 -0500", "2021-12-30T15:35:00-05:00"),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates_are_read_if_only_one_day_is_possible(written: str, date: str) -> None:
    """Everything else is no date."""
    assert web_date(written) == date
