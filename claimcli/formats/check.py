"""Problems as a person or an editor reads them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from claimcli.checks.registry import CheckResult, all_rules
from claimcli.core.problems import Fix, Problem, Severity, Span
from claimcli.core.table import to_json
from claimcli.core.text.escaping import one_line, visible
from claimcli.dossier.content import MAX_BYTES
from claimcli.edit.autofix import FixResult, SkippedFix
from claimcli.formats.carets import caret_lines
from claimcli.formats.github import github
from claimcli.formats.rule import plain_text
from claimcli.formats.sarif import sarif
from claimcli.syntax.errors import LINE_BREAK


def concise(found: CheckResult) -> str:
    """Return one line for each problem, as editors read it."""
    return "".join(f"{_line(problem)}\n" for problem in found.problems)


def full(found: CheckResult) -> str:
    """Return each problem with the user's own line, a caret under the place, and what mends it."""
    line_of = _lines(found.texts)
    return "".join(f"{_block(problem, line_of)}\n" for problem in found.problems)


def data(found: CheckResult) -> dict[str, Any]:
    """Return ``{problems: [...], files, claims, left_out}``."""
    return {
        "problems": [_record(problem) for problem in found.problems],
        "files": found.files,
        "claims": found.claims,
        "left_out": found.left_out,
    }


def as_sarif(found: CheckResult) -> str:
    """Return a SARIF log whose rules are all there are."""
    return sarif(found.problems, {rule.name: plain_text(rule.summary) for rule in all_rules()})


WRITERS: Mapping[str, Callable[[CheckResult], str]] = {
    "full": full,
    "concise": concise,
    "json": lambda found: to_json(data(found)),
    "github": lambda found: github(found.problems),
    "sarif": as_sarif,
}


def summary(found: CheckResult) -> str:
    """Return one sentence: what was checked, how much was found, left out, and can be mended."""
    counts = Counter(problem.severity for problem in found.problems)
    told = ", ".join(_count(counts[severity], severity) for severity in Severity)
    mendable = f"; --fix can mend {found.fixable}" if found.fixable else ""
    left_out = f"; {found.left_out} left out" if found.left_out else ""
    checked = f"{_count(found.claims, 'claim')} in {_count(found.files, 'file')}"
    return f"{checked}: {told}{mendable}{left_out}"


def unread_note(found: CheckResult) -> str:
    """Return a sentence on files that could not be read though no problem shown says so, or ""."""
    if not found.unread:
        return ""
    return (
        f"{_count(found.unread, 'file')} could not be read whole, which is among what is left out"
    )


def fix_messages(mended: FixResult, refused: Collection[str]) -> Iterator[str]:
    """Yield a line for each problem mended or left alone; ``refused`` are files not written."""
    for problem in mended.fixed:
        if problem.span.path not in refused:
            yield f"mended: {_exchange(problem)} [{problem.rule}]"
    for left in mended.skipped:
        yield f"left alone: {_left(left)}"


def planned_fixes(mended: FixResult) -> Iterator[str]:
    """Yield a line for what would be left alone, and one that counts what would be mended."""
    for left in mended.skipped:
        yield f"left alone: {_left(left)}"
    number, files = len(mended.fixed), len(mended.texts)
    if not number:
        yield "nothing to mend"
    else:
        yield f"{_count(number, 'problem')} would be mended in {_count(files, 'file')}"


def _left(left: SkippedFix) -> str:
    return f"{_exchange(left.problem)} [{left.problem.rule}]: {left.reason}"


def _exchange(problem: Problem) -> str:
    fix = problem.fix
    return f"{fix.span}: '{fix.before}' -> '{fix.after}'" if fix else str(problem)


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
    """Return a problem on one line, whatever its path and its words hold."""
    return visible(" ".join(str(problem).splitlines()))


def _excerpt(span: Span, line: str) -> Iterator[str]:
    if line.strip():
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        yield from caret_lines(line, span.column - 1, end, gutter=f"{span.line} | ")


def _lines(texts: Mapping[str, bytes]) -> Callable[[Span], str]:
    """Return a function that gives the line a span begins on, each file read once."""

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
        found = lines(span.path)
        return found[span.line - 1] if span.line <= len(found) else ""

    return line_of
