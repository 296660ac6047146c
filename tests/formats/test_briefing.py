"""The briefing as a document: every sentence has its source, and hostile text stays text."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
import yaml
from markdown_it import MarkdownIt
from msgspec.structs import replace

from claimcli.analysis.briefing import briefing
from claimcli.core.party_trees import By
from claimcli.core.records import Dossier
from claimcli.core.registry_order import Sort, sort_registries
from claimcli.core.text.escaping import one_line
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from tests.support.briefings import html, markdown
from tests.support.cli import ROOT

DossierOf = Callable[[str], Dossier]

PLEDGE = """
parties: [{id: east, name: East}, {id: west, name: West}, {id: south, name: South}]
issues: [{id: pledges, question: Was a pledge made?}]
sources:
  - {id: wire, title: Wire report, outlet: Wire, author: A. Writer, published: 2021-12-31,
     url: "https://wire.example/1", archive_url: "https://archive.example/1", kind: secondary}
claims:
  - id: pledge
    party: east
    speaker: E. Speaker
    said: 2021-12-30
    statement: West made a pledge.
    issue: pledges
    position: yes
    reports: {party: west, speaker: W. Speaker}
    source: {id: wire, quote: Versprochen, translation: promised, locator: p. 2}
    rebuttals:
      - {id: denial, party: west, kind: denies-saying, statement: No such words were said.,
         source: wire}
  - {id: aside, party: east, statement: Talks go on.}
"""

DOCUMENT = """\
# Briefing: who said what

This briefing covers 3 claims, 1 of them a rebuttal, by 2 parties, from 1 source of \
1 independent origin; said 2021-12-30; published 2021-12-31.

Parties: East, West.

1 quote, not checked: no text on file.

## Positions

| issue | East | West | South |
| --- | --- | --- | --- |
| pledges | yes | No such words were said.[^1] (`denial`) | silent |

## Was a pledge made?

Issue: `pledges`

- **East** (E. Speaker; said 2021-12-30; relaying W. Speaker, West): West made a pledge.[^1] \
(`pledge`)
  - "Versprochen", in translation "promised", p. 2 (– not verified: no text on file)[^1]
  - Position: yes
  - **West** (by 2021-12-31) denies that it was said: No such words were said.[^1] (`denial`)

```mermaid
flowchart RL
accTitle: Claims and what answers them
n1["East<br>E. Speaker, 2021-12-30<br>West made a pledge.<br>pledge, contested, position#58; yes"]
n2["West<br>by 2021-12-31<br>No such words were said.<br>denial, contested"]
n2 ==>|"denies that it was said"| n1
classDef p1 fill:#e6f2fa,stroke:#0072b2,color:#1a1a1a
class n1 p1
classDef p2 fill:#fdeee3,stroke:#b84a00,color:#1a1a1a,stroke-dasharray:9 3
class n2 p2
```

## Claims on no issue

- **East**: Talks go on. (`aside`; no source on file)

## No response on file

- **East**: Talks go on. (`aside`; no source on file)

## Timeline

- 2021-12-30: **East**: West made a pledge.[^1] (`pledge`)
- by 2021-12-31: **West**: No such words were said.[^1] (`denial`; denies that it was said: `pledge`)
- No date on file: `aside`

## Sources

