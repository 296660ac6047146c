"""Spreadsheets as people have them: each is imported with at most three ``--map``, or names a cell."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("python_calamine", reason="an extra that is not installed")
pytest.importorskip("xlsxwriter", reason="an extra that is not installed")

import xlsxwriter

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.records import Imported, ImportOptions
from claimcli.exchange.registry import reader_of
from tests.support.sheets import write_ods, write_xlsx

XLS = Path(__file__).parent / "everyday.xls"


def read(path: Path, *maps: str, **options: Any) -> Imported:
    columns = dict(text.rsplit("=", 1) for text in maps)
    assert len(columns) <= 3
    return reader_of(path.suffix[1:])([path], ImportOptions(columns=columns, **options))


def fields(imported: Imported, kind: str = "claim") -> list[Any]:
    return [record.fields for record in imported.records if record.kind == kind]


def lost(imported: Imported) -> list[tuple[str, str, str]]:
    return [(loss.field, loss.kind.value, loss.where) for loss in imported.losses]


def refused(path: Path, *maps: str, **options: Any) -> str:
    with pytest.raises(ClaimcliError) as error:
        read(path, *maps, **options)
    return str(error.value)


def test_1_semicolons_and_windows_1252_from_excel(tmp_path: Path) -> None:
    """The separator and the encoding are detected and reported; German headings need --map."""
    path = tmp_path / "desk.csv"
    path.write_bytes(
        "Behauptung;Wer;Datum\r\nDie Brücke war geprüft – „sicher“;Bürgermeister;31.12.2021\r\n"
        .encode("cp1252")
    )  # fmt: skip

    imported = read(path, "Behauptung=statement", "Wer=party", "Datum=said")

    assert fields(imported) == [
        {
            "statement": "Die Brücke war geprüft – „sicher“",
            "party": "Bürgermeister",
            "said": "2021-12-31",
        }
    ]
    assert imported.notes == (
        "desk.csv: encoding windows-1252, which is a guess; --encoding names another",
        "desk.csv: separator semicolon",
    )


def test_2_title_rows_above_the_headings(tmp_path: Path) -> None:
    """The headings are found below a title, which is reported as left out."""
    path = write_xlsx(tmp_path / "a.xlsx", [
        ["Claims on the water main"], ["Last changed by the desk"], [],
        ["Claim", "Organisation", "Speaker", "Date"],
        ["The main is sound.", "Waterworks", "The director", datetime(2021, 12, 31)],
    ])  # fmt: skip

    imported = read(path)

    assert fields(imported) == [
        {
            "statement": "The main is sound.",
            "party": "Waterworks",
            "speaker": "The director",
            "said": "2021-12-31",
        }
    ]
    assert lost(imported) == [
        ("title", "dropped", "a.xlsx!Sheet1:R1"), ("title", "dropped", "a.xlsx!Sheet1:R2")
    ]  # fmt: skip
    assert imported.notes == ("a.xlsx!Sheet1: the headings are in row 4",)


def test_3_a_party_in_cells_that_are_merged(tmp_path: Path) -> None:
    """A merged cell counts for each of its rows."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [["Party", "Claim"], ["Waterworks", "One."], ["", "Two."], ["Residents", "Three."]],
        merged=[(2, 1, 3, 1)],
    )

    imported = read(path)

    assert [(one["party"], one["statement"]) for one in fields(imported)] == [
        ("Waterworks", "One."), ("Waterworks", "Two."), ("Residents", "Three.")
    ]  # fmt: skip
    assert imported.notes == ("a.xlsx!Sheet1: 1 merged cell counts for each of the rows",)


