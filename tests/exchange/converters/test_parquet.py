"""Parquet: what is written, and what is read of the files of other tools."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.open import open_dossier
from claimcli.exchange.converters.parquet import read, write
from claimcli.exchange.records import Exported, ExportOptions, Imported, ImportOptions
from claimcli.exchange.selection import select_records

pa = pytest.importorskip("pyarrow", reason="an extra that is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="an extra that is not installed")

NAMES = ["claims", "responses", "requests", "citations", "parties", "sources", "issues", "events"]
NESTED = """
claims:
  - {id: a, party: p, statement: S, internal: true,
     rebuttals: [{id: b, party: q, statement: T}, {party: r, statement: U}]}
"""


def exported(tmp_path: Path, data: str) -> Exported:
    path = tmp_path / "data.yaml"
    path.write_text(data, "utf-8")
    selection = select_records(open_dossier([path]), whole=True, internal=True)
    return write(selection, ExportOptions(folder=True, dossier="case"))


def imported(tmp_path: Path, **tables: Any) -> Imported:
    """Return the records of tables that a program other than ours wrote."""
    files = []
    for name, table in tables.items():
        files.append(tmp_path / f"{name}.parquet")
        pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), files[-1])
    return read(files, ImportOptions())


def refusal(tmp_path: Path, **tables: Any) -> str:
    """Return the message about tables."""
    with pytest.raises(ClaimcliError) as raised:
        imported(tmp_path, **tables)
    return str(raised.value).replace(f"{tmp_path}/", "")


def test_a_folder_has_a_file_for_each_table(tmp_path: Path) -> None:
    """Also for those without rows; equal records give equal bytes."""
    made = exported(tmp_path, "claims: [{id: a, party: p, statement: S}]")

    assert [file.name for file in made.files] == [f"{name}.parquet" for name in NAMES]
    assert [pq.read_metadata(io.BytesIO(file.data)).num_rows for file in made.files] == [
        1, 0, 0, 0, 0, 0, 0, 0,
    ]  # fmt: skip
    assert made == exported(tmp_path, "claims: [{id: a, party: p, statement: S}]")


def test_an_answer_in_an_internal_claim_is_marked(tmp_path: Path) -> None:
    """It is nested no more, and would not be internal after an import; this is a loss."""
    made = exported(tmp_path, NESTED)

    rows = pq.read_table(io.BytesIO(made.files[0].data), columns=["id", "internal"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [("a", True), ("a/r", False), ("b", True)]
    assert [(loss.record, loss.field) for loss in made.losses] == [("claim b", "internal")]


def test_types_of_other_programs_are_read(tmp_path: Path) -> None:
    """Wide texts, dictionaries, days, moments, numbers; columns in any order; null alone."""
    table = pa.table(
        {
            "tags": pa.array([["x", None], None], pa.large_list(pa.large_string())),
            "statement": pa.array(["It is.", "No."], pa.large_string()),
            "said": pa.array([date(2021, 5, 1), None], pa.date32()),
            "about": pa.array(
                [datetime(2021, 5, 1, 10, 30), datetime(2021, 5, 2)], pa.timestamp("ns")
            ),
            "withdrawn": pa.array([None, datetime(2021, 6, 1)], pa.timestamp("ms")),
            "issue": pa.array([7, 7], pa.int64()),
            "position": pa.array(["yes", "yes"]).dictionary_encode(),
            "party": pa.array(["mill", "town"]),
            "internal": pa.array([True, None]),
            "reports_speaker": pa.array([None, "Ann"]),
            "note": pa.nulls(2),
        }
    )

    one, other = imported(tmp_path, claims=table).records

    assert one.fields == {
        "party": "mill", "statement": "It is.", "said": "2021-05-01", "about": "2021-05-01T10:30:00",
        "issue": "7", "position": "yes", "internal": "true", "tags": ["x"],
    }  # fmt: skip
    assert other.fields == {
        "party": "town", "statement": "No.", "about": "2021-05-02T00:00:00", "withdrawn": "2021-06-01",
        "issue": "7", "position": "yes", "reports": {"speaker": "Ann"},
    }  # fmt: skip


def test_lists_that_are_always_empty_have_no_type(tmp_path: Path) -> None:
    """So pandas writes them."""
    lists = pa.array([[]], pa.list_(pa.null()))
    table = {"id": ["river"], "question": ["Clean?"], "compatible": lists, "positions": lists}

    (issue,) = imported(tmp_path, issues=table).records

    assert issue.fields == {"id": "river", "question": "Clean?"}


def test_parts_are_put_into_their_claims_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """The cells of a record are those of the rows of all its parts."""
    found = imported(
        tmp_path,
        claims={"id": ["a"], "party": ["mill"], "statement": ["S"]},
        citations={
            "claim": ["a", "a"],
            "number": [1, 0],
            "source": ["one", "two"],
            "quote": ["q", None],
        },
        responses={"claim": ["a"], "target": ["b"], "kind": ["confirms"]},
        requests={"claim": ["a"], "party": ["lab"], "on": ["2021"]},
    )

    (claim,) = found.records
    assert claim.fields == {
        "id": "a", "party": "mill", "statement": "S",
        "source": [{"id": "two"}, {"id": "one", "quote": "q"}],
        "responds_to": [{"claim": "b", "kind": "confirms"}],
        "asked": [{"party": "lab", "on": "2021"}],
    }  # fmt: skip
    assert [claim.cells[name] for name in ("statement", "source.quote", "source.2.quote", "asked.on")] == [
        "claims.parquet:R1:statement", "citations.parquet:R2:quote",
        "citations.parquet:R1:quote", "requests.parquet:R1:on",
    ]  # fmt: skip
    assert {*claim.cells} >= {"id", "source.2.id", "responds_to.kind"}
    assert (len(claim.cells), "source.3.id" in claim.cells) == (len([*claim.cells]), False)


def test_a_table_can_be_in_several_files(tmp_path: Path) -> None:
    """As programs write that divide their work; the folder has the name of the table."""
    for file in exported(tmp_path, "claims: [{id: a, party: p, statement: S}]").files:
        (tmp_path / "tables").mkdir(exist_ok=True)
        (tmp_path / "tables" / file.name).write_bytes(file.data)
    (tmp_path / "tables" / "claims").mkdir()
    more = pa.table({"id": ["b"], "party": ["q"], "statement": ["T"], "dossier": ["case"]})
    pq.write_table(more, tmp_path / "tables" / "claims" / "part-0.parquet")

    found = read([tmp_path / "tables"], ImportOptions())

    assert [(one.fields["id"], one.where) for one in found.records] == [
        ("a", "claims.parquet:R1"), ("b", "claims/part-0.parquet:R1")
    ]  # fmt: skip


def test_a_corpus_is_not_imported_as_a_folder(tmp_path: Path) -> None:
    """It can have thousands of parts, and only jobs check that none is missing."""
    (tmp_path / "corpus.json").touch()

    with pytest.raises(ClaimcliError) as raised:
        read([tmp_path], ImportOptions())

    assert str(raised.value) == (
        f"the folder '{tmp_path}' is a corpus; import the YAML files that it was made of, or name the "
        "files of its tables"
    )


def test_an_unknown_column_is_a_loss(tmp_path: Path) -> None:
    """Columns that an import computes again are not."""
    table = {
        "party": ["p"],
        "statement": ["S"],
        "status": ["contested"],
        "said_from": [1],
        "mood": ["low"],
    }

    losses = imported(tmp_path, claims=table).losses

    assert [(loss.record, loss.field, loss.where) for loss in losses] == [
        ("claim", "mood", "claims.parquet")
    ]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"claims": {"party": ["p"], "satement": ["S"]}},
         "claims.parquet has no column 'statement'; did you mean 'satement'?"),
        ({"claims": {"party": ["p"]}}, "claims.parquet has no column 'statement'; the columns are party"),
        ({"citations": {"source": ["s"]}}, "citations.parquet has no column 'claim'; the columns are source"),
        ({"claims": {"statement": [b"S"]}},
         "claims.parquet has the type binary in the column 'statement'; write texts there, for example "
         "with CAST in DuckDB"),
        ({"claims": {"statement": ["S"], "tags": [[["x"]]]}},
         "claims.parquet has the type list<element: list<element: string>> in the column 'tags'; write "
         "lists of texts there, for example with CAST in DuckDB"),
        ({"claims": {"statement": [{"a": [{"b": "S"}]}]}},
         "claims.parquet has the type struct<a: list<element: struct<b: string>>> in the column "
         "'statement'; write texts there, for example with CAST in DuckDB"),
        ({"claims": {"statement": ["S"], "internal": ["yes"]}},
         "claims.parquet has the type string in the column 'internal'; write true or false there, for "
         "example with CAST in DuckDB"),
        ({"citations": {"claim": ["a"], "number": [0.5]}},
         "citations.parquet has the type double in the column 'number'; write whole numbers there, for "
         "example with CAST in DuckDB"),
        ({"issues": {"question": ["Q"], "compatible": [["yes", "no"]]}},
         "issues.parquet has the type list<element: string> in the column 'compatible'; write lists of "
         "pairs of texts there, for example with CAST in DuckDB"),
        ({"claims": pa.table([["S"], ["T"]], ["statement", "statement"])},
         "claims.parquet has the column 'statement' twice; rename one of the two"),
        ({"claims": pa.table({"statement": ["S"]}).replace_schema_metadata({"claimcli.version": "2"})},
         "claims.parquet has tables of version '2', and this claimcli reads 1; export again with this "
         "version, or install a newer one"),
        ({"claims": pa.table({"statement": ["S"]}).replace_schema_metadata({"claimcli.table": "issues"})},
         "claims.parquet has the table 'issues', not 'claims'; rename the file"),
        ({"words": {"statement": ["S"]}},
         f"words.parquet has no table that is known; name the file after its table: "
         f"{', '.join(f'{name}.parquet' for name in NAMES)}"),
        ({"claims": {"id": ["clean"], "statement": ["S"]}, "citations": {"claim": ["clear"], "source": ["s"]}},
         "citations.parquet:R1: no claim 'clear' in the files; did you mean 'clean'?"),
        ({"responses": {"claim": pa.nulls(1, pa.string()), "target": ["b"]}},
         "responses.parquet:R1 names no claim; write the id of its claim in the column 'claim'"),
        ({"claims": {"statement": ["S", "T"], "dossier": ["one", "other"]}},
         "claims.parquet:R2 is of the dossier 'other', claims.parquet:R1 of 'one'; import the rows of one "
         "dossier at a time"),
        ({"claims": {"statement": pa.array([b"\xff"]).cast(pa.string(), safe=False)}},
         "claims.parquet has a text in the column 'statement' that is not UTF-8; write it again, for "
         "example with 'claimcli export --format parquet'"),
    ],
)  # fmt: skip
def test_a_mistake_is_an_error_with_its_place(tmp_path: Path, tables: Any, message: str) -> None:
    """It says what is wrong, and how to correct it."""
    assert refusal(tmp_path, **tables) == message


def test_a_folder_without_a_table_is_an_error(tmp_path: Path) -> None:
    """An import without citations would be short."""
    for file in exported(tmp_path, "claims: [{id: a, party: p, statement: S}]").files:
        if "citations" not in file.name:
            (tmp_path / file.name).write_bytes(file.data)

    with pytest.raises(ClaimcliError) as raised:
        read([tmp_path], ImportOptions())

    assert (raised.value.message, raised.value.hint) == (
        f"the folder '{tmp_path}' has no citations.parquet",
        "export the folder again, or name the files to import without it",
    )


@pytest.mark.parametrize("seed", range(4))
def test_changed_bytes_of_an_export_are_noticed(tmp_path: Path, seed: int) -> None:
    """Each page of a file has a checksum, so that no text becomes another one."""
    data = bytearray(
        exported(tmp_path, "claims: [{id: a, party: p, statement: Statement}]").files[0].data
    )
    place = data.index(b"Statement") + 2 * seed
    data[place] ^= 1
    (tmp_path / "claims.parquet").write_bytes(data)

    with pytest.raises(ClaimcliError) as raised:
        read([tmp_path / "claims.parquet"], ImportOptions())

    assert raised.value.message.startswith(f"{tmp_path}/claims.parquet cannot be read as Parquet: ")
