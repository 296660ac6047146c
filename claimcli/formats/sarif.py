"""Problems as SARIF (OASIS Static Analysis Results Interchange Format 2.1.0)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from claimcli import __version__
from claimcli.core.problems import Fix, Problem, Severity, Span
from claimcli.core.table import to_json

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(problems: Iterable[Problem], summaries: dict[str, str]) -> str:
    """Return one run with a result for each problem; ``summaries`` describe the rules."""
    rules = list(summaries)
    driver = {
        "name": "claimcli",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": summaries[rule]}} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, rules) for problem in problems],
    }
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(problem: Problem, rules: list[str]) -> dict[str, Any]:
    text = f"{problem.message}; {problem.help}" if problem.help else problem.message
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": rules.index(problem.rule),
        "level": _LEVELS[problem.severity],
        "message": {"text": text},
        "locations": [_location(problem.span)],
    }
    if problem.related:
        result["relatedLocations"] = [_location(span) for span in dict.fromkeys(problem.related)]
    if problem.fix:
        result["fixes"] = [_fix(problem.fix)]
    return result


def _fix(fix: Fix) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(fix.span), "insertedContent": {"text": fix.after}}
    change = {"artifactLocation": {"uri": _uri(fix.span.path)}, "replacements": [replacement]}
    return {"description": {"text": fix.message}, "artifactChanges": [change]}


def _location(span: Span) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": _uri(span.path)}, "region": _region(span)}
    return {"physicalLocation": place}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(path: str) -> str:
    """Return a path as a URI reference (RFC 3986); absolute paths become ``file:`` URIs."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(Path(path).as_posix())
