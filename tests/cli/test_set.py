"""Changing a file of a dossier: nothing invalid is written, and other bytes stay the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.dossier.journal import JOURNAL
from claimcli.dossier.open import LoadOptions, open_dossier
from claimcli.edit import commands, transaction
from claimcli.edit.target import EditTarget
from tests.formats.test_briefing import HOSTILE
from tests.support.cli import ROOT

CLAIM = {"party": ["p"], "statement": "It was not so at all"}
TEXT = "# Mine\nclaims:\n  - id: a\n    party: p\n    statement: It was so.\n    issue: i\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a dossier of one file."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yaml").write_text(TEXT, encoding="utf-8", newline="")
    return folder


def refusal(call, *given, **more) -> str:
    with pytest.raises(ClaimcliError) as error:
        call(*given, **more)
    return str(error.value)


def written(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("[!.]*"))
        if path.is_file() and JOURNAL not in path.parts
    }


def test_a_claim_goes_to_the_file_of_its_issue(data: Path) -> None:
    """The id is derived from the statement; a second one gets a number."""
    first = commands.add_record(EditTarget([data]), "claim", {**CLAIM, "issue": "i"})
    second = commands.add_record(EditTarget([data]), "claim", {**CLAIM, "issue": "i"})

    added = "\n  - id: {}\n    party: p\n    statement: It was not so at all\n    issue: i\n"
    assert [first.record.id, second.record.id] == ["not-so", "not-so-2"]
    assert (first.path, first.line, second.line) == (f"{data}/a.yaml", 8, 13)
    assert written(data) == {"a.yaml": TEXT + added.format("not-so") + added.format("not-so-2")}


def test_a_claim_on_a_new_issue_gets_a_file(data: Path) -> None:
    """It is named after the issue; claims without an issue have a common file."""
    commands.add_record(EditTarget([data]), "claim", {**CLAIM, "id": "b", "issue": "j"})
    commands.add_record(EditTarget([data]), "claim", {**CLAIM, "id": "c"})
    commands.add_record(EditTarget([data]), "claim", {**CLAIM, "id": "d"})

    assert sorted(written(data)) == ["a.yaml", "claims/claims.yaml", "claims/j.yaml"]
    assert written(data)["claims/j.yaml"] == (
        "claims:\n  - id: b\n    party: p\n    statement: It was not so at all\n    issue: j\n"
    )
    assert written(data)["claims/claims.yaml"].count("at all\n  - id: d\n") == 1


def test_a_new_file_names_the_schema_for_editors(data: Path) -> None:
    """Its first line has the relative path of the schema at or above the data."""
    (data.parent / "claimcli.schema.json").write_text("{}")
    commands.add_record(EditTarget([data]), "claim", {**CLAIM, "issue": "j"})

    first, second, *_ = written(data)["claims/j.yaml"].splitlines()
    assert (first, second) == (
        "# yaml-language-server: $schema=../../claimcli.schema.json",
        "claims:",
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "claims:\n  - "),
        ("# only this", "# only this\nclaims:\n  - "),
        ("---\n", "---\nclaims:\n  - "),
        ("claims:\n", "claims:\n  - "),
        ("claims:   # none yet", "claims:   # none yet\n  - "),
        ("claims: []\r\n", "claims:\r\n  - "),
        ("claims: []   # none\n", "claims:   # none\n  - "),
        ("parties:\n- {id: p}\n# end\n", "parties:\n- {id: p}\nclaims:\n- id: "),
        ("parties: [{id: p}]\n---\nissues: []", "parties: [{id: p}]\n---\nissues: []\nclaims:\n  - "),
        ("{}", "{claims: [{id: "),
        ('{"parties": []}\n', '{"parties": [], "claims": [{"id": "'),
        ("\ufeff# mark\r\nclaims:\r\n-   id: z\r\n    party: p\r\n    statement: S",
         "\ufeff# mark\r\nclaims:\r\n-   id: z\r\n    party: p\r\n    statement: S\r\n-   id: "),
    ],
)  # fmt: skip
def test_a_claim_is_added_to_any_kind_of_file(data: Path, text: str, after: str) -> None:
    """Empty, only comments, no list of claims, several documents, a byte order mark and CRLF."""
    (data / "b.yaml").write_text(text, encoding="utf-8", newline="")
    change = commands.add_record(EditTarget([data], data / "b.yaml"), "claim", {**CLAIM, "id": "b"})

    found = written(data)["b.yaml"]
    assert found.startswith(after)
    assert found.count("\n") == found.count("\r\n") or "\r" not in text
    assert change.record.id == "b"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"said": "2023-13"}, "the date '2023-13' does not exist; write it as 2021, "),
        ({"source": "nope"}, "no source 'nope'; add the source or fix the id"),
        ({"restates": "b"}, "no claim 'b'; add the claim or fix the id"),
        ({"id": "a"}, "a second claim 'a'; give it another id with --id"),
        ({"id": "No Way"}, "'No Way' is no id; an id is made of a-z, 0-9, '.', '_' and '-': write 'no-way'"),
        ({"issue": "No Way"}, "'No Way' is no id; "),
        ({"party": ["Ünknown"]}, "no party 'Ünknown'; the parties are p"),
        ({"reports": {"speker": "x"}}, "no key 'speker' here; did you mean 'speaker'?"),
    ],
)  # fmt: skip
def test_an_invalid_claim_is_not_written(data: Path, fields, message: str) -> None:
    """The error is that of `check`."""
    assert refusal(
        commands.add_record, EditTarget([data]), "claim", {**CLAIM, **fields}
    ).startswith(message)
    assert written(data) == {"a.yaml": TEXT}


@pytest.mark.parametrize(
    ("name", "fields", "message"),
    [
        ("c", ["supersedes=b"], "'c' supersedes 'b', a claim of 'q'; write 'responds_to: b', or correct the id"),
        ("c", ["restates=c"], "'restates' forms a cycle through 'c'; remove one of them"),
        ("a", ["restates=b"], "'restates' forms a cycle through 'a', 'b'; remove one of them"),
        ("a", ["supersedes=a"], "'supersedes' forms a cycle through 'a'; "),
        ("a", ["responds_to=c"], "answers form a cycle through 'a', 'b', 'c'; "),
        ("s", ["text=no/such.txt"], "the text of 's', 'no/such.txt', "),
        ("s", ["sha256=" + "0" * 64, "text=t.txt"], "the text of 's', 't.txt', does not have this checksum"),
        ("p", ["part_of=q"], "'part_of' forms a cycle through 'p', 'q'; "),
        ("p", ["part_of=p"], "'part_of' forms a cycle through 'p'; "),
    ],
)  # fmt: skip
def test_an_error_of_a_rule_is_not_written(
    data: Path, name: str, fields: list[str], message: str
) -> None:
    """Across files: the change conflicts with records in other files."""
    (data / "t.txt").write_text("Text.")
    (data / "b.yaml").write_text(
        "parties:\n- {id: p, name: P}\n- {id: q, name: Q, part_of: p}\n"
        "sources:\n- {id: s, title: S, published: 2020}\n"
        "claims:\n- {id: b, party: q, statement: S, restates: a, responds_to: a}\n"
    )
    (data / "c.yaml").write_text("claims:\n- {id: c, party: p, statement: S, responds_to: b}\n")
    before = written(data)

    assert refusal(commands.set_record, EditTarget([data]), name, None, fields).startswith(message)
    assert written(data) == before


def test_missing_source_texts_do_not_matter(data: Path) -> None:
    """Not everybody who edits a dossier has its texts."""
    (data / "a.yaml").write_text(f"{TEXT}sources:\n- {{id: s, title: S, text: away.txt}}\n")

    commands.set_record(EditTarget([data]), "a", None, ["note=x"])
    commands.set_record(EditTarget([data]), "s", None, ["note=x"])
    assert "note: x}" in written(data)["a.yaml"]


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        ("    said: tomorrow\n", "a.yaml:7:11: no date 'tomorrow'; "),
        (
            "    source: nope\n",
            "a.yaml:7:13: no source 'nope'; add the source or fix the id; fix it first",
        ),
        ("   x\n", "a.yaml:7:4: while parsing a block collection: did not find expected '-' "),
    ],
)
def test_a_file_with_errors_is_not_written(data: Path, spoilt: str, message: str) -> None:
    """The first error is reported with its location."""
    (data / "a.yaml").write_text(TEXT + spoilt)

    assert refusal(commands.add_record, EditTarget([data], data / "a.yaml"), "claim", CLAIM).startswith(f"{data}/{message}")  # fmt: skip
    assert written(data)["a.yaml"] == TEXT + spoilt


def test_an_error_can_be_fixed(data: Path) -> None:
    """One of two at a time; a change that leaves as many errors is refused."""
    more = "    source: nope\n    restates: b\n"
    (data / "a.yaml").write_text(TEXT + more)

    assert "no source 'nope'" in refusal(
        commands.set_record, EditTarget([data]), "a", None, ["note=x"]
    )
    commands.set_record(EditTarget([data]), "a", None, ["source=Letter"])
    commands.set_record(EditTarget([data]), "a", None, ["restates="])
    assert written(data)["a.yaml"] == TEXT + "    source: {title: Letter}\n"


def test_an_error_in_another_file_matters_only_if_new(data: Path) -> None:
    (data / "b.yaml").write_text(
        "claims:\n- {id: b, party: p, statement: S, restates: a, source: nope}\n"
    )
    commands.set_record(EditTarget([data]), "a", None, ["note=x"])

    assert refusal(commands.set_record, EditTarget([data]), "a", None, ["id=c"]) == (
        f"{data}/b.yaml:2:45: no claim 'a'; add the claim or fix the id"
    )
    assert written(data)["a.yaml"] == TEXT + "    note: x\n"


def test_an_answer_that_would_rename_another_is_a_separate_claim(data: Path) -> None:
    """A party's rebuttals are numbered before its responses, which keep their ids."""
    (data / "a.yaml").write_text(
        f"{TEXT}    responses:\n    - {{party: q, kind: qualifies, statement: First.}}\n"
        "  - {id: b, party: r, statement: S, restates: a/q}\n"
    )
    change = commands.respond(EditTarget([data]), "a", Kind.DENIES, {**CLAIM, "party": ["q"]})

    assert change.record.id == "not-so"
    assert "restates: a/q}" in written(data)["a.yaml"]
    assert {c.id for c in open_dossier([data]).claims} == {"a", "a/q", "b", "not-so"}


