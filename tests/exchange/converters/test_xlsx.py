"""Workbooks and CSV files of records, as LibreOffice and other programs read them."""

import csv as csv_module
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from claimcli.dossier.open import open_dossier
from claimcli.exchange.converters import csv as csv_files
from claimcli.exchange.converters.xlsx import write
from claimcli.exchange.records import Exported, ExportOptions, LossKind, Selection
from claimcli.exchange.selection import select_records
from claimcli.exchange.sheets.formulas import protect_formula
from claimcli.exchange.sheets.rows import record_tables
from claimcli.exchange.sheets.workbook import read_workbook
from tests.support.hostile_records import hostile_dossier

SOFFICE = shutil.which("soffice")
SHEETS = ("claims", "parties", "sources", "issues", "events")
CSV_FILES = [f"{name}.csv" for name in SHEETS]


def exported(tmp_path: Path, data: str) -> Exported:
    path = tmp_path / "data.yaml"
    path.write_text(data, "utf-8")
    return write(select_records(open_dossier([path]), whole=True), ExportOptions())


def test_a_sheet_for_each_kind_with_texts_alone(tmp_path: Path) -> None:
    """No cell is a number, a link or a formula; a text like a formula stays one when edited."""
    made = exported(
        tmp_path,
        "sources: [{id: s, title: T, url: 'http://localhost'}]\n"
        "claims: [{id: a, party: p, statement: =1+1, said: 2021}]",
    )
    (tmp_path / "made.xlsx").write_bytes(made.files[0].data)

    assert {sheet.name: sheet.rows for sheet in read_workbook(tmp_path / "made.xlsx")} == {
        "claims": [["id", "party", "statement", "said"], ["a", "p", "=1+1", "2021"]],
        "sources": [["id", "title", "url"], ["s", "T", "http://localhost"]],
    }
    with zipfile.ZipFile(io.BytesIO(made.files[0].data)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert ("<f>" in xml, "hyperlink" in xml, 'quotePrefix="1"' in styles) == (False, False, True)
    assert made.losses == ()


def test_equal_records_give_equal_bytes(tmp_path: Path) -> None:
    """The workbook has no date of its making."""
    data = hostile_dossier(20)

    assert exported(tmp_path, data) == exported(tmp_path, data)


@pytest.mark.parametrize("text", ["a_x005F_x0007_b", "\ufffe", "a\uffff"])
def test_characters_that_a_workbook_cannot_express_are_losses(tmp_path: Path, text: str) -> None:
    """These are two that XML excludes, and the notation of workbooks for others, twice."""
    made = exported(tmp_path, f'claims: [{{id: a, party: p, statement: "x{ascii(text)[1:-1]}"}}]')

    assert [(loss.record, loss.field, loss.kind) for loss in made.losses] == [
        ("claim a", "statement", LossKind.APPROXIMATED)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook and CSV files, with what LibreOffice shows and saves of them."""
    if SOFFICE is None:
        pytest.skip("there is no soffice, which is LibreOffice")
    folder = tmp_path_factory.mktemp("shown")
    selection = hostile_selection(folder)
    (folder / "book.xlsx").write_bytes(write(selection, ExportOptions()).files[0].data)
    for file in csv_files.write(selection, ExportOptions(folder=True)).files:
        (folder / file.name).write_bytes(file.data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    for form, place, files in (
        (sheets, "shown", ["book.xlsx"]),
        (sheets, "shown", ["--infilter=CSV:44,34,76,1,,1033,true", *CSV_FILES]),
        ("xlsx", "saved", ["book.xlsx"]),
    ):
        subprocess.run(
            [SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", place, *files],
            cwd=folder, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return folder


def hostile_selection(folder: Path) -> Selection:
    (folder / "data.yaml").write_text(hostile_dossier(60), "utf-8")
    return select_records(open_dossier([folder / "data.yaml"]), whole=True)


def cells(path: Path) -> list[list[str]]:
    csv_module.field_size_limit(100_000)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv_module.reader(file))


@pytest.mark.parametrize("name", SHEETS)
def test_libreoffice_shows_the_texts_of_a_workbook(folder: Path, name: str) -> None:
    """Formulas, digits, dates, line breaks, right-to-left, emoji and 32,000 letters are texts."""
    table = next(t for t in record_tables(hostile_selection(folder)) if t.name == name)

    shown = cells(folder / "shown" / f"book-{name}.csv")

    assert shown == [[c.name for c in table.columns], *map(list, table.rows)]


@pytest.mark.parametrize("name", SHEETS)
def test_libreoffice_shows_the_texts_of_csv_with_apostrophes(folder: Path, name: str) -> None:
    """What would be a formula has an apostrophe before it, and is not computed."""
    table = next(t for t in record_tables(hostile_selection(folder)) if t.name == name)
    expected = [[protect_formula(text) for text in row] for row in table.rows]

    shown = cells(folder / "shown" / f"{name}-{name}.csv")

    assert shown == [[c.name for c in table.columns], *expected]


def test_a_workbook_that_libreoffice_saves_again_has_the_same_texts(folder: Path) -> None:
    """So that nothing but the corrections of its user is imported."""
    before, after = (read_workbook(folder / name) for name in ("book.xlsx", "saved/book.xlsx"))

    assert [(one.name, one.rows) for one in after] == [(one.name, one.rows) for one in before]
