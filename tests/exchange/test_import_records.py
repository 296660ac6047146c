"""Imported records added to a dossier, compared with those on file, and updated."""

import json
from pathlib import Path
from typing import Any

import pytest

from claimcli.analysis.changes import changes
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.edit.fmt.format import canonical_form
from claimcli.edit.target import EditTarget
from claimcli.exchange import import_files
from claimcli.exchange.batch import ImportOrder, ImportProblemsError, OnConflict
from claimcli.exchange.import_records import ImportResult, import_records
from claimcli.exchange.records import Imported
from tests.support.imported_records import imported, random_dossier, taken_apart

A = {"id": "a", "party": "mill", "statement": "It leaks.", "said": "2021-12-30"}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty dossier in the folder ``data``."""
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    return Path("data")


def run(
    records: Imported, on_conflict: str = "error", *, file: Path | None = None, **order: str
) -> ImportResult:
    """Import records into the folder ``data``."""
    how = ImportOrder(OnConflict(on_conflict), **order)
    return import_records(EditTarget([Path("data")], file), records, how, name="rows")


def counts(result: ImportResult) -> dict[str, dict[str, int]]:
    return {done: dict(by_kind) for done, by_kind in result.counts.items()}


def written(name: str = "rows.yaml") -> str:
    return Path("data", name).read_text(encoding="utf-8")


def messages(records: Imported, on_conflict: str = "error") -> tuple[str, ...]:
    """Return the problems for which an import is refused; nothing is written then."""
    before = {path: path.read_bytes() for path in Path("data").rglob("*.yaml")}
    with pytest.raises(ImportProblemsError) as refusal:
        run(records, on_conflict)
    assert {path: path.read_bytes() for path in Path("data").rglob("*.yaml")} == before
    return refusal.value.messages


def test_new_records_are_written_as_fmt_would(data: Path) -> None:
    """A name becomes an id and a record; texts that YAML reads otherwise are quoted."""
    fields = {**A, "party": "The Mill", "statement": "yes: no", "tags": ["no"]}
    fields["source"] = {"title": "T", "quote": "It\nleaks"}
    result = run(imported(fields))

    assert counts(result) == {"added": {"party": 1, "claim": 1}}
    assert (
        written()
        == canonical_form(written())
        == """\
parties:
  - {id: mill, name: The Mill}

claims:
  - id: a
    party: mill
    statement: "yes: no"
    said: 2021-12-30
    source:
      title: T
      quote: |-
        It
        leaks
    tags: ["no"]
"""
    )
    assert open_dossier([data]).errors == 0


def test_importing_again_changes_nothing_also_without_ids() -> None:
    """Two equal rows are two claims, and stay two."""
    row = {"party": "The Mill", "statement": "It leaks.", "issue": "Does it leak?"}
    rows = imported(row, row, {**row, "said": "30 December 2021"}, A)
    run(rows)
    before = written()
    again = run(rows)

    assert counts(again) == {"unchanged": {"claim": 4}}
    assert again.change.changed == ()
    assert written() == before
    assert [line.strip() for line in before.splitlines() if "- id:" in line] == [
        "- id: leaks", "- id: leaks-2", "- id: leaks-3", "- id: a",
    ]  # fmt: skip


def test_a_conflict_names_each_cell() -> None:
    run(imported(A))
    corrected = imported({**A, "statement": "It is sound.", "said": "2022", "note": "New."})

    assert messages(corrected) == (
        "t.csv:R2C3: claim 'a': 'statement' is 'It leaks.' on file, 'It is sound.' here",
        "t.csv:R2C4: claim 'a': 'said' is '2021-12-30' on file, '2022' here",
        "t.csv:R2C5: claim 'a': 'note' is empty on file, 'New.' here",
    )


def test_an_update_sets_what_differs_and_keeps_the_rest(data: Path) -> None:
    """Comments, fields that the import lacks, and other parts of a citation stay."""
    data.joinpath("own.yaml").write_text("""\
claims:
  # Seen at the office.
  - id: a
    party: mill
    statement: It leaks.   # loudly
    source: {title: Letter, published: 2021, quote: "It leaks", locator: page 2}
    note: Kept.
    rebuttals:
      - {party: town, statement: No.}
""")
    answer = {"id": "a/town", "party": "town", "statement": "Never.", "responds_to": "a"}
    corrected = {
        "id": "a",
        "statement": "It drips.",
        "source": {"id": "a/source", "quote": "drips"},
    }
    source = imported({"id": "a/source", "title": "Note"}, kind="source")
    rows = imported({"party": "mill", **corrected}, answer)
    result = run(Imported((*rows.records, *source.records)), "update")

    assert counts(result) == {"updated": {"source": 1, "claim": 2}}
    assert (
        written("own.yaml")
        == """\
