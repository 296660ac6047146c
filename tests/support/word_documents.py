"""What is in a Word document, read without the code that writes it."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str = "document") -> ElementTree.Element:
    """Return the root of a part of a document."""
    with ZipFile(BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(f"word/{name}.xml"))


def names(data: bytes) -> list[str]:
    """Return the names of the files in a document."""
    return ZipFile(BytesIO(data)).namelist()


def text_of(element: ElementTree.Element) -> str:
    """Return the text of an element without direction marks."""
    texts = (one.text or "" for one in element.iter(f"{W}t"))
    return re.sub("[\u200e\u200f]", "", "".join(texts))


def paragraphs(data: bytes, name: str = "document") -> list[str]:
    """Return the texts of a part's paragraphs."""
    return [text_of(one) for one in part(data, name).iter(f"{W}p")]
