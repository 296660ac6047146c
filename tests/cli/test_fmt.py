"""``claimcli fmt`` for people, scripts and editors."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from claimcli.cli.topics import topic_text
from tests.support.cli import claimcli, obeying_modes
from tests.support.terminal import in_terminal

UNTIDY = "claims:\n- statement: It rained.\n  id: rain   # heard\n  party: 'residents'\n"
TIDY = "claims:\n  - id: rain  # heard\n    party: residents\n    statement: It rained.\n"
BROKEN = "claims: [\n"
PATCH = """\
--- a/data/untidy.yaml
+++ b/data/untidy.yaml
@@ -1,4 +1,4 @@
 claims:
-- statement: It rained.
-  id: rain   # heard
-  party: 'residents'
+  - id: rain  # heard
+    party: residents
+    statement: It rained.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with a dossier of two files, one of them untidy."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "tidy.yaml").write_text(TIDY.replace("rain", "snow"), encoding="utf-8")
    (data / "untidy.yaml").write_text(UNTIDY, encoding="utf-8")
    return tmp_path


def test_files_are_formatted_and_reported(desk: Path) -> None:
    """Permissions stay, and a second run changes nothing."""
    path = desk / "data" / "untidy.yaml"
    path.chmod(0o640)
    done = claimcli("fmt", cwd=desk)

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "formatted data/untidy.yaml\n1 file formatted, 1 unchanged\n"
    assert path.read_text(encoding="utf-8") == TIDY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert claimcli("fmt", cwd=desk).stderr == "0 files formatted, 2 unchanged\n"


def test_check_and_diff_write_nothing(desk: Path) -> None:
    """They exit with 1 if something would change, else with 0; the patch applies."""
    checked = claimcli("fmt", "--check", cwd=desk)
    shown = claimcli("fmt", "--diff", cwd=desk)
    both = claimcli("fmt", "--diff", "--check", "data", cwd=desk)

    assert (checked.returncode, checked.stdout) == (1, "data/untidy.yaml\n")
    assert checked.stderr == "1 file would change, 1 would not\n"
    assert (shown.returncode, shown.stdout, shown.stderr) == (1, PATCH, checked.stderr)
    assert (both.returncode, both.stdout) == (1, PATCH)
    assert (desk / "data" / "untidy.yaml").read_text(encoding="utf-8") == UNTIDY
    assert claimcli("fmt", "--check", "data/tidy.yaml", cwd=desk).returncode == 0
    subprocess.run(["git", "apply"], cwd=desk, input=PATCH.encode(), check=True)
    assert (desk / "data" / "untidy.yaml").read_text(encoding="utf-8") == TIDY


def test_an_unreadable_file_is_skipped(desk: Path) -> None:
    """The others are formatted; the location and the reason are reported, with exit code 3."""
    (desk / "data" / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    (desk / "data" / "latin.yml").write_bytes(b"claims: \xe9\n")
    (desk / "data" / "workflow.yml").write_bytes(b"on:   push\n")
    done = claimcli("fmt", cwd=desk)

    assert done.returncode == 3
    assert done.stderr == (
        "data/broken.yaml:2:1: left unchanged: while parsing a flow node: did not find expected "
        "node content [yaml-syntax]\n"
        "data/latin.yml:1:9: left unchanged: the byte 0xe9 is not UTF-8\n"
        "data/workflow.yml:1:1: left unchanged: not a file of a dossier: it has none of the "
        "keys parties, sources, issues, events, claims\n"
        "formatted data/untidy.yaml\n"
        "1 file formatted, 1 unchanged, 3 could not be formatted\n"
    )
    assert (desk / "data" / "broken.yaml").read_text(encoding="utf-8") == BROKEN


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_among_the_files_is_not_read(desk: Path, make) -> None:
    make(desk / "data" / "z.yaml")
    done = claimcli("fmt", "--check", cwd=desk)

    assert done.returncode == 3
    assert "data/z.yaml:1:1: left unchanged: this is not a file that can be read\n" in done.stderr


def test_a_read_only_file_is_not_written(desk: Path) -> None:
    """It is reported, although replacing it would be possible."""
    path = desk / "data" / "untidy.yaml"
    path.chmod(0o444)
    done = claimcli("fmt", cwd=desk, before=obeying_modes())

    assert (done.returncode, path.read_text(encoding="utf-8")) == (3, UNTIDY)
    assert "data/untidy.yaml: left unchanged: you may not write to it\n" in done.stderr


def test_a_link_stays_a_link(desk: Path) -> None:
    """Its target is formatted."""
    (desk / "elsewhere").write_text(UNTIDY, encoding="utf-8")
    (desk / "data" / "untidy.yaml").unlink()
    (desk / "data" / "link.yaml").symlink_to(desk / "elsewhere")

    assert claimcli("fmt", cwd=desk).returncode == 0
    assert (desk / "data" / "link.yaml").is_symlink()
    assert (desk / "elsewhere").read_text(encoding="utf-8") == TIDY


@pytest.mark.parametrize("arguments", [["-"], ["--stdin-filename", "data/a.yaml"], ["-", "--stdin-filename", "x"]])  # fmt: skip
def test_standard_input_is_formatted_to_standard_output(
    arguments: list[str], tmp_path: Path
) -> None:
    """No dossier is needed."""
    done = claimcli("fmt", *arguments, stdin=UNTIDY, cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, TIDY, "")


def test_standard_input_can_be_checked(tmp_path: Path) -> None:
    """Under its name; an unreadable text gives no output."""
    diff = claimcli("fmt", "--diff", "--stdin-filename", "data/untidy.yaml", stdin=UNTIDY, cwd=tmp_path)  # fmt: skip
    check = claimcli("fmt", "--check", "-", stdin=UNTIDY, cwd=tmp_path)
    broken = claimcli("fmt", "--stdin-filename", "a.yaml", stdin=BROKEN, cwd=tmp_path)

    assert (diff.returncode, diff.stdout) == (1, PATCH)
    assert (check.returncode, check.stdout) == (1, "-\n")
    assert (broken.returncode, broken.stdout, broken.stderr) == (
        3, "", "a.yaml:2:1: left unchanged: while parsing a flow node: did not find expected "
        "node content [yaml-syntax]\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["-", "data"], "error: standard input and files exclude each other; name one of them\n"),
        (["data", "--stdin-filename", "a"], "error: standard input and files exclude each other; name one of them\n"),
        ([""], "error: a path is empty; name a file or folder, or leave it out\n"),
        (["--data", ""], "error: the value of --data is empty; write one, or leave it out\n"),
        (["--sample", "waterworks"], "error: a sample cannot be changed; add --check or --diff\n"),
    ],
)  # fmt: skip
def test_wrong_use_is_an_error(desk: Path, arguments: list[str], error: str) -> None:
    done = claimcli("fmt", *arguments, cwd=desk, stdin=UNTIDY)

    assert (done.returncode, done.stderr) == (2, error)
    assert (desk / "data" / "untidy.yaml").read_text(encoding="utf-8") == UNTIDY


