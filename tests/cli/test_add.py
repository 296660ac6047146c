"""``add``, ``rebut``, ``respond``, ``set`` and ``edit``, on a terminal and off it."""

import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest

from tests.support.cli import claimcli
from tests.support.terminal import conversation

COMMAND = f"{sys.executable} -m claimcli"
TEXT = """\
# The main.
parties:
  - {id: waterworks, name: The Waterworks}
sources:
  - {id: open-letter, title: Open letter, published: 2023-05-04}
issues:
  - {id: state-of-main, question: How is it?}
claims:
  - id: pipe-was-sound
    party: waterworks
    statement: The main was found sound.
    issue: state-of-main
    source: open-letter
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with a dossier in ``data``."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "main.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("Reuters: Talks end", 'source: {title: "Reuters: Talks end"}'),
        ("press: foo", 'source: {title: "press: foo"}'),
        ("title: Foo, published: 2020", "source: {title: Foo, published: 2020}"),
    ],
)
def test_a_title_may_have_a_colon(desk: Path, given: str, written: str) -> None:
    done = claimcli("add", "-p", "lab", "-s", "It held.", "--source", given, cwd=desk)

    assert done.returncode == 0, done.stderr
    assert written in (desk / "data" / "claims" / "claims.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("add --party p", "the statement is missing; add --statement TEXT"),
        ("add --statement s", "the party is missing; add --party ID"),
        ("rebut pipe-was-sound --party p", "the statement is missing; add --statement TEXT"),
        ("respond pipe-was-sound -p p -s s", "the kind is missing; add --kind with one of qualifies, declines, confirms"),
        ("rebut pipe-was-sond -p p -s s", "no claim 'pipe-was-sond'; did you mean 'pipe-was-sound'?"),
        ("rebut pipe-was-sound -p p -s s -k denys", "no kind 'denys'; did you mean 'denies'?"),
        ("rebut pipe-was-sound -p p -s s -k confirms", "'confirms' does not oppose; write 'claimcli respond pipe-was-sound --kind confirms'"),
        ("add -p p -s s --quote q", "no source for --quote; add --source"),
        ("add -p p -s s --source open-leter", "no source 'open-leter'; did you mean 'open-letter'?"),
        ("set pipe-was-sound staement=x", "no field 'staement'; did you mean 'statement'?"),
        ("set pipe-was-sond note=x", "nothing has the id 'pipe-was-sond'; did you mean 'pipe-was-sound'?"),
        ("set sorce:open-letter note=x", "no kind of record 'sorce'; did you mean 'source'?"),
        ("set nothing-so-called note=x", "nothing has the id 'nothing-so-called'; 'claimcli list' and 'claimcli parties' show ids"),
        ("set waterworks --kind claim note=x", "no claim 'waterworks'; check the id"),
        ("--sample call add -p p -s s", "a sample cannot be changed; name a folder with --data"),
    ],
)  # fmt: skip
def test_off_a_terminal_there_are_no_questions(desk: Path, arguments: str, message: str) -> None:
    """A missing or invalid field is an error with a hint."""
    done = claimcli(*arguments.split(), cwd=desk)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {message}\n")
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == TEXT


def test_a_new_name_is_reported(desk: Path) -> None:
    """It may be a mistake; the name or alias of a known party means its id."""
    new = claimcli("add", "-p", "waterwork", "-s", "No.", cwd=desk)
    known = claimcli("add", "-p", "the waterworks", "-s", "Yes.", cwd=desk)

    assert new.stderr.splitlines() == [
        "note: the party 'waterwork' is new here; did you mean 'waterworks'?",
        "data/claims/claims.yaml:2: added 'no'",
    ]
    assert known.stdout == "yes\n"
    assert "    party: waterworks\n    statement: Yes.\n" in (
        desk / "data" / "claims" / "claims.yaml"
    ).read_text(encoding="utf-8")


def test_similar_claims_on_file_are_noted(desk: Path) -> None:
    """The claim is written all the same; an answer is not compared."""
    done = claimcli("add", "-p", "residents", "-s", "The main was not found sound.", cwd=desk)
    answer = claimcli("rebut", "pipe-was-sound", "-p", "q", "-s", "The main was sound.", cwd=desk)

    first, *others = done.stderr.splitlines()
    start, _, end = first.partition(": [")
    assert start.startswith("note: similar claim on file, score 0.")
    assert (
        end == "pipe-was-sound] waterworks, by 2023-05-04: The main was found sound. (differs: not)"
    )
    assert others[-1] == "data/claims/claims.yaml:2: added 'main-not-found-sound'"
    assert done.stdout == "main-not-found-sound\n"
    assert "similar" not in answer.stderr


def test_on_a_terminal_similar_claims_are_noted_before_the_question(desk: Path) -> None:
    """The user can still decline. They are noted once, also if another field is changed."""
    fields = ("speaker,", "when", "belongs", "title")
    shown, _ = conversation(
        f"{COMMAND} add -s 'The main was not found sound.'",
        [
            ("who says it", "residents\r"),
            *((field, "\r") for field in fields),
            ("note: similar claim on file, score 0.", ""),
            ("write it?", "speaker\r"),
            ("speaker,", "Ann Doe\r"),
            ("write it?", "n\r"),
        ],
        cwd=desk,
    )

    assert shown.count("similar claim on file") == 1
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == TEXT


def test_a_large_dossier_is_searched_after_the_first_match(desk: Path) -> None:
    """To prepare the search would take too long."""
    claims = "".join(
        f"  - {{id: c{n}, party: p, statement: 'Number {n}: {'x' * 300}', source: open-letter}}\n"
        for n in range(1000)
    )
    (desk / "data" / "more.yaml").write_text(f"claims:\n{claims}", encoding="utf-8")
    arguments = ("add", "-p", "residents", "-s", "The main was found sound.", "--dry-run")
    env = {"XDG_CACHE_HOME": str(desk / "cache")}

    before = claimcli(*arguments, cwd=desk, env=env)
    claimcli("match", "The main was found sound.", cwd=desk, env=env)
    after = claimcli(*arguments, cwd=desk, env=env)

    assert "similar" not in before.stderr
    assert "note: similar claim on file" in after.stderr


@pytest.fixture
def declared(desk: Path) -> Path:
    """Return the same folder, whose issue declares positions."""
    path = desk / "data" / "main.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("How is it?", "How is it?, positions: [sound, leaking, Unknown]"))
    return desk


@pytest.mark.parametrize(
    "command",
    [
        "add -p waterworks -s s -i state-of-main --position leakin --dry-run",
        "rebut pipe-was-sound -p residents -s s --position leakin --dry-run",
        "set pipe-was-sound position=leakin --dry-run",
    ],
)
def test_an_undeclared_position_is_reported(declared: Path, command: str) -> None:
    """As a note, since it may be meant; other spellings of a position are known."""
    notes = [
        line for line in claimcli(*command.split(), cwd=declared).stderr.splitlines()
        if "position" in line
    ]  # fmt: skip
    known = claimcli(*command.replace("leakin", "LEAKING.").split(), cwd=declared)

    assert notes == [
        "note: 'leakin' is not a position of issue 'state-of-main'; did you mean 'leaking'?"
    ]
    assert (known.returncode, "note" in known.stderr) == (0, False)


def test_a_dry_run_prints_a_patch(desk: Path) -> None:
    """Other tools apply it, with the same result as the command."""
    arguments = ("set", "pipe-was-sound", "said=2023", "source.quote=found sound")
    patch = claimcli(*arguments, "--dry-run", cwd=desk)

    assert patch.stderr == "nothing was written\n"
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == TEXT
    assert patch.stdout == (
        "--- a/data/main.yaml\n"
        "+++ b/data/main.yaml\n"
        "@@ -9,5 +9,6 @@\n"
        "   - id: pipe-was-sound\n"
        "     party: waterworks\n"
        "     statement: The main was found sound.\n"
        "+    said: 2023\n"
        "     issue: state-of-main\n"
        "-    source: open-letter\n"
        '+    source: {id: open-letter, quote: "found sound"}\n'
    )
    subprocess.run(["git", "apply", "-"], input=patch.stdout, cwd=desk, text=True, check=True)
    patched = (desk / "data" / "main.yaml").read_text(encoding="utf-8")
    (desk / "data" / "main.yaml").write_text(TEXT, encoding="utf-8")
    assert claimcli(*arguments, cwd=desk).stdout == "pipe-was-sound\n"
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == patched


def test_a_patch_on_a_terminal_is_coloured_and_safe(desk: Path) -> None:
    """Control characters are made visible."""
    done = claimcli(
        "--color", "always", "add", "-p", "p", "-s", "a\x1b[31m b\u202e", "--dry-run", cwd=desk
    )

    assert "\x1b[32m+    statement:" in done.stdout
    assert "\u202e" not in done.stdout
    assert "\x1b[31m b" not in done.stdout


def edit(desk: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (desk / "editor.py").write_text(f"import sys\npath = sys.argv[1]\n{script}\n")
    return claimcli(
        "edit", *arguments, cwd=desk, env={"VISUAL": "", "EDITOR": f"{sys.executable} 'editor.py'"}
    )


REPLACE = "text = open(path).read(); open(path, 'w').write(text.replace({!r}, {!r}))"


def test_edit_shows_one_record_and_puts_it_back(desk: Path) -> None:
    """The editor shows its lines without indentation; they return to their place."""
    done = edit(
        desk, "open('seen', 'w').write(open(path).read())\n" + REPLACE.format("found", "seen to be")
        , "pipe-was-sound",
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (0, "pipe-was-sound\n"), done.stderr
    assert done.stderr == "data/main.yaml:9: changed 'pipe-was-sound'\n"
    assert (desk / "seen").read_text() == (
        "id: pipe-was-sound\nparty: waterworks\nstatement: The main was found sound.\n"
        "issue: state-of-main\nsource: open-letter\n"
    )
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == (
        TEXT.replace("found", "seen to be")
    )


PIPE = (
    "  - id: pipe-was-sound\n    party: waterworks\n    statement: The main was found sound.\n"
    "    issue: state-of-main\n    source: open-letter\n"
)


@pytest.mark.parametrize(
    ("script", "stands"),
    [
        ("'# By me.\\n' + text", f"  # By me.\n{PIPE}"),
        ("'\\n# By me.\\n\\n# Twice.\\n' + text + '\\n'", f"  # By me.\n  # Twice.\n{PIPE}"),
        ("'  ' + text.replace('\\n', '\\n  ')", PIPE),
        ("text.replace('party', '# By me.\\nparty')", PIPE.replace("    party", "    # By me.\n    party")),
    ],
)  # fmt: skip
def test_comments_and_indentation_added_in_the_editor_are_accepted(
    desk: Path, script: str, stands: str
) -> None:
    """A comment above the first key goes above the record."""
    assert TEXT.count(PIPE) == 1
    done = edit(
        desk, f"text = open(path).read(); open(path, 'w').write({script})", "pipe-was-sound"
    )

    assert done.returncode == 0, done.stderr
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == TEXT.replace(PIPE, stands)


@pytest.mark.parametrize("editor", ["", "  "])
def test_off_a_terminal_the_editor_must_be_named(desk: Path, editor: str) -> None:
    done = claimcli("edit", "pipe-was-sound", cwd=desk, env={"VISUAL": "", "EDITOR": editor})

    assert (done.returncode, done.stderr) == (
        2, "error: no editor is named; set EDITOR, as in EDITOR=nano\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("script", "code", "message"),
    [
        ("pass", 0, "nothing to change in 'pipe-was-sound'\n"),
        ("sys.exit(3)", 3, "error: the editor '{python}' exited with 3, and nothing was written; try again\n"),
        ("open(path, 'w')", 2, "error: 'pipe-was-sound' would be removed; remove it by hand\n"),
    ],
)  # fmt: skip
def test_an_editor_that_changes_nothing(desk: Path, script: str, code: int, message: str) -> None:
    done = edit(desk, script, "pipe-was-sound")

    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr == message.format(python=sys.executable)
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == TEXT


def test_a_missing_editor_is_an_error(desk: Path) -> None:
    done = claimcli("edit", "pipe-was-sound", cwd=desk, env={"VISUAL": "no-such-editor -w"})

    assert (done.returncode, done.stderr) == (
        3, "error: the editor 'no-such-editor' cannot be run: No such file or directory; set VISUAL or EDITOR\n",
    )  # fmt: skip


def test_an_invalid_text_is_kept(desk: Path) -> None:
    """Off a terminal the first error stops the command; it names the file with the text."""
    done = edit(desk, REPLACE.format("issue: state", "isue: state"), "pipe-was-sound")

    assert done.returncode == 2
    error, _, kept = done.stderr.strip().partition("; your text is kept in ")
    assert error == "error: no key 'isue' here; did you mean 'issue'?"
    assert "isue: state-of-main" in Path(kept.strip("'")).read_text(encoding="utf-8")
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == TEXT


def test_a_record_changed_meanwhile_is_not_overwritten(desk: Path) -> None:
    """A change elsewhere in the file does not matter."""
    mine = REPLACE.format("found", "seen")
    there = "text = open('data/main.yaml').read()\nopen('data/main.yaml', 'w').write(text.replace({!r}, {!r}))\n"  # fmt: skip
    other = edit(desk, there.format("# The main.", "# Theirs.") + mine, "pipe-was-sound")
    same = edit(desk, there.format("sound.", "sound!") + mine.replace("'seen'", "'nice'").replace("'found'", "'seen'"), "pipe-was-sound")  # fmt: skip

    assert other.returncode == 0, other.stderr
    assert same.stderr.startswith("error: 'pipe-was-sound' was changed meanwhile; edit it again; ")
    text = (desk / "data" / "main.yaml").read_text(encoding="utf-8")
    assert text == TEXT.replace("# The main.", "# Theirs.").replace("found sound.", "seen sound!")


def test_an_error_opens_the_editor_again(desk: Path) -> None:
    """On a terminal the problem is shown above the record; if saved unchanged, nothing is written."""
    (desk / "first").write_text("")
    script = (
        "import os\ntext = open(path).read()\nopen('seen', 'w').write(text)\n"
        "if os.path.exists('first'):\n    os.remove('first')\n"
        "    text = text.replace('source: open-letter', 'said: soon')\n"
        "elif os.path.exists('correct'):\n    text = text.replace('soon', '2023')\n"
        "open(path, 'w').write(text)"
    )
    (desk / "editor.py").write_text(f"import sys\npath = sys.argv[1]\n{script}\n")
    env = {"EDITOR": f"{sys.executable} editor.py", "VISUAL": ""}
    shown, code = conversation(f"{COMMAND} edit pipe-was-sound", [], cwd=desk, env=env)
    seen = (desk / "seen").read_text(encoding="utf-8").splitlines()

    assert (code, seen[0]) == (
        2,
        "# claimcli: line 7: no date 'soon'; write it as 2021, 2021-12, 2021-12-30, "
        "2021-12-30T15:35-05:00, 2021-12?, 202X or A/B",
    )
    assert (seen[1][:11], seen[2], seen[6]) == ("# claimcli:", "id: pipe-was-sound", "said: soon")
    assert "your text is kept in" in shown.replace("\n", "")
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == TEXT

    (desk / "first").write_text("")
    (desk / "correct").write_text("")
    shown, code = conversation(f"{COMMAND} edit pipe-was-sound", [], cwd=desk, env=env)
    assert (code, shown.endswith("data/main.yaml:9: changed 'pipe-was-sound'\npipe-was-sound\n")) == (0, True), shown  # fmt: skip
    assert (desk / "data" / "main.yaml").read_text(encoding="utf-8") == (
        TEXT.replace("source: open-letter", "said: 2023")
    )


def test_temporary_files_of_a_killed_add_to_a_new_file_are_deleted(desk: Path) -> None:
    left = desk / "data" / f".new.yaml.{crc32(b'new.yaml'):08x}.killed.unfinished"
    left.write_bytes(b"half")
    done = claimcli(
        "add", "--party", "waterworks", "--statement", "It is new.", "--file", "data/new.yaml",
        cwd=desk,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert not left.exists()
