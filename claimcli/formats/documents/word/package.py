"""The package of a Word document: its parts, their relationships, and the file they make."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from claimcli.core.text.escaping import visible
from claimcli.dossier.runtime import import_extra
from claimcli.formats.documents.word.house_style import HousePart
from claimcli.formats.documents.word.markup import escaped

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {"document": "wordprocessingml.document.main", "theme": "theme"}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class WordPackage:
    """A package in the making, with python-docx's classes; all parts belong to the document."""

    def __init__(self) -> None:
        import_extra("docx", "word")
        self._parts, self._addresses = (
            import_extra(f"docx.opc.{m}", "word") for m in ("part", "packuri")
        )
        self._package = import_extra("docx.opc.package", "word").OpcPackage()
        self._document = self._part("word/document.xml", "document")
        self._package.relate_to(self._document, f"{_RELATIONS}officeDocument")

    def _part(self, name: str, kind: str, data: bytes = b"", type_: str = "") -> Any:
        type_ = type_ or f"{_OFFICE}{_TYPES.get(kind, f'wordprocessingml.{kind}')}+xml"
        return self._parts.Part(self._addresses.PackURI(f"/{name}"), type_, data, self._package)

    def describe(self, title: str, language: str) -> None:
        """Add title and language, and neither author nor time."""
        relations = "http://schemas.openxmlformats.org/package/2006/"
        xml = (
            f'{DECLARATION}<cp:coreProperties xmlns:cp="{relations}metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(visible(title))}'
            f"</dc:title><dc:language>{escaped(visible(language))}</dc:language></cp:coreProperties>"
        )
        type_ = "application/vnd.openxmlformats-package.core-properties+xml"
        part = self._part("docProps/core.xml", "", xml.encode(), type_)
        self._package.relate_to(part, f"{relations}relationships/metadata/core-properties")

    def write(self, xml: str, links: Mapping[str, str]) -> None:
        """Set the XML of the document; ``links`` has the relationship id of each web address."""
        self._document._blob = (DECLARATION + xml).encode()  # no public way to set it
        _link(self._document, links)

    def add(self, kind: str, data: bytes, links: Mapping[str, str] | None = None) -> None:
        """Add a part that the document has once, such as its styles, unless it is empty."""
        if data:
            part = self._part(f"word/{kind}.xml", kind, data)
            _link(part, links or {})
            self._document.relate_to(part, _RELATIONS + kind)

    def add_headers(self, headers: Iterable[HousePart]) -> str:
        """Add headers and footers; return the XML by which a section names them."""
        references = []
        pictures = 0
        for number, one in enumerate(headers, 1):
            part = self._part(f"word/{one.kind}{number}.xml", one.kind, one.xml)
            _link(part, {address: name for name, address in one.links.items()})
            for name, (ending, type_, data) in one.pictures.items():
                pictures += 1
                picture = self._part(f"word/media/image{pictures}{ending}", "", data, type_)
                part.load_rel(f"{_RELATIONS}image", picture, name)
            name = self._document.relate_to(part, _RELATIONS + one.kind)
            references.append(f'<w:{one.kind}Reference w:type="{one.place}" r:id="{name}"/>')
        return "".join(references)

    def data(self) -> bytes:
        """Return the file, in which every time is the earliest that the format has."""
        made, fixed = BytesIO(), BytesIO()
        self._package.save(made)
        with ZipFile(made) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as archive:
            for part in parts.infolist():
                same = ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
                same.compress_type, same.external_attr = ZIP_DEFLATED, 0o600 << 16
                archive.writestr(same, parts.read(part))
        return fixed.getvalue()


def _link(part: Any, links: Mapping[str, str]) -> None:
    for address, name in links.items():
        part.load_rel(f"{_RELATIONS}hyperlink", address, name, is_external=True)