[^1]: Wire report. Wire (A. Writer), 2021-12-31 (secondary). <https://wire.example/1>. \
Archived: <https://archive.example/1>.
"""


def test_the_document(dossier_of: DossierOf) -> None:
    """The document has coverage, positions, threads, unanswered claims, timeline and sources."""
    assert markdown(briefing(dossier_of(PLEDGE))) == DOCUMENT


CLAIM = re.compile(r"(?:(?:by )?\S+: )?\*\*.+?\*\*.*?: (.*?)((?:\[\^\d+\])*) \(`([^`]+)`.*\)")
QUOTE = re.compile(r'(?:~~)?"(.*?)"(?:~~)?(?:, .*)? \((?:[✓✗–]) .*\)\[\^(\d+)\]')
DETAIL = re.compile(
    r"(Position|Rests on|On the issue|Withdrawn|Note): .+"
    r"|(Restates|Supersedes|Superseded by|.+: see) `([^`]+)`|\*\*.+\*\* .+: see `([^`]+)`"
)


def plain(words: str) -> str:
    """Return markdown text without its escapes."""
    page = Page(MarkdownIt("commonmark").enable("strikethrough").renderInline(words))
    return page.text


def trace_claims(text: str, dossier: Dossier) -> set[str]:
    """Check each bullet of a briefing against the dossier; return the ids of its claims."""
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.+)$", text, re.MULTILINE))
    titles = {number: line.partition(". ")[0].rstrip(".") for number, line in notes.items()}
    told: set[str] = set()
    claim = None
    for line in text.splitlines():
        bullet = line.strip().removeprefix("- ")
        if not line.lstrip().startswith("- ") or bullet.startswith("No date on file: "):
            continue
        if found := CLAIM.fullmatch(bullet):
            claim = dossier.by_id[found[3]]
            assert plain(found[1]).endswith(one_line(claim.statement)), line
            cited = {one_line(dossier.sources[c.source].title) for c in claim.citations}
            numbers = re.findall(r"\d+", found[2])
            assert {plain(titles[number]) for number in numbers} == cited, line
            told.add(claim.id)
        elif found := QUOTE.fullmatch(bullet):
            assert claim is not None
            quotes = {
                (one_line(c.quote or ""), one_line(dossier.sources[c.source].title))
                for c in claim.citations
            }
            assert (plain(found[1]), plain(titles[found[2]])) in quotes, line
        else:
            found = DETAIL.fullmatch(bullet)
            assert found, line
            assert (found[3] or found[4] or claim.id if claim else "") in dossier.by_id, line
    return told


@pytest.mark.parametrize("name", ["call", "waterworks"])
def test_every_sentence_traces_to_a_claim_and_a_source(name: str) -> None:
    """Each bullet is a claim's statement with its sources, a quote, or a detail."""
    dossier = open_dossier([sample(name)])
    text = markdown(briefing(dossier))

    assert trace_claims(text, dossier) == set(dossier.by_id)
    assert set(re.findall(r"(?<!^)\[\^(\d+)\]", text)) == set(
        re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    )


def test_an_invented_sentence_is_detected() -> None:
    """The check fails if a word of a statement or quote is changed."""
    dossier = open_dossier([sample("call")])
    text = markdown(briefing(dossier))

    for said, other in (
        ("not planning to deploy", "planning to deploy"),
        ("be a grave", "be a small"),
    ):
        assert said in text
        with pytest.raises(AssertionError):
            trace_claims(text.replace(said, other), dossier)


def test_each_quote_says_whether_it_is_verified() -> None:
    """A mark and words say whether a quote is verified, on which line, and with which warnings."""
    text = markdown(briefing(open_dossier([sample("waterworks")])))

    for line in (
        '"inspected in March and found sound" (✓ verified, line 4)[^1]',
        '"within the limits" (✓ verified, occurs several times, lines 8, 9)[^4]',
        '"nine days, I counted them" (– not verified: no text on file)[^3]',
        '~~"a century old, and rotten right through"~~ (✗ not in the text on file)[^2]',
        '~~"The southern part was inspected"~~ (✗ not in the text, which has '
        '"The southern part was not inspected", line 9)[^1]',
        '"proof of a risk to health" (✓ verified, line 12; to note: "no" is just before it, in '
        "the same clause)[^4]",
        "Rests on: 1 independent origin: county-wire",
    ):
        assert f"- {line}\n" in text
    assert (
        "\n12 quotes: 9 verified, 1 without a text on file, 2 not in the text of their source, "
        "and struck through; of the verified 6 with something to note.\n"
    ) in text


def test_quotes_without_any_text_on_file_are_one_sentence(dossier_of: DossierOf) -> None:
    dossier = dossier_of("""
sources: [{id: wire, title: Wire}]
claims:
  - {id: one, party: east, statement: One., source: {id: wire, quote: One}}
  - {id: two, party: east, statement: Two., source: {id: wire, quote: Two}}
""")

    assert "\n2 quotes, none checked: no text on file.\n" in markdown(briefing(dossier))


