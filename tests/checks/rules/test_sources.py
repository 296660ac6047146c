"""Rules about sources, quotes and texts on file."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Find = Callable[..., list[tuple[str, int]]]


def test_long_quote(found: Find) -> None:
    """A quote of sixty words passes; one of sixty-one words is reported."""
    claim = "claims:\n- {{id: a, party: p, statement: s, source: {{title: t, quote: '{}'}}}}\n"

    assert found("long-quote", claim.format("w " * 60)) == []
    assert found("long-quote", claim.format("w " * 61)) == [
        ("the quote of 'a/source' has 61 words", 2)
    ]


def test_source_without_a_date(found: Find) -> None:
    """A missing date is reported; an invalid one is not reported as missing, too."""
    text = """\
sources:
- {id: a, title: A, published: soon}
- {id: b, title: B, published: }
- {id: c, title: C, published: 202X}
"""

    assert found("undated-source", text) == [("source 'b' has no date of publication", 3)]


def test_invalid_addresses(found: Find) -> None:
    """Both addresses of a source are checked; a long one is abbreviated."""
    text = f"""\
sources:
- {{id: a, title: A, url: "javascript:alert(1)"}}
- {{id: b, title: B, archive_url: "ftp://{"x" * 100}"}}
- {{id: c, title: C, url: "https://example.org/a?b=c#d"}}
"""

    assert found("bad-link", text) == [
        ("'javascript:alert(1)' is not a web address", 2),
        (f"'ftp://{'x' * 51}...' is not a web address", 3),
    ]


def source(**fields: str) -> str:
    inside = "".join(f', {name}: "{value}"' for name, value in fields.items())
    return f"sources:\n- {{id: a, title: A{inside}}}\n"


def test_path_of_a_text(found: Find, tmp_path: Path) -> None:
    """The path is relative to the YAML file, not to the working folder."""
    (tmp_path / "a.txt").write_text("words")
    yaml = str(tmp_path / "data.yaml")

    assert found("missing-text", source(text="a.txt"), yaml) == []
    assert found("missing-text", source(text="b.txt"), yaml) == [
        ("the text of 'a', 'b.txt', does not exist", 2)
    ]
    assert found("missing-text", source(text="a.txt/b"), yaml) == [
        ("the text of 'a', 'a.txt/b', does not exist", 2)
    ]


@pytest.mark.parametrize("path", ["/etc/hostname", "C:/texts/a.txt", "//server/share/a.txt"])
def test_absolute_paths(found: Find, path: str) -> None:
    """A path that is absolute on any operating system is reported on all of them."""
    assert found("missing-text", source(text=path)) == [
        (f"the text of 'a', '{path}', is an absolute path", 2)
    ]


def test_folders_and_pipes_are_not_opened(found: Find, tmp_path: Path) -> None:
    """A folder or a pipe is reported, and the check does not block."""
    os.mkfifo(tmp_path / "pipe")
    yaml = str(tmp_path / "data.yaml")

    for name in (".", "pipe"):
        assert found("missing-text", source(text=name, sha256="0"), yaml) == [
            (f"the text of 'a', '{name}', is not a regular file", 2)
        ]
        assert found("changed-text", source(text=name, sha256="0"), yaml) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("\\0", "not a valid path"), ("x" * 5_000, "File name too long")],
)
def test_invalid_paths(found: Find, tmp_path: Path, name: str, reason: str) -> None:
    """The operating system's error becomes the problem's message."""
    [(message, _)] = found("missing-text", source(text=name), str(tmp_path / "data.yaml"))

    assert message.endswith(f"cannot be read: {reason}")
    assert len(message) < 160


def test_too_large_text(found: Find, tmp_path: Path) -> None:
    """A text of more than 64 MiB is reported and not read."""
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    yaml = str(tmp_path / "data.yaml")

    assert found("missing-text", source(text="a.txt"), yaml) == [
        ("the text of 'a', 'a.txt', is larger than 64 MiB", 2)
    ]
    assert found("changed-text", source(text="a.txt", sha256="0"), yaml) == []


def test_unchanged_text(found: Find, tmp_path: Path) -> None:
    """A text with its checksum is not reported; the checksum can be in upper case."""
    (tmp_path / "a.txt").write_bytes(b"words")
    digest = hashlib.sha256(b"words").hexdigest()
    yaml = str(tmp_path / "data.yaml")

    assert found("changed-text", source(text="a.txt", sha256=digest), yaml) == []
    assert found("changed-text", source(text="a.txt", sha256=digest.upper()), yaml) == []


def test_changed_text(found: Find, tmp_path: Path) -> None:
    """A text that changed since its checksum was taken is reported at the checksum."""
    (tmp_path / "a.txt").write_bytes(b"other words")
    digest = hashlib.sha256(b"words").hexdigest()

    assert found(
        "changed-text", source(text="a.txt", sha256=digest), str(tmp_path / "data.yaml")
    ) == [("the text of 'a', 'a.txt', does not have this checksum", 2)]


def test_checksum_without_a_text(found: Find) -> None:
    """A checksum without a text is not checked."""
    assert found("changed-text", source(sha256="0" * 64)) == []
