"""The formats of other tools: each is a module of ``converters/``, which has the format's name.

A converter has ``read``, or ``write``, or both, and ``EXTENSIONS`` with its file extensions. One
that reads has ``OPTIONS``, the fields of :class:`ImportOptions` that it takes. It can have
``READ_EXTENSIONS`` if it reads further ones, ``HAS_FOLDERS`` if it reads and writes folders,
``ONLY_FOLDERS`` if it writes nothing else, and ``COMPARES_QUOTES`` if it writes where quotes are
in texts.
Converters import their libraries when they convert.
"""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from claimcli.core.problems import ClaimcliError
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
    """Return the function that reads a format, and refuses options that the format does not take.

    Raises ClaimcliError for an unknown format.
    """
    return cast(ReadFiles, partial(_read, one_of(format_, import_formats(), "format")))


def _read(format_: str, files: Sequence[Path], options: ImportOptions) -> Imported:
    check_options(format_, options)
    return cast(ReadFiles, _module(format_).read)(files, options)


def check_options(format_: str, options: ImportOptions) -> None:
    """Raise ClaimcliError if an option is set that the format does not take."""
    for name in ImportOptions.__struct_fields__:
        if name != "choose_fields" and getattr(options, name) and name not in options_of(format_):
            takers = [one for one in import_formats() if name in options_of(one)]
            flag = _FLAGS.get(name, name.replace("_", "-"))
            listed = " and ".join(filter(None, (", ".join(takers[:-1]), takers[-1])))
            raise ClaimcliError(f"--{flag} is for {listed}, not for {format_}", "leave it out")


_FLAGS = {"columns": "map"}
"""The flags whose names are not those of fields of the options."""


def options_of(format_: str) -> tuple[str, ...]:
    """Return the fields of the options of an import that a format takes."""
    return cast(tuple[str, ...], _module(format_).OPTIONS)


def format_of_files(files: Sequence[Path]) -> str:
    """Return the format of files by their extensions.

    Raises ClaimcliError if files have different formats, or if one can be of several or of none.
    """
    by_format: dict[str, Path] = {}
    for file in files:
        by_format.setdefault(_format_of_file(file), file)
    if len(by_format) > 1:
        (first, one), (second, other) = list(by_format.items())[:2]
        message = f"'{one}' is {first}, '{other}' is {second}"
        raise ClaimcliError(message, "import files of different formats one after the other")
    return next(iter(by_format))


def _format_of_file(file: Path) -> str:
    formats = import_formats()
    if file.is_dir():
        found = [name for name in formats if has_folders(name)]
        found = [name for name in found if _has_file_of(file, name)] or found
    else:
        suffix = file.suffix.lower()
        found = [name for name in formats if suffix in _read_extensions(name)]
    if len(found) == 1:
        return found[0]
    if found:
        message = f"'{file}' can be of several formats"
    elif file.suffix:
        message = f"the extension of '{file}' is not that of a format here"
    else:
        message = f"'{file}' has no extension that says its format"
    hint = f"name the format before the file: {', '.join(found or formats)}"
    raise ClaimcliError(message, hint)


def _has_file_of(folder: Path, format_: str) -> bool:
    """Return whether a folder has a file of a format, possibly in a folder of a table."""
    return any(
        next(folder.glob(f"{below}*{suffix}"), None)
        for suffix in extensions_of(format_)
        for below in ("", "claims/")
    )


def has_folders(format_: str) -> bool:
    """Return whether a folder can have a file of the format for each kind of record."""
    return getattr(_module(format_), "HAS_FOLDERS", False)


def has_only_folders(format_: str) -> bool:
    """Return whether an export in the format is always a folder."""
    return getattr(_module(format_), "ONLY_FOLDERS", False)


def compares_quotes(format_: str) -> bool:
    """Return whether writing the format compares quotes with the texts of their sources."""
    return getattr(_module(format_), "COMPARES_QUOTES", False)


def _read_extensions(format_: str) -> tuple[str, ...]:
    module = _module(format_)
    return cast(tuple[str, ...], getattr(module, "READ_EXTENSIONS", module.EXTENSIONS))


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