claims:
  # Seen at the office.
  - id: a
    party: mill
    statement: It drips.   # loudly
    source: {title: Note, published: 2021, quote: "drips", locator: page 2}
    note: Kept.
    rebuttals:
      - {party: town, statement: Never.}
"""
    )
    assert run(Imported((*rows.records, *source.records)), "update").change.changed == ()


def test_skip_keeps_and_suffix_adds_once() -> None:
    run(imported(A))
    other = imported({**A, "statement": "It is sound."})

    assert counts(run(other, "skip")) == {"skipped": {"claim": 1}}
    assert counts(run(other, "suffix")) == {"added": {"claim": 1}}
    assert counts(run(other, "suffix")) == {"unchanged": {"claim": 1}}
    assert [claim.id for claim in open_dossier([Path("data")]).claims] == ["a", "a-2"]


def test_answers_and_sources_with_derived_ids_are_nested_again() -> None:
    """An answer whose id would become another one gets a plain id, with a note."""
    answer = {"party": "town", "statement": "No.", "responds_to": [{"claim": "a"}]}
    rows = imported(
        {**answer, "id": "a/town-2", "statement": "Never."},
        {**answer, "id": "a/town"},
        {**answer, "id": "a/town-7", "statement": "Hardly."},
        {
            **answer,
            "id": "a/town/mill",
            "party": "mill",
            "responds_to": {"claim": "a/town", "kind": "confirms"},
        },
        {**A, "source": {"id": "a/source", "quote": "Q"}},
    )
    sources = imported({"id": "a/source", "title": "Letter"}, kind="source")
    result = run(Imported((*rows.records, *sources.records)))

    assert result.change.notes == ("note: t.csv:R4C4: 'a/town-7' is now claim 'a-town-7'",)
    dossier = open_dossier([Path("data")])
    assert sorted(dossier.by_id) == ["a", "a-town-7", "a/town", "a/town-2", "a/town/mill"]
    assert list(dossier.sources) == ["a/source"]


def test_references_follow_to_the_ids_that_records_get() -> None:
    """A reference names an id that is no valid one, or the location of a row without an id."""
    rows = imported(
        {"id": "C 1", "party": "mill", "statement": "It leaks."},
        {"party": "town", "statement": "It is sound.", "responds_to": "C 1"},
        {"party": "mill", "statement": "Look.", "responds_to": {"claim": "t.csv:R3"}},
        {"party": "mill", "statement": "So.", "source": "The Daily Mill"},
    )
    result = run(rows)
    claims = open_dossier([Path("data")]).by_id

    assert result.change.notes == ("note: t.csv:R2C1: 'C 1' is now claim 'c-1'",)
    assert claims["sound"].responds_to[0].claim == "c-1"
    assert claims["look"].responds_to[0].claim == "sound"
    assert [c.source for c in claims["so"].citations] == ["so/source"]


def test_a_party_is_found_by_name_or_alias(data: Path) -> None:
    """A new name that would get the id of another party gets a number."""
    data.joinpath("p.yaml").write_text(
        "parties:\n  - {id: mill, name: The Old Mill, aliases: [Millers]}\n"
    )
    rows = [
        {"party": word, "statement": f"{word}."} for word in ("millers", "THE OLD MILL", "A Mill")
    ]
    run(imported(*rows))
    dossier = open_dossier([data])

    assert {one.statement: one.party for one in dossier.claims} == {
        "millers.": "mill", "THE OLD MILL.": "mill", "A Mill.": "mill-2",
    }  # fmt: skip
    assert dossier.parties["mill-2"].name == "A Mill"


def test_defaults_are_for_claims_without_a_party_or_an_issue() -> None:
    rows = imported({"statement": "It leaks."}, {**A, "issue": "other"})
    run(rows, party="The Mill", issue="leak")
    claims = open_dossier([Path("data")]).by_id

    assert {one.id: (one.party, one.issue) for one in claims.values()} == {
        "leaks": ("mill", "leak"), "a": ("mill", "other"),
    }  # fmt: skip
    assert messages(imported({"statement": "It drips."})) == (
        "t.csv:R2: claim 'drips' has no 'party'",
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"said": "yesterday"}, "t.csv:R2C4: no date 'yesterday'"),
        ({"statement": ""}, "t.csv:R2: claim 'a' has no 'statement'"),
        ({"responds_to": {"claim": "b", "kind": "hates"}}, "t.csv:R2C5: no kind 'hates'"),
        ({"responds_to": "b"}, "t.csv:R2C5: no claim 'b'"),
        ({"source": {"id": "s", "quote": "q"}}, "t.csv:R2C5: no source 's'"),
        ({"restates": "a"}, "t.csv:R2C5: 'restates' forms a cycle through 'a'"),
        ({"internal": "maybe"}, "t.csv:R2C5: 'internal' takes true or false, not 'maybe'"),
    ],
)
def test_an_error_names_the_cell(fields: dict[str, Any], message: str) -> None:
    """Errors of values, of missing fields, and of references to other records."""
    (found,) = messages(imported({**A, **fields}))

    assert found.startswith(message)


def test_two_rows_with_one_id_are_refused() -> None:
    with pytest.raises(ClaimcliError, match=r"R3C1: a second claim 'a'; the first is at t.csv:R2"):
        run(imported(A, {**A, "statement": "Other."}))


def test_a_dry_run_writes_nothing(data: Path) -> None:
    target = EditTarget([data], dry_run=True)
    result = import_records(target, imported(A), name="rows")

    assert [file.path for file in result.change.changed] == ["data/rows.yaml"]
    assert list(data.iterdir()) == []


def test_large_imports_are_split(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later import fills the last file before it begins another one."""
    monkeypatch.setattr(import_files, "MAX_RECORDS", 3)
    rows = [{**A, "id": f"c{number}"} for number in range(7)]
    run(imported(*rows[:5]))
    assert sorted(path.name for path in data.glob("*.yaml")) == ["rows-001.yaml", "rows-002.yaml"]
    run(imported(*rows))

    dossier = open_dossier([data])
    where = [f"{claim.id} {Path(claim.location.path).stem}" for claim in dossier.by_id.values()]
    assert sorted(where) == [
        "c0 rows-001", "c1 rows-001", "c2 rows-001", "c3 rows-002", "c4 rows-002",
        "c5 rows-002", "c6 rows-003",
    ]  # fmt: skip


