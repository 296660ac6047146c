"""A plain-text ledger of who said what.

>>> import claimcli
>>> dossier = claimcli.open_dossier(sample="call")
>>> accounts = claimcli.diff(dossier, "kremlin", "white-house")

The public names are those in ``__all__``, listed once in ``__init__.pyi``. Until version 1.0 a
minor version (0.2) may rename or remove a public name or attribute, and the CHANGELOG then names
the replacement; a patch version (0.1.1) may only add. Everything else may change at any time.

Importing the package imports nothing else: a name is imported when it is first used. Nothing is
printed. A wrong call raises ClaimcliError; mistakes in the data are returned as Problem.
"""

from functools import cache
from importlib import import_module

__version__ = "0.1.0"


@cache
def _modules() -> dict[str, str]:
    """Return the module of each public name, as the stub ``__init__.pyi`` imports it."""
    from pkgutil import get_data

    lines = (get_data(__name__, "__init__.pyi") or b"").decode().splitlines()
    imports = (line.split() for line in lines if line.startswith("from "))
    return {name: module for _, module, _, name, *_ in imports}


def __getattr__(name: str) -> object:
    """Return a public name, imported from its module (PEP 562), or the list of all of them."""
    if name == "__all__":
        return ["__version__", *sorted(_modules())]
    if name.startswith("__") or name not in _modules():
        raise AttributeError(f"module 'claimcli' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(_modules()[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), "__all__", *_modules()})
