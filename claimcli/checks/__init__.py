"""The rules that a dossier is checked by, one a file; the folder is the registry.

A rule's module has a docstring, which is its manual, with a bad and a good example; a
``SEVERITY``; and a generator ``check(dossier)``. A rule without one is found while reading.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from claimcli.model import Dossier
from claimcli.problems import Problem, Severity


class Rule(Struct, frozen=True):
    """One rule: its name, weight, manual, and the check, None where reading finds it."""

    name: str
    severity: Severity
    summary: str
    documentation: str
    check: Callable[[Dossier], Iterator[Problem]] | None


def rules() -> tuple[Rule, ...]:
    """Return all rules by name."""
    files = Path(__file__).parent.glob("[a-z]*.py")
    return tuple(_rule(name) for name in sorted(file.stem for file in files))


def _rule(module_name: str) -> Rule:
    module = import_module(f"{__name__}.{module_name}")
    documentation = module.__doc__ or ""
    return Rule(
        module_name.replace("_", "-"),
        module.SEVERITY,
        documentation.partition("\n")[0],
        documentation,
        getattr(module, "check", None),
    )


def run(dossier: Dossier, chosen: Iterable[Rule] | None = None) -> tuple[Problem, ...]:
    """Return what reading met and what the rules find, in order of place."""
    found = list(dossier.problems)
    for rule in rules() if chosen is None else chosen:
        if rule.check:
            found += rule.check(dossier)
    return tuple(sorted(found, key=lambda problem: problem.order))
