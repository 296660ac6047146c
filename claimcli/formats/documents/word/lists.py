"""The lists of a Word document: bullets by depth, and numbers of sources."""

from typing import Any

from claimcli.formats.documents.word.markup import NAMESPACES
from claimcli.formats.documents.word.styles import W

BULLETS = "•–◦"
_STEP, _HANGING = 340, 255
"""Indentation of each level, and of the text after its bullet, in twentieths of a point."""


def add_lists(numbering: Any, parse: Any) -> tuple[int, int]:
    """Add the lists to the root of a numbering part; return the ids of bullets and of numbers.

    ``parse`` makes elements of XML.
    """
    ids = []
    spaces = NAMESPACES
    for levels in (_bullets(), _numbers()):
        abstract = _next_id(numbering, "abstractNum", "abstractNumId")
        number = _next_id(numbering, "num", "numId")
        definition = (
            f'<w:abstractNum {spaces} w:abstractNumId="{abstract}">{levels}</w:abstractNum>'
        )
        _insert(numbering, parse(definition), before=("num", "numIdMacAtCleanup"))
        used = f'<w:num {spaces} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
        _insert(numbering, parse(used), before=("numIdMacAtCleanup",))
        ids.append(number)
    return ids[0], ids[1]


def _bullets() -> str:
    levels = (_level(depth, "bullet", BULLETS[depth % len(BULLETS)]) for depth in range(9))
    return '<w:multiLevelType w:val="hybridMultilevel"/>' + "".join(levels)


def _numbers() -> str:
    return '<w:multiLevelType w:val="singleLevel"/>' + _level(0, "decimal", "%1.", hanging=420)


def _level(depth: int, format_: str, text: str, hanging: int = _HANGING) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_STEP * depth + hanging}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def _next_id(numbering: Any, tag: str, attribute: str) -> int:
    used = (one.get(f"{W}{attribute}") for one in numbering.iterchildren(f"{W}{tag}"))
    return max((int(one) for one in used if one and one.isdecimal()), default=0) + 1


def _insert(numbering: Any, element: Any, before: tuple[str, ...]) -> None:
    for child in numbering:
        if child.tag in {f"{W}{tag}" for tag in before}:
            child.addprevious(element)
            return
    numbering.append(element)
