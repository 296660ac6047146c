"""``claimcli verify``: verdicts, warnings, formats and exit codes."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from claimcli.dossier.data_folders import sample
from claimcli.quotes.verdict import Verdict
from claimcli.quotes.warnings import WarningKind
from tests.support.cli import ROOT, TEST_DATA, claimcli
from tests.support.pdf import Words, pdf
from tests.support.terminal import in_terminal

SOURCES = TEST_DATA / "sources"

LETTER = "The main was inspected in March, and found sound. Nobody has looked at it since.\n"
CLAIM = """\
sources: [{{id: letter, title: Letter, published: 2023, text: letter.txt{more}}}]
claims:
  - {{id: a, party: p, statement: A., source: {{id: letter, quote: "{quote}"}}}}
"""


def verify(folder: Path, quote: str, *arguments: str, more: str = "") -> tuple[int, str, str]:
    """Verify one quote of a letter; return the exit code and both streams."""
    (folder / "a.yaml").write_text(CLAIM.format(quote=quote, more=more), encoding="utf-8")
    if not (folder / "letter.txt").exists():
        (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    done = claimcli("verify", "--data", ".", *arguments, cwd=folder)
    return done.returncode, done.stdout, done.stderr


def waterworks(*arguments: str) -> subprocess.CompletedProcess[str]:
    return claimcli("--sample", "waterworks", "verify", *arguments)


def test_the_sample_has_every_verdict_and_every_warning() -> None:
    """Each warning about plain text once, and each verdict except the common ones."""
    found = json.loads(waterworks("--format", "json").stdout)
    verdicts = Counter(one["verdict"] for one in found)
    warnings = Counter(name for one in found for name in one["warnings"])

    assert set(verdicts) == set(Verdict)
    assert {v: n for v, n in verdicts.items() if n > 1} == {"exact": 4, "edited": 2}
    assert warnings == dict.fromkeys(set(WarningKind) - {WarningKind.OUTSIDE}, 1)
    problems = claimcli("--sample", "waterworks", "check", "--format", "concise").stdout
    assert problems.count("[quote-not-in-text]") == len(problems.splitlines()) == 2


def test_the_sample_says_that_it_is_made_up() -> None:
    """In its files and in each of its texts."""
    folder = sample("waterworks")

    assert "made-up" in (folder / "parties.yaml").read_text(encoding="utf-8").lower()
    for text in (folder / "texts").iterdir():
        assert "A made-up text, written for this sample." in text.read_text(encoding="utf-8")


def test_json_has_the_documented_keys() -> None:
    """One object per citation with a quote; offsets count code points of the text."""
    found = json.loads(waterworks("--format", "json").stdout)
    one = next(record for record in found if record["claim"] == "main-was-sound")
    text = (sample("waterworks") / "texts" / "press-conference.txt").read_text(encoding="utf-8")

    assert list(one)[:12] == [
        "claim", "source", "quote", "verdict", "warnings", "line", "column", "start", "end",
        "passage", "selectors", "fragment_url",
    ]  # fmt: skip
    assert text[one["start"] : one["end"]] == one["quote"] == one["selectors"][0]["exact"]
    assert text.splitlines()[one["line"] - 1][one["column"] - 1 :].startswith(one["quote"])
    assert one["passage"] == "The main under Mill Street was inspected in March and found sound."
    assert one["fragment_url"] == (
        "https://waterworks.example/press/2023-05-02"
        "#:~:text=inspected%20in%20March%20and%20found%20sound"
    )
    assert [json.loads(line) for line in waterworks("-f", "jsonl").stdout.splitlines()] == found


def test_tsv_and_markdown_have_the_same_quotes() -> None:
    quotes = [one["quote"] for one in json.loads(waterworks("-f", "json").stdout)]
    tsv = waterworks().stdout.splitlines()
    table = waterworks("-f", "md").stdout.splitlines()

    assert tsv[0].split("\t")[:4] == ["verdict", "claim", "source", "quote"]
    assert [line.split("\t")[3] for line in tsv[1:]] == quotes
    assert waterworks("-f", "tsv").stdout.splitlines() == tsv
    assert [line.split(" | ")[3] for line in table[2:]] == quotes


def test_sarif_names_rules_and_locations() -> None:
    """SARIF 2.1.0: a rule for each result, located at the quote in the YAML, related to the text."""
    log = json.loads(waterworks("-f", "sarif").stdout)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    altered = next(r for r in run["results"] if r["ruleId"] == "altered")
    place = altered["locations"][0]["physicalLocation"]

    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in run["results"])
    assert altered["level"] == "error"
    assert "The southern part was *not* inspected" in altered["message"]["text"]
    line = Path(place["artifactLocation"]["uri"].removeprefix("file://")).read_text().splitlines()
    region = place["region"]
    shown = line[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
    assert shown == '"The southern part was inspected"'
    beside = altered["relatedLocations"][0]["physicalLocation"]
    assert beside["artifactLocation"]["uri"].endswith("/texts/press-conference.txt")
    assert beside["region"]["startLine"] == 9


def test_github_gets_one_command_per_finding() -> None:
    lines = waterworks("-f", "github", "--select", "altered,polarity").stdout.splitlines()

    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning"]
    assert all("title=" in line and ",line=" in line and ",endColumn=" in line for line in lines)


@pytest.mark.parametrize(
    ("quote", "arguments", "code"),
    [
        ("inspected in March", (), 0),
        ("Inspected in march", (), 0),
        ("Inspected in march", ("--strict",), 1),
        ("has looked at it", (), 0),
        ("body has looked at it", ("--strict",), 1),
        ("inspected in May", (), 1),
        ("inspected in May", ("--ignore", "altered"), 0),
        ("inspected in May", ("--select", "exact"), 0),
        ("a wholly other thing", (), 1),
    ],
)
def test_the_exit_code_depends_on_the_verdicts(
    tmp_path: Path, quote: str, arguments: tuple[str, ...], code: int
) -> None:
    """1 for altered or missing quotes, with --strict for warnings too; ignored ones do not count."""
    assert verify(tmp_path, quote, *arguments)[0] == code


def test_an_ignored_warning_is_not_shown(tmp_path: Path) -> None:
    quote = "spected in March"
    _, shown, _ = verify(tmp_path, quote, "-f", "json", "--ignore", "truncated", "--strict")

    assert json.loads(shown)[0]["warnings"] == []


def test_an_unknown_verdict_has_a_suggestion(tmp_path: Path) -> None:
    code, shown, stderr = verify(tmp_path, "x", "--select", "exact,alterd")

    assert (code, shown) == (2, "")
    assert stderr == "error: no verdict or warning 'alterd'; did you mean 'altered'?\n"


def test_a_text_with_another_checksum_fails(tmp_path: Path) -> None:
    """Even if the quote is in it: the rest of the text may have changed too."""
    more = f", sha256: {'0' * 64}"
    code, shown, _ = verify(tmp_path, "inspected in March", "-f", "json", more=more)
    (one,) = json.loads(shown)

    assert (code, one["verdict"], one["warnings"]) == (1, "exact", ["changed-text"])
    assert verify(tmp_path, "x", "--ignore", "changed-text,missing", more=more)[0] == 0


def test_a_changed_text_fails_without_a_quote_of_it_too(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER)
    yaml = CLAIM.format(quote="x", more=f", sha256: {'0' * 64}").replace(', quote: "x"', "")
    (tmp_path / "a.yaml").write_text(yaml)
    done = claimcli("verify", "--data", ".", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        "warning: source 'letter': the text is not the one with the checksum on file\n0 quotes\n"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "'letter.txt' does not exist"),
        (
            b"caf\xe9",
            "'letter.txt' is not UTF-8 from byte 3 on; it seems to be windows-1252; save it as UTF-8,"
            " for example with 'iconv -f windows-1252 -t utf-8'",
        ),
        (b"n\0o\0w\0", "'letter.txt' has no byte order mark; it seems to be utf-16le; save it"),
        (b"\xff\xfen\0o", "'letter.txt' is not UTF-16 from byte 4 on; it seems to be utf-16; save"),
    ],
)
def test_an_unreadable_text_is_not_ignored(tmp_path: Path, data: bytes | None, reason: str) -> None:
    """Exit code 3, the verdict no-text, and the reason."""
    (tmp_path / "a.yaml").write_text(CLAIM.format(quote="x", more=""))
    if data is not None:
        (tmp_path / "letter.txt").write_bytes(data)
    done = claimcli("verify", "--data", ".", "-f", "json", cwd=tmp_path)
    (one,) = json.loads(done.stdout)

    assert (done.returncode, one["verdict"]) == (3, "no-text")
    assert one["reason"].startswith(reason)
    assert done.stderr.startswith(f"warning: source 'letter': {reason}")
    assert done.stderr.endswith("\n1 quote: 1 no-text\n")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_text_with_a_byte_order_mark_is_read(tmp_path: Path, codec: str) -> None:
    """Editors on Windows write one, and some of them UTF-16."""
    (tmp_path / "a.yaml").write_text(CLAIM.format(quote="found – sound", more=""), encoding="utf-8")
    (tmp_path / "letter.txt").write_text("It was\nfound – sound.", encoding=codec)
    (one,) = json.loads(claimcli("verify", "--data", ".", "-f", "json", cwd=tmp_path).stdout)

    assert (one["verdict"], one["line"], one["start"]) == ("exact", 2, 7)


def test_a_guessed_charset_is_a_reason_for_a_missing_quote(tmp_path: Path) -> None:
    """It is mentioned with the quotes that fail; the others show that the guess is right."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    page = "<html><p>Мост закрыли на ремонт до весны, заявил мэр города.</p></html>"
    (tmp_path / "letter.html").write_bytes(page.encode("cp1251"))
    yaml = CLAIM.replace("letter.txt", "letter.html")

    def verify(quote: str) -> tuple[int, str, str]:
        (tmp_path / "a.yaml").write_text(yaml.format(quote=quote, more=""), encoding="utf-8")
        done = claimcli("verify", "--strict", "--data", ".", "-f", "json", cwd=tmp_path)
        (one,) = json.loads(done.stdout)
        return done.returncode, one["verdict"], one["reason"]

    assert verify("закрыли на ремонт") == (0, "exact", None)
    assert verify("открыли дорогу к морю") == (1, "missing", "charset guessed: windows-1251")


