"""SECURITY.md states the limits of the code, and only ``fetch`` opens connections."""

import ast
import inspect

import pytest

pytest.importorskip("httpcore", reason="an extra that is not installed")

from claimcli.analysis import statement_differences
from claimcli.batches import corpus, parts
from claimcli.cli.commands import sql as sql_command
from claimcli.core import query_parser
from claimcli.dossier import config, content
from claimcli.dossier.index import functions, similar, sql
from claimcli.edit.fetch.download import DownloadLimits
from claimcli.exchange import input_texts, json_input, separate_process
from claimcli.exchange.bibliography import bibtex_entries, items
from claimcli.exchange.parquet import reader
from claimcli.exchange.sheets import package, sheet
from claimcli.formats.documents.word import house_style
from claimcli.formats.template_runner import FillLimits
from claimcli.quotes.texts import css, css_selectors, extract
from claimcli.syntax import parser
from tests.support.cli import ROOT

MIB, GIB = 1024**2, 1024**3
FILL, DOWNLOAD = FillLimits(), DownloadLimits()
TIMEOUT = inspect.signature(sql_command.sql).parameters["timeout"].default
STATED = [
    f"may have {content.MAX_BYTES // MIB} MiB, {parser.MAX_DEPTH} levels of nesting",
    f"{parser.MAX_NODES:,} nodes per record",
    f"{parser.MAX_ANCHORS:,} anchors per document and {parser.MAX_DIRECTIVES} `%TAG` lines",
    f"configuration file may have {config.MAX_BYTES // 1024} KiB",
    f"at most {DOWNLOAD.size // MIB} MiB (counted after decompression), {DOWNLOAD.seconds:g} seconds",
    f"{DOWNLOAD.silence:g} seconds of silence and {DOWNLOAD.redirects} redirects",
    f"{extract.MAX_SECONDS} seconds of processor time and {extract.MAX_MEMORY // GIB} GiB of memory",
    f"more than {extract.MAX_CHARACTERS // MIB} Mi characters",
    f"{css.MAX_RULES:,} style rules, {css_selectors.MAX_SELECTORS:,} selectors or "
    f"{css_selectors.MAX_TESTS:,} comparisons",
    f"a selector of more than {css_selectors.MAX_PARTS} parts",
    f"gets {FILL.seconds} seconds of processor time, {FILL.memory // GIB} GiB of memory and "
    f"{FILL.text // MIB} Mi characters of output",
    f"limited to {TIMEOUT:g} seconds (`--timeout`), {sql_command.MOST_HEAP // 10**9} GB of SQLite "
    f"memory and {sql.MAX_BYTES // 10**6} MB of answer",
    f"at most {query_parser.MAX_LENGTH:,} characters, {query_parser.MAX_TERMS} terms and "
    f"{query_parser.MAX_DEPTH} levels",
    f"may have {sheet.MAX_BYTES // MIB} MiB, {sheet.MAX_ROWS:,} rows, {sheet.MAX_COLUMNS:,} columns and "
    f"{sheet.MAX_CHARACTERS:,} characters in a cell",
    f"with {separate_process.MAX_SECONDS} seconds of processor time and {separate_process.MAX_MEMORY // GIB} GiB of memory; "
    f"it may have {package.MAX_UNPACKED // MIB:,} MiB when unpacked, and its cells "
    f"{sheet.MAX_BYTES // MIB} MiB of text",
    f"JSON files may have {content.MAX_BYTES // MIB} MiB, {json_input.MAX_DEPTH} levels and "
    f"{json_input.MAX_VALUES:,} values, bibliographies {items.MAX_ITEMS:,} items, an entry of BibTeX "
    f"{bibtex_entries.MAX_CHARACTERS:,} characters",
    f"each may have {reader.MAX_BYTES // MIB} MiB, {reader.MAX_ROWS:,} rows and {reader.MAX_COLUMNS:,} "
    f"columns, and those of an import together {reader.MAX_TEXT // MIB} MiB of text when unpacked",
    f"may have {house_style.LARGEST_FILE // MIB} MiB, {house_style.MOST_PARTS:,} parts and "
    f"{house_style.LARGEST_PART // MIB} MiB in a part when unpacked",
    f"may have {corpus.MAX_MANIFEST // MIB} MiB, and a row group of a file {parts.MAX_GROUP // MIB:,} MiB",
    f"a file of at most {content.MAX_BYTES // MIB} MiB and {input_texts.MAX_TEXTS:,} texts, of each text "
    f"{input_texts.MAX_LENGTH:,} characters, of which the first {similar.MAX_WORDS} distinct words",
    f"the first {statement_differences.MAX_STATEMENT:,} characters are compared",
    f"stop after {functions.MAX_SECONDS:g} seconds per query",
]
NETWORK = {"socket", "ssl", "http", "httpcore", "ftplib", "smtplib", "asyncio", "requests"}


@pytest.mark.parametrize("statement", STATED)
def test_the_stated_limits_are_those_of_the_code(statement: str) -> None:
    """A limit that changes is changed in both places."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    assert statement in " ".join(text.split())


def test_only_fetch_and_serve_import_what_opens_connections() -> None:
    """No other package of claimcli can reach the network; ``serve`` answers this machine alone."""
    folder = ROOT / "claimcli"
    importing = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(n.split(".")[0] in NETWORK or n == "urllib.request" for n in names):
                importing.add(path.relative_to(folder).parent.as_posix())

    assert importing == {"edit/fetch", "web/serve"}
