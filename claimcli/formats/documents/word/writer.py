"""A briefing as a Word document; the same data always makes the same bytes."""

from collections.abc import Mapping

from claimcli.core.text.escaping import visible, xml_characters
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.runtime import import_extra
from claimcli.formats.documents.blocks import (
    BriefingDocument,
    DocumentOptions,
    WrittenDocument,
)
from claimcli.formats.documents.word.body import WordLayout, body, bookmarks
from claimcli.formats.documents.word.house_style import (
    HousePart,
    HouseStyle,
    own_style,
    read_house_style,
)
from claimcli.formats.documents.word.lists import add_lists
from claimcli.formats.documents.word.markup import (
    NAMESPACES,
    MarkupWriter,
    escaped,
    field,
    text_run,
)
from claimcli.formats.documents.word.notes import SEPARATORS, footnotes
from claimcli.formats.documents.word.package import DECLARATION, WordPackage
from claimcli.formats.documents.word.page import SIZES
from claimcli.formats.documents.word.styles import complete_styles, set_font, set_language


def word(document: BriefingDocument, options: DocumentOptions) -> WrittenDocument:
    """Return a document as a .docx file.

    Raises ClaimcliError if python-docx is missing, or if the styles of ``options`` cannot be used.
    """
    package = WordPackage()
    etree = import_extra("lxml.etree", "word")
    paper = options.paper and one_of(options.paper, SIZES, "paper")
    style = read_house_style(options.styles) if options.styles else own_style()
    page = style.page.resized(*SIZES[paper]) if paper else style.page
    names = complete_styles(style.styles, etree.fromstring)
    set_language(style.styles, xml_characters(visible(options.language)))
    if options.font:
        set_font(style.styles, xml_characters(visible(options.font)))
    lists = add_lists(style.numbering, etree.fromstring)
    headers = package.add_headers(style.parts or _running_parts(document.title, names))
    markup = MarkupWriter(names, bookmarks(document))
    content = body(document, markup, WordLayout(page, headers, *lists))
    package.write(f"<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>", markup.links)
    in_notes = MarkupWriter(names)
    package.add("footnotes", footnotes(in_notes, document.notes).encode(), in_notes.links)
    package.add("styles", etree.tostring(style.styles))
    package.add("numbering", etree.tostring(style.numbering))
    package.add("settings", _settings(style, options.language).encode())
    package.add("fontTable", style.fonts)
    package.add("theme", style.theme)
    package.describe(document.title, options.language)
    return WrittenDocument(package.data())


def _running_parts(title: str, styles: Mapping[str, str]) -> tuple[HousePart, ...]:
    """Return a header with the title, except on the first page, and a footer with page numbers."""
    pages = f"{field('PAGE', text_run('1'))}{text_run(' / ')}{field('NUMPAGES', text_run('1'))}"
    named = field("TITLE", text_run(visible(title)))  # another document may use this header
    header = MarkupWriter(styles).paragraph("header", (), before=named)
    footer = MarkupWriter(styles).paragraph("footer", (), before=pages)
    return (
        _running_part("header", "default", header),
        _running_part("footer", "default", footer),
        _running_part("footer", "first", footer),
    )


def _running_part(kind: str, place: str, paragraph: str) -> HousePart:
    tag = "hdr" if kind == "header" else "ftr"
    xml = f"{DECLARATION}<w:{tag} {NAMESPACES}>{paragraph}</w:{tag}>"
    return HousePart(kind, place, xml.encode(), {}, {})


def _settings(style: HouseStyle, language: str) -> str:
    """Return the settings: the present version of Word, and separators of footnotes."""
    separators = "".join(f'<w:footnote w:id="{one}"/>' for one in SEPARATORS)
    colours = "".join(
        f' w:{name}="{colour}"'
        for name, colour in (
            ("bg1", "light1"), ("t1", "dark1"), ("bg2", "light2"), ("t2", "dark2"),
            *((f"accent{n}", f"accent{n}") for n in range(1, 7)),
            ("hyperlink", "hyperlink"), ("followedHyperlink", "followedHyperlink"),
        )
    )  # fmt: skip
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        f'<w:defaultTabStop w:val="720"/>{"<w:evenAndOddHeaders/>" if style.even_pages else ""}'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:footnotePr>{separators}</w:footnotePr>"
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{escaped(visible(language))}"/>'
        f"<w:clrSchemeMapping{colours}/></w:settings>"
    )
