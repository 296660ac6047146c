"""The text of a web page as a reader sees it, in reading order.

Modelled on the HTML standard's innerText (section 3.2.7, rendered text collection steps). Left out
too is what a browser counts as text but no reader sees, such as transparent text, and struck-out
text and footnote marks. External style sheets, scripts and generated content have no effect.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from claimcli.quotes.texts.blocks import Block, BlockBuilder, Position
from claimcli.quotes.texts.css import PageError, parse_rules
from claimcli.quotes.texts.css_selectors import RENAMED, Node, StyleRules
from claimcli.quotes.texts.marks import (
    SUBSCRIPT,
    SUPERSCRIPT,
    is_note_link,
    refers_to_note,
    without_mark,
)
from claimcli.quotes.texts.style import Style, style_of

_STRAY_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
"""End tags behind which the parser reads nothing, while browsers do."""
_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_EARLY = ("b", "big", "i", "s", "small", "strike", "tt", "u")
_RENAMED_TAGS = frozenset(f"{RENAMED}{tag}" for tag in _EARLY)
_CLOSED_BY_PARAGRAPHS = re.compile(rf"<(/?)({'|'.join(_EARLY)})(?=[\s/>])", re.IGNORECASE)
"""Tags that the parser, unlike browsers, ends where a paragraph begins within them."""
_STRUCK_END = re.compile(r"</(?:s|strike)(?=[\s/>])", re.IGNORECASE)
_STRUCK = ("s", "strike")
"""Elements that go on in the next paragraph if their end tag is missing."""
_LINE_END_TAG = re.compile(r"</br\s*/?>", re.IGNORECASE)
_NEWLINE_REFERENCE = re.compile(r"&#(?:0{0,9}1[03]|x0{0,9}[ad]);?|&NewLine;", re.IGNORECASE)
MAX_MARK = 60
"""Longest text that is considered a footnote mark or an exponent, in characters."""
_SCRIPTS = {"msup": ("", "super"), "msub": ("", "sub"), "msubsup": ("", "sub", "super")}


class VisiblePage(Struct):
    """The visible blocks of a page, and its tree, from which ``clean`` removes the other text."""

    blocks: list[Block]
    tree: Any
    hidden: list[tuple[Any, str]]

    def clean(self) -> Any:
        """Return the tree with only the text that is seen."""
        for element, part in self.hidden:
            setattr(element, part, " ")
        for element in self.tree.iter("*"):
            if element.tag in _RENAMED_TAGS:
                element.tag = element.tag.removeprefix(RENAMED)
        return self.tree


def read_page(html: str) -> VisiblePage:
    """Return the visible text of a page.

    Raises PageError if it is nested too deeply or its style rules cost too much.
    """
    tree = _parse(html)
    if tree is None:
        return VisiblePage([], None, [])
    sheets = (
        (style.get("media", ""), "".join(style.itertext()))
        for style in tree.iter("style")
        if style.get("type", "text/css").lower() in ("", "text/css")
        and not any(above.tag in ("noscript", "template") for above in style.iterancestors())
    )
    walker = _Walker(StyleRules(parse_rules(sheets)))
    walker.walk(tree)
    return VisiblePage(walker.builder.blocks, tree, walker.hidden)


def _parse(html: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser

    text = html.replace("\r\n", "\n").replace("\r", "\n")
    text = _LINE_END_TAG.sub("<br>", _STRAY_ENDS.sub("", text))
    text = _NEWLINE_REFERENCE.sub(" ", text)
    text = _STRUCK_END.sub(r"<?s>\g<0>", text)
    text = _CLOSED_BY_PARAGRAPHS.sub(rf"<\1{RENAMED}\2", text)
    text = _PARAGRAPH_END.sub(r"\g<0><?p>", text)
    if not text.strip():
        return None
    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise PageError("is nested too deeply")
    return tree


class _Open(Struct):
    """An element that has begun: its style, where its text began, and whether its end tag came."""

    node: Node
    style: Style
    position: Position | None = None
    ended: bool = False


class _Walker:
    """Goes through a tree and gives the builder the visible text with line numbers."""

    def __init__(self, rules: StyleRules) -> None:
        self.builder = BlockBuilder()
        self.hidden: list[tuple[Any, str]] = []
        self._rules = rules
        self._open: list[_Open] = []
        self._line = 1
        self._unclosed = 0  # struck-out elements without an end tag so far

    def walk(self, tree: Any) -> None:
        from lxml.etree import iterwalk

        for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._line = max(self._line, element.sourceline or 0)
                self._start(element)
                self._text(element, "text")
                continue
            if event == "end":
                self._end(self._open.pop())
            else:
                self._line = max(self._line, element.sourceline or 0)
                self._mark_end(_target(element))
            if self._open:
                self._text(element, "tail")
        self.builder.close()

    def _mark_end(self, tag: str) -> None:
        """Note the end tag of a paragraph, or of a struck-out element."""
        if tag == "p":
            self.builder.close()
        elif tag == "s":
            self._end_struck()

    def _end_struck(self) -> None:
        """Note the end tag of the last struck-out element, open or in an earlier paragraph."""
        for at in reversed(range(len(self._open))):
            if self._open[at].node.tag in _STRUCK and not self._open[at].ended:
                self._open[at].ended = True
                for one in self._open[at:]:  # the parser can ignore the tag
                    one.style.struck = at > 0 and self._open[at - 1].style.struck
                return
        self._unclosed = max(0, self._unclosed - 1)

    def _start(self, element: Any) -> None:
        parent = self._open[-1] if self._open else None
        node = Node(element, parent.node if parent else None)
        above = parent.style if parent else Style()
        if node.tag in ("rb", "rt", "rp") and len(self._open) > 1:
            above = self._ruby_style()
        style = style_of(node, self._rules, above)
        opened = _Open(node, style)
        self._open.append(opened)
        if style.gone or (above.gone and node.tag not in ("rb", "rt", "rp")):
            return
        if style.is_block:
            self.builder.close()
        elif style.display == "table-cell":
            self.builder.end_cell()
        elif node.tag == "br" and not style.hidden:
            self.builder.end_line()
        self._start_script(opened)

    def _ruby_style(self) -> Style:
        """Return the style around an annotation, whose end tag may be missing."""
        above = len(self._open) - 1
        while above and self._open[above].node.tag in ("rb", "rt", "rp", "rtc"):
            above -= 1
        return self._open[above].style

    def _start_script(self, opened: _Open) -> None:
        """Remember where a superscript, a subscript or a reference to a note begins."""
        node, style = opened.node, opened.style
        parent = self._open[-2].node.tag if len(self._open) > 1 else ""
        if parent in ("msup", "msub", "msubsup", "mfrac"):
            place = sum(1 for _ in node.element.itersiblings("*", preceding=True))
            if parent == "mfrac":
                self.builder.add("/" if place else " ", self._line)
            else:
                style.raised = f"math-{_SCRIPTS[parent][min(place, 1 + (parent == 'msubsup'))]}"
        if style.raised or node.tag == "a" or refers_to_note(node.tag, node.element.attrib):
            opened.position = self.builder.position

    def _end(self, opened: _Open) -> None:
        tag = opened.node.tag
        if tag in _STRUCK and not opened.ended:
            self._unclosed += 1
        elif tag in ("td", "th", "caption"):
            self._unclosed = 0
        if opened.position is not None:
            self._end_script(opened, opened.position)
        if opened.style.is_block and not opened.style.gone:
            self.builder.close()

    def _end_script(self, opened: _Open, position: Position) -> None:
        """Remove or change the text of a superscript, a subscript or a reference to a note."""
        element, raised = opened.node.element, opened.style.raised
        text = (
            self.builder.since(position) if self.builder.length < position.length + MAX_MARK else ""
        )
        inside = any(one.position and one.style.raised for one in self._open[-3:])
        if not text.strip() or (inside and not raised):
            return
        if raised.startswith("math-"):
            table = {"math-super": SUPERSCRIPT, "math-sub": SUBSCRIPT}.get(raised)
            self.builder.replace(position, text.translate(table) if table else text)
            return
        certain = refers_to_note(opened.node.tag, element.attrib) or self._is_link(opened, text)
        lead = text[: len(text) - len(text.lstrip())]
        seen = without_mark(
            text,
            before=self.builder.before(position) + lead,
            after=(element.tail or "")[:3],
            raised=raised,
            certain=certain,
        )
        if seen is None:
            self.builder.replace(position, lead)
            self.builder.leave_out()
            self._hide(element)
        elif seen != text:
            self.builder.replace(position, seen)
            self._translate(element, raised)

    def _is_link(self, opened: _Open, text: str) -> bool:
        """Return whether an element with a mark is in a link, or has one, that leads to a note."""
        raised = any(one.style.raised == "super" for one in (opened, *self._open[-2:]))
        links = [one.node.element for one in (opened, *self._open[-2:]) if one.node.tag == "a"]
        if opened.style.raised == "super":
            links += opened.node.element.iter("a")
        return any(
            is_note_link(text, link.get("href") or "", raised=raised)
            and "".join(link.itertext()).strip() == text.strip()
            for link in links
        )

    def _text(self, element: Any, part: str) -> None:
        text = getattr(element, part)
        if not text:
            return
        style, tag = self._open[-1].style, self._open[-1].node.tag
        if style.hidden or self._unclosed:
            if style.marked or (not style.hidden and text.strip()):
                self.builder.leave_out()
            if text.strip():
                self.hidden.append((element, part))
            self._line += text.count("\n")
            return
        if part == "text" and tag in ("pre", "listing") and text.startswith("\n"):
            text, self._line = text[1:], self._line + 1
        self._line = self.builder.add(text, self._line, style.spaces)

    def _hide(self, element: Any) -> None:
        self.hidden.extend(_texts(element))

    def _translate(self, element: Any, raised: str) -> None:
        """Change the digits of the tree too, since its text is compared with the blocks."""
        table = SUPERSCRIPT if raised == "super" else SUBSCRIPT
        for inner, part in _texts(element):
            text = getattr(inner, part)
            if text.isprintable():  # the library refuses control characters
                setattr(inner, part, text.translate(table))


def _target(node: Any) -> str:
    """Return the name of a processing instruction, which can be a comment; "" for another node."""
    text = node.text or ""
    return str(getattr(node, "target", None) or (text[1:] if text.startswith("?") else ""))


def _texts(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield the text nodes of an element, as elements with the name of the attribute."""
    for inner in element.iter("*"):
        if inner.text:
            yield inner, "text"
        if inner is not element and inner.tail:
            yield inner, "tail"
