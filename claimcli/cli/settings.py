"""How claimcli.toml applies to commands."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError, ExitCode, Severity
from claimcli.core.text.suggestions import several_of
from claimcli.dossier.config import (
    CONFIG,
    DEFAULT_DATA,
    Configuration,
    find_config,
    named_data,
    nearest_config,
    place_of_data,
    read_config,
    working_folder,
)

CONFIGURED: Mapping[str, Mapping[str, str]] = {
    "check": {"select": "select", "ignore": "ignore"},
    "export": {"title": "briefing_title", "template": "template"},
}
"""Options of commands whose defaults claimcli.toml sets, each with its attribute there."""


def settings_of(options: Mapping[str, Any]) -> Configuration:
    """Return the settings of the nearest claimcli.toml at or above the data.

    ``options`` are the values of the shared options. If neither they nor ``CLAIMCLI_DATA`` name the
    data, the search starts in this folder, and ends in its ``data`` folder. A sample has none, see
    :func:`page_settings`. Raises ClaimcliError if the file cannot be read.
    """
    if options.get("sample"):
        return Configuration()
    place, here = _place(options)
    found = find_config(place, here)
    if found.path and not _named(options) and place != here:
        return replace(found, data=(Path(DEFAULT_DATA),))
    return found


def page_settings(options: Mapping[str, Any]) -> Configuration:
    """Return the same as :func:`settings_of`, for a sample its own title and description."""
    if name := options.get("sample"):
        from claimcli.dossier.data_folders import samples

        path = samples().get(name, Path()) / CONFIG
        own = read_config(path) if path.is_file() else Configuration()
        return Configuration(title=own.title, description=own.description)
    return settings_of(options)


def config_in_use(options: Mapping[str, Any]) -> Path | None:
    """Return the path of the claimcli.toml for :func:`settings_of`, readable or not.

    With a sample it is that of this folder. Raises ClaimcliError if this folder was deleted.
    """
    if options.get("sample"):
        return nearest_config(working_folder())
    return nearest_config(_place(options)[0])


def _place(options: Mapping[str, Any]) -> tuple[Path, Path | None]:
    named = _named(options)
    place, here = place_of_data((*named, "")[0])
    inside = place / DEFAULT_DATA / CONFIG
    if not named and nearest_config(place) is None and inside.is_file():
        return inside.parent, here
    return place, here


def _named(options: Mapping[str, Any]) -> list[str]:
    return named_data(options.get("data") or ())


def defaults(settings: Configuration, command: str, *, unset: Collection[str]) -> dict[str, Any]:
    """Return the values that settings give to those options of a command that the user left unset.

    ``format`` applies to commands whose default is a table, if they have that format and no output
    file selects another. Raises ClaimcliError if the settings name an unknown rule.
    """
    values = {name: getattr(settings, its) for name, its in CONFIGURED.get(command, {}).items()}
    if command == "check":
        _refuse_unknown_rules(settings)
    if settings.format and {"format_", "output"} <= {*unset}:
        from claimcli.cli.presenter import writers_of

        default, *others = writers_of(command)
        if default == "table" and settings.format in others:
            values["format_"] = settings.format
    listed = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
    return {name: value for name, value in listed.items() if value and name in unset}


def _refuse_unknown_rules(settings: Configuration) -> None:
    if named := (*settings.select, *settings.ignore):
        from claimcli.checks.registry import all_rules

        try:
            several_of(named, [*(rule.name for rule in all_rules()), *Severity], "rule")
        except ClaimcliError as error:
            message = f"{settings.path}: {error.message}"
            raise ClaimcliError(message, error.hint, code=ExitCode.UNREADABLE) from None
