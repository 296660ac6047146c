"""The templates that ship, and the sandbox in which templates are filled."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any


def template(
    name: str, *, autoescape: bool = False, finalize: Callable[[Any], Any] | None = None
) -> Any:
    """Return a template of this folder.

    ``autoescape`` is for HTML; ``finalize`` is what every other value passes through on its way
    into the text.
    """
    return _environment(autoescape=autoescape, finalize=finalize).get_template(name)


@cache
def _environment(*, autoescape: bool, finalize: Callable[[Any], Any] | None) -> Any:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=autoescape,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
