"""``claimcli check``: formats, reports, selected rules, fixes, standard input."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.support.cli import ROOT, claimcli, obeying_modes
from tests.support.terminal import in_terminal

BROKEN = """\
parties: [{id: waterworks, name: City Waterworks}]
claims:
  - id: a
    party: waterworks
    statement: The main is sound.
    sorce: {title: Press conference, published: 2023-05-02}
"""
"""One fixable error and a missing source that follows from it."""
FIXED = BROKEN.replace("sorce", "source")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(BROKEN)
    return tmp_path


def test_a_fixable_problem_is_marked_and_counted(desk: Path) -> None:
    done = claimcli("check", "--select", "error", cwd=desk)

    assert done.returncode == 1
    assert done.stdout == (
        "data/a.yaml:6:5: error: no key 'sorce' here; did you mean 'source'? [unknown-key]\n"
        "6 |     sorce: {title: Press conference, published: 2023-05-02}\n"
        "  |     ^^^^^ --fix writes 'source'\n\n"
    )
    assert done.stderr == (
        "1 claim in 1 file: 1 error, 0 warnings, 0 info; 1 fixable with --fix; 1 left out\n"
    )


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ((), ["unsourced-claim", "unknown-key"]),
        (("--select", "unknown-key"), ["unknown-key"]),
        (("--select", "unknown-key,Unsourced-Claim"), ["unsourced-claim", "unknown-key"]),
        (("--select", "warning"), ["unsourced-claim"]),
        (("--ignore", "warning"), ["unknown-key"]),
        (("--ignore", "unknown-key", "--ignore", "unsourced-claim"), []),
        (("--select", "error,warning", "--ignore", "unknown-key"), ["unsourced-claim"]),
    ],
)
def test_rules_are_selected_by_name_or_severity(
    desk: Path, arguments: tuple[str, ...], rules: list[str]
) -> None:
    done = claimcli("check", "-f", "json", *arguments, cwd=desk)
    found = json.loads(done.stdout)

    assert [problem["rule"] for problem in found["problems"]] == rules
    assert found["left_out"] == 2 - len(rules)
    assert done.returncode == (1 if rules else 0)


def test_claimcli_toml_selects_rules_unless_options_do(desk: Path) -> None:
    (desk / "claimcli.toml").write_text('[check]\nselect = ["warning"]\n')
    rules = [
        [p["rule"] for p in json.loads(claimcli("check", "-f", "json", *more, cwd=desk).stdout)["problems"]]
        for more in ((), ("--select", "error"))
    ]  # fmt: skip

    assert rules == [["unsourced-claim"], ["unknown-key"]]


def test_an_unknown_rule_has_a_suggestion(desk: Path) -> None:
    done = claimcli("check", "--ignore", "unknwon-key", cwd=desk)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: no rule 'unknwon-key'; did you mean 'unknown-key'?\n"


@pytest.mark.parametrize("name", ["bad.yaml", "latin.yaml"])
def test_unread_files_are_always_reported(desk: Path, name: str) -> None:
    """Even if the rule is ignored: there is a warning, and exit code 3 instead of 0."""
    (desk / "data" / "bad.yaml").write_text("claims: [\n")
    (desk / "data" / "latin.yaml").write_bytes(b"claims: \xe9\n")
    (desk / "data" / "a.yaml").write_text(FIXED)
    for other in {"bad.yaml", "latin.yaml"} - {name}:
        (desk / "data" / other).unlink()
    done = claimcli("check", "--select", "bad-date", cwd=desk)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "1 claim in 2 files: 0 errors, 0 warnings, 0 info; 1 left out\n"
        "warning: 1 file could not be read completely; the problems left out say why\n"
    )


def test_github_gets_one_command_per_problem(desk: Path) -> None:
    shown = claimcli("check", "-f", "github", "--select", "unknown-key", cwd=desk).stdout

    assert shown == (
        "::error title=unknown-key,file=data/a.yaml,line=6,endLine=6,col=5,endColumn=10"
        "::no key 'sorce' here; did you mean 'source'?\n"
    )


def test_json_carries_the_fix(desk: Path) -> None:
    found = json.loads(claimcli("check", "-f", "json", cwd=desk).stdout)
    by_rule = {problem["rule"]: problem["fix"] for problem in found["problems"]}

    assert by_rule == {
        "unsourced-claim": None,
        "unknown-key": {
            "message": "write 'source'", "before": "sorce", "after": "source",
            "line": 6, "column": 5, "end_line": 6, "end_column": 10,
        },
    }  # fmt: skip


def test_several_reports_are_of_one_run(desk: Path) -> None:
    """Each has the same content as the format alone."""
    done = claimcli(
        "check", "--report", "sarif=out.sarif", "--report", "json=out.json", "--report",
        "github=log", "-f", "concise", cwd=desk,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stdout == claimcli("check", "-f", "concise", cwd=desk).stdout
    for form, name in (("sarif", "out.sarif"), ("json", "out.json"), ("github", "log")):
        assert (desk / name).read_text() == claimcli("check", "-f", form, cwd=desk).stdout
    assert {path.name for path in desk.iterdir()} >= {"data", "out.sarif", "out.json", "log"}


def test_paths_for_a_code_host_start_at_the_root_of_the_repository(desk: Path) -> None:
    (desk / ".git").write_text("gitdir: elsewhere\n")
    github = claimcli("check", ".", "-f", "github", cwd=desk / "data").stdout
    sarif = claimcli("check", ".", "-f", "sarif", cwd=desk / "data").stdout

    assert ",file=data/a.yaml," in github
    assert '"uri": "data/a.yaml"' in sarif


def test_a_note_says_what_a_sarif_log_leaves_out(desk: Path) -> None:
    """The exit code counts everything."""
    lines = (f"- {{id: c{n}, party: p{n}, statement: s{n}}}\n" for n in range(13_000))
    (desk / "data" / "b.yaml").write_text(f"claims:\n{''.join(lines)}")
    done = claimcli("check", "-f", "concise", "--report", "sarif=out.sarif", cwd=desk)

    assert (desk / "out.sarif").read_text().count('"ruleId"') == 25_000
    assert "warning: the SARIF log has the 25,000 most severe of 26,0" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("report", "code", "message"),
    [
        ("srif=x", 2, "no format 'srif'; did you mean 'sarif'?"),
        ("json", 2, "invalid report 'json'; write it as FORMAT=FILE"),
        ("json=-", 2, "invalid report 'json=-'; write it as FORMAT=FILE"),
        ("json=", 2, "invalid report 'json='; write it as FORMAT=FILE"),
        ("json=data/a.yaml", 2, "'data/a.yaml' would be a file of the dossier; write to another folder"),
        ("json=data/new.yml", 2, "'data/new.yml' would be a file of the dossier; write to another folder"),
        ("json=data/t.txt", 2, "'data/t.txt' would be the text of source 's'; write to another file"),
        ("json=gone/x.json", 3, "cannot write 'gone/x.json': No such file or directory; check the folder and its permissions"),
        ("json=.", 3, "cannot write '.': Is a directory; check the folder and its permissions"),
    ],
)  # fmt: skip
def test_an_invalid_report_is_an_error(desk: Path, report: str, code: int, message: str) -> None:
    (desk / "data" / "t.txt").write_text("text")
    (desk / "data" / "s.yaml").write_text("sources: [{id: s, title: S, text: t.txt}]\n")
    done = claimcli("check", "--report", report, cwd=desk)

    assert (done.returncode, done.stderr) == (code, f"error: {message}\n")
    assert (desk / "data" / "a.yaml").read_text() == BROKEN
    assert (desk / "data" / "t.txt").read_text() == "text"


def test_a_report_does_not_overwrite_the_data(desk: Path) -> None:
    """Not if an argument names the data, either; and two reports need two files."""
    shutil.move(desk / "data", desk / "else")
    into = claimcli("check", "else", "--report", "full=else/a.yaml", cwd=desk)

    assert (into.returncode, (desk / "else" / "a.yaml").read_text()) == (2, BROKEN)
    for other in (("--report", "full=x"), ("-o", "x", "-f", "full")):
        twice = claimcli("check", "else", *other, "--report", "json=./x", cwd=desk)
        assert twice.stderr == (
            "error: two reports go to './x'; name another file for one of them\n"
        )


def test_fix_reports_each_fix(desk: Path) -> None:
    done = claimcli("check", "--fix", cwd=desk)

    assert (desk / "data" / "a.yaml").read_text() == FIXED
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "fixed: data/a.yaml:6:5: 'sorce' -> 'source' [unknown-key]\n"
        "1 claim in 1 file: 0 errors, 0 warnings, 0 info\n"
    )


def test_fix_shows_the_remaining_problems(desk: Path) -> None:
    """A skipped fix is reported with the reason; a problem without a fix stays."""
    text = BROKEN + "  - {id: a, party: waterworks, statement: T., kind: denies}\n"
    (desk / "data" / "a.yaml").write_text(text)
    done = claimcli("check", "--fix", "-f", "concise", cwd=desk)

    assert done.returncode == 1
    assert [line.rpartition("[")[2] for line in done.stdout.splitlines()] == [
        "duplicate-id]", "unknown-key]",
    ]  # fmt: skip
    assert done.stderr.splitlines()[0].startswith("fixed: ")


def test_diff_prints_a_patch_and_writes_nothing(desk: Path) -> None:
    """Exits with 1 if something would change; the patch has the result of --fix."""
    text = BROKEN.replace("\n", "\r\n").removesuffix("\r\n")
    (desk / "data" / "a.yaml").write_bytes(text.encode())
    done = subprocess.run(
        [sys.executable, "-m", "claimcli", "check", "--diff"],
        cwd=desk, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stdout.decode() == (
        "--- a/data/a.yaml\n+++ b/data/a.yaml\n@@ -3,4 +3,4 @@\n"
        "   - id: a\r\n     party: waterworks\r\n     statement: The main is sound.\r\n"
        "-    sorce: {title: Press conference, published: 2023-05-02}\n"
        "\\ No newline at end of file\n"
        "+    source: {title: Press conference, published: 2023-05-02}\n"
        "\\ No newline at end of file\n"
    )
    assert done.stderr.decode() == "1 problem would be fixed in 1 file\n"
    assert (desk / "data" / "a.yaml").read_bytes() == text.encode()
    if shutil.which("patch"):
        subprocess.run(["patch", "--binary", "-s", "-p1"], cwd=desk, input=done.stdout, check=True)
        assert (desk / "data" / "a.yaml").read_bytes() == text.replace("sorce", "source").encode()


def test_diff_exits_with_0_if_nothing_would_change(desk: Path) -> None:
    (desk / "data" / "a.yaml").write_text(FIXED.replace("party", "partie", 1))
    done = claimcli("check", "--diff", "--select", "bad-date", cwd=desk)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "nothing to fix\n")


def test_a_read_only_file_stays_as_it_is(desk: Path) -> None:
    path = desk / "data" / "a.yaml"
    path.chmod(0o444)
    options = ("--fix", "--select", "bad-date,unknown-key")
    done = claimcli("check", *options, cwd=desk, before=obeying_modes())

    assert path.read_text() == BROKEN
    assert done.returncode == 1
    assert (
        done.stderr.splitlines()[0] == "error: cannot write 'data/a.yaml': you may not write to it"
    )
    assert "fixed" not in done.stderr


def test_a_file_changed_since_it_was_read_is_not_written(desk: Path) -> None:
    """Somebody's newer text is not overwritten."""
    from claimcli.cli.check import write_fixes
    from claimcli.edit.autofix import autofix
    from tests.edit.test_autofix import check

    path = str(desk / "data" / "a.yaml")
    before = {path: BROKEN.encode()}
    found = autofix(before, check(before), check)
    Path(path).write_text(BROKEN + "# newer\n")

    assert list(found.texts) == [path]
    assert write_fixes([desk / "data"], before, found) == {
        path: "it was changed meanwhile; run it again"
    }
    assert Path(path).read_text() == BROKEN + "# newer\n"


