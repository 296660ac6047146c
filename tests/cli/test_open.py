"""``claimcli open``: the page of a source at the quote, or the data file at a record."""

import sys
from pathlib import Path

import pytest

from claimcli.cli.browser import open_page
from claimcli.cli.editor import arguments_at
from claimcli.core.problems import ClaimcliError
from claimcli.quotes.text_fragments import quote_directive
from tests.support.cli import claimcli
from tests.support.terminal import in_terminal

RUN = f"{sys.executable} -m claimcli"
TOWN = """
parties: [{id: works}]
sources:
- {id: minutes, title: M, url: "https://example.org/minutes?a=1&b=2", archive_url: "https://example.org/kept"}
- {id: letter, title: L, url: "https://example.org/letter", text: letter.txt}
- {id: scan, title: S, url: "file:///etc/passwd", archive_url: "javascript:alert(1)"}
- {id: hostile, title: H, url: "https://example.org/$(touch hacked);touch hacked"}
- {id: bare, title: B}
claims:
- {id: dry, party: works, statement: Dry., source: [bare, minutes, {id: letter, quote: quite dry}]}
- {id: wet, party: works, statement: Wet., source: {id: minutes, quote: it is well-nigh wet}}
- {id: odd, party: works, statement: Odd., source: {id: letter, quote: never said}}
- {id: old, party: works, statement: Old., source: scan}
- {id: shy, party: works, statement: Shy., source: bare}
- {id: bad, party: works, statement: Bad., source: hostile}
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return a folder with a dossier, and a browser and an editor that note their arguments."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "data" / "letter.txt").write_text("We found it quite dry.", encoding="utf-8")
    for name in ("browser", "editor"):
        script = tmp_path / name
        script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {name}.txt\n', encoding="utf-8")
        script.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        ("dry", "https://example.org/letter#:~:text=quite%20dry"),
        ("wet", "https://example.org/minutes?a=1&b=2#:~:text=it%20is%20well%2Dnigh%20wet"),
        ("we --archive", "https://example.org/kept#:~:text=it%20is%20well%2Dnigh%20wet"),
        ("odd", "https://example.org/letter"),
        ("minutes", "https://example.org/minutes?a=1&b=2"),
        ("min --archive", "https://example.org/kept"),
        ("odd --edit", "data/a.yaml:12"),
        ("works --edit", "data/a.yaml:2"),
        ("source:bare --edit", "data/a.yaml:8"),
    ],
)
def test_off_a_terminal_the_address_is_printed(town: Path, arguments: str, address: str) -> None:
    """At the quote, also if no text is on file, but not if the text lacks the quote."""
    done = claimcli("open", *arguments.split(), cwd=town)

    assert (done.returncode, done.stdout) == (0, f"{address}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("old", "no web address of a source's page is on file for 'old'; "
         "set it with 'claimcli set source:ID url=https://...'"),
        ("scan --archive", "no web address of a source's archived page is on file for 'scan'; "
         "set it with 'claimcli set source:ID archive_url=https://...'"),
        ("bad", "no web address of a source's page is on file for 'bad'; "
         "set it with 'claimcli set source:ID url=https://...'"),
        ("works", "party 'works' has no page; 'claimcli show' shows its claims, --edit opens its file"),
        ("o", "2 ids begin with 'o': odd, old; write more of one"),
        ("dry --edit --archive", "--archive and --edit exclude each other; leave one of them out"),
    ],
)  # fmt: skip
def test_only_web_addresses_are_opened(town: Path, arguments: str, message: str) -> None:
    """Files and scripts are not, nor an address with characters that none has."""
    done = claimcli("open", *arguments.split(), cwd=town)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {message}\n")


def test_further_sources_are_named(town: Path) -> None:
    """The first is the one that is quoted."""
    assert claimcli("open", "dry", cwd=town).stderr == "also cited: minutes\n"


def test_on_a_terminal_the_browser_opens_the_page(town: Path) -> None:
    """The address is one argument, whatever it contains."""
    shown, code = in_terminal(f"{RUN} open wet", cwd=town, env={"BROWSER": f"{town}/browser"})
    address = "https://example.org/minutes?a=1&b=2#:~:text=it%20is%20well%2Dnigh%20wet"

    assert (shown, code) == (f"opening {address}\n", 0)
    assert (town / "browser.txt").read_text(encoding="utf-8") == f"{address}\n"


def test_a_browser_that_cannot_be_run_is_an_error(town: Path) -> None:
    """The address is shown, so that it can be copied."""
    env = {"BROWSER": "no-such-browser", "PATH": "/nowhere", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    shown, code = in_terminal(f"{RUN} open minutes", cwd=town, env=env)

    address = "https://example.org/minutes?a=1&b=2"
    assert shown == (
        f"opening {address}\nerror: no browser opened {address}; set BROWSER, or open it yourself\n"
    )
    assert code == 3


def test_on_a_terminal_the_editor_opens_the_file_at_the_record(town: Path) -> None:
    """VISUAL comes before EDITOR, as for ``edit``."""
    _, code = in_terminal(f"{RUN} open odd --edit", cwd=town, env={"VISUAL": f"{town}/editor -w"})

    assert code == 0
    assert (town / "editor.txt").read_text(encoding="utf-8") == f"-w\n+12\n{town}/data/a.yaml\n"


def test_editors_differ_in_how_a_line_is_named() -> None:
    """The path is absolute, so that no editor takes it for an option."""
    assert arguments_at("/usr/bin/vim", "/a.yaml", 3) == ["+3", "/a.yaml"]
    assert arguments_at("code", "/a.yaml", 3) == ["--goto", "/a.yaml:3"]
    assert arguments_at("hx", "/a.yaml", 3) == ["/a.yaml:3"]


def test_no_other_address_reaches_the_browser() -> None:
    """The function refuses it itself."""
    for address in ("file:///etc/passwd", "javascript:alert(1)", "-new-tab", ""):
        with pytest.raises(ClaimcliError, match="is no web address"):
            open_page(address)


@pytest.mark.parametrize(
    ("quote", "directive"),
    [
        ("so it is", "text=so%20it%20is"),
        ("one, two - three", "text=one%2C%20two%20%2D%20three"),
        ("the start … the end", "text=the%20start"),
        ("the start [of it]", "text=the%20start"),
        ("word " * 100, "text=" + ",".join(["%20".join(["word"] * 6)] * 2)),
        ("…", ""),
    ],
)
def test_the_directive_of_a_quote_without_a_text(quote: str, directive: str) -> None:
    """The words up to an elision, or both ends of a long quote."""
    assert quote_directive(quote) == directive
