"""One call of ``claimcli check``: reading, checking, fixing, and writing the reports."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from claimcli.checks import registry
from claimcli.checks.registry import CheckResult, check_dossier, problems_of_file
from claimcli.cli.change_messages import patch_name, show_patch
from claimcli.cli.inputs import standard_input
from claimcli.cli.output import say, warn, write
from claimcli.cli.presenter import is_drawn
from claimcli.cli.session import Session
from claimcli.cli.watch import watch
from claimcli.core.problems import ClaimcliError, ExitCode, Problem
from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.atomic import reason_not_written
from claimcli.edit.autofix import CheckedDossier, FixResult, autofix
from claimcli.edit.journal import FileWrite, write_possible
from claimcli.formats.check import WRITERS, fix_messages, planned_fixes, summary, unread_note
from claimcli.formats.patch import patch
from claimcli.formats.sarif import left_out_note

_QUOTES = "quote-not-in-text"


class ReportFile(Struct, frozen=True):
    """A file to write in a further format."""

    format: str
    path: Path


class CheckOutput(Struct, frozen=True):
    """The format of the result, the file it goes to if any, and further reports."""

    format: str
    output: Path | None
    reports: tuple[ReportFile, ...]


def reports_of(options: Iterable[str], output: Path | None = None) -> tuple[ReportFile, ...]:
    """Return the reports requested as ``FORMAT=FILE``.

    Raises ClaimcliError if one has another syntax, an unknown format, or the file of another or of
    the output.
    """
    reports: list[ReportFile] = []
    taken = {os.path.realpath(output)} if output else set()
    for option in options:
        format_, equals, name = option.partition("=")
        if not (equals and name) or name == "-":
            raise ClaimcliError(f"invalid report '{option}'", "write it as FORMAT=FILE")
        report = ReportFile(one_of(format_, WRITERS, "format"), Path(name))
        if os.path.realpath(name) in taken:
            raise ClaimcliError(f"two reports go to '{name}'", "name another file for one of them")
        taken.add(os.path.realpath(name))
        reports.append(report)
    return tuple(reports)


class CheckRun:
    """One call of the command; it can check the dossier several times.

    ``name`` is the file whose text is on standard input, if any.
    """

    def __init__(
        self,
        session: Session,
        paths: Sequence[Path],
        select: Sequence[str],
        ignore: Sequence[str],
        *,
        name: Path | None = None,
    ) -> None:
        self.session = session
        self.paths = paths
        self.rules = registry.select_rules(select, ignore)
        self.name = name
        self.given = {os.path.realpath(name): standard_input()} if name else {}

    def run(self, how: CheckOutput, *, fix: bool) -> int:
        """Show the problems, with ``fix`` those that remain after fixing; return the exit code."""
        state = self._check()
        refused = {}
        if fix:
            before, fixed = self._fixed(state)
            refused = write_fixes(self.session.roots_of(self.paths), before, fixed)
            for line in fix_messages(fixed, refused):
                say(line)
            for path, reason in refused.items():
                say(f"error: cannot write '{path}': {reason}")
            state = self._check() if fixed.texts else state
        result = self._report(state, how)
        self._show(result, how)
        if result.has_findings:
            return ExitCode.FINDINGS
        return ExitCode.UNREADABLE if refused or result.unread else ExitCode.DONE

    def diff(self, how: CheckOutput) -> int:
        """Show what fixing would change; return the exit code."""
        state = self._check()
        self._report(state, how)
        before, fixed = self._fixed(state)
        names = dict.fromkeys(before, str(self.name)) if self.name else {p: p for p in before}
        changes = sorted(fixed.texts.items())
        top = self.session.configuration().path
        parts = [patch(patch_name(names[path], top), before[path], data) for path, data in changes]
        show_patch(b"".join(parts), self.session.color, how.output)
        for line in planned_fixes(fixed):
            say(line)
        return ExitCode.FINDINGS if fixed.texts else ExitCode.DONE

    def watch(self, how: CheckOutput) -> NoReturn:
        """Show the problems, and again after each change."""
        paths = self.paths or self.session.paths()
        watch(paths, lambda: self._show(self._selected(self._check()), how))

    def _report(self, state: CheckedDossier, how: CheckOutput) -> CheckResult:
        """Return the selected problems, after writing the reports of them."""
        result = self._selected(state)
        for report in how.reports:
            write(WRITERS[report.format](result), report.path)
        return result

    def _show(self, result: CheckResult, how: CheckOutput) -> None:
        text = WRITERS[how.format](result)
        if how.format == "full" and is_drawn(self.session.color, how.output):
            from claimcli.cli.screen.console import settings
            from claimcli.cli.screen.highlight import highlight_problems

            text = highlight_problems(text, settings(self.session.color))
        write(text, how.output)
        if how.format not in ("json", "sarif"):
            say(summary(result))
        formats = {how.format, *(report.format for report in how.reports)}
        cut = left_out_note(result.problems) if "sarif" in formats else ""
        for note in filter(None, (cut, unread_note(result))):
            warn(note)

    def _check(self, texts: Mapping[str, bytes] = MappingProxyType({})) -> CheckedDossier:
        """Check the dossier, with texts that replace those on the disk, by path.

        Quotes are not checked if they need not be: that takes long. Nor with such texts: a fix that
        reveals a misquote is right all the same.
        """
        overrides = {os.path.realpath(path): data for path, data in texts.items()}
        dossier = self.session.open(paths=self.paths, overrides={**self.given, **overrides})
        dossier = replace(dossier, verdict_file=self.session.verdict_file(self.paths))
        with_quotes = _QUOTES in self.rules and not texts
        rules = [r for r in registry.all_rules() if with_quotes or r.name != _QUOTES]
        return CheckedDossier(dossier, registry.run_rules(dossier, rules))

    def _selected(self, state: CheckedDossier) -> CheckResult:
        """Return the problems of the selected rules, with ``name`` those of that file only."""
        if self.name is None:
            return check_dossier(state.dossier, state.problems, rules=self.rules)
        path, name = self._path(state.dossier), str(self.name)
        mine = problems_of_file(state.problems, path, name)
        result = check_dossier(state.dossier, mine, rules=self.rules)
        claims = sum(c.location.path == path for c in state.dossier.by_id.values())
        (data,) = self.given.values()
        return replace(result, files=1, claims=claims, texts={name: data})

    def _fixed(self, state: CheckedDossier) -> tuple[dict[str, bytes], FixResult]:
        """Return the contents of files with fixable problems, and the result of fixing them."""
        only = self._path(state.dossier) if self.name else None
        fixable = {problem.span.path for problem in state.problems if self._can_fix(problem)}
        paths = sorted(path for path in fixable if only in (None, path))
        texts = {path: data for path in paths if (data := self._bytes(path)) is not None}
        return texts, autofix(texts, state, self._check, rules=self.rules)

    def _can_fix(self, problem: Problem) -> bool:
        return problem.fix is not None and problem.rule in self.rules

    def _path(self, dossier: Dossier) -> str:
        """Return the dossier's path of the file given on standard input."""
        (real,) = self.given
        return next(path for path in dossier.files if os.path.realpath(path) == real)

    def _bytes(self, path: str) -> bytes | None:
        try:
            given = self.given.get(os.path.realpath(path))
            return Path(path).read_bytes() if given is None else given
        except OSError:
            return None


def write_fixes(
    roots: Sequence[Path], before: Mapping[str, bytes], fixed: FixResult
) -> dict[str, str]:
    """Write fixed files; return the reasons for those that could not be written, by path.

    A file that changed since it was read is not written.
    """
    files = [FileWrite(Path(path), before[path], data) for path, data in fixed.texts.items()]
    refused = write_possible(roots, files, "check --fix") if files else {}
    return {str(path): reason_not_written(error) for path, error in refused.items()}


def refuse_together(**given: Any) -> None:
    """Raise ClaimcliError if options of ``check`` exclude each other."""
    excluding = {
        "watch": ("fix", "diff", "stdin", "output", "report"),
        "stdin": ("fix",),
        "diff": ("format",),
        "fix": ("sample",),
    }
    for one, others in excluding.items():
        for other in others:
            if given[one] and given[other]:
                names = f"--{one} and --{other}".replace("--stdin", "--stdin-filename")
                raise ClaimcliError(f"{names} exclude each other", "leave one of them out")
