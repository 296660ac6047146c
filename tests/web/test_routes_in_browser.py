"""Pages in a browser, from a server and from files: readable for everyone, and without surprises."""

# ruff: noqa: F811 - fixtures
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.support.browsed_pages import (
    crawl,
    page_name,
    served,
    write_dossier,
    written,
)
from tests.support.browser import AXE, axe, browser  # noqa: F401
from tests.support.cli import claimcli

pytestmark = pytest.mark.slow
VNU = AXE.parents[1] / "vnu-jar" / "build" / "dist" / "vnu.jar"
BLOCKED = "Resource violates Content Security Policy"
"""The checker takes no file of a folder for one of the same origin, as browsers do."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
INVALID = ("claims?q=against:(", "claims?q=party:nobody", "claim/main", "matrix?by=hue")
"""Addresses of a server that have no page, so that the page says why."""
MAIN = "document.querySelector('main').innerHTML"
IDS = ".claims .what code"
VIOLATIONS = """async ([values, rules]) => {
  const only = rules ? {type: "rule", values: rules} : {type: "tag", values};
  const found = (await axe.run({runOnly: only, resultTypes: ["violations"], preload: false})).violations;
  return found.map((one) => [one.id, one.nodes.map((node) => node.html)]);
}"""


@pytest.fixture(scope="module")
def firsts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Give the addresses of the first pages: of a server, and of files."""
    folder = tmp_path_factory.mktemp("pages")
    data = write_dossier(folder / "data")
    with served("--data", str(data)) as address:
        yield {"server": address, "files": written(data, folder / "site"), "data": str(data)}


def listed_ids(data: str, *query: str) -> list[str]:
    """Return the ids of the claims that the command line lists."""
    listed = claimcli("--data", data, "list", *query, "--fields", "id", "-f", "json").stdout
    return re.findall(r'"id": "([^"]+)"', listed)


def longest_pages(first: str) -> dict[str, str]:
    """Return the HTML of the longest page of each kind, by address."""
    chosen: dict[str, tuple[int, str, str]] = {}
    for address, html in crawl(first, queries=False):
        name = PurePosixPath(page_name(address, first))
        kind = str(name if name.parent == PurePosixPath("/") else name.parent)
        if html and name.stem != "briefing":
            chosen[kind] = max(chosen.get(kind, (0, "", "")), (len(html), address, html))
    return {address: html for _, address, html in chosen.values()}


def complaints(page: Any, address: str, axe: str) -> Iterator[str]:
    """Yield what a visit to a page finds wrong, in light and dark mode."""
    heard: list[str] = []
    origin = urljoin(address, "/") if address.startswith("http") else "file:///"
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(address)
    yield from (line for line in heard if not line.startswith((origin, "data:")))
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "it scrolls sideways"
    page.evaluate(axe)
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        for rule, nodes in page.evaluate(VIOLATIONS, [RULES, rules]):
            yield f"{scheme} {rule}: {nodes}"


@pytest.mark.parametrize(("kind", "width"), [("server", 375), ("server", 1280), ("files", 375)])
def test_no_obstacles(
    firsts: Mapping[str, str],
    browser: Any,
    axe: str,
    kind: str,
    width: int,
) -> None:
    """Each kind of page: axe-core finds no violation in light and dark mode, nothing is reported on
    the console or loaded from elsewhere, and only regions that can be focused scroll sideways.
    """
    wrong = {}
    context = browser.new_context(viewport={"width": width, "height": 800})
    for address in longest_pages(firsts[kind]):
        page = context.new_page()
        wrong[page_name(address, firsts[kind])] = [*complaints(page, address, axe)]
        page.close()
    context.close()

    assert len(wrong) >= 18
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("width", [375, 1280])
def test_messages_are_pages_without_obstacles(
    firsts: Mapping[str, str],
    browser: Any,
    axe: str,
    width: int,
) -> None:
    """An invalid query and an unknown id have a page in the frame, of which axe-core is silent."""
    for path in INVALID:
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        lines = [*complaints(page, firsts["server"] + path, axe)]

        assert [line for line in lines if "the server responded with" not in line] == []
        assert len(lines) == 1, path
        assert page.locator("nav a").count() > 5
        context.close()


