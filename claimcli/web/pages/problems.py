"""Mistakes in the data."""

from collections import Counter
from typing import Any

from claimcli.checks.registry import all_rules, run_rules
from claimcli.core.problems import Problem, Severity, most_severe_first
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import shown_path

MOST_PROBLEMS = 500
"""Problems that are listed, the most severe first."""
_QUOTES = "quote-not-in-text"
"""The rule on quotes, which have a page of their own."""


def page(request: PageRequest) -> Page:
    """Return the problems of the data with their locations, except those of quotes."""
    dossier = request.reader.read(Request(scope=Scope.ALL))
    found = run_rules(dossier, [rule for rule in all_rules() if rule.name != _QUOTES])
    counts = Counter(problem.severity for problem in found)
    listed = most_severe_first(found)[:MOST_PROBLEMS]
    groups = [
        {
            "name": severity.value,
            "count": counts[severity],
            "problems": [_view(dossier, one) for one in listed if one.severity is severity],
        }
        for severity in Severity
        if counts[severity]
    ]
    values = {"groups": groups, "more": len(found) - len(listed)}
    return Page(title="Problems", template="problems.html.j2", values=values)


def _view(dossier: Dossier, problem: Problem) -> dict[str, Any]:
    span = problem.span
    return {
        "location": f"{shown_path(dossier, span.path)}:{span.line}:{span.column}",
        "message": problem.message,
        "help": problem.help,
        "rule": problem.rule,
        "related": [f"{shown_path(dossier, one.path)}:{one.line}" for one in problem.related],
    }