def test_3b_a_claim_merged_over_rows_with_several_sources(tmp_path: Path) -> None:
    """The rows of a merged claim are one claim; they may differ only in sources."""
    rows = [
        ["Claim", "Party", "Source", "Quote"],
        ["It leaks.", "Residents", "Open letter", "it leaks"],
        ["", "", "The Courier", "a leak"],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", rows, merged=[(2, 1, 3, 1)])

    [claim] = fields(read(path))

    assert claim["sources"] == [
        {"id": "a.xlsx!Sheet1:R2C3", "quote": "it leaks"},
        {"id": "a.xlsx!Sheet1:R2C3 (2)", "quote": "a leak"},
    ]
    rows[2][1] = "Waterworks"
    path = write_xlsx(tmp_path / "b.xlsx", rows, merged=[(2, 1, 3, 1)])
    assert refused(path) == (
        "b.xlsx!Sheet1:R3C2: the rows of a merged cell differ in 'Party'; take the merged cell apart"
    )


@pytest.mark.parametrize(("epoch", "number"), [(1900, 44561), (1904, 43099)])
def test_4_dates_as_serial_numbers(tmp_path: Path, epoch: int, number: int) -> None:
    """A number in a column of dates counts days from 1900, or 1904 if the workbook says so."""
    rows = [["Claim", "Who", "Date"], ["A.", "B", number], ["C.", "B", number + 0.5]]
    path = write_xlsx(tmp_path / "a.xlsx", rows, epoch=epoch)

    imported = read(path)

    assert [claim["said"] for claim in fields(imported)] == ["2021-12-31", "2021-12-31T12:00"]
    assert imported.notes[-1] == f"a.xlsx!Sheet1: numbers in 'Date' count days from {epoch}"


def test_4b_dates_of_which_only_the_month_or_year_is_shown(tmp_path: Path) -> None:
    """A workbook has the first day for 'Dec 2021', which nobody wrote; it is not imported."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(1, 1, ["Claim", "Who", "Date"])
    formats = ("mmm yyyy", "mmm-yy", "yyyy", "d mmm yyyy", '[$-407]mmmm\\ "d" yyyy;@')
    for row, number in enumerate(formats, 2):
        page.write_row(row, 1, [f"{row}.", "B"])
        page.write_datetime(row, 3, datetime(2021, 12, 1), book.add_format({"num_format": number}))
    book.close()

    assert [claim["said"] for claim in fields(read(path))] == [
        "2021-12", "2021-12", "2021", "2021-12-01", "2021-12"
    ]  # fmt: skip


def test_5_days_before_months_or_after_them(tmp_path: Path) -> None:
    """One date that can be read in only one way decides for its column; without one, --map does."""
    path = tmp_path / "a.csv"
    path.write_text("Claim,Who,Date\nA,B,05/06/2021\nC,B,12/31/2021\n", encoding="utf-8")
    assert [claim["said"] for claim in fields(read(path))] == ["2021-05-06", "2021-12-31"]
    path.write_text("Claim,Who,Date\nA,B,05/06/2021\nC,B,31/12/2021 15:05\n", encoding="utf-8")
    assert [claim["said"] for claim in fields(read(path))] == ["2021-06-05", "2021-12-31T15:05"]
    path.write_text("Claim,Who,Date\nA,B,05/06/2021\nC,B,7.8.2021\n", encoding="utf-8")
    assert refused(path) == (
        "a.csv:R2C3: '05/06/2021' can be two dates; "
        "add ':day-first' or ':month-first' to the field in --map COLUMN=FIELD"
    )
    claims = fields(read(path, "Date=said:month-first"))
    assert [claim["said"] for claim in claims] == ["2021-05-06", "2021-08-07"]


def test_5b_columns_with_both_orders(tmp_path: Path) -> None:
    """A date of the other order names its cell, as does one with two digits for the year."""
    path = tmp_path / "a.csv"
    path.write_text(
        "Claim,Who,Date\nA,B,31/12/2021\nC,B,12/31/2021\nD,B,1/2/21\n", encoding="utf-8"
    )

    assert refused(path) == (
        "a.csv:R3C3: no date '12/31/2021' in a column with the day first; 1 more cell has a mistake: "
        "R4C3; write it as 2021, 2021-12, 2021-12-30, 2021-12-30T15:35-05:00, 2021-12?, 202X or A/B"
    )


def test_6_several_sources_and_quotes_in_a_cell(tmp_path: Path) -> None:
    """Line breaks separate them; one source can have several quotes, marks around them go."""
    path = write_xlsx(tmp_path / "a.xlsx", [
        ["Claim", "Who", "Source", "Link", "Quote"],
        ["A.", "B", "Letter\nCourier", "https://a.example/1\nhttps://a.example/2", "“one”\n“two”"],
        ["C.", "B", "Letter", "https://a.example/1", "three\nfour"],
    ])  # fmt: skip

    imported = read(path)

    letter, courier = "a.xlsx!Sheet1:R2C3", "a.xlsx!Sheet1:R2C3 (2)"
    assert fields(imported, "source") == [
        {"title": "Letter", "url": "https://a.example/1"},
        {"title": "Courier", "url": "https://a.example/2"},
    ]
    assert [claim["sources"] for claim in fields(imported)] == [
        [{"id": letter, "quote": "one"}, {"id": courier, "quote": "two"}],
        [{"id": letter, "quote": "three"}, {"id": letter, "quote": "four"}],
    ]


def test_6b_quotes_that_belong_to_no_source(tmp_path: Path) -> None:
    """Two sources and three quotes name the cell, since nobody can say which belong together."""
    path = write_xlsx(
        tmp_path / "a.xlsx", [["Claim", "Who", "Source", "Quote"], ["A.", "B", "S\nT", "x\ny\nz"]]
    )

    assert refused(path) == (
        "a.xlsx!Sheet1:R2C3: 2 lines here and 3 in 'Quote', so that it is not clear which belong "
        "together; write one line for each, or use columns such as 'source 2' and 'quote 2'"
    )


def test_7_rebuttals_that_name_the_numbers_of_rows(tmp_path: Path) -> None:
    """'Rebuttal to' has numbers of rows, or those in a column of numbers, or ids."""
    path = tmp_path / "a.csv"
    path.write_text(
        'Claim,Who,Rebuttal to\nA,B,\nC,D,2\nE,F,"row 2, other-claim"\n', encoding="utf-8"
    )
    assert [claim.get("responds_to") for claim in fields(read(path))] == [
        None,
        {"claim": "a.csv:R2", "kind": "denies"},
        [{"claim": "a.csv:R2", "kind": "denies"}, {"claim": "other-claim", "kind": "denies"}],
    ]
    path.write_text("No.,Claim,Who,Rebuttal to\n1,A,B,\n2,C,D,1\n", encoding="utf-8")
    imported = read(path)
    assert fields(imported)[1]["responds_to"] == {"claim": "a.csv:R2", "kind": "denies"}
    assert lost(imported) == [("No.", "dropped", "a.csv:R2C1"), ("No.", "dropped", "a.csv:R3C1")]
    path.write_text("No.,Claim,Who,Rebuttal to\n1,A,B,\n2,C,D,7\n", encoding="utf-8")
    assert refused(path) == (
        "a.csv:R3C4: no claim '7'; write a number in 'No.', or the id of a claim"
    )


def test_7b_answers_of_an_unknown_kind(tmp_path: Path) -> None:
    """A reply is not taken for a denial: its kind is in a column, or in --map."""
    path = tmp_path / "a.csv"
    path.write_text("Claim,Who,Reply to\nA,B,\nC,D,2\n", encoding="utf-8")

    assert refused(path) == (
        "a.csv:R3C3: it is not said how the claim answers '2'; "
        "add a column 'kind', or write --map 'Reply to=denies' or another kind"
    )
    assert fields(read(path, "Reply to=qualifies"))[1]["responds_to"] == {
        "claim": "a.csv:R2", "kind": "qualifies"
    }  # fmt: skip
    path.write_text(
        "Claim,Who,Reply to,Response type\nA,B,,\nC,D,2,Disputes meaning\n", encoding="utf-8"
    )
    assert fields(read(path))[1]["responds_to"]["kind"] == "disputes-meaning"


def test_7c_references_that_several_rows_have(tmp_path: Path) -> None:
    """No row is guessed: the answer would be to a claim that its party did not mean."""
    path = tmp_path / "a.csv"
    path.write_text("no,claim,who,rebuttal to\n1,Safe.,A,\n1,Open.,A,\n2,No.,B,1\n")
    by_words = tmp_path / "b.csv"
    by_words.write_text("claim,who,rebuttal to\nSafe.,A,\nSafe.,C,\nNo.,B,Safe.\n")

    assert refused(path) == (
        "a.csv:R4C4: several rows have '1'; "
        "write a number that only one row has in 'no', or the id of a claim"
    )
    assert refused(by_words).startswith("b.csv:R4C3: several rows have 'Safe.'; write the number")


def test_8_empty_rows_and_forms_that_are_not_filled_in(tmp_path: Path) -> None:
    """Rows without cells, or with a number alone, are no records; others keep their numbers."""
    path = tmp_path / "a.csv"
    path.write_text("Nr,Claim,Who\n1,A,B\n\n,,\n2,C,D\n3,,\n4,,E\n", encoding="utf-8")

    assert refused(path) == (
        "a.csv:R7C2: the claim in this row has no statement; write it, or leave the row empty"
    )
    path.write_text("Nr,Claim,Who\n1,A,B\n\n,,\n2,C,D\n3,,\n", encoding="utf-8")
    assert [record.where for record in read(path).records] == ["a.csv:R2", "a.csv:R5"]


def test_9_verdicts(tmp_path: Path) -> None:
    """A verdict is a claim of the party that gave it, in its words; how it answers is never guessed."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [["Claim", "Who", "Verdict"], ["A.", "B", False], ["C.", "D", "Half true"]],
    )
    assert refused(path) == (
        "a.xlsx!Sheet1:R2C3: it is not said who gave the verdict 'false'; 1 more cell has a mistake: "
        "R3C3; write --map 'Verdict=verdict by NAME', or add a column 'verdict by'"
    )
    assert refused(path, "Verdict=verdict by Full Fact") == (
        "a.xlsx!Sheet1:R3C3: it is not known how the verdict 'Half true' answers the claim; "
        "write --map 'Half true=qualifies' or another kind of answer, "
        "or --map 'Verdict=note' to keep it in the note"
    )

    imported = read(path, "Verdict=verdict by Full Fact", "Half true=qualifies")

    assert [(one.get("rebuttals"), one.get("responses")) for one in fields(imported)] == [
        ([{"kind": "denies", "party": "Full Fact", "statement": "false"}], None),
        (None, [{"kind": "qualifies", "party": "Full Fact", "statement": "Half true"}]),
    ]