def test_concurrent_fixes_leave_a_complete_file(desk: Path) -> None:
    """Each either fixes the file or reports that it was changed."""
    claims = "".join(
        f"  - {{id: c{n}, party: waterworks, statement: S{n}., said: 2023/5/{n % 28 + 1}}}\n"
        for n in range(200)
    )
    (desk / "data" / "a.yaml").write_text(FIXED + claims)
    codes: list[int] = []
    turns = [
        threading.Thread(
            target=lambda: codes.append(
                claimcli("check", "--fix", "--select", "bad-date", cwd=desk).returncode
            )
        )
        for _ in range(4)
    ]
    for turn in turns:
        turn.start()
    for turn in turns:
        turn.join()
    text = (desk / "data" / "a.yaml").read_text()

    assert set(codes) <= {0, 1, 3}
    assert (
        text == FIXED + claims.replace("2023/5/", "2023-05-").replace("-05-", "-05-")
        or text.count("2023-05-") == 201
    )
    assert "2023/5" not in text


def test_a_link_to_a_file_stays_a_link(desk: Path) -> None:
    (desk / "data" / "a.yaml").rename(desk / "real.yaml")
    (desk / "data" / "a.yaml").symlink_to("../real.yaml")
    claimcli("check", "--fix", cwd=desk)

    assert (desk / "data" / "a.yaml").is_symlink()
    assert (desk / "real.yaml").read_text() == FIXED


