"""``claimcli man``: the manual page is complete, and no text is read as roff syntax."""

import re
import shutil
import subprocess
from typing import Any

import pytest
import typer
from hypothesis import example, given
from hypothesis import strategies as st

from claimcli.cli import app, command_names
from claimcli.cli.commands.man import manual
from claimcli.cli.help_page import examples
from claimcli.cli.topics import topics
from claimcli.core.schema import RECORD_KINDS
from claimcli.dossier.json_schema import SCHEMA_FILE
from claimcli.formats.man import Manual, ManualCommand, ManualOption, ManualSection, man
from tests.support.cli import claimcli

PAGE = man(manual())
GROUP: Any = typer.main.get_command(app)


def text_of(page: str) -> str:
    """Return the text that roff shows, for the escapes that the page uses."""
    shown = re.sub(r"\\\[u([0-9A-F]+)\]", lambda found: chr(int(found[1], 16)), page)
    for written, char in (
        (r"\-", "-"), (r"\(aq", "'"), (r"\(ga", "`"), (r"\(ha", "^"), (r"\(ti", "~"),
        (r"\(dq", '"'), (r"\&", ""), (r"\fB", ""), (r"\fR", ""), (r"\e", "\\"),
    ):  # fmt: skip
        shown = shown.replace(written, char)
    return shown


@pytest.mark.parametrize("name", command_names())
def test_each_command_is_there_with_each_option(name: str) -> None:
    """Options are in the section of the command or among the shared options."""
    shown = text_of(PAGE)
    shared, _, commands = shown.partition('\n.SH "COMMANDS"\n')
    section = re.search(rf'^\.SS "claimcli {name}(?: .*)?"\n((?:(?!\.S[SH]).*\n)*)', commands, re.M)
    assert section

    for parameter in GROUP.get_command(None, name).params:
        if parameter.param_type_name == "option":
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"(?<![\w-]){option}(?![\w-])", shared + section[1]), option


def test_each_example_is_there() -> None:
    section = text_of(PAGE).partition('\n.SH "EXAMPLES"\n')[2].partition("\n.SH")[0]

    shown = re.findall("^(claimcli .*)$", section, re.MULTILINE)
    assert shown == [line for lines in examples().values() for line, _ in lines]


def test_the_files_and_their_fields_are_described() -> None:
    """The section on the format has each field of each record that files list."""
    shown = text_of(PAGE)
    files = shown.partition('\n.SH "FILES"\n')[2].partition("\n.SH")[0]
    form = shown.partition('\n.SH "FILE FORMAT"\n')[2].partition("\n.SH")[0]

    assert {"claimcli.toml", SCHEMA_FILE} <= set(files.splitlines())
    for kind in RECORD_KINDS.values():
        part = form.partition(f'.SS "{kind.section}: a list"\n')[2].partition("\n.SS")[0]
        assert re.findall(r"\.TP\n(\w+)\n", part) == [field.name for field in kind.fields]


def test_each_topic_is_there() -> None:
    """The fields are in the section on the file format."""
    for topic in set(topics()) - {"fields"}:
        assert f'.SH "{topic.replace("-", " ").upper()}: ' in text_of(PAGE)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@example(".so /etc/passwd")
@example("'so /etc/passwd\n.ex")
@example("\\X'x' \\n(.x")
def test_no_text_is_a_roff_request(text: str) -> None:
    """No text becomes a roff request or escape."""
    option = ManualOption(text, text)
    entry = ManualCommand("x", text, (text,), (option,))
    part = ManualSection(text, (text, text), (option,))
    section = ManualSection(text, (text,), parts=(part,))
    group = text, (option,)
    page = man(Manual("x", "1", text, text, (group,), (entry,), (section,), ((text, text),)))

    requests = r"\.(?:SH|SS)(?: \".*\"| [A-Z]+)|\.(?:TP|PP|nf|fi|in 0|nh|ad l)|\.TH .*"
    for line in page.splitlines():
        assert not line.startswith("'")
        assert not line.startswith(".") or re.fullmatch(requests, line), line
        assert line.isascii()
        left = re.sub(r"\\(?:-|e|&|fB|fR|\((?:aq|ga|ha|ti|dq)|\[u[0-9A-F]{4,6}\])", "", line)
        assert "\\" not in left, line


def test_the_command_prints_it() -> None:
    done = claimcli("man")
    assert (done.returncode, done.stdout) == (0, PAGE)


@pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff to read it")
def test_groff_reports_no_warnings() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tascii", "-ww", "-z"],
        input=PAGE,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
