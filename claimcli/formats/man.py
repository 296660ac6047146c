"""A manual page in man(7) format; all roff syntax in texts is escaped."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from msgspec import Struct

from claimcli.core.text.escaping import visible_lines


class ManualOption(Struct, frozen=True):
    """An option or argument: its syntax and description."""

    written: str
    about: str


class ManualCommand(Struct, frozen=True):
    """A command: its name, synopsis, description in paragraphs, and options."""

    name: str
    synopsis: str
    about: tuple[str, ...]
    options: tuple[ManualOption, ...]


class ManualSection(Struct, frozen=True):
    """A section or subsection: its heading, description in paragraphs, and definitions."""

    heading: str
    about: tuple[str, ...]
    definitions: tuple[ManualOption, ...] = ()
    parts: tuple["ManualSection", ...] = ()


class Manual(Struct, frozen=True):
    """A whole page.

    ``groups`` are options under headings; ``sections`` follow the commands; ``topics`` are
    preformatted texts.
    """

    name: str
    version: str
    summary: str
    synopsis: str
    groups: tuple[tuple[str, tuple[ManualOption, ...]], ...]
    commands: tuple[ManualCommand, ...]
    sections: tuple[ManualSection, ...]
    topics: tuple[tuple[str, str], ...]


def man(manual: Manual) -> str:
    """Return the page as roff."""
    return "".join(f"{line}\n" for line in _page(manual))


def _page(manual: Manual) -> Iterator[str]:
    title, version = _quoted(manual.name.upper()), _quoted(f"{manual.name} {manual.version}")
    yield f'.TH {title} 1 "" {version} "User Commands"'
    yield from (".nh", ".ad l")  # no hyphenation, so that words can be searched for
    yield from (".SH NAME", rf"{_text(manual.name)} \- {_text(manual.summary)}")
    yield from (".SH SYNOPSIS", rf"\fB{_text(manual.name)}\fR {_text(manual.synopsis)}")
    for heading, options in manual.groups:
        yield f".SH {_quoted(heading.upper())}"
        yield from _options(options)
    for section in (_commands(manual), *manual.sections):
        yield from _section(section, "SH")
    for heading, text in manual.topics:
        yield from (f".SH {_quoted(heading.upper())}", ".in 0", ".nf")
        yield from (_line(line) for line in text.rstrip("\n").split("\n"))
        yield ".fi"


def _commands(manual: Manual) -> ManualSection:
    return ManualSection(
        "Commands",
        (),
        parts=tuple(
            ManualSection(
                f"{manual.name} {entry.name} {entry.synopsis}".strip(), entry.about, entry.options
            )
            for entry in manual.commands
        ),
    )


def _section(section: ManualSection, request: str) -> Iterator[str]:
    yield f".{request} {_quoted(section.heading.upper() if request == 'SH' else section.heading)}"
    for number, paragraph in enumerate(section.about):
        yield from ([".PP"] if number else [])
        yield from _paragraph(paragraph)
    yield from _options(section.definitions)
    for part in section.parts:
        yield from _section(part, "SS")


def _options(options: Iterable[ManualOption]) -> Iterator[str]:
    for option in options:
        yield from (".TP", rf"\fB{_text(option.written)}\fR")
        yield from _paragraph(option.about) or [r"\&"]


def _paragraph(text: str) -> list[str]:
    return [_line(line) for line in textwrap.wrap(text, 70, break_on_hyphens=False)]


def _text(text: str) -> str:
    """Return text on one line."""
    return _line(re.sub(r"\s+", " ", text).strip())


def _line(line: str) -> str:
    """Return one line of text in which nothing is a roff request or escape."""
    written = visible_lines(line).replace("\\", r"\e").replace("-", r"\-")
    written = written.replace("'", r"\(aq").replace("`", r"\(ga").replace("^", r"\(ha")
    written = written.replace("~", r"\(ti")
    ascii_only = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in written)
    return rf"\&{ascii_only}" if ascii_only.startswith(".") else ascii_only


def _quoted(text: str) -> str:
    """Return text as one argument of a roff request."""
    return '"' + _text(text).replace('"', r"\(dq") + '"'
