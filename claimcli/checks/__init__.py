"""The rules that a dossier is checked by; this folder is their registry.

A rule is one module, named as the rule with ``_`` for ``-``. Its docstring is its manual: one
sentence that must hold, the reason, and a dossier after ``Bad:`` and after ``Good:``. It has a
``SEVERITY`` and, unless the reader finds the mistake itself, ``check(dossier)``, which yields
problems. A module whose name begins with ``_`` is no rule.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from claimcli.model import Dossier
from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError, Problem, Severity

Check = Callable[[Dossier], Iterator[Problem]]


class Rule(Struct, frozen=True):
    """One rule and its manual; ``check`` is None where the reader finds the mistake itself."""

    name: str
    severity: Severity
    summary: str
    documentation: str
    check: Check | None = None


def rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by name."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(map(_rule, _public(modules)), key=lambda rule: rule.name))


def rule(name: str) -> Rule:
    """Return the rule of a name. Raises ClaimcliError where there is none."""
    known = {rule.name: rule for rule in rules()}
    if name not in known:
        hint = did_you_mean(name, known, "'claimcli check' names the rule of each problem")
        raise ClaimcliError(f"no rule '{name}'", hint)
    return known[name]


def run(dossier: Dossier, rules: Iterable[Rule] | None = None) -> tuple[Problem, ...]:
    """Return the problems met while reading and what the rules find, in order of place.

    Without ``rules`` every rule is applied.
    """
    found = list(dossier.problems)
    for rule in _every() if rules is None else rules:
        if rule.check is not None:
            found += rule.check(dossier)
    return tuple(sorted(found, key=lambda problem: problem.order))


_every = rules


def _public(modules: Iterable[str]) -> Iterator[str]:
    return (name for name in modules if not name.startswith("_"))


def _rule(module_name: str) -> Rule:
    module = importlib.import_module(f"{__name__}.{module_name}")
    documentation = inspect.getdoc(module) or ""
    return Rule(
        name=module_name.replace("_", "-"),
        severity=module.SEVERITY,
        summary=documentation.partition("\n")[0],
        documentation=documentation,
        check=getattr(module, "check", None),
    )
