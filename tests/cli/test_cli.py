"""The command line: options, exit codes, formats, and the errors of wrong calls."""

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml

from claimcli.cli import app, command_names
from claimcli.core.problems import ClaimcliError
from tests.support.cli import ROOT, claimcli
from tests.support.terminal import in_terminal

GOOD = "claims: [{id: x, party: a, statement: One.}]\n"
BROKEN = "claims: [{id: y, party: a}]\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("list --party kremlim", "error: no party 'kremlim'; did you mean 'kremlin'?"),
        ("list --issue sanctoins", "error: no issue 'sanctoins'; did you mean 'sanctions'?"),
        ("list --speaker Ushakow", "error: no speaker 'Ushakow'; did you mean 'Ushakov'?"),
        ("list --source kremlin-readuot", "error: no source 'kremlin-readuot'; did you mean 'kremlin-readout'?"),
        ("list --tag x", "error: no tag 'x'; this dossier has no tags"),
        ("list --status contestd", "error: no status 'contestd'; did you mean 'contested'?"),
        ("list --sort sayd", "error: no sorting 'sayd'; did you mean 'said'?"),
        ("list --fields id,statment", "error: no field 'statment'; did you mean 'statement'?"),
        ("list --format jsn", "error: no format 'jsn'; did you mean 'json'?"),
        ("list -o claims.pdf", "error: the extension of 'claims.pdf' is not that of a format here; "
         "write 'claims.md' and convert it with pandoc"),
        ("export -o b.epub", "error: the extension of 'b.epub' is not that of a format here; "
         "write 'b.md' and convert it with pandoc"),
        ("drift kremlin -o d.pdf", "error: the extension of 'd.pdf' is not that of a format here; "
         "write 'd.md' and convert it with pandoc"),
        ("export --paper a4", "error: --paper is for PDF and Word, not for md; "
         "write a file such as briefing.pdf"),
        ("export -o b.pdf --paper a5", "error: no paper 'a5'; write one of a4, letter"),
        ("export -o b.pdf --lang english", "error: no language tag 'english'; "
         "write it as en, ar, pt-BR or zh-Hant"),
        ("export -o b.pdf --font Libertino", "error: no font 'Libertino'; "
         "name one that is installed, or the folder of its files with --font-path"),
        ("list -o claims.xlsx", "error: the extension of 'claims.xlsx' is not that of a format here; "
         "write 'claims.csv' and open it in the spreadsheet"),
        ("graph -o g.png", "error: the extension of 'g.png' is not that of a format here; "
         "write 'g.svg' and convert it with a drawing program"),
        ("list -o claims.mp3", "error: the extension of 'claims.mp3' is not that of a format here; "
         "add --format with one of table, tsv, csv, json, jsonl, yaml, md"),
        ("list --since yesterday", "error: --since: no date 'yesterday'; write it as 2021, 2021-12, "
         "2021-12-30, 2021-12-30T15:35-05:00, 2021-12?, 202X or A/B"),
        ("list --since 2022 --until 2021-12-30", "error: '--since 2022 --until 2021-12-30' ends before "
         "it begins; swap the two"),
        ("export --until 2021/2020", "error: --until: '2021/2020' ends before it begins; swap the two"),
        ("list --color blue", "error: no colour mode 'blue'; write auto, always or never"),
        ("list --limit -1", None),
        ("list --limit 99999999999999999999", None),
        ("sql --timeout nan x", "error: --timeout: invalid time nan; write a number of seconds"),
        ("list -weapons", "error: no such option: -w; see 'claimcli list --help'; "
         "a query that begins with '-' follows '-- '"),
        ("list --nonsense", None),
        ("search sanctions", "error: no command 'search'; did you mean 'claimcli list QUERY'?"),
        ("status", "error: no command 'status'; did you mean 'claimcli check'?"),
        ("version", "error: no command 'version'; did you mean 'claimcli --version'?"),
        ("lst", "error: no command 'lst'; did you mean 'list'?"),
        ("show no-strike-waepons", "error: nothing has the id 'no-strike-waepons'; did you mean 'no-strike-weapons'?"),
        ("show source:no-strike-weapons", "error: no source 'no-strike-weapons'; check the id"),
        ("show washington-", "error: 2 ids begin with 'washington-': washington-requested, "
         "washington-post-2021-12-29; write more of one"),
        ("list --issue s", "error: 2 ids begin with 's': sanctions, security-guarantees; write more of one"),
        ("diff kremlin moscow", "error: 'kremlin' and 'kremlin' overlap, so they have one account; "
         "name two parties of which neither is part of the other"),
        ("diff kremlin", None),
        ("diff kremlin nato --only contested-ish", "error: no relation 'contested-ish'; did you mean 'contested'?"),
        ("--sample cal list", "error: no sample 'cal'; did you mean 'call'?"),
        ("list --data data --sample call", "error: --data and --sample exclude each other; name one of them"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_an_error_with_a_hint(arguments: str, message: str | None) -> None:
    """Wrong use exits with 2 and one line that says what is wrong, with a hint."""
    done = claimcli(*arguments.split())

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: ")
    assert message is None or done.stderr == f"{message}\n"


def test_without_data_the_error_names_the_places_searched(tmp_path: Path) -> None:
    """It exits with 3."""
    done = claimcli("list", cwd=tmp_path)

    assert done.returncode == 3
    assert done.stderr == (
        "error: no data: looked for --data, CLAIMCLI_DATA, claimcli.toml in this folder and above, "
        "and ./data; name a folder with --data, try --sample call, or begin with 'claimcli init'\n"
    )
    assert claimcli("list", "--data", "nowhere", cwd=tmp_path).returncode == 3


def test_data_is_found_in_order(tmp_path: Path) -> None:
    """The option, the environment, the nearest claimcli.toml, then ./data."""
    for name in ("option", "environment", "configured", "data"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "c.yaml").write_text(GOOD.replace("x,", f"{name},"))
    below = tmp_path / "below"
    below.mkdir()

    def ids(*arguments: str, cwd: Path = tmp_path, env: dict[str, str] | None = None) -> str:
        return claimcli("list", "--fields", "id", *arguments, cwd=cwd, env=env).stdout

    assert ids() == "id\ndata\n"
    (tmp_path / "claimcli.toml").write_text('data = ["configured"]')
    assert ids() == ids(cwd=below) == "id\nconfigured\n"
    environment = {"CLAIMCLI_DATA": str(tmp_path / "environment")}
    assert ids(env=environment) == "id\nenvironment\n"
    assert ids("--data", "option", env=environment) == "id\noption\n"


def test_readable_records_are_shown(tmp_path: Path) -> None:
    """Reading commands show the rest and say how much is missing; export refuses."""
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(BROKEN)
    listed = claimcli("list", "--data", ".", "--fields", "id", cwd=tmp_path)
    refused = claimcli("export", "--data", ".", "-o", "b.md", cwd=tmp_path)
    forced = claimcli("export", "--data", ".", "--force", cwd=tmp_path)

    assert (listed.returncode, listed.stdout) == (0, "id\nx\n")
    assert listed.stderr == (
        "warning: 1 record could not be read, 1 error in the data; see 'claimcli check'\n"
    )
    assert (refused.returncode, refused.stdout, (tmp_path / "b.md").exists()) == (3, "", False)
    assert "b.yaml:1:10: claim 'y' has no 'statement'" in refused.stderr
    assert forced.returncode == 0
    assert "**This briefing has gaps:** 1 record could not be read.\n" in forced.stdout


def _options() -> list[tuple[str, str]]:
    """Return each option that takes a value, with its command ("" for those before a command)."""
    commands = {"": typer.main.get_command(app)}
    commands |= {name: commands[""].get_command(None, name) for name in command_names()}
    return [
        (name, flag)
        for name, command in commands.items()
        for parameter in command.params
        if parameter.param_type_name == "option" and not parameter.is_flag
        for flag in parameter.opts
    ]


@pytest.mark.parametrize(("command", "flag"), _options())
def test_an_empty_value_of_an_option_is_refused(command: str, flag: str) -> None:
    """It is mostly that of an unset variable; without a value a filter would select everything."""
    group = typer.main.get_command(app)
    one = group.get_command(None, command) if command else group
    for value in ("", " "):
        with pytest.raises(ClaimcliError) as error:
            one.make_context(command, [flag, value])

        assert error.value.code == 2
        assert re.fullmatch("the value of --[a-z-]+ is empty", error.value.message)


def test_an_empty_value_is_refused_in_any_position() -> None:
    for arguments in (
        ["list", "--since="], ["list", "-p", "kremlin", "-p", ""], ["--sample", "", "list"],
        ["--data=", "list"], ["check", "-f", ""],
    ):  # fmt: skip
        done = claimcli(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith(" is empty; write one, or leave it out\n")


CUT = """\
claims:
- {id: first, party: p, statement: One.}
- id: second
  statement: "Two", she said
- {id: third, party: p, statement: Three.}
"""


def test_the_part_of_a_file_that_is_not_read_is_named(tmp_path: Path) -> None:
    """Its records are not counted: nobody knows how many they are."""
    (tmp_path / "a.yaml").write_text(CUT)
    (tmp_path / "b.yaml").write_text(f"{CUT}---\n{BROKEN}")
    (tmp_path / "c.yaml").write_bytes(b"claims: []\n\xff")
    listed = claimcli("list", "--data", ".", "--fields", "id", cwd=tmp_path)
    lost = (
        "./a.yaml is not read from line 4 on, ./b.yaml is not read from line 4 to 5, "
        "./c.yaml is not read, 2 records could not be read"
    )

    assert (listed.returncode, listed.stdout) == (0, "id\nfirst\n")
    assert listed.stderr == f"warning: {lost}, 5 errors in the data; see 'claimcli check'\n"
    for arguments, message in (
        ("show third", "error: nothing has the id 'third';"),
        ("show frist", "error: nothing has the id 'frist'; did you mean 'first'?"),
        ("show elsewhere", "error: nothing has the id 'elsewhere';"),
        ("list --issue lost", "error: no issue 'lost';"),
        ("diff p q", "error: no party 'q';"),
        ("set third note=x", "error: nothing has the id 'third';"),
    ):
        done = claimcli("--data", ".", *arguments.split(), cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr == f"{message} {lost}, see 'claimcli check'\n"
    queried = claimcli("--data", ".", "sql", "select count(*) as n from claims", cwd=tmp_path)
    assert (queried.returncode, queried.stdout) == (0, "n\n1\n")
    assert queried.stderr == f"warning: {lost}, see 'claimcli check'\n"


@pytest.mark.parametrize("text", [CUT.replace("first, party: p,", "A B,"), BROKEN, "\tclaims: []"])
def test_a_dossier_of_which_nothing_can_be_read_is_an_error(tmp_path: Path, text: str) -> None:
    """Whatever the command: an empty list would say that nobody claims anything."""
    (tmp_path / "a.yaml").write_text(text)
    for arguments in ("list", "parties", "matrix", "show a", "timeline"):
        done = claimcli("--data", "a.yaml", *arguments.split(), cwd=tmp_path)
        assert (arguments, done.returncode) == (arguments, 3)
        assert re.search("not read|not be read|nothing could be read", done.stderr)
        assert done.stderr.endswith("see 'claimcli check'\n")


def test_check_exits_with_1_on_findings(tmp_path: Path) -> None:
    """Errors and warnings are findings; infos are not."""
    (tmp_path / "bad.yaml").write_text(BROKEN)
    (tmp_path / "warned.yaml").write_text(GOOD)
    (tmp_path / "good.yaml").write_text(
        "claims: [{id: x, party: a, statement: One., source: {title: T, published: 2021}}]"
    )

    assert claimcli("check", "bad.yaml", cwd=tmp_path).returncode == 1
    assert claimcli("check", "warned.yaml", cwd=tmp_path).returncode == 1
    done = claimcli("check", "good.yaml", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert (found["files"], found["claims"]) == (1, 1)
    assert {
        key: found["problems"][0][key]
        for key in ("rule", "severity", "path", "line", "column", "end_line", "end_column")
    } == {
        "rule": "unregistered-party",
        "severity": "info",
        "path": "good.yaml",
        "line": 1,
        "column": 25,
        "end_line": 1,
        "end_column": 26,
    }


def test_list_json_has_the_documented_keys() -> None:
    """Each claim has the model's keys; lists are lists even when empty."""
    claims = json.loads(claimcli("list", "--format", "json").stdout)
    by_id = {claim["id"]: claim for claim in claims}

    assert list(claims[0]) == [
        "id", "party", "parties", "statement", "speaker", "said", "when", "about", "issue",
        "position", "event", "reports", "responds_to", "restates", "supersedes", "withdrawn",
        "asked", "internal", "tags", "note", "file", "line", "sources", "origins", "rebuttals", "responses", "answers", "status",
        "answered", "superseded_by", "opposed_by", "opposed_by_more",
    ]  # fmt: skip
    assert by_id["clearly-stated"]["answered"] is False
    assert by_id["clearly-stated"]["opposed_by"] == [
        {"id": "no-declaration", "party": "white-house", "by": "position"}
    ]
    assert by_id["no-strike-weapons"]["rebuttals"] == ["no-declaration"]
    assert by_id["no-strike-weapons"]["reports"] == {"party": "white-house", "speaker": "Joe Biden"}
    assert by_id["geneva-brussels-osce"]["responses"] == [
        {"id": "three-formats", "kind": "confirms"}
    ]
    assert by_id["no-declaration"]["responds_to"] == [
        {"claim": "no-strike-weapons", "kind": "denies-saying"}
    ]
    assert by_id["grave-error"]["tags"] == []
    assert by_id["no-strike-weapons"]["file"] == "data/claims/weapons-in-ukraine.yaml"


def test_all_formats_of_list_have_the_same_claims() -> None:
    """Each has the same ids in the same order."""
    forms = {
        form: claimcli("list", "-f", form).stdout
        for form in ("tsv", "csv", "json", "jsonl", "yaml", "md", "table")
    }
    ids = [claim["id"] for claim in json.loads(forms["json"])]

    assert len(ids) == 26
    assert [json.loads(line)["id"] for line in forms["jsonl"].splitlines()] == ids
    assert [claim["id"] for claim in yaml.safe_load(forms["yaml"])] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(forms["csv"]))] == ids
    assert [line.split("\t")[0] for line in forms["tsv"].splitlines()[1:]] == ids
    assert [line.split(" | ")[0][2:] for line in forms["md"].splitlines()[2:]] == ids
    assert claimcli("list").stdout == forms["tsv"]
    drawn = [line.split("  ")[0] for line in forms["table"].splitlines()]
    assert [line for line in drawn if line in ids] == ids
    assert "\x1b" not in forms["table"]


@pytest.mark.parametrize(
    ("flags", "ids"),
    [
        ("--party us-partners", ["fomenting-tensions"]),
        ("--party MOSCOW --status confirmed", ["geneva-brussels-osce"]),
        ("--speaker putin --issue security-guarantees", ["concrete-results"]),
        ("--source tass-via-hardwo", ["clearly-stated"]),
        ("--since 2022 --party kremlin", ["unprecedented-hysteria", "washington-requested"]),
        (
            "--until 2021-12-29 --party pbs --party white-house",
            ["russia-requested", "serious-and-substantive", "fomenting-tensions"],
        ),
        ("--issue sanctions --sort -id", ["grave-error", "complete-breakdown"]),
        ("--party pbs --party us-partners", ["no-response-yet", "fomenting-tensions"]),
        ("--limit 1", ["russia-requested"]),
        ("--limit 0", []),
    ],
)
def test_flags_narrow_the_list(flags: str, ids: list[str]) -> None:
    """All flags must match, but only one value of a repeated flag; letter case is ignored."""
    claims = json.loads(claimcli("list", "--format", "json", *flags.split()).stdout)

    assert [claim["id"] for claim in claims] == ids


def test_diff_json_has_the_documented_shape() -> None:
    """`{left, right, rows}`, each row with issue, question, relation, kinds and both sides."""
    found = json.loads(claimcli("diff", "kremlin", "white-house", "--format", "json").stdout)

    assert (found["left"], found["right"]) == ("kremlin", "white-house")
    assert list(found["rows"][0]) == ["issue", "question", "relation", "kinds", "left", "right"]
    assert {row["relation"] for row in found["rows"]} == {
        "contested", "agreed", "parallel", "only-left", "only-right",
    }  # fmt: skip


def test_diff_exit_code() -> None:
    """With --exit-code a contested row exits with 1."""
    contested = claimcli("diff", "kremlin", "white-house", "--exit-code")
    agreed = claimcli("diff", "kremlin", "white-house", "--issue", "january-talks", "--exit-code")

    assert (contested.returncode, agreed.returncode) == (1, 0)
    assert claimcli("diff", "kremlin", "white-house").returncode == 0
    only = claimcli("diff", "kremlin", "white-house", "--only", "agreed", "--format", "json").stdout
    assert [row["issue"] for row in json.loads(only)["rows"]] == ["january-talks"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """The extension selects the format, permissions are kept, links are followed."""
    target = tmp_path / "briefing.html"
    target.write_text("before")
    target.chmod(0o640)
    link = tmp_path / "link.html"
    link.symlink_to(target)

    assert claimcli("export", "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    missing = claimcli("export", "-o", str(tmp_path / "no" / "b.md"))
    assert (missing.returncode, missing.stderr.count("\n")) == (3, 1)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == ["briefing.html", "cache", "link.html"]


def test_a_closed_pipe_is_not_an_error(tmp_path: Path) -> None:
    """`| head` ends without a message, however much there is to print."""
    claims = "".join(
        f"  - {{id: c{n}, party: p, statement: S{n} {'x' * 200}.}}\n" for n in range(3000)
    )
    (tmp_path / "d.yaml").write_text(f"claims:\n{claims}")
    command = f"set -o pipefail; {sys.executable} -m claimcli list --data d.yaml | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    assert (done.returncode, done.stdout.split("\t")[0], done.stderr) == (0, "id", "")


def test_nothing_is_drawn_off_a_terminal() -> None:
    """A pipe has no colour, cutting or wrapping, unless colour is requested."""
    piped = claimcli("list").stdout
    forced = claimcli("list", env={"FORCE_COLOR": "1", "COLUMNS": "100"}).stdout

    assert "\x1b" not in piped
    assert piped.count("\n") == 27
    assert "\x1b[" in forced
    assert "\x1b" not in claimcli("list", "--color", "never", env={"FORCE_COLOR": "1"}).stdout


def test_links_are_the_same_each_time() -> None:
    """In colour a source is a link, and two runs give the same bytes."""
    runs = {
        claimcli("diff", "kremlin", "white-house", "--color", "always").stdout for _ in range(3)
    }

    assert len(runs) == 1
    assert "\x1b]8;;https://rt.com/russia/549175-putin-biden-phone-talks\x1b\\" in runs.pop()


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_a_terminal_gets_tables_that_fit(columns: int) -> None:
    """No line is wider than the terminal, and no id is cut."""
    tool = f"{sys.executable} -m claimcli"
    for command in ("list", "diff kremlin white-house", "show no-strike-weapons", "sources"):
        shown, code = in_terminal(
            f"{tool} {command} 2>/dev/null", cwd=ROOT, columns=columns, env={"TERM": "dumb"}
        )

        assert code == 0
        assert max(len(line) for line in shown.splitlines()) <= columns
        if command in ("list", "diff kremlin white-house"):
            assert "no-strike-weapons" in shown
            assert "no-intention-readout" in shown


def test_nothing_judges() -> None:
    """No output speaks of true, false, admitted or lied."""
    words = {"true", "false", "admits", "admitted", "lied", "lie", "debunked", "falsely"}
    for arguments in (
        ["list"],
        ["diff", "kremlin", "white-house"],
        ["export"],
        ["show", "no-strike-weapons"],
    ):
        said = claimcli(*arguments).stdout.lower().replace(",", " ").replace(".", " ").split()
        assert not words & set(said)


def test_no_permission(tmp_path: Path) -> None:
    """A file that may not be read is reported, the others are read."""
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").chmod(0)
    if os.access(tmp_path / "b.yaml", os.R_OK):
        pytest.skip("this user may read every file, so there is nothing to refuse")
    done = claimcli("check", ".", "--format", "concise", cwd=tmp_path)

    assert "b.yaml:1:1: error: cannot be read: Permission denied" in done.stdout


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script of bash in which ``{}`` is the command."""
    return subprocess.run(
        ["bash", "-c", script.replace("{}", f"{sys.executable} -m claimcli")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_help() -> None:
    """Each command has help, even without data."""
    shown = claimcli("--help").stdout
    for name in ("check", "diff", "export", "issues", "list", "parties", "show", "sources"):
        assert name in shown
        assert "--data" in claimcli(name, "--help", cwd=ROOT.parent).stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("arguments", ["list", "--version", "--help", "list --help", "help query"])
def test_a_full_device_is_an_error(arguments: str) -> None:
    done = shell(f"{{}} {arguments} > /dev/full")
    assert (done.returncode, done.stdout, done.stderr) == (
        3, "",
        "error: cannot write to standard output: No space left on device; make room for it\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments", ["list", "--help", "list --help", "--version", "show grave-error"]
)
def test_a_reader_that_reads_nothing_is_not_an_error(arguments: str) -> None:
    """`true` ends before anything is written; the command ends silently with 0."""
    done = shell(f"{{}} {arguments} | (exec <&-; sleep 0); echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_message_that_nobody_reads_changes_no_exit_code() -> None:
    done = shell("{} list --data nowhere 2>&1 | true; echo ${PIPESTATUS[0]}")
    assert done.stdout == "3\n"


def test_standard_output_has_names(tmp_path: Path) -> None:
    """`-o /dev/stdout` writes to a pipe, and appends to a file that was opened for that."""
    file = tmp_path / "log"
    file.write_text("before\n")
    listing = "{} list --limit 1 --fields id -o /dev/stdout"
    done = shell(f"{listing} | cat; {listing} >> {file}")

    assert (done.stdout, done.stderr) == ("id\nrussia-requested\n", "")
    assert file.read_text() == "before\nid\nrussia-requested\n"


def test_a_deleted_working_folder_is_an_error_only_if_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(GOOD)
    (tmp_path / "gone").mkdir()
    gone = f"cd {tmp_path}/gone && rmdir ../gone &&"
    absolute = shell(f"{gone} {{}} list --fields id --data {tmp_path}/d.yaml")
    assert (absolute.stdout, absolute.stderr) == ("id\nx\n", "")

    for arguments in ("list", "parties", "list --data d.yaml", "check", "init"):
        (tmp_path / "gone").mkdir()
        done = shell(f"{gone} {{}} {arguments}")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr in (
            "error: the folder you are in is gone; change to another\n",
            "error: no file or folder 'd.yaml'; look at the path\n",
        )


def test_closed_streams_are_not_an_error() -> None:
    command = f"{sys.executable} -m claimcli --sample call list >&- 2>&-"
    assert subprocess.run(command, shell=True, check=False).returncode == 0


def test_an_argument_must_be_utf8() -> None:
    done = claimcli("--sample", "call", "list", "party:\udcff")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: the argument 'party:\\udcff' is not UTF-8; write it in UTF-8\n"


def test_a_field_named_twice_is_shown_once() -> None:
    done = claimcli("--sample", "call", "list", "--fields", "id,id,party", "--limit", "1")
    assert [line.count("\t") for line in done.stdout.splitlines()] == [1, 1]


def test_many_flags_are_one_query() -> None:
    """More than SQLite could nest."""
    flags = [part for _ in range(1100) for part in ("--issue", "sanctions")]
    assert len(claimcli("--sample", "call", "list", *flags).stdout.splitlines()) == 3


def test_colours_of_statuses(tmp_path: Path) -> None:
    """Opposed claims are red, bold if the opposition is from outside the party tree."""
    (tmp_path / "a.yaml").write_text("""
parties: [{id: works}, {id: lab, part_of: works}, {id: desk, part_of: works}, {id: town}]
claims:
- {id: a, party: lab, statement: A., issue: i, position: yes}
- {id: b, party: desk, statement: B., issue: i, position: no, rebuttals: [{id: c, party: town, statement: C.}]}
""")
    done = claimcli("list", "--data", "a.yaml", "-f", "table", "--color", "always", cwd=tmp_path)

    assert "\x1b[31mdivided\x1b[0m" in done.stdout
    assert "\x1b[1;31mcontested\x1b[0m" in done.stdout


def test_a_list_names_the_claim_that_supersedes_another(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("""
claims: [{id: a, party: p, statement: A.}, {id: b, party: p, statement: B., supersedes: a}]
""")
    done = claimcli("list", "--data", "a.yaml", "--fields", "id,superseded_by", cwd=tmp_path)

    assert done.stdout == "id\tsuperseded_by\na\tb\nb\t\n"


def test_a_list_names_all_parties_of_a_joint_statement(tmp_path: Path) -> None:
    """In JSON ``party`` is still the first, next to ``parties``."""
    (tmp_path / "a.yaml").write_text("claims: [{id: a, party: [works, lab], statement: A.}]\n")
    table = claimcli("list", "--data", "a.yaml", "--fields", "party,id", cwd=tmp_path)
    (claim,) = json.loads(claimcli("list", "--data", "a.yaml", "-f", "json", cwd=tmp_path).stdout)

    assert table.stdout == "party\tid\nworks, lab\ta\n"
    assert (claim["party"], claim["parties"]) == ("works", ["works", "lab"])