def test_a_file_or_folder_can_be_named(data: Path) -> None:
    """Records are appended to a file that exists; others stay as they are."""
    own = data / "own.yaml"
    own.write_text("claims:\n- {id: b, party: mill, statement: B.}\n")
    run(imported(A), file=own)
    assert (
        own.read_text()
        == """\
claims:
- {id: b, party: mill, statement: B.}

- id: a
  party: mill
  statement: It leaks.
  said: 2021-12-30
"""
    )
    run(imported({**A, "id": "c"}), file=data / "sub")
    assert (data / "sub" / "rows.yaml").is_file()
    with pytest.raises(ClaimcliError, match=r"'other/rows.yaml' is not in a folder of the dossier"):
        run(imported({**A, "id": "d"}), file=Path("other"))


def test_a_text_that_is_missing_is_noted_and_one_outside_is_dropped(data: Path) -> None:
    rows = ({"id": name, "title": "T", "text": text} for name, text in (
        ("here", "texts/t.txt"), ("out", "../../etc/passwd"), ("abs", "/etc/passwd")
    ))  # fmt: skip
    result = run(imported(*rows, kind="source"))

    assert result.change.notes == (
        "warning: t.csv:R2C3: no text 'data/texts/t.txt'; copy it there, or 'check' reports it",
    )
    assert [(one.where, one.field, one.kind.value) for one in result.losses] == [
        ("t.csv:R3C3", "text", "dropped"), ("t.csv:R4C3", "text", "dropped"),
    ]  # fmt: skip
    assert "passwd" not in written()


def test_a_quote_that_is_not_in_its_text_is_noted(data: Path) -> None:
    data.joinpath("s.yaml").write_text("sources:\n  - {id: s, title: S, text: s.txt}\n")
    data.joinpath("s.txt").write_text("The main leaks at the corner.\n")
    rows = [{**A, "source": {"id": "s", "quote": "The main leaks badly"}}]
    result = run(imported(*rows))

    assert counts(result) == {"added": {"claim": 1}}
    assert [note.partition(":")[0] for note in result.change.notes] == ["warning"]


@pytest.mark.parametrize("name", ["call", "waterworks"])
def test_the_samples_taken_apart_are_put_together_again(data: Path, name: str) -> None:
    before = open_dossier([sample(name)])
    run(taken_apart(before))

    assert changes(before, open_dossier([data])).entries == ()
    assert run(taken_apart(before)).change.changed == ()


