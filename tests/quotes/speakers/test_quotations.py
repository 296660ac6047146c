"""The extent of quotations in many languages and layouts."""

import pytest

from claimcli.quotes.speakers.quotations import MAX_DEPTH, MAX_QUOTED, quotations_near


def quoted(text: str) -> list[str]:
    """Return the quotations around the word between { and }, the innermost last."""
    start, end = text.index("{"), text.index("}") - 1
    plain = text.replace("{", "").replace("}", "")
    found = quotations_near(plain, (start, end))
    return [plain[q.start : q.end] for q in found if q.start <= start and end <= q.end]


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ('He said: "It is {old}."', '"It is old."'),
        ("\u201cIt is {old},\u201d he said.", "\u201cIt is old,\u201d"),
        ("\u201eEr ist {alt}\u201c, sagte er.", "\u201eEr ist alt\u201c"),
        ("\u201eJest {stary}\u201d, mówi.", "\u201eJest stary\u201d"),
        ("\u201dDen är {gammal}\u201d, sade han.", "\u201dDen är gammal\u201d"),
        ("\u00bbDen er {gammel}\u00ab, sagde han.", "\u00bbDen er gammel\u00ab"),
        ("\u00bbSe on {vanha}\u00bb, hän sanoi.", "\u00bbSe on vanha\u00bb"),
        ("\u00ab Il est {vieux} \u00bb, dit-il.", "\u00ab Il est vieux \u00bb"),
        ("\u201aEr ist {alt}\u2018, sagte er.", "\u201aEr ist alt\u2018"),
        ("\u2018It\u2019s {old},\u2019 he said.", "\u2018It\u2019s old,\u2019"),
        ("'It's the workers' {old} hall,' he said.", "'It's the workers' old hall,'"),
        ("\u2039Il est {vieux}\u203a", "\u2039Il est vieux\u203a"),
        ("彼は「{古い}」と述べた。", "「古い」"),
        ("他说\u201c很{老}\u201d的", "\u201c很老\u201d"),
        ("\u201cIt is\nvery {old}\nand high,\u201d he said.", "\u201cIt is\nvery old\nand high,\u201d"),
        ("\u201cOne.\n\n\u201cTwo {old}.\n\n\u201cThree.\u201d", "\u201cOne.\n\n\u201cTwo old.\n\n\u201cThree.\u201d"),
        (
            "\u201cOne\n\n2\n00:00:01,000 --> 00:00:02,000\ntwo {old}.\u201d",
            "\u201cOne\n\n2\n00:00:01,000 --> 00:00:02,000\ntwo old.\u201d",
        ),
    ],
)  # fmt: skip
def test_quotation(text: str, quotation: str) -> None:
    """A quotation reaches from its opening mark to the closing one, over lines and paragraphs."""
    assert quoted(text) == [quotation]


@pytest.mark.parametrize(
    "text",
    [
        "The workers' hall and the {old} farmers' field.",
        "It's {old}, isn't it?",
        'A 6" pipe is {old}, a 7" pipe is new.',
        "\u201cOne,\u201d he said. It is {old}. \u201cTwo.\u201d",
        '"One," he said. It is {old}. "Two."',
        "\u201cOne.\n\nIt is {old}.",
        "He was born in '89 and is {old}.",
    ],
)
def test_no_quotation(text: str) -> None:
    """Apostrophes, inches, marks without a partner and text between quotations are not quotations."""
    assert quoted(text) == []


def test_nested_quotations() -> None:
    """Quotations within others are found, the outermost first."""
    text = "\u201cShe told me \u2018it is {old}\u2019 again,\u201d he said."

    assert quoted(text) == [
        "\u201cShe told me \u2018it is old\u2019 again,\u201d",
        "\u2018it is old\u2019",
    ]


@pytest.mark.parametrize("mark", ['"', "\u201c", "\u00ab", "' a", '" ', "\u300c", "\n\n\u201c"])
def test_unbalanced_marks(mark: str) -> None:
    """However many marks there are, only those near the words are read, and few are nested."""
    text = mark * 100_000
    middle = len(text) // 2
    found = quotations_near(text, (middle, middle + 10))

    assert len(found) <= 2 * MAX_QUOTED
    assert all(
        abs(one.start - middle) <= MAX_QUOTED + 10 and one.depth < MAX_DEPTH for one in found
    )
