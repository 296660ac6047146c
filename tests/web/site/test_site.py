"""A site: all pages of a dossier as files that link to each other and load nothing else."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.config import Configuration
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import LoadOptions, open_dossier
from claimcli.web.index_reader import IndexReader
from claimcli.web.links import ServerLinks
from claimcli.web.page import Document, PageRequest
from claimcli.web.reader import SiteInfo
from claimcli.web.render import POLICY, render_page
from claimcli.web.routes import PATHS, ROUTES
from claimcli.web.site import write
from claimcli.web.site.files import plan_site
from claimcli.web.site.links import StaticLinks
from claimcli.web.site.write import site_reader, write_site
from tests.support.site_pages import ParsedPage, dead_links, pages_of, unreachable

DossierOf = Callable[[str], Dossier]
TEXT = """\
The minutes of the meeting.
The mayor opened it.
The river is clean, the mill said.
Somebody asked for the results.
"""
DATA = """\
parties:
  - {id: con, name: Conservancy}
  - {id: mill, name: Paper Mill}
  - {id: town, name: "بلدية النهر", part_of: con}
  - {id: lab, name: "<script>alert(1)</script>"}
issues:
  - {id: river, question: "Is the river <clean>?"}
  - {id: aux, question: Who pays?}
sources:
  - {id: nul, title: "Minutes & more", published: 2023-05-02, text: minutes.txt, language: en,
     url: "https://minutes.example/1"}
  - {id: report, title: Report, published: 2023-06-01, derived_from: [nul]}
events:
  - {id: meeting, title: The meeting, date: 2023-05-01}
claims:
  - id: clean
    party: [mill, con]
    issue: river
    position: clean
    event: meeting
    statement: The river is clean.
    sources: [{id: nul, quote: "The river is clean"}]
    tags: [fish, "a/b <c>"]
    rebuttals:
      - {party: town, statement: "النهر ليس نظيفا", said: 2023-05-03, kind: denies}
  - {id: dirty, party: lab, issue: river, position: not clean, statement: It is not., source: report}
  - {id: paid, party: town, issue: aux, statement: "\\e[31mWe\\e[0m pay.", said: 2023,
     source: {title: A leaflet, published: 2023}}
"""
INFO = SiteInfo(title="The river", description="Who says what of it")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a dossier with joint parties, quotes with their text, and names that are not ASCII."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "a.yaml").write_text(DATA, encoding="utf-8")
    (folder / "minutes.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["call", "river"])
def opened(request: pytest.FixtureRequest, data: Path) -> tuple[Path, Dossier]:
    """Give the bundled dossier, and the one above."""
    path = data if request.param == "river" else sample(request.param)
    return path, open_dossier([path])


@pytest.fixture(scope="module")
def site(opened: tuple[Path, Dossier], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a site."""
    folder = tmp_path_factory.mktemp("web") / "site"
    write_site(folder, site_reader(opened[1], INFO))
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, ParsedPage]:
    """Give the pages of the site."""
    return pages_of(site)


def test_each_link_leads_to_a_file_and_an_anchor(site: Path, pages: dict[str, ParsedPage]) -> None:
    """So does each address of what a page loads, which is never that of another server."""
    assert dead_links(site, pages) == []


def test_each_page_can_be_reached_from_the_first(pages: dict[str, ParsedPage]) -> None:
    """By links alone, without a script."""
    assert unreachable(pages) == set()


def test_pages_forbid_what_they_do_not_need(pages: dict[str, ParsedPage]) -> None:
    """No page but the briefing, a document of its own, has code or styles in it."""
    without = {name: page for name, page in pages.items() if name != "briefing.html"}

    assert {page.policy for page in without.values()} == {POLICY}
    assert {name: page.inline for name, page in without.items() if page.inline} == {}


class _LinksOfSite(ServerLinks):
    """Addresses of a server, but only of pages that a site has too."""

    def __init__(self, links: StaticLinks) -> None:
        super().__init__(PATHS)
        self.static = links

    def to(self, route: str, *ids: str, anchor: str = "", **options: str) -> str:
        exists = self.static.to(route, *ids, anchor=anchor, **options)
        return super().to(route, *ids, anchor=anchor, **options) if exists else ""