def test_a_missing_folder_of_texts_is_wrong_use(tmp_path: Path) -> None:
    for command in ("verify", "export"):
        done = claimcli("--sample", "call", command, "--texts", str(tmp_path / "none"))
        assert (done.returncode, done.stdout) == (2, "")
        assert "'--texts'" in done.stderr


def test_no_file_of_the_folder_is_imported(tmp_path: Path) -> None:
    """A dossier from somebody else may have files named like libraries."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    for name in ("trafilatura", "lxml", "json", "claimcli"):
        (tmp_path / f"{name}.py").write_text("open('planted', 'w')\n")
    (tmp_path / "letter.html").write_bytes(PAGE)
    yaml = CLAIM.format(quote="found sound", more="").replace(".txt", ".html")
    (tmp_path / "a.yaml").write_text(yaml)
    code = (
        "import sys; sys.path[0] = sys.argv.pop(1); from claimcli.cli import main;"
        "main(['verify', '--data', '.', '-f', 'json'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert json.loads(done.stdout)[0]["verdict"] in ("exact", "typographic"), done.stderr
    assert not (tmp_path / "planted").exists()


def test_footnote_numbers_of_a_page_are_not_text(tmp_path: Path) -> None:
    """Nor is struck-out text, and no word of a sentence is taken for an aside."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    page = (
        "<html><body><article><p>It is 10<sup>6</sup> units<a href='#f'><sup>1</sup></a> in all, "
        "as was said before by many.</p><p>We will <button>not</button> go there, they said to us "
        "all.</p><p>It is <del>not</del> sound, they said.</p></article></body></html>"
    )
    (tmp_path / "letter.html").write_text(page)
    verdicts = {}
    for quote in ("106 units", "10\u2076 units in all", "We will go", "will not go", "is sound"):
        yaml = CLAIM.format(quote=quote, more="").replace(".txt", ".html")
        (tmp_path / "a.yaml").write_text(yaml, encoding="utf-8")
        done = claimcli("verify", "--data", ".", "-f", "json", cwd=tmp_path)
        verdicts[quote] = json.loads(done.stdout)[0]["verdict"]

    failing = {quote for quote, verdict in verdicts.items() if verdict in ("altered", "missing")}
    assert failing == {"106 units", "We will go"}, verdicts


