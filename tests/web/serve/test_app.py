"""The answers of the server."""

import os
from pathlib import Path

import pytest

from claimcli.dossier.runtime import EXTRAS
from claimcli.web.routes import ROUTES
from tests.support.cli import ROOT, claimcli
from tests.support.requests import Site

SAMPLE = ROOT / "data"
CLAIM = "claims: [{id: a, party: p, statement: S., said: 2020}]\n"


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(SAMPLE)


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    """The tag of each page is the stamp of the data."""
    stamp = site.get("/stamp").text
    first = site.get("/claims")

    assert first.headers["etag"] == f'"{stamp}"'
    again = site.get("/claims", if_none_match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert site.get("/claims", if_none_match='"other"').status == 200


def test_the_head_of_a_page_is_that_of_get(site: Site) -> None:
    """HEAD gives the status and the headers of GET; uvicorn leaves the content out."""
    head, page = site.get("/claims", method="HEAD"), site.get("/claims")

    assert head.status == 200
    assert head.headers["etag"] == page.headers["etag"]
    assert head.headers["content-length"] == str(len(page.content))


def test_a_changed_file_changes_the_stamp_and_the_page(tmp_path: Path) -> None:
    """Pages that are kept are made again."""
    (tmp_path / "a.yaml").write_text(CLAIM)
    site = Site(tmp_path)
    before, page = site.get("/stamp").text, site.get("/").text
    (tmp_path / "a.yaml").write_text(
        CLAIM.replace("claims:", "issues: [{id: i, question: Q?}]\nclaims:")
    )

    assert site.get("/stamp").text != before
    assert site.get("/").text != page
    assert "Q?" in site.get("/issues").text


def test_an_unknown_id_is_answered_with_similar_ones(site: Site) -> None:
    answer = site.get("/claim/no-strike-weapon")

    assert answer.status == 404
    assert 'href="/claim/no-strike-weapons"' in answer.text


def test_an_invalid_query_is_answered_with_its_place(site: Site) -> None:
    answer = site.get("/claims?q=nofield:x")

    assert answer.status == 400
    assert "no field &#39;nofield&#39;" in answer.text
    assert "nofield:x\n^^^^^^^" in answer.text


def test_a_long_address_is_refused(site: Site) -> None:
    answer = site.get(f"/claims?q={'x' * 60_000}")

    assert (answer.status, "the address is too long" in answer.text) == (400, True)


def test_an_error_in_the_program_is_a_page_and_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page does not show where it is."""
    (tmp_path / "a.yaml").write_text(CLAIM)
    route = next(route for route in ROUTES if route.name == "claims")
    broken = type(route)(
        name=route.name, path=route.path, options=route.options, make=lambda request: 1 / 0
    )
    monkeypatch.setattr("claimcli.web.serve.app.ROUTES", (broken,))
    site = Site(tmp_path)
    answer = site.get("/claims")

    assert (answer.status, "ZeroDivisionError" in answer.text) == (500, False)
    assert [report.splitlines()[-1] for report in site.reports] == [
        "ZeroDivisionError: division by zero"
    ]


def test_data_that_is_gone_is_a_page(tmp_path: Path) -> None:
    """It comes back with the data."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yaml").write_text(CLAIM)
    site = Site(folder)
    folder.rename(tmp_path / "other")

    assert site.get("/claims").status == 409
    (tmp_path / "other").rename(folder)
    assert site.get("/claims").status == 200


def test_errors_in_the_data_are_counted_above_each_page(tmp_path: Path) -> None:
    """What can be read is shown."""
    (tmp_path / "a.yaml").write_text(CLAIM)
    (tmp_path / "b.yaml").write_text("claims: [")
    page = Site(tmp_path).get("/claims").text

    assert "1 error in the data" in page
    assert 'href="/problems"' in page
    assert "S." in page


def test_a_program_gets_errors_as_json(site: Site) -> None:
    answer = site.get("/api/claims?q=nofield:x")

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/json"
    assert answer.text.startswith('{"error":"no field \'nofield\'","hint":')


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/export/briefing.md", ["export"]),
        ("/export/briefing.html?q=sanctions", ["export", "sanctions", "--format", "html"]),
        ("/api/claims?q=sanctions", ["list", "sanctions", "--format", "json"]),
        ("/api/claim/no-strike-weapons", ["show", "no-strike-weapons", "--format", "json"]),
        ("/api/diff/kremlin/white-house", ["diff", "kremlin", "white-house", "--format", "json"]),
    ],
)
def test_documents_are_those_of_the_commands(site: Site, address: str, command: list[str]) -> None:
    done = claimcli("--data", os.path.relpath(SAMPLE, ROOT), *command, cwd=ROOT)
    mine = Site(Path(os.path.relpath(SAMPLE)) if Path.cwd() == ROOT else SAMPLE)
    text = mine.get(address).text.replace(f"{ROOT}/", "")

    assert text == done.stdout.replace(f"{ROOT}/", "")


@pytest.mark.parametrize(
    ("form", "extra", "module"), [("pdf", "pdf", "typst"), ("docx", "word", "docx")]
)
def test_a_briefing_for_printing_is_that_of_export(
    form: str, extra: str, module: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is offered next to the list where its extra is installed, else its address says what to do."""
    pytest.importorskip(module, reason="an extra that is not installed")
    address, link = f"/export/briefing.{form}", f'href="/export/briefing.{form}?q=sanctions"'
    written = tmp_path / f"briefing.{form}"
    claimcli("--data", str(SAMPLE), "export", "sanctions", "-o", str(written))
    answer = site.get(f"{address}?q=sanctions")

    assert link in site.get("/claims?q=sanctions").text
    assert (answer.status, answer.content == written.read_bytes()) == (200, True)
    assert answer.headers["content-type"].startswith("application/")

    monkeypatch.setitem(EXTRAS, extra, (("no_such_module",), ""))
    without = Site(SAMPLE)
    refused = without.get(address)
    assert link not in without.get("/claims?q=sanctions").text
    assert (refused.status, f"pip install &#39;claimcli[{extra}]&#39;" in refused.text) == (
        404,
        True,
    )


def test_a_briefing_with_gaps_is_refused(tmp_path: Path) -> None:
    """The reason is that of ``export``."""
    (tmp_path / "a.yaml").write_text(CLAIM)
    (tmp_path / "b.yaml").write_text("claims: [")
    answer = Site(tmp_path).get("/export/briefing.md")

    assert answer.status == 409
    assert "1 error in the data would leave gaps" in answer.text


def test_a_document_may_use_its_own_style(site: Site) -> None:
    """It loads nothing all the same."""
    policy = site.get("/export/briefing.html").headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
