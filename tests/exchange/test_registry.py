"""The formats of other tools: what importing their modules costs, and what they must not use."""

import ast
import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

import claimcli.exchange
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.runtime import EXTRAS
from claimcli.exchange.records import ImportOptions
from claimcli.exchange.registry import format_of_files, import_formats, options_of, reader_of
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


def table() -> bytes:
    """Return a table of Parquet with one claim."""
    pa, data = pytest.importorskip("pyarrow"), io.BytesIO()
    claim = {"party": "Mill", "statement": "The river is clean.", "note": "https://mill.example/1"}
    pytest.importorskip("pyarrow.parquet").write_table(
        pa.Table.from_pylist([claim]).replace_schema_metadata({"claimcli.table": "claims"}), data
    )
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
    "parquet": table,
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
from claimcli.exchange.registry import options_of, reader_of

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "ftplib.", "http.", "os.system", "os.exec")):
        raise SystemExit(f"{event}: {arguments}")

sys.addaudithook(refuse)
for path in map(Path, sys.argv[1:]):
    options = ImportOptions(party="Reader") if "party" in options_of(path.stem) else ImportOptions()
    imported = reader_of(path.stem)([path], options)
    assert imported.records, path
"""


def test_no_converter_uses_the_network(tmp_path: Path) -> None:
    """An address in a file is not looked up."""
    paths = []
    for format_ in import_formats():
        paths.append(tmp_path / f"{format_}.{format_}")
        paths[-1].write_bytes(SMALL_FILES[format_]())

    assert "claimcli.exchange.registry" in modules_after(READ, *map(str, paths))


TAKEN = {
    "party": "claimreview csv hypothesis ods parquet web-annotation xls xlsx",
    "issue": "claimreview csv hypothesis ods parquet web-annotation xls xlsx",
    "columns": "claimreview csv hypothesis ods web-annotation xls xlsx",
    "keep_columns": "csv ods xls xlsx",
    "sheet": "ods xls xlsx",
    "separator": "csv",
    "encoding": "bibtex claimreview csl-json csv hypothesis ris web-annotation",
}
"""The formats that take each option of an import."""


class NotedOptions(ImportOptions, frozen=True):
    """Options that note which of them are read."""

    read: set[str] = set()  # noqa: RUF012 - a default of msgspec is copied

    def __getattribute__(self, name: str) -> object:
        value = super().__getattribute__(name)
        if name in TAKEN:
            super().__getattribute__("read").add(name)
        return value


@pytest.mark.parametrize("format_", import_formats())
def test_a_converter_states_the_options_that_it_reads(format_: str, tmp_path: Path) -> None:
    """The others would be ignored."""
    path = tmp_path / f"small.{format_}"
    path.write_bytes(SMALL_FILES[format_]())
    options = NotedOptions()
    converter = import_module(f"claimcli.exchange.converters.{format_.replace('-', '_')}")

    with suppress(ClaimcliError):
        converter.read([path], options)

    stated = {option for option, formats in TAKEN.items() if format_ in formats.split()}
    assert {*options_of(format_)} == stated
    assert options.read <= stated
    assert stated - options.read <= {"keep_columns", "issue", "party"}  # read if they are needed


@pytest.mark.parametrize("format_", import_formats())
def test_an_option_that_a_format_does_not_take_is_refused(format_: str, tmp_path: Path) -> None:
    """The message names the formats that take it; the file is not read."""
    for option, formats in TAKEN.items():
        if format_ not in (takers := formats.split()):
            flag = {"columns": "map", "keep_columns": "keep-columns"}.get(option, option)
            listed = " and ".join(filter(None, (", ".join(takers[:-1]), takers[-1])))
            value = {"a": "note"} if option == "columns" else "x"
            options = ImportOptions(**{option: value})  # type: ignore[arg-type]

            with pytest.raises(ClaimcliError) as error:
                reader_of(format_)([tmp_path / "missing"], options)

            assert error.value.message == f"--{flag} is for {listed}, not for {format_}"


@pytest.mark.parametrize(
    ("names", "format_"),
    [
        ("a.csv", "csv"), ("a.TSV b.csv", "csv"), ("sheets", "csv"), ("tables", "parquet"),
        ("corpus", "parquet"), ("a.parquet", "parquet"), ("a.xlsx", "xlsx"),
        ("a.xlsm", "xlsx"), ("a.ods", "ods"), ("a.xls", "xls"), ("a.ris", "ris"),
        ("a.bib", "bibtex"), ("a.csljson", "csl-json"),
    ],
)  # fmt: skip
def test_the_extension_says_the_format(names: str, format_: str, tmp_path: Path) -> None:
    """That of a folder are those of its files, or of the files in a folder of claims."""
    for path in ("sheets/claims.csv", "tables/claims.parquet", "corpus/claims/part-0.parquet"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch()

    assert format_of_files([tmp_path / name for name in names.split()]) == format_


@pytest.mark.parametrize(
    ("names", "message", "hint"),
    [
        ("a.json", "'a.json' can be of several formats",
         "name the format before the file: claimreview, csl-json, hypothesis, web-annotation"),
        ("a.jsonld", "'a.jsonld' can be of several formats",
         "name the format before the file: claimreview, web-annotation"),
        ("a.csv a.txt", "'a.txt' can be of several formats",
         "name the format before the file: csv, ris"),
        ("a.docx", "the extension of 'a.docx' is not that of a format here",
         f"name the format before the file: {', '.join(import_formats())}"),
        ("claims", "'claims' has no extension that says its format",
         f"name the format before the file: {', '.join(import_formats())}"),
        ("a.csv b.csv c.ris", "'a.csv' is csv, 'c.ris' is ris",
         "import files of different formats one after the other"),
    ],
)  # fmt: skip
def test_an_extension_that_does_not_say_the_format_is_an_error(
    names: str, message: str, hint: str
) -> None:
    """The hint lists the formats that are possible."""
    with pytest.raises(ClaimcliError) as error:
        format_of_files([Path(name) for name in names.split()])

    assert (error.value.message, error.value.hint) == (message, hint)


def test_nothing_in_a_file_is_executed() -> None:
    """No module unpickles or evaluates; one starts a process, of modules of this package."""
    acting: dict[str, set[str]] = {}
    for path in FILES:
        tree = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
        names = {alias.name for n in tree if isinstance(n, ast.Import) for alias in n.names}
        names |= {n.module or "" for n in tree if isinstance(n, ast.ImportFrom)}
        calls = {getattr(n.func, "id", "") for n in tree if isinstance(n, ast.Call)}
        if found := {name.split(".")[0] for name in names} & ACTING | calls & CALLS:
            acting[path.stem] = found

    assert acting == {"separate_process": {"subprocess"}}
