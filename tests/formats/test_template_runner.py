"""Templates of the user's: what they cannot do, and what is told where they are wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

import claimcli as api
from claimcli.analysis.briefing import briefing
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.formats.briefing import context
from claimcli.formats.export import form_of
from claimcli.formats.template_runner import Bounds, fill
from claimcli.formats.templates.protocol import Filled, Job
from claimcli.formats.templates.sandbox import Fill
from tests.conftest import dossier_from
from tests.support.cli import ROOT, claimcli

DossierOf = Callable[[str], Dossier]

PAIR = """
claims:
  - {id: a, party: p, statement: A was so., said: 2021,
     rebuttals: [{id: x, party: q, statement: A was not so., said: 2022}]}
"""
BOUNDS = Bounds(seconds=40, memory=600 * 1024 * 1024, text=1_000_000)
"""Enough time for any template that ends, on the busiest machine."""
BRIEF = replace(BOUNDS, seconds=2)


def filled(
    template: str, folder: Path, name: str = "own.txt.j2", *, bounds: Bounds = BOUNDS
) -> str:
    """Fill a template with two claims, within small bounds."""
    (folder / name).write_text(template, encoding="utf-8")
    named = context(briefing(dossier_from({"t.yaml": PAIR})))
    return fill(folder / name, form_of(folder / name), named, bounds).text


def wrong(template: str, folder: Path, name: str = "own.txt.j2", *, bounds: Bounds = BOUNDS) -> str:
    with pytest.raises(ClaimcliError) as raised:
        filled(template, folder, name, bounds=bounds)
    return str(raised.value).removeprefix(f"{folder}/")


LISTED = "'claimcli help templates' lists what a template may name"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("one\n{{ titel }}", "own.txt.j2:2: no name 'titel'; did you mean 'title'?"),
        ("{{ qqq }}", f"own.txt.j2:1: no name 'qqq'; {LISTED}"),
        (
            "{% for e in timeline %}\n{{ e.statment }}{% endfor %}",
            "own.txt.j2:2: no item 'statment'; did you mean 'statement'?",
        ),
        (
            "a\n\n{% for e in timeline",
            "own.txt.j2:3: unexpected end of template, expected 'end of statement block'; "
            "the language is that of Jinja2",
        ),
        (
            "{{ title | trunctate }}",
            "own.txt.j2:1: no filter named 'trunctate'; 'claimcli help templates' says what is not "
            "there",
        ),
        ("\n{{ 1 / 0 }}", f"own.txt.j2:2: ZeroDivisionError: division by zero; {LISTED}"),
        (
            '{% include "away.j2" %}',
            "own.txt.j2:1: no template 'away.j2' beside it; only *.j2 files of its own folder are "
            "read",
        ),
        ("{{ title() }}", f"own.txt.j2:1: TypeError: 'str' object is not callable; {LISTED}"),
    ],
)
def test_a_mistake_is_told_with_its_line(template: str, message: str, tmp_path: Path) -> None:
    assert wrong(template, tmp_path) == message


def test_a_mistake_in_a_template_beside_it_is_told_there(tmp_path: Path) -> None:
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
        "{{ [].sort.__self__ }}",
    ],
)
def test_the_inside_of_the_program_is_out_of_reach(template: str, tmp_path: Path) -> None:
    for name in ("own.txt.j2", "own.md.j2", "own.html.j2"):
        assert wrong(template, tmp_path, name).startswith(f"{name}:1: ")


@pytest.mark.parametrize(
    "name", ["../secret.j2", "/etc/passwd", "secret.txt", "link.j2", "down/../../secret.j2"]
)
def test_files_elsewhere_are_out_of_reach(name: str, tmp_path: Path) -> None:
    """Outside of the template's folder, by a link out of it, and what is no template."""
    home = tmp_path / "home"
    (home / "down").mkdir(parents=True)
    (tmp_path / "secret.j2").write_text("secret")
    (home / "secret.txt").write_text("secret")
    (home / "link.j2").symlink_to(tmp_path / "secret.j2")

    assert f"no template '{name}' beside it" in wrong(f"{{% include {name!r} %}}", home)


