"""The formats of other tools: each is a module of ``converters/``, which has the format's name.

A converter has ``read``, or ``write``, or both, and ``EXTENSIONS`` with its file extensions.
Converters import their libraries when they convert.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from claimcli.core.text.suggestions import one_of
from claimcli.exchange import converters
from claimcli.exchange.records import (
    Exported,
    ExportOptions,
    Imported,
    ImportOptions,
    Selection,
)


class ReadFiles(Protocol):
    """Reads files of a format. Raises ClaimcliError, with the location, for what is invalid."""

    def __call__(self, files: Sequence[Path], options: ImportOptions) -> Imported:
        """Return the records of the files, in their order."""
        ...


class WriteRecords(Protocol):
    """Makes the files of a format from records."""

    def __call__(self, selection: Selection, options: ExportOptions) -> Exported:
        """Return the files with these records."""
        ...


def import_formats() -> list[str]:
    """Return the names of the formats that can be read."""
    return [name for name in _names() if hasattr(_module(name), "read")]


def export_formats() -> list[str]:
    """Return the names of the formats that can be written."""
    return [name for name in _names() if hasattr(_module(name), "write")]


def reader_of(format_: str) -> ReadFiles:
    """Return the function that reads a format. Raises ClaimcliError for an unknown format."""
    return cast(ReadFiles, _module(one_of(format_, import_formats(), "format")).read)


def writer_of(format_: str) -> WriteRecords:
    """Return the function that writes a format. Raises ClaimcliError for an unknown format."""
    return cast(WriteRecords, _module(one_of(format_, export_formats(), "format")).write)


def extensions_of(format_: str) -> tuple[str, ...]:
    """Return the file extensions of a format, such as ``.csv``."""
    return cast(tuple[str, ...], _module(format_).EXTENSIONS)


def _names() -> list[str]:
    files = Path(converters.__path__[0]).glob("[a-z]*.py")
    return sorted(file.stem.replace("_", "-") for file in files)


def _module(name: str) -> Any:
    return import_module(f"{converters.__name__}.{name.replace('-', '_')}")
