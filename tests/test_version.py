"""The version is written in ``claimcli/__init__.py`` and nowhere else."""

import re
import tomllib

import claimcli
from tests.support.cli import ROOT
from tests.support.cli import claimcli as run


def test_pyproject_takes_the_version_from_the_package() -> None:
    """No second number can differ: the build reads the one in the package."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert "version" not in settings["project"]
    assert settings["project"]["dynamic"] == ["version", "readme"]
    assert settings["tool"]["hatch"]["version"] == {"path": "claimcli/__init__.py"}


def test_the_option_shows_it() -> None:
    """``--version`` prints the name and the version."""
    assert run("--version").stdout == f"claimcli {claimcli.__version__}\n"


def test_the_changelog_begins_with_it() -> None:
    """The newest entry is for this version, released or not."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.findall(r"^## (\S+) \((unreleased|\d{4}-\d{2}-\d{2})\)$", text, re.MULTILINE)

    assert entries[0][0] == claimcli.__version__
    assert len(entries) == text.count("\n## ")
