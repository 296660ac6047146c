"""Which claims a template tells: their statements and ids are noted when it shows them.

A text counts as shown where it is turned into the document's text, be it whole, cut, joined or put
in other letters. What only compares or sorts, ``==``, ``in`` or ``startswith``, shows nothing.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from html import escape
from typing import Any

from claimcli.core.text.escaping import one_line

Note = dict[str, None]
"""Ids of claims, in the order in which they were first told."""


class Told(str):
    """A statement or an id of a claim, which notes that it is shown."""

    _claim = ""
    _note: Note = {}  # noqa: RUF012 - each has its own

    def shown(self) -> None:
        """Note the claim."""
        self._note[self._claim] = None

    def lower(self) -> "Told":
        """Return it in small letters, by which the language sorts as well: not shown yet."""
        return _told(str.lower(self), self._claim, self._note)

    def __html__(self) -> str:
        """Return it as HTML, for what joins texts there."""
        return escape(one_line(str(self)))


def _told(text: str, claim: str, note: Note) -> Told:
    told = Told(text)
    told._claim, told._note = claim, note
    return told


def _showing(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def shows(told: Told, *arguments: Any, **named: Any) -> Any:
        told.shown()
        return method(told, *arguments, **named)

    return shows


def _added_to(told: Told, before: str) -> str:
    told.shown()
    return f"{before}{told!s}"


_SHOWING = (
    "__str__", "__format__", "__getitem__", "__iter__", "__add__", "__mul__", "__rmul__", "__mod__",
    "capitalize", "center", "encode", "expandtabs", "format", "ljust", "lstrip", "partition",
    "removeprefix", "removesuffix", "replace", "rjust", "rpartition", "rsplit", "rstrip", "split",
    "splitlines", "strip", "swapcase", "title", "translate", "upper",
)  # fmt: skip
"""The methods of texts whose result holds what the text says."""
for _name in _SHOWING:
    setattr(Told, _name, _showing(getattr(str, _name)))
Told.__radd__ = _added_to  # type: ignore[attr-defined]

_UNSEEN = ("title", "tojson", "urlize", "striptags", "pprint", "reverse", "xmlattr")
"""Filters that look into a text by none of these methods."""


def with_told(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters that would show a text unseen, so that they note it."""
    return {name: _noting(filters[name]) for name in _UNSEEN}


def _noting(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def noted(*arguments: Any, **named: Any) -> Any:
        for argument in arguments:
            _show_all(argument)
        return function(*arguments, **named)

    return noted


def _show_all(value: Any) -> None:
    if isinstance(value, Told):
        value.shown()
    elif isinstance(value, dict):
        for item in value.values():
            _show_all(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _show_all(item)


def marked(value: Any, *, stated: Note, named: Note) -> Any:
    """Return a context in which claims' statements and ids are known, and where they are noted."""
    if isinstance(value, list):
        return [marked(item, stated=stated, named=named) for item in value]
    if not isinstance(value, dict):
        return value
    found = {name: marked(item, stated=stated, named=named) for name, item in value.items()}
    if isinstance(name := value.get("id"), str) and "number" not in value:  # no footnote
        found["id"] = _told(name, name, named)
        if isinstance(words := value.get("statement"), str):
            found["statement"] = _told(words, name, stated)
    return found
