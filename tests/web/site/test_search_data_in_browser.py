"""The search of a static site in a browser, from ``file://``."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.dossier.open import open_dossier
from claimcli.dossier.output_folder import write_folder
from claimcli.web.page import PageRequest
from claimcli.web.pages import claims
from claimcli.web.reader import SiteInfo, WholeReader
from claimcli.web.render import render_page
from claimcli.web.site.files import SitePlan, plan_site, site_files
from claimcli.web.site.links import StaticLinks
from claimcli.web.site.write import site_reader
from tests.support.browser import browser  # noqa: F401 - a fixture
from tests.web.site.make_queries import HARBOUR, QUERIES

LIST = """html => {
  const root = html ? new DOMParser().parseFromString(html, "text/html") : document;
  const list = root.querySelector(".split").cloneNode(true);
  for (const link of list.querySelectorAll("a")) {
    const address = new URL(link.getAttribute("href"), "https://site.example/");
    link.setAttribute("href", `${address.pathname}${[...address.searchParams]}`);
  }
  return list.outerHTML.replace(/\\s*\\n\\s*/g, "");
}"""
"""The list and the facets of a page, with its links as the browser understands them."""
SHOWN = (
    "closed", "harbour -closed", "party:port", "(party:port OR party:fishers) when:2021",
    "tag:channel", 'tag:"depth-sounding" OR tag:closing', "position:yes", "-has:issue", "status:contested",
    "when:1999", "source:gazette", "-when:..9999 NOT party:city", "party:port kind:confirms", "油轮", "النقل",
    "has:answer OR -has:answer",
)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> WholeReader:
    return site_reader(open_dossier([HARBOUR]), SiteInfo(title="The harbour"))


@pytest.fixture(scope="module")
def plan(reader: WholeReader) -> SitePlan:
    """Give the plan of a site that has only some of the pages."""
    plan = plan_site(reader)
    wanted = ("overview", "claims", "party")
    files = {
        key: file for key, file in plan.files.items() if key[0] in wanted or "closed" in key[1]
    }
    return replace(plan, files=files)


@pytest.fixture(scope="module")
def page(
    reader: WholeReader,
    plan: SitePlan,
    browser: Any,  # noqa: F811
    tmp_path_factory: Any,
) -> Iterator[Any]:
    """Give a page of a browser whose site is that of the harbour, and refuse any message of it."""
    folder = tmp_path_factory.mktemp("site") / "harbour"
    write_folder(folder, site_files(reader, plan, whole_texts=False), "site")
    page = browser.new_page(base_url=folder.as_uri() + "/")
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    yield page
    assert messages == []
    page.close()


def open_list(page: Any, **options: str) -> None:
    """Open the list of claims and wait until it shows the answer to a query."""
    page.goto(f"claims.html?{urlencode(options)}")
    if options.get("q"):
        page.wait_for_selector(".split:not([aria-busy])")


def expected(reader: WholeReader, plan: SitePlan, query: str) -> str:
    """Return the page as the templates show the answer to a query."""
    links = StaticLinks(plan.files, "claims.html", list_pages=plan.list_pages)
    request = PageRequest(reader=reader, links=links, options={"q": query}, static=True)
    return render_page(claims.page(request), request, "claims")


def test_a_query_in_the_address_shows_what_the_templates_show(
    page: Any, reader: WholeReader, plan: SitePlan
) -> None:
    """The same rows in the same markup, and the same facets with the same links."""
    for query in SHOWN:
        open_list(page, q=query)
        assert page.evaluate(LIST, "") == page.evaluate(LIST, expected(reader, plan, query)), query


def test_the_browser_finds_what_the_command_line_finds(page: Any, reader: WholeReader) -> None:
    """Each query of the conformance file, in one page."""
    rows = [row for row in json.loads(QUERIES.read_text(encoding="utf-8")) if "pattern" not in row]
    open_list(page, q="closed")

    found = page.evaluate(
        """queries => {
          const { find } = claimcliQuery(claimcliData);
          return queries.map(query => {
            try { return find(query).map(number => claimcliData.ids[number]); }
            catch (error) { return error.message; }
          });
        }""",
        [row["query"] for row in rows],
    )

    for row, answer in zip(rows, found, strict=True):
        refused = "does not support patterns" in answer
        assert answer == row.get("ids", row.get("error")) or refused, row["query"]
    request = Request(query=parse_query("closed"), scope=Scope.CLAIMS)
    shown = page.locator(".claims code").all_inner_texts()
    assert shown == [claim.id for claim in reader.read(request).claims]


def test_an_invalid_query_shows_the_message_with_carets(page: Any) -> None:
    """Under the query as it was typed, which stays in the box."""
    open_list(page, q="harbour prty:port")

    assert page.inner_text(".split h2") == "no field 'prty'"
    assert page.inner_text(".split pre") == "harbour prty:port\n        ^^^^"
    assert page.inner_text(".split p") == "did you mean 'party'?"
    assert page.input_value("#q") == "harbour prty:port"


def test_a_pattern_is_refused(page: Any) -> None:
    """Nothing is found in another way than on the command line."""
    open_list(page, q="/harbou?r/")

    assert page.inner_text(".split h2") == "the search of these pages does not support patterns"


def test_typing_changes_the_list_and_the_address(page: Any) -> None:
    """The address shows the same list in another window; an empty box shows the whole list."""
    open_list(page)
    whole = page.inner_text(".split")

    page.fill("#q", "wreck")
    page.wait_for_url("**/claims.html?q=wreck")
    narrowed = page.inner_text(".split")
    page.reload()
    page.wait_for_selector(".split:not([aria-busy])")
    assert page.inner_text(".split") == narrowed != whole

    page.fill("#q", " ")
    page.wait_for_url("**/claims.html")
    assert page.inner_text(".split") == whole


def test_the_search_of_other_pages_leads_to_the_list(page: Any) -> None:
    """The box at the top of each page."""
    page.goto("claims/closed.html")
    page.fill("#top", "tag:channel")
    page.press("#top", "Enter")
    page.wait_for_url("**/claims.html?q=tag%3Achannel")

    page.wait_for_selector(".split:not([aria-busy])")
    assert page.locator(".claims code").all_inner_texts() == [
        "wreck-older", "channel-nine", "channel-six/port",
    ]  # fmt: skip


def test_without_script_the_list_says_so_and_is_whole(page: Any, browser: Any) -> None:  # noqa: F811
    """Whatever the address asks for."""
    context = browser.new_context(java_script_enabled=False)
    other = context.new_page()
    other.goto(page.url.partition("?")[0] + "?q=wreck")

    assert "The search needs JavaScript" in other.inner_text("main")
    assert other.locator(".claims tbody tr").count() == 21
    context.close()
