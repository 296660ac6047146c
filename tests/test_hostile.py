"""Hostile text arrives as text and nothing else; hostile files end in a message."""

import csv
import io
import json
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claimcli.analysis.briefing import briefing
from claimcli.analysis.diff import diff as diff_of
from claimcli.analysis.list import TABLE_FIELDS, listing
from claimcli.checks import registry
from claimcli.core.records import Dossier
from claimcli.core.table import comma_separated, markdown, to_json, tsv
from claimcli.core.text.escaping import for_markdown, one_line
from claimcli.dossier.open import open_dossier
from claimcli.formats import check, diff
from tests.support import briefings
from tests.support.cli import claimcli
from tests.support.terminal import in_terminal

HOSTILE = [
    "a | b || c",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![i](http://evil.example/i.png)",
    "line one\nline two\r\nline three",
    "# heading",
    "- item",
    "1. item",
    "* * *",
    "`code` ``more``",
    "https://evil.example and www.evil.example",
    "me@evil.example @everyone :smile: $x$",
    "&lt;b&gt; &amp; <b>",
    "[^1]: a footnote",
    "שלום עולם مرحبا",
    "left \u202eright\u202c end",
    "one\x85two\u2028three\u2029four",
    "\u001b[31mred\u009b31m",
    "👩‍👩‍👧 e\u0301 a\u0308",
    "=cmd|' /C calc'!A1",
    "tab\there \\t",
    "{{ 7 * 7 }} {% raw %}",
    '" onmouseover="alert(1)',
]


def dossier_with(folder: Path, statement: str) -> Dossier:
    """Read a dossier in which every text is the statement."""
    claim = {
        "id": "x",
        "party": "a",
        "statement": statement,
        "speaker": statement,
        "position": statement,
        "issue": "i",
        "note": statement,
        "source": {
            "title": statement,
            "outlet": statement,
            "quote": statement,
            "locator": statement,
            "url": "javascript:alert(1)",
            "published": "2021",
        },
        "rebuttals": [{"party": "b", "statement": f"{statement} not"}],
    }
    data = {
        "parties": [{"id": "a", "name": statement}],
        "issues": [{"id": "i", "question": statement}],
        "claims": [claim],
    }
    (folder / "d.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return open_dossier([folder])


class Page(HTMLParser):
    """Collects what a page would do besides showing text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_it_as_text(text: str, tmp_path: Path) -> None:
    """No element, attribute or link comes out of the data, and the text is all there."""
    pages: dict[str, list[Page]] = {"good": [], "bad": []}
    for name, words in (("good", "harmless"), ("bad", text)):
        (tmp_path / name).mkdir()
        dossier = dossier_with(tmp_path / name, words)
        for html in (
            diff.html(diff_of(dossier, "a", "b")),
            briefings.html(briefing(dossier)),
        ):
            page = Page()
            page.feed(html)
            pages[name].append(page)

    for harmless, page in zip(*pages.values(), strict=True):
        assert page.tags == harmless.tags
        assert not page.tags & {"script", "img", "iframe", "object", "foreignobject", "b<"}
        assert not {name for name in page.attributes if name.startswith("on")}
        assert [link for link in page.links if not link.startswith("#")] == []
        assert one_line(text) in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_it_as_text(text: str) -> None:
    """A markdown reader shows the text itself: no link, image, code, heading, list or HTML."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for source in (
        f"- **p**: {for_markdown(text)}\n",
        f"| a |\n| --- |\n| {for_markdown(text)} |\n",
    ):
        page = Page()
        page.feed(parser.render(source))

        assert page.tags <= {"ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}
        assert one_line(text) in page.text.replace("\u2060", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_documents_keep_their_shape(text: str, tmp_path: Path) -> None:
    """The documents with hostile text have the elements of one with harmless text."""
    (tmp_path / "good").mkdir()
    (tmp_path / "bad").mkdir()
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    shapes = []
    for name, words in (("good", "harmless"), ("bad", text)):
        dossier = dossier_with(tmp_path / name, words)
        documents = (
            briefings.markdown(briefing(dossier)),
            diff.markdown(diff_of(dossier, "a", "b", words=False)),
            markdown(listing(dossier, TABLE_FIELDS).table()),
        )
        shapes.append([[t.type for t in parser.parse(document)] for document in documents])

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_flat_formats_carry_it(text: str, tmp_path: Path) -> None:
    """In tsv it stays in its field, in csv and json it reads back."""
    dossier = dossier_with(tmp_path, text)
    table = listing(dossier, ["id", "statement"]).table()

    lines = tsv(table).split("\n")
    rows = list(csv.reader(io.StringIO(comma_separated(table))))
    loaded = json.loads(to_json(listing(dossier).records))
    assert [line.count("\t") for line in lines if line] == [1, 1, 1]
    assert [len(row) for row in rows] == [2, 2, 2]
    assert not rows[1][1].startswith(("=", "+", "-", "@"))
    assert loaded[0]["statement"] == dossier.by_id["x"].statement


@pytest.mark.parametrize("text", HOSTILE)
def test_a_terminal_is_never_steered(text: str, tmp_path: Path) -> None:
    """No control character of the data reaches a terminal from any command."""
    dossier_with(tmp_path, text)
    for command in ("list", "show x", "diff a b", "check", "list --format tsv", "list -f json"):
        shown, _ = in_terminal(
            f"{sys.executable} -m claimcli --data . {command}",
            cwd=tmp_path,
            env={"NO_COLOR": "1"},
        )
        plain = shown.replace("\x1b[1m", "").replace("\x1b[0m", "")
        for style in ("2", "3", "4", "2;3", "3;2", "1;4"):
            plain = plain.replace(f"\x1b[{style}m", "")

        assert not set(plain) & {"\x1b", "\x9b", "\u202e", "\r", "\x07"}


WORDS = """
claims: sources: parties: issues: events: - id: a b party: p statement: x rebuttals: responses:
kind: denies said: 2021 [ ] { } , & * &a *a ! !!x | > ' " # --- ... ? : ~ % responds_to: restates:
supersedes: source: quote: title: text: ../x derived_from: part_of:
"""
YAML_BITS = st.sampled_from([*WORDS.split(), "\t", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", " "])


def survives(folder: Path, data: bytes) -> bool:
    """Read bytes as a file, and put the result through everything; True if that ends."""
    (folder / "f.yaml").write_bytes(data)
    dossier = open_dossier([folder])
    problems = registry.run_rules(dossier)
    assert check.full(registry.check_dossier(dossier, problems)) is not None
    assert len(listing(dossier).records) == len(dossier.claims)
    assert briefings.markdown(briefing(dossier)).startswith("# ")
    parties = list(dossier.parties)
    if len(parties) > 1 and not any(p.part_of for p in dossier.parties.values()):
        assert diff.html(diff_of(dossier, parties[0], parties[1]))
    return True


LASTING = settings(
    deadline=None,
    max_examples=75,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.slow
@LASTING
@given(bits=st.lists(YAML_BITS, max_size=60))
def test_random_yaml_never_ends_in_a_traceback(bits: list[str], tmp_path: Path) -> None:
    """Pieces of YAML and of the model in any order are read or reported."""
    assert survives(tmp_path, " ".join(bits).encode())


@pytest.mark.slow
@LASTING
@given(data=st.binary(max_size=300))
def test_random_bytes_never_end_in_a_traceback(data: bytes, tmp_path: Path) -> None:
    """Bytes of any kind are read or reported."""
    assert survives(tmp_path, data)


TREES = st.recursive(
    st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["claims", "sources", "parties", "issues", "events", "id", "party", "statement", "kind",
             "rebuttals", "responses", "responds_to", "source", "quote", "said", "restates"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=40,
)  # fmt: skip


@pytest.mark.slow
@LASTING
@given(tree=st.dictionaries(st.sampled_from(["claims", "sources", "parties"]), TREES, max_size=3))
def test_random_trees_never_end_in_a_traceback(tree: object, tmp_path: Path) -> None:
    """Well-formed YAML of the wrong shape is read or reported."""
    assert survives(tmp_path, yaml.safe_dump(tree, allow_unicode=True).encode())


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "claims:\n- " + "[" * 5_000 + "]" * 5_000,
        "claims: &a [*a]\n",
        "claims:\n- &a {id: x, party: p, statement: s, rebuttals: [*a]}\n",
        "".join(f"%TAG !a{n}! tag:x,2020:\n" for n in range(100_000)) + "--- a",
        "\ufeffclaims: []\n",
        "claims:\n" + "".join(f"- &x{n} a\n" for n in range(20_000)),
        f"claims:\n- {{id: a,{' ' * 500_000}party: p}}\n",
    ],
    ids=["flow", "maps", "block", "deep", "self", "loop", "tags", "bom", "anchors", "spaces"],
)
def test_exhausting_files_are_bounded(text: str, tmp_path: Path) -> None:
    """Nesting, loops, directives and anchors without end come back in no time with a message."""
    assert survives(tmp_path, text.encode())


@pytest.mark.slow
def test_a_long_thread_of_answers_is_shown(dossier_of: Callable[[str], Dossier]) -> None:
    """Ten thousand answers to answers, and a circle of them, exhaust nothing."""
    claims = "".join(
        f"  - {{id: c{n}, party: p{n % 2}, statement: S{n}., responds_to: c{(n + 1) % 10_000}}}\n"
        for n in range(10_000)
    )
    dossier = dossier_of(f"claims:\n{claims}")

    assert briefings.markdown(briefing(dossier)).count("(`c") == 10_000
    assert len(diff_of(dossier, "p0", "p1").rows) == 1
    assert "response-cycle" in {problem.rule for problem in registry.run_rules(dossier)}


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    """Hash seed, locale and the order in which paths are named change nothing."""
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text(
            f"claims: [{{id: {name}, party: p{name}, statement: Ünï {name}., issue: i, "
            f"position: {name}}}]",
            encoding="utf-8",
        )
    orders = (["a", "b", "c"], ["c", "b", "a"])
    places = ({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8"},
              {"PYTHONIOENCODING": "latin-1"})  # fmt: skip
    for command in (
        ["list"],
        ["diff", "pa", "pb", "-f", "html"],
        ["export"],
        ["check"],
        ["parties"],
    ):
        outputs = set()
        for order in orders:
            for env in places:
                data = [word for name in order for word in ("--data", f"{name}.yaml")]
                if command == ["check"]:
                    data = []
                    command_now = ["check", *(f"{name}.yaml" for name in order)]
                else:
                    command_now = command
                outputs.add(claimcli(*data, *command_now, cwd=tmp_path, env=env).stdout)
        assert len(outputs) == 1
        assert "traceback" not in outputs.pop().lower()