def test_an_answer_is_nested_or_separate(data: Path) -> None:
    nested = commands.respond(EditTarget([data]), "a", Kind.DENIES, {**CLAIM, "party": ["q"]})
    kind = commands.respond(EditTarget([data]), "a", Kind.QUALIFIES, {**CLAIM, "party": ["r"]})
    apart = commands.respond(EditTarget([data]), "a/q", Kind.UNDERCUTS, CLAIM, apart=True)

    assert [c.record.id for c in (nested, kind, apart)] == ["a/q", "a/r", "not-so"]
    assert written(data)["a.yaml"] == TEXT + (
        "    rebuttals:\n"
        "      - party: q\n"
        "        statement: It was not so at all\n"
        "    responses:\n"
        "      - party: r\n"
        "        kind: qualifies\n"
        "        statement: It was not so at all\n"
        "\n"
        "  - id: not-so\n"
        "    party: p\n"
        "    statement: It was not so at all\n"
        "    responds_to: {claim: a/q, kind: undercuts}\n"
    )


def test_a_file_must_be_one_of_the_dossier(data: Path, tmp_path: Path) -> None:
    """Not above it, not hidden, and with a YAML extension."""
    (tmp_path / "other").mkdir()
    (data / "out").symlink_to(tmp_path / "other")
    for name, message in {
        data / ".." / "b.yaml": "is not in a folder of the dossier; name one in",
        data / "out" / "b.yaml": "is not in a folder of the dossier; name one in",
        data / ".b.yaml": "is hidden, and would not be read",
        data / ".git" / "b.yaml": "is hidden, and would not be read",
        data / "b.txt": "ends neither in .yaml nor in .yml",
        data: "is not a file; name a file that ends in .yaml",
    }.items():
        assert message in refusal(commands.add_record, EditTarget([data], name), "claim", CLAIM)
    assert written(data) == {"a.yaml": TEXT}


