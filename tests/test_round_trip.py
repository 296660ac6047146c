"""Records that are exported as tables and imported again are the same records."""

import io
from pathlib import Path

import pytest

from claimcli.analysis.changes import changes
from claimcli.core.records import Dossier
from claimcli.core.table import to_json
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.edit.target import EditTarget
from claimcli.exchange.import_records import import_records
from claimcli.exchange.records import Exported, ExportOptions, ImportOptions
from claimcli.exchange.registry import reader_of, writer_of
from claimcli.exchange.selection import select_records
from tests.support.hostile_records import TEXTS, UNSEEN, hostile_dossier
from tests.support.imported_records import random_dossier

parquet = pytest.importorskip("pyarrow.parquet", reason="an extra that is not installed")
FORMATS = ("csv", "xlsx", "parquet")


def exported(dossier: Dossier, format_: str) -> Exported:
    selection = select_records(dossier, whole=True, internal=True)
    return writer_of(format_)(selection, ExportOptions(folder=True))


def imported(made: Exported, format_: str, folder: Path) -> Path:
    """Return the data folder of a new dossier with the records of an export."""
    tables, data = folder / "tables", folder / "data"
    tables.mkdir()
    data.mkdir()
    for file in made.files:
        (tables / file.name).write_bytes(file.data)
    files = [tables] if format_ != "xlsx" else [tables / made.files[0].name]
    import_records(EditTarget([data]), reader_of(format_)(files, ImportOptions()))
    return data


def content(made: Exported, format_: str) -> object:
    """Return an export without the locations of the records, which tables of Parquet have."""
    if format_ != "parquet":
        return made
    tables = {file.name: parquet.read_table(io.BytesIO(file.data)) for file in made.files}
    return {name: table.drop(["file", "line"]).to_pylist() for name, table in tables.items()}


def require_same(dossier: Dossier, format_: str, folder: Path) -> Dossier:
    """Return a dossier after its export and import; it has no changes, its export is the same."""
    made = exported(dossier, format_)
    again = open_dossier([imported(made, format_, folder)])

    assert changes(dossier, again).entries == ()
    assert content(exported(again, format_), format_) == content(made, format_)
    return again


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", ["call", "waterworks"])
def test_the_samples(tmp_path: Path, name: str, format_: str) -> None:
    """Nothing is lost and nothing changes."""
    dossier = open_dossier([sample(name)])

    assert exported(dossier, format_).losses == ()
    require_same(dossier, format_, tmp_path)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_thousand_claims_with_hostile_texts(tmp_path: Path, format_: str) -> None:
    """Formulas, quotation marks, line breaks and 32,000 letters come back as they were."""
    path = tmp_path / "hostile.yaml"
    path.write_text(hostile_dossier(1000, texts=(*TEXTS, *UNSEEN)), "utf-8")
    dossier = open_dossier([path])
    assert len(dossier.claims) >= 1000

    require_same(dossier, format_, tmp_path)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("seed", range(3))
def test_random_dossiers(tmp_path: Path, seed: int, format_: str) -> None:
    """Nested answers, joint parties, described sources and relayed words have no changes."""
    path = tmp_path / "random.yaml"
    path.write_text(to_json(random_dossier(seed)), "utf-8")
    dossier = open_dossier([path])
    made = exported(dossier, format_)

    again = open_dossier([imported(made, format_, tmp_path)])

    assert changes(dossier, again).entries == ()
