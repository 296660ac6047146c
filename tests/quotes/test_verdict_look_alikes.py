"""Quotes that look similar to a text but differ in meaning, and quotes that are faithful."""

import pytest

from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.verdict import check_quote

OTHER_WORDS = [
    ("It said \u201c5 degrees\u201d today", "It said \u201c-5 degrees\u201d today"),
    ("a balance of \u20ac5 million", "a balance of \u20ac-5 million"),
    ("a balance of $5 million", "a balance of -$5 million"),
    ("x=5 to y", "x=-5 to y"),
    ("between -5/7 degrees", "between -5/-7 degrees"),
    ("24 7 service", "24/7 service"),
    ("1 2 cup", "1/2 cup"),
    ("10 6 units", "10^6 units"),
    ("between 5 10 cases", "between 5-10 cases"),
    ("Article 5 2 holds", "Article 5(2) holds"),
    ("die Ma\xdfe war gro\xdf", "die Masse war gro\xdf"),
    ("in Massen trinken", "in Ma\xdfen trinken"),
    ("A \u2610 yes \u2611 no", "A \u2611 yes \u2610 no"),
    ("I win \U0001f44e now", "I win \U0001f44d now"),
    ("A \u2717 B", "A \u2713 B"),
    ("can[not] go there", "can go there"),
    ("is [im]possible now", "is possible now"),
    ("5[,000] men", "5 men"),
    ("is [-]5 degrees", "is 5 degrees"),
    ("is -[5] degrees", "is 7 degrees"),
    ("pay 5 m", "pay .5 m"),
    ("pay .5 m", "pay 5 m"),
    ("5 5", "5\xb75"),
    ("is 5 degrees", "is \u20135 degrees"),
    ("is \u20135 degrees", "is 5 degrees"),
    ("is:5", "is:-5"),
    ("is 5 - -3", "is 5 - 3"),
    ("10 5", "10*5"),
    ("pays 3 for $5", "pays $3 for 5"),
    ("cost \u20ac100 each", "cost 100 each"),
    ("cost \u20ac100 each", "cost $100 each"),
    ("\xa7 5", "\xb6 5"),
    ("hello there", "he\x01llo"),
    ("the coop AB", "co-\nop A\x01B"),
    ("?!", ""),
    ("?!", "* * *"),
    ("It was [un]safe", "It was safe"),
]
"""Quotes and texts that differ in a sign, number, symbol, letter or bracket."""
FAIR = [
    ("Sie sagte \u201eNein\u201c dazu", "Sie sagte \xbbNein\xab dazu."),
    ("\u201ekeine Kenntnis\u201c", "er habe \xbbkeine Kenntnis\xab davon gehabt"),
    ("keine Kenntnis davon", "er habe \xbbkeine\xab Kenntnis davon gehabt"),
    ("\xab le pouvoir \xbb", "il a dit \xable pouvoir\xbb hier"),
    ("A \u22ef C", "A B C"),
    ("A <...> C", "A B C"),
    ("A \u2039\u2026> C", "A B C"),
    ("\u5927\u81e3\u306f\u4e09\u6708\u306b", "\u5927\u81e3\u306f\u3001\u4e09\u6708\u306b\u2026"),
    ("\u304c", "\u304b\u3099"),
    ("9\u201310 January", "9-10 January"),
    ("Geneva--on", "Geneva \u2014 on"),
    ("Geneva \u2014 on", "Geneva\u2014on"),
    ("-3 %", "-3 %"),
    ("\u20135 degrees", "is \u22125 degrees"),
    ("won't go", "won\u02bct go"),
    ("anti-war", "anti-\nwar"),
    ("antiwar", "anti-\nwar"),
    ("10-20 men", "10-\n20 men"),
    ("We go", "[They] We go"),
    ("[President] Biden said", "Biden said"),
    ("\u0645\u064e\u0651", "\u0645\u064e\u0651"),
    ("\ufdf2", "\ufdf2"),
]
"""Quotes and texts that differ in typesetting, punctuation, or by marked editing."""


@pytest.mark.parametrize(("quote", "text"), OTHER_WORDS)
def test_different_signs_are_rejected(quote: str, text: str) -> None:
    """A quote with a different sign, number, symbol or letter is rejected."""
    assert not check_quote(CitedQuote(quote), SearchableText(text)).verdict.is_found


@pytest.mark.parametrize(("quote", "text"), FAIR)
def test_faithful_quotes_are_accepted(quote: str, text: str) -> None:
    """Differences of typesetting and marked editing are accepted."""
    assert check_quote(CitedQuote(quote), SearchableText(text)).verdict.is_found


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("I [never] agreed", "I agreed."),
        ("It was [not] inspected", "It was inspected."),
        ("The presidents [refused] to continue", "The presidents agreed to continue."),
        ("We will \u2026 deploy it", "We will nev-\ner deploy it."),
        ("We will \u2026 deploy it", "We will n\u200bot deploy it."),
    ],
)
def test_editing_that_changes_the_meaning(quote: str, text: str) -> None:
    """A negation inserted in brackets, or omitted however it is printed, is a warning."""
    assert "polarity" in [
        one.kind.value for one in check_quote(CitedQuote(quote), SearchableText(text)).warnings
    ]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("5 degrees", "It is -5 degrees."),
        ("violent march", "a non-violent march"),
        ("happy", "They are un-\nhappy."),
        ("happy", "They are un\u00adhappy."),
        ("500 people", "a crowd of 12 500 people"),
        ("200 people", "a crowd of 1\u2019200 people"),
        ("It is safe", "It is safe\u00adguarded."),
    ],
)
def test_inconspicuous_cuts(quote: str, text: str) -> None:
    """A cut at a minus sign, prefix, part of a number, line end or soft hyphen is a warning."""
    assert "truncated" in [
        one.kind.value for one in check_quote(CitedQuote(quote), SearchableText(text)).warnings
    ]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("eau \u00e9tait-elle potable", "L\u2019eau \u00e9tait-elle potable ?"),
        ("He will visit", "He will visit in May 2023."),
        ("signed it", "Mary Must signed it."),
    ],
)
def test_harmless_context(quote: str, text: str) -> None:
    """An elided article, the month May, or the name Must next to a quote is no warning."""
    assert check_quote(CitedQuote(quote), SearchableText(text)).warnings == ()
