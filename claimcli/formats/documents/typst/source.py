"""The source text of a document for Typst: the data as JSON, then the template."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import one_line
from claimcli.core.text.suggestions import one_of
from claimcli.formats.documents.blocks import (
    Block,
    BriefingDocument,
    Cell,
    Contents,
    DocumentOptions,
    DocumentTable,
    Heading,
    ItemKind,
    ListItem,
    Paragraph,
    Picture,
    Runs,
    TextRun,
    TextStyle,
    WrittenDocument,
)
from claimcli.formats.drawing.text_metrics import right_to_left, width
from claimcli.formats.graph_svg import description, svg

Data = dict[str, Any]
Redraw = Callable[[str], str]
_PAPERS = {"a4": "a4", "letter": "us-letter"}
WORD_JOINER = "\u2060"
"""The character by which the template joins the mark of a footnote to the text before it."""
_LONG_WORD = re.compile(r"[!-.0-~À-ɏͰ-ӿ֐-ۿ]{45,}")
"""A word without places to break, in a script that has spaces between words."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_EMS_UPRIGHT, _EMS_ACROSS, _LINES = 50.0, 72.0, 20
"""Widths of tables in ems, and the number of lines that surely fit on a page with footnotes."""
_SMALL = (ItemKind.QUOTE, ItemKind.DETAIL)
_UPRIGHT, _ACROSS = (470.0, 640.0), (665.0, 400.0)
"""Maximum width and height of a picture on an upright and on a landscape page, in points."""
_FULL, _LEAST = 0.66, 0.4
"""Points per pixel of a picture: at most, and at least, so that it can be read."""


def typst_source(document: BriefingDocument, options: DocumentOptions) -> WrittenDocument:
    """Return the source of a document as a file."""
    return WrittenDocument(source(document, options).encode())


def source(
    document: BriefingDocument,
    options: DocumentOptions,
    *,
    spelled_out: Collection[str] = (),
    redraw: Redraw = str,
) -> str:
    """Return a document as Typst source that needs no other file.

    The characters in ``spelled_out`` are written as ⟨U+1F642⟩. ``redraw`` changes the SVG of each
    picture.
    """
    content = _data(document, options) | {"joined": WORD_JOINER not in spelled_out}
    for picture in (b for part in content["parts"] for b in part["blocks"] if "svg" in b):
        picture["svg"] = redraw(picture["svg"])
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    names = {ord(one): f"⟨U+{ord(one):04X}⟩" for one in spelled_out if not one.isascii()}
    data = data.translate(names) if names else data
    template = (files(__package__) / "document.typ").read_text(encoding="utf-8")
    return f"#let data = json(bytes({quoted(data)}))\n{template}"


