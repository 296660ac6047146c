"""The layers of the package: a file imports from its own package and from the layers below."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "claimcli"
LAYERS = (
    "core", "syntax", "dossier", "quotes", "analysis", "checks", "history", "edit", "formats", "exchange",
    "batches", "api", "web", "cli", "__main__",
)  # fmt: skip
"""From bottom to top."""
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def own_imports(tree: ast.AST) -> list[str]:
    modules = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("claimcli"):
            modules += [f"{node.module}.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            modules += [name.name for name in node.names if name.name.startswith("claimcli")]
    return [module for module in modules if module != "claimcli.__version__"]


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_imports_only_from_its_package_and_the_layers_below(path: Path) -> None:
    """Imports point downwards in the ordered list of packages."""
    layer = path.relative_to(PACKAGE).with_suffix("").parts[0]
    number = LAYERS.index(layer) if layer in LAYERS else -1

    above = [
        module
        for module in own_imports(ast.parse(path.read_text(encoding="utf-8")))
        if (other := module.split(".")[1]) != layer and LAYERS.index(other) >= number
    ]

    assert above == []


def test_every_package_has_a_layer() -> None:
    """A new package takes its place in the ordered list."""
    packages = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in FILES}

    assert packages - {"__init__"} == set(LAYERS)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_own_modules_are_imported_at_the_top_of_a_file(path: Path) -> None:
    """Only commands, and the process itself, import the project's own files when called."""
    text = path.read_text(encoding="utf-8")
    inside = [
        name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        for name in own_imports(node)
    ]

    assert inside == [] or "cli" in path.parts or path.name == "__main__.py"
    assert "TYPE_CHECKING" not in text


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_only_the_screen_imports_rich_and_only_the_command_line_imports_typer(path: Path) -> None:
    """Rich is imported in ``cli/screen/`` alone, Typer in ``cli/`` alone."""
    names = imported(ast.parse(path.read_text(encoding="utf-8")))

    assert "rich" not in names or "screen" in path.parts
    assert "typer" not in names or "cli" in path.parts


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
        elif isinstance(node, ast.Import):
            names.update(name.name.split(".")[0] for name in node.names)
    return names


TESTS = sorted(path for path in Path(__file__).parent.glob("*/**/test_*.py"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_a_test_file_is_named_after_the_module_it_tests(path: Path) -> None:
    """Perhaps with its subject after the name; tests of rules are grouped by subject alone."""
    folder = PACKAGE / path.relative_to(Path(__file__).parent).parent
    folders = (folder, folder / "commands") if folder.name == "cli" else (folder,)
    modules = {module.stem for place in folders for module in place.iterdir()} | {folder.name}

    name = path.stem.removeprefix("test_")
    assert folder.name == "rules" or any(
        name == module or name.startswith(f"{module}_") for module in modules
    )
