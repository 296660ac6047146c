"""``export`` of records in the formats of other tools."""

from pathlib import Path

import pytest

from claimcli.exchange.registry import export_formats, extensions_of
from tests.support.cli import claimcli

DATA = """\
parties: [{id: mill, name: Mill}, {id: town}, {id: other, name: Other}]
sources: [{id: letter, title: Letter, derived_from: [wire]}, {id: wire, title: Wire}, {id: rest, title: R}]
claims:
  - {id: new, party: mill, statement: It is very clean., supersedes: clean}
  - {id: clean, party: mill, statement: It is clean., source: letter, rebuttals: [{party: town, statement: No.}]}
  - {id: dry, party: other, statement: It is dry., internal: true}
"""
QUOTED = """\
sources: [{id: page, title: Page, url: https://mill.example/1}]
claims:
  - id: wet
    party: mill
    statement: It is wet.
    sources: [{id: page, quote: It is wet.}, {id: page, quote: "Yes, wet."}]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "river.yaml").write_text(DATA)
    return tmp_path


def export(desk: Path, *arguments: str) -> tuple[int, str, str]:
    done = claimcli("export", *arguments, cwd=desk)
    return done.returncode, done.stdout, done.stderr


def ids(path: Path) -> list[str]:
    return [line.partition(",")[0].strip('"') for line in path.read_text().splitlines()[1:]]


def test_the_extension_names_the_format_and_losses_are_summed_up(desk: Path) -> None:
    """Internal records are left out, which is said."""
    assert export(desk, "-o", "claims.csv") == (
        0, "",
        "1 internal claim is left out; --internal includes them\n"
        "6 values not kept as they are (6 dropped): all fields of 3 parties, all fields of 3 sources;"
        " list them with --losses FILE\n"
        "wrote 3 claims to 'claims.csv'\n",
    )  # fmt: skip
    assert ids(desk / "claims.csv") == ["clean", "clean/town", "new"]


def test_a_query_selects_claims_with_answers_and_what_they_mention(desk: Path) -> None:
    """A claim that replaces another brings it, a source the one it is derived from."""
    code, _, _ = export(desk, "id:new", "--format", "csv", "-o", "tables")

    assert code == 0
    assert {path.stem: ids(path) for path in (desk / "tables").glob("*.csv")} == {
        "claims": ["clean", "clean/town", "new"],
        "parties": ["mill", "town"],
        "sources": ["letter", "wire"],
    }


def test_strict_writes_nothing_if_something_would_be_lost(desk: Path) -> None:
    """The list of losses is written nevertheless."""
    code, out, err = export(desk, "-o", "c.csv", "--strict", "--losses", "-")

    assert (code, (desk / "c.csv").exists()) == (1, False)
    assert out.splitlines()[:2] == [
        "record\tfield\tloss\twhere\tdetail",
        "party mill\tall fields\tdropped\t\tthe file has only claims; a folder has all records",
    ]
    assert err.splitlines()[-1] == (
        "error: nothing was written, since something would be lost; leave --strict out"
    )
    assert export(desk, "-f", "csv", "-o", "tables", "--strict")[0] == 0


def test_a_strict_bibliography_has_no_claims(desk: Path) -> None:
    """Who asks for one wants the sources; the other records are listed nevertheless."""
    code, _, err = export(desk, "-f", "csl-json", "-o", "b.json", "--strict", "--losses", "l.tsv")

    assert (code, err.splitlines()[-1]) == (0, "wrote 3 sources to 'b.json'")
    assert "claim new\t\tdropped\t\tnot a source\n" in (desk / "l.tsv").read_text()


def test_annotations_are_counted_by_their_claims(desk: Path) -> None:
    """Not those without a quote of a page, which are losses."""
    (desk / "data" / "quoted.yaml").write_text(QUOTED)

    _, _, err = export(desk, "-f", "web-annotation", "-o", "a.jsonld")

    assert err.splitlines()[-1] == "wrote 1 claim to 'a.jsonld'"


def test_the_list_of_losses_has_the_format_of_its_extension(desk: Path) -> None:
    """It has all losses."""
    export(desk, "-o", "c.csv", "--losses", "lost.json")

    assert '"record": "source wire"' in (desk / "lost.json").read_text()


def test_errors_in_the_data_are_refused_unless_forced(desk: Path) -> None:
    """A record that cannot be read would be missing."""
    (desk / "data" / "bad.yaml").write_text("claims: [{id: bad, party: mill}]\n")
    code, _, err = export(desk, "-o", "c.csv")

    assert (code, (desk / "c.csv").exists()) == (3, False)
    assert err.startswith("error: 1 error in the data would leave gaps, the first at data/bad.yaml")
    assert export(desk, "-o", "c.csv", "--force")[0] == 0


def test_a_folder_that_is_not_ours_or_was_edited_is_not_replaced(desk: Path) -> None:
    """Nothing that somebody wrote is lost."""
    (desk / "own").mkdir()
    (desk / "own" / "claims.csv").write_text("mine")
    export(desk, "-f", "csv", "-o", "tables")
    (desk / "tables" / "claims.csv").write_text("edited")

    assert [export(desk, "-f", "csv", "-o", name)[::2] for name in ("own", "tables", "data")] == [
        (2, "error: 'own' contains 'claims.csv', which no earlier 'claimcli export' wrote; "
            "name another folder, or move the file away\n"),
        (2, "error: 'tables/claims.csv' was changed since 'claimcli export' wrote it; "
            "name another folder, or delete the file\n"),
        (2, "error: 'data' contains 'river.yaml', which no earlier 'claimcli export' wrote; "
            "name another folder, or move the file away\n"),
    ]  # fmt: skip
    assert (desk / "tables" / "claims.csv").read_text() == "edited"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("-o x.csv --by tree", "--by is for documents, not for csv; leave it out"),
        ("-o x.xlsx --no-ids", "--no-ids is for documents, not for xlsx; leave it out"),
        ("-o x.csv --texts data", "--texts is for documents and web-annotation, not for csv; leave it out"),
        ("-o x.md --strict", "--strict is for formats of other tools; leave it out"),
        ("-o x.md --losses y", "--losses is for formats of other tools; leave it out"),
        ("-o x.json", "'x.json' can be of several formats; add --format with one of FORMATS"),
        ("-f xlsx -o data", "'data' is a folder; name a file in it"),
        ("-f csv --losses -", "the records and --losses have the same output; name another file"),
        ("-o x.csv --losses data/river.yaml", "'data/river.yaml' would be a file of the dossier; "
                                              "write to another folder"),
    ],
)  # fmt: skip
def test_unsuitable_options_are_refused(desk: Path, arguments: str, message: str) -> None:
    """Nothing is written then."""
    before = sorted((desk / "data").rglob("*"))

    names = [name for name in export_formats() if ".json" in extensions_of(name)]
    message = message.replace("FORMATS", ", ".join(names))
    assert export(desk, *arguments.split()) == (2, "", f"error: {message}\n")
    assert sorted((desk / "data").rglob("*")) == before
    assert {path.name for path in desk.iterdir()} <= {"cache", "data"}


def test_csv_goes_to_a_pipe_without_a_file(desk: Path) -> None:
    """The claims alone."""
    code, out, _ = export(desk, "--format", "csv", "id:new")

    assert (code, out.partition("\n")[0]) == (
        0,
        "id,party,statement,responds_to,kind,supersedes,source",
    )


def test_parquet_is_a_folder_from_which_import_makes_the_same_records(desk: Path) -> None:
    """Internal records are left out, and so is the name of their dossier's folder of data."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="an extra that is not installed")
    code, out, err = export(desk, "--format", "parquet", "-o", "tables")
    (desk / "copy").mkdir()
    done = claimcli("import", "tables", "--data", "copy", cwd=desk)

    assert (code, out) == (0, "")
    assert err == (
        "1 internal claim is left out; --internal includes them\nwrote 3 claims to 'tables'\n"
    )
    rows = parquet.read_table(desk / "tables" / "claims.parquet").to_pylist()
    assert {(row["dossier"], row["file"], row["internal"]) for row in rows} == {
        (desk.name, "data/river.yaml", False)
    }
    assert done.stderr == "copy/tables.yaml: 3 claims, 3 sources, 3 parties added\n"
    changed = claimcli("changes", "data", "copy", cwd=desk)
    assert changed.stdout.splitlines()[1:] == ["gone\tclaim\tdry\tother\t\tstatement\tIt is dry.\t"]


@pytest.mark.parametrize("output", ["", "-o -", "-o tables.parquet"])
def test_parquet_needs_a_folder(desk: Path, output: str) -> None:
    """It has several files."""
    assert export(desk, "--format", "parquet", *output.split()) == (
        2, "", "error: parquet is a folder with several files; name the folder with -o\n",
    )  # fmt: skip