def test_an_editor_checks_an_unsaved_text(desk: Path) -> None:
    """The text replaces that of the file; the rest of the dossier is read from the disk."""
    other = "claims: [{id: b, party: waterworks, statement: T., responds_to: a, sorce: x}]\n"
    (desk / "data" / "b.yaml").write_text(other)
    typed = FIXED.replace("id: a\n", "id: a\n    restates: bb\n") + "  - {id: b}\n"
    done = claimcli(
        "check", "--stdin-filename", "./data/a.yaml", "-f", "concise", cwd=desk, stdin=typed
    )

    assert done.returncode == 1
    assert [line.partition(" ")[0] + line.rpartition(" ")[2] for line in done.stdout.splitlines()] == [
        "data/a.yaml:4:15:[unknown-claim]", "data/a.yaml:8:5:[missing-field]",
    ]  # fmt: skip
    assert done.stderr == "1 claim in 1 file: 2 errors, 0 warnings, 0 info\n"


def test_an_excerpt_is_from_the_given_text(desk: Path) -> None:
    typed = BROKEN.replace("sorce", "quelle")
    done = claimcli("check", "--stdin-filename", "data/a.yaml", cwd=desk, stdin=typed)

    assert "6 |     quelle: {title" in done.stdout
    assert "sorce" not in done.stdout


