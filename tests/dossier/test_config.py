"""``claimcli.toml``: its keys, their effects, and the messages for mistakes."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from claimcli import formats
from claimcli.cli.settings import defaults
from claimcli.cli.topics import topic_text
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.config import FORMS, KEYS, Configuration, find_config, read_config
from claimcli.formats import table
from tests.support.cli import claimcli

CLAIMS = """
claims:
- {id: a, party: p, statement: One., issue: i}
- {id: b, party: q, statement: Other., issue: i}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a dossier of two claims."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.yaml").write_text(CLAIMS)
    return tmp_path


def test_all_keys_are_read(tmp_path: Path) -> None:
    """Relative paths start at its folder, and a text is the same as a list of one text."""
    path = tmp_path / "claimcli.toml"
    path.write_text(
        'data = ["one", "/two"]\ntitle = "P"\ndescription = "D"\nformat = "json"\n[check]\nselect = "bad-date"\n'
        'ignore = ["a", "b"]\n[briefing]\ntitle = "T"\ntemplate = "mine.j2"\n[cache]\nkeep = false\n'
    )

    assert read_config(path) == Configuration(
        path=path,
        data=(tmp_path / "one", Path("/two")),
        format="json",
        select=("bad-date",),
        ignore=("a", "b"),
        title="P",
        description="D",
        briefing_title="T",
        template=str(tmp_path / "mine.j2"),
        keep=False,
    )


def test_an_empty_file_means_that_the_data_is_next_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "claimcli.toml").write_text("")
    assert find_config(tmp_path) == Configuration(
        path=tmp_path / "claimcli.toml", data=(tmp_path / "data",)
    )
    monkeypatch.chdir(tmp_path)
    assert find_config(tmp_path, tmp_path).path == Path("claimcli.toml")


