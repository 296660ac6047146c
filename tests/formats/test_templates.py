"""The documents of the package's templates."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from msgspec.structs import replace

from claimcli.analysis.briefing import briefing
from claimcli.cli.topics import topic_text
from claimcli.core.party_trees import By
from claimcli.core.records import Dossier
from claimcli.core.text.escaping import one_line
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.formats.briefing import context
from claimcli.formats.template_runner import fill_template
from claimcli.formats.templates.markup import each_once
from tests.conftest import dossier_from
from tests.formats.test_briefing import HOSTILE, PLEDGE, Page, everywhere, without_pictures
from tests.support.briefings import SHIPPED, html, markdown
from tests.support.cli import claimcli
from tests.support.dossiers import dossiers
from tests.support.trees import TREES

DossierOf = Callable[[str], Dossier]

TALKS = (
    PLEDGE
    + """
  - {id: again, party: east, statement: West did promise., restates: pledge, said: 2022}
  - {id: doubt, party: south, statement: Perhaps., issue: pledges, responds_to:
     {claim: pledge, kind: qualifies}}
"""
)

SUMMARY = """\
# Briefing: who said what

In short: 5 claims, 1 of them a rebuttal, by 3 parties, from 1 source of 1 independent origin; \
said from 2021-12-30 to 2022; published 2021-12-31. This page leaves out 1 quote, not checked: \
no text on file.

## Was a pledge made?

Positions: **East** yes. No position on file: West, South.

- **East** (E. Speaker; said 2021-12-30; relaying W. Speaker, West): West made a pledge.[^1] \
(`pledge`)
  - **West** (by 2021-12-31) denies that it was said: No such words were said.[^1] (`denial`)
  - **South** accepts in part or with a condition: Perhaps. (`doubt`; no source on file)
- **East** (said 2022): West did promise. (`again`; no source on file); restates `pledge`; on that, \
West denies that it was said: see `denial`; on that, South accepts in part or with a condition: \
see `doubt`

## Claims on no issue

- No response on file:
  - **East**: Talks go on. (`aside`; no source on file)

## Sources

[^1]: Wire report. Wire (A. Writer), 2021-12-31 (secondary). <https://wire.example/1>. \
Archived: <https://archive.example/1>.
"""

CONTRADICTIONS = """\
# Briefing: who said what

What is contested among 5 claims, 1 of them a rebuttal, by 3 parties, from 1 source of \
1 independent origin; said from 2021-12-30 to 2022; published 2021-12-31. 1 quote, not checked: \
no text on file.

## Was a pledge made?

| claim | how it is contested | opposing claim |
| --- | --- | --- |
| **East** (E. Speaker; said 2021-12-30; relaying W. Speaker, West): West made a pledge.[^1] \
(`pledge`)<br>position: yes<br>"Versprochen", in translation "promised", p. 2 (– not verified: no \
text on file)[^1]<br><br>**East** (said 2022): West did promise. (`again`; no source on file); \
restates `pledge`; on that, West denies that it was said: see `denial`; on that, South accepts in \
part or with a condition: see `doubt` | denies that it was said | **West** (by 2021-12-31): No such \
words were said.[^1] (`denial`) |

## Other answers to these claims

- **South**: Perhaps. (`doubt`; no source on file; accepts in part or with a condition: `pledge`)

## Sources

[^1]: Wire report. Wire (A. Writer), 2021-12-31 (secondary). <https://wire.example/1>. \
Archived: <https://archive.example/1>.
"""


def test_summary(dossier_of: DossierOf) -> None:
    """The summary lists positions, answered claims with answers, and unanswered claims by issue."""
    assert markdown(briefing(dossier_of(TALKS)), "summary") == SUMMARY


def test_contradictions(dossier_of: DossierOf) -> None:
    """Each contested claim is next to its opposing claims, with kinds, dates and sources."""
    assert markdown(briefing(dossier_of(TALKS)), "contradictions") == CONTRADICTIONS


def test_no_contradictions(dossier_of: DossierOf) -> None:
    """A document about uncontested claims says so."""
    found = briefing(dossier_of("claims: [{id: a, party: p, statement: A.}]"))

    assert "\nNo claim is contested.\n" in markdown(found, "contradictions")
    assert "<p>No claim is contested.</p>" in html(found, "contradictions")


def test_contradictions_name_the_claims_of_a_row_again(dossier_of: DossierOf) -> None:
    """Further opposing claims are next to the ids of the claims that the row begins with."""
    found = briefing(
        dossier_of("""
claims:
  - {id: a, party: p, statement: A., issue: i, position: yes}
  - {id: b, party: q, statement: B., issue: i, position: yes}
  - {id: c, party: r, statement: C., issue: i, position: no}
  - {id: d, party: s, statement: D., issue: i, position: no}
