"""Draw the layers of the package, and which layer imports which, as docs/pictures/layers.svg.

    python docs/draw_layers.py

The order comes from ``LAYERS`` in tests/test_layers.py, the summaries from the docstrings, the dots
from the import statements. The same sources give the same bytes; a test compares them.
"""

import ast
import textwrap
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "pictures" / "layers.svg"
ROW, COLUMN, TOP, LEFT, TEXT = 46, 26, 86, 10, 530
"""Sizes in pixels: a row's height, a column's width, the space above the rows, the left edge of the
names, and the width of the boxes."""
WRAP = 62
"""Characters in a line of a summary."""
STYLE = """\
text { font: 13px sans-serif; fill: #222 }
.name { font-weight: bold }
.head { font-size: 12px }
rect { fill: #eef3f8; stroke: #9fb3c8 }
line { stroke: #d5dde5 }
circle { fill: #2b6cb0 }
.self { fill: #c3d0dd }
"""


def layers() -> list[str]:
    """Return the names of the layers, from top to bottom."""
    tree = ast.parse((ROOT / "tests" / "test_layers.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LAYERS":
            return [*reversed(ast.literal_eval(node.value))]
    raise LookupError("tests/test_layers.py has no LAYERS")


def files(layer: str) -> list[Path]:
    """Return the Python files of a layer, which is a package or a single module."""
    folder = ROOT / "claimcli" / layer
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def summary(layer: str) -> str:
    """Return the first sentence of a layer's docstring."""
    folder = ROOT / "claimcli" / layer
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("``", "").removesuffix(".")


def imported(layer: str) -> set[str]:
    """Return the layers that a layer imports from."""
    names: set[str] = set()
    for path in files(layer):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("claimcli.")}


def picture() -> str:
    """Return the SVG: a row for each layer, with a dot under each layer that it imports."""
    order = layers()
    dots = LEFT + TEXT + 30
    width, height = dots + COLUMN * len(order) + 50, TOP + ROW * len(order) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        "<title>The layers of claimcli, and which of them imports which</title>",
        f"<style>{STYLE}</style>",
    ]
    for number, layer in enumerate(order):
        x = dots + number * COLUMN
        parts.append(
            f'<text class="head" transform="translate({x} {TOP - 12}) rotate(-50)">{layer}</text>'
        )
        parts += _row(layer, number, order)
    return "\n".join([*parts, "</svg>", ""])


def _row(layer: str, number: int, order: list[str]) -> list[str]:
    y, dots = TOP + number * ROW, LEFT + TEXT + 30
    lines = textwrap.wrap(summary(layer), WRAP, max_lines=2, placeholder=" ...")
    start = y + (25 if len(lines) == 1 else 17)
    end = dots + COLUMN * (len(order) - 1)
    parts = [
        f'<rect x="{LEFT}" y="{y}" width="{TEXT}" height="{ROW - 6}" rx="4"/>',
        f'<text class="name" x="{LEFT + 10}" y="{y + 25}">{layer}</text>',
        *(
            f'<text x="{LEFT + 100}" y="{start + 16 * line}">{escape(text)}</text>'
            for line, text in enumerate(lines)
        ),
        f'<line x1="{dots}" y1="{y + 20}" x2="{end}" y2="{y + 20}"/>',
    ]
    others = imported(layer) | {layer}
    for column, other in enumerate(order):
        if other in others:
            kind = ' class="self"' if other == layer else ""
            parts.append(f'<circle{kind} cx="{dots + column * COLUMN}" cy="{y + 20}" r="6"/>')
    return parts


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