def test_the_list_of_unanswered_claims_says_in_a_sentence_that_it_is_empty(
    dossier_of: DossierOf,
) -> None:
    text = markdown(briefing(dossier_of("claims: []")))

    assert "\n## No response on file\n\nNo claim is without a response on file.\n" in text


def test_a_missing_quote_is_struck_through_on_the_page_too() -> None:
    page = html(briefing(open_dossier([sample("waterworks")])))

    assert "<del>&#34;<bdi>The southern part was inspected</bdi>&#34;</del>" in page.replace(
        '<del>"', "<del>&#34;"
    ).replace('"</del>', "&#34;</del>")
    assert page.count("<del>") == 2


@pytest.mark.parametrize("party", ["kremlin", "white-house"])
def test_a_denial_goes_with_the_selection(party: str) -> None:
    """A selection of one party includes the other's denial and the denied claim."""
    dossier = open_dossier([ROOT / "data"])
    claims = tuple(claim for claim in dossier.claims if party in claim.parties)
    found = briefing(replace(dossier, claims=claims))

    for document in (markdown(found), html(found)):
        assert "denies that it was said" in document
        assert dossier.by_id["no-declaration"].statement in document
        assert dossier.by_id["no-strike-weapons"].statement in document


def test_a_restatement_refers_to_the_denial() -> None:
    """A restatement of a denied claim names the denial."""
    text = markdown(briefing(open_dossier([ROOT / "data"])))

    assert (
        "  - Restates `no-strike-weapons`\n"
        "  - On that, White House denies that it was said: see `no-declaration`\n"
    ) in text


def test_it_never_judges() -> None:
    """The tool's own words in the document take no side."""
    words = set(re.findall(r"[a-z]+", markdown(briefing(open_dossier([ROOT / "data"]))).lower()))

    assert not words & {"true", "false", "falsely", "admits", "admitted", "lied", "lies", "claims:"}


def test_details_are_shown(dossier_of: DossierOf) -> None:
    """Withdrawn and superseded claims are marked, and deep answers name the claim they answer."""
    chain = "".join(
        f"  - {{id: c{n}, party: p{n % 2}, statement: S., responds_to: c{n - 1}}}\n"
        for n in range(1, 9)
    )
    text = markdown(
        briefing(
            dossier_of(f"""
claims:
  - {{id: old, party: p, statement: Old., said: 2021, withdrawn: 2022-01}}
  - {{id: new, party: p, statement: New., said: 2022, supersedes: old}}
  - {{id: c0, party: p0, statement: S.}}
{chain}""")
        )
    )

    assert "  - Superseded by `new`\n  - Withdrawn: 2022-01\n" in text
    assert "  - Supersedes `old`\n" in text
    assert "- 2021: **p**: Old. (`old`; no source on file; withdrawn 2022-01)\n" in text
    assert f"\n{'  ' * 6}- **p0** denies: S. (`c6`; no source on file)\n" in text
    assert f"\n{'  ' * 6}- **p0** denies: S. (`c8`; no source on file; in answer to `c7`)\n" in text


def test_the_names_of_rivals_keep_their_capitals_in_a_summary(dossier_of: DossierOf) -> None:
    """Labels begin with a small letter within a sentence, names do not."""
    text = markdown(
        briefing(
            dossier_of("""
parties: [{id: north, name: North}, {id: south, name: South}]
claims:
  - {id: a, party: north, statement: A., issue: i, position: yes}
  - {id: b, party: south, statement: B., issue: i, position: no, restates: c}
  - {id: c, party: south, statement: C.}
""")
        ),
        "summary",
    )

    assert "(`a`; no source on file); South holds another position (no): see `b`\n" in text
    assert "; restates `c`; North holds another position (yes): see `a`\n" in text


def test_trees_are_named_in_the_order_of_the_matrix(dossier_of: DossierOf) -> None:
    """By tree and id, a topmost party comes at its own place, not at its first member's."""
    dossier = dossier_of("""
parties: [{id: south}, {id: east, part_of: west}, {id: west}]
claims: [{id: a, party: east, statement: A., issue: i}, {id: b, party: south, statement: B.}]
""")
    text = markdown(briefing(sort_registries(dossier, Sort.ID, By.TREE), by=By.TREE))

    assert "\nParties: south, west (east).\n" in text
    assert "\n| issue | south | west |\n" in text