def test_templates_beside_it_and_those_that_ship_can_be_used(tmp_path: Path) -> None:
    """Parts, layouts to extend, and the macros by which the briefing shows a claim."""
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


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "the text is longer"),
        ("{{ 'x' * 10 ** 10 }}", "it needs more memory than it may have"),
        ("{{ '%10000000000d' % 1 }}", "it needs more memory than it may have"),
        ("{% for a in range(10 ** 9) %}{% endfor %}", "OverflowError: range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "or calls itself without end"),
        ('{% include "own.txt.j2" %}', "or calls itself without end"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "it is nested too deeply"),
        ("{% for a in 'b' %}" * 30 + "{% endfor %}" * 30, "too many statically nested blocks"),
    ],
)
def test_what_would_grow_without_end_is_ended(template: str, message: str, tmp_path: Path) -> None:
    """With a sentence."""
    assert message in wrong(template, tmp_path)


@pytest.mark.parametrize(
    "template",
    [
        "{% set r = range(99999) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
        "{{ 10 ** (10 ** 10) }}",
    ],
)
def test_what_would_take_for_ever_is_ended(template: str, tmp_path: Path) -> None:
    """The message states the bounds."""
    message = "takes more than 2 seconds or 600 MiB of memory; let it do less"

    assert message in wrong(template, tmp_path, bounds=BRIEF)


def test_the_same_data_gives_the_same_text(tmp_path: Path) -> None:
    """What would make up or pick something at random is not there."""
    assert "no name 'lipsum'" in wrong("{{ lipsum() }}", tmp_path)
    assert "no filter named 'random'" in wrong("{{ timeline | random }}", tmp_path)
    template = "{{ covered }}{% for id in covered %}{{ id }}{% endfor %}"
    assert filled(template, tmp_path) == filled(template, tmp_path)


def test_a_template_does_not_steer_the_terminal(tmp_path: Path) -> None:
    assert filled("a\tb\x1b[2J\r\n{{ title }}\n", tmp_path) == (
        "a\tb⟨U+001B⟩[2J\nBriefing: who said what\n"
    )


