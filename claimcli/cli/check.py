"""One call of ``claimcli check``: what is read, what is mended, and where reports go."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from claimcli.checks import registry
from claimcli.checks.registry import CheckResult, check_dossier, problems_of_file
from claimcli.cli.change_messages import name_from, show_patch
from claimcli.cli.notes import on_screen
from claimcli.cli.output import talk, write
from claimcli.cli.report_files import Report, send, spare_texts
from claimcli.cli.session import Session
from claimcli.cli.standard_input import standard_input
from claimcli.cli.watch import watch
from claimcli.core.problems import ClaimcliError, ExitCode, Problem
from claimcli.core.records import Dossier
from claimcli.dossier.atomic import FileChangedError, change_file, why
from claimcli.edit.autofix import CheckedDossier, FixResult, autofix
from claimcli.formats.check import WRITERS, summary, unread
from claimcli.formats.fixes import planned, told
from claimcli.formats.patch import patch


class Showing(Struct, frozen=True):
    """Where what was found goes, and in which form; ``reports`` are further ones."""

    form: str
    output: Path | None
    reports: tuple[Report, ...]


class Lint:
    """The data of one call, which is looked at as often as is asked.

    ``name`` is that of the one file whose text was given on standard input, if there is such.
    """

    def __init__(
        self,
        session: Session,
        paths: Sequence[Path],
        *,
        rules: frozenset[str],
        name: Path | None = None,
    ) -> None:
        self.session = session
        self.paths = paths
        self.rules = rules
        self.name = name
        self.given = {os.path.realpath(name): standard_input()} if name else {}

    def run(self, how: Showing, *, fix: bool) -> int:
        """Show what is found, after mending what can be if asked; return the exit code."""
        state = self.look()
        refused = {}
        if fix:
            before, mended = self.mended(state)
            refused = written(before, mended)
            for line in told(mended, refused):
                talk(line)
            for path, reason in refused.items():
                talk(f"error: cannot write '{path}': {reason}")
            state = self.look() if mended.texts else state
        found = self.found(state)
        spare_texts(how.reports, state.dossier)
        send(how.reports, found)
        self._show(found, how)
        if found.has_findings:
            return ExitCode.FINDINGS
        return ExitCode.UNREADABLE if refused or found.unread else ExitCode.DONE

    def diff(self, how: Showing) -> int:
        """Show what mending would change; return the exit code."""
        state = self.look()
        spare_texts(how.reports, state.dossier)
        send(how.reports, self.found(state))
        before, mended = self.mended(state)
        names = dict.fromkeys(before, str(self.name)) if self.name else {p: p for p in before}
        changes = sorted(mended.texts.items())
        top = self.session.configuration().path
        parts = [patch(name_from(names[path], top), before[path], data) for path, data in changes]
        show_patch(b"".join(parts), self.session.color, how.output)
        for line in planned(mended):
            talk(line)
        return ExitCode.FINDINGS if mended.texts else ExitCode.DONE

    def watch(self, how: Showing) -> NoReturn:
        """Show what is found, and again after each change."""
        self.paths = self.paths or self.session.paths()  # where the data is then stays so
        watch(self.paths, lambda: self._show(self.found(self.look()), how))

    def _show(self, found: CheckResult, how: Showing) -> None:
        text = WRITERS[how.form](found)
        if how.form == "full" and on_screen(self.session.color, how.output):
            from claimcli.cli.screen import base

            text = base.diagnostics(text, base.settings(self.session.color))
        write(text, how.output)
        if how.form not in ("json", "sarif"):
            talk(summary(found))
        if hidden := unread(found):
            talk(f"warning: {hidden}")

    def look(self, texts: Mapping[str, bytes] = MappingProxyType({})) -> CheckedDossier:
        """Check the dossier, with texts in place of those on the disk, by path."""
        instead = {os.path.realpath(path): data for path, data in texts.items()}
        dossier = self.session.open(paths=self.paths, overrides={**self.given, **instead})
        return CheckedDossier(dossier, registry.run_rules(dossier))

    def found(self, state: CheckedDossier) -> CheckResult:
        """Return what is to be shown."""
        if self.name is None:
            return check_dossier(state.dossier, state.problems, rules=self.rules)
        path, name = self._path(state.dossier), str(self.name)
        mine = problems_of_file(state.problems, path, name)
        found = check_dossier(state.dossier, mine, rules=self.rules)
        claims = sum(c.location.path == path for c in state.dossier.by_id.values())
        (data,) = self.given.values()
        return replace(found, files=1, claims=claims, texts={name: data})

    def mended(self, state: CheckedDossier) -> tuple[dict[str, bytes], FixResult]:
        """Return what the files with mends hold, and what they are to hold."""
        only = self._path(state.dossier) if self.name else None
        named = {problem.span.path for problem in state.problems if _is_mine(problem, self.rules)}
        paths = sorted(path for path in named if only in (None, path))
        texts = {path: data for path in paths if (data := self._bytes(path)) is not None}
        return texts, autofix(texts, state, self.look, rules=self.rules)

    def _path(self, dossier: Dossier) -> str:
        """Return the path of the file that was given on standard input, as the dossier has it."""
        (real,) = self.given
        return next(path for path in dossier.files if os.path.realpath(path) == real)

    def _bytes(self, path: str) -> bytes | None:
        try:
            given = self.given.get(os.path.realpath(path))
            return Path(path).read_bytes() if given is None else given
        except OSError:
            return None


def _is_mine(problem: Problem, rules: frozenset[str]) -> bool:
    return problem.fix is not None and problem.rule in rules


def written(before: Mapping[str, bytes], mended: FixResult) -> dict[str, str]:
    """Write what is mended; return for each file that could not be written why.

    A file that is no longer what was read stays as it is.
    """
    refused = {}
    for path, data in mended.texts.items():
        try:
            change_file(Path(path), partial(_exchanged, before[path], data))
        except OSError as error:
            refused[path] = why(error)
    return refused


def _exchanged(old: bytes, new: bytes, now: bytes) -> bytes:
    if now != old:
        raise FileChangedError
    return new


def refuse_together(**given: Any) -> None:
    """Raise ClaimcliError where options of ``check`` exclude each other."""
    excluding = {
        "watch": ("fix", "diff", "stdin", "output", "report"),
        "stdin": ("fix",),
        "diff": ("form",),
        "fix": ("sample",),
    }
    for one, others in excluding.items():
        for other in others:
            if given[one] and given[other]:
                names = " and ".join(_OPTIONS.get(name, f"--{name}") for name in (one, other))
                raise ClaimcliError(f"{names} exclude each other", "leave one of them out")


_OPTIONS = {"stdin": "--stdin-filename", "form": "--format"}
