"""Users' templates: the sandbox they run in, and the messages about mistakes in them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2.defaults import DEFAULT_FILTERS
from msgspec.structs import replace

import claimcli as api
from claimcli.analysis.briefing import briefing
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.formats.briefing import context
from claimcli.formats.export import export, find_template, format_of
from claimcli.formats.template_runner import FillLimits, fill_template
from claimcli.formats.templates.protocol import FilledTemplate, FillRequest
from claimcli.formats.templates.sandbox import Renderer
from tests.conftest import dossier_from
from tests.support.cli import ROOT, claimcli

DossierOf = Callable[[str], Dossier]

PAIR = """
claims:
  - {id: a, party: p, statement: A was so., said: 2021,
     rebuttals: [{id: x, party: q, statement: A was not so., said: 2022}]}
"""
LIMITS = FillLimits(seconds=40, memory=600 * 1024 * 1024, text=1_000_000)
"""Enough time for any template that terminates, on a busy machine too."""
SHORT_LIMITS = replace(LIMITS, seconds=2)


def filled(
    template: str, folder: Path, name: str = "own.txt.j2", *, limits: FillLimits = LIMITS
) -> str:
    """Fill a template with two claims, within the limits."""
    (folder / name).write_text(template, encoding="utf-8")
    named = context(briefing(dossier_from({"t.yaml": PAIR})))
    return fill_template(folder / name, format_of(folder / name), named, limits).text


def wrong(
    template: str, folder: Path, name: str = "own.txt.j2", *, limits: FillLimits = LIMITS
) -> str:
    with pytest.raises(ClaimcliError) as raised:
        filled(template, folder, name, limits=limits)
    return str(raised.value).removeprefix(f"{folder}/")


NAMES_HINT = "'claimcli help templates' lists the names a template can use"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("one\n{{ titel }}", "own.txt.j2:2: no name 'titel'; did you mean 'title'?"),
        ("{{ qqq }}", f"own.txt.j2:1: no name 'qqq'; {NAMES_HINT}"),
        (
            "{% for e in timeline %}\n{{ e.statment }}{% endfor %}",
            "own.txt.j2:2: no item 'statment'; did you mean 'statement'?",
        ),
        (
            "a\n\n{% for e in timeline",
            "own.txt.j2:3: unexpected end of template, expected 'end of statement block'; "
            "templates are written in the language of Jinja2",
        ),
        (
            "{{ title | trunctate }}",
            "own.txt.j2:1: no filter named 'trunctate'; 'claimcli help templates' lists what is "
            "not available",
        ),
        ("\n{{ 1 / 0 }}", f"own.txt.j2:2: ZeroDivisionError: division by zero; {NAMES_HINT}"),
        (
            '{% include "away.j2" %}',
            "own.txt.j2:1: no template 'away.j2' in its folder; only *.j2 files in its folder are "
            "read",
        ),
        ("{{ title() }}", f"own.txt.j2:1: TypeError: 'str' object is not callable; {NAMES_HINT}"),
    ],
)
def test_message_names_the_line(template: str, message: str, tmp_path: Path) -> None:
    """A mistake in a template is reported with the template's line and a hint."""
    assert wrong(template, tmp_path) == message


def test_mistake_in_an_included_template(tmp_path: Path) -> None:
    """The location is that of the included template."""
    (tmp_path / "part.j2").write_text("one\n\n{{ titel }}")

    assert wrong('{% include "part.j2" %}', tmp_path).startswith("part.j2:3: no name 'titel'")


@pytest.mark.parametrize(
    "template",
    [
        "{{ title.__class__ }}",
        "{{ title.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__.__mro__}'.format(title) }}",
        "{{ title.format.__self__ }}",
        "{{ (title|map('upper')).gi_frame }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ markup.__globals__ }}",
        "{{ timeline.append(1) }}",
        "{{ timeline[0].update({'statement': 'X'}) }}",
        "{{ timeline[0].statement._claim }}",
        "{{ timeline[0].statement.record() }}",
        "{{ timeline[0].statement|attr('_shown') }}",
        "{{ [].sort.__self__ }}",
    ],
)
def test_internals_are_out_of_reach(template: str, tmp_path: Path) -> None:
    """A template cannot use private attributes or change data."""
    for name in ("own.txt.j2", "own.md.j2", "own.html.j2"):
        assert wrong(template, tmp_path, name).startswith(f"{name}:1: ")