def test_10_hidden_rows_errors_of_formulas_and_another_sheet(tmp_path: Path) -> None:
    """Hidden rows are imported, and reported; so are cells with errors and sheets left out."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [["Claim", "Who", "Topic"], ["A.", "B", "=1/0"], ["C.", "D", "Pipes"]],
        hidden=[3],
        more=[("Abbreviations", [["WW", "Waterworks"]])],
    )

    imported = read(path)

    assert fields(imported) == [
        {"statement": "A.", "party": "B"}, {"statement": "C.", "party": "D", "issue": "Pipes"}
    ]  # fmt: skip
    assert imported.notes == ("a.xlsx!Sheet1: 1 hidden row is imported too: R3",)
    assert lost(imported) == [
        ("sheet", "dropped", "a.xlsx!Abbreviations"), ("", "dropped", "a.xlsx!Sheet1:R2C3")
    ]  # fmt: skip


def test_11_columns_that_are_not_recognised(tmp_path: Path) -> None:
    """They are listed with suggestions; a flag or the user gives them fields, or they are kept."""
    path = tmp_path / "a.csv"
    path.write_text("Claim,Who,Priority,Sorce,\nA,B,high,Letter,x\n", encoding="utf-8")
    assert refused(path) == (
        "a.csv:R1C3: 3 columns are not recognised: 'Priority', 'Sorce' (perhaps source), 'E'; "
        "write --map 'Priority=FIELD', or --map 'Priority=' to leave it out, or --keep-columns note; "
        "'claimcli help fields' lists the fields"
    )
    imported = read(path, "Priority=", "Sorce=source.title", "E=tags")
    assert fields(imported) == [
        {"statement": "A", "party": "B", "tags": ["x"], "source": "a.csv:R2C4"}
    ]
    assert lost(imported) == [("Priority", "dropped", "a.csv:R2C3")]
    kept = read(path, "Sorce=source.title", keep_columns="note")
    assert fields(kept)[0]["note"] == "Priority: high\nE: x"
    assert lost(kept) == [
        ("Priority", "kept-in-note", "a.csv:R2C3"), ("E", "kept-in-note", "a.csv:R2C5")
    ]  # fmt: skip
    asked = read(path, choose_fields=lambda columns: dict.fromkeys(columns, "tags:"[:0]))
    assert fields(asked) == [{"statement": "A", "party": "B"}]
    assert refused(path, "Prority=note") == "no column 'Prority'; did you mean 'Priority'?"


def test_12_old_workbooks_and_open_documents(tmp_path: Path) -> None:
    """xls and ods are read like xlsx: merged cells, dates, and in ods hidden rows."""
    expected = [
        {"statement": "a", "party": "Mayor", "said": "2021-12-31"},
        {"statement": "b", "party": "Mayor"},
        {"statement": "c", "party": "Mayor", "said": "2021-12-31"},
    ]
    assert fields(read(XLS)) == expected
    assert read(XLS).notes[0] == (
        "everyday.xls: hidden rows are not reported, and comments and addresses of cells are not "
        "read; save it as xlsx if it has any"
    )
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2021-12-31"/>'
    spanned = ' table:number-rows-spanned="3"'
    covered, end = "<table:covered-table-cell/>", "</table:table-row>"
    heads = "".join(text.format("", word) for word in ("Claim", "Who", "Date"))
    path = write_ods(
        tmp_path / "a.ods",
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{end}'
        f"<table:table-row>{heads}{end}<table:table-row>{text.format('', 'a')}"
        f"{text.format(spanned, 'Mayor')}{day}{end}"
        f"<table:table-row>{text.format('', 'b')}{covered}{end}"
        f'<table:table-row table:visibility="collapse">{text.format("", "c")}{covered}{day}{end}',
    )

    imported = read(path)

    assert fields(imported) == expected
    assert not any("not read" in note for note in imported.notes)
    assert imported.notes == (
        "a.ods!Claims: the headings are in row 3",
        "a.ods!Claims: 1 hidden row is imported too: R6",
        "a.ods!Claims: 1 merged cell counts for each of the rows",
    )


def test_addresses_and_comments_of_cells(tmp_path: Path) -> None:
    """The address to which a source leads is its url; other addresses and comments are reported."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Claim", "Who", "Source"])
    page.write_row(1, 0, ["A.", "B"])
    page.write_url(1, 2, "https://a.example/1?x=1&y=2", string="Letter")
    page.write_url(1, 1, "https://b.example/", string="B")
    page.write_comment(1, 0, "Is this right?")
    book.close()

    imported = read(path)

    assert fields(imported, "source") == [{"title": "Letter", "url": "https://a.example/1?x=1&y=2"}]
    assert [(loss.where, loss.detail) for loss in imported.losses] == [
        ("a.xlsx!Sheet1:R2C1", "the cell has a comment"),
        ("a.xlsx!Sheet1:R2C2", "the cell leads to an address"),
    ]