""")
    )
    rows = [line for line in markdown(found, "contradictions").split("\n") if line.startswith("|")]

    assert [row.split(" | ")[0] for row in rows[2:]] == [
        "| **p**: A. (`a`; no source on file); r holds another position (no): see `c`; "
        "s holds another position (no): see `d`<br>position: yes<br><br>"
        "**q**: B. (`b`; no source on file); r holds another position (no): see `c`; "
        "s holds another position (no): see `d`<br>position: yes",
        "| the same: `a`, `b`",
    ]


def test_contradictions_with_claims_outside_the_selection(dossier_of: DossierOf) -> None:
    """The selected claim is contested, and the rivals are named."""
    whole = dossier_of("""
claims:
  - {id: a, party: p, statement: A., issue: i, position: yes}
  - {id: b, party: q, statement: B., issue: i, position: no}
""")
    found = briefing(replace(whole, claims=(whole.by_id["a"],)))
    text, page = markdown(found, "contradictions"), html(found, "contradictions")

    assert "No claim is contested" not in text + page
    assert (
        "\n## Contested by claims outside this selection\n\n"
        "- **p**: A. (`a`; no source on file); q holds another position (no): see `b`\n\n## Sources"
    ) in text
    assert "<bdi>q holds another position (no): see</bdi> <code>b</code>" in page


def documents(dossier: Dossier, title: str = "") -> dict[str, tuple[str, str]]:
    """Return both forms of each template without pictures, which have their own tests."""
    found = briefing(dossier, title=title)
    return {
        name: (without_pictures(markdown(found, name)), without_pictures(html(found, name)))
        for name in SHIPPED
    }


ONLY_NAMED = r"(?:supersede[sd](?: by)?|: see)"
ID = r"(?:`|<code>)([a-z0-9][a-z0-9._/-]*)(?:`|</code>)"


@settings(max_examples=20, deadline=None)
@given(dossiers())
def test_documents_contain_all_answers(texts: dict[str, str]) -> None:
    """In any dossier, a document that shows a claim shows or names the answers to it.

    Internal answers are not named. A claim that is only named as a rival of a shown claim, or superseded by it, is not shown itself.
    """
    dossier = dossier_from(texts)
    for text in [text for pair in documents(dossier).values() for text in pair]:
        ids = set(re.findall(ID, text))
        shown = set(re.findall(ID, re.sub(rf"{ONLY_NAMED}[^`<]*(?:<[^c][^>]*>\s*)*{ID}", "", text)))
        for name in shown & dossier.answers.keys():
            answers = {answer for answer, _ in dossier.answers[name]}
            assert answers - dossier.internal <= ids


def test_answers_to_other_answers_of_a_contested_claim_are_listed() -> None:
    """However long the chain of answers is, which are not contested themselves."""
    dossier = dossier_from({"a.yaml": """