@pytest.mark.parametrize(
    "name", ["../secret.j2", "/etc/passwd", "secret.txt", "link.j2", "down/../../secret.j2"]
)
def test_other_files_are_out_of_reach(name: str, tmp_path: Path) -> None:
    """Files outside its folder, links to them, and files without a template's suffix."""
    home = tmp_path / "home"
    (home / "down").mkdir(parents=True)
    (tmp_path / "secret.j2").write_text("secret")
    (home / "secret.txt").write_text("secret")
    (home / "link.j2").symlink_to(tmp_path / "secret.j2")

    assert f"no template '{name}' in its folder" in wrong(f"{{% include {name!r} %}}", home)


def test_includes_and_layouts(tmp_path: Path) -> None:
    """A template can extend one in its folder and use the macros of the package's templates."""
    (tmp_path / "layout.md.j2").write_text("# {{ title }}\n\n{% block body %}{% endblock %}")
    template = (
        '{% extends "layout.md.j2" %}\n'
        '{% from "claims.md.j2" import claim with context %}\n'
        "{% block body %}{% for e in timeline %}- {{ markup(claim(e)) }}\n{% endfor %}{% endblock %}"
    )

    assert filled(template, tmp_path, "own.md.j2") == (
        "# Briefing: who said what\n\n"
        "- **p** (said 2021): A was so. (`a`; no source on file)\n"
        "- **q** (said 2022) denies: A was not so. (`x`; no source on file)\n"
    )


def test_a_page_with_the_look_of_the_bundled_ones(tmp_path: Path) -> None:
    """A template can extend the layout of the package's pages, and include its own styles."""
    (tmp_path / "own.css").write_text("h1 { color: teal }")
    template = (
        '{% extends "page.html.j2" %}{% block main %}<style>{% include "own.css" %}</style>'
        "{% for e in timeline %}<p>{{ e.statement }}</p>{% endfor %}{% endblock %}"
    )
    page = filled(template, tmp_path, "own.html.j2")

    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "--paper: #ffffff" in page
    assert page.endswith(
        "<style>h1 { color: teal }</style><p>A was so.</p><p>A was not so.</p>"
        "</main>\n</body>\n</html>\n"
    )


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "the text is longer"),
        ("{{ 'x' * 10 ** 10 }}", "it needs more memory than allowed"),
        ("{{ '%10000000000d' % 1 }}", "it needs more memory than allowed"),
        ("{% for a in range(10 ** 9) %}{% endfor %}", "OverflowError: range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "or calls itself endlessly"),
        ('{% include "own.txt.j2" %}', "or calls itself endlessly"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "it is nested too deeply"),
        ("{% for a in 'b' %}" * 30 + "{% endfor %}" * 30, "too many statically nested blocks"),
    ],
)
def test_size_limits(template: str, message: str, tmp_path: Path) -> None:
    """A template that needs too much memory or depth is stopped, and the message says why."""
    assert message in wrong(template, tmp_path)


@pytest.mark.parametrize(
    "template",
    [
        "{% set r = range(99999) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
        "{{ 10 ** (10 ** 10) }}",
    ],
)
def test_time_limit(template: str, tmp_path: Path) -> None:
    """A template that runs too long is stopped, and the message states the limits."""
    message = "takes more than 2 seconds or 600 MiB of memory; simplify the template"

    assert message in wrong(template, tmp_path, limits=SHORT_LIMITS)


def test_output_is_deterministic(tmp_path: Path) -> None:
    """The same data gives the same text: functions with random results are not available."""
    assert "no name 'lipsum'" in wrong("{{ lipsum() }}", tmp_path)
    assert "no filter named 'random'" in wrong("{{ timeline | random }}", tmp_path)
    template = "{{ covered }}{% for id in covered %}{{ id }}{% endfor %}"
    assert filled(template, tmp_path) == filled(template, tmp_path)


