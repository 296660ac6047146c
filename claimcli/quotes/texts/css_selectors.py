"""Which style rules select an element, by CSS Selectors Level 4."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from tinycss2 import serialize

from claimcli.quotes.texts.blocks import PageError
from claimcli.quotes.texts.css import CssRule, Declaration

MAX_TESTS = 4_000_000
"""Comparisons of an element with a selector, its ancestors' and siblings' too, for one page."""
MAX_PARTS, MAX_SELECTORS = 60, 200_000
"""Parts of one selector, and selectors of a page; a page with more is not read."""
RENAMED = "x-"
"""Begins the name of an element that the parser would end too early under its own name."""


class _Cost:
    """The number of comparisons that a page has needed."""

    def __init__(self) -> None:
        self._tests = 0

    def add(self, number: int) -> None:
        self._tests += number
        if self._tests > MAX_TESTS:
            raise PageError("has style rules that take too long to apply")


class Node(ElementWrapper):  # type: ignore[misc]
    """An element of a tree whose comparisons are counted.

    The library keeps a tuple of all ancestors and siblings of each element, and finds them by
    recursion, which is too costly for a long list.
    """

    in_disabled_fieldset = False  # as the library says without namespaces, by recursion

    def __init__(self, etree_element: Any, parent: "Node | None", *args: Any, **named: Any) -> None:
        super().__init__(etree_element, parent, *args, **named)
        self.cost: _Cost = parent.cost if parent else _Cost()
        self.cost.add(1)
        self.local_name = self.tag = etree_element.tag.removeprefix(RENAMED)
        self.namespace_url = ""

    @property
    def ancestors(self) -> Iterator["Node"]:
        """The elements around this one, from the inside."""
        return self._chain("parent")

    @property
    def previous_siblings(self) -> Iterator["Node"]:
        """The siblings before this one, from the nearest."""
        return self._chain("previous")

    def _chain(self, link: str) -> Iterator["Node"]:
        node = self
        while (node := getattr(node, link)) is not None:
            self.cost.add(1)
            yield node


class StyleRules(Matcher):  # type: ignore[misc]
    """The rules of a page, by the rarest name in the last part of their selectors."""

    def __init__(self, rules: Iterable[CssRule]) -> None:
        super().__init__()
        for rule in rules:
            for selector in _selectors(rule.selectors):
                self.add_selector(selector, rule)
                if self.order > MAX_SELECTORS:
                    raise PageError(f"has more than {MAX_SELECTORS:,} selectors of style rules")

    def declarations(self, node: Node) -> list[tuple[tuple[Any, ...], Declaration]]:
        """Return the declarations for an element, each with its precedence, in no order.

        Raises PageError if the page has had too many comparisons.
        """
        found = []
        for specificity, order, _, rule in self.match(node):
            weaker = tuple(-number for number in rule.layer)
            for one in rule.declarations:
                layer = weaker if one.important else rule.layer
                found.append(((one.important, 0, layer, specificity, order), one))
        return found

    @staticmethod
    def add_relevant_selectors(element: Node, selectors: Sequence[Any], relevant: Any) -> None:
        """Count the comparisons of an element with selectors, and compare them."""
        element.cost.add(len(selectors))
        Matcher.add_relevant_selectors(element, selectors, relevant)


def _selectors(tokens: Sequence[Any]) -> list[Any]:
    """Return the compiled selectors of a list that are known; none if the list is not valid."""
    found = []
    for part in _split(tokens):
        if ":empty" in serialize(part).lower():  # the library counts text after a comment as none
            continue
        try:
            _check(part)
            found += [one for one in compile_selector_list(part) if not one.pseudo_element]
        except SelectorError as error:
            if "pseudo-" not in str(error):
                return []
        except SyntaxError:  # the library makes Python expressions of selectors
            continue
    return found


def _split(tokens: Iterable[Any]) -> list[list[Any]]:
    """Return the parts of a list between commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":  # noqa: S105 - of a style sheet
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _check(part: Sequence[Any]) -> None:
    """Raise PageError if a selector, or one within it, has too many parts."""
    if sum(token not in (".", ":") for token in part) > MAX_PARTS:
        raise PageError(f"has a style rule with more than {MAX_PARTS} parts")
    for token in part:
        if token.type == "function":
            for inner in _split(token.arguments):
                _check(inner)
