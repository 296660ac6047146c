"""Which claims a template shows: strings that record when they become part of another text.

A statement or id counts as shown when any of it is put into another text: whole, cut, joined or in
another letter case. Comparing and sorting (``==``, ``in``, ``startswith``) do not count. All
methods and filters count, except those that are listed here as silent.
"""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from html import escape
from typing import Any

from claimcli.core.text.escaping import one_line

ClaimIds = dict[str, None]
"""Ids of claims as an ordered set, in the order in which they were first shown."""


class TrackedText(str):
    """A statement or an id of a claim that records its claim when it is shown.

    Everything that is added to ``str`` is private, so that no template can call it.
    """

    _claim = ""
    _shown: ClaimIds = {}  # noqa: RUF012 - replaced in every instance

    def lower(self) -> "TrackedText":
        """Return it in lower case without recording it, since sort filters call this too."""
        return _tracked(str.lower(self), self._claim, self._shown)

    def __html__(self) -> str:
        """Return it as HTML, for filters that join texts."""
        return escape(one_line(str(self)))

    def __add__(self, after: str) -> str:
        return f"{self!s}{after!s}"

    def __radd__(self, before: str) -> str:
        return f"{before!s}{self!s}"


def _tracked(text: str, claim: str, shown: ClaimIds) -> TrackedText:
    tracked = TrackedText(text)
    tracked._claim, tracked._shown = claim, shown
    return tracked


def record_shown(value: Any) -> None:
    """Record the claims of a text, or of all texts in a collection."""
    if isinstance(value, TrackedText):
        value._shown[value._claim] = None
    elif isinstance(value, Mapping):
        record_shown([*value, *value.values()])
    elif isinstance(value, Collection) and not isinstance(value, str):
        for item in value:
            record_shown(item)


def _recording(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, changed to record the claims of its arguments."""

    @wraps(function)
    def record_and_call(*arguments: Any, **named: Any) -> Any:
        record_shown((arguments, named))
        return function(*arguments, **named)

    return record_and_call


_SILENT_METHODS = {
    "count", "endswith", "find", "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper", "lower",
    "maketrans", "rfind", "rindex", "startswith",
}  # fmt: skip
"""Methods of ``str`` whose result contains nothing of the text; ``lower`` returns a TrackedText."""
_OPERATORS = (
    "__str__", "__repr__", "__format__", "__getitem__", "__iter__", "__mul__", "__rmul__",
    "__mod__", "__rmod__",
)  # fmt: skip
for _name in (*_OPERATORS, *(name for name in dir(str) if not name.startswith("_"))):
    if _name not in _SILENT_METHODS:
        setattr(TrackedText, _name, _recording(getattr(str, _name)))

_SILENT_FILTERS = {
    "attr", "batch", "count", "d", "default", "dictsort", "first", "groupby", "items", "last",
    "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "select", "selectattr",
    "slice", "sort", "string", "sum", "unique", "wordcount",
}  # fmt: skip
"""Filters whose result contains nothing of a text, or the TrackedText itself."""


def recording_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters, changed to record the texts that they show."""
    return {
        name: function if name in _SILENT_FILTERS else _recording(function)
        for name, function in filters.items()
    }


def record_call(function: Callable[..., Any], arguments: Any) -> None:
    """Record the texts that a template passes to a method of a text, such as ``join``."""
    of_text = isinstance(getattr(function, "__self__", None), str)
    if of_text and getattr(function, "__name__", "") not in _SILENT_METHODS:
        record_shown(arguments)


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
