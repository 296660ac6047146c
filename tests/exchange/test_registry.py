"""The formats of other tools: what importing their modules costs, and what they must not use."""

import ast
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import claimcli.exchange
from claimcli.dossier.runtime import EXTRAS
from claimcli.exchange.registry import import_formats
from tests.support.cli import ROOT

LIBRARIES = {module for modules, _ in EXTRAS.values() for module in modules}
FILES = sorted(Path(claimcli.exchange.__path__[0]).rglob("*.py"))
ACTING = {"pickle", "marshal", "shelve", "dbm", "subprocess", "ctypes", "multiprocessing", "runpy"}
"""Modules by which a hostile file could run something."""
CALLS = {"eval", "exec", "compile", "system", "popen"}


def modules_after(code: str, *arguments: str) -> set[str]:
    """Return the modules that a process has imported after code that prints nothing."""
    code += "\nprint(*sys.modules, file=sys.stdout)"
    done = subprocess.run(
        [sys.executable, "-c", f"import io, sys\n{code}", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split())


def test_converters_import_their_libraries_when_they_convert() -> None:
    """A command imports every converter to list the formats, and none of the libraries."""
    names = "from claimcli.exchange.registry import import_formats, export_formats"

    loaded = modules_after(f"{names}\nimport_formats(), export_formats()")

    assert {
        f"claimcli.exchange.converters.{n.replace('-', '_')}" for n in import_formats()
    } <= loaded
    assert LIBRARIES & loaded == set()


def test_other_commands_import_no_converter() -> None:
    """``list`` imports nothing by which records are imported, exported or written as documents."""
    run = """
import contextlib
from claimcli.cli import main
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())), contextlib.suppress(SystemExit):
    main(['--sample', 'call', 'list'])
"""

    loaded = modules_after(run)

    assert "claimcli.cli.commands.list" in loaded

    parts = ("claimcli.exchange", "claimcli.formats.documents", "claimcli.web", "claimcli.edit")
    assert [name for name in loaded if name.startswith(parts)] == []
    assert LIBRARIES & loaded == set()


def workbook() -> bytes:
    """Return a workbook with one claim."""
    data = io.BytesIO()
    book = pytest.importorskip("xlsxwriter").Workbook(data)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["party", "statement", "link"])
    sheet.write_row(1, 0, ["Mill", "The river is clean.", "https://mill.example/1"])
    book.close()
    return data.getvalue()


LIBRARY = {"id": "a", "type": "webpage", "title": "T", "URL": "https://mill.example/1"}
SELECTOR = {"type": "TextQuoteSelector", "exact": "clean"}
ANNOTATION = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "https://notes.example/1",
    "type": "Annotation",
    "target": {"source": "https://mill.example/1", "selector": SELECTOR},
}
ROW = {"uri": "https://mill.example/1", "target": [{"selector": [SELECTOR]}], "user": "acct:a@b"}
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/1",
    "author": {"@type": "Organization", "name": "Checks", "url": "https://checks.example"},
    "claimReviewed": "The river is clean.",
    "itemReviewed": {"@type": "Claim", "author": {"name": "Mill"}},
    "reviewRating": {"alternateName": "False"},
}
SMALL_FILES: dict[str, Callable[[], bytes]] = {
    "csv": lambda: b"party,statement,link\nMill,The river is clean.,https://mill.example/1\n",
    **dict.fromkeys(("xlsx", "ods", "xls"), workbook),
    "csl-json": lambda: json.dumps([LIBRARY]).encode(),
    "ris": lambda: b"TY  - GEN\nTI  - T\nUR  - https://mill.example/1\nER  - \n",
    "bibtex": lambda: b"@misc{a, title = {T}, url = {https://mill.example/1}}\n",
    "web-annotation": lambda: json.dumps(ANNOTATION).encode(),
    "hypothesis": lambda: json.dumps([ROW]).encode(),
    "claimreview": lambda: json.dumps(REVIEW).encode(),
}
"""The content of a small file of each format, with an address."""
READ = """
from pathlib import Path
from claimcli.exchange.records import ImportOptions
from claimcli.exchange.registry import reader_of

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "ftplib.", "http.", "os.system", "os.exec")):
        raise SystemExit(f"{event}: {arguments}")

sys.addaudithook(refuse)
for path in map(Path, sys.argv[1:]):
    imported = reader_of(path.stem)([path], ImportOptions(party="Reader"))
    assert imported.records, path
"""


def test_no_converter_uses_the_network(tmp_path: Path) -> None:
    """An address in a file is not looked up."""
    paths = []
    for format_ in import_formats():
        paths.append(tmp_path / f"{format_}.{format_}")
        paths[-1].write_bytes(SMALL_FILES[format_]())

    modules_after(READ, *map(str, paths))


def test_nothing_in_a_file_is_executed() -> None:
    """No module unpickles or evaluates; that of workbooks alone starts a process, of its own file."""
    acting: dict[str, set[str]] = {}
    for path in FILES:
        tree = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
        names = {alias.name for n in tree if isinstance(n, ast.Import) for alias in n.names}
        names |= {n.module or "" for n in tree if isinstance(n, ast.ImportFrom)}
        calls = {getattr(n.func, "id", "") for n in tree if isinstance(n, ast.Call)}
        if found := {name.split(".")[0] for name in names} & ACTING | calls & CALLS:
            acting[path.stem] = found

    assert acting == {"workbook": {"subprocess"}}
