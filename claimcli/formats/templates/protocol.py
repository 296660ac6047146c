"""What goes to the process that fills a template, and what comes back."""

from typing import Any

from msgspec import Struct

ENDINGS = (".j2", ".jinja", ".jinja2")
MOST_SOURCE = 1024 * 1024
"""Bytes of one template."""


class Job(Struct, frozen=True):
    """A template's name and text, the folder that it stands in, what it makes, what it may name."""

    name: str
    source: str
    folder: str
    form: str
    context: dict[str, Any]
    seconds: int
    memory: int
    most_text: int


class Filled(Struct, frozen=True):
    """The text, and the ids of the claims whose statements and whose ids stand in it."""

    text: str
    stated: list[str] = []
    named: list[str] = []


class Wrong(Struct, frozen=True):
    """Why there is none, where in which template, and the way out."""

    message: str
    name: str
    line: int | None = None
    hint: str = ""


class Answer(Struct, frozen=True):
    """One of the two."""

    filled: Filled | None = None
    wrong: Wrong | None = None
