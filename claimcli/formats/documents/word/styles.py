"""The styles of a Word document: ours, or those of a house with ours for what it lacks."""

from html import escape
from importlib.resources import files
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RIGHT_TO_LEFT = ("ar", "fa", "he", "iw", "ps", "ur", "yi", "dv", "ug", "ckb", "sd")
EAST_ASIAN = ("zh", "ja", "ko")
"""Languages whose tag Word wants in another attribute."""


def own_styles() -> bytes:
    """Return our styles as XML."""
    return files(__package__).joinpath("styles.xml").read_bytes()


def complete_styles(styles: Any, parse: Any) -> dict[str, str]:
    """Add our styles that a styles part lacks; return their ids, written as XML, by name."""
    ids = {_name(style): style.get(f"{W}styleId") for style in styles.iterchildren(f"{W}style")}
    taken = set(ids.values())
    names: dict[str, str] = {}
    own = {_name(style): style for style in parse(own_styles()).iterchildren(f"{W}style")}
    renamed: dict[str, str] = {}
    for name, style in own.items():
        was = style.get(f"{W}styleId")
        new = ids.get(name) or _free(was, taken)
        renamed[was] = names[name] = new
        if name not in ids:
            style.set(f"{W}styleId", new)
            style.attrib.pop(f"{W}default", None)
            for reference in style.iterchildren(f"{W}basedOn", f"{W}next"):
                reference.set(f"{W}val", renamed.get(reference.get(f"{W}val"), new))
            styles.append(style)
    return {name: escape(names[name.lower()]) for name in _NAMES}


_NAMES = (
    "Normal", "Title", "Subtitle", "heading 1", "TOC Heading", "toc 1", "List Bullet",
    "List Number", "Table Text", "caption", "header", "footer",
    "footnote text", "footnote reference", "Hyperlink",
    "Strong", "HTML Code", "Table Grid",
)  # fmt: skip


def _name(style: Any) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "").lower()


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "X"
    taken.add(name)
    return name


def set_language(styles: Any, language: str) -> None:
    """Make ``language`` that of all text, instead of the languages of styles."""
    for element in list(styles.iter(f"{W}lang")):
        element.getparent().remove(element)
    primary = language.split("-")[0].lower()
    attributes = {f"{W}val": language}
    if primary in RIGHT_TO_LEFT:
        attributes[f"{W}bidi"] = language
    if primary in EAST_ASIAN:
        attributes[f"{W}eastAsia"] = language
    element = styles.makeelement(f"{W}lang", attributes)
    _default_properties(styles).append(element)


def set_font(styles: Any, font: str) -> None:
    """Use a font in all styles, except that of ids."""
    for element in list(styles.iter(f"{W}rFonts")):
        style = next(element.iterancestors(f"{W}style"), None)
        if style is None or _name(style) != "html code":
            element.getparent().remove(element)
    attributes = {f"{W}{script}": font for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    _default_properties(styles).insert(0, styles.makeelement(f"{W}rFonts", attributes))


def _default_properties(styles: Any) -> Any:
    """Return the properties of text without a style, added if missing."""
    found = styles
    for tag in ("docDefaults", "rPrDefault", "rPr"):
        child = found.find(f"{W}{tag}")
        if child is None:
            child = found.makeelement(f"{W}{tag}", {})
            found.insert(0, child)
        found = child
    return found