def test_control_characters_are_made_visible(tmp_path: Path) -> None:
    """A template cannot send escape sequences to the terminal."""
    assert filled("a\tb\x1b[2J\r\n{{ title }}\n", tmp_path) == (
        "a\tb⟨U+001B⟩[2J\nBriefing: who said what\n"
    )


def test_data_cannot_become_html(tmp_path: Path, dossier_of: DossierOf) -> None:
    """There is no filter ``safe``, and data is escaped even if autoescaping is turned off."""
    assert "no filter named 'safe'" in wrong("{{ title | safe }}", tmp_path, "own.html.j2")
    path = tmp_path / "own.html.j2"
    path.write_text(
        "{% autoescape false %}{{ title }}{{ title ~ '' }}{{ [title] | join }}{% endautoescape %}"
        "{% macro m(t) %}<b>{{ t }}</b>{% endmacro %}{{ m(title) }}"
    )
    named = context(briefing(dossier_of(PAIR), title="<i>"))

    assert fill_template(path, "html", named).text == "&lt;i&gt;" * 3 + "<b>&lt;i&gt;</b>"


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda p: p.mkdir(), "cannot be read: it is not a file"),
        (lambda p: p.write_bytes(b"\xff\xfe"), "cannot be read: it is not UTF-8"),
        (lambda p: p.write_bytes(b"x" * 2_000_000), "it has more than 1,048,576 bytes"),
        (lambda p: os.mkfifo(p), "cannot be read: it is not a file"),
    ],
)
def test_unreadable_template(write: Callable[[Path], object], message: str, tmp_path: Path) -> None:
    """The reason is reported, with exit code 3."""
    write(tmp_path / "own.md.j2")
    done = claimcli("--sample", "call", "export", "--template", "own.md.j2", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (3, "")
    assert message in done.stderr


def test_template_that_omits_an_answer_is_refused(tmp_path: Path) -> None:
    """A claim is not exported without the other side's denial; showing its id is enough."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(PAIR)
    (tmp_path / "half.md.j2").write_text(
        "{% for e in timeline if e.depth == 0 %}{{ e.statement }}{% endfor %}"
    )
    (tmp_path / "whole.md.j2").write_text(
        "{% for e in timeline if e.depth == 0 %}{{ e.statement }}"
        "{% for a in e.answers %} {{ a.kind }}: {{ markup(a.id) }}{% endfor %}{% endfor %}"
    )

    half = claimcli("export", "-t", "half.md.j2", cwd=tmp_path)
    assert (half.returncode, half.stdout) == (3, "")
    assert half.stderr == (
        "error: the template 'half.md.j2' shows 'a' and leaves out 'x', by which q denies; "
        "show each claim's 'answers', or add --force\n"
    )
    assert claimcli("export", "-t", "half.md.j2", "--force", cwd=tmp_path).stdout == "A was so."
    assert claimcli("export", "-t", "whole.md.j2", cwd=tmp_path).stdout == "A was so. denies: x"


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ("again", "x"),  # what denies the first denies what says the same
        ("a", "x"),
        ("a x", ""),
        ("again x-again", ""),
        ("x", ""),  # an answer alone is its party's claim
    ],
)
def test_answers_to_restatements(shown: str, missing: str, tmp_path: Path) -> None:
    """An answer to a restatement of a claim is also an answer to the claim."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(f"""{PAIR}
  - {{id: again, party: r, statement: 'A was, we hear.', restates: a}}
  - {{id: x-again, party: s, statement: 'A was not, we hear.', restates: x}}
""")
    (tmp_path / "some.md.j2").write_text(
        f"{{% for e in timeline + undated if e.id in {shown.split()} %}}{{{{ e.statement }}}}{{% endfor %}}"
    )
    done = claimcli("export", "-t", "some.md.j2", cwd=tmp_path)

    assert done.returncode == (3 if missing else 0), done.stderr
    assert (f"leaves out '{missing}'" in done.stderr) == bool(missing)


def test_source_with_the_id_of_an_answer(tmp_path: Path) -> None:
    """Showing a source's id does not count as showing the answer with the same id."""
    (tmp_path / "data").mkdir()
    text = PAIR.replace("said: 2021,", "said: 2021, source: {id: x, title: X, published: 2020},")
    (tmp_path / "data" / "a.yaml").write_text(text)
    (tmp_path / "half.md.j2").write_text(
        "{% for e in timeline if e.depth == 0 %}{{ e.statement }}{% endfor %}"
        "{% for f in footnotes %}{{ f.id }}{% endfor %}"
    )

    assert "leaves out 'x'" in claimcli("export", "-t", "half.md.j2", cwd=tmp_path).stderr


OTHER = """
claims:
  - {id: a-claim, party: p, statement: The main was inspected in March and found sound., said: 2021,
     rebuttals: [{id: not-inspected, party: q, said: 2022,
       statement: Nobody came to inspect "the main" & nobody tested the water.}]}
  - {id: short, party: p, statement: "No.", said: 2023, rebuttals: [{id: yes, party: q, statement: "Yes."}]}
"""
FIRST = "{% set e = timeline[0] %}{% set x = timeline[1] %}"


@pytest.mark.parametrize(
    ("template", "missing"),
    [
        ("{{ e.statement }}{% set unused = x.id ~ '' %}", True),
        ("{{ e.statement }}{% set unused = x.statement.upper() %}", True),
        ("{{ e.statement }}{{ x.id[:3] }}", True),
        ("{{ e.statement }}{{ x.statement[:9] }}", True),
        ("{{ e.statement }}{{ x.id ~ '2' }}", True),
        ("{{ e.statement }} ({{ x.id }})", False),
        ("{{ e.statement }} See {{ x.id }}.", False),
        ("{{ e.statement }} {{ x.id|upper }}", False),
        ("{{ e.statement }}\n{{ x.statement|wordwrap(9) }}", False),
        (
            "{{ e.statement }}\n{{ x.statement.swapcase() }}",
            False,
        ),
        ("{{ e.statement }}\n{{ x.statement|truncate(40) }}", False),
        ("THE MAIN WAS INSPECTED\nIN MARCH, and *found* sound", True),
        ("No.", False),
        ("{{ timeline|length }}{{ e.statement|wordcount }}{{ e.party }}", False),
    ],
)
@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_document_is_searched(template: str, missing: bool, form: str, tmp_path: Path) -> None:
    """Statements in the text need their answers in the text, however the template made it."""
    path = tmp_path / f"own.{form}.j2"
    path.write_text(FIRST + template)
    dossier = dossier_from({"t.yaml": OTHER})
    if not missing:
        assert export(briefing(dossier), find_template(str(path)))
        return
    with pytest.raises(ClaimcliError, match="shows 'a-claim' and leaves out 'not-inspected'"):
        export(briefing(dossier), find_template(str(path)))


@pytest.mark.parametrize(
    ("template", "visible"),
    [
        ("<!-- {{ x.id }} -->", False),
        ("<script>'{{ x.id }}'</script>", False),
        ("<p title='{{ x.statement }}'>", False),
        ("<p>{{ x.statement }}</p>", True),
        ("<a href='#{{ x.id }}'>denied</a>", True),
    ],
)
def test_answers_in_invisible_html(template: str, visible: bool, tmp_path: Path) -> None:
    """An answer in a comment, a script or an attribute is not shown; one in a link is."""
    path = tmp_path / "own.html.j2"
    path.write_text(FIRST + "<p>{{ e.statement }}</p>" + template)
    dossier = dossier_from({"t.yaml": OTHER})
    if visible:
        assert export(briefing(dossier), find_template(str(path)))
        return
    with pytest.raises(ClaimcliError, match="leaves out 'not-inspected'"):
        export(briefing(dossier), find_template(str(path)))


SHOWN = (
    "e.statement", "e.statement[:5]", "e.statement|upper", "e.statement|title", "e.statement|trim",
    "e.statement|truncate(5, true, '', 0)", "e.statement|wordwrap(5)", "e.statement|replace('A', 'B')",
    "e.statement ~ '!'", "'>' ~ e.statement", "e.statement + '!'", "'>' + e.statement",
    "'%s'|format(e.statement)", "'%s' % e.statement", "'{}'.format(e.statement)", "e.statement|e",
    "[e.statement]|join", "e.statement.upper()", "e.statement.split()|join('-')", "e|tojson",
    "e.statement|tojson", "e.statement|indent", "e.statement|list|join", "e.statement|reverse",
    "e.statement|urlize", "e.statement|striptags", "e.statement|capitalize", "e.statement|string",
    "e.statement|center(80)", "e['statement']", "e.statement * 2",
    "[e]|map(attribute='statement')|first", "e.statement|default('')", "e.statement|pprint",
    "e.statement|lower", "e.statement|first", "e.statement|urlencode", "e.statement.partition(' ')[2]",
)  # fmt: skip


def fill_here(template: str, form: str) -> FilledTemplate:
    """Fill a template with two claims in this process."""
    named = context(briefing(dossier_from({"t.yaml": PAIR})))
    request = FillRequest(
        "own.j2", template, "", form, dict(named), seconds=2, memory=1, most_text=1_000_000
    )
    response = Renderer(request).response()
    assert response.filled, (template, response.problem)
    return response.filled


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize("words", SHOWN)
def test_shown_statements_are_recorded(words: str, form: str) -> None:
    """A statement counts as shown if it is cut, joined or filtered before."""
    template = f"{{% for e in timeline if e.depth == 0 %}}{{{{ {words} }}}}{{% endfor %}}"

    assert fill_here(template, form).stated == ["a"]


WORD = "ψωξ φθβ"
"""A statement with letters that occur nowhere else in the document."""
EXOTIC = f"""
claims: [{{id: a, party: p, statement: {WORD}, said: 2021, rebuttals: [{{party: q, statement: 1}}]}}]
"""
ARGUMENTS = ("", "(0)", "(['', '']|list)", "('z')", "(' ')", "('', '')", "(9, 'z')", "({})")


def fill_exotic(words: str) -> FilledTemplate | None:
    """Fill a template with an expression about the statement ``s``; None if it is invalid."""
    named = context(briefing(dossier_from({"t.yaml": EXOTIC})))
    source = "{% set s = timeline[0].statement %}{{ " + words + " }}"
    request = FillRequest("o.j2", source, "", "text", dict(named), 2, 1, most_text=1_000_000)
    return Renderer(request).response().filled


def assert_recorded(words: str) -> None:
    """Assert that the claim is recorded if a letter of its statement is in the document."""
    filled = fill_exotic(words)
    if filled and {*filled.text.lower()} & {*WORD} - {" "}:
        assert filled.stated == ["a"], words


@pytest.mark.parametrize("name", sorted({*DEFAULT_FILTERS} - {"random", "safe"}))
def test_every_filter_records_what_it_shows(name: str) -> None:
    """Whatever filter puts letters of a statement into the text, as subject or as argument."""
    subjects = [f"s|{name}{arguments}" for arguments in ARGUMENTS]
    subjects += [f"[s]|{name}{arguments}" for arguments in ARGUMENTS]
    subjects += [f"'X'|{name}({arguments})" for arguments in ("s", "'X', s", "0, s", "true, s")]
    for words in subjects:
        assert_recorded(words)


@pytest.mark.parametrize("name", [name for name in dir(str) if not name.startswith("_")])
def test_every_method_records_what_it_shows(name: str) -> None:
    """Whatever method puts letters of a statement into the text, as subject or as argument."""
    calls = [f"s.{name}{arguments or '()'}" for arguments in ARGUMENTS]
    calls += [
        f"'X'.{name}({arguments})" for arguments in ("s", "[s, s]", "'X', s", "9, s", "{88: s}")
    ]
    for words in calls:
        assert_recorded(words)
        assert_recorded(f"{words}|list")


def test_both_of_two_joined_statements_are_recorded() -> None:
    """The statement to the right of ``+`` or ``~`` is in the text as well."""
    for joined in ("s[0] + s[1]", "s[0] ~ s[1]"):
        template = f"{{% set s = timeline|map(attribute='statement')|list %}}{{{{ {joined} }}}}"
        assert len(fill_here(template, "text").stated) == 2, joined


def test_comparing_and_sorting_show_nothing() -> None:
    """Statements and ids that are only compared or sorted are not recorded."""
    result = fill_here(
        "{% for e in timeline|sort(attribute='statement') if e.id != 'a' and e.id|lower != 'a' "
        "and not e.id.startswith('a') and e.statement not in ['A was so.'] %}{% endfor %}"
        "{% for e in timeline|groupby('id') %}.{% endfor %}",
        "md",
    )

    assert (result.text, result.stated, result.named) == ("..", [], [])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-t", "sumary"], "no template 'sumary'; did you mean 'summary'?"),
        (
            ["-t", "mine/x.md.j2"],
            "no template 'mine/x.md.j2'; the templates are briefing, contradictions, summary; or "
            "name a file",
        ),
        (["-t", "own.md.j2", "-f", "html"], "the template 'own.md.j2' makes md, not 'html'; "),
        (["-t", "own.txt.j2", "-f", "md"], "the template 'own.txt.j2' makes text, not 'md'; "),
        (
            ["-t", "own.md.j2", "-o", "a.html"],
            "the template 'own.md.j2' makes md, but 'a.html' would be html; ",
        ),
        (
            ["-t", "summary", "-o", "a.csv"],
            "the extension of 'a.csv' is not that of a format here; ",
        ),
        (["-t", "summary", "-f", "epub"], "no format 'epub'; the formats here are md, html"),
    ],
)
def test_invalid_arguments(arguments: list[str], message: str, tmp_path: Path) -> None:
    """A template, form or file name that does not fit is reported, with exit code 2."""
    for name in ("own.md.j2", "own.txt.j2"):
        (tmp_path / name).write_text("{{ title }}")
    done = claimcli("--sample", "call", "export", *arguments, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message}")


