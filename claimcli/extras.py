"""Libraries that only some commands need, imported when they are."""

from importlib import import_module
from typing import Any

from claimcli.problems import ClaimcliError


def needed(module: str, extra: str) -> Any:
    """Return a library of an optional extra. Raises ClaimcliError where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise ClaimcliError(f"this needs the library '{module}'", way_out(extra)) from None


def way_out(extra: str) -> str:
    """Return what to do where an extra is missing."""
    return f"install it with: pip install 'claimcli[{extra}]'"