def test_nothing_makes_data_into_html(tmp_path: Path, dossier_of: DossierOf) -> None:
    """There is no filter ``safe``, and text is escaped where escaping is turned off too."""
    assert "no filter named 'safe'" in wrong("{{ title | safe }}", tmp_path, "own.html.j2")
    path = tmp_path / "own.html.j2"
    path.write_text(
        "{% autoescape false %}{{ title }}{{ title ~ '' }}{{ [title] | join }}{% endautoescape %}"
        "{% macro m(t) %}<b>{{ t }}</b>{% endmacro %}{{ m(title) }}"
    )
    named = context(briefing(dossier_of(PAIR), title="<i>"))

    assert fill(path, "html", named).text == "&lt;i&gt;" * 3 + "<b>&lt;i&gt;</b>"


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda p: p.mkdir(), "cannot be read: it is no file"),
        (lambda p: p.write_bytes(b"\xff\xfe"), "cannot be read: it is no UTF-8"),
        (lambda p: p.write_bytes(b"x" * 2_000_000), "it has more than 1,048,576 bytes"),
        (lambda p: os.mkfifo(p), "cannot be read: it is no file"),
    ],
)
def test_a_template_that_cannot_be_read_is_told(
    write: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    write(tmp_path / "own.md.j2")
    done = claimcli("--sample", "call", "export", "--template", "own.md.j2", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (3, "")
    assert message in done.stderr


def test_a_template_that_leaves_out_an_answer_is_refused(tmp_path: Path) -> None:
    """The classic failure: a claim without the other side's denial. Naming the answer is enough."""
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
        "error: the template 'half.md.j2' tells 'a' and leaves out 'x', by which q denies; "
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
def test_an_answer_to_what_says_the_same_is_an_answer(
    shown: str, missing: str, tmp_path: Path
) -> None:
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


def test_a_source_of_the_same_id_names_no_answer(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = PAIR.replace("said: 2021,", "said: 2021, source: {id: x, title: X, published: 2020},")
    (tmp_path / "data" / "a.yaml").write_text(text)
    (tmp_path / "half.md.j2").write_text(
        "{% for e in timeline if e.depth == 0 %}{{ e.statement }}{% endfor %}"
        "{% for f in footnotes %}{{ f.id }}{% endfor %}"
    )

    assert "leaves out 'x'" in claimcli("export", "-t", "half.md.j2", cwd=tmp_path).stderr


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


def told_by(template: str, form: str) -> Filled:
    """Fill a template with two claims in this process."""
    named = context(briefing(dossier_from({"t.yaml": PAIR})))
    job = Job("own.j2", template, "", form, dict(named), seconds=2, memory=1, most_text=1_000_000)
    answer = Fill(job).answer()
    assert answer.filled, (template, answer.wrong)
    return answer.filled


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize("words", SHOWN)
def test_a_statement_is_told_in_whatever_letters(words: str, form: str) -> None:
    """Cut, joined, or through a filter: an answer to what is told must not be missing."""
    template = f"{{% for e in timeline if e.depth == 0 %}}{{{{ {words} }}}}{{% endfor %}}"

    assert told_by(template, form).stated == ["a"]


def test_what_only_compares_or_sorts_tells_nothing() -> None:
    told = told_by(
        "{% for e in timeline|sort(attribute='statement') if e.id != 'a' and e.id|lower != 'a' "
        "and not e.id.startswith('a') and e.statement not in ['A was so.'] %}{% endfor %}"
        "{% for e in timeline|groupby('id') %}.{% endfor %}",
        "md",
    )

    assert (told.text, told.stated, told.named) == ("..", [], [])


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
            "the template 'own.md.j2' makes md, and 'a.html' would be html; ",
        ),
        (["-t", "summary", "-o", "a.csv"], "the ending of 'a.csv' stands for no form here; "),
        (["-t", "summary", "-f", "pdf"], "no form 'pdf'; the forms here are md, html"),
    ],
)
def test_a_wrong_call_is_told(arguments: list[str], message: str, tmp_path: Path) -> None:
    for name in ("own.md.j2", "own.txt.j2"):
        (tmp_path / name).write_text("{{ title }}")
    done = claimcli("--sample", "call", "export", *arguments, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message}")


def test_a_template_of_ones_own_is_filled_from_the_command_line(tmp_path: Path) -> None:
    """Its ending says what it makes; plain text goes into a file of any ending."""
    (tmp_path / "own.tex.j2").write_text("\\title{{ '{' }}{{ title }}{{ '}' }}\n")
    options = ["export", "-t", "own.tex.j2", "--title", "One\ntwo", "-o", "a.tex"]
    done = claimcli("--sample", "call", *options, cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "a.tex").read_text() == "\\title{One two}\n"
    assert api.export(api.open_dossier(sample="call"), tmp_path / "own.tex.j2", title="T") == (
        "\\title{T}\n"
    )


def test_a_module_in_the_folder_is_not_imported(tmp_path: Path) -> None:
    """Filling starts a process in the same folder, which takes nothing from there."""
    (tmp_path / "jinja2.py").write_text("raise SystemExit('taken')")
    (tmp_path / "own.md.j2").write_text("{{ title }}")
    done = claimcli(
        "--sample", "call", "export", "-t", "own.md.j2", cwd=tmp_path, env={"PYTHONSAFEPATH": "1"}
    )

    assert done.stdout == "Briefing: who said what"


CLOSED = """
import contextlib, socket, subprocess, sys
from claimcli.formats.templates import sandbox
from claimcli.formats.templates.protocol import Job

sandbox.close_in(Job("a", "", ".", "md", {}, seconds=5, memory=2**30, most_text=1))
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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other bounds")
def test_what_would_get_out_of_the_sandbox_finds_little(tmp_path: Path) -> None:
    """The process that fills writes no file, starts no other, and reaches no network."""
    done = subprocess.run(
        [sys.executable, "-c", CLOSED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert done.stdout.split() == ["OSError", "PermissionError", "PermissionError", "MemoryError"]
