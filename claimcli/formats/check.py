"""The formats of the problems that ``check`` reports, and messages about them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from claimcli.checks.registry import CheckResult, all_rules
from claimcli.core.problems import Fix, Problem, Severity, Span, UnreadPart, list_unread
from claimcli.core.table import to_json
from claimcli.core.text.escaping import one_line, visible
from claimcli.core.text.word_diff import plural
from claimcli.dossier.content import MAX_BYTES
from claimcli.edit.autofix import FixResult, SkippedFix
from claimcli.formats.carets import caret_lines
from claimcli.formats.github import github
from claimcli.formats.rule import plain_text
from claimcli.formats.sarif import sarif
from claimcli.syntax.events import LINE_BREAK


def concise(result: CheckResult) -> str:
    """Return one line for each problem, which editors can parse."""
    return "".join(f"{_line(problem)}\n" for problem in result.problems)


def full(result: CheckResult) -> str:
    """Return each problem with the line of the file, carets under the location, and the fix."""
    line_of = _lines(result.texts)
    return "".join(f"{_block(problem, line_of)}\n" for problem in result.problems)


def data(result: CheckResult) -> dict[str, Any]:
    """Return ``{problems: [...], files, claims, left_out}``."""
    return {
        "problems": [_record(problem) for problem in result.problems],
        "files": result.files,
        "claims": result.claims,
        "left_out": result.left_out,
    }


def as_sarif(result: CheckResult) -> str:
    """Return a SARIF log that describes every rule."""
    return sarif(result.problems, {rule.name: plain_text(rule.summary) for rule in all_rules()})


WRITERS: Mapping[str, Callable[[CheckResult], str]] = {
    "full": full,
    "concise": concise,
    "json": lambda result: to_json(data(result)),
    "github": lambda result: github(result.problems),
    "sarif": as_sarif,
}


def summary(result: CheckResult) -> str:
    """Return one sentence: what was checked, and the problems found, fixable and left out."""
    counts = Counter(problem.severity for problem in result.problems)
    problems = ", ".join(plural(counts[s], s, "info" if s == "info" else "") for s in Severity)
    fixable = f"; {result.fixable} fixable with --fix" if result.fixable else ""
    left_out = f"; {result.left_out} left out" if result.left_out else ""
    checked = f"{plural(result.claims, 'claim')} in {plural(result.files, 'file')}"
    parts = [UnreadPart(one.span.path, one.unread) for one in result.problems if one.unread]
    unread = f"; {list_unread(parts, 0)}" if parts else ""
    return f"{checked}: {problems}{fixable}{left_out}{unread}"


def unread_note(result: CheckResult) -> str:
    """Return a note on files that could not be read and whose problems are left out, or ""."""
    if not result.unread:
        return ""
    files = plural(result.unread, "file")
    return f"{files} could not be read completely; the problems left out say why"


def fix_messages(result: FixResult, refused: Collection[str]) -> Iterator[str]:
    """Yield a line for each problem fixed or skipped; ``refused`` are files not written."""
    for problem in result.fixed:
        if problem.span.path not in refused:
            yield f"fixed: {_replacement(problem)} [{problem.rule}]"
    yield from map(_skipped, result.skipped)


def planned_fixes(result: FixResult) -> Iterator[str]:
    """Yield a line for each problem that would be skipped, and the number that would be fixed."""
    yield from map(_skipped, result.skipped)
    if not result.fixed:
        yield "nothing to fix"
    else:
        files = plural(len(result.texts), "file")
        yield f"{plural(len(result.fixed), 'problem')} would be fixed in {files}"


def _skipped(skipped: SkippedFix) -> str:
    problem = skipped.problem
    return f"not fixed: {_replacement(problem)} [{problem.rule}]: {skipped.reason}"


def _replacement(problem: Problem) -> str:
    fix = problem.fix
    return f"{fix.span}: '{fix.before}' -> '{fix.after}'" if fix else str(problem)


def _record(problem: Problem) -> dict[str, object]:
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "message": problem.message,
        "help": problem.help,
        **asdict(problem.span),
        "related": [
            {"path": other.path, "line": other.line, "column": other.column}
            for other in problem.related
        ],
        "fix": _fix(problem.fix) if problem.fix else None,
    }


def _fix(fix: Fix) -> dict[str, object]:
    span = fix.span
    return {
        "message": fix.message,
        "before": fix.before,
        "after": fix.after,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _block(problem: Problem, line_of: Callable[[Span], str]) -> str:
    lines = [_line(problem), *_excerpt(problem.span, line_of(problem.span))]
    if problem.fix:
        lines[-1] += f" --fix writes '{one_line(problem.fix.after)}'"
    return "\n".join(lines) + "\n"


def _line(problem: Problem) -> str:
    """Return a problem on one line, even if its path or message has line breaks."""
    return visible(" ".join(str(problem).splitlines()))


def _excerpt(span: Span, line: str) -> Iterator[str]:
    if line.strip():
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        yield from caret_lines(line, span.column - 1, end, gutter=f"{span.line} | ")


def _lines(texts: Mapping[str, bytes]) -> Callable[[Span], str]:
    """Return a function that returns the first line of a span, and reads each file once."""

    @cache
    def lines(path: str) -> list[str]:
        if path in texts:
            return LINE_BREAK.split(texts[path].decode("utf-8-sig", "replace"))
        try:
            file = Path(path)
            if not file.is_file() or file.stat().st_size > MAX_BYTES:
                return []
            return LINE_BREAK.split(file.read_bytes().decode("utf-8-sig", "replace"))
        except OSError:
            return []

    def line_of(span: Span) -> str:
        listed = lines(span.path)
        return listed[span.line - 1] if span.line <= len(listed) else ""

    return line_of