def test_a_match_over_several_lines_has_its_end(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("The main was inspected\nin March and found sound.\n")
    _, shown, _ = verify(tmp_path, "inspected in march", "-f", "sarif")
    (result,) = json.loads(shown)["runs"][0]["results"]
    region = result["relatedLocations"][0]["physicalLocation"]["region"]

    assert region == {"startLine": 1, "startColumn": 14, "endLine": 2, "endColumn": 9}


def test_a_text_fragment_of_repeated_words_has_context(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("One: it was sound. Two: it was sound, they say.\n")
    more = ", url: 'https://x.example/'"
    (tmp_path / "a.yaml").write_text(
        CLAIM.format(quote="it was sound", more=more).replace('"}', '", suffix: they}')
    )
    done = claimcli("verify", "--data", ".", "-f", "json", cwd=tmp_path)

    assert json.loads(done.stdout)[0]["fragment_url"] == (
        "https://x.example/#:~:text=Two%3A-,it%20was%20sound"
    )


def test_a_query_selects_the_quotes_to_verify() -> None:
    found = json.loads(waterworks("party:laboratory", "-f", "json").stdout)

    assert {one["claim"] for one in found} == {"iron-only"}


@pytest.mark.skipif(
    not SOURCES.is_dir(), reason="CLAIMCLI_TEST_DATA names no folder with the report"
)
def test_every_quote_of_the_report_verifies() -> None:
    """The bundled dossier's quotes of 31 December, checked against a folder of texts."""
    done = claimcli(
        "verify", "--texts", str(SOURCES), "--source", "news-2021-12-31", "-f", "json",
        "--ignore", "no-text",
    )  # fmt: skip
    found = json.loads(done.stdout)

    assert done.returncode == 0
    assert [one["verdict"] for one in found] == ["exact"] * 15
    assert {one["source"] for one in found} == {"news-2021-12-31"}


def test_a_quote_of_hostile_text_stays_text(tmp_path: Path) -> None:
    """No control sequence or workflow command of a text or a quote takes effect."""
    (tmp_path / "letter.txt").write_text("It was \x1b[31m found\u202e good\n::error::x % y\n")
    _, shown, _ = verify(tmp_path, "found bad", "-f", "github")
    drawn, _ = in_terminal(
        f"{sys.executable} -m claimcli verify --data {tmp_path}", cwd=ROOT, env={"NO_COLOR": "1"}
    )

    assert len(shown.splitlines()) == 1
    assert "\x1b[31m" not in drawn
    assert "\u202e" not in drawn + shown
    assert "altered" in drawn


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_terminal_gets_quotes_that_fit(columns: int) -> None:
    """No line is wider than the terminal, and the differing word is shown."""
    shown, code = in_terminal(
        f"{sys.executable} -m claimcli --sample waterworks verify 2>/dev/null",
        cwd=ROOT, columns=columns, env={"NO_COLOR": "1"},
    )  # fmt: skip

    assert code == 1
    assert max(map(len, shown.splitlines())) <= columns
    assert "not" in shown
    assert "south-was-inspected" in shown


def test_markdown_markup_is_ignored(tmp_path: Path) -> None:
    """Emphasis and links of a Markdown text are typesetting; the offsets are those of the file."""
    text = "# Letter\n\nThe main **was** [inspected](https://x.example/a_b) in *March*.\n"
    (tmp_path / "letter.md").write_text(text)
    (tmp_path / "a.yaml").write_text(
        CLAIM.format(quote="main was inspected in March.", more="").replace(".txt", ".md")
    )
    (one,) = json.loads(claimcli("verify", "--data", ".", "-f", "json", cwd=tmp_path).stdout)

    assert one["verdict"] == "typographic"
    assert text[one["start"] : one["end"]].startswith("main **was** [inspected]")


LETTER_PDF = pdf(
    [Words(40, 500, "The main was inspected in March, and"), Words(40, 486, "found sound.")]
)
PAGE = (
    b"<html><body><nav>Home</nav><article><h1>Letter</h1><p>The main was <b>inspected</b> in "
    b"March, and found sound.</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("name", "data", "library"),
    [
        ("letter.html", PAGE, "trafilatura"),
        ("letter.pdf", LETTER_PDF, "pypdfium2"),
    ],
)
def test_pages_and_pdfs_can_be_texts(tmp_path: Path, name: str, data: bytes, library: str) -> None:
    """Their text is extracted; without the library there is a hint."""
    pytest.importorskip(library, reason="an extra that is not installed")
    (tmp_path / name).write_bytes(data)
    yaml = CLAIM.format(quote="inspected in March, and found sound", more="")
    (tmp_path / "a.yaml").write_text(yaml.replace("letter.txt", name))
    done = claimcli("verify", "--data", ".", "-f", "json", cwd=tmp_path)
    (one,) = json.loads(done.stdout)

    assert one["verdict"] in ("exact", "typographic"), one
    code = (
        f"import sys; sys.modules['{library}'] = None; sys.path.insert(0, sys.argv.pop(1));"
        "from claimcli.cli import main; main(['verify', '--data', '.', '-f', 'json'])"
    )
    without = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert without.returncode == 3
    assert json.loads(without.stdout)[0]["reason"] == (
        f"'{name}' needs the library '{library}'; install it with: pip install 'claimcli[texts]'"
    )


@pytest.mark.parametrize("name", ["letter.pdf", "letter.html"])
def test_a_damaged_file_is_reported(tmp_path: Path, name: str) -> None:
    pytest.importorskip("pypdfium2", reason="an extra that is not installed")
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    (tmp_path / name).write_bytes(b"%PDF-1.4\n\0\1\2" if name.endswith("pdf") else b"")
    yaml = CLAIM.format(quote="x", more="").replace("letter.txt", name)
    (tmp_path / "a.yaml").write_text(yaml)
    done = claimcli("verify", "--data", ".", "-f", "json", cwd=tmp_path)

    assert done.returncode == 3
    assert "Traceback" not in done.stderr + done.stdout
    assert "save its text as a .txt file and name that" in json.loads(done.stdout)[0]["reason"]


def test_export_refuses_altered_quotes(tmp_path: Path) -> None:
    """Exit code 3, nothing written; with --force the quote is struck through, and marked."""
    verify(tmp_path, "inspected in May")
    out = tmp_path / "b.md"
    refused = claimcli("export", "--data", ".", "-o", "b.md", cwd=tmp_path)

    assert (refused.returncode, out.exists()) == (3, False)
    assert refused.stderr == (
        "error: 1 quote is altered or missing, the first at ./a.yaml:3:66: "
        '"inspected in May" does not occur in the text, which has other words; fix the '
        "quotes that 'claimcli verify' shows, or add --force, which marks them\n"
    )
    forced = claimcli("export", "--data", ".", "-o", "b.md", "--force", cwd=tmp_path)
    assert forced.returncode == 0
    assert '~~"inspected in May"~~ (✗ not in the text, which has "inspected in March"' in (
        out.read_text(encoding="utf-8")
    )


def test_a_quote_that_ends_at_a_comment_has_a_warning(tmp_path: Path) -> None:
    """Its words are in the text, but the rest of the line is not read."""
    (tmp_path / "letter.txt").write_text("We never said #1 was safe.\n")
    (tmp_path / "a.yaml").write_text(
        "sources: [{id: letter, title: Letter, published: 2023, text: letter.txt}]\n"
        "claims:\n- id: a\n  party: p\n  statement: A.\n"
        "  source:\n    id: letter\n    quote: We never said #1 was safe.\n"
    )
    done = claimcli("verify", "--data", ".", "--format", "json", "--strict", cwd=tmp_path)
    (finding,) = json.loads(done.stdout)

    assert (done.returncode, finding["verdict"]) == (1, "exact")
    assert list(finding["warnings"]) == ["comment-in-text"]
    log = json.loads(claimcli("verify", "--data", ".", "-f", "sarif", cwd=tmp_path).stdout)
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["comment-in-text"]
    ignored = ("--strict", "--ignore", "comment-in-text")
    assert claimcli("verify", "--data", ".", *ignored, cwd=tmp_path).returncode == 0


ARTICLE = (
    """\
<html>
<body>
<nav><a href="/">Start</a></nav>
<article>
<h1>The main</h1>
"""
    + "".join(
        f"<p>The {word} paragraph says at some length what the council did.</p>\n"
        for word in ("first", "second", "third", "fourth")
    )
    + """\
<p>The main was<sup>1</sup>
 <s>not</s> inspected, and <span
 style="display: none">never</span> found sound.</p>
<figure><figcaption>Nobody wanted
to see it</figcaption></figure>
</article>
</body>
</html>
"""
)


def _verify_article(folder: Path, quote: str, *options: str) -> str:
    (folder / "letter.html").write_text(ARTICLE, encoding="utf-8")
    yaml = CLAIM.format(quote=quote, more="").replace(".txt", ".html")
    (folder / "a.yaml").write_text(yaml, encoding="utf-8")
    return claimcli("verify", "--data", ".", *options, cwd=folder).stdout


@pytest.mark.parametrize(
    ("quote", "verdict", "warnings"),
    [
        ("The main was inspected, and found sound", "typographic", []),
        ("The main was not inspected", "altered", []),
        ("The main was1 inspected", "altered", []),
        ("and never found sound", "altered", []),
        ("Nobody wanted to see it", "exact", ["outside-main-text"]),
    ],
)
def test_a_page_is_read_as_a_reader_sees_it(
    tmp_path: Path, quote: str, verdict: str, warnings: list[str]
) -> None:
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    (one,) = json.loads(_verify_article(tmp_path, quote, "-f", "json"))

    assert (one["verdict"], one["warnings"]) == (verdict, warnings)


def test_passages_have_no_marks_of_what_was_left_out(tmp_path: Path) -> None:
    """A word joiner in the text of a page represents a footnote mark, but is not shown."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    for quote in ("The main was inspected, and found sound", "The main was not inspected"):
        shown = [_verify_article(tmp_path, quote, "-f", name) for name in ("tsv", "md", "sarif")]
        (one,) = json.loads(_verify_article(tmp_path, quote, "-f", "json"))

        assert one["passage"].startswith("The main was inspected"), one
        assert "\u2060" not in one["passage"] + "".join(shown) + str(one["differences"])


def test_lines_of_a_page_are_those_of_the_file(tmp_path: Path) -> None:
    """Its columns are not known; SARIF names whole lines."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    quote = "found sound"
    (one,) = json.loads(_verify_article(tmp_path, quote, "-f", "json"))
    start = one["start"]
    drawn, _ = in_terminal(f"{sys.executable} -m claimcli verify --all --data {tmp_path}", cwd=ROOT)

    assert one["places"] == [
        {"line": 12, "column": None, "start": start, "end": start + 11, "page": None}
    ]
    assert (one["line"], one["column"], one["page"]) == (12, None, None)
    assert "letter, line 12 of the file" in drawn
    assert "| 12 |" in _verify_article(tmp_path, quote, "-f", "md")
    (seen,) = json.loads(_verify_article(tmp_path, "Nobody wanted", "-f", "sarif"))["runs"][0][
        "results"
    ]
    assert seen["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("a.yaml")
    assert seen["relatedLocations"][0]["physicalLocation"]["region"] == {
        "startLine": 13, "startColumn": 1, "endLine": 14, "endColumn": 1,
    }  # fmt: skip


def test_a_pdf_has_pages_with_lines(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="an extra that is not installed")
    data = pdf(
        [Words(40, 500, "First.")], [Words(40, 500, "Two lines"), Words(40, 486, "are here.")]
    )
    (tmp_path / "letter.pdf").write_bytes(data)
    yaml = CLAIM.format(quote="are here", more="").replace(".txt", ".pdf")
    (tmp_path / "a.yaml").write_text(yaml, encoding="utf-8")

    def shown(*options: str) -> str:
        return claimcli("verify", "--data", ".", *options, cwd=tmp_path).stdout

    (one,) = json.loads(shown("-f", "json"))
    assert (one["page"], one["line"], one["column"]) == (2, 2, 1)
    drawn, _ = in_terminal(f"{sys.executable} -m claimcli verify --all --data {tmp_path}", cwd=ROOT)
    assert "letter, page 2, line 2" in drawn
    assert "| page 2, line 2 |" in shown("-f", "md")
    assert shown("-f", "tsv").splitlines()[1].endswith("\t2")
    briefing = claimcli("export", "--data", ".", cwd=tmp_path).stdout
    assert '"are here" (✓ verified, page 2, line 2)' in briefing


def test_a_page_that_costs_too_much_is_not_read(tmp_path: Path) -> None:
    """The message says why, and what to do."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    (tmp_path / "letter.html").write_text("<div>" * 3000 + "found sound", encoding="utf-8")
    yaml = CLAIM.format(quote="found sound", more="").replace(".txt", ".html")
    (tmp_path / "a.yaml").write_text(yaml, encoding="utf-8")
    done = claimcli("verify", "--data", ".", cwd=tmp_path)

    assert done.returncode == 3
    assert done.stderr == (
        "warning: source 'letter': 'letter.html' is nested too deeply; save its text as a .txt file"
        " and name that\n1 quote: 1 no-text\n"
    )


def shown_claims(*arguments: str) -> list[str]:
    """Return the claims of the sample in the order in which a terminal shows them."""
    shown = waterworks("--format", "table", *arguments).stdout
    return re.findall(r"^[a-z-]+ +([a-z-]+) +\"", shown, re.MULTILINE)


def test_a_terminal_shows_failures_last_and_no_quote_without_a_warning() -> None:
    """The summary counts all quotes, and says how to see the others."""
    result = waterworks("--format", "table")

    assert shown_claims() == [
        "old-valve", "pipes-flushed", "second-look", "iron-only", "little-iron", "risk-reported",
        "south-was-inspected", "main-is-old",
    ]  # fmt: skip
    assert result.stderr == (
        "12 quotes: 4 exact, 1 typographic, 2 edited, 1 case, 1 altered, 1 missing, 1 ambiguous, "
        "1 no-text; 6 with warnings; --all shows 4 more\n"
    )


def test_a_terminal_shows_all_quotes_in_order_on_request() -> None:
    """Also those of the verdicts that are selected."""
    every = [record["claim"] for record in json.loads(waterworks("--format", "json").stdout)]

    assert shown_claims("--all") == every
    assert shown_claims("--select", "no-text") == ["nine-days"]


def test_a_terminal_shows_only_the_summary_if_there_is_nothing_to_note() -> None:
    """There is no empty table."""
    result = waterworks("--format", "table", "id:main-was-sound")

    assert (result.stdout, result.stderr) == ("", "1 quote: 1 exact; --all shows 1 more\n")