def test_a_template_by_name_stays_a_name(tmp_path: Path) -> None:
    (tmp_path / "claimcli.toml").write_text('[briefing]\ntemplate = "summary"\n')
    assert find_config(tmp_path).template == "summary"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('dta = "x"', ":1: no key 'dta'; did you mean 'data'?"),
        ('# one\n\nzzzzz = 1', ":3: no key 'zzzzz'; the keys here are data, title, description, format, briefing, cache, check"),
        ('[check]\nslect = []', ":2: no key 'slect' in [check]; did you mean 'select'?"),
        ('check.slect = []', ":1: no key 'slect' in [check]; did you mean 'select'?"),
        ('"check" = { slect = [] }', ":1: no key 'slect' in [check]; did you mean 'select'?"),
        ('[briefing]\nignore = []', ":2: no key 'ignore' in [briefing]; it belongs in [check]"),
        ('ignore = []', ":1: no key 'ignore'; it belongs in [check]"),
        ('[check]\nformat = "json"', ":2: no key 'format' in [check]; it belongs above the tables"),
        ('\n[chek]\nselect = []', ":2: no key 'chek'; did you mean 'check'?"),
        ('check = 1', ":1: 'check' is a table of keys; write it as '[check]'"),
        ('data = 1', ":1: 'data' takes a text or a list of texts; see 'claimcli help configuration'"),
        ('data = [1]', ":1: 'data' takes a text or a list of texts; see 'claimcli help configuration'"),
        ('data = []', ":1: 'data' names nothing; write a folder, as in data = \"data\""),
        ('data = ""', ":1: 'data' names nothing; write a folder, as in data = \"data\""),
        ('format = ["json"]', ":1: 'format' takes a text; see 'claimcli help configuration'"),
        ('format = "jsn"', ":1: no format 'jsn'; did you mean 'json'?"),
        ('[cache]\nkeep = "no"', ":2: 'keep' takes true or false; see 'claimcli help configuration'"),
        ('\nx = ', ":2: this is not TOML: invalid value; fix it"),
        ('x = ?', ":1:5: this is not TOML: invalid value; fix it"),
        ('data = "a', ":1: this is not TOML: unterminated string; fix it"),
        ('\n\ndata = "a"\ndata = "b"', ":4: this is not TOML: cannot overwrite a value; fix it"),
        ('data = "\udcff"', ": it is not UTF-8; save it as UTF-8"),
        ("#" * 70_000, ": it is larger than 64 KiB; take out what belongs elsewhere"),
        ("x = " + "[" * 20_000, ": this is not TOML: "),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_place(text: str, message: str, project: Path) -> None:
    """And with a hint; the command exits with 3 and shows nothing."""
    (project / "claimcli.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = claimcli("list", cwd=project)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert f"error: claimcli.toml{message}" in done.stderr


def test_control_characters_in_it_are_spelled_out(project: Path) -> None:
    (project / "claimcli.toml").write_text('"\\u001b[31m" = 1')
    assert "\x1b" not in claimcli("list", cwd=project).stderr


def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "claimcli.toml"
    with pytest.raises(ClaimcliError, match="cannot be read: No such file"):
        read_config(path)


def test_its_format_is_the_default_of_commands_that_have_it(project: Path) -> None:
    """--format and the suffix of -o take precedence; commands without that format use their own."""
    (project / "claimcli.toml").write_text('format = "csv"')

    def first(*arguments: str) -> str:
        return claimcli(*arguments, cwd=project).stdout.partition("\n")[0]

    assert first("list", "--fields", "id,party") == "id,party"
    assert first("list", "--fields", "id,party", "--format", "tsv") == "id\tparty"
    assert first("diff", "p", "q").startswith("issue\trelation\t")
    assert first("check", "--format", "concise").startswith("data/claims.yaml:3:")
    claimcli("list", "-o", "l.md", cwd=project)
    assert (project / "l.md").read_text().startswith("| id |")


def test_a_table_is_still_tsv_in_a_pipe(project: Path) -> None:
    (project / "claimcli.toml").write_text('format = "table"')
    done = claimcli("list", "--fields", "id,party", cwd=project)

    assert done.stdout == "id\tparty\na\tp\nb\tq\n"


def test_its_title_is_that_of_the_briefing(project: Path) -> None:
    (project / "claimcli.toml").write_text('[briefing]\ntitle = "What was said"')

    assert claimcli("export", cwd=project).stdout.startswith("# What was said\n")
    assert claimcli("export", "--title", "Mine", cwd=project).stdout.startswith("# Mine\n")
    sample = claimcli("--sample", "call", "export", cwd=project).stdout
    assert "What was said" not in sample.partition("\n")[0]


def test_its_template_is_that_of_the_briefing(project: Path) -> None:
    """A file next to it or a name, in any working folder; options take precedence."""
    (project / "mine.txt.j2").write_text("{{ title }} by my own\n")
    below = project / "below"
    below.mkdir()
    (project / "claimcli.toml").write_text(
        '[briefing]\ntitle = "What was said"\ntemplate = "mine.txt.j2"'
    )

    for folder in (project, below):
        done = claimcli("export", "--force", cwd=folder)
        assert (done.stdout, done.returncode) == ("What was said by my own\n", 0)
    own = claimcli("export", "--template", "briefing", cwd=project).stdout
    assert own.startswith("# What was said\n")


def test_settings_are_those_of_the_named_data(project: Path) -> None:
    """With --data, the nearest file above that data is used, in any working folder."""
    (project / "claimcli.toml").write_text('format = "json"')
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "claimcli.toml").write_text('format = "csv"')
    named = ("list", "--fields", "id", "--data", "../data")

    assert claimcli(*named, cwd=elsewhere).stdout.startswith("[")
    assert claimcli("list", "--fields", "id", "--data", str(project / "data")).stdout[0] == "["
    environment = {"CLAIMCLI_DATA": str(project / "data")}
    assert claimcli("list", "--fields", "id", cwd=elsewhere, env=environment).stdout[0] == "["


