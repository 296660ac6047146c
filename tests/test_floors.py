"""The house keeps its floors: a file imports only from floors below it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "claimcli"

FLOORS = [
    {"problems", "escaping", "near", "nodes", "markup", "writing", "shapes", "samelines"},
    {"extras", "choices", "collector", "folders"},
    {
        "extraction",
        "table",
        "dates",
        "words",
        "cycles",
        "unions",
        "yamltext",
        "files",
        "configuration",
        "yamledit",
    },
    {"model", "dateforms"},
    {
        "fields",
        "relations",
        "textfiles",
        "mentions",
        "placeless",
        "query",
        "quotation",
        "origins",
        "argumentation",
    },
    {"specifications", "grammar", "drawing"},
    {"reading"},
    {"editing", "given", "revisions", "canonical"},
    {"assigning", "excerpts"},
    {"index"},
    {"readers", "checks", "analysis", "fetching"},
    {"comparing", "checking", "mending"},
    {"formats", "opening"},
    {"starting"},
    {"changing"},
    {"drafting"},
    {"api", "cli"},
]
WITHIN_THEIR_ROOM = {
    "drawing",
    "argumentation",
    "canonical",
    "index",
    "fetching",
    "quotation",
    "revisions",
    "analysis",
    "formats",
    "cli",
    "yamledit",
}
"""Rooms whose files may build on one another; rules in ``checks`` stand alone."""


def floor_of(module: str) -> int:
    room = module.split(".")[1] if "." in module else ""
    return next((n for n, rooms in enumerate(FLOORS) if room in rooms), len(FLOORS))


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def own_imports(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("claimcli"):
            found += [
                f"{node.module}.{name.name}" if "." not in node.module else node.module
                for name in node.names
            ]
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.startswith("claimcli")]
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py")


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_imports_only_from_floors_below(path: Path) -> None:
    """A file imports what stands lower, or in its own room where that is allowed."""
    module = module_of(path)
    room = module.split(".")[1] if "." in module else ""

    above = [
        name
        for name in own_imports(ast.parse(path.read_text(encoding="utf-8")))
        if name != "claimcli.__version__"
        and floor_of(name) >= floor_of(module)
        and not (room in WITHIN_THEIR_ROOM and name.split(".")[1] == room)
    ]

    assert above == []


def test_every_file_has_a_floor() -> None:
    """A new file in the package is given a floor before it lands."""
    homeless = [
        module_of(path)
        for path in FILES
        if module_of(path) != "claimcli" and floor_of(module_of(path)) == len(FLOORS)
    ]

    assert homeless == []


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_own_imports_stand_at_the_top(path: Path) -> None:
    """Only commands import the project's own files when they are called."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for name in own_imports(node)
    ]

    assert inside == [] or "cli" in path.parts
    assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8")


def test_rich_is_touched_by_the_screen_alone() -> None:
    """Rich is imported by the screen files and nothing else; Typer only in ``cli/``."""
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert "rich" not in imported(text) or path.stem.startswith("screen"), path
        assert "typer" not in imported(text) or "cli" in path.parts, path


def imported(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Import):
            found.update(name.name.split(".")[0] for name in node.names)
    return found