def test_an_answer_from_inside_the_party_tree_is_no_response(dossier_of: DossierOf) -> None:
    """The claim has no response on file, and the member's answer is mentioned with it."""
    text = markdown(
        briefing(
            dossier_of("""
claims:
  - id: a
    party: p
    statement: A.
    responses: [{id: x, party: q, kind: declines, statement: No comment.}]
  - id: b
    party: p
    statement: B.
    responses: [{id: y, party: r, kind: declines, statement: No comment.}]
parties: [{id: q, part_of: p}]
""")
        )
    )

    unanswered = text.partition("## No response on file\n\n")[2].partition("\n\n")[0]
    assert unanswered == (
        "- **p**: A. (`a`; no source on file)\n"
        "  - **q** gives no answer when asked: see `x`\n"
        "- **q**: No comment. (`x`; no source on file; gives no answer when asked: `a`)"
    )


def test_gaps_are_visible(dossier_of: DossierOf) -> None:
    """Unreadable records are counted and listed; other errors are no gaps."""
    gaps = briefing(dossier_of("claims: [{id: a, party: p}]"))
    errors = briefing(dossier_of("claims: [{id: a, party: p, statement: A., source: s}]"))

    assert ("**This briefing has gaps:** 1 record could not be read.\n\n- t.yaml") in markdown(gaps)
    assert "<strong>This briefing has gaps:</strong> 1 record could not be read" in html(gaps)
    assert "could not be read" not in markdown(errors)
    assert "**The data has errors:**\n\n- t.yaml" in markdown(errors)


HOSTILE = [
    "a | b",
    "<script>alert(1)</script>",
    *("[x](javascript:alert(1))", "![i](http://x)", "# h"),
    *("- a", "1. a", "* * *"),
    "`a` ``b`` ```c",
    "https://evil.example",
    "www.evil.example and _www.evil.example_",
    "one\ntwo\r\n\r\n# three",
    *("שלום עולם", "left \u202eright", "👩‍👧 e\u0301"),
    *("[^1]: note", "&lt;b&gt;", "{{ 7 * 7 }} {% raw %}"),
    '" onmouseover="alert(1)',
    "~~gone~~ \\",
]


def everywhere(words: str) -> str:
    """Return a dossier with the given words in every text."""
    source = {"id": "s", "title": words, "outlet": words, "author": words, "note": words}
    links = {"url": "javascript:alert(1)", "archive_url": "https://x.example/\u202egpj"}
    cited = {"id": "s", "quote": words, "translation": words, "locator": words}
    told = {"statement": words, "speaker": words, "note": words, "position": words, "issue": "i"}
    claim = {"id": "c", "party": "p", "source": cited, "reports": {"speaker": words}, **told}
    data = {
        "parties": [{"id": "p", "name": words}],
        "issues": [{"id": "i", "question": words, "note": words}],
        "sources": [{**source, **links}],
        "claims": [{**claim, "rebuttals": [{"party": "q", "statement": words}]}],
    }
    return yaml.safe_dump(data, allow_unicode=True)


