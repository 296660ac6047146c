"""The rules that a dossier is checked by, and the result of a check.

Each module in ``rules/`` is one rule, named like the rule with ``_`` for ``-``. Its docstring is
its manual: one sentence that must hold, the reason, and a dossier after ``Bad:`` and after
``Good:``. The module has a ``SEVERITY``, unless it is ``Severity.ERROR``; a function
``check(dossier)`` that yields problems, unless the reader reports them; and ``FIXABLE = True`` if
its problems can carry a fix. A module whose name begins with ``_`` is not a rule.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import dedent

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from claimcli.checks import rules as rules_package
from claimcli.core.problems import Problem, Severity, Span
from claimcli.core.records import Dossier
from claimcli.core.short_repr import ShortRepr
from claimcli.core.text.suggestions import one_of, several_of

CheckFunction = Callable[[Dossier], Iterator[Problem]]

FILE_NOT_READ = frozenset(
    {
        "not-utf8", "too-deep", "too-large", "too-many-problems", "unreadable-file",
        "yaml-syntax",
    }
)  # fmt: skip
"""Rules whose problems mean that part of a file was not read."""
_LIST_HINT = "'claimcli rule --list' lists them"


class Rule(Struct, frozen=True):
    """One rule and its manual; ``check`` is None if the reader reports its problems.

    ``fixable`` says whether some of its problems can be fixed automatically.
    """

    name: str
    severity: Severity
    summary: str
    documentation: str
    check: CheckFunction | None = None
    fixable: bool = False

    @property
    def reason(self) -> str:
        """Why the rule exists: the manual without summary and examples."""
        _, _, rest = self.documentation.partition("\n")
        return re.split(r"^(?:Bad|Good):$", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()

    @property
    def bad(self) -> str:
        """A dossier that breaks the rule, or "" if the manual has no example."""
        return self._example("Bad")

    @property
    def good(self) -> str:
        """The same dossier corrected, or "" if the manual has no example."""
        return self._example("Good")

    def _example(self, heading: str) -> str:
        _, _, rest = self.documentation.partition(f"\n{heading}:\n")
        lines = rest.strip("\n").splitlines()
        ends = (n for n, line in enumerate(lines) if line and not line.startswith(" "))
        return dedent("\n".join(lines[: next(ends, None)])).strip("\n")


class CheckResult(ShortRepr, frozen=True, kw_only=True):
    """The problems of the selected rules, and how much was checked.

    ``left_out`` counts problems of other rules, ``unread`` the files of which part was not read
    although no selected problem says so. ``texts`` maps paths to bytes that were checked instead of
    the files' content.
    """

    problems: tuple[Problem, ...]
    files: int
    claims: int
    left_out: int = 0
    unread: int = 0
    texts: Mapping[str, bytes] = msgspec.field(default_factory=dict)

    @property
    def has_findings(self) -> bool:
        """Whether there are errors or warnings."""
        return any(problem.severity is not Severity.INFO for problem in self.problems)

    @property
    def fixable(self) -> int:
        """The number of problems that carry a fix."""
        return sum(problem.fix is not None for problem in self.problems)


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by name."""
    modules = (module.name for module in pkgutil.iter_modules(rules_package.__path__))
    rules = (_rule(name) for name in modules if not name.startswith("_"))
    return tuple(sorted(rules, key=lambda rule: rule.name))


def rule(name: str) -> Rule:
    """Return the rule with a name. Raises ClaimcliError if it does not exist."""
    known = {rule.name: rule for rule in all_rules()}
    return known[one_of(name, known, "rule", _LIST_HINT)]


def select_rules(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """Return the names of the selected rules (all by default) without the ignored ones.

    A word is the name of a rule, or a severity for all its rules; it can hold several, separated by
    commas. Raises ClaimcliError, with a similar name if there is one, for unknown words.
    """
    rules = all_rules()
    selected = _matching(select, rules)
    return (selected or frozenset(rule.name for rule in rules)) - _matching(ignore, rules)


def _matching(words: Iterable[str], rules: Sequence[Rule]) -> frozenset[str]:
    known = (*(rule.name for rule in rules), *(severity.value for severity in Severity))
    wanted = several_of(words, known, "rule", _LIST_HINT)
    return frozenset(r.name for r in rules if r.name in wanted or r.severity.value in wanted)


def run_rules(dossier: Dossier, rules: Iterable[Rule] | None = None) -> tuple[Problem, ...]:
    """Return the reader's problems and those of the rules (all by default), sorted by location."""
    problems = list(dossier.problems)
    for rule in all_rules() if rules is None else rules:
        if rule.check is not None:
            problems += rule.check(dossier)
    return tuple(sorted(problems, key=lambda problem: problem.order))


def check_dossier(
    dossier: Dossier,
    problems: Iterable[Problem] | None = None,
    *,
    rules: frozenset[str] | None = None,
) -> CheckResult:
    """Return the result for the named rules; ``problems`` are all problems if already known."""
    every = run_rules(dossier) if problems is None else tuple(problems)
    shown = tuple(p for p in every if rules is None or p.rule in rules)
    reported = {problem.span.path for problem in shown if problem.rule in FILE_NOT_READ}
    unread = {problem.span.path for problem in every if problem.rule in FILE_NOT_READ}
    return CheckResult(
        problems=shown,
        files=len(dossier.files),
        claims=len(dossier.by_id),
        left_out=len(every) - len(shown),
        unread=len(unread - reported),
    )


def problems_of_file(problems: Iterable[Problem], path: str, name: str) -> tuple[Problem, ...]:
    """Return the problems of the file at a path, with ``name`` instead of the path in them."""
    return tuple(_with_path(p, path, name) for p in problems if p.span.path == path)


def _with_path(problem: Problem, path: str, name: str) -> Problem:
    def renamed(span: Span) -> Span:
        return replace(span, path=name) if span.path == path else span

    fix = problem.fix
    return replace(
        problem,
        span=renamed(problem.span),
        related=tuple(map(renamed, problem.related)),
        fix=fix and replace(fix, span=renamed(fix.span)),
    )


def _rule(module_name: str) -> Rule:
    module = importlib.import_module(f"{rules_package.__name__}.{module_name}")
    documentation = inspect.getdoc(module) or ""
    return Rule(
        name=module_name.replace("_", "-"),
        severity=getattr(module, "SEVERITY", Severity.ERROR),
        summary=documentation.partition("\n")[0],
        documentation=documentation,
        check=getattr(module, "check", None),
        fixable=getattr(module, "FIXABLE", False),
    )