def test_a_missing_path_is_an_error(desk: Path) -> None:
    done = claimcli("fmt", "nowhere", cwd=desk)

    assert (done.returncode, done.stderr) == (
        3, "error: no file or folder 'nowhere'; look at the path\n"
    )  # fmt: skip


def test_named_files_are_written_with_sample_too(desk: Path) -> None:
    """They are written whatever the data is."""
    done = claimcli("--sample", "call", "fmt", "data/untidy.yaml", cwd=desk)

    assert (done.returncode, done.stderr.splitlines()[0]) == (0, "formatted data/untidy.yaml")


@pytest.mark.parametrize("below", ["sub", "data", ".."])
def test_a_patch_applies_in_the_project_folder(desk: Path, below: str) -> None:
    """Names are relative to this folder, or to that of the claimcli.toml above it."""
    (desk / "claimcli.toml").write_text('data = ["data"]\n')
    (desk / "sub").mkdir()
    cwd = (desk / below).resolve()
    where = ["--data", str(desk / "data")] if below == ".." else []
    shown = claimcli(*where, "fmt", "--diff", cwd=cwd).stdout
    expected = {"sub": "data/", "data": "", "..": f"{desk.name}/data/"}[below]

    assert shown.startswith(f"--- a/{expected}untidy.yaml\n+++ b/{expected}untidy.yaml\n")


def test_keep_order_keeps_the_order_of_claims(tmp_path: Path) -> None:
    one = "  - {{id: {0}, party: p, statement: s, said: {0}}}\n".format
    text = f"claims:\n{one(2023)}{one(2022)}"

    assert claimcli("fmt", "-", stdin=text).stdout == f"claims:\n{one(2022)}{one(2023)}"
    assert claimcli("fmt", "-", "--keep-order", stdin=text).stdout == text


def test_a_patch_on_a_terminal_is_coloured_and_safe(desk: Path) -> None:
    """Bidirectional control characters are made visible there, and unchanged in a pipe."""
    (desk / "data" / "untidy.yaml").write_text(UNTIDY.replace("heard", "he\u202eard"), encoding="utf-8")  # fmt: skip
    command = f"{sys.executable} -m claimcli fmt --diff"
    shown, code = in_terminal(command, cwd=desk, env={"NO_COLOR": ""})
    plain, _ = in_terminal(command, cwd=desk, env={"NO_COLOR": "1"})
    piped = claimcli("fmt", "--diff", cwd=desk).stdout

    assert code == 1
    assert "\x1b[31m-- statement: It rained.\x1b[0m\n" in shown
    assert "\x1b[32m+    party: residents\x1b[0m\n" in shown
    assert re.sub("\x1b\\[[0-9;]*m", "", shown) == plain
    assert "+  - id: rain  # he⟨U+202E⟩ard\n" in plain
    assert "+  - id: rain  # he\u202eard\n" in piped


def test_the_topic_fits_one_screen() -> None:
    lines = topic_text("fmt").splitlines()

    assert (len(lines) <= 24, max(map(len, lines)) <= 80) == (True, True)
