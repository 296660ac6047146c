"""Problems as a person or an editor reads them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from claimcli.escaping import visible
from claimcli.formats.carets import under
from claimcli.model import Dossier
from claimcli.problems import Problem, Severity, Span
from claimcli.reading import MAX_BYTES
from claimcli.table import to_json
from claimcli.yamltext import LINE_BREAK


def concise(problems: Iterable[Problem], _: Dossier) -> str:
    """Return one line for each problem, as editors read it."""
    return "".join(f"{visible(str(problem))}\n" for problem in problems)


def full(problems: Iterable[Problem], _: Dossier) -> str:
    """Return each problem with the user's own line and a caret under the place."""
    line_of = _lines()
    return "".join(f"{_block(problem, line_of)}\n" for problem in problems)


def as_json(problems: Iterable[Problem], dossier: Dossier) -> str:
    """Return ``{problems: [...], files, claims}``."""
    return to_json(
        {
            "problems": [_record(problem) for problem in problems],
            "files": len(dossier.files),
            "claims": len(dossier.by_id),
        }
    )


WRITERS: Mapping[str, Callable[[Iterable[Problem], Dossier], str]] = {
    "full": full,
    "concise": concise,
    "json": as_json,
}


def summary(problems: Iterable[Problem], dossier: Dossier) -> str:
    """Return one sentence: what was checked and how much was found."""
    counts = Counter(problem.severity for problem in problems)
    found = ", ".join(_count(counts[severity], severity) for severity in Severity)
    files, claims = len(dossier.files), len(dossier.by_id)
    return f"{_count(claims, 'claim')} in {_count(files, 'file')}: {found}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 or noun == "info" else f"{number} {noun}s"


def _record(problem: Problem) -> dict[str, object]:
    span = problem.span
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "message": problem.message,
        "help": problem.help,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "related": [
            {"path": other.path, "line": other.line, "column": other.column}
            for other in problem.related
        ],
    }


def _block(problem: Problem, line_of: Callable[[Span], str]) -> str:
    return "\n".join((visible(str(problem)), *_excerpt(problem.span, line_of(problem.span)))) + "\n"


def _excerpt(span: Span, line: str) -> Iterator[str]:
    if line.strip():
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        yield from under(line, span.column - 1, end, gutter=f"{span.line} | ")


def _lines() -> Callable[[Span], str]:
    """Return a function that gives the line a span begins on, each file read once."""

    @cache
    def lines(path: str) -> list[str]:
        try:
            file = Path(path)
            if not file.is_file() or file.stat().st_size > MAX_BYTES:
                return []
            return LINE_BREAK.split(file.read_bytes().decode("utf-8-sig", "replace"))
        except OSError:
            return []

    def line_of(span: Span) -> str:
        found = lines(span.path)
        return found[span.line - 1] if span.line <= len(found) else ""

    return line_of