def test_a_new_file_is_checked_with_the_others(desk: Path) -> None:
    (desk / "data" / "a.yaml").write_text(FIXED)
    typed = FIXED.removeprefix(FIXED.splitlines(keepends=True)[0])  # claim and source again
    name = str(desk / "data" / "sub" / "new.yaml")
    done = claimcli("check", "--stdin-filename", name, "-f", "json", cwd=desk, stdin=typed)
    found = json.loads(done.stdout)

    assert [(p["rule"], p["path"]) for p in found["problems"]] == [("duplicate-id", name)] * 2
    assert not (desk / "data" / "sub").exists()


def test_a_patch_of_an_unsaved_text(desk: Path) -> None:
    typed = "# typed\n" + BROKEN
    done = claimcli("check", "--diff", "--stdin-filename", "data/a.yaml", cwd=desk, stdin=typed)

    assert done.returncode == 1
    assert "@@ -4,4 +4,4 @@" in done.stdout
    assert (desk / "data" / "a.yaml").read_text() == BROKEN


@pytest.mark.parametrize("stdin", ["", "\ufeff", "claims: [", "\0", "a: &a [*a]\n"])
def test_any_text_is_accepted_on_standard_input(desk: Path, stdin: str) -> None:
    done = claimcli("check", "--stdin-filename", "data/a.yaml", "-f", "json", cwd=desk, stdin=stdin)

    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    assert {p["path"] for p in json.loads(done.stdout)["problems"]} <= {"data/a.yaml"}


