"""``claimcli.toml``: where the data of a project is, and the defaults of its commands.

It is TOML 1.0. Reading, checking, documentation and the initial file follow the list :data:`KEYS`.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.suggestions import did_you_mean

CONFIG = "claimcli.toml"
DEFAULT_DATA = "data"
"""The folder of the data if nothing names another."""
MAX_BYTES = 64 * 1024
FORMS = ("table", "tsv", "csv", "json", "jsonl", "yaml", "md", "html")
"""The values of ``format``; a command without that format uses its own default."""


class Configuration(Struct, frozen=True, kw_only=True):
    """The content of a ``claimcli.toml``, or the defaults without one.

    ``path`` is the file, ``data`` the files or folders of the dossier, ``title`` and
    ``description`` what its web pages begin with. ``select`` and ``ignore`` are rules for
    ``check``; a ``template`` of the briefing that is a file includes its folder here, as
    ``polarity`` does, a list for ``verify``. ``keep`` is whether an index may be kept.
    """

    path: Path | None = None
    data: tuple[Path, ...] = ()
    format: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    briefing_title: str = ""
    template: str = ""
    polarity: str = ""
    keep: bool = True


class Setting(Struct, frozen=True):
    """One key: its table ("" for none), its type, an example and its description.

    ``takes`` is "text", "texts" (one or a list) or "switch"; ``words`` are the allowed texts.
    ``attribute`` is that of :class:`Configuration`, if it differs from the name.
    """

    table: str
    name: str
    takes: str
    example: str
    about: str
    words: tuple[str, ...] = ()
    attribute: str = ""

    @property
    def full(self) -> str:
        """The key with its table."""
        return f"{self.table}.{self.name}" if self.table else self.name


KEYS = (
    Setting("", "data", "texts", '"data"', "The folder or file of the dossier, or a list of them."),
    Setting("", "title", "text", '"What was said about the main"', "Title of the web pages."),
    Setting("", "description", "text", '"Two accounts"', "What it is about, in one sentence."),
    Setting(
        "", "format", "text", '"table"',
        "The form of what commands show, where neither --format nor -o says.", FORMS,
    ),
    Setting("check", "select", "texts", "[]", "Rules that 'check' applies; none named: all."),
    Setting("check", "ignore", "texts", '["unregistered-party"]', "Rules that 'check' skips."),
    Setting(
        "briefing", "title", "text", '"What was said about the main"', "Title of 'export'.",
        attribute="briefing_title",
    ),
    Setting("briefing", "template", "text", '"briefing.md.j2"', "The template of 'export'."),
    Setting(
        "verify", "polarity", "text", '"polarity.txt"',
        "Further negations and conditions, in a file in this folder or below.",
    ),
    Setting("cache", "keep", "switch", "false", "Whether an index of the dossier is kept."),
)  # fmt: skip

_TAKES = {"text": "a text", "texts": "a text or a list of texts", "switch": "true or false"}
_MOST_SHOWN = 60
_HEADER = r"\s*\[\s*([^\[\]]*?)\s*\]\s*(?:#.*)?"
_ASSIGNMENT = r"\s*([\w\"'.\s-]+?)\s*="


def nearest_config(folder: Path) -> Path | None:
    """Return the ``claimcli.toml`` of a folder, or of the nearest folder above that has one."""
    places = (folder, *folder.parents)
    # os.path.isfile returns False where access is refused; Path.is_file raises
    return next((place / CONFIG for place in places if os.path.isfile(place / CONFIG)), None)  # noqa: PTH113


def working_folder() -> Path:
    """Return the folder that the user is in. Raises ClaimcliError if it was deleted."""
    try:
        return Path.cwd()
    except OSError:
        message = "the folder you are in is gone"
        raise ClaimcliError(message, "change to another", code=ExitCode.UNREADABLE) from None


def named_data(paths: Sequence[str | os.PathLike[str]] = ()) -> list[str]:
    """Return where the user says that the data is: the paths, else those of ``CLAIMCLI_DATA``."""
    in_environment = os.environ.get("CLAIMCLI_DATA", "").split(os.pathsep)
    return [os.fspath(path) for path in paths] or [path for path in in_environment if path]


def place_of_data(path: str = "") -> tuple[Path, Path | None]:
    """Return where to search for the settings of data at a path, and this folder if it exists.

    Raises ClaimcliError if this folder was deleted and the path is relative.
    """
    try:
        here = working_folder()
    except ClaimcliError:
        if not os.path.isabs(path):  # noqa: PTH117 - a string
            raise
        here = None
    place = Path(os.path.normpath(here / path if here else path))  # links are not resolved
    return (place if os.path.isdir(place) else place.parent), here  # noqa: PTH112 - never raises


def find_config(folder: Path, relative_to: Path | None = None) -> Configuration:
    """Return the nearest configuration; paths below ``relative_to`` are relative to it.

    Raises ClaimcliError as :func:`read_config` does.
    """
    path = nearest_config(folder)
    if path is None:
        return Configuration()
    if relative_to and path.is_relative_to(relative_to):
        path = path.relative_to(relative_to)
    return read_config(path)


def read_config(path: Path) -> Configuration:
    """Read one file; its relative paths start at its folder.

    Raises ClaimcliError if it cannot be read, is not TOML, or has an unknown key or invalid value.
    """
    text = _text_of(path)
    import tomllib

    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken(path, text, str(error)) from None
    values: dict[str, Any] = {}
    for table, name, value in _entries(path, text, tables):
        key = _known(path, text, table, name)
        values[key.attribute or key.name] = _value(path, text, key, value)
    return _built(path, values)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise _error(
                f"{path}: it is larger than {MAX_BYTES // 1024} KiB",
                "take out what belongs elsewhere",
            )
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _error(f"{path}: it is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _error(f"{path} cannot be read: {reason}", "look at its permissions") from None


def _error(message: str, hint: str) -> ClaimcliError:
    return ClaimcliError(message, hint, code=ExitCode.UNREADABLE)


def _broken(path: Path, text: str, reason: str) -> ClaimcliError:
    """Return the error of a text that is not TOML; tomllib names the place in its message."""
    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", reason)
    what, place = (match[1], str(path)) if match else (reason, str(path))
    if match:
        place += f":{match[2]}:{match[3]}" if match[2] else f":{text.rstrip().count(chr(10)) + 1}"
    return _error(f"{place}: this is not TOML: {what[:1].lower()}{what[1:]}", "fix it")


def _entries(path: Path, text: str, tables: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield each table, key and value. Raises ClaimcliError if a table is not written as one."""
    known = {key.table for key in KEYS if key.table}
    for name, value in tables.items():
        if name in known and isinstance(value, dict):
            for inner, item in value.items():
                yield name, inner, item
        elif name in known:
            where = _place(path, text, name)
            raise _error(f"{where}: '{name}' is a table of keys", f"write it as '[{name}]'")
        else:
            yield "", name, value


