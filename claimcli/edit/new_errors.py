"""Finds the errors that an edit of files would cause in the dossier."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from claimcli import __version__
from claimcli.checks.rules import (
    changed_text,
    circular_reference,
    foreign_supersedes,
    missing_text,
    response_cycle,
)
from claimcli.core.problems import ClaimcliError, ExitCode, Problem, Severity
from claimcli.core.records import Dossier
from claimcli.dossier.files import DataFiles, with_sizes
from claimcli.dossier.index.build import IndexBuilder
from claimcli.dossier.index.closure import load_linked
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.index.problems import load_problems
from claimcli.dossier.open import path_lookup
from claimcli.dossier.parallel import read_instead
from claimcli.edit.record_edits import EditedText

_LINKS = (circular_reference, foreign_supersedes, response_cycle)
_TEXTS = (missing_text, changed_text)
"""The rules that find errors, in addition to the reader."""


class EditedFiles(Struct, frozen=True):
    """The files of a dossier, the edited texts of some of them, and the folders of texts.

    ``sources`` are the ids of the sources whose texts are checked, in ``text_folders``.
    """

    files: DataFiles
    texts: Mapping[FileKey, EditedText]
    sources: frozenset[str] = frozenset()
    text_folders: tuple[str, ...] = ()


class NewErrorsError(ClaimcliError):
    """A change that would cause errors, ``problems``, in the ``edited`` files."""

    def __init__(self, problems: Sequence[Problem], edited: EditedFiles) -> None:
        """``problems`` are one or more; line numbers are those after the change."""
        first = problems[0]
        span = first.span
        own = [
            text.record.location.span
            for key, text in edited.texts.items()
            if text.record and edited.files.path(*key) == span.path
        ]
        here = any(record.line <= span.line <= record.end_line for record in own)
        where = "" if here else f"{span.path}:{span.line}:{span.column}: "
        super().__init__(f"{where}{first.message}", first.help)
        self.problems = tuple(problems)
        self.edited = edited


def refuse_new_errors(db: sqlite3.Connection, edited: EditedFiles) -> None:
    """Raise NewErrorsError if the dossier would have new errors with the edited texts.

    Rules on references are run on the files' records and all records reachable from them, since a
    new cycle goes through one of them. A missing text is an error only of the record that names it.
    """
    before, missing = _find_errors(db, edited, edited.files)
    readings = {edited.files.path(*key): text.readings for key, text in edited.texts.items()}
    sizes = {key: len(text.text) for key, text in edited.texts.items()}
    later = with_sizes(edited.files, sizes)
    IndexBuilder(partial(read_instead, readings=readings)).update(db, later, program=__version__)
    after, missing_then = _find_errors(db, edited, later)
    db.execute("ROLLBACK")
    known = {_key(problem) for problem in (*before, *missing)}
    if new := [problem for problem in (*after, *missing_then) if _key(problem) not in known]:
        raise NewErrorsError(new, edited)
    _refuse_remaining(before, after, readings)


def existing_error(path: str, problem: Problem) -> ClaimcliError:
    """Return the error of a file that has a problem before it is edited."""
    span = problem.span
    message = f"{path}:{span.line}:{span.column}: {problem.message}"
    hint = f"{problem.help}; fix it first" if problem.help else "fix it first"
    return ClaimcliError(message, hint, code=ExitCode.UNREADABLE)


def _refuse_remaining(
    before: Iterable[Problem], after: Iterable[Problem], paths: Iterable[str]
) -> None:
    """Raise ClaimcliError if an edited file has errors, and not fewer than before."""
    was = Counter(problem.span.path for problem in before)
    first = {problem.span.path: problem for problem in reversed([*after])}
    now = Counter(problem.span.path for problem in after)
    for path in paths:
        if now[path] and now[path] >= was[path]:
            raise existing_error(path, first[path])


def _find_errors(
    db: sqlite3.Connection, edited: EditedFiles, files: DataFiles
) -> tuple[list[Problem], list[Problem]]:
    """Return the errors of the reader and of references, and those of the sources' texts."""
    shown = path_lookup(db, files)
    dossier = load_linked(db, edited.texts, edited.sources, shown)
    links = [problem for rule in _LINKS for problem in rule.check(dossier)]
    mine = Dossier(sources=dossier.sources, text_folders=edited.text_folders)
    texts = _errors(problem for rule in _TEXTS for problem in rule.check(mine))
    return _errors([*load_problems(db, shown), *links]), texts


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _key(problem: Problem) -> tuple[str, str, str]:
    return (problem.span.path, problem.rule, problem.message)
