"""CSV files of records: what is written, and what is lost."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import RECORD_KINDS, FieldType
from claimcli.dossier.open import open_dossier
from claimcli.exchange.converters.csv import read, write
from claimcli.exchange.records import Exported, ExportOptions, ImportOptions, LossKind
from claimcli.exchange.selection import select_records
from claimcli.exchange.sheets.formulas import protect_formula, unprotect_formula
from tests.support.every_field import Ledger

DATA = """
parties: [{id: mill, name: "=SUM(A1)", aliases: [The Mill, '"Papers"']}]
sources: [{id: letter, title: Letter}]
issues: [{id: river, question: Clean?, compatible: [[yes, "no | not"]]}]
claims:
  - {id: clean, party: [mill, guild], statement: "It is clean, \\"really\\".", said: 2021,
     sources: [{id: letter, quote: one}, {title: Leaflet, quote: "two\\nlines"}],
     rebuttals: [{party: town, statement: -5}]}
"""


def exported(tmp_path: Path, data: str, *, folder: bool = True) -> Exported:
    path = tmp_path / "data.yaml"
    path.write_text(data, "utf-8")
    selection = select_records(open_dossier([path]), whole=True, internal=True)
    return write(selection, ExportOptions(folder=folder))


def test_a_folder_has_a_file_for_each_kind_of_record(tmp_path: Path) -> None:
    """An answer is a row after its claim; columns without a value are left out."""
    made = exported(tmp_path, DATA)

    assert {file.name: file.data.decode() for file in made.files} == {
        "claims.csv": (
            "id,party,statement,said,responds_to,kind,source,quote,source 2,quote 2\n"
            '"clean","mill\nguild","It is clean, ""really"".","2021",,,"letter","one",'
            '"clean/source","two\nlines"\n'
            '"clean/town","town","\'-5",,"clean","denies",,,,\n'
        ),
        "parties.csv": 'id,name,aliases\n"mill","\'=SUM(A1)","The Mill\n""""""Papers"""""""\n',
        "sources.csv": 'id,title\n"clean/source","Leaflet"\n"letter","Letter"\n',
        "issues.csv": 'id,question,compatible\n"river","Clean?","yes | ""no | not"""\n',
    }
    assert made.losses == ()


def test_a_single_file_has_the_claims_and_lists_what_else_is_lost(tmp_path: Path) -> None:
    """Each other record is a loss."""
    made = exported(tmp_path, DATA, folder=False)

    assert [file.name for file in made.files] == ["claims.csv"]
    assert [(loss.record, loss.field, loss.kind) for loss in made.losses] == [
        ("party mill", "all fields", LossKind.DROPPED),
        ("source clean/source", "all fields", LossKind.DROPPED),
        ("source letter", "all fields", LossKind.DROPPED),
        ("issue river", "all fields", LossKind.DROPPED),
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("-5", "'-5"), ("@A", "'@A"), ("+49", "'+49"), ("＝1", "'＝1"),
        ("'=1", "''=1"), ("''-1", "'''-1"), ("'t is so", "'t is so"), ("a=b", "a=b"), ("'", "'"),
    ],
)  # fmt: skip
def test_a_formula_gets_one_apostrophe_that_import_removes(text: str, cell: str) -> None:
    """A text that has apostrophes already gets one more."""
    assert protect_formula(text) == cell
    assert unprotect_formula(cell) == text


def test_every_field_is_in_a_column(tmp_path: Path) -> None:
    """No field of the specification is lost: what is read again has the same values."""
    path = Ledger(tmp_path).folder / "now" / "data.yaml"
    selection = select_records(open_dossier([path]), whole=True, internal=True)
    made = write(selection, ExportOptions(folder=True))
    assert [loss.record for loss in made.losses] == ["claim foul", "claim so"]
    for file in made.files:
        (tmp_path / file.name).write_bytes(file.data)
    found = read([tmp_path], ImportOptions()).records

    for name, kind in RECORD_KINDS.items():
        fields = {field for one in found if one.kind == name for field in one.fields}
        threads = {field.name for field in kind.fields if field.type is FieldType.THREAD}
        assert fields - {"source"} == set(kind.names) - threads - {"source"}


def test_a_line_break_of_two_characters_is_a_loss(tmp_path: Path) -> None:
    """Spreadsheets have one character for it."""
    made = exported(tmp_path, 'claims: [{id: a, party: p, statement: "one\\r\\ntwo"}]')

    assert made.files[0].data.decode() == 'id,party,statement\n"a","p","one\ntwo"\n'
    assert [(loss.record, loss.field, loss.kind) for loss in made.losses] == [
        ("claim a", "statement", LossKind.APPROXIMATED)
    ]


def test_a_note_that_is_too_long_is_a_loss(tmp_path: Path) -> None:
    """A cell has at most 32,767 characters; what is longer is left out rather than cut."""
    made = exported(tmp_path, f"claims: [{{id: a, party: p, statement: S, note: {'n' * 32_768}}}]")

    assert made.files[0].data.decode() == 'id,party,statement,note\n"a","p","S",\n'
    assert [(loss.record, loss.field, loss.detail) for loss in made.losses] == [
        ("claim a", "note", "32,768 characters, of which a cell has at most 32,767")
    ]


def test_a_statement_that_is_too_long_is_an_error(tmp_path: Path) -> None:
    """Without it the row would be no claim."""
    with pytest.raises(ClaimcliError) as refusal:
        exported(tmp_path, f"claims: [{{id: a, party: p, statement: {'s' * 32_768}}}]")

    assert str(refusal.value) == (
        "the statement of claim 'a' has 32,768 characters, of which a cell has at most 32,767; "
        "shorten it, or select other claims with a query"
    )


def test_an_answer_in_an_internal_claim_is_marked(tmp_path: Path) -> None:
    """It is nested no more, and would not be internal after an import; this is a loss."""
    made = exported(
        tmp_path,
        "claims: [{id: a, party: p, statement: S, internal: true, "
        "rebuttals: [{id: b, party: q, statement: T}, {party: r, statement: U}]}]",
    )

    assert made.files[0].data.decode() == (
        "id,party,statement,responds_to,kind,internal\n"
        '"a","p","S",,,"true"\n"a/r","r","U","a","denies",\n"b","q","T","a","denies","true"\n'
    )
    assert [(loss.record, loss.field) for loss in made.losses] == [("claim b", "internal")]
