"""Problems as workflow commands of GitHub, which shows them next to the changed lines."""

from collections.abc import Callable, Iterable

from claimcli.core.problems import Problem, Severity, most_severe_first
from claimcli.core.text.escaping import visible
from claimcli.formats.repository_paths import repository_paths

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(problems: Iterable[Problem]) -> str:
    """Return one line for each problem ("Workflow commands for GitHub Actions").

    The most severe are first, as GitHub shows only some of each step next to the lines.
    """
    path_of = repository_paths()
    return "".join(f"{_command(problem, path_of)}\n" for problem in most_severe_first(problems))


def _command(problem: Problem, path_of: Callable[[str], str]) -> str:
    span = problem.span
    fields = {
        "title": problem.rule,
        "file": path_of(span.path),
        "line": span.line,
        "endLine": span.end_line,
        "col": span.column,
        "endColumn": span.end_column,
    }
    listed = ",".join(f"{name}={_field(str(value))}" for name, value in fields.items())
    text = f"{problem.message}; {problem.help}" if problem.help else problem.message
    return f"::{_COMMANDS[problem.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    """Return text with line breaks and percent signs encoded, so that it cannot start a command."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
