"""Commands that write leave a formatted dossier formatted."""

from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.server import misbehaving

LONG = "The council says that the valve at the corner of Mill Street was closed in the night. " * 2
COMMANDS = [
    ["add", "-p", "nato", "-s", LONG, "--said", "1999", "-i", "sanctions", "--tag", "old"],
    ["add", "-p", "nato", "-p", "osce", "-s", "a: b", "-i", "new-issue", "--source", "title: A, outlet: B"],
    ["add", "--id", "x", "-p", "nato", "-s", "#no comment", "--note", "one\n\ntwo ", "--quote", LONG, "--source", "A title"],
    ["add", "party", "--name", "Belarus", "--alias", "Minsk", "--alias", "The White, the Red", "--note", LONG],
    ["add", "source", "--title", "yes", "--published", "2022-01-07", "--derived-from", "kremlin-readout"],
    ["add", "issue", "--question", "Is it so?", "--position", "yes", "--position", "no", "--compatible", "yes,no"],
    ["add", "event", "--title", "Second call", "--date", "2022-02-12"],
    ["rebut", "grave-error", "-p", "white-house", "-s", LONG, "--quote", "ünïcode \u2028", "--source", "T"],
    ["respond", "grave-error", "-k", "confirms", "-p", "osce", "-s", "Yes.", "--said", "2022-01-01"],
    ["rebut", "grave-error", "-k", "undercuts", "-p", "nato", "-s", "No.", "--apart"],
    ["set", "grave-error", "said=1990", f"note={LONG}", "tags+=one"],
    ["set", "source:kremlin-readout", "published=", "title=A: B"],
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the bundled dossier, which is formatted."""
    folder = tmp_path_factory.mktemp("formatted")
    assert claimcli("init", "--sample", "call", cwd=folder).returncode == 0
    assert claimcli("fmt", "--check", cwd=folder).returncode == 0
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_formatted_dossier_stays_formatted(command: list[str], folder: Path) -> None:
    """After each of the commands, one after another; new claims are in their order."""
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    written = claimcli(*command, cwd=folder)
    changed = [path for path in folder.rglob("*.yaml") if path.read_bytes() != before.get(path)]

    assert written.returncode == 0, written.stderr
    assert len(changed) == 1
    assert claimcli("fmt", "--check", cwd=folder).stdout == ""


def test_an_empty_dossier_is_formatted_from_its_first_record_on(tmp_path: Path) -> None:
    assert claimcli("init", cwd=tmp_path).returncode == 0
    for command in (
        ["add", "party", "--name", "The Mill"],
        ["add", "-p", "mill", "-s", "Yes."],
    ):
        assert claimcli(*command, cwd=tmp_path).returncode == 0
    checked = claimcli("fmt", "--check", cwd=tmp_path)

    assert (checked.returncode, checked.stdout) == (0, "")


def test_a_formatted_file_stays_formatted_after_a_download(tmp_path: Path) -> None:
    """A source in brackets becomes too long for its line, and is written on several."""
    pytest.importorskip("httpcore", reason="an extra that is not installed")
    file = tmp_path / "a.yaml"
    with misbehaving() as (address, _):
        file.write_text(f'sources:\n  - {{id: text, title: T, url: "{address}/text"}}\n')
        fetched = claimcli("fetch", "--data", ".", "--allow-private", cwd=tmp_path)

    assert (fetched.returncode, "sha256" in file.read_text()) == (0, True), fetched.stderr
    assert claimcli("fmt", "--check", str(file)).returncode == 0