def test_which_sheet_is_imported(tmp_path: Path) -> None:
    """Of several sheets with claims one must be named; one with claims, or of a section, need not."""
    claims = [["Claim", "Who"], ["A.", "B"]]
    path = write_xlsx(tmp_path / "a.xlsx", claims, sheet="May", more=[("June", claims)])
    assert (
        refused(path)
        == "a.xlsx has several sheets: 'May', 'June'; name the one to import with --sheet"
    )
    assert read(path, sheet="june").records[0].where == "a.xlsx!June:R2"
    assert refused(path, sheet="Jun") == "a.xlsx has no sheet 'Jun'; did you mean 'June'?"
    parties = [["Name", "Type"], ["Residents", "Person"]]
    path = write_xlsx(tmp_path / "b.xlsx", claims, sheet="Claims", more=[("Parties", parties)])
    assert fields(read(path), "party") == [{"name": "Residents", "kind": "person"}]
    path = write_xlsx(tmp_path / "c.xlsx", [])
    assert refused(path) == "c.xlsx has no cells; name a file with rows"


def test_a_quote_without_a_source(tmp_path: Path) -> None:
    """It is kept in the note, and reported: a citation must name a source."""
    path = tmp_path / "a.csv"
    path.write_text("Claim,Who,Quote,Notes\nA,B,so it is,Look again\n", encoding="utf-8")

    imported = read(path)

    assert fields(imported) == [
        {"statement": "A", "party": "B", "note": "Look again\nquote: so it is"}
    ]
    assert lost(imported) == [("Quote", "kept-in-note", "a.csv:R2C3")]


