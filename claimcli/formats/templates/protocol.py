"""Messages between this process and the one that fills a template."""

from typing import Any

from msgspec import Struct

TEMPLATE_SUFFIXES = (".j2", ".jinja", ".jinja2")
MAX_TEMPLATE_BYTES = 1024 * 1024


class FillRequest(Struct, frozen=True):
    """A template, its data, and the limits for filling it.

    ``folder`` is the folder that other templates may be included from; ``form`` is ``md``, ``html``
    or ``text``; ``seconds`` are CPU seconds, ``memory`` bytes, ``most_text`` characters.
    """

    name: str
    source: str
    folder: str
    form: str
    context: dict[str, Any]
    seconds: int
    memory: int
    most_text: int


class FilledTemplate(Struct, frozen=True):
    """The text, and the ids of the claims whose statements (or ids) it contains."""

    text: str
    stated: list[str] = []
    named: list[str] = []


class TemplateProblem(Struct, frozen=True):
    """Why a template could not be filled: the message, template name, line and hint."""

    message: str
    name: str
    line: int | None = None
    hint: str = ""


class FillResponse(Struct, frozen=True):
    """Either the filled template or the problem."""

    filled: FilledTemplate | None = None
    problem: TemplateProblem | None = None
