"""The formats of other tools: what importing their modules costs, and what they must not use."""

import ast
import subprocess
import sys
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


def modules_after(code: str) -> set[str]:
    """Return the modules that a process has imported after code that prints nothing."""
    code += "\nprint(*sys.modules, file=sys.stdout)"
    done = subprocess.run(
        [sys.executable, "-c", f"import io, sys\n{code}"],
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


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_in_a_file_is_executed(path: Path) -> None:
    """No module unpickles, evaluates or starts a program."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        word.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for word in [*(alias.name for alias in node.names), getattr(node, "module", None) or ""]
    }
    called = {getattr(node.func, "id", "") for node in ast.walk(tree) if isinstance(node, ast.Call)}

    assert names & ACTING == set()
    assert called & CALLS == set()
