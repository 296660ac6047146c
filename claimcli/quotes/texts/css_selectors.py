"""Which style rules select an element, by CSS Selectors Level 4.

Known are types, ids, classes, attributes, combinators, and the pseudo-classes of ``_PSEUDOS``,
``:not()``, ``:is()`` and ``:where()``. A selector with another pseudo-class or a pseudo-element
selects nothing here.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.quotes.texts.css import CssRule, Declaration, PageError, unescaped

MAX_TESTS = 4_000_000
"""Comparisons of an element with a part of a selector; a page that needs more is not read."""
MAX_PARTS, MAX_SELECTORS = 60, 200_000
"""Parts of one selector, and selectors of a page; a page with more is not read."""
RENAMED = "x-"
"""Begins the name of an element that the parser would end too early under its own name."""
_IDENT = r"(?:[-\w]|[^\x00-\x7f\w]|\\[0-9a-fA-F]{1,6}+\s?+|\\[^\n0-9a-fA-F])++"
_PART = re.compile(
    rf"""(?P<combinator>\s*[>+~]\s*|\s+)|(?P<any>\*)|(?P<tag>{_IDENT})
    |\#(?P<id>{_IDENT})|\.(?P<class>{_IDENT})|(?P<attribute>\[(?:[^\]"']++|"[^"]*+"|'[^']*+')*+\])
    |(?P<function>:(?:not|is|where|matches|-webkit-any)\()|(?P<pseudo>::?{_IDENT})""",
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    rf"""\[\s*({_IDENT})\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|({_IDENT}))\s*([is])?\s*)?\]""",
    re.VERBOSE | re.IGNORECASE,
)
_PIECE = re.compile(r"""\\.|"[^"]*"|'[^']*'|[()\[\],]|[^()\[\],"'\\]+|.""", re.DOTALL)


class Node:
    """An element with its parent, its id and its classes."""

    __slots__ = ("classes", "element", "id", "parent", "tag")

    def __init__(self, element: Any, parent: "Node | None") -> None:
        self.element = element
        self.parent = parent
        self.tag: str = element.tag.removeprefix(RENAMED)
        self.id: str = element.get("id", "")
        self.classes = frozenset(element.get("class", "").split())


_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "": lambda value, wanted: True,  # noqa: ARG005
    "=": str.__eq__,
    "~=": lambda value, wanted: wanted in value.split(),
    "|=": lambda value, wanted: value == wanted or value.startswith(f"{wanted}-"),
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
}


def _is_first(node: Node) -> bool:
    return next(node.element.itersiblings("*", preceding=True), None) is None


def _is_last(node: Node) -> bool:
    return next(node.element.itersiblings("*"), None) is None


_PSEUDOS: Mapping[str, Callable[[Node], bool]] = {
    ":root": lambda node: node.parent is None,
    ":first-child": _is_first,
    ":last-child": _is_last,
    ":link": lambda node: node.tag == "a" and "href" in node.element.attrib,
    ":any-link": lambda node: node.tag == "a" and "href" in node.element.attrib,
    ":checked": lambda node: bool({"checked", "selected"} & set(node.element.attrib)),
}


class Compound(Struct):
    """Conditions on one element; ``tests`` are the pseudo-classes."""

    tag: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str, str], ...] = ()
    tests: tuple[Callable[[Node], bool], ...] = ()

    def accepts(self, node: Node) -> bool:
        """Return whether an element meets all conditions."""
        return (
            (not self.tag or self.tag == node.tag)
            and (not self.id or self.id == node.id)
            and node.classes.issuperset(self.classes)
            and all(_has_attribute(node, *one) for one in self.attributes)
            and all(test(node) for test in self.tests)
        )


class Selector(Struct, frozen=True):
    """Compounds from right to left, the combinator left of each, and the specificity."""

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]
    specificity: tuple[int, int, int]


class StyleRules:
    """The rules of a page, by the rarest name in the last part of their selectors."""

    def __init__(self, rules: Iterable[CssRule]) -> None:
        self._by_name: dict[str, list[tuple[int, Selector, CssRule]]] = defaultdict(list)
        self._tests = count = 0
        for order, rule in enumerate(rules):
            for selector in parse_selectors(rule.selectors):
                last = selector.compounds[0]
                name = last.id and f"#{last.id}"
                name = name or (f".{last.classes[0]}" if last.classes else last.tag)
                self._by_name[name].append((order, selector, rule))
                count += 1
                if count > MAX_SELECTORS:
                    raise PageError(f"has more than {MAX_SELECTORS:,} selectors of style rules")

    def declarations(self, node: Node) -> list[tuple[tuple[Any, ...], Declaration]]:
        """Return the declarations for an element, each with its precedence, in no order.

        Raises PageError if the page has had too many comparisons.
        """
        names = ["", node.tag, f"#{node.id}", *(f".{name}" for name in node.classes)]
        found = []
        for name in names:
            for order, selector, rule in self._by_name.get(name, ()):
                if self._selects(selector, 0, node):
                    weaker = tuple(-number for number in rule.layer)
                    for one in rule.declarations:
                        layer = weaker if one.important else rule.layer
                        place = (one.important, 0, layer, selector.specificity, order)
                        found.append((place, one))
        return found

    def _selects(self, selector: Selector, at: int, node: Node) -> bool:
        """Return whether a selector, from a compound on, selects an element."""
        self._tests += 1
        if self._tests > MAX_TESTS:
            raise PageError("has style rules that take too long to apply")
        if not selector.compounds[at].accepts(node):
            return False
        if at == len(selector.combinators):
            return True
        combinator = selector.combinators[at]
        return any(self._selects(selector, at + 1, n) for n in _related(node, combinator))