def test_standard_input_has_a_size_limit(desk: Path) -> None:
    done = subprocess.run(
        f"head -c {64 * 1024 * 1024 + 1} /dev/zero | {sys.executable} -m claimcli check"
        " --stdin-filename data/a.yaml",
        shell=True, cwd=desk, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "error: standard input holds more than 64 MiB; split the file\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--watch", "--fix"), "--watch and --fix exclude each other"),
        (("--watch", "-o", "x.json"), "--watch and --output exclude each other"),
        (("--fix", "--stdin-filename", "a.yaml"), "--stdin-filename and --fix exclude each other"),
        (("--diff", "-f", "json"), "--diff and --format exclude each other"),
        (("--sample", "call", "--fix"), "--fix and --sample exclude each other"),
    ],
)
def test_options_that_exclude_each_other_are_an_error(
    desk: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = claimcli("check", *arguments, cwd=desk)

    assert (done.returncode, done.stderr) == (2, f"error: {message}; leave one of them out\n")


HOSTILE = "x\x1b[31m\u202e%0A::error::y"


@pytest.mark.parametrize("form", ["full", "concise", "json", "github", "sarif"])
def test_a_hostile_text_stays_text(desk: Path, form: str) -> None:
    """No control character reaches a terminal or a log, and no line starts a workflow command."""
    text = json.dumps({"claims": [{"id": HOSTILE, "party": "p", "statement": "s", HOSTILE: "v",
                                   "said": f"{HOSTILE}\n::warning::z"}]})  # fmt: skip
    (desk / "data" / "a.yaml").write_text(text)
    done = claimcli("check", "-f", form, cwd=desk)

    assert done.returncode == 1
    assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)
    if form == "github":
        lines = done.stdout.splitlines()
        assert len(lines) == len(
            json.loads(claimcli("check", "-f", "json", cwd=desk).stdout)["problems"]
        )
        assert all(line.startswith("::error title=") for line in lines)
        assert done.stdout.count("%250A") == 3  # a per cent sign that was typed
        assert done.stdout.count("%0A") == 1  # the line break that was typed


def test_a_hostile_file_name_stays_on_its_line(desk: Path) -> None:
    """In formats with one line per problem, a line break in a path starts no new line."""
    (desk / "data" / "a.yaml").rename(desk / "data" / "b\n::error::c,%:.yaml")
    concise = claimcli("check", "-f", "concise", cwd=desk).stdout
    github = claimcli("check", "-f", "github", "--select", "error", cwd=desk).stdout
    patch = claimcli("check", "--diff", cwd=desk).stdout

    assert [line[:26] for line in concise.splitlines()] == ["data/b ::error::c,%:.yaml:"] * 2
    assert github.startswith(
        "::error title=unknown-key,file=data/b%0A%3A%3Aerror%3A%3Ac%2C%25%3A.yaml,line=6,"
    )
    assert patch.splitlines()[0] == r'''--- "a/data/b\012::error::c,%:.yaml"'''


def test_a_folder_cannot_be_given_on_standard_input(desk: Path) -> None:
    done = claimcli("check", "--stdin-filename", "data", cwd=desk)

    assert (done.returncode, done.stdout) == (2, "")
    assert "'data' is a directory" in done.stderr


def test_a_patch_on_a_terminal_has_no_control_sequences(desk: Path) -> None:
    (desk / "data" / "a.yaml").write_text(BROKEN.replace("sound.", "sound. \u202e"))
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli check --diff --data data", cwd=desk,
        env={"PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )  # fmt: skip

    assert code == 1
    assert "\u202e" not in shown
    assert "-    sorce: {title" in shown
    assert "⟨U+202E⟩" in shown


def test_a_fix_that_reveals_a_misquote_is_applied(tmp_path: Path) -> None:
    """The id of the source is right afterwards; the quote is reported as it is."""
    (tmp_path / "a.txt").write_text("It was found sound.")
    file = tmp_path / "a.yaml"
    file.write_text(
        "sources: [{id: letter, title: Letter, published: 2023, text: a.txt}]\n"
        "claims: [{id: c, party: p, statement: s, source: {id: leter, quote: It was unsound.}}]\n"
    )

    done = claimcli("check", str(file), "--fix", "--select", "error", "-f", "concise")

    assert "id: letter, quote: It was unsound." in file.read_text()
    assert done.returncode == 1
    assert done.stdout.count("[quote-not-in-text]") == len(done.stdout.splitlines()) == 1


def test_an_ignored_rule_on_quotes_is_not_run(tmp_path: Path) -> None:
    """It can take long, and its problems are not counted either."""
    (tmp_path / "a.txt").write_text("It was found sound.")
    (tmp_path / "a.yaml").write_text(
        "parties: [{id: p, name: P}]\n"
        "sources: [{id: a, title: A, published: 2023, text: a.txt}]\n"
        "claims: [{id: c, party: p, statement: s, source: {id: a, quote: It was unsound.}}]\n"
    )

    done = claimcli("check", str(tmp_path / "a.yaml"), "--ignore", "quote-not-in-text")

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 claim in 1 file: 0 errors, 0 warnings, 0 info\n"
