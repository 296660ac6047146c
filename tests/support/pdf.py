"""Write small PDF files for tests: words at positions, in a font without glyphs."""

from collections.abc import Sequence
from math import cos, radians, sin
from typing import NamedTuple


class Words(NamedTuple):
    """Characters to write from left to right, from the position of the first one's baseline."""

    x: float
    y: float
    text: str
    size: float = 10
    angle: float = 0
    mode: int = 0


def pdf(*pages: Sequence[Words]) -> bytes:
    """Return a file with pages of 400 by 600 points.

    Each character is half as wide as its size, a space a quarter. The font maps its codes to the
    characters with a ToUnicode table, as those of word processors do.
    """
    chars = sorted({char for page in pages for words in page for char in words.text})
    codes = {char: number for number, char in enumerate(chars, start=1)}
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Test/Encoding/Identity-H"
        "/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Test/DW 500"
        f"/W[{codes.get(' ', 0)}[250]]/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Test/Flags 4"
        "/FontBBox[0 -200 500 800]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>",
        _stream(_to_unicode(codes)),
    ]
    for number, page in enumerate(pages):
        objects += [
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {7 + 2 * number} 0 R>>",
            _stream("\n".join(_shown(words, codes) for words in page)),
        ]
    return _file(objects)


def _shown(words: Words, codes: dict[str, int]) -> str:
    c, s = cos(radians(words.angle)), sin(radians(words.angle))
    written = "".join(f"{codes[char]:04x}" for char in words.text)
    matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {words.x} {words.y}"
    return f"BT {words.mode} Tr /F {words.size} Tf {matrix} Tm <{written}> Tj ET"


def _to_unicode(codes: dict[str, int]) -> str:
    pairs = "\n".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Test def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n"
        f"{pairs}\nendbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    body, starts = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += f"{number} 0 obj {content} endobj\n".encode("ascii")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer <</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    return body + trailer.encode("ascii")
