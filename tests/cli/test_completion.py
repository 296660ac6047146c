"""Completion with the tab key, and that no completed text is run."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.cli import command_names, command_of
from claimcli.cli.completion import SHELLS, answer, script
from claimcli.cli.completion.lines import escaped, parse_line
from claimcli.cli.completion.offers import offer_for
from claimcli.dossier.index.prefix import MAX_VALUES
from tests.support.cli import ROOT, claimcli

BREAKS = " \t\n\"'@><=;|&(:"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in a folder with the bundled dossier."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMCLI_DATA", raising=False)
    return tmp_path


def bash(line: str) -> list[str]:
    """Return the answer to bash for a line: how to use it, then the words."""
    return answer("bash", [BREAKS, f"claimcli {line}"]).splitlines()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sh", ["words", "show"]),
        ("nothing", ["words"]),
        ("--sa", ["words", "--sample"]),
        ("--sample w", ["words", "waterworks"]),
        ("--sample=w", ["words", "waterworks"]),
        ("list --iss", ["words", "--issue"]),
        ("list --issue wh", ["words", "who-asked"]),
        ("list -i wh", ["words", "who-asked"]),
        ("list --party kremlin --issue wh", ["words", "who-asked"]),
        ("show no-d", ["words", "no-declaration"]),
        ("show clearly-stated no-d", ["words", "no-declaration"]),
        ("diff kr", ["words", "kremlin"]),
        ("diff kremlin wh", ["words", "white-house"]),
        ("diff kremlin white-house --only cont", ["words", "contested"]),
        ("drift os", ["words", "osce"]),
        ("fetch kremlin-r", ["words", "kremlin-readout"]),
        ("list --source kremlin-r", ["words", "kremlin-readout"]),
        ("list --speaker Jen", ["words", r"Jen\ Psaki"]),
        ("list --speaker 'Jen", ["words", "Jen Psaki"]),
        ('list --speaker "Jen', ["words", "Jen Psaki"]),
        (r"list --speaker Jen\ P", ["words", r"Jen\ Psaki"]),
        ("list --status conf", ["words", "confirmed"]),
        ("list --sort -sai", ["words", "-said"]),
        ("list --fields id,stat", ["words", "id,statement", "id,status"]),
        ("list --format json", ["words", "json", "jsonl"]),
        ("verify --format s", ["words", "sarif"]),
        ("import c", ["words", "claimreview", "csl-json", "csv"]),
        ("import cla", ["words", "claimreview"]),
        ("import claims", ["files"]),
        ("import csv cl", ["files"]),
        ("import csv claims.csv --losses ", ["files"]),
        ("import csv --on-conflict s", ["words", "skip", "suffix"]),
        ("verify --select altered,mis", ["words", "altered,missing", "altered,misplaced"]),
        ("audit --fail-on un", ["words", "unsourced", "unverified-quote"]),
        ("standing --semantics st", ["words", "stable"]),
        ("list --color al", ["words", "always"]),
        ("cache cl", ["words", "clear"]),
        ("help que", ["words", "query"]),
        ("completion f", ["words", "fish"]),
        ("list posi", ["prefixes", "position:"]),
        ("list party:kre", ["words", "kremlin"]),
        ("list -party:kre", ["words"]),
        ("list -- -party:kre", ["words", "kremlin"]),
        ("list '(party:kre", ["words", "(party:kremlin"]),
        ("list against:white", ["words", "white-house"]),
        ("list status:conf", ["words", "confirmed"]),
        ("list kind:denies-", ["words", "denies-saying"]),
        ("list has:tr", ["words", "translation"]),
        ("list speaker:Jen", ["words", r"\"Jen\ Psaki\""]),
        ("list event:call-2022", ["words", "call-2022-02-12"]),
        ("list said:2021", ["words"]),
        ("--sample waterworks list --party lab", ["words", "laboratory"]),
        ("list --sample waterworks --party lab", ["words", "laboratory"]),
        ("export -o ", ["files"]),
        ("--data=da", ["files"]),
        ("export --template summ", ["words", "summary"]),
        ("export --template mine.", ["files"]),
        ("export --template ", ["files"]),
        ("changes HEAD --issue wh", ["words", "who-asked"]),
        ("verify --texts ", ["folders"]),
        ("check ", ["files"]),
        ("list --limit ", ["words"]),
        ("nonsense no-", ["words"]),
        ("parties --nonsense ", ["words"]),
        ("set no-declaration po", ["prefixes", "position=", "positions="]),
        ("set no-declaration issue=we", ["words", "weapons-in-ukraine"]),
        ("set no-declaration source.qu", ["prefixes", "source.quote="]),
        ("set no-declaration party+=ni", ["words"]),
        ("set no-declaration party+=na", ["words", "nato"]),
        ("set no-declaration id=no", ["words"]),
        ("edit krem", ["words", "kremlin", "kremlin-readout"]),
        ("edit --kind source krem", ["words", "kremlin-readout"]),
        ("set source:krem", ["words", "kremlin-readout"]),
        ("set sauce:krem", ["words"]),
        ("check --report sa", ["prefixes", "sarif="]),
    ],
)
@pytest.mark.usefixtures("desk")
def test_completions_of_a_line(line: str, expected: list[str]) -> None:
    assert bash(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("add -i rise --position ", ["+2", "-2", "unclear"]),
        ("add --position -", ["-2"]),
        ("add --position=un", ["--position=unclear"]),
        ("add -i other --position ", ["no"]),
        ("add -i neither --position ", []),
        ("rebut fell --position ", ["+2", "-2", "unclear"]),
        ("set fell position=un", ["position=unclear"]),
        ("set claim:fell issue=other position=", ["position=no"]),
        ("set nothing position=", []),
        ("list position:n", ["position:no"]),
    ],
)
def test_declared_positions_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, expected: list[str]
) -> None:
    """Those of the claim's issue; without an issue those of all."""
    (tmp_path / "data.yaml").write_text("""\
issues:
- {id: rise, question: By how much?, positions: ["+2", "-2", unclear]}
- {id: other, question: Well?, positions: ["no"]}
- {id: neither, question: Well?}
claims: [{id: fell, party: p, statement: It fell., issue: rise}]
""")
    monkeypatch.chdir(tmp_path)

    _, *offered = answer("zsh", ["--", "claimcli", "--data", "data.yaml", *line.split(" ")]).split()

    assert offered == expected