def _served(path: Path) -> Iterator[tuple[str, ParsedPage]]:
    """Yield each page of a server that a site has too, with the name of its file."""
    settings = Configuration(title=INFO.title, description=INFO.description)
    reader = IndexReader([path], LoadOptions(), settings=lambda: settings).current()
    plan = plan_site(site_reader(open_dossier([path]), INFO))
    routes = {route.name: route for route in ROUTES}
    for (name, ids), file in plan.files.items():
        route = routes[name]
        request = PageRequest(
            reader=reader,
            links=_LinksOfSite(StaticLinks(plan.files, file)),
            ids=dict(zip(re.findall(r"\{(\w+)\}", route.path), ids, strict=True)),
            options=dict.fromkeys(route.options, ""),
            whole_texts=False,
        )
        page = route.make(request)
        if not isinstance(page, Document):
            yield file, ParsedPage(render_page(page, request, name))


def test_a_server_shows_the_same_text(
    opened: tuple[Path, Dossier], pages: dict[str, ParsedPage]
) -> None:
    """Each page of a site says what the server's page says, apart from links that need one."""
    for file, served in _served(opened[0]):
        assert (file, pages[file].main) == (file, served.main)


def test_text_of_strangers_is_text(site: Path) -> None:
    """Control characters are spelled out, and markup is escaped, on every page."""
    for file in site.rglob("*.html"):
        content = file.read_bytes()
        assert b"<script>alert" not in content, file
        assert b"\x1b" not in content, file


def test_the_list_of_claims_is_split(
    dossier_of: DossierOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part of the list links to the others, and each claim is on one of them."""
    monkeypatch.setattr("claimcli.web.site.files.ROWS", 2)
    claims = "".join(
        f"- {{id: c{n}, party: p, statement: S{n}., said: 202{n}}}\n" for n in range(5)
    )

    write_site(tmp_path / "site", site_reader(dossier_of(f"claims:\n{claims}"), INFO))
    pages = pages_of(tmp_path / "site")

    assert sorted(name for name in pages if name.startswith("claims") and "/" not in name) == [
        "claims-2.html", "claims-3.html", "claims.html",
    ]  # fmt: skip
    assert [n for n in range(5) if f"S{n}." in pages["claims-2.html"].main] == [2, 3]
    assert dead_links(tmp_path / "site", pages) == []
    assert unreachable(pages) == set()


def test_a_site_of_selected_claims_has_their_threads_alone(data: Path, tmp_path: Path) -> None:
    """No other claim, and no source of others, is in any file; the status stays."""
    dossier = open_dossier([data])
    selected = replace(dossier, claims=(dossier.by_id["clean/town"],))

    write_site(tmp_path / "site", site_reader(selected, INFO))

    assert sorted(path.name for path in (tmp_path / "site" / "claims").iterdir()) == [
        "clean.html", "clean~town.html",
    ]  # fmt: skip
    written = b"".join(path.read_bytes() for path in (tmp_path / "site").rglob("*.*"))
    assert b"It is not." not in written
    assert b"leaflet" not in written
    pages = pages_of(tmp_path / "site")
    assert dead_links(tmp_path / "site", pages) == []
    assert unreachable(pages) == set()


def test_a_large_site_is_refused_unless_forced(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says how many files it would have."""
    monkeypatch.setattr(write, "MOST_CLAIMS", 3)
    reader = site_reader(open_dossier([data]), INFO)

    with pytest.raises(ClaimcliError, match=r"^a site of 4 claims has [0-9]+ files; select some"):
        write_site(tmp_path / "site", reader)
    assert list(tmp_path.iterdir()) == []

    count = write_site(tmp_path / "site", reader, force=True)

    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert len(files) == count + 1  # and the list of files


def test_the_reader_gives_narrow_parts(data: Path) -> None:
    """The list of the site's claims is complete."""
    reader = site_reader(open_dossier([data]), INFO)

    assert [c.id for c in reader.read(Request(scope=Scope.CLAIMS)).claims] == [
        "paid", "clean", "clean/town", "dirty",
    ]  # fmt: skip
