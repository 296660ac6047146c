"""The tables of one dossier of a corpus: its records, problems, quotes and texts."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from claimcli.analysis.expected_speakers import DossierSpeakers
from claimcli.batches.dossier_folders import DossierFolder
from claimcli.batches.quote_tables import QUOTES, TEXTS, quote_tables
from claimcli.checks.registry import all_rules, run_rules
from claimcli.core.problems import ClaimcliError, Problem, Severity, Span
from claimcli.core.records import Dossier
from claimcli.dossier.files import path_as_text
from claimcli.dossier.open import open_dossier
from claimcli.exchange.parquet.rows import tables_of
from claimcli.exchange.parquet.schema import arrow_tables, table_schema
from claimcli.quotes.polarity.lists import parse_list, text_of_list

UNREADABLE = "unreadable-dossier"
"""The rule of the problem that a dossier cannot be read at all."""
SLOW_RULES = ("quote-not-in-text",)
"""Rules that are left to another job: ``verify`` compares the quotes."""
DOSSIERS = pa.schema(
    {
        "dossier": pa.string(),
        "path": pa.string(),
        "files": pa.int32(),
        "claims": pa.int32(),
        "errors": pa.int32(),
        "warnings": pa.int32(),
        "unread": pa.int32(),
        "speakers": pa.list_(pa.field("element", pa.string())),
        "polarity": pa.string(),
        "polarity_file": pa.string(),
    }
)
"""``unread`` counts the records that could not be read; ``speakers`` are those of all claims and
parties; ``polarity`` is the text of the dossier's own list of negations, if it has one."""
PROBLEMS = pa.schema(
    {
        "dossier": pa.string(),
        "rule": pa.string(),
        "severity": pa.string(),
        "message": pa.string(),
        "help": pa.string(),
        "file": pa.string(),
        "line": pa.int32(),
        "column": pa.int32(),
        "end_line": pa.int32(),
        "end_column": pa.int32(),
    }
)


def schemas() -> dict[str, pa.Schema]:
    """Return the schema of each table of a corpus, by name."""
    records = {name: table_schema(name) for name in arrow_tables()}
    return {
        "dossiers": DOSSIERS,
        "problems": PROBLEMS,
        **records,
        "quotes": QUOTES,
        "texts": TEXTS,
    }


def dossier_tables(folder: DossierFolder) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of a dossier with their names, large ones in several pieces.

    If the dossier cannot be read at all, that is its only problem.
    """
    try:
        settings = folder.configuration()
        polarity = text_of_list(Path(settings.polarity)) if settings.polarity else None
        parse_list(polarity or "", settings.polarity)
        dossier = open_dossier(folder.data(settings), options=folder.options(settings))
    except ClaimcliError as error:
        place = Span(path_as_text(folder.path))
        problem = Problem(UNREADABLE, error.message, place, help=error.hint)
        yield from _about(folder, Dossier(), (problem,), None)
        return
    rules = (rule for rule in all_rules() if rule.name not in SLOW_RULES)
    yield from _about(folder, dossier, run_rules(dossier, rules), polarity)
    yield from tables_of(dossier, name=folder.name).items()
    yield from quote_tables(dossier, folder.name)


def _about(
    folder: DossierFolder, dossier: Dossier, problems: tuple[Problem, ...], polarity: str | None
) -> Iterator[tuple[str, pa.Table]]:
    """Yield the rows of the tables ``dossiers`` and ``problems``."""
    severities = [problem.severity for problem in problems]
    row = {
        "dossier": folder.name,
        "path": path_as_text(folder.path),
        "files": len(dossier.files),
        "claims": len(dossier.by_id),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "unread": dossier.unread,
        "speakers": DossierSpeakers(dossier).names.all,
        "polarity": polarity,
        "polarity_file": path_as_text(dossier.polarity) or None,
    }
    yield "dossiers", pa.Table.from_pylist([row], DOSSIERS)
    rows = [_problem_row(folder.name, problem) for problem in problems]
    yield "problems", pa.Table.from_pylist(rows, PROBLEMS)


def _problem_row(name: str, problem: Problem) -> dict[str, str | int]:
    span = problem.span
    return {
        "dossier": name,
        "rule": problem.rule,
        "severity": problem.severity.value,
        "message": path_as_text(problem.message),
        "help": path_as_text(problem.help),
        "file": path_as_text(span.path),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