def test_every_command_is_offered_with_its_summary() -> None:
    assert offer_for([], "").values == tuple(
        (name, (command_of(name).__doc__ or "").splitlines()[0])
        for name in command_names()
        if " " not in name
    )


def test_every_option_of_every_command_is_offered() -> None:
    for name in command_names():
        shown = claimcli(*name.split(), "--help").stdout
        for option, _ in offer_for(name.split(), "--").values:
            assert option in shown


@pytest.mark.usefixtures("desk")
def test_other_shells_get_descriptions() -> None:
    """zsh and fish do the quoting, and show the statement next to the id."""
    line = "no-declaration\tBiden made no declaration as to intentions in the conversation."

    for shell in ("zsh", "fish"):
        assert answer(shell, ["--", "claimcli", "show", "no-d"]) == f"words\n{line}\n"
        assert answer(shell, ["--", "claimcli", "list", "--speaker", "Jen"]) == "words\nJen Psaki\n"
    assert answer("fish", ["--", "claimcli", "list", "--speaker", '"Jen']) == "words\nJen Psaki\n"


def test_an_error_shows_nothing(tmp_path: Path) -> None:
    """Neither missing data nor broken settings write into the user's line."""
    (tmp_path / "claimcli.toml").write_text("=")
    for words in (["show", "a"], ["--data", "nowhere", "show", "a"], ["\udcff"], []):
        done = claimcli("--complete", "zsh", "--", "claimcli", *words, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    assert claimcli("--complete", cwd=tmp_path).returncode == 0


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)