@pytest.mark.parametrize("kind", ["server", "files"])
def test_html_is_valid(firsts: Mapping[str, str], kind: str, tmp_path: Path) -> None:
    """The checker of the HTML standard has no message on any page."""
    java = shutil.which("java")
    if not java or not VNU.is_file():
        pytest.skip("vnu is not installed: npm install --prefix .ci/node vnu-jar; it needs Java")
    for number, html in enumerate(longest_pages(firsts[kind]).values()):
        (tmp_path / f"{number}.html").write_text(html, encoding="utf-8")
    done = subprocess.run(
        [java, "-Xss2m", "-jar", str(VNU), "--format", "gnu", *map(str, tmp_path.iterdir())],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    lines = [line for line in done.stderr.splitlines() if BLOCKED not in line]

    assert lines == []


@pytest.mark.parametrize("kind", ["server", "files"])
def test_links_lead_to_every_claim(firsts: Mapping[str, str], kind: str) -> None:
    """Without a script, from the first page; records for internal use have no page in a site."""
    shown = {page_name(address, firsts[kind]) for address, _ in crawl(firsts[kind], queries=False)}
    listed = listed_ids(firsts["data"])
    pattern = "/claim/{}" if kind == "server" else "/claims/{}.html"
    missing = {name for name in listed if pattern.format(name) not in shown}

    assert len(listed) > 10
    assert missing == (set() if kind == "server" else {"no-issue"})


@pytest.mark.parametrize("kind", ["server", "files"])
def test_an_address_is_the_whole_state(
    firsts: Mapping[str, str],
    browser: Any,
    kind: str,
) -> None:
    """A new browser shows at each address what is shown to the person who went there by links."""
    session = browser.new_context().new_page()
    first = firsts[kind]
    addresses = [
        page.address for page in islice(crawl(first, queries=kind == "server"), 80) if page.html
    ]
    stateful = [address for address in addresses if "?" in address or "/diff/" in address]
    assert len(stateful) > 5
    for address in stateful[:12]:
        session.goto(address)
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        assert page.evaluate(MAIN) == session.evaluate(MAIN), page_name(address, first)
        context.close()
    session.context.close()


@pytest.mark.parametrize("kind", ["server", "files"])
@pytest.mark.parametrize("query", ["party:works", "水质安全", "status:contested -issue:water"])
def test_a_typed_query_finds_what_list_finds(
    firsts: Mapping[str, str],
    browser: Any,
    kind: str,
    query: str,
) -> None:
    """The address then contains the query, and shows the same in a new browser."""
    expect = pytest.importorskip("playwright.sync_api").expect
    expected = listed_ids(firsts["data"], query)
    page = browser.new_context().new_page()
    page.goto(urljoin(firsts[kind], "claims" + (".html" if kind == "files" else "")))
    page.fill("main input[name=q]", query)
    page.wait_for_url("**?*q=*")
    expect(page.locator(IDS)).to_have_text(expected)
    again = browser.new_context().new_page()
    again.goto(page.url)

    expect(again.locator(IDS)).to_have_text(expected)
    page.context.close()
    again.context.close()


def test_the_first_screen_says_what_the_dossier_is(browser: Any) -> None:
    """At 1280 x 800: title, period, counts, parties, issues with their relation, and the gaps."""
    with served("--sample", "call") as first:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(first)
        seen = page.evaluate("""() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const box = range.getBoundingClientRect();
            if (box.height && box.bottom <= innerHeight) texts.push(walker.currentNode.data);
          }
          return texts.join(" ");
        }""")
        context.close()
    text = re.sub(r"\s+", " ", seen)
    records = claimcli("--sample", "call", "issues", "-f", "json").stdout
    questions = re.findall(r'"question": "([^"]+)"', records)

    assert [words for words in ("26 claims", "2021", "2022") if words not in text] == []
    assert [question for question in questions if question not in text] == []
    assert [name for name in ("Kremlin", "White House", "PBS NewsHour") if name not in text] == []
    assert [word for word in ("contested", "no response on file") if word not in text.lower()] == []
