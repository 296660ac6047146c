"""Workbooks that a stranger made to harm: each is refused, in a separate process with limits."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.sheets import workbook
from claimcli.exchange.sheets.workbook import read_workbook

xlsxwriter = pytest.importorskip("xlsxwriter", reason="an extra that is not installed")
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook_with(parts: Mapping[str, str], *, stated_size: int = 0) -> bytes:
    """Return a workbook with other parts; the sheet's size can be stated wrongly."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet("Log").write_row(0, 0, ["party", "statement"])
    book.close()
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {**dict.fromkeys(old.namelist()), **parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
        if stated_size:
            new.getinfo(SHEET).file_size = stated_size
    return changed.getvalue()


def refusal(folder: Path, data: bytes) -> str:
    """Return the message about a workbook."""
    path = folder / "log.xlsx"
    path.write_bytes(data)
    with pytest.raises(ClaimcliError) as raised:
        read_workbook(path)
    return str(raised.value).removeprefix(f"{folder}/")


def test_an_archive_that_unpacks_to_more_than_memory_is_refused(tmp_path: Path) -> None:
    """Its stated size is enough to refuse it."""
    data = workbook_with({}, stated_size=2 * 1024**3)

    assert refusal(tmp_path, data) == (
        "log.xlsx is larger than 1,024 MiB when unpacked; divide it into several files"
    )


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """Neither a text that contains itself many times, nor the content of another file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    for entities in (f'<!ENTITY e0 "lol">{nested}', f'<!ENTITY e9 SYSTEM "{secret.as_uri()}">'):
        text = f"<!DOCTYPE x [{entities}]><sst {NAMESPACE}><si><t>&e9;</t></si></sst>"

        message = refusal(tmp_path, workbook_with({TEXTS: text}))

        assert message.startswith("log.xlsx cannot be read as a workbook: ")
        assert message.endswith("; save it again with a spreadsheet program, or as CSV")


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A sheet with two cells in opposite corners would have 17 thousand million cells."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = f"<worksheet {NAMESPACE}><sheetData>{cells}</sheetData></worksheet>"

    assert refusal(tmp_path, workbook_with({SHEET: sheet})) == (
        "log.xlsx is damaged, or needs too much time or memory; "
        "save it again with a spreadsheet program, or as CSV"
    )


def test_a_text_that_many_cells_share_is_counted_each_time(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A small file can have more text than fits into memory."""
    monkeypatch.setattr(workbook, "MAX_BYTES", 1024**2)
    texts = f"<sst {NAMESPACE}><si><t>{'A' * 30_000}</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 101))
    sheet = f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>"

    with pytest.raises(ClaimcliError, match=r"^has more than 1 MiB of text; divide it"):
        workbook._write_sheets(workbook_with({SHEET: sheet, TEXTS: texts}))
    capfdbinary.readouterr()


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    """Nothing is unpacked to a folder."""
    path = tmp_path / "folder" / "log.xlsx"
    path.parent.mkdir()
    path.write_bytes(workbook_with({"../../outside.txt": "x", "/tmp/../absolute.txt": "x"}))

    assert read_workbook(path)[0].rows == [["party", "statement"]]
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["folder", "log.xlsx"]