def quoted(text: str) -> str:
    """Return a text as a string literal of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _data(document: BriefingDocument, options: DocumentOptions) -> Data:
    language, script, region = language_parts(options.language)
    return {
        "title": document.title,
        "rtl": right_to_left(document.title),
        "as-of": document.as_of,
        "paper": _PAPERS[one_of(options.paper or "a4", _PAPERS, "paper")],
        "font": options.font,
        "lang": language,
        "script": script,
        "region": region,
        "notes": [
            {"footnote": _runs(note.footnote), "entry": _runs(note.entry)}
            for note in document.notes
        ],
        "parts": list(_parts(document.blocks)),
    }


def language_parts(tag: str) -> tuple[str, str, str]:
    """Return the language, script and region of a tag such as zh-Hant-TW; those missing are "".

    Raises ClaimcliError if it is not a language tag.
    """
    match = re.fullmatch(
        r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?",
        tag,
        re.IGNORECASE,
    )
    if not match:
        raise ClaimcliError(f"no language tag '{tag}'", "write it as en, ar, pt-BR or zh-Hant")
    language, script, region = (part or "" for part in match.groups())
    return language.lower(), script.lower(), "" if region.isdigit() else region.upper()


def _parts(blocks: Iterable[Block]) -> Iterator[Data]:
    """Yield the blocks by the orientation of their pages; a heading is with what follows it."""
    waiting: list[Data] = []
    made: list[tuple[bool, list[Data]]] = []
    before = ""
    for across, block in _blocks(blocks):
        if block["type"] == "paragraph":
            block = block | {"introduces": before == "heading"}
        waiting.append(block)
        before = block["type"]
        if before == "heading":
            continue
        if made and made[-1][0] == across:
            made[-1][1].extend(waiting)
        else:
            made.append((across, waiting))
        waiting = []
    yield from ({"landscape": across, "blocks": listed} for across, listed in made)


def _blocks(blocks: Iterable[Block]) -> Iterator[tuple[bool, Data]]:
    """Yield each block, with items as lists, and whether it needs a landscape page."""
    for is_item, group in groupby(blocks, lambda block: isinstance(block, ListItem)):
        if is_item:
            items = [block for block in group if isinstance(block, ListItem)]
            yield from ((False, one) for one in _lists(items))
        else:
            yield from map(_block, group)


def _block(block: Block) -> tuple[bool, Data]:
    match block:
        case Contents():
            return False, {"type": "contents"}
        case Heading():
            return False, {"type": "heading", "text": block.text, "rtl": right_to_left(block.text)}
        case Paragraph():
            return False, {"type": "paragraph", "runs": _runs(block.runs)}
        case DocumentTable():
            return block.landscape, _table(block)
        case Picture():
            return _picture(block)
        case _:
            return False, {"type": "sources"}


def _table(table: DocumentTable) -> Data:
    rows = [[[_runs(runs) for runs in cell] for cell in row] for row in table.rows]
    high = [place for place, row in enumerate(table.rows) if _could_be_high(table, row)]
    shown = {"header": table.header, "shares": table.shares, "high": high, "rows": rows}
    return {"type": "table", **shown}


def _could_be_high(table: DocumentTable, row: Sequence[Cell]) -> bool:
    """Return whether a row could need more lines than a page has."""
    room = (_EMS_ACROSS if table.landscape else _EMS_UPRIGHT) / sum(table.shares)
    return any(
        sum(sum(width(run.text) for run in runs) / (share * room) + 1 for runs in cell) > _LINES
        for share, cell in zip(table.shares, row, strict=True)
    )


def _picture(picture: Picture) -> tuple[bool, Data]:
    """Return a picture with its width in points, or the words that it is too large to read."""
    try:
        drawn = svg(picture.graph, name=picture.name, title=picture.title, inline=True)
    except ClaimcliError:
        return False, _TOO_LARGE
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawn)
    width, height = (float(size[1]), float(size[2])) if size else (1.0, 1.0)
    scales = {
        across: min(_FULL, room[0] / width, room[1] / height)
        for across, room in ((False, _UPRIGHT), (True, _ACROSS))
    }
    across = scales[False] < _LEAST < scales[True]
    if scales[across] < _LEAST:
        return False, _TOO_LARGE
    drawn = drawn.replace(' direction="rtl" text-anchor="end"', "")
    drawn = drawn.replace(' direction="rtl"', ' text-anchor="end"')  # Typst knows no directions
    alt = one_line(f"{picture.title}. {description(picture.graph)}")
    shown = {"svg": drawn, "width": round(scales[across] * width, 1), "alt": alt}
    return across, {"type": "picture", **shown}


def _lists(items: Sequence[ListItem]) -> list[Data]:
    """Return items as lists of one kind each; the deeper items below an item are its lists."""
    entries: list[tuple[bool, Data]] = []
    place = 0
    while place < len(items):
        item, end = items[place], place + 1
        while end < len(items) and items[end].depth > item.depth:
            end += 1
        below = _lists(items[place + 1 : end])
        entry = {"anchor": item.anchor, "runs": _runs(item.runs), "lists": below}
        entries.append((item.kind in _SMALL, entry))
        place = end
    return [
        {"type": "items", "small": small, "items": [entry for _, entry in group]}
        for small, group in groupby(entries, lambda entry: entry[0])
    ]


def _runs(runs: Runs) -> list[str | Data]:
    return [_run(run) for run in runs]


def _run(run: TextRun) -> str | Data:
    if run.note:
        return {"note": run.note, "first": run.first}
    edge = "\u200b" if run.link else ""
    text = _LONG_WORD.sub(lambda word: f"{edge}{_breakable(word)}{edge}", run.text)
    if _RIGHT_TO_LEFT.search(text):
        text = f"\u2068{text}\u2069"  # an isolate: the text around it keeps its order
    if run.style is TextStyle.PLAIN and not run.link:
        return text
    return {"note": 0, "text": text, "style": run.style.value, "link": run.link}


def _breakable(word: re.Match[str]) -> str:
    """Return a word that may be broken after every thirty letters, by zero-width spaces."""
    return "\u200b".join(re.findall(r".{1,30}", word[0]))


_TOO_LARGE: Data = {
    "type": "paragraph",
    "runs": _runs(
        (
            TextRun("The graph of this issue is too large for one picture; "),
            TextRun("claimcli graph", TextStyle.CODE),
            TextRun(" draws parts of it."),
        )
    ),
}