def test_a_source_that_rows_describe_differently(tmp_path: Path) -> None:
    """It is one source if it has an address, and the contradiction is reported; else it is two."""
    path = tmp_path / "a.csv"
    rows = "Claim,Who,Source,Outlet,Language,Link\nA,B,Letter,Courier,,{0}\nC,D,Letter,Gazette,en,{0}\n"
    path.write_text(rows.format("https://example.org/a"), encoding="utf-8")
    one = read(path)
    path.write_text(rows.format("") + "E,F,Letter,Gazette,,\n", encoding="utf-8")
    two = read(path)

    assert fields(one, "source") == [
        {"title": "Letter", "url": "https://example.org/a", "outlet": "Courier", "language": "en"}
    ]
    assert lost(one) == [("outlet", "dropped", "a.csv:R3C4")]
    assert fields(two, "source") == [
        {"title": "Letter", "outlet": "Courier"},
        {"title": "Letter", "outlet": "Gazette", "language": "en"},
    ]
    assert [one["source"][:8] for one in fields(two)] == ["a.csv:R2", "a.csv:R3", "a.csv:R3"]
    assert lost(two) == []


def test_a_quote_of_several_paragraphs_is_one_quote(tmp_path: Path) -> None:
    """One pair of quotation marks encloses the cell; without it each line is a quote."""
    path = tmp_path / "a.csv"
    path.write_text('Claim,Who,Source,Quote\nA,B,T,"“It is safe.\n\nReally.”"\n', encoding="utf-8")

    assert fields(read(path))[0]["source"]["quote"] == "It is safe.\n\nReally."


