"""What a claimcli.toml has to say to commands."""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from claimcli.core.problems import ClaimcliError, ExitCode, Severity
from claimcli.core.text.choices import several_of
from claimcli.dossier.config import Configuration, configuration

CONFIGURED = {"check": ("select", "ignore"), "export": ("title", "template")}
"""Options of commands that it gives where they are not given, as it names them."""


def settings_of(given: Mapping[str, Any]) -> Configuration:
    """Return what the nearest claimcli.toml at or above the data says; a sample has none.

    ``given`` are the shared options. Where neither they nor ``CLAIMCLI_DATA`` name the data, it is
    looked for from this folder on. Raises ClaimcliError where the file cannot be read.
    """
    if given.get("sample"):
        return Configuration()
    in_environment = os.environ.get("CLAIMCLI_DATA", "").split(os.pathsep)
    named = (given.get("data") or in_environment)[0]
    place = Path(os.path.abspath(named))  # noqa: PTH100 - links stay as they are named
    return configuration(place if place.is_dir() else place.parent, Path.cwd())


def defaults(
    settings: Configuration, command: str, *, unsaid: Collection[str], forms: Sequence[str]
) -> dict[str, Any]:
    """Return what settings say for options of a command, among those that the call left unsaid.

    ``format`` is for commands that draw a table on a terminal, and says nothing where it is
    that table, or a form that the command has not, or where a file's ending says it. Raises
    ClaimcliError where rules are named that there are not.
    """
    found = {name: getattr(settings, name) for name in CONFIGURED.get(command, ())}
    if command == "check":
        _refuse_unknown_rules(settings)
    if forms[:1] == ["table"] and settings.format in forms[1:] and "output" in unsaid:
        found["form"] = settings.format
    listed = {k: list(v) if isinstance(v, tuple) else v for k, v in found.items()}
    return {name: value for name, value in listed.items() if value and name in unsaid}


def _refuse_unknown_rules(settings: Configuration) -> None:
    from claimcli.checks.registry import all_rules

    if named := (*settings.select, *settings.ignore):
        try:
            several_of(named, [*(rule.name for rule in all_rules()), *Severity], "rule")
        except ClaimcliError as error:
            message = f"{settings.path}: {error.message}"
            raise ClaimcliError(message, error.hint, code=ExitCode.UNREADABLE) from None


def forms_of(documentation: str) -> list[str]:
    """Return the forms that a command's docstring names after ``Forms:``, its default first."""
    found = re.search(r"\bForms: ([\w\s,()-]+?)\.", documentation)
    words = re.sub(r"\(.*?\)", "", found[1], flags=re.DOTALL) if found else ""
    return [word.strip() for word in words.split(",") if word.strip()]
