"""The pages of a small dossier in many scripts, served by a process and written as a site."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

from tests.support.cli import claimcli

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
DOSSIER = f"""\
parties:
- {{id: works, name: Alder Valley Waterworks, speakers: [Ruth Hartwell]}}
- {{id: residents, name: Residents of Mill Street}}
- {{id: valley, name: هيئة مياه الوادي}}
- {{id: company, name: 溪谷自来水公司}}
- {{id: plant, name: {LONG}}}
- {{id: silent, name: <b>The & Council</b>}}
issues:
- {{id: main, question: Was the main under Mill Street sound?, positions: [sound, not sound]}}
- {{id: water, question: هل كانت المياه آمنة في أبريل؟}}
- {{id: valve, question: 阀门有多旧?}}
- {{id: cost, question: Who pays for the {LONG}?}}
events:
- {{id: inspection, title: The inspection of the main, date: 2023-03-14, place: Mill Street}}
sources:
- {{id: press, title: Press conference, kind: primary, published: 2023-05-02, language: en,
   outlet: The Courier, url: "https://press.example/2023-05-02", text: press.txt}}
- {{id: letter, title: رسالة مفتوحة, published: 2023-05-04, language: ar, derived_from: [press]}}
- {{id: report, title: 水质报告, published: 2023-05, language: zh, text: report.txt}}
claims:
- {{id: main-was-sound, party: works, speaker: Ruth Hartwell, said: 2023-05-02, issue: main,
   position: sound, event: inspection, statement: The main was inspected and found sound.,
   tags: [pipes], source: {{id: press, quote: inspected in March and found sound}},
   asked: {{party: silent, on: 2023-05-03, due: 2023-05-10}}}}
- {{id: main-is-old, party: residents, said: 2023-05-04, issue: main, position: not sound,
   statement: The main is a century old and leaks., source: {{id: press, quote: The main leaks}},
   responds_to: [{{claim: main-was-sound, kind: denies}}]}}
- {{id: half-inspected, party: residents, issue: main, statement: Half of it was inspected.,
   responds_to: [{{claim: main-was-sound, kind: denies-utterance}}]}}
- {{id: main-is-sound, party: works, said: 2023-06, issue: main, position: sound,
   statement: The main is sound., restates: main-was-sound, source: press,
   reports: {{speaker: Ida Brennan}}}}
- {{id: water-was-safe, party: valley, speaker: علي حسن, said: 2023-05-08, issue: water,
   statement: كانت المياه آمنة ونظيفة طوال شهر أبريل., source: letter, position: آمنة}}
- {{id: water-was-brown, party: [residents, plant], said: 2023-05-09, issue: water,
   statement: "Brown water came out of the taps for nine days, and <i>nobody</i> said why.",
   position: "not safe", source: {{id: report, quote: 水质安全}}}}
- {{id: iron-only, party: company, said: 2023-05-10, issue: water, statement: 水中只有铁,水质安全。,
   source: {{id: report, quote: 水质安全, translation: the water is safe}},
   responds_to: [{{claim: water-was-brown, kind: qualifies}}]}}
- {{id: old-valve-{LONG.lower().replace("ä", "a")}, party: plant, issue: valve,
   statement: "{LONG}{LONG}", source: {{id: press, quote: forty years old}}}}
- {{id: valve-is-new, party: company, said: 2023-07-01, withdrawn: 2023-08-01, issue: valve,
   statement: 阀门是新的。}}
- {{id: residents-pay, party: works, said: 2023-05-02, about: 2024, issue: cost,
   statement: The residents pay for it., source: press}}
- {{id: no-issue, party: residents, said: 2022, statement: We were not asked., internal: true}}
"""
TEXTS = {
    "press.txt": "Press conference, 2 May 2023\n\nHARTWELL: The main was inspected in March and "
    "found sound.\nThe valve is forty years old.\n",
    "report.txt": "报告\n\n水中只有铁,水质安全。\n",
}
_HREF = re.compile(r'<a\b[^>]*?href="([^"]*)"')


def write_dossier(folder: Path) -> Path:
    """Write the dossier into a new folder and return the folder."""
    folder.mkdir()
    (folder / "claimcli.toml").write_text('title = "Brown water"\n', encoding="utf-8")
    (folder / "dossier.yaml").write_text(DOSSIER, encoding="utf-8")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@contextmanager
def served(*source: str) -> Iterator[str]:
    """Serve a dossier, such as of ``--data PATH``; give the address of its first page."""
    command = [sys.executable, "-m", "claimcli", *source, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            address = re.search(r"http://\S+/", process.stdout.readline())
            assert address
            yield address[0]
        finally:
            process.terminate()


def written(data: Path, folder: Path) -> str:
    """Write the site of a dossier, wrong quotes included; return the address of its first page."""
    done = claimcli("--data", str(data), "site", "-o", str(folder), "--force")
    assert done.returncode == 0, done.stderr
    return (folder / "index.html").as_uri()


class Link(NamedTuple):
    """A page that was reached by links: its address without a fragment, and its HTML."""

    address: str
    html: str


def fetch(address: str) -> str:
    """Return the HTML at an address, "" for another kind of file.

    The refusal to export wrong quotes (409) is a page; any other failure raises HTTPError.
    """
    try:
        answer = urlopen(address)
    except HTTPError as error:
        if error.code != HTTPStatus.CONFLICT:
            raise
        answer = error
    with answer:
        return answer.read().decode() if answer.headers.get_content_type() == "text/html" else ""


def crawl(first: str, *, queries: bool = True) -> Iterator[Link]:
    """Yield each page that links lead to from a first one; without ``queries`` none with a "?"."""
    base, waiting = urljoin(first, "."), [first]
    seen = set(waiting)
    for address in waiting:
        html = fetch(address)
        yield Link(address, html)
        for href in _HREF.findall(html):
            target = urldefrag(urljoin(address, href.replace("&amp;", "&"))).url
            if target.startswith(base) and target not in seen and (queries or "?" not in target):
                seen.add(target)
                waiting.append(target)


def page_name(address: str, first: str) -> str:
    """Return the part of an address after that of the first page's folder, readable."""
    return "/" + unquote(address.removeprefix(urljoin(first, ".")))
