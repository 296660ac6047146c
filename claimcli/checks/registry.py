"""The rules that a dossier is checked by; this folder is their registry.

A rule is one module, named as the rule with ``_`` for ``-``. Its docstring is its manual: one
sentence that must hold, the reason, and a dossier after ``Bad:`` and after ``Good:``. It has a
``SEVERITY`` and, unless the reader finds the mistake itself, ``check(dossier)``, which yields
problems; ``MENDABLE`` where a problem may carry a fix. A module whose name begins with ``_`` is no
rule.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import dedent

from msgspec import Struct

from claimcli.checks import rules as rules_package
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.core.text.choices import one_of, several_of

Check = Callable[[Dossier], Iterator[Problem]]


class Rule(Struct, frozen=True):
    """One rule and its manual; ``check`` is None where the reader finds the mistake itself.

    ``mendable`` says that some of its problems can be mended without asking anybody.
    """

    name: str
    severity: Severity
    summary: str
    documentation: str
    check: Check | None = None
    mendable: bool = False

    @property
    def reason(self) -> str:
        """Why it must hold, without the examples."""
        _, _, rest = self.documentation.partition("\n")
        return re.split(r"^(?:Bad|Good):$", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()

    @property
    def bad(self) -> str:
        """A dossier that breaks it; "" where none can be shown."""
        return self._example("Bad")

    @property
    def good(self) -> str:
        """The same dossier as it should be; "" where none can be shown."""
        return self._example("Good")

    def _example(self, heading: str) -> str:
        _, _, rest = self.documentation.partition(f"\n{heading}:\n")
        lines = rest.strip("\n").splitlines()
        ends = (n for n, line in enumerate(lines) if line and not line.startswith(" "))
        return dedent("\n".join(lines[: next(ends, None)])).strip("\n")


def rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by name."""
    modules = (module.name for module in pkgutil.iter_modules(rules_package.__path__))
    return tuple(sorted(map(_rule, _public(modules)), key=lambda rule: rule.name))


def rule(name: str) -> Rule:
    """Return the rule of a name. Raises ClaimcliError where there is none."""
    known = {rule.name: rule for rule in rules()}
    return known[one_of(name, known, "rule", "'claimcli rule --list' lists them")]


def chosen(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """Return the names of the rules that are selected, all where none is, less those ignored.

    A word is a rule's name, or a severity for all rules of it; commas may part several in one.
    Raises ClaimcliError, with near matches, where there is no such rule.
    """
    every = rules()
    wanted = _named(select, every)
    return (wanted or frozenset(rule.name for rule in every)) - _named(ignore, every)


def _named(words: Iterable[str], every: Sequence[Rule]) -> frozenset[str]:
    groups = {severity.value: severity for severity in Severity}
    known = (*(rule.name for rule in every), *groups)
    found = several_of(words, known, "rule", "'claimcli rule --list' lists them")
    return frozenset(r.name for r in every if r.name in found or r.severity.value in found)


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
    module = importlib.import_module(f"{rules_package.__name__}.{module_name}")
    documentation = inspect.getdoc(module) or ""
    return Rule(
        name=module_name.replace("_", "-"),
        severity=module.SEVERITY,
        summary=documentation.partition("\n")[0],
        documentation=documentation,
        check=getattr(module, "check", None),
        mendable=getattr(module, "MENDABLE", False),
    )
