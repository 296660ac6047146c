"""Which claims a template shows: strings that record when they become part of the text.

A statement or id counts as shown when any of it is put into the document: whole, cut, joined or in
another letter case. Comparing and sorting (``==``, ``in``, ``startswith``) do not count.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from html import escape
from typing import Any

from claimcli.core.text.escaping import one_line

ClaimIds = dict[str, None]
"""Ids of claims as an ordered set, in the order in which they were first shown."""


class TrackedText(str):
    """A statement or an id of a claim that records its claim when it is shown."""

    _claim = ""
    _shown: ClaimIds = {}  # noqa: RUF012 - replaced in every instance

    def record(self) -> None:
        """Record that the claim is shown."""
        self._shown[self._claim] = None

    def lower(self) -> "TrackedText":
        """Return it in lower case without recording it, since sort filters call this too."""
        return _tracked(str.lower(self), self._claim, self._shown)

    def __html__(self) -> str:
        """Return it as HTML, for filters that join texts."""
        return escape(one_line(str(self)))


def _tracked(text: str, claim: str, shown: ClaimIds) -> TrackedText:
    tracked = TrackedText(text)
    tracked._claim, tracked._shown = claim, shown
    return tracked


def _recording_method(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def record_and_call(text: TrackedText, *arguments: Any, **named: Any) -> Any:
        text.record()
        return method(text, *arguments, **named)

    return record_and_call


def _add(text: TrackedText, after: str) -> str:
    return f"{text!s}{after!s}"


def _add_to(text: TrackedText, before: str) -> str:
    return f"{before!s}{text!s}"


_SHOWING_METHODS = (
    "__str__", "__format__", "__getitem__", "__iter__", "__mul__", "__rmul__", "__mod__",
    "capitalize", "center", "encode", "expandtabs", "format", "ljust", "lstrip", "partition",
    "removeprefix", "removesuffix", "replace", "rjust", "rpartition", "rsplit", "rstrip", "split",
    "splitlines", "strip", "swapcase", "title", "translate", "upper",
)  # fmt: skip
"""Methods of ``str`` whose result contains the text."""
for _name in _SHOWING_METHODS:
    setattr(TrackedText, _name, _recording_method(getattr(str, _name)))
TrackedText.__add__ = _add  # type: ignore[assignment,method-assign]
TrackedText.__radd__ = _add_to  # type: ignore[attr-defined]

_SHOWING_FILTERS = ("title", "tojson", "urlize", "striptags", "pprint", "reverse", "xmlattr")
"""Filters that read a text without calling any of these methods."""


def recording_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return replacements for the filters that would otherwise show a text unrecorded."""
    return {name: _recording_filter(filters[name]) for name in _SHOWING_FILTERS}


def _recording_filter(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def record_and_call(*arguments: Any, **named: Any) -> Any:
        for argument in arguments:
            _record_all(argument)
        return function(*arguments, **named)

    return record_and_call


def _record_all(value: Any) -> None:
    if isinstance(value, TrackedText):
        value.record()
    elif isinstance(value, dict):
        for item in value.values():
            _record_all(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _record_all(item)


def tracked_context(value: Any, *, stated: ClaimIds, named: ClaimIds) -> Any:
    """Return a context that records shown statements in ``stated`` and shown ids in ``named``."""
    if isinstance(value, list):
        return [tracked_context(item, stated=stated, named=named) for item in value]
    if not isinstance(value, dict):
        return value
    context = {
        name: tracked_context(item, stated=stated, named=named) for name, item in value.items()
    }
    is_footnote = "number" in value
    if isinstance(claim := value.get("id"), str) and not is_footnote:
        context["id"] = _tracked(claim, claim, named)
        if isinstance(statement := value.get("statement"), str):
            context["statement"] = _tracked(statement, claim, stated)
    return context
