"""What converters return: records read from a file, files made of records, and the losses."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from claimcli.core.records import Claim, Dossier, Event, Issue, Party, Source
from claimcli.core.table import Table
from claimcli.syntax.edit.values import Value


class LossKind(StrEnum):
    """What happened to a value that the other format cannot express."""

    DROPPED = "dropped"
    APPROXIMATED = "approximated"
    KEPT_IN_NOTE = "kept-in-note"


class Loss(Struct, frozen=True):
    """A value that a conversion does not keep as it is.

    ``record`` is the kind and id of the record, such as ``claim pledge``, as far as known;
    ``field`` the field or column; ``where`` the location in the file that was read or written;
    ``detail`` says in a few words what became of the value.
    """

    record: str
    field: str
    kind: LossKind
    where: str = ""
    detail: str = ""


LOSS_COLUMNS = ("record", "field", "loss", "where", "detail")


def loss_table(losses: Sequence[Loss]) -> Table:
    """Return the losses as a table, one row for each."""
    rows = tuple((one.record, one.field, one.kind.value, one.where, one.detail) for one in losses)
    return Table("losses", LOSS_COLUMNS, rows)


class ImportedRecord(Struct, frozen=True):
    """A record that a converter read.

    ``kind`` is a key of :data:`claimcli.core.schema.RECORD_KINDS`; ``fields`` are those of the
    record in a YAML file, as texts, lists and mappings, without ``id`` if the file gives none.
    Parties and issues are ids or names. A claim may have answers nested in ``rebuttals`` and
    ``responses``. ``where`` is the location of the record in its file, such as
    ``claims.xlsx!Sheet1:R7``; references to a record without an id name that location instead.
    ``cells`` are the locations of its fields, such as ``claims.xlsx!Sheet1:R7C3``.
    """

    kind: str
    fields: Mapping[str, Value]
    where: str = ""
    cells: Mapping[str, str] = {}


class Imported(Struct, frozen=True):
    """The records of a file, the losses, and notes for the user such as the detected encoding."""

    records: tuple[ImportedRecord, ...]
    losses: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()


ChooseFields = Callable[[Sequence[str]], Mapping[str, str]]
"""Asks the user for the fields of columns that are not recognised; returns field by column."""


class ImportOptions(Struct, frozen=True):
    """The options of ``import`` that converters need.

    ``columns`` has the field of each column that ``--map`` names, "" to ignore the column. For
    ``claimreview`` the keys are ratings and the values kinds of response. ``keep_columns`` is the
    field that keeps columns that are not recognised. ``party`` and ``issue`` are those of claims
    that have none. ``choose_fields`` asks the user, None if there is no terminal.
    """

    columns: Mapping[str, str] = {}
    keep_columns: str = ""
    separator: str = ""
    encoding: str = ""
    sheet: str = ""
    party: str = ""
    issue: str = ""
    choose_fields: ChooseFields | None = None


class Selection(Struct, frozen=True):
    """The records to export, in order; ``dossier`` contains them and what they refer to."""

    dossier: Dossier
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    events: tuple[Event, ...]


class ExportOptions(Struct, frozen=True):
    """The options of ``export`` that converters need.

    ``folder`` is whether to write several files, in a folder. ``dossier`` is the name of the
    dossier. ``texts`` is a folder of further texts of sources, for selectors of quotes.
    """

    folder: bool = False
    dossier: str = ""
    texts: Path | None = None


class ExportedFile(Struct, frozen=True):
    """A file that a converter made; ``name`` is its name in a folder."""

    name: str
    data: bytes


class Exported(Struct, frozen=True):
    """The files of an export, of which there is one unless a folder is written, and the losses.

    ``kind`` is the kind of record that the files are about, ``count`` how many of these they have.
    ``left_out`` are losses that everybody expects who chooses the format, such as the claims in a
    bibliography: they are listed, but ``--strict`` accepts them.
    """

    files: tuple[ExportedFile, ...]
    losses: tuple[Loss, ...] = ()
    kind: str = "claim"
    count: int = 0
    left_out: tuple[Loss, ...] = ()