def test_export_with_a_user_template(tmp_path: Path) -> None:
    """The template's suffix says what it produces; plain text can go into any file."""
    (tmp_path / "own.tex.j2").write_text("\\title{{ '{' }}{{ title }}{{ '}' }}\n")
    options = ["export", "-t", "own.tex.j2", "--title", "One\ntwo", "-o", "a.tex"]
    done = claimcli("--sample", "call", *options, cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "a.tex").read_text() == "\\title{One two}\n"
    assert api.export(api.open_dossier(sample="call"), tmp_path / "own.tex.j2", title="T") == (
        "\\title{T}\n"
    )


def test_modules_in_the_folder_are_not_imported(tmp_path: Path) -> None:
    """The process that fills templates does not import modules from the working folder."""
    (tmp_path / "jinja2.py").write_text("raise SystemExit('taken')")
    (tmp_path / "own.md.j2").write_text("{{ title }}")
    done = claimcli(
        "--sample", "call", "export", "-t", "own.md.j2", cwd=tmp_path, env={"PYTHONSAFEPATH": "1"}
    )

    assert done.stdout == "Briefing: who said what"


RESTRICTED = """
import contextlib, socket, subprocess, sys
from claimcli.formats.templates import sandbox
from claimcli.formats.templates.protocol import FillRequest

sandbox.restrict_process(FillRequest("a", "", ".", "md", {}, seconds=5, memory=2**30, most_text=1))
for work in (
    lambda: open("written", "w").write("x" * 10_000),
    lambda: subprocess.run(["true"]),
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: bytearray(2**31),
):
    try:
        work()
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
    else:
        print("done")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other limits")
def test_process_is_restricted(tmp_path: Path) -> None:
    """The process cannot write files, start processes, connect, or use much memory."""
    done = subprocess.run(
        [sys.executable, "-c", RESTRICTED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )

    assert done.stdout.split() == ["OSError", "PermissionError", "PermissionError", "MemoryError"]