@pytest.mark.parametrize("seed", range(12))
def test_random_dossiers_taken_apart_are_put_together_again(data: Path, seed: int) -> None:
    """With equal ids, also of answers and of described sources, and in canonical form."""
    source = Path("whole.yaml")
    source.write_text(json.dumps(random_dossier(seed)), encoding="utf-8")
    before = open_dossier([source])
    assert before.errors == 0
    run(taken_apart(before))
    after = open_dossier([data])

    assert sorted(after.by_id) == sorted(before.by_id)
    assert sorted(after.sources) == sorted(before.sources)
    assert changes(before, after).entries == ()
    assert canonical_form(written()) == written()
    assert run(taken_apart(before)).change.changed == ()


def test_equal_answers_are_matched_by_the_claim_that_they_answer() -> None:
    """A row that is inserted before others does not move their verdicts to other claims."""

    def row(statement: str) -> dict[str, Any]:
        answer = {"kind": "denies", "party": "desk", "statement": "False"}
        return {"party": "mill", "statement": statement, "rebuttals": [answer]}

    run(imported(row("It is safe."), row("It is open.")))
    result = run(imported(row("It is late."), row("It is safe."), row("It is open.")), "update")
    alone = run(imported(row("It is dry.")), "update")

    assert counts(result) == {"added": {"claim": 2}, "unchanged": {"claim": 4}}
    assert counts(alone) == {"added": {"claim": 2}}
    claims = open_dossier([Path("data")]).by_id.values()
    answered = [one.responds_to[0].claim for one in claims if one.statement == "False"]
    assert sorted(answered) == ["dry", "late", "open", "safe"]
    assert all(len(one.responds_to) < 2 for one in claims)


def test_a_claim_is_matched_although_the_claim_that_it_answers_was_corrected() -> None:
    """The answer with the same words is updated, as it is not nested in a row."""
    rows = [{"id": name, "party": "mill", "statement": f"It is {name}."} for name in "ab"]
    run(imported(*rows, {"party": "desk", "statement": "No.", "responds_to": "a"}))
    answer = {"party": "desk", "statement": "No.", "responds_to": "b"}
    result = run(imported(*rows, answer), "update")

    assert counts(result) == {"unchanged": {"claim": 2}, "updated": {"claim": 1}}


def test_parties_with_similar_names_stay_different() -> None:
    """``oko`` is no short form of ``Öko``; ``Mill`` and ``mill`` are the same party."""
    names = ("Öko", "oko", "Mill", "mill")
    run(imported(*({"party": name, "statement": f"Says {name}."} for name in names)))

    claims = open_dossier([Path("data")]).by_id.values()
    assert {claim.statement: claim.party for claim in claims} == {
        "Says Öko.": "oko-2", "Says oko.": "oko", "Says Mill.": "mill", "Says mill.": "mill",
    }  # fmt: skip


def test_a_name_of_function_words_alone_is_its_own_id() -> None:
    """The party ``A`` is not called ``party``."""
    run(imported(*({"party": name, "statement": f"Says {name}."} for name in ("A", "IT", "甲"))))

    claims = open_dossier([Path("data")]).by_id.values()
    assert {claim.statement: claim.party for claim in claims} == {
        "Says A.": "a", "Says IT.": "it", "Says 甲.": "party",
    }  # fmt: skip


def test_an_update_reports_the_values_that_lists_lose() -> None:
    """A second source, or what else a claim answers, was perhaps added by hand."""
    several = {"sources": ["wire", "post"], "responds_to": ["a", "b"], "tags": ["x", "y"]}
    rows = [{"id": name, "party": "mill", "statement": f"It is {name}."} for name in "ab"]
    titles = ({"id": name, "title": name} for name in ("wire", "post"))
    run(imported(*titles, kind="source"))
    run(imported(*rows, {**A, "id": "c", **several}))
    result = run(
        imported({**A, "id": "c", "source": "wire", "responds_to": "a", "tags": ["z", "x"]}),
        "update",
    )

    assert sorted(note for note in result.change.notes if "values" in note) == [
        "note: t.csv:R2C5: claim 'c': 'source' had 2 values and has 1 now; it was 'wire, post'",
        "note: t.csv:R2C6: claim 'c': 'responds_to' had 2 values and has 1 now; it was 'a, b'",
    ]
    cited = open_dossier([Path("data")]).by_id["c"].citations
    assert [one.source for one in cited] == ["wire"]


def test_a_title_that_several_sources_have_is_no_reference() -> None:
    """Which of them has the quote is not known."""
    sources = ({"id": name, "title": "Letter", "outlet": name} for name in ("wire", "post"))
    claims = imported({**A, "source": {"id": "Letter", "quote": "q"}})
    both = Imported((*imported(*sources, kind="source").records, *claims.records))

    with pytest.raises(ClaimcliError, match="R2C5: several sources have the title 'Letter'"):
        run(both)
