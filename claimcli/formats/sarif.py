"""Problems as SARIF (OASIS Static Analysis Results Interchange Format 2.1.0)."""

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from claimcli import __version__
from claimcli.core.problems import Fix, Problem, Severity, Span, most_severe_first
from claimcli.core.table import to_json
from claimcli.formats.repository_paths import repository_paths

MAX_RESULTS = 25_000
"""Maximum number of results of a run; GitHub rejects a file with more."""
MAX_RELATED = 100
"""Maximum number of related locations of a result; GitHub shows no more."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"

_PathOf = Callable[[str], str]


def sarif(problems: Collection[Problem], summaries: Mapping[str, str]) -> str:
    """Return one run with a result for each problem; ``summaries`` describe the rules.

    Of more than MAX_RESULTS problems it has the most severe, and a notification about the others.
    """
    rules = {rule: number for number, rule in enumerate(summaries)}
    driver = {
        "name": "claimcli",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": summaries[rule]}} for rule in rules],
    }
    path_of = repository_paths()
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "the root of the repository"}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(problem, rules, path_of)
            for problem in most_severe_first(problems)[:MAX_RESULTS]
        ],
    }
    if note := left_out_note(problems):
        notes = [{"level": "warning", "message": {"text": note}}]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def left_out_note(problems: Collection[Problem]) -> str:
    """Return a note on the problems that are too many for a SARIF log, or ""."""
    if len(problems) <= MAX_RESULTS:
        return ""
    more = len(problems) - MAX_RESULTS
    return (
        f"the SARIF log has the {MAX_RESULTS:,} most severe of {len(problems):,} results;"
        f" {more:,} are left out, as code hosts reject a log with more"
    )


def _result(problem: Problem, rules: Mapping[str, int], path_of: _PathOf) -> dict[str, Any]:
    text = f"{problem.message}; {problem.help}" if problem.help else problem.message
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": rules[problem.rule],
        "level": _LEVELS[problem.severity],
        "message": {"text": text},
        "locations": [_location(problem.span, path_of)],
    }
    if problem.related:
        related = list(dict.fromkeys(problem.related))[:MAX_RELATED]
        result["relatedLocations"] = [_location(span, path_of) for span in related]
    if problem.fix:
        result["fixes"] = [_fix(problem.fix, path_of)]
    return result


def _fix(fix: Fix, path_of: _PathOf) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(fix.span), "insertedContent": {"text": fix.after}}
    file = _artifact(path_of(fix.span.path))
    change = {"artifactLocation": file, "replacements": [replacement]}
    return {"description": {"text": fix.message}, "artifactChanges": [change]}


def _location(span: Span, path_of: _PathOf) -> dict[str, Any]:
    place = {"artifactLocation": _artifact(path_of(span.path)), "region": _region(span)}
    return {"physicalLocation": place}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    """Return a path as a URI reference (RFC 3986), or as a ``file:`` URI if it is absolute."""
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": _ROOT}
