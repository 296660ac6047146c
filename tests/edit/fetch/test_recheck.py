"""Whether pages of sources still exist and contain their quotes."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("httpcore", reason="an extra that is not installed")

from claimcli.dossier.open import open_dossier
from claimcli.edit.fetch.download import download
from claimcli.edit.fetch.recheck import recheck
from claimcli.edit.fetch.select import FetchResult
from tests.support.server import misbehaving

Recheck = Callable[..., FetchResult]


@pytest.fixture
def server() -> Iterator[str]:
    with misbehaving() as (address, _):
        yield address


@pytest.fixture
def result(server: str, tmp_path: Path) -> Recheck:
    """Return a function that looks at a page again, for some quotes of its source."""

    def look(page: str, *quotes: str) -> FetchResult:
        claims = "".join(
            f"- {{id: c{n}, party: p, statement: s, source: {{id: a.b, quote: '{quote}'}}}}\n"
            for n, quote in enumerate(quotes)
        )
        url = f"{server}{page}"
        sources = (
            f"sources: [{{id: a.b, title: A, url: '{url}', text: old.txt, sha256: '{'0' * 64}'}}]"
        )
        (tmp_path / "a.yaml").write_text(f"{sources}\nclaims:\n{claims}" if quotes else sources)
        dossier = open_dossier([tmp_path])
        load = partial(download, private=True, clock=time.monotonic)
        return recheck(dossier, dossier.sources["a.b"], load)

    return look


def test_a_page_with_all_quotes_is_present(result: Recheck) -> None:
    """Quotes are compared as verify does, whatever the text on file is."""
    assert result("/page", "inspected in March", "LOOKED at again") == FetchResult(
        "a.b", "present", None, "2 quotes"
    )
    assert result("/text", "found sound").outcome == "present"
    assert result("/page").note == "no quotes to look for"


def test_a_page_without_a_quote_has_changed(result: Recheck) -> None:
    """The note names the claims."""
    assert result("/page", "inspected in March", "inspected in May") == FetchResult(
        "a.b", "changed", None, "1 of 2 quotes is not in it, of c1"
    )
    lost = [f"word{n} of another page" for n in range(7)]
    assert (
        result("/text", *lost).note
        == "7 of 7 quotes are not in it, of c0, c1, c2, c3, c4 and 2 more"
    )


@pytest.mark.parametrize(("page", "status"), [("/missing", 404), ("/gone", 410)])
def test_a_page_that_the_server_does_not_have_is_gone(
    result: Recheck, server: str, page: str, status: int
) -> None:
    """The hint says how to find a copy."""
    assert result(page, "found") == FetchResult(
        "a.b", "gone", None,
        f"{server}{page} answers {status}; "
        "'claimcli fetch --archive --record a.b' looks for a copy",
    )  # fmt: skip


@pytest.mark.parametrize("page", ["/broken", "/picture", "/wrong-charset", "/garbage", "/empty"])
def test_a_page_that_cannot_be_read_now_is_not_reported_as_gone(result: Recheck, page: str) -> None:
    """It may be there again tomorrow."""
    assert result(page, "found").outcome == "failed"


def test_nothing_is_stored(result: Recheck, tmp_path: Path) -> None:
    """The dossier stays as it is."""
    result("/page", "found sound")

    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_source_without_a_web_address_cannot_be_looked_at(tmp_path: Path) -> None:
    """Nothing is downloaded."""
    (tmp_path / "a.yaml").write_text(
        "sources: [{id: a, title: A}, {id: b, title: B, url: file:///x}]"
    )
    dossier = open_dossier([tmp_path])

    def never(url: str) -> None:
        raise AssertionError(url)

    assert [recheck(dossier, one, never).note for one in dossier.sources.values()] == [  # type: ignore[arg-type]
        "it has no address",
        "'file:///x' is not a web address",
    ]