def _related(node: Node, combinator: str) -> Iterator[Node]:
    """Yield the elements to which a combinator leads from the element on its right."""
    if combinator in "+~":
        for sibling in node.element.itersiblings("*", preceding=True):
            yield Node(sibling, node.parent)
            if combinator == "+":
                return
        return
    above = node.parent
    while above is not None:
        yield above
        above = above.parent if combinator == " " else None


def parse_selectors(written: str, *, nested: bool = False) -> list[Selector]:
    """Return the selectors of a list that are known; none if the list is not valid."""
    found = []
    for part in _split(written):
        parser = _SelectorParser(part.strip(), nested=nested)
        selector = parser.selector()
        if parser.at < len(parser.text) or not part.strip():
            return []
        if selector and not parser.unknown:
            found.append(selector)
    return found


def _split(written: str) -> list[str]:
    """Return the parts of a list between commas outside of parentheses and brackets."""
    pieces, depth = [list[str]()], 0
    for piece in _PIECE.findall(written):
        depth += (piece in ("(", "[")) - (piece in (")", "]"))
        if piece == "," and depth == 0:
            pieces.append([])
        else:
            pieces[-1].append(piece)
    return ["".join(piece) for piece in pieces]


class _SelectorParser:
    """Reads one selector, from ``at`` on."""

    def __init__(self, text: str, *, nested: bool) -> None:
        self.text = text
        self.at = 0
        self.unknown = False
        self._nested = nested
        self._specificity = [0, 0, 0]

    def selector(self) -> Selector | None:
        """Return the selector; None if it is not valid. Sets ``unknown`` if it is not known."""
        compounds, combinators, parts = [Compound()], list[str](), 0
        while found := _PART.match(self.text, self.at):
            self.at = found.end()
            parts += 1
            if parts > MAX_PARTS:
                raise PageError(f"has a style rule with more than {MAX_PARTS} parts")
            if found["combinator"]:
                combinators.append(found["combinator"].strip() or " ")
                compounds.append(Compound())
            else:
                self._add(compounds[-1], found)
        a, b, c = self._specificity
        return Selector(tuple(compounds[::-1]), tuple(combinators[::-1]), (a, b, c))

    def _add(self, compound: Compound, found: re.Match[str]) -> None:
        kind = found.lastgroup
        if kind == "tag":
            compound.tag = unescaped(found["tag"]).lower()
            self._specificity[2] += 1
        elif kind == "id":
            compound.id = unescaped(found["id"])
            self._specificity[0] += 1
        elif kind == "class":
            compound.classes += (unescaped(found["class"]),)
            self._specificity[1] += 1
        elif kind == "attribute":
            self._attribute(compound, found[0])
        elif kind == "function":
            self._function(compound, found[0])
        elif kind == "pseudo":
            self._pseudo(compound, found[0].lower())

    def _attribute(self, compound: Compound, written: str) -> None:
        self._specificity[1] += 1
        found = _ATTRIBUTE.fullmatch(written)
        if not found:
            self.unknown = True
            return
        name, sign, double, single, bare, flag = found.groups()
        value = next((one for one in (double, single, bare) if one is not None), "")
        compound.attributes += ((name.lower(), sign or "", unescaped(value), flag or ""),)

    def _pseudo(self, compound: Compound, name: str) -> None:
        self._specificity[1] += 1
        if name in _PSEUDOS:
            compound.tests += (_PSEUDOS[name],)
        else:
            self.unknown = True
            self._skip_arguments()

    def _function(self, compound: Compound, name: str) -> None:
        """Read the arguments of ``:not()``, ``:is()`` or ``:where()``, single compounds only."""
        start = self.at
        self.at -= 1
        self._skip_arguments()
        arguments = self.text[start : self.at - 1]
        inner = [] if self._nested else parse_selectors(arguments, nested=True)
        simple = [one.compounds[0] for one in inner if not one.combinators]
        if not inner or len(simple) < len(_split(arguments)):
            self.unknown = True
            return
        negated = name.lower() == ":not("
        compound.tests += (lambda node: any(one.accepts(node) for one in simple) != negated,)
        if name.lower() != ":where(":
            most = max(one.specificity for one in inner)
            self._specificity = [a + b for a, b in zip(self._specificity, most, strict=True)]

    def _skip_arguments(self) -> None:
        """Continue behind the parentheses at the present position, if any."""
        if self.text[self.at : self.at + 1] != "(":
            return
        depth = 0
        for at in range(self.at, len(self.text)):
            depth += (self.text[at] == "(") - (self.text[at] == ")")
            if depth == 0:
                self.at = at + 1
                return
        self.at = len(self.text) + 1


def _has_attribute(node: Node, name: str, sign: str, wanted: str, flag: str) -> bool:
    value = node.element.get(name)
    if value is None:
        return False
    if flag in ("i", "I"):
        value, wanted = value.lower(), wanted.lower()
    if sign in ("~=", "^=", "$=", "*=") and not wanted:
        return False
    return _COMPARISONS[sign](value, wanted)