claims:
- {id: sound, party: works, statement: It is sound., rebuttals: [{id: leaks, party: residents, statement: It leaks.}]}
- {id: partly, party: city, statement: Partly., responds_to: {claim: sound, kind: qualifies}}
- {id: when, party: works, statement: In winter., responds_to: {claim: partly, kind: qualifies}}
"""})  # fmt: skip

    for text in documents(dossier)["contradictions"]:
        assert {"sound", "leaks", "partly", "when"} <= set(re.findall(ID, text))


def test_a_contested_claim_whose_denial_is_internal_has_its_other_answers() -> None:
    """The contradictions show a qualification of a claim that an internal claim denies."""
    texts = {
        "a.yaml": "claims:\n"
        "- {id: sound, party: waterworks, statement: It is sound}\n"
        "- {id: mostly, party: council, statement: Mostly, responds_to:"
        " [{claim: sound, kind: qualifies}]}\n"
        "- {id: leaks, party: residents, statement: It leaks, internal: true, responds_to:"
        " [{claim: sound, kind: denies}]}\n"
    }

    text = markdown(briefing(dossier_from(texts), title=""), "contradictions")

    assert "- **council**: Mostly (`mostly`; no source on file; accepts in part" in text
    assert "leaks" not in text


@pytest.mark.parametrize("party", ["kremlin", "white-house"])
@pytest.mark.parametrize("name", SHIPPED)
def test_answers_outside_the_selection(party: str, name: str) -> None:
    """Denials of selected claims are in the document although they were not selected."""
    dossier = open_dossier([sample("call")])
    claims = tuple(claim for claim in dossier.claims if party in claim.parties)

    for text in documents(replace(dossier, claims=claims))[name]:
        assert "denies that it was said" in text
        assert dossier.by_id["no-declaration"].statement in text
        assert dossier.by_id["no-strike-weapons"].statement in text


@pytest.mark.parametrize("data", ["call", "waterworks"])
@pytest.mark.parametrize("name", SHIPPED)
def test_claims_have_sources_and_ids(data: str, name: str) -> None:
    """Claims end with footnotes and id; footnotes exist; quotes missing in texts are struck out."""
    dossier = open_dossier([sample(data)])
    text, page = documents(dossier)[name]

    for claim in dossier.by_id.values():
        for ending in re.findall(re.escape(claim.statement) + r"(.{0,200})", text):
            assert re.match(
                rf"((\[\^\d+\])+ |(?=.*no source)) ?\(`{re.escape(claim.id)}`", ending
            ), ending
    marks = set(re.findall(r"(?<!^)\[\^(\d+)\]", text))
    assert marks <= set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    struck = 2 if data == "waterworks" and name != "summary" else 0
    assert (page.count("<del>"), text.count("~~") // 2) == (struck, struck)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("name", SHIPPED)
def test_hostile_text(words: str, name: str, dossier_of: DossierOf) -> None:
    """Hostile text gives the same elements as harmless text, and is contained in them."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    text, page = documents(dossier_of(everywhere(words)), words)[name]
    plain_text, plain_page = documents(dossier_of(everywhere("plain")), "plain")[name]

    for shown, harmless in (
        (Page(parser.render(text)), Page(parser.render(plain_text))),
        (Page(page), Page(plain_page)),
    ):
        assert shown.tags == harmless.tags
        assert shown.text.count(one_line(words)) == harmless.text.count("plain") > 0
        assert not {n for n, _ in shown.attributes if n == "src" or n.startswith("on")}
        links = {(v or "")[:1] for n, v in shown.attributes if n == "href"}
        assert links <= {"#"}
    assert "\u202e" not in text + page
    assert not re.search(r"(?i)https?://|www\.", text)


@pytest.mark.parametrize("data", ["call", "waterworks"])
@pytest.mark.parametrize("name", SHIPPED)
def test_page_loads_nothing(data: str, name: str) -> None:
    """A page's policy forbids loading; its links lead to the page itself or to sources."""
    dossier = open_dossier([sample(data)])
    page = Page(documents(dossier)[name][1])
    ids = [f"#{value}" for key, value in page.attributes if key == "id"]
    links = {value or "" for key, value in page.attributes if key == "href"}
    known = {s.url for s in dossier.sources.values()} | {
        s.archive_url for s in dossier.sources.values()
    }

    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes
    assert len(ids) == len(set(ids))
    assert links - set(ids) <= known


@pytest.mark.parametrize("name", SHIPPED)
def test_gaps_are_visible(name: str, dossier_of: DossierOf) -> None:
    """Errors in the data are listed in the document."""
    for text in documents(dossier_of("claims: [{id: a, party: p}]"))[name]:
        assert re.search("This briefing has gaps:.* 1 record could not be read", text)


TOPIC = topic_text("templates")


def test_length_of_the_help_topic() -> None:
    """The help topic on templates fits one screen."""
    lines = TOPIC.splitlines()

    assert (len(lines) <= 24, max(map(len, lines)) <= 80) == (True, True)


def documented() -> dict[str, set[str]]:
    """Return the names that the help topic lists, by the object that has them ("" for the context)."""
    _, _, rest = TOPIC.partition("Its names (an entry is an occurrence of a claim):\n")
    listed, _, _ = rest.partition("Markdown:")
    top, _, below = listed.partition("  covers  ")
    found = {"": set(top.split())}
    where = ""
    for part in re.split(
        r"(?<=\S) {3,}(?=(?:answers|cells|opposed_by): )|\n(?=  \S)", f"  covers  {below}"
    ):
        where, _, names = re.sub(r"^\s*(?:an? )?(\w+)(?::| )", r"\1|", part).partition("|")
        found[where] = set(names.split())
    return found


EVERY = """
parties: [{id: p}, {id: silent}, {id: heard}]
issues: [{id: i, question: Q?}]
sources: [{id: s, title: S., url: "https://s.example/"}]
claims:
  - {id: a, party: p, statement: A., said: 2021, issue: i, position: yes, note: N., source: {id: s, quote: Q},
     rebuttals: [{id: x, party: q, statement: X., responses: [{party: r, kind: qualifies, statement: Y.}]}]}
  - {id: h, party: heard, statement: H., issue: i}
  - {id: b, party: p, statement: B., restates: a}
"""
ENTRIES = (
    "entries",
    "unanswered",
    "timeline",
    "undated",
    "claims",
    "elsewhere",
    "beside",
    "against",
    "entry",
)
NOTES = ("footnotes", "contested_sources")


