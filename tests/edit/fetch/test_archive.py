"""Copies of pages in the archive: what is sent, which answers are believed, what is recorded."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("httpcore", reason="an extra that is not installed")

from claimcli.core.records import NOWHERE, Source
from claimcli.dossier.open import open_dossier
from claimcli.edit.fetch import archive
from claimcli.edit.fetch.archive import copy_address, find_copy, public_address, record_copies
from claimcli.edit.fetch.download import DownloadedPage, download
from claimcli.edit.fetch.select import FetchResult, Purpose, select_sources
from claimcli.edit.target import EditTarget
from tests.support.server import misbehaving

COPY = "https://web.archive.org/web/20230503000000/https://press.example/main"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return what the archive is asked for, which is a server on this machine."""
    with misbehaving() as (address, paths):
        monkeypatch.setattr(archive, "SERVICE", f"{address}/archive")
        yield paths


LOAD = partial(download, private=True, clock=time.monotonic)


def source(url: str | None, **fields: object) -> Source:
    return Source(id="s", title="S", url=url, location=NOWHERE, **fields)  # type: ignore[arg-type]


def test_a_copy_is_found_with_an_encrypted_address(asked: list[str]) -> None:
    """The archive names copies with http."""
    found = find_copy(source("https://user:secret@press.example/main#top"), LOAD)

    assert found == FetchResult("s", "recorded", COPY)
    assert asked == ["/archive?url=https%3A%2F%2Fpress.example%2Fmain"]


def test_the_copy_nearest_to_the_day_of_access_is_wanted(asked: list[str], tmp_path: Path) -> None:
    """Else that of the publication."""
    (tmp_path / "a.yaml").write_text(
        "sources:\n- {id: a, title: A, published: 2023-05-02, url: https://press.example/main}\n"
        "- {id: b, title: B, published: 2023-05-02, accessed: 2023-06-01,"
        " url: https://press.example/main}\n"
    )
    for one in open_dossier([tmp_path]).sources.values():
        find_copy(one, LOAD)

    assert [path.rpartition("&")[2] for path in asked] == [
        "timestamp=20230502",
        "timestamp=20230601",
    ]


@pytest.mark.parametrize(
    ("page", "outcome", "note"),
    [
        ("none", "none", "the archive has no copy"),
        ("was-missing", "none", "the archive has no copy"),
        ("damaged", "failed", "the archive gives an answer that cannot be read; try again later"),
        ("elsewhere", "failed", "the archive names a copy that is not in the archive"),
        ("crash", "failed", "the archive cannot be reached: "),
    ],
)
def test_nothing_is_recorded_without_a_copy_in_the_archive(
    asked: list[str], page: str, outcome: str, note: str
) -> None:
    """A copy of an error page does not count, nor does an address outside of the archive."""
    found = find_copy(source(f"https://press.example/{page}"), LOAD)

    assert (found.outcome, found.text) == (outcome, None)
    assert found.note.startswith(note)
    assert len(asked) == 1


def never(url: str) -> DownloadedPage:
    raise AssertionError(f"'{url}' was asked for")


def test_the_archive_is_not_asked_about_a_recorded_copy() -> None:
    """What is on file stays."""
    known = source("https://press.example/main", archive_url="https://archive.example/1")

    assert find_copy(known, never).outcome == "kept"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/minutes",
        "http://intranet/minutes",
        "http://wiki.intranet.local/minutes",
        "http://192.168.0.1/minutes",
        "http://[::1]/minutes",
        "http://[fe80::1]/minutes",
        "file:///home/minutes",
        "https://press.example/a b",
        "not an address",
        "",
        None,
    ],
)
def test_nothing_is_sent_about_a_private_address(url: str | None) -> None:
    """It could say what is on a network that others must not know."""
    assert find_copy(source(url), never).outcome == "failed"


def test_an_address_is_sent_without_name_password_and_fragment() -> None:
    """Ports and queries belong to the page."""
    assert public_address("https://me:pw@press.example:8080/a?b=1#c") == (
        "https://press.example:8080/a?b=1"
    )
    assert public_address("http://192.0.2.1/") == ""
    assert public_address("http://8.8.8.8/a") == "http://8.8.8.8/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/",
        "https://web.archive.org/web/2023*/https://press.example",
        "https://web.archive.org.elsewhere.example/web/2023/https://press.example",
        "javascript:alert(1)",
        "https://web.archive.org/web/2023/https://press.example/" + "x" * 4000,
    ],
)
def test_only_an_address_of_a_copy_is_believed(url: str) -> None:
    """The answer of the archive is a stranger's text."""
    assert copy_address(url) == ""


def test_copies_are_recorded_in_one_change(tmp_path: Path) -> None:
    """Nothing else of the files changes."""
    before = (
        "# mine\nsources:\n  - {id: a, title: A, published: 2023, url: https://press.example/main}  # x\n"
        "  - id: b\n    title: B\n    published: 2023\n"
    )
    (tmp_path / "a.yaml").write_text(before)
    other = before.replace("id: a", "id: c").replace("id: b", "id: d")
    (tmp_path / "b.yaml").write_text(other)
    results = [FetchResult(name, "recorded", COPY) for name in ("a", "c")]

    record_copies(EditTarget([tmp_path]), [*results, FetchResult("b", "none")])

    changed = f', archive_url: "{COPY}"}}  # x'
    assert (tmp_path / "a.yaml").read_text() == before.replace("}  # x", changed)
    assert (tmp_path / "b.yaml").read_text() == other.replace("}  # x", changed)


def test_internal_sources_and_recorded_copies_are_not_selected_by_default(tmp_path: Path) -> None:
    """An internal source is selected by its id only."""
    (tmp_path / "a.yaml").write_text(
        "sources:\n- {id: a, title: A, url: https://press.example/a}\n"
        "- {id: b, title: B, url: https://press.example/b, internal: true}\n"
        "- {id: c, title: C, url: https://press.example/c, archive_url: https://archive.example/c}\n"
        "- {id: d, title: D}\n"
    )
    dossier = open_dossier([tmp_path])

    def selected(purpose: Purpose, *names: str) -> list[str]:
        return [one.id for one in select_sources(dossier, names, purpose)]

    assert selected(Purpose.ARCHIVE) == ["a"]
    assert selected(Purpose.ARCHIVE, "b") == ["b"]
    assert selected(Purpose.CHECK) == ["a", "b", "c"]