def test_columns_that_mean_the_same(tmp_path: Path) -> None:
    """Two columns of one field are an error; equal headings of sources are further citations."""
    path = tmp_path / "a.csv"
    path.write_text("Claim,Who,Date,When\nA,B,2021,2022\n", encoding="utf-8")
    assert refused(path) == (
        "a.csv:R1C4: 'Date' and 'When' are both 'said'; give one of them another field with "
        "--map 'When=FIELD', or leave it out with --map 'When='"
    )
    path.write_text("Claim,Who,Source,Quote,Source,Quote\nA,B,S,x,T,y\n", encoding="utf-8")
    assert fields(read(path))[0]["sources"] == [
        {"id": "a.csv:R2C3", "quote": "x"}, {"id": "a.csv:R2C3 (2)", "quote": "y"}
    ]  # fmt: skip


def test_a_sheet_without_parties(tmp_path: Path) -> None:
    """--party names that of all claims; a speaker is then no party."""
    path = tmp_path / "a.csv"
    path.write_text("Claim,Date\nA,2021\n", encoding="utf-8")
    assert refused(path) == (
        "a.csv:R1: no column has the party of a claim: 'Claim', 'Date'; "
        "name it with --map COLUMN=party, or write --party"
    )
    assert fields(read(path, party="waterworks")) == [{"statement": "A", "said": "2021"}]
    path.write_text("Claim,Speaker\nA,The director\n", encoding="utf-8")
    assert fields(read(path)) == [{"statement": "A", "party": "The director"}]
    assert fields(read(path, party="w")) == [{"statement": "A", "speaker": "The director"}]


def test_the_cells_of_fields_are_known(tmp_path: Path) -> None:
    """So that a problem that is found later names the cell."""
    path = write_xlsx(tmp_path / "a.xlsx", [[], ["Claim", "Who", "Topic"], ["A", "B", "C"]])

    [claim] = read(path).records

    assert claim.where == "a.xlsx!Sheet1:R3"
    assert dict(claim.cells) == {
        "statement": "a.xlsx!Sheet1:R3C1", "party": "a.xlsx!Sheet1:R3C2", "issue": "a.xlsx!Sheet1:R3C3"
    }  # fmt: skip


def test_comments_and_addresses_of_open_documents_are_reported(tmp_path: Path) -> None:
    """They are not read, unlike those of xlsx."""
    cell = '<table:table-cell office:value-type="string">{}<text:p>{}</text:p></table:table-cell>'
    link = '<text:a xlink:href="https://mill.example/1">Mayor</text:a>'
    comment = "<office:annotation><text:p>ask</text:p></office:annotation>"
    rows = [cell.format("", "Claim") + cell.format("", "Who")]
    rows += [cell.format(comment, "a") + cell.format("", link)]
    end = "</table:table-row>"
    path = write_ods(tmp_path / "a.ods", "".join(f"<table:table-row>{row}{end}" for row in rows))

    imported = read(path)

    assert fields(imported) == [{"statement": "a", "party": "Mayor"}]
    assert imported.notes[0] == "a.ods: comments and addresses of cells are not read"


def test_tabs_of_open_documents_are_reported(tmp_path: Path) -> None:
    """They are lost, so that words may be joined; spaces and line breaks are read."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    text = "a<text:tab/>b<text:s/>c</text:p><text:p>d"
    rows = [cell.format("Claim") + cell.format("Who"), cell.format(text) + cell.format("Mayor")]
    end = "</table:table-row>"
    path = write_ods(tmp_path / "a.ods", "".join(f"<table:table-row>{row}{end}" for row in rows))

    imported = read(path)

    assert fields(imported) == [{"statement": "ab c\nd", "party": "Mayor"}]
    assert imported.notes[0] == "a.ods: tabs of cells are not read"


def test_only_a_note_keeps_columns(tmp_path: Path) -> None:
    """Another field is refused even if every column is recognised."""
    path = tmp_path / "a.csv"
    path.write_text("Claim,Who\nA,B\n", encoding="utf-8")

    assert refused(path, keep_columns="tags") == (
        "columns cannot be kept in 'tags' of claims; "
        "write --keep-columns note, or leave them out with --map COLUMN="
    )