def test_missing_permission_is_an_error(data: Path) -> None:
    """For the file or its folder."""
    if os.geteuid() == 0:
        pytest.skip("root may write anything")
    data.chmod(0o500)
    try:
        assert refusal(commands.add_record, EditTarget([data]), "claim", CLAIM).endswith(
            "Permission denied; check the folder and its permissions"
        )
    finally:
        data.chmod(0o700)


def test_a_concurrent_change_of_the_file_is_kept(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor without locking loses nothing, and neither does the command."""
    theirs = iter([TEXT + "# theirs\n"])
    write_files = transaction.write_files

    def exchange(home: Path, files, title) -> None:
        files[0].path.write_text(next(theirs, files[0].path.read_text()))
        write_files(home, files, title)

    monkeypatch.setattr(transaction, "write_files", exchange)
    commands.set_record(EditTarget([data]), "a", None, ["note=ours"])

    assert written(data)["a.yaml"] == TEXT + "    note: ours\n# theirs\n"


def test_a_file_that_keeps_changing_is_left_alone(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files = transaction.write_files

    def exchange(home: Path, files, title) -> None:
        files[0].path.write_text(files[0].path.read_text() + "#\n")
        write_files(home, files, title)

    monkeypatch.setattr(transaction, "write_files", exchange)

    assert refusal(commands.set_record, EditTarget([data]), "a", None, ["note=ours"]).endswith(
        "keeps changing; try again later"
    )
    assert "ours" not in written(data)["a.yaml"]


def test_a_dry_run_writes_nothing(data: Path) -> None:
    change = commands.add_record(EditTarget([data], dry_run=True), "claim", {**CLAIM, "issue": "j"})

    assert [file.after[:8] for file in change.files] == [b"claims:\n"]
    assert written(data) == {"a.yaml": TEXT}


def test_records_of_every_kind_are_set(data: Path) -> None:
    """By id; if two kinds have the same id, by kind and id."""
    (data / "b.yaml").write_text(
        "parties:\n- id: p\n  name: P\nissues:\n- {id: p, question: Q}\n"
        "events:\n- id: e\n  title: E\nsources:\n- {id: s, title: S}\n"
    )
    for name, field in {"party:p": "aliases+=The P, Ltd", "issue:p": "question=Why: so?", "e": "date=2023~", "s": "derived_from=s2,s3"}.items():  # fmt: skip
        if name == "s":
            message = refusal(commands.set_record, EditTarget([data]), name, None, [field])
            assert message == "no source 's2'; add the source or fix the id"
        else:
            commands.set_record(EditTarget([data]), name, None, [field])

    assert refusal(commands.set_record, EditTarget([data]), "p", None, ["note=x"]) == (
        "'p' is a party and an issue; write it as party:p"
    )
    assert written(data)["b.yaml"] == (
        'parties:\n- id: p\n  name: P\n  aliases: ["The P, Ltd"]\n'
        'issues:\n- {id: p, question: "Why: so?"}\n'
        "events:\n- id: e\n  title: E\n  date: 2023~\nsources:\n- {id: s, title: S}\n"
    )


def test_a_cached_index_is_used_and_stays_correct(data: Path, tmp_path: Path) -> None:
    """A refused change leaves nothing in it; a written claim is in it next time."""
    many = "".join(f"- {{id: c{n}, party: p, statement: {'It is. ' * 9}}}\n" for n in range(4000))
    (data / "many.yaml").write_text(f"claims:\n{many}")
    around = LoadOptions(cache=lambda: tmp_path / "kept")
    draft = EditTarget([data], options=around)

    assert "no claim 'c40000'" in refusal(
        commands.add_record, draft, "claim", {**CLAIM, "restates": "c40000"}
    )
    assert commands.add_record(draft, "claim", {**CLAIM, "restates": "c3999"}).record.id == "not-so"
    assert refusal(commands.add_record, draft, "claim", {**CLAIM, "id": "c3999"}).startswith(
        "a second claim"
    )
    asked = open_dossier([data], options=around)
    again = open_dossier([data])
    assert len(list((tmp_path / "kept").glob("*.sqlite"))) == 1
    assert (asked.by_id, asked.problems, asked.files) == (again.by_id, again.problems, again.files)


def test_a_pipe_is_not_read(data: Path) -> None:
    os.mkfifo(data / "pipe.yaml")
    message = refusal(commands.add_record, EditTarget([data], data / "pipe.yaml"), "claim", CLAIM)

    assert message == f"'{data}/pipe.yaml' is not a regular file; move it away"


def test_hostile_text_is_written_as_text(data: Path) -> None:
    """Control and bidirectional characters are written as escapes."""
    for number, text in enumerate(HOSTILE):
        change = commands.add_record(
            EditTarget([data]), "claim", {**CLAIM, "id": f"h{number}", "statement": text}
        )
        assert change.record.statement == text.strip()
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", change.files[0].after.decode()
        )


def test_killed_and_concurrent_writers_leave_complete_files() -> None:
    """A few rounds of what bench/writing.py does a thousand times, in a forked process."""
    times = os.environ.get("CLAIMCLI_KILLS", "25")
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "writing.py", "--kills", times, "--claims", times],
        capture_output=True,
        encoding="utf-8",
        timeout=600 + int(times),
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert f"{times} kills of fmt in " in done.stdout
    assert f"{2 * int(times)} added, 0 rejected" in done.stdout


def test_what_is_only_mentioned_gets_a_record(data: Path) -> None:
    """A party, an issue or an event, with the fields that it needs."""
    (data / "a.yaml").write_text(TEXT + "    event: e\n")
    target = EditTarget([data])
    commands.set_record(target, "p", None, ["name=The Party", "aliases+=Them", "aliases+=They"])
    commands.set_record(target, "issue:i", None, ["question=Was it so?", "positions=so, not so"])
    commands.set_record(target, "e", "event", ["title=The event"])

    dossier = open_dossier([data])
    assert dossier.parties["p"].aliases == ("Them", "They")
    assert dossier.issues["i"].positions == ("so", "not so")
    assert dossier.events["e"].title == "The event"
    assert dossier.errors == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (["note=N"], "issue 'i' is mentioned but has no record; set its question too, as in 'question=...'"),
        (["question=Q?", "note="], "issue 'i' is mentioned but has no record; set other fields"),
        (["id=j"], "issue 'i' is mentioned but has no record; rename it with 'claimcli mv'"),
    ],
)  # fmt: skip
def test_a_record_that_is_only_mentioned_needs_its_fields(
    data: Path, fields: list[str], message: str
) -> None:
    assert refusal(commands.set_record, EditTarget([data]), "i", None, fields) == message
    assert written(data) == {"a.yaml": TEXT}
