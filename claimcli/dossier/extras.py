"""Libraries that only some commands need, imported when they are."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from claimcli.core.problems import ClaimcliError


def needed(module: str, extra: str) -> Any:
    """Return a library of an optional extra. Raises ClaimcliError where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise ClaimcliError(f"this needs the library '{module}'", install_hint(extra)) from None


def install_hint(extra: str) -> str:
    """Return what to do where an extra is missing."""
    return f"install it with: pip install 'claimcli[{extra}]'"


EXTRAS = {
    "texts": (("trafilatura", "lxml_html_clean", "pypdf"), "sources as web pages and PDFs"),
    "fetch": (("httpcore",), "'fetch', which downloads sources"),
    "solver": (("pysat",), "'standing' under semantics other than grounded"),
    "watch": (("watchfiles",), "'check --watch'"),
}
"""What each extra consists of, as modules, and what it is for."""


def missing(extra: str) -> list[str]:
    """Return the libraries of an extra that are not installed; nothing is imported."""
    return [module for module in EXTRAS[extra][0] if find_spec(module) is None]
