"""Numbers and words that a quote divides."""

import pytest

from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.verdict import CitedQuote, Verdict, check_quote


def truncations(quote: str, text: str) -> list[str]:
    result = check_quote(CitedQuote(quote), SearchableText(text))
    assert result.verdict.is_found, result
    return [one.message for one in result.warnings if one.kind.value == "truncated"]


@pytest.mark.parametrize(
    ("quote", "text", "message"),
    [
        ("7 per litre", "We measured .7 per litre.", 'begins inside the number ".7"'),
        ("about 3", "It takes about 3\u20138 weeks.", 'ends inside the number "3\u20138"'),
        ("8 weeks", "It takes about 3-8 weeks.", 'begins inside the number "3-8"'),
        ("8 weeks", "It takes 3-\n8 weeks.", 'begins inside the number "3- 8"'),
        ("We lost 1", "We lost 1/3 of it.", 'ends inside the number "1/3"'),
        ("3 of it", "We lost 1/3 of it.", 'begins inside the number "1/3"'),
        ("rose by 9", "Prices rose by 9%, they say.", 'ends inside the number "9%"'),
        ("stieg um 9", "Der Preis stieg um 9 % an.", 'ends inside the number "9 %"'),
        ("rose by 9", "It rose by 9 per cent.", 'ends inside the number "9 per cent"'),
        ("at 11", "They met at 11:45 again.", 'ends inside the number "11:45"'),
        ("45 again", "They met at 11:45 again.", 'begins inside the number "11:45"'),
        ("60 a head", "It costs \u20ac60 a head.", 'begins inside the number "\u20ac60"'),
        ("costs 60", "It costs 60\u20ac a head.", 'ends inside the number "60\u20ac"'),
        ("We owe 4", "We owe 4 million now.", 'ends inside the number "4 million"'),
        ("million now", "We owe 4 million now.", 'begins inside the number "4 million"'),
        ("kostet 4", "Das kostet 4 Mrd. Euro.", 'ends inside the number "4 Mrd"'),
        ("environ 4", "Il y en a environ 4 mille.", 'ends inside the number "4 mille"'),
        ("cuesta 4", "Nos cuesta 4 millones.", 'ends inside the number "4 millones"'),
        ("стоит 4", "Это стоит 4 тыс. рублей.", 'ends inside the number "4 тыс"'),
        ("花了4", "花了4万元", 'ends inside the number "4万"'),
        ("about 10", "There are about 10\u2076 cells.", 'ends inside the number "10\u2076"'),
        ("about 3", "About 3 \u00d7 10\u2076 cells.", 'ends inside the number "3 \u00d7 10\u2076"'),
        ("6 degrees", "It was \u22126 degrees.", 'begins inside the number "\u22126"'),
        ("6 degrees", "It was \u00b1 6 degrees.", 'begins inside the number "\u00b1 6"'),
        ("6 degrees", "It was \u22656 degrees.", 'begins inside the number "\u22656"'),
        ("aged 18", "All those aged 18+ may go.", 'ends inside the number "18+"'),
        ("We sold 2", "We sold 2,500 of them.", 'ends inside the number "2,500"'),
        ("We sold 2", "We sold 2\u2009500 of them.", 'ends inside the number "2 500"'),
        ("500 of them", "We sold 2'500 of them.", "begins inside the number \"2'500\""),
        ("بعنا ٢", "بعنا ٢٬٥٠٠ منها", 'ends inside the number "٢٬٥٠٠"'),
        ("बेचे २", "हमने बेचे २,५०० में", 'ends inside the number "२,५००"'),
        ("version 4", "It is version 4.6.1 now.", 'ends inside the number "4.6.1"'),
        ("6.1 now", "It is version 4.6.1 now.", 'begins inside the number "4.6.1"'),
        ("in 2019", "It was in 2019/20 again.", 'ends inside the number "2019/20"'),
        ("dated 2020", "It is dated 2020-11-05.", 'ends inside the number "2020-11-05"'),
        ("won 3", "They won 3:1 at home.", 'ends inside the number "3:1"'),
        ("the 5", "On the 5th of May.", 'ends inside the word "5th"'),
        ("fell 5", "The load fell 5x in May.", 'ends inside the word "5x"'),
        ("elected in May", "He was re-elected in May.", 'begins inside the word "re-elected"'),
        ("proliferation", "On (non-proliferation).", 'begins inside the word "non-proliferation"'),
        ("year plan", "A 20-year plan.", 'begins inside the word "20-year"'),
        ("has a 20", "It has a 20-year plan.", 'ends inside the word "20-year"'),
    ],
)  # fmt: skip
def test_divided_number(quote: str, text: str, message: str) -> None:
    """A quote that has only a part of a number or of a word in hyphens is a warning."""
    assert truncations(quote, text) == [f"it {message}"]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("We counted 5", "We counted 5. Then we left."),
        ("5 men", "(5 men) came."),
        ("It is 5", "It is 5) of them."),
        ("a distance of 5", "It is a distance of 5 km."),
        ("in 2021", "We lost in 2021 300 men."),
        ("300 men", "We lost in 2021 300 men."),
        ("On May 5", "On May 5, 2020, it rained."),
        ("item 5", "See item 5: the dam."),
        ("on pages 5-6", "It is on pages 5-6 of it."),
        ("lost 12,500 men", "They lost 12,500 men."),
        ("5 men", "Men left.\n> 5 men stayed."),
        ("we waited 5", "And we waited 5 - in vain."),
        ("in 2019", "It was in 2019, 20 men saw it."),
        ("he said", "That is\u2014he said\u2014so."),
        ("it rose by 5 %", "Then it rose by 5 % again."),
        ("10 millionaires", "There are 10 millionaires."),
        ("about 10", "There are about 10 millionaires."),
    ],
)
def test_whole_number(quote: str, text: str) -> None:
    """Units, punctuation, lists and dates next to a number are not a part of it."""
    assert truncations(quote, text) == []


def test_number_cut_by_an_ellipsis() -> None:
    """A quote whose ellipsis leaves out a part of a number is a warning."""
    assert truncations("It fell by 5 \u2026 in May", "It fell by 5 million in May.") == [
        'it ends inside the number "5 million"'
    ]


def test_whole_numbers_are_preferred() -> None:
    """An occurrence with the whole number is the one that is meant."""
    text = "It rose .5 points. It rose 5 points."
    result = check_quote(CitedQuote("5 points"), SearchableText(text))

    assert (result.verdict, result.warnings) == (Verdict.EXACT, ())
    assert [place.start for place in result.occurrences] == [27]
