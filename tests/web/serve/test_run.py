"""The process of the server."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import browser  # noqa: F401 - a fixture
from tests.support.cli import ROOT, claimcli

CLAIM = "claims: [{id: a, party: p, statement: S., said: 2020}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(CLAIM)
    return tmp_path


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give the process of a server and the address that it prints."""
    command = [sys.executable, "-m", "claimcli", "--data", str(folder), "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_ctrl_c_ends_the_server_despite_open_connections(folder: Path) -> None:
    """The terminal shows nothing but what was said at the start."""
    with serving(folder) as (process, address):
        port = int(address.rsplit(":", 1)[1].rstrip("/"))
        with (
            socket.create_connection(("127.0.0.1", port)) as idle,
            socket.create_connection(("127.0.0.1", port)) as partial,
        ):
            partial.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            idle.sendall(b"garbage\r\n\r\n")
            with urllib.request.urlopen(f"{address}stamp") as answer:
                assert answer.status == 200
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=120)

    assert (process.returncode, errors) == (130, "serving 1 claim; Ctrl-C stops it\n")


@pytest.mark.slow
def test_two_servers_have_two_ports_and_end_when_terminated(folder: Path) -> None:
    with serving(folder) as (one, first), serving(folder, "party:p") as (other, second):
        assert first != second
        assert second.endswith("/claims?q=party%3Ap")
        for process, address in ((one, first), (other, second)):
            with urllib.request.urlopen(address) as answer:
                assert b"S." in answer.read()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=120) == -signal.SIGTERM


def test_a_port_in_use_is_an_error(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = claimcli("--data", str(folder), "serve", "--port", str(port))

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        f"error: port {port} cannot be used: address already in use; "
        "name another with --port, or take a free one with --port 0\n"
    )


def test_a_missing_library_is_an_error(folder: Path) -> None:
    """It says how to install the extra."""
    code = "import sys; sys.modules['uvicorn'] = None; from claimcli.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--data", str(folder), "serve"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: this needs the library 'uvicorn'; install it with: pip install 'claimcli[web]'\n"
    )


@contextmanager
def list_of(folder: Path, browser: Any) -> Iterator[tuple[Any, str]]:  # noqa: F811 - the fixture
    """Give a page that shows the list of claims of a running server, and the server's address."""
    with serving(folder) as (_, address), browser.new_page() as page:
        page.goto(f"{address}claims")
        yield page, address


@pytest.mark.slow
def test_a_page_follows_the_files_and_stays_while_they_are_invalid(
    folder: Path,
    browser: Any,  # noqa: F811 - the fixture
) -> None:
    """Then a message says so, and the number of errors is above the page."""
    with list_of(folder, browser) as (page, _):
        (folder / "b.yaml").write_text(CLAIM.replace("id: a", "id: b").replace("S.", "New."))
        page.get_by_text("New.").wait_for()
        (folder / "b.yaml").write_text("claims: [")
        page.get_by_text("The data changed and has errors.").wait_for()

        assert "New." in page.inner_text("main")
        assert "1 error in the data" in page.inner_text("#notes")


@pytest.mark.slow
def test_the_list_is_filtered_while_a_query_is_typed(
    folder: Path,
    browser: Any,  # noqa: F811 - the fixture
) -> None:
    """The address follows, and the reader can type on."""
    with list_of(folder, browser) as (page, address):
        page.type("#q", "nothing")
        page.get_by_text("No claim matches.").wait_for()

        assert page.url == f"{address}claims?q=nothing"
        assert page.evaluate("document.activeElement.id") == "q"
