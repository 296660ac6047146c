"""What the fields of a record take, said once for whoever reads them and for editors.

A shape is JSON Schema (2020-12) of what an editor makes of the YAML. Editors see numbers, booleans
and null where this program reads the text that is written, so shapes take those too: a shape takes
no less than its reader, save for ``~`` and ``null`` unquoted as a text that must be there.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

Shape = dict[str, Any]
_Read = Callable[..., Any]
_R = TypeVar("_R", bound=_Read)


class Spec(dict[str, _Read]):
    """The fields of a record: the reader of each, and beside it what it means.

    ``about`` gives the meanings by name, ``required`` the fields that must be there.
    """

    def __init__(
        self, fields: Mapping[str, tuple[_Read, str]], required: Collection[str] = ()
    ) -> None:
        super().__init__({name: read for name, (read, _) in fields.items()})
        self.about = {name: about for name, (_, about) in fields.items()}
        self.required = tuple(required)

    def and_(
        self, fields: Mapping[str, tuple[_Read, str]], required: Collection[str] = ()
    ) -> "Spec":
        """Return it with more fields or others of the same names, and what is then required."""
        mine = {name: (read, self.about[name]) for name, read in self.items()}
        return Spec({**mine, **fields}, required)


def shaped(shape: Shape) -> Callable[[_R], _R]:
    """Return a decorator that says what a reader takes."""

    def with_shape(read: _R) -> _R:
        vars(read)["shape"] = shape
        return read

    return with_shape


def shape_of(read: _Read) -> Shape:
    """Return what a reader takes."""
    shape: Shape = vars(read)["shape"]
    return shape


def text_shape(pattern: str = r"\S", *, least: int | None = None, hint: str = "") -> Shape:
    """Return the shape of a text that matches, or of what an editor makes of such a text.

    ``least`` is the smallest number that can be meant, where not every one can; ``hint`` is what
    an editor says where a text does not match (a keyword of its own, which others pass over).
    """
    shape: Shape = {"type": ["string", "number", "boolean"], "pattern": pattern}
    if hint:
        shape["patternErrorMessage"] = hint
    return shape if least is None else {**shape, "minimum": least}


def list_shape(items: Shape) -> Shape:
    """Return the shape of a list."""
    return {"type": ["array"], "items": items}


def or_list(shape: Shape, *, least: int = 0) -> Shape:
    """Return the shape of one thing, or of a list of at least so many such things."""
    found = {**shape, "type": [*shape["type"], "array"], "items": shape}
    return {**found, "minItems": least} if least else found


def or_mapping(shape: Shape, definition: str) -> Shape:
    """Return the shape of a text, or of a mapping that stands under a name in the definitions."""
    then = {"if": {"type": "object"}, "then": {"$ref": f"#/$defs/{definition}"}}
    return {**shape, "type": [*shape["type"], "object"], **then}


def or_blank(shape: Shape) -> Shape:
    """Return the shape of the same, or of nothing."""
    if "enum" in shape:
        return {**shape, "enum": [*shape["enum"], None]}
    if "$ref" in shape:
        then = {"if": {"type": "object"}, "then": shape}
        return {"type": ["object", "string", "null"], "pattern": _BLANK, **then}
    types = [*shape["type"], *(name for name in ("string", "null") if name not in shape["type"])]
    pattern = f"{_BLANK}|{shape['pattern']}" if "pattern" in shape else _BLANK
    return {**shape, "type": types, "pattern": pattern}


_BLANK = r"^\s*$"


def reference(definition: str) -> Shape:
    """Return the shape that stands under a name in the definitions."""
    return {"$ref": f"#/$defs/{definition}"}
