"""What a job needs from an engine: tables of a corpus, and functions applied to parts of them.

Functions are called in other processes, so they are functions of modules, or ``functools.partial``
of such functions with small, picklable arguments. They get parts of a table in any order and any
number, and a group's rows in any order; the rows that they return must not depend on it. Batches
and tables that they return have the columns of the schema of the step, in its order. Texts have
the type ``string`` and times the type ``timestamp[us]``. No function is called without rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

import pyarrow as pa
from msgspec import Struct

from claimcli.analysis.near_duplicates import LIKENESS

Rows = Any
"""Rows on an engine: what its methods return and accept."""
MapFunction = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
"""Gets some batches of a table, and yields batches with other rows."""
GroupFunction = Callable[[pa.Table], pa.Table]
"""Gets a table with whole groups: one or several values of the keys, and all their rows."""
PairFunction = Callable[[pa.Table, pa.Table], pa.Table]
"""Gets the rows of whole groups from two tables; one of the tables can lack the rows of a group."""


def step_name(function: Callable[..., Any]) -> str:
    """Return the name of a function, for messages."""
    while isinstance(function, partial):
        function = function.func
    return function.__name__


class Engine(Protocol):
    """Runs the steps of a job. Raises ClaimcliError if a part of a table or a worker is lost."""

    def table(self, name: str, columns: Sequence[str]) -> Rows:
        """Return some columns of a table of the corpus, such as ``claims``."""
        ...

    def spread(self, table: pa.Table) -> Rows:
        """Return the rows of a small table, spread over the workers one by one."""
        ...

    def map(self, rows: Rows, function: MapFunction, schema: pa.Schema) -> Rows:
        """Return what a function makes of the rows; ``schema`` is that of its batches.

        It runs as part of each step that uses its result: see :meth:`keep`.
        """
        ...

    def keep(self, rows: Rows) -> Rows:
        """Return the same rows, computed once however many later steps use them."""
        ...

    def divide(self, rows: Rows, column: str, values: Sequence[str]) -> Mapping[str, Rows]:
        """Return the rows with each value of a text column, computed once for all values.

        A function that makes rows of several tables, such as those of a dossier, returns them
        packed, with the name of the table; a further step for each table unpacks them.
        """
        ...

    def group(
        self, rows: Rows, keys: Sequence[str], function: GroupFunction, schema: pa.Schema
    ) -> Rows:
        """Return what a function makes of whole groups: rows with equal values of the keys."""
        ...

    def pair(
        self,
        left: Rows,
        right: Rows,
        keys: Sequence[str],
        function: PairFunction,
        schema: pa.Schema,
    ) -> Rows:
        """Return what a function makes of the whole groups of two tables with the same keys.

        Each row of either table is sent once.
        """
        ...

    def union(self, parts: Sequence[Rows]) -> Rows:
        """Return the rows of several tables with the same columns as one table."""
        ...

    def collect(self, rows: Rows) -> pa.Table:
        """Return a small result as a table, to be given to functions of later steps."""
        ...


class JobOptions(Struct, frozen=True):
    """The options of jobs.

    ``jaccard`` is the least similarity of duplicates, from 0 to 1. ``folder`` is the folder that
    the user named: jobs without ``TABLES`` read it themselves.
    """

    jaccard: float = LIKENESS
    folder: str = ""


Counts = Mapping[str, Mapping[str, int]]
"""For a table of a result, how often each value of one column occurs."""


class Job(Protocol):
    """A module of ``jobs/``: its docstring describes it in the help.

    It may also have ``COUNTED``, a mapping from tables of the result to the column whose values the
    summary counts, and ``exit_code(counts: Counts) -> int``, the exit code of the command.
    """

    TABLES: tuple[str, ...]
    """The tables of the corpus that it reads; none if it reads YAML files."""

    def run(self, engine: Engine, options: JobOptions) -> Mapping[str, Rows]:
        """Return the tables of the result by name. Their rows are stored without further order."""
        ...
