"""The numbers, dates and negations by which two statements differ."""

import pytest

from claimcli.analysis.statement_differences import (
    DifferenceKind,
    StatementDifference,
    statement_differences,
)
from claimcli.quotes.polarity.lists import all_phrases

DIFFERING = """\
The valve failed on 12 January. | The valve failed on 13 January. | date: 12 / 13 January
The council met on January 12, 2022. | The council met on 2022-01-13. | date: January 12, 2022 / 2022-01-13
They knew in March 2020. | They knew in May 2020. | date: March / May 2020
They met on Monday. | They met on Tuesday. | date: Monday / Tuesday
The meeting began at 10:30. | The meeting began at 11.30 a.m. | date: 10:30 / 11.30 a.m.
They left at noon. | They left at midnight. | date: at noon / midnight
The pipes are from the 1980s. | The pipes are from the 1990s. | date: 1980s / 1990s
The talks end on 5/4/2023. | The talks end on 6 April 2023. | date: 5/4/2023 / 6 April 2023
The plan was made last year. | The plan was made this year. | date: last / this year
The main was laid in 1962. | The main was laid in 1972. | date: 1962 / 1972
12 people died. | Fourteen people died. | number: 12 / Fourteen people
Unemployment rose to 5.2 %. | Unemployment rose to 5.8 per cent. | number: 5.2 % / 5.8 per cent
The bridge cost £3.2m. | The bridge cost £3.2bn. | number: £3.2m / £3.2bn
The bridge cost $3 million. | The bridge cost €3 million. | number: $3 / €3 million
It is 5 km long. | It is 5 miles long. | number: 5 km / 5 miles
Two thirds of voters agree. | Three quarters of voters agree. | number: Two thirds / Three quarters
One in five children is poor. | One in four children is poor. | number: One in five / One in four
Six in ten are seen in time. | Nine of ten are seen in time. | number: Six in ten / Nine of ten
One flat in five is let. | One flat in nine is let. | number: One flat in five / One flat in nine
At least 14 of the samples were taken. | At least 41 of the 60 samples were taken. | number: 14 / 41 of the 60
The debt doubled from 310 to 620 million. | The debt was halved from 620 to 310 million. | number: doubled / halved
El agua contiene diez veces más. | El agua contiene tres veces más. | number: diez / tres veces
Tens of thousands fled. | Hundreds of thousands fled. | number: Tens / Hundreds of thousands
La réparation coûte 4,2 millions. | La réparation coûte 2,4 millions. | number: 4,2 / 2,4 millions
The law has 3 parts. | The law has no fewer than four parts. | number: 3 / four parts
The G7 met. | The G20 met. | number: G7 / G20
The first vote was lost. | The second vote was lost. | number: first / second vote
The pump failed twice. | The pump failed three times. | number: twice / three times
More than 50 were hurt. | Fewer than 50 were hurt. | number: More than 50 / Fewer than 50
Six F-16 jets arrived. | Six F-35 jets arrived. | number: F-16 / F-35
It was -5 °C. | It was 5 °C. | number: -5 / 5 °C
One pump failed. | Two pumps failed. | number: One pump / Two pumps
Five men and three women came. | Three men and five women came. | number: Five / Three men; number: three / five women
It is a five-year plan. | It is a ten-year plan. | number: five-year / ten-year
The water is safe. | The water is not safe. | negation: not
The water is safe. | The water isn't safe. | negation: isn't
A non-member may vote. | A member may vote. | negation: nonmember / member
The water is safe. | The water is unsafe. | negation: safe / unsafe
He never met her. | He met her. | negation: never
She left without a permit. | She left with a permit. | negation: without
Residents got no letter. | Residents got a letter. | negation: no
No one was hurt. | Everyone was hurt. | negation: No one
The council denied that the main leaks. | The council said that the main leaks. | negation: denied
He refused to sign. | He signed. | negation: refused to
The law was rejected. | The law was adopted. | negation: rejected
They shelled Kiev, not Lviv. | They shelled Lviv, not Kiev. | negation: not Lviv / not Kiev
Der Stausee ist nicht sicher. | Der Stausee ist sicher. | negation: nicht
Le maire n'a pas menti. | Le maire a menti. | negation: n'a pas
El agua no es potable. | El agua es potable. | negation: no
Вода не безопасна. | Вода безопасна. | negation: не
On 2 May 12 men left. | On 3 May 13 men did not leave. | date: 2 / 3 May; number: 12 / 13 men; negation: not
"""
EQUAL = """\
The council met on 12 January 2022. | The council met on 2022-01-12.
They met on January 12. | They met on the 12th of January.
They met on 12 January. | They met on 12 January 2022.
The talks end on 5/4/2023. | The talks end on 4 May 2023.
The talks ran from 12-14 January. | The talks ran from 12 to 14 January.
The meeting began at 10:30. | The meeting began at 10.30 a.m.
The pipes are from 1995. | The pipes are from the 1990s.
In 2019 the pump failed 3 times. | The 2019 failure of the pump happened three times.
It has five pumps. | It has 5 pumps.
50 % of the pipes leak. | Half of the pipes leak.
50 % of the pipes leak. | 50 per cent of the pipes leak.
One in five children is poor. | 20 % of children are poor.
The bridge cost £3.2m. | The bridge cost 3.2 million pounds.
One student in four leaves. | A quarter of the students leave.
Five sirens out of eleven failed. | Five of the eleven sirens failed.
Not a single one of the seven mayors was called. | None of the seven mayors was called.
About 18,000 people came. | The number of people was 17,500.
Nearly two thirds of the sea bed is ploughed. | 62 per cent of the sea bed is ploughed.
We count 30 to 35 thousand marchers. | There were between 30,000 and 35,000 marchers.
It is 5 to 7 km long. | It is between 5,000 and 7,000 metres long.
It cost 14 million crowns, two million less. | It cost two million crowns less, 14 million.
Two officers were badly hurt, 26 in total. | Twenty-six officers were hurt, two of them badly.
1,200 houses | 1200 houses
1.2 million people | 1,200,000 people
half a million people | 500,000 people
two hundred thousand men | 200 000 men
a hundred and five men | 105 men
a dozen eggs | 12 eggs
It is 5 km long. | It is 5,000 metres long.
It is a five-year plan. | The plan is for 5 years.
the 21st century | the twenty-first century
One of the pumps failed in 2019. | A pump failed in 2019.
Crime rose by 40 per cent. | Crime rose.
The main does not leak. | The main doesn't leak.
The main does not leak. | The main never leaks.
No one was hurt. | Nobody was hurt.
Resolution No. 242 was adopted. | Resolution 242 was adopted.
No fewer than 50 came. | At least 50 came.
It cost 620 million six years ago. | Six years ago it cost 620 million.
It is open 24 hours. | It is open for one day.
The slicer had not been cleaned. | The slicer was uncleaned.
There was no bank run. | There was no run on the bank.
The port imports salt and forms a bay. | The port informs the bay of salt.
Not only did he lie, he stole. | He lied and he stole.
He may resign in May. | He might resign in May.
"""


