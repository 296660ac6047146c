"""Styles and page of a user's Word document, which may come from a stranger.

Only what is listed here is taken from it: styles, lists, theme and fonts by name, and the headers
and footers with their pictures. Macros, embedded objects, its text and its metadata never are.
"""

import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import web_link
from claimcli.dossier.runtime import import_extra
from claimcli.formats.documents.word.markup import NAMESPACES
from claimcli.formats.documents.word.page import SIZES, WordPage, house_page
from claimcli.formats.documents.word.styles import W, own_styles

LARGEST_FILE, LARGEST_PART, MOST_PARTS = 16 * 2**20, 8 * 2**20, 1000
"""Limits of a Word document whose styles are used: bytes, bytes of an unpacked part, parts."""
_NO_LISTS = f"<w:numbering {NAMESPACES}/>"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PICTURES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".bmp": "image/bmp", ".tif": "image/tiff", ".tiff": "image/tiff", ".emf": "image/x-emf",
    ".wmf": "image/x-wmf", ".svg": "image/svg+xml",
}  # fmt: skip
_FIELDS = frozenset(
    ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "TITLE", "STYLEREF", "FILENAME",
     "PRINTDATE", "SAVEDATE", "CREATEDATE", "DOCPROPERTY", "IF")
)  # fmt: skip
"""Fields that read nothing outside the document."""


class HousePart(Struct, frozen=True):
    """A header or footer: its XML, and its pictures and links by relationship id.

    ``place`` is ``default``, ``first`` or ``even``; a picture is its file ending, type and bytes.
    """

    kind: str
    place: str
    xml: bytes
    pictures: Mapping[str, tuple[str, str, bytes]]
    links: Mapping[str, str]


class HouseStyle(Struct, frozen=True):
    """What gives a document its looks: root elements of parts, or their bytes, b"" without one.

    ``even_pages`` says whether even pages have their own headers.
    """

    styles: Any
    numbering: Any
    page: WordPage
    theme: bytes = b""
    fonts: bytes = b""
    parts: tuple[HousePart, ...] = ()
    even_pages: bool = False


def own_style() -> HouseStyle:
    """Return the style of documents without a house style."""
    parse = import_extra("lxml.etree", "word").fromstring
    return HouseStyle(parse(own_styles()), parse(_NO_LISTS), WordPage(*SIZES["a4"]))


def read_house_style(path: Path) -> HouseStyle:
    """Return styles and page of a Word document.

    Raises ClaimcliError if it is not one, is larger than the limits, or if a header needs
    something outside the document.
    """
    try:
        if path.exists() and not path.is_file():  # reading a pipe or a device could never end
            raise _refusal(path, "it is not a file")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise _refusal(path, f"it is larger than {LARGEST_FILE >> 20} MiB")
        with ZipFile(BytesIO(data)) as archive:
            return _HouseReader(path, archive).house_style()
    except OSError as error:
        raise ClaimcliError(f"cannot read '{path}': {error.strerror or error}") from None
    except (BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError):
        raise _refusal(path, "it is damaged or not a Word document") from None


def _refusal(path: Path, reason: str) -> ClaimcliError:
    hint = "open it in a word processor and save it again as .docx"
    return ClaimcliError(f"the styles of '{path}' cannot be used: {reason}", hint)


class _HouseRelation(Struct, frozen=True):
    """A relationship of a part to a part, or to an ``external`` address."""

    id: str
    kind: str
    target: str
    external: bool