@given(TEXTS, st.sampled_from(("", "'", '"')))
def test_completed_text_is_parsed_as_the_value(text: str, quote: str) -> None:
    """Any value, quoted for any place on the line, is one word with that value."""
    written = escaped(text, quote)
    if written is not None and (text or quote):
        read = parse_line(f"claimcli {quote}{written}", breaks=BREAKS)
        assert (read.words, read.word) == ((), text)


def test_bash_parses_completed_text_as_the_value(tmp_path: Path) -> None:
    """bash itself reads each text, in each kind of quoting, as the value."""
    texts = [
        "$(touch ran)", "`touch ran`", "a;touch ran", "a&touch ran", "a|touch ran", "a>ran",
        "~root", "*", "?", "[a]", "{a,b}", "#a", "a'b", 'a"b', "a\\b", "a\\", "$HOME", "${HOME}",
        "!x", "中 文", "é", "-n", "a=b:c", "a  b", "(x)", "<(touch ran)", "\u202eabc", "^a^b",
    ]  # fmt: skip
    lines, expected = [], []
    for text in texts:
        for quote in ("", "'", '"'):
            written = escaped(text, quote)
            if written is not None:
                lines.append(f"printf '%s\\n' x{quote}{written}{quote}")
                expected.append(f"x{text}")
    done = subprocess.run(
        ["bash", "--norc"],
        input="\n".join(lines),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.stdout.splitlines(), done.stderr) == (expected, "")
    assert list(tmp_path.iterdir()) == []


class Terminal:
    """A shell in a pseudo-terminal, with simulated typing."""

    def __init__(self, command: list[str], folder: Path) -> None:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.process, self.descriptor = pty.fork()
        if not self.process:
            os.chdir(folder)
            own = {
                "PATH": path,
                "PS1": "$ ",
                "TERM": "dumb",
                "HOME": str(folder),
                "LANG": "C.UTF-8",
            }
            os.execvpe(command[0], command, {**os.environ, **own})

    def type(self, keys: str, until: str) -> str:
        """Type, and return what is shown until a text is; without the text after two minutes."""
        os.write(self.descriptor, keys.encode())
        shown = b""
        end = time.monotonic() + 120
        while until.encode() not in shown and time.monotonic() < end:
            if select.select([self.descriptor], [], [], 0.2)[0]:
                shown += os.read(self.descriptor, 65536)
        return shown.decode("utf-8", "replace")

    def close(self) -> None:
        os.close(self.descriptor)
        os.waitpid(self.process, 0)


def test_completion_in_a_real_bash(desk: Path) -> None:
    """An id, a name with a space, the value of a field, and a file, each with the tab key."""
    terminal = Terminal(["bash", "--norc", "-i"], desk)
    terminal.type("bind 'set enable-bracketed-paste off'; echo go\n", "\r\ngo\r\n")
    terminal.type("source <(claimcli completion bash); echo ready\n", "\r\nready\r\n")

    try:
        for typed, completed in (
            ("show no-d", "show no-declaration "),
            ("list --speaker Je", r"list --speaker Jen\ Psaki "),
            ('list --speaker "Je', 'list --speaker "Jen Psaki" '),
            ("list party:kr", "list party:kremlin "),
            ("list --party=kr", "list --party=kremlin "),
            ("export -o dat", "export -o data/"),
        ):
            assert f"claimcli {completed}" in terminal.type(f"claimcli {typed}\t", completed)
            terminal.type("\x15", "")
    finally:
        terminal.close()


HOSTILE = ("D$(touch ran)", "D`touch ran`", "D;touch ran", "D\x1b]0;x\x07", "D\ntouch ran")


