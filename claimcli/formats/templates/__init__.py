"""Jinja2 templates of the package, and the sandbox that fills users' templates.

``render()`` fills one of the package; ``sandbox.py`` runs in a separate process, started by
``formats/template_runner.py``. May import ``core`` only.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

_CHUNK = 10_000
"""Number of parts of a text that are joined at once: a large table has millions of short parts."""


def render(
    name: str,
    values: Mapping[str, Any],
    *,
    autoescape: bool = False,
    finalize: Callable[[Any], Any] | None = None,
    folder: Path | None = None,
) -> str:
    """Return a filled template of this folder, or of another ``folder`` that is searched first.

    ``finalize`` converts each inserted value.
    """
    environment = _environment(autoescape=autoescape, finalize=finalize, folder=folder)
    return "".join(_chunks(environment.get_template(name).generate(values)))


def render_encoded(
    name: str,
    values: Mapping[str, Any],
    *,
    autoescape: bool = False,
    finalize: Callable[[Any], Any] | None = None,
) -> bytes:
    """Return a filled template of this folder as UTF-8, which takes half the memory of the text."""
    environment = _environment(autoescape=autoescape, finalize=finalize, folder=None)
    encoded = BytesIO()  # unlike a list of chunks, it returns them without a copy
    for chunk in _chunks(environment.get_template(name).generate(values)):
        encoded.write(chunk.encode("utf-8", "backslashreplace"))
    return encoded.getvalue()


def _chunks(parts: Iterator[str]) -> Iterator[str]:
    return map("".join, iter(lambda: tuple(islice(parts, _CHUNK)), ()))


@cache
def _environment(
    *, autoescape: bool, finalize: Callable[[Any], Any] | None, folder: Path | None
) -> Any:
    from jinja2 import FileSystemLoader, StrictUndefined

    return _environment_class()(
        loader=FileSystemLoader([*([folder] if folder else ()), Path(__file__).parent]),
        autoescape=autoescape,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _environment_class() -> Any:
    """Return Jinja2's environment, twice as fast for templates of the package.

    These are trusted, so that no sandbox checks each call and each item of a value.
    """
    from jinja2 import Environment
    from jinja2.runtime import Context

    class DirectContext(Context):
        """Calls functions without looking for the marks of those that want the context."""

        def call(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
            return function(*arguments, **named)

    class BundledEnvironment(Environment):
        """Looks for ``entry.name`` among the items of a dict before its attributes."""

        context_class = DirectContext

        def getattr(self, obj: Any, attribute: str) -> Any:
            if type(obj) is dict and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

    return BundledEnvironment
