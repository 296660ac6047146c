"""Fixtures for tests of rules."""

from collections.abc import Callable

import pytest

from claimcli.checks import registry
from claimcli.core.records import Dossier

Found = list[tuple[str, int]]


@pytest.fixture
def found(dossier_of: Callable[..., Dossier]) -> Callable[[str, str], Found]:
    """Return a function that applies a rule to a text and returns messages and lines."""

    def apply(rule: str, text: str, path: str = "t.yaml") -> Found:
        check = registry.rule(rule).check
        assert check is not None
        problems = sorted(check(dossier_of(text, path)), key=lambda problem: problem.order)
        assert {problem.rule for problem in problems} <= {rule}
        return [(problem.message, problem.span.line) for problem in problems]

    return apply