def test_documented_names(dossier_of: DossierOf) -> None:
    """The help topic lists exactly the names that templates can use."""
    names: dict[str, set[str]] = {}

    def walk(value: object, where: str) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item, where)
        elif isinstance(value, dict) and where not in ("covered", "named"):
            place = "entry" if where in ENTRIES else "footnote" if where in NOTES else where
            assert names.setdefault(place, set(value)) == set(value), where
            for name, inner in value.items():
                walk(inner, name)

    walk(context(briefing(dossier_of(EVERY))), "")

    assert documented() == names


@pytest.mark.parametrize("command", re.findall(r"^  claimcli (.*)$", TOPIC, re.MULTILINE))
def test_commands_of_the_help_topic(command: str, tmp_path: Path) -> None:
    """Each example command of the help topic works."""
    (tmp_path / "mine.md.j2").write_text("# {{ title }}\n")
    done = claimcli("--sample", "call", *command.split(), cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")


OWN = {
    "md": "# {{ title }}\n{% for e in timeline + undated %}- {{ e.party }}: {{ e.statement }} (`{{ markup(e.id) }}`)\n{% endfor %}",
    "html": "<h1>{{ title }}</h1>{% for e in timeline + undated %}<p>{{ e.party }}: {{ e.statement }} ({{ e.id }})</p>{% endfor %}",
    "text": "{{ title }}\n{% for e in timeline + undated %}{{ e.party }}: {{ e.statement }} ({{ e.id }})\n{% endfor %}",
}


@pytest.mark.parametrize("form", OWN)
def test_hostile_text_in_a_user_template(form: str, tmp_path: Path, dossier_of: DossierOf) -> None:
    """Values are escaped in users' templates without any effort by their authors."""
    claims = "claims:\n" + "".join(
        f"  - id: c{n}\n    party: p\n    statement: {quoted(words)}\n"
        for n, words in enumerate(HOSTILE)
    )
    path = tmp_path / "own.j2"
    path.write_text(OWN[form], encoding="utf-8")
    text = fill_template(path, form, context(briefing(dossier_of(claims), title="T"))).text

    assert "\u202e" not in text
    if form == "text":
        assert text.splitlines() == [
            "T",
            *(
                f"p: {one_line(w)} (c{n})"
                for n, w in sorted(enumerate(HOSTILE), key=lambda p: f"c{p[0]}")
            ),
        ]
        return
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = Page(parser.render(text) if form == "md" else text)
    assert set(page.tags) <= {"h1", "p", "ul", "li", "code"}
    assert len([tag for tag in page.tags if tag in ("p", "li")]) == len(HOSTILE)
    assert all(one_line(words) in page.text for words in HOSTILE)


def quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_document_calls_a_party_silent_whose_members_speak(
    name: str, dossier_of: DossierOf
) -> None:
    dossier = dossier_of(TREES)

    for by in By:
        found = briefing(dossier, by=by)
        for text in (markdown(found, name), html(found, name)):
            assert not re.search(r"Silent: (?:(?!\.|</span>).)*(Realm|Treasury)", text)


def test_the_documents_by_tree(dossier_of: DossierOf) -> None:
    """The briefing lists each tree with its speaking members; each position names its member."""
    found = briefing(dossier_of(TREES), by=By.TREE)
    text, summary = markdown(found), markdown(found, "summary")

    assert (
        "Parties: The Realm (Treasury, Mint, Navy), The League (League Office), Gazette.\n" in text
    )
    assert "| yes (Treasury), no (Mint) | no (League Office) | silent | silent |\n" in text
    assert (
        "| The new berths are paid for. (Navy and Mint) (`berths`; no source on file)"
        " | silent | no | silent |\n"
    ) in text
    assert (
        "Positions: **The Realm** yes (Treasury), no (Mint); **The League** no (League Office)."
        " Silent: Gazette, Abbey.\n"
    ) in summary
    assert "</span><span><b><bdi>yes (Treasury), no (Mint)</bdi></b></span></td>" in html(found)
    assert (
        '<bdi>The new berths are paid for. (Navy and Mint)</bdi></span> <span class="meta">'
        '<a href="#claim-berths">'
    ) in html(found)


def test_a_macro_writes_a_value_that_occurs_often_once() -> None:
    """Most cells of a large table of positions are the one of silent parties."""
    silent, speaks = {"text": "silent"}, {"text": "yes"}
    written: list[str] = []

    def write(cell: dict[str, str]) -> str:
        written.append(cell["text"])
        return f" {cell['text']} |"

    assert each_once([silent, speaks, silent, silent], write) == " silent | yes | silent | silent |"
    assert written == ["silent", "yes"]
