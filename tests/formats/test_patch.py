"""A patch turns one file into the other, whatever their contents."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcli.core.text import line_diff
from claimcli.formats.patch import patch

lines = st.lists(
    st.sampled_from([b"a\n", b"b\n", b"\n", b"c\rd\n", b"-- x\n", b"e\r\n"]), max_size=25
)
texts = st.tuples(lines, st.sampled_from([b"", b"end"])).map(lambda found: b"".join((*found[0], found[1])))  # fmt: skip


def apply_patch(before: bytes, change: bytes) -> bytes:
    """Apply a unified diff by its line numbers; removed lines must match."""
    old, after, at = list(BytesIO(before)), [], 0
    shown = list(BytesIO(change))[2:]
    for line, following in zip(shown, [*shown[1:], b""], strict=False):
        held = line[1:-1] if following.startswith(b"\\ No newline") else line[1:]
        if header := re.match(rb"@@ -(\d+)(?:,(\d+))? \+", line):
            start = int(header[1]) - (header[2] != b"0")
            after += old[at:start]
            at = start
        elif line[:1] in (b" ", b"-"):
            assert old[at] == held
            after += [held] * (line[:1] == b" ")
            at += 1
        elif line[:1] == b"+":
            after.append(held)
    return b"".join(after + old[at:])


@settings(deadline=None)
@given(texts, texts, st.sampled_from([0, 20, 250_000]))
def test_a_patch_turns_one_text_into_the_other(before: bytes, after: bytes, small: int) -> None:
    """This includes texts that are too large for a full comparison."""
    kept = line_diff._SMALL
    line_diff._SMALL = small
    try:
        change = patch("f", before, after)
    finally:
        line_diff._SMALL = kept

    assert apply_patch(before, change) == after
    assert (change == b"") == (before == after)


def test_a_new_file_has_no_old_lines() -> None:
    assert patch("/x/y", b"", b"a\nb") == (
        b"--- /dev/null\n+++ b/x/y\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n"
    )


def test_a_new_binary_file_is_only_named() -> None:
    """Such as the original of a PDF, whose bytes would confuse a terminal."""
    assert patch("a b.pdf", None, b"%PDF\0\x1b[2J\n") == (
        b"Binary files /dev/null and b/a b.pdf differ\n"
    )


@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-p1"]])
@pytest.mark.parametrize(
    "name", ["a.yaml", "my files/a b.yaml", "été.yaml", 'q"\\.yaml', "t\tb\n.yaml", "\x1b[1m.yaml",
             "\u202edlo.yaml", "l\udcff.yaml", "a  b.yaml"]
)  # fmt: skip
def test_git_and_patch_read_any_file_name(name: str, tool: list[str], tmp_path: Path) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"'{tool[0]}' is not installed")
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"a\n")
    change = patch(name, b"a\n", b"b\n")
    done = subprocess.run([*tool], input=change, cwd=tmp_path, capture_output=True, check=False)

    assert (done.returncode, file.read_bytes()) == (0, b"b\n"), done
    assert b"\x1b" not in change


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 7])
def test_large_texts_with_many_differences(step: int) -> None:
    """Half a million lines with every line or every seventh changed are handled."""
    before = [b"    party: p\n" if n % 3 else b"  - id: %d\n" % n for n in range(500_000)]
    after = [line.upper() if not n % step else line for n, line in enumerate(before)]

    change = patch("f", b"".join(before), b"".join(after))

    assert change.count(b"\n-") >= 500_000 // step - 1
