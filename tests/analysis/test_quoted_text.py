"""The text of a source with the quotes marked in it."""

from pathlib import Path

from claimcli.analysis.quoted_text import QuotedText, quoted_text
from claimcli.analysis.verify import searchable_text_of, verify
from claimcli.dossier.open import open_dossier

REPORT = """Report on the water.
The water was brown, and the main
was found sound.

No sample was drawn in May.
"""


def marked(folder: Path, text: str, *quotes: str, whole: bool = True) -> QuotedText:
    """Return a text with quotes of one claim each marked in it."""
    (folder / "report.txt").write_text(text, encoding="utf-8")
    claims = "".join(
        f"  - {{id: c{n}, party: p, statement: S, source: {{id: report, quote: {quote!r}}}}}\n"
        for n, quote in enumerate(quotes)
    )
    (folder / "d.yaml").write_text(
        "parties: [{id: p}]\n"
        "sources: [{id: report, title: Report, published: 2023, text: report.txt}]\n"
        f"claims:\n{claims}",
        encoding="utf-8",
    )
    dossier = open_dossier([folder])
    searchable = searchable_text_of(dossier, "report")
    assert searchable
    return quoted_text(searchable, verify(dossier).findings, whole=whole)


def as_lines(shown: QuotedText) -> list[str]:
    """Return the numbered lines; ``[12:words]`` are in the first and second quote."""
    lines: list[str] = []
    for paragraph in shown.paragraphs:
        lines += ["..."] * paragraph.after_gap
        for line in paragraph.lines:
            parts = (
                f"[{''.join(map(str, part.quotes))}:{part.text}]" if part.quotes else part.text
                for part in line.parts
            )
            lines.append(f"{line.number or '-'} {''.join(parts)}")
    return lines


def test_quotes_are_marked_in_numbered_lines(tmp_path: Path) -> None:
    """A quote over two lines is marked in both; blank lines are not shown but counted."""
    shown = marked(tmp_path, REPORT, "brown, and the main was found sound", "drawn in May")

    assert as_lines(shown) == [
        "1 Report on the water.",
        "2 The water was [1:brown, and the main]",
        "3 [1:was found sound].",
        "5 No sample was [2:drawn in May].",
    ]
    assert [paragraph.quotes for paragraph in shown.paragraphs] == [(1,), (2,)]


def test_overlapping_quotes_share_their_words(tmp_path: Path) -> None:
    """Words of two quotes are one part with both numbers; numbers follow the text."""
    shown = marked(tmp_path, REPORT, "the main was found", "found sound", "The water was brown")

    assert as_lines(shown)[1:3] == [
        "2 [1:The water was brown], and [2:the main]",
        "3 [2:was ][23:found][3: sound].",
    ]
    assert [finding.claim for finding in shown.findings] == ["c2", "c0", "c1"]


def test_equal_quotes_begin_together(tmp_path: Path) -> None:
    """Each of two equal quotes begins and ends at the same part."""
    shown = marked(tmp_path, "The main leaks.", "main", "main")

    part = shown.paragraphs[0].lines[0].parts[1]
    assert (part.quotes, part.begins, part.ends) == ((1, 2), ((1, 1), (2, 1)), (1, 2))


def test_each_place_of_an_ambiguous_quote_is_marked(tmp_path: Path) -> None:
    """The occurrences have the number of the quote, and are counted."""
    shown = marked(tmp_path, "It leaks here. It leaks there.", "It leaks")

    parts = shown.paragraphs[0].lines[0].parts
    assert [(p.text, p.begins) for p in parts if p.quotes] == [
        ("It leaks", ((1, 1),)),
        ("It leaks", ((1, 2),)),
    ]


def test_differing_words_of_an_altered_quote_are_marked(tmp_path: Path) -> None:
    """The nearest passage is marked, and in it the words that the quote lacks."""
    text = "The southern part was not inspected, since the river was high."
    shown = marked(tmp_path, text, "The southern part was inspected")

    parts = shown.paragraphs[0].lines[0].parts
    assert [part.text for part in parts if part.differs] == ["not"]
    assert as_lines(shown) == [
        "1 [1:The southern part was ][1:not][1: inspected], since the river was high."
    ]


def test_only_sentences_around_quotes_are_shown(tmp_path: Path) -> None:
    """Of a text that is not to be shown whole, the other sentences are left out."""
    text = "One is here. Two is there. Three is away.\n\nFour.\n\nFive is found, and six. Seven."
    shown = marked(tmp_path, text, "Two is", "found, and", whole=False)

    assert as_lines(shown) == ["...", "1 [1:Two is] there.", "...", "5 Five is [2:found, and] six."]
    assert not shown.whole


def test_a_long_text_is_shown_in_passages(tmp_path: Path) -> None:
    """A text that is too long for a page is not shown whole."""
    shown = marked(tmp_path, "The main leaks.\n" + "Nothing happened.\n" * 20_000, "main leaks")

    assert as_lines(shown) == ["1 The [1:main leaks]."]
    assert not shown.whole


def test_a_text_of_many_lines_is_shown_in_passages(tmp_path: Path) -> None:
    """Lines count as well as characters: each takes space on the page."""
    shown = marked(tmp_path, "The main leaks.\n" + "\n" * 5_000, "main leaks")

    assert as_lines(shown) == ["1 The [1:main leaks]."]
    assert not shown.whole


def test_a_long_paragraph_is_divided(tmp_path: Path) -> None:
    """Notes on quotes stay near their lines."""
    lines = "".join(f"Line {n} of the text,\n" for n in range(1, 31))
    shown = marked(tmp_path, lines, "Line 20 of")

    assert [len(paragraph.lines) for paragraph in shown.paragraphs] == [12, 12, 6]
    assert [paragraph.quotes for paragraph in shown.paragraphs] == [(), (1,), ()]


def test_a_quote_that_is_not_in_the_text_has_no_mark(tmp_path: Path) -> None:
    """It is not among the numbered quotes."""
    shown = marked(tmp_path, REPORT, "something else entirely happened")

    assert shown.findings == ()
    assert not any(part.quotes for p in shown.paragraphs for line in p.lines for part in line.parts)


def test_lines_of_a_page_have_the_numbers_of_its_file(tmp_path: Path) -> None:
    """Blocks of HTML have the number of the line in which they begin in the file."""
    (tmp_path / "report.html").write_text(
        "<html><body>\n<h1>Report</h1>\n<p>The main\nleaks.</p><p>It was found.</p>\n</body>\n",
        encoding="utf-8",
    )
    (tmp_path / "d.yaml").write_text(
        "parties: [{id: p}]\n"
        "sources: [{id: report, title: Report, published: 2023, text: report.html}]\n"
        "claims: [{id: c, party: p, statement: S, source: {id: report, quote: main leaks}}]\n",
        encoding="utf-8",
    )
    dossier = open_dossier([tmp_path])
    searchable = searchable_text_of(dossier, "report")
    assert searchable

    shown = quoted_text(searchable, verify(dossier).findings, whole=True)

    assert as_lines(shown) == ["2 Report", "3 The [1:main leaks].", "4 It was found."]
