"""What was mended and what was left alone, in words."""

from collections.abc import Collection, Iterator

from claimcli.core.problems import Problem
from claimcli.edit.autofix import FixResult, SkippedFix


def told(mended: FixResult, refused: Collection[str]) -> Iterator[str]:
    """Yield a line for each problem mended or left alone; ``refused`` are files not written."""
    for problem in mended.fixed:
        if problem.span.path not in refused:
            yield f"mended: {_exchange(problem)} [{problem.rule}]"
    for left in mended.skipped:
        yield f"left alone: {_left(left)}"


def planned(mended: FixResult) -> Iterator[str]:
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
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