def pairs(table: str) -> list[list[str]]:
    """Return the columns of the lines of a table."""
    return [[cell.strip() for cell in line.split("|")] for line in table.splitlines()]


def shown(ours: str, theirs: str) -> str:
    """Return the differences between two statements in one line."""
    return "; ".join(f"{one.kind}: {one}" for one in statement_differences(ours, theirs))


@pytest.mark.parametrize(("ours", "theirs", "expected"), pairs(DIFFERING))
def test_what_differs_is_named(ours: str, theirs: str, expected: str) -> None:
    """Numbers, dates and negations that differ are shown as written, without common words."""
    assert shown(ours, theirs) == expected


@pytest.mark.parametrize(("ours", "theirs"), pairs(EQUAL))
def test_the_same_in_other_words_is_no_difference(ours: str, theirs: str) -> None:
    """Digits and words, units, forms of dates and of negations can mean the same."""
    assert shown(ours, theirs) == ""
    assert shown(theirs, ours) == ""


def test_a_statement_does_not_differ_from_itself() -> None:
    """All examples are compared with themselves."""
    statements = [cell for row in pairs(DIFFERING + EQUAL) for cell in row[:2]]

    assert [text for text in statements if shown(text, f"{text} ")] == []


def test_a_difference_says_on_which_side_a_negation_is() -> None:
    """The side without a negation is empty."""
    assert statement_differences("It leaks.", "It does not leak.") == (
        StatementDifference(DifferenceKind.NEGATION, "", "not"),
    )


def test_a_dossier_adds_negations(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The phrases of a dossier's list of polarity count too."""
    path = tmp_path_factory.mktemp("lists") / "polarity.txt"
    path.write_text("[around]\nnary\n", encoding="utf-8")

    found = statement_differences("Nary a pump works.", "A pump works.", all_phrases(str(path)))

    assert [str(one) for one in found] == ["Nary"]


def test_hostile_statements_are_bounded() -> None:
    """Long numbers, many numbers or dates, and long texts cost little and are no errors."""
    long, many = "9" * 4_000, "1 " * 100_000

    assert shown(f"{long} men", "5 men") == ""
    assert shown(many, many.replace("1", "2")).count("number") == 1
    assert shown("not " * 50_000, "x") == "negation: not"
    days = [" ".join(f"{day} May {year}," for year in range(1800, 2000)) for day in (1, 2)]
    assert len(statement_differences(*days)) == 100