def _known(path: Path, text: str, table: str, name: str) -> Setting:
    known = next((key for key in KEYS if (key.table, key.name) == (table, name)), None)
    if known:
        return known
    full = f"{table}.{name}" if table else name
    among = [key.name for key in KEYS if key.table == table]
    if not table:
        among += sorted({key.table for key in KEYS if key.table})
    elsewhere = next((key for key in KEYS if key.name == name), None)
    within = f" in [{table}]" if table else ""
    otherwise = f"the keys here are {', '.join(among)}"
    if elsewhere:
        otherwise = (
            f"it belongs in [{elsewhere.table}]"
            if elsewhere.table
            else "it belongs above the tables"
        )
        among = []
    hint = did_you_mean(name, among, otherwise)
    shown = name if len(name) <= _MOST_SHOWN else f"{name[:_MOST_SHOWN]}..."
    raise _error(f"{_place(path, text, full)}: no key '{shown}'{within}", hint)


def _value(path: Path, text: str, key: Setting, value: Any) -> Any:
    """Return a key's value, a list as a tuple. Raises ClaimcliError if it is invalid."""
    listed = value if isinstance(value, list) and key.takes == "texts" else [value]
    wanted = bool if key.takes == "switch" else str
    if not all(isinstance(part, wanted) for part in listed):
        where = _place(path, text, key.full)
        raise _error(f"{where}: '{key.name}' takes {_TAKES[key.takes]}", f"see {_TOPIC}")
    if key.words and value not in key.words:
        hint = did_you_mean(value, key.words, f"write one of {', '.join(key.words)}")
        raise _error(f"{_place(path, text, key.full)}: no {key.name} '{value}'", hint)
    if key.name == "data" and not (listed and all(listed)):
        where = _place(path, text, key.full)
        raise _error(f"{where}: 'data' names nothing", 'write a folder, as in data = "data"')
    if key.name == "polarity" and not _is_inside(path.parent, value):
        where = _place(path, text, key.full)
        raise _error(f"{where}: '{value}' is not in this folder", "name a file in it or below")
    return tuple(listed) if key.takes == "texts" else value


def _is_inside(folder: Path, name: str) -> bool:
    """Return whether a file that a stranger's settings can name is in a folder, links resolved."""
    real = os.path.realpath(folder)
    return os.path.commonpath((real, os.path.realpath(folder / name))) == real


_TOPIC = "'claimcli help configuration'"


def _built(path: Path, values: dict[str, Any]) -> Configuration:
    folder = path.parent
    data = values.pop("data", ("data",))
    template = values.pop("template", "")
    if "/" in template or "." in template:  # a file; else the name of one that ships
        template = str(folder / template)
    if polarity := values.pop("polarity", ""):
        polarity = str(folder / polarity)
    places = tuple(folder / part for part in data)
    return Configuration(path=path, data=places, template=template, polarity=polarity, **values)


def _place(path: Path, text: str, full: str) -> str:
    """Return ``path:line`` of a key or table by its full name, or the path if it is not found."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.fullmatch(_HEADER, line):
            table = _bare(header[1])
            stands = table == full or table.startswith(f"{full}.")
        elif assigned := re.match(_ASSIGNMENT, line):
            name = f"{table}.{_bare(assigned[1])}".lstrip(".")
            stands = f"{name}.".startswith(f"{full}.") or full.startswith(f"{name}.")
        else:
            continue
        if stands:
            return f"{path}:{number}"
    return str(path)


def _bare(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
