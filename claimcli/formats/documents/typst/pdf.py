"""Documents as PDF/UA-1, compiled by Typst without a network and without other files."""

import re
from base64 import b64encode
from collections.abc import Collection, Iterator
from functools import partial
from itertools import chain
from typing import Any

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.suggestions import did_you_mean
from claimcli.core.text.word_diff import plural
from claimcli.dossier.runtime import import_extra
from claimcli.formats.documents.blocks import (
    BriefingDocument,
    DocumentOptions,
    DocumentTable,
    Heading,
    ListItem,
    Paragraph,
    Runs,
    WrittenDocument,
)
from claimcli.formats.documents.typst.source import WORD_JOINER, Redraw, quoted, source

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
"""Typst's error for a text without a glyph, quoted as Rust quotes it."""
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_UNNAMED = "missing codepoints"
"""Typst's error for glyphs, in pictures with text in some scripts, that have no character."""
_PIXELS = 200
"""Pixels per inch of pictures without text."""
_MOST_ATTEMPTS = 20


def pdf(document: BriefingDocument, options: DocumentOptions) -> WrittenDocument:
    """Return a document as PDF, and notes on characters that were replaced.

    Without a font in the options, only the fonts that come with Typst and those in the folders of
    the options are used, so that every machine makes the same file. Raises ClaimcliError if the
    font is unknown, or if no font has a character; if forced, such characters are spelled out.
    """
    typst = import_extra("typst", "pdf")
    fonts = typst.Fonts(
        include_system_fonts=bool(options.font), font_paths=[*map(str, options.font_paths)]
    )
    _refuse_unknown(options.font, fonts.families())
    missing: dict[str, None] = {}
    redraw: Redraw = str
    for _ in range(_MOST_ATTEMPTS):
        text = source(document, options, spelled_out="".join(missing), redraw=redraw)
        try:
            made = _compile(typst, text, fonts, format="pdf", pdf_standards=["ua-1"], timestamp=0)
            notes = (_note(document, one) for one in missing if one != WORD_JOINER)
            return WrittenDocument(made, tuple(notes))
        except typst.TypstError as error:
            found = dict.fromkeys(_missing_texts(error.diagnostic))
            if found.keys() <= missing.keys():
                if _UNNAMED not in error.message or redraw is not str:
                    raise _failed(error) from None
                redraw = partial(_rasterized, typst, fonts)
            missing |= found
            if missing.keys() - {WORD_JOINER} and not options.force:
                raise _no_glyph(document, missing) from None
    raise _no_glyph(document, missing)


def _compile(typst: Any, text: str, fonts: Any, **how: Any) -> bytes:
    return bytes(typst.Compiler(text.encode(), font_paths=fonts).compile(**how))


def _failed(error: Exception) -> ClaimcliError:
    hint = "name another font with --font, or write HTML or Word" if _UNNAMED in str(error) else ""
    return ClaimcliError(f"Typst cannot make the PDF: {error}", hint)


def _rasterized(typst: Any, fonts: Any, picture: str) -> str:
    """Return an SVG picture as one with pixels, in which the letters of every script can be."""
    size = re.search(r' viewBox="[^"]+" width="[^"]+" height="[^"]+"', picture)
    page = "#set page(width: auto, height: auto, margin: 0pt)\n"
    text = f'{page}#image(bytes({quoted(picture)}), format: "svg")'
    pixels = b64encode(_compile(typst, text, fonts, format="png", ppi=_PIXELS)).decode()
    attributes = size[0] if size else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{attributes}>'
        f'<image width="100%" height="100%" href="data:image/png;base64,{pixels}"/></svg>'
    )


def _refuse_unknown(font: str, families: Collection[str]) -> None:
    if font and font.lower() not in {family.lower() for family in families}:
        other = "name one that is installed, or the folder of its files with --font-path"
        raise ClaimcliError(f"no font '{font}'", did_you_mean(font, families, other))


def _missing_texts(diagnostic: str) -> list[str]:
    return [_ESCAPE.sub(_unescaped, match) for match in _MISSING.findall(diagnostic)]


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def _no_glyph(document: BriefingDocument, missing: Collection[str]) -> ClaimcliError:
    first, *others = (one for one in missing if one != WORD_JOINER)
    more = f", and {plural(len(others), 'other character')}" if others else ""
    return ClaimcliError(
        f"no font has {_named(first)}{_place(document, first)}{more}",
        "name an installed font that has it with --font, or a folder of fonts with --font-path; "
        "--force writes the character's number",
        code=ExitCode.UNREADABLE,
    )


def _note(document: BriefingDocument, text: str) -> str:
    return f"no font has {_named(text)}{_place(document, text)}; its number is written instead"


def _named(text: str) -> str:
    return f"'{text}' ({' '.join(f'U+{ord(letter):04X}' for letter in text)})"


def _place(document: BriefingDocument, text: str) -> str:
    """Return where a text occurs first, as ``, in claim 'pledge'``, or "" if it does not."""
    places = chain(_claims(document), _sections(document))
    return next((place for shown, place in places if text in shown), "")


def _claims(document: BriefingDocument) -> Iterator[tuple[str, str]]:
    """Yield the texts of claims and sources with their places."""
    claim = ""
    for block in document.blocks:
        if isinstance(block, ListItem):
            claim = block.anchor.removeprefix("claim-") or claim
            if claim:
                yield _text(block.runs), f", in claim '{claim}'"
    for note in document.notes:
        yield _text(note.entry), f", in source {note.number}"


def _sections(document: BriefingDocument) -> Iterator[tuple[str, str]]:
    """Yield the other texts with the headings that they are under."""
    heading = document.title
    for block in document.blocks:
        match block:
            case Heading():
                heading = block.text
                yield heading, f", in the heading '{heading}'"
            case DocumentTable():
                cells = (_text(runs) for row in block.rows for cell in row for runs in cell)
                yield " ".join((*block.header, *cells)), f", in the table under '{heading}'"
            case Paragraph():
                yield _text(block.runs), f", under '{heading}'"
            case _:
                pass


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)
