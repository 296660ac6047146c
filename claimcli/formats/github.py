"""Problems as commands of GitHub's workflow log, which it shows beside the lines of a change."""

from collections.abc import Iterable

from claimcli.core.problems import Problem, Severity
from claimcli.core.text.escaping import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(problems: Iterable[Problem]) -> str:
    """Return one line a problem ("Workflow commands for GitHub Actions", setting a message)."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    span = problem.span
    fields = {
        "title": problem.rule,
        "file": span.path,
        "line": span.line,
        "endLine": span.end_line,
        "col": span.column,
        "endColumn": span.end_column,
    }
    listed = ",".join(f"{name}={_field(str(value))}" for name, value in fields.items())
    text = f"{problem.message}; {problem.help}" if problem.help else problem.message
    return f"::{_COMMANDS[problem.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    """Return text that cannot begin another command: line breaks and per cent signs encoded."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