class _HouseReader:
    """Reads parts of an archive within the limits."""

    def __init__(self, path: Path, archive: ZipFile) -> None:
        self.path, self.archive = path, archive
        if len(archive.infolist()) > MOST_PARTS:
            raise _refusal(path, f"it has more than {MOST_PARTS} parts")
        etree = import_extra("lxml.etree", "word")
        self.syntax_error = etree.XMLSyntaxError
        self.parse_xml, self.to_bytes = etree.fromstring, etree.tostring
        self.parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

    def house_style(self) -> HouseStyle:
        main = self.target("", "officeDocument") or "word/document.xml"
        document = self.root(main)
        if document.tag != f"{W}document":
            raise _refusal(self.path, "it is not a document of Word 2007 or later")
        sections = [*document.iter(f"{W}sectPr")]
        settings, lists = self.target(main, "settings"), self.target(main, "numbering")
        even = bool(settings) and self.root(settings).find(f"{W}evenAndOddHeaders") is not None
        parts = {name: self.target(main, name) for name in ("styles", "theme", "fontTable")}
        if not parts["styles"]:
            raise _refusal(self.path, "it has no styles")
        return HouseStyle(
            styles=self.root(parts["styles"]),
            numbering=self.numbering(lists),
            page=house_page(sections[-1] if sections else None),
            theme=self.theme(parts["theme"]),
            fonts=self.fonts(parts["fontTable"]),
            parts=tuple(self.headers(main, sections)),
            even_pages=even,
        )

    def numbering(self, name: str) -> Any:
        """Return the root of the lists, without bullets that are pictures."""
        root = self.root(name) if name else self.parse_xml(_NO_LISTS)
        return _without(root, "numPicBullet", "lvlPicBulletId")

    def fonts(self, name: str) -> bytes:
        """Return the table of fonts without embedded ones, which are licensed to its owner."""
        if not name:
            return b""
        embedded = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
        return bytes(self.to_bytes(_without(self.root(name), *embedded)))

    def theme(self, name: str) -> bytes:
        """Return the theme, b"" if it needs other parts."""
        if not name:
            return b""
        root = self.root(name)
        refers = any(key.startswith(_R) for element in root.iter() for key in element.attrib)
        return b"" if refers else bytes(self.to_bytes(root))

    def read(self, name: str) -> bytes:
        size = self.archive.getinfo(name).file_size
        if size > LARGEST_PART:
            raise _refusal(self.path, f"'{name}' has more than {LARGEST_PART >> 20} MiB unpacked")
        return self.archive.read(name)

    def root(self, name: str) -> Any:
        """Return the root element of a part, without document types and in UTF-8 only."""
        data = self.read(name)
        encoding = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", data)
        if b"\0" in data or b"<!DOCTYPE" in data or (encoding and encoding[1].lower() != b"utf-8"):
            raise _refusal(self.path, f"'{name}' is not plain XML in UTF-8")
        try:
            return self.parse_xml(data.removeprefix(b"\xef\xbb\xbf"), self.parser)
        except self.syntax_error:
            raise _refusal(self.path, f"'{name}' is not XML") from None

    def relations(self, name: str) -> Iterator[_HouseRelation]:
        """Yield the relationships of a part."""
        folder, base = posixpath.split(name)
        file = posixpath.join(folder, "_rels", f"{base}.rels")
        if file not in self.archive.namelist():
            return
        for one in self.root(file):
            kind, target = one.get("Type", ""), one.get("Target", "")
            external = one.get("TargetMode", "") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
            yield _HouseRelation(one.get("Id", ""), kind.removeprefix(_RELATION), target, external)

    def target(self, name: str, kind: str) -> str:
        """Return the part that another one relates to, "" if it relates to none."""
        return next((one.target for one in self.relations(name) if one.kind == kind), "")

    def headers(self, main: str, sections: list[Any]) -> Iterator[HousePart]:
        """Yield the headers and footers of the last section, which may be those of earlier ones."""
        used: dict[tuple[str, str], str] = {}
        for section in sections:
            for kind in ("header", "footer"):
                for one in section.iterchildren(f"{W}{kind}Reference"):
                    place = one.get(f"{W}type", "default")
                    if place in ("default", "first", "even"):
                        used[kind, place] = one.get(f"{_R}id", "")
        targets = {one.id: one.target for one in self.relations(main)}
        for (kind, place), name in used.items():
            if name in targets:
                yield self.header(kind, place, targets[name])

    def header(self, kind: str, place: str, name: str) -> HousePart:
        root = self.root(name)
        refused = next(_outside(root), "")
        pictures, links = {}, {}
        for one in self.relations(name):
            ending = posixpath.splitext(one.target)[1].lower()
            linked = web_link(one.target) or one.target.startswith("mailto:")
            if one.kind == "image" and not one.external and ending in _PICTURES:
                pictures[one.id] = (ending, _PICTURES[ending], self.read(one.target))
            elif one.kind == "hyperlink" and linked:
                links[one.id] = one.target
            else:
                refused = refused or f"a relationship of the type '{one.kind[:40]}'"
        if refused:
            hint = f"remove it from the {kind} in a word processor"
            raise ClaimcliError(f"the {kind} of '{self.path}' has {refused}", hint)
        return HousePart(kind, place, self.read(name), pictures, links)


def _without(root: Any, *tags: str) -> Any:
    """Return an element after removing those with some tags from it."""
    for element in list(root.iter(*(f"{W}{tag}" for tag in tags))):
        element.getparent().remove(element)
    return root


def _outside(root: Any) -> Iterator[str]:
    """Yield what in a header could read something outside the document."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if key.rpartition("}")[2].lower() in ("src", "href", "althref") and value:
                yield f"a reference to '{value[:40]}'"
    for instruction in _instructions(root):
        word = instruction.split()[0].upper() if instruction.split() else ""
        if word not in _FIELDS:
            yield f"the field '{instruction.strip()[:40]}'"


def _instructions(root: Any) -> Iterator[str]:
    """Yield the instructions of fields; that of a field within one ends the outer one's word."""
    for element in root.iter(f"{W}fldSimple"):
        yield element.get(f"{W}instr", "")
    texts: list[str] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            if not texts:
                texts.append("")
            texts[-1] += element.text or ""
        elif element.get(f"{W}fldCharType") == "begin":
            texts.append("")
        elif texts and element.get(f"{W}fldCharType") == "end":
            yield texts.pop()
    yield from (text for text in texts if text)
