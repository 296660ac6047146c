"""The documents for contributors name what exists, and the pictures show the current program."""

import pkgutil
import re
from pathlib import Path

import pytest

from docs import draw_layers, draw_pictures
from tests.support.cli import ROOT

DOCUMENTS = (
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/architecture.md",
    "bench/README.md",
)
PATH = re.compile(r"[\w.*/-]+/[\w.*/-]*|[\w-]*\.(?:py|pyi|md|toml|ya?ml|txt|lock|j2|svg)")
NAME = re.compile(r"(?:[a-z_]\w*\.)+[A-Za-z_]\w*")


def prose(document: str) -> str:
    """Return a document without its code blocks."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def words(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return the documents and their words in backticks that a pattern matches."""
    return [
        (document, word)
        for document in DOCUMENTS
        for word in dict.fromkeys(re.findall(r"`([^`\n]+)`", prose(document)))
        if pattern.fullmatch(word) and not word.startswith(".venv/")
    ]


def resolved(name: str) -> object:
    """Return the module, class or function that a dotted name leads to."""
    parts = name.split(".")
    if (ROOT / "claimcli" / parts[0]).exists() or (ROOT / "claimcli" / f"{parts[0]}.py").exists():
        parts = ["claimcli", *parts]
    return pkgutil.resolve_name(".".join(parts))


def test_the_picture_of_the_layers_is_current() -> None:
    """If not: python docs/draw_layers.py."""
    assert draw_layers.PICTURE.read_text(encoding="utf-8") == draw_layers.picture()


def test_the_pictures_of_commands_are_current() -> None:
    """If not: python docs/draw_pictures.py."""
    drawn = draw_pictures.pictures()
    committed = {n: (draw_pictures.FOLDER / n).read_text(encoding="utf-8") for n in drawn}

    assert committed == drawn


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=lambda p: p.name
)
def test_a_picture_loads_nothing(path: Path) -> None:
    """It is an SVG without fonts, scripts, references and addresses other than its namespace."""
    svg = path.read_text(encoding="utf-8")

    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
    assert re.findall(r"https?:|url\(|href|src|<script|<image|@font-face|@import", svg) == ["http:"]


@pytest.mark.parametrize(("document", "path"), words(PATH))
def test_every_path_exists(document: str, path: str) -> None:
    """A path is relative to the repository, to the package, or to the document."""
    folders = (ROOT, ROOT / "claimcli", (ROOT / document).parent)

    assert any(any(folder.glob(path.rstrip("/"))) for folder in folders)


@pytest.mark.parametrize(("document", "name"), [w for w in words(NAME) if not PATH.fullmatch(w[1])])
def test_every_name_exists(document: str, name: str) -> None:
    """A dotted name in backticks is a module, a class or a function."""
    assert resolved(name) is not None


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_to_a_file(document: str) -> None:
    """Links to other documents are relative paths that exist."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose(document))

    assert [t for t in targets if not Path((ROOT / document).parent, t).exists()] == []


def test_every_benchmark_is_described() -> None:
    """A new script in ``bench/`` gets its line in the README there."""
    text = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")

    assert [p.name for p in (ROOT / "bench").glob("*.py") if f"`{p.name}" not in text] == []