def test_commands_that_need_no_settings_ignore_the_file(project: Path) -> None:
    """Help works with a broken file."""
    (project / "claimcli.toml").write_text("=")
    for command in ("help", "schema"):
        assert claimcli(command, cwd=project).returncode == 0


def test_no_index_is_kept_if_it_says_so(project: Path) -> None:
    many = "".join(f"- {{id: c{n}, party: p, statement: {'word ' * 20}}}\n" for n in range(3000))
    (project / "data" / "many.yaml").write_text(f"claims:\n{many}")
    cache = project / "kept"
    environment = {"XDG_CACHE_HOME": str(cache)}

    def kept() -> int:
        claimcli("list", "--limit", "1", cwd=project, env=environment)
        return len(list(cache.rglob("*.sqlite")))

    (project / "claimcli.toml").write_text("[cache]\nkeep = false")
    assert kept() == 0
    (project / "claimcli.toml").write_text("[cache]\nkeep = true")
    assert kept() == 1


def test_rules_and_template_become_options_that_were_not_given() -> None:
    """Values of the call are kept; a command gets only the options it has."""
    rules = ("long-quote", "bad-date")
    settings = Configuration(select=("bad-id",), ignore=rules, briefing_title="T", template="t")

    assert defaults(settings, "check", unset={"select", "ignore", "format_"}) == {
        "select": ["bad-id"],
        "ignore": ["long-quote", "bad-date"],
    }
    assert defaults(settings, "check", unset={"ignore"}) == {"ignore": ["long-quote", "bad-date"]}
    assert defaults(settings, "export", unset={"template", "title"}) == {
        "title": "T",
        "template": "t",
    }
    assert defaults(settings, "list", unset={"format_", "output"}) == {}


def test_an_unknown_rule_is_reported_with_the_file(project: Path) -> None:
    (project / "claimcli.toml").write_text('[check]\nignore = ["long-quotes"]')
    done = claimcli("check", cwd=project)

    assert (done.returncode, done.stdout, done.stderr) == (
        3,
        "",
        "error: claimcli.toml: no rule 'long-quotes'; did you mean 'long-quote'?\n",
    )


def test_every_key_is_explained() -> None:
    """The help topic has each key under its table, with a valid value."""
    topic = topic_text("configuration")
    shown = "\n".join(re.findall(r"^  ((?:\w+ = (?:\S+|\"[^\"]*\"))|\[\w+\])(?:\s|$)", topic, re.M))
    found = re.findall(r"^(?:\[(\w+)\]|(\w+) = )", shown, re.M)
    table, named = "", []
    for header, key in found:
        table = header or table
        if key:
            named.append(f"{table}.{key}" if table else key)

    assert named == [key.full for key in KEYS]


def test_format_is_one_that_commands_write() -> None:
    """It takes the formats of tables, and others that several commands with a table have."""
    modules = (import_module(f"claimcli.formats.{m.name}") for m in iter_modules(formats.__path__))
    writers = [tuple(m.WRITERS) for m in modules if hasattr(m, "WRITERS")]
    others = Counter(name for names in writers if names[0] == "table" for name in names)

    assert {*FORMS} == {*table.WRITERS, *(name for name, count in others.items() if count > 1)}


def test_settings_in_the_default_data_folder_apply(tmp_path: Path) -> None:
    """A claimcli.toml in ./data is used if nothing names the data and no folder above has one."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("claims: [{id: a, party: p, statement: S}]\n")
    (tmp_path / "data" / "claimcli.toml").write_text('[briefing]\ntitle = "The main"\n')

    inside = claimcli("export", cwd=tmp_path).stdout
    (tmp_path / "claimcli.toml").write_text('data = "data"\n')
    above = claimcli("export", cwd=tmp_path).stdout

    assert inside.startswith("# The main\n")
    assert above.startswith("# Briefing: who said what\n")
