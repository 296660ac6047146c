"""Rules about sources, quotes and texts on file."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Find = Callable[..., list[tuple[str, int]]]


def test_a_quote_of_sixty_words_is_short_enough(found: Find) -> None:
    """Sixty words pass, and the sixty-first is one too many."""
    claim = "claims:\n- {{id: a, party: p, statement: s, source: {{title: t, quote: '{}'}}}}\n"

    assert found("long-quote", claim.format("w " * 60)) == []
    assert found("long-quote", claim.format("w " * 61)) == [
        ("the quote of 'a/source' has 61 words", 2)
    ]


def test_a_bad_date_of_publication_is_reported_once(found: Find) -> None:
    """A date that cannot be read is the reader's problem, and no missing date as well."""
    text = """\
sources:
- {id: a, title: A, published: soon}
- {id: b, title: B, published: }
- {id: c, title: C, published: 202X}
"""

    assert found("undated-source", text) == [("source 'b' has no date of publication", 3)]


def test_addresses_that_do_more_than_open_a_page_are_reported(found: Find) -> None:
    """Both addresses are looked at, and a long one is shown in part."""
    text = f"""\
sources:
- {{id: a, title: A, url: "javascript:alert(1)"}}
- {{id: b, title: B, archive_url: "ftp://{"x" * 100}"}}
- {{id: c, title: C, url: "https://example.org/a?b=c#d"}}
"""

    assert found("bad-link", text) == [
        ("'javascript:alert(1)' is no web address", 2),
        (f"'ftp://{'x' * 51}...' is no web address", 3),
    ]


def source(**fields: str) -> str:
    inside = "".join(f', {name}: "{value}"' for name, value in fields.items())
    return f"sources:\n- {{id: a, title: A{inside}}}\n"


def test_a_text_is_looked_for_beside_its_file(found: Find, tmp_path: Path) -> None:
    """The path is relative to the YAML file, not to where the command runs."""
    (tmp_path / "a.txt").write_text("words")
    yaml = str(tmp_path / "data.yaml")

    assert found("missing-text", source(text="a.txt"), yaml) == []
    assert found("missing-text", source(text="b.txt"), yaml) == [
        ("the text of 'a', 'b.txt', is not there", 2)
    ]
    assert found("missing-text", source(text="a.txt/b"), yaml) == [
        ("the text of 'a', 'a.txt/b', is not there", 2)
    ]


@pytest.mark.parametrize("path", ["/etc/hostname", "C:/texts/a.txt", "//server/share/a.txt"])
def test_an_absolute_path_is_reported_on_every_system(found: Find, path: str) -> None:
    """A path that holds on one computer only is none, wherever the check runs."""
    assert found("missing-text", source(text=path)) == [
        (f"the text of 'a', '{path}', is an absolute path", 2)
    ]


def test_what_is_no_file_is_never_opened(found: Find, tmp_path: Path) -> None:
    """A folder, and a pipe that nobody writes to, are named and do not hang the check."""
    os.mkfifo(tmp_path / "pipe")
    yaml = str(tmp_path / "data.yaml")

    for name in (".", "pipe"):
        assert found("missing-text", source(text=name, sha256="0"), yaml) == [
            (f"the text of 'a', '{name}', is no regular file", 2)
        ]
        assert found("changed-text", source(text=name, sha256="0"), yaml) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("\\0", "no path of a file"), ("x" * 5_000, "File name too long")],
)
def test_a_path_no_system_takes_is_reported(
    found: Find, tmp_path: Path, name: str, reason: str
) -> None:
    """What the system says becomes the problem, never a traceback."""
    [(message, _)] = found("missing-text", source(text=name), str(tmp_path / "data.yaml"))

    assert message.endswith(f"cannot be read: {reason}")
    assert len(message) < 160


def test_a_text_too_large_to_read_is_reported(found: Find, tmp_path: Path) -> None:
    """A text over 64 MiB is not read."""
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    yaml = str(tmp_path / "data.yaml")

    assert found("missing-text", source(text="a.txt"), yaml) == [
        ("the text of 'a', 'a.txt', is larger than 64 MiB", 2)
    ]
    assert found("changed-text", source(text="a.txt", sha256="0"), yaml) == []


def test_a_text_with_its_checksum_is_unchanged(found: Find, tmp_path: Path) -> None:
    """The checksum is compared in any letter case."""
    (tmp_path / "a.txt").write_bytes(b"words")
    digest = hashlib.sha256(b"words").hexdigest()
    yaml = str(tmp_path / "data.yaml")

    assert found("changed-text", source(text="a.txt", sha256=digest), yaml) == []
    assert found("changed-text", source(text="a.txt", sha256=digest.upper()), yaml) == []


def test_a_changed_text_is_reported_at_the_checksum(found: Find, tmp_path: Path) -> None:
    """A text that was edited after its checksum was taken is named."""
    (tmp_path / "a.txt").write_bytes(b"other words")
    digest = hashlib.sha256(b"words").hexdigest()

    assert found(
        "changed-text", source(text="a.txt", sha256=digest), str(tmp_path / "data.yaml")
    ) == [("the text of 'a', 'a.txt', is not the one with this checksum", 2)]


def test_a_checksum_without_a_text_is_left_alone(found: Find) -> None:
    """A checksum alone may be of a text that is kept elsewhere."""
    assert found("changed-text", source(sha256="0" * 64)) == []