def test_a_hostile_name_is_not_run(tmp_path: Path) -> None:
    """Names that are commands are completed, the line is run, and only claimcli runs."""
    claims = "".join(
        f"- {{id: c{number}, party: p, statement: s, speaker: {ascii_json(name)}}}\n"
        for number, name in enumerate(HOSTILE)
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "c.yaml").write_text(f"claims:\n{claims}")
    terminal = Terminal(["bash", "--norc", "-i"], tmp_path)
    terminal.type("bind 'set enable-bracketed-paste off'; echo go\n", "\r\ngo\r\n")
    terminal.type("source <(claimcli completion bash); echo ready\n", "\r\nready\r\n")
    try:
        for begun, claim in ((r"D\$", "c0"), (r"D\`", "c1"), (r"D\;", "c2")):
            terminal.type(f"claimcli list --fields id --speaker {begun}\t", "touch\\ ran")
            assert claim in terminal.type("\n", claim)
        shown = terminal.type("claimcli list --speaker D\t\t", "\\\x07")  # common part, bell
    finally:
        terminal.close()

    assert shown.endswith("\\\x07")
    assert "\x1b]0;" not in shown
    assert {path.name for path in tmp_path.iterdir()} - {"cache", ".bash_history"} == {"data"}


def ascii_json(text: str) -> str:
    import json

    return json.dumps(text)


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in a folder with a dossier large enough for a cached index."""
    (tmp_path / "data").mkdir()
    claims = "".join(
        f"- {{id: claim-{number}, party: p, statement: {'word ' * 20}}}\n" for number in range(3000)
    )
    (tmp_path / "data" / "c.yaml").write_text(f"claims:\n{claims}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("many")
def test_a_large_dossier_is_not_read_for_completion() -> None:
    """Before any command has read it nothing is offered, and no index is built."""
    assert bash("show claim-12") == ["words"]
    assert claimcli("cache", cwd=Path.cwd()).stdout.count("\n") == 1


def test_the_index_of_the_last_command_is_used(many: Path) -> None:
    """Even if outdated: new records are offered after the next command."""
    claimcli("list", "--limit", "1", cwd=many)
    (many / "data" / "new.yaml").write_text("claims: [{id: claim-1200-a, party: p, statement: s}]")

    assert bash("show claim-1200") == ["words", "claim-1200"]
    claimcli("list", "--limit", "1", cwd=many)
    assert bash("show claim-1200") == ["words", "claim-1200", "claim-1200-a"]


def test_many_values_are_completed_in_steps(many: Path) -> None:
    """Up to the next choice; a shell that inserts the common prefix skips nothing."""
    claimcli("list", "--limit", "1", cwd=many)

    assert bash("show cl") == ["prefixes", *(f"claim-{digit}" for digit in range(10))]
    assert bash("show claim-1") == ["prefixes", *(f"claim-1{digit}" for digit in range(10))]
    assert bash("show claim-12")[0] == "prefixes"
    assert bash("show claim-123") == ["words", "claim-123", *(f"claim-123{d}" for d in range(10))]
    assert len(bash("show claim-29")) <= MAX_VALUES + 1


def test_a_damaged_index_shows_nothing(many: Path) -> None:
    claimcli("list", "--limit", "1", cwd=many)
    for path in (many / "cache").rglob("*.sqlite"):
        path.write_bytes(b"no database" * 1000)
    done = claimcli("--complete", "bash", BREAKS, "claimcli show claim-12", cwd=many)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_printed_for_each_shell(shell: str) -> None:
    done = claimcli("completion", shell)

    assert (done.returncode, done.stdout) == (0, script(shell))
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=done.stdout.encode(), check=False)
        assert checked.returncode == 0
    assert "eval " not in done.stdout


def test_an_unknown_shell_is_an_error() -> None:
    assert claimcli("completion", "bsh").stderr == "error: no shell 'bsh'; did you mean 'bash'?\n"


def test_completion_imports_little(many: Path) -> None:
    """No module needed to read the data is imported."""
    claimcli("list", "--limit", "1", cwd=many)
    code = (
        "import sys; from claimcli.cli.completion import answer;"
        f"assert 'claim-12' in answer('bash', [{BREAKS!r}, 'claimcli show claim-12']);"
        "print(sorted({'yaml', 'rich', 'rapidfuzz', 'jinja2', 'claimcli.dossier.reader'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=many, capture_output=True, encoding="utf-8", check=False
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")