class Page(HTMLParser):
    """Collects the active and external parts of a page."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def without_pictures(document: str) -> str:
    """Remove the pictures, whose text is wrapped or encoded."""
    bare = re.sub(r"(?s)<svg .*?</svg>", "<svg></svg>", document)
    return re.sub(r"(?s)```mermaid\n.*?\n```\n", "```mermaid\n```\n", bare)


def pages(words: str, dossier_of: DossierOf) -> tuple[str, Page, Page]:
    """Return the markdown with the given words everywhere, and its page with and without pictures."""
    text = markdown(briefing(dossier_of(everywhere(words)), title=words))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return text, Page(parser.render(text)), Page(parser.render(without_pictures(text)))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text_in_markdown(words: str, dossier_of: DossierOf) -> None:
    """The document has the same elements as with harmless words, and shows all the words."""
    text, page, prose = pages(words, dossier_of)
    _, harmless, harmless_prose = pages("plain", dossier_of)

    assert page.tags == harmless.tags
    assert [value for name, value in page.attributes if name in ("href", "src")] == []
    assert prose.text.count(one_line(words)) == harmless_prose.text.count("plain")
    assert "\u202e" not in text
    assert not re.search(r"(?i)https?://|www\.", text)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text_in_html(words: str, dossier_of: DossierOf) -> None:
    """The page has no script, external source or handler, and only internal links."""
    document = html(briefing(dossier_of(everywhere(words)), title=words))
    page, prose = Page(document), Page(without_pictures(document))
    plain = html(briefing(dossier_of(everywhere("plain")), title="plain"))
    harmless = Page(without_pictures(plain))
    names = {name for name, _ in page.attributes}

    assert prose.tags == harmless.tags
    assert set(page.tags) == set(Page(plain).tags)
    assert not {"script", "img", "link", "iframe", "image", "use"} & set(page.tags)
    assert "src" not in names
    assert not {name for name in names if name.startswith("on")}
    assert {(v or "")[:1] for name, v in page.attributes if name == "href"} == {"#"}
    assert prose.text.count(one_line(words)) == harmless.text.count("plain")
    assert "\u202e" not in document


ANSWERED = """
issues: [{id: i}, {id: j, question: Is it so?}]
claims:
- {id: a, party: p, statement: A., issue: i, rebuttals: [{id: b, party: q, statement: B.}]}
- {id: c, party: q, statement: C., issue: j, rebuttals: [{id: d, party: p, statement: D.}]}
- {id: e, party: p, statement: E., issue: k}
- {id: f, party: q, statement: F., issue: k, responds_to: {claim: e, kind: confirms}}
- {id: g, party: q, statement: G., issue: i}
"""


def test_an_issue_with_a_rebuttal_has_a_picture(dossier_of: DossierOf) -> None:
    """The picture shows connected claims; an issue without opposition has none."""
    text = markdown(briefing(dossier_of(ANSWERED)))
    pictures = re.findall(r"(?s)```mermaid\n(.*?)```", text)

    assert [re.findall(r"<br>(\w)\.<br>", picture) for picture in pictures] == [
        ["C", "D"],
        ["A", "B"],
    ]
    assert text.index("## Is it so?") < text.index(pictures[0]) < text.index("## i\n")


def test_pictures_of_one_page_do_not_clash(dossier_of: DossierOf) -> None:
    """Ids are unique, each picture's style rules name its id, and a party has one style."""
    page = html(briefing(dossier_of(ANSWERED)))
    ids = [value for name, value in Page(page).attributes if name == "id"]
    pictures = re.findall(r"(?s)<svg xmlns.*?</svg>", page)
    looks = [re.findall(r"#picture-\d( \.p\d>rect\.box\{.*?\})", p) for p in pictures]

    assert len(pictures) == 2
    assert len(ids) == len(set(ids))
    for number, picture in enumerate(pictures, 1):
        sheet = re.search(r"<style>(.*?)</style>", picture)
        assert sheet
        rules = re.findall(
            r"([^{}]+)\{", sheet[1].replace("@media screen and (prefers-color-scheme:dark){", "")
        )
        assert {rule.split()[0] for rule in rules} == {f"#picture-{number}"}
    assert looks[0] == looks[1] != []


def test_a_picture_that_is_too_large_says_so(dossier_of: DossierOf) -> None:
    """Mermaid draws no more than 500 edges."""
    chain = "".join(
        f"- {{id: c{n}, party: p{n % 2}, statement: S., issue: i, responds_to: c{n - 1}}}\n"
        for n in range(1, 502)
    )
    dossier = dossier_of(f"claims:\n- {{id: c0, party: p0, statement: S., issue: i}}\n{chain}")
    text = markdown(briefing(dossier))

    assert "```" not in text
    assert "is too large for one picture; `claimcli graph` draws parts of it.\n" in text


def test_the_page_is_self_contained(dossier_of: DossierOf) -> None:
    """Its policy forbids loading anything, and every internal link has a target."""
    page = Page(html(briefing(dossier_of(PLEDGE))))
    ids = {f"#{value}" for name, value in page.attributes if name == "id"}
    links = [value or "" for name, value in page.attributes if name == "href"]

    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes
    assert [link for link in links if link not in ids] == [
        "https://wire.example/1",
        "https://archive.example/1",
    ]
