"""``add source``, and pages and texts that become sources."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.server import ARTICLE, misbehaving

TEXT = b'The mayor said: "The bridge is closed."\n'
DIGEST = sha256(TEXT).hexdigest()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with an empty dossier and a text outside of it."""
    folder = tmp_path / "desk"
    assert claimcli("init", str(folder)).returncode == 0
    (tmp_path / "minutes.txt").write_bytes(TEXT)
    return folder


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    pytest.importorskip("httpcore", reason="an extra that is not installed")
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    with misbehaving() as found:
        yield found


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below the data folder that commands have added."""
    data = folder / "data"
    files = (path for path in sorted(data.rglob("*")) if path.is_file())
    found = {str(path.relative_to(data)): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if name != "claims.yaml"}


def records(folder: Path) -> str:
    """Return the sources of the dossier, with the day of access as DAY."""
    text = (folder / "data" / "sources.yaml").read_text(encoding="utf-8")
    return re.sub(r"accessed: .*", "accessed: DAY", text.partition("\n")[2])


def test_a_text_from_elsewhere_is_copied_into_the_dossier(desk: Path) -> None:
    """It is named after the source, which has its checksum."""
    done = claimcli(
        "add", "source", "--title", "Minutes of the council", "--text", "../minutes.txt", cwd=desk
    )

    assert (done.returncode, done.stdout) == (0, "minutes-council\n"), done.stderr
    assert done.stderr == "data/sources.yaml:3: added 'minutes-council'\n"
    assert contents(desk)["texts/minutes-council.txt"] == TEXT
    assert records(desk) == (
        "sources:\n"
        "  - id: minutes-council\n"
        "    title: Minutes of the council\n"
        "    text: texts/minutes-council.txt\n"
        f"    sha256: {DIGEST}\n"
    )
    assert "0 errors" in claimcli("check", cwd=desk).stderr


def test_a_text_in_the_dossier_stays_where_it_is(desk: Path) -> None:
    (desk / "archive").mkdir()
    (desk / "archive" / "a.txt").write_bytes(TEXT)
    done = claimcli("add", "source", "--title", "T", "--text", "archive/a.txt", cwd=desk)

    assert done.returncode == 0, done.stderr
    assert list(contents(desk)) == ["sources.yaml"]
    assert "    text: ../archive/a.txt\n" in records(desk)
    assert "0 errors" in claimcli("check", cwd=desk).stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../missing.txt", "'../missing.txt' does not exist; name the file with the text"),
        ("data", "'data' is not a text that can be read; name a file that ends in one of .txt, "),
        ("../minutes.docx", "'../minutes.docx' is not a text that can be read; name a file that "),
        ("../latin.txt", "'../latin.txt' is not UTF-8 from byte 6 on; it seems to be windows-"),
        ("../folder.txt", "'../folder.txt' is not a regular file; name the file with the text"),
    ],
)
def test_a_text_that_cannot_be_read_is_an_error(desk: Path, name: str, message: str) -> None:
    """Nothing is written."""
    (desk.parent / "minutes.docx").write_bytes(b"PK")
    (desk.parent / "folder.txt").mkdir()
    (desk.parent / "latin.txt").write_bytes("Die Brücke ist für alle geschlossen.".encode("cp1252"))
    done = claimcli("add", "source", "--title", "T", "--text", name, cwd=desk)

    assert (done.returncode, done.stdout, contents(desk)) == (2, "", {})
    assert done.stderr.startswith(f"error: {message}")


def test_another_file_with_the_name_of_the_text_is_not_replaced(desk: Path) -> None:
    (desk / "data" / "texts").mkdir()
    (desk / "data" / "texts" / "t.txt").write_bytes(b"another")
    done = claimcli("add", "source", "--title", "T", "--text", "../minutes.txt", cwd=desk)

    assert (done.returncode, contents(desk)) == (2, {"texts/t.txt": b"another"})
    assert "data/texts/t.txt' exists already with other content; move it away" in done.stderr


def test_a_page_states_what_it_is(server: tuple[str, list[str]], desk: Path) -> None:
    """Its text and the page itself are stored; an option replaces what the page states."""
    url = f"{server[0]}/2024/bridge.html"
    done = claimcli(
        "add", "source", url, "--allow-private", "--author", "Ann B. Lee", "--kind", "secondary",
        cwd=desk,
    )  # fmt: skip
    files = contents(desk)

    assert (done.returncode, done.stdout) == (0, "bridge-closed\n"), done.stderr
    assert done.stderr == f"fetching {url}\ndata/sources.yaml:3: added 'bridge-closed'\n"
    assert list(files) == ["sources.yaml", "texts/bridge-closed.html", "texts/bridge-closed.txt"]
    assert files["texts/bridge-closed.html"] == ARTICLE
    assert records(desk) == (
        "sources:\n"
        "  - id: bridge-closed\n"
        "    title: Bridge closed\n"
        "    outlet: The Gazette\n"
        "    author: Ann B. Lee\n"
        "    published: 2024-03-04\n"
        f"    url: {url}\n"
        "    accessed: DAY\n"
        "    language: en\n"
        "    kind: secondary\n"
        "    text: texts/bridge-closed.txt\n"
        f"    sha256: {sha256(files['texts/bridge-closed.txt']).hexdigest()}\n"
    )
    again = claimcli("add", "source", f"{url}#top", "--allow-private", cwd=desk)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == (
        "error: source 'bridge-closed' has this address; "
        "'claimcli set source:bridge-closed ...' changes it\n"
    )


def test_a_cited_page_becomes_a_source(server: tuple[str, list[str]], desk: Path) -> None:
    """The first claim that cites it adds it, the next ones find it; quotes are compared at once."""
    url = f"{server[0]}/2024/bridge.html"
    claim = ["add", "-p", "town", "-s", "It is closed.", "--source", url, "--allow-private"]
    wrong = claimcli(*claim, "--quote", "three of its cables", cwd=desk)

    assert (wrong.returncode, wrong.stdout, contents(desk)) == (1, "", {})
    assert "the quote of 'bridge-closed' does not occur in the text" in wrong.stderr
    assert "(data/texts/bridge-closed.txt, line" in wrong.stderr
    first = claimcli(*claim, "--quote", "two of its cables are damaged", cwd=desk)
    assert (first.returncode, first.stdout) == (0, "closed\n"), first.stderr
    assert f"added source 'bridge-closed', {url}\n" in first.stderr
    second = claimcli("rebut", "closed", "-p", "f", "-s", "No.", "--source", url, cwd=desk)
    assert (second.returncode, server[1].count("/2024/bridge.html")) == (0, 2), second.stderr
    assert contents(desk)["claims/claims.yaml"].decode().partition("\n")[2] == (
        "claims:\n"
        "  - id: closed\n"
        "    party: town\n"
        "    statement: It is closed.\n"
        '    source: {id: bridge-closed, quote: "two of its cables are damaged"}\n'
        "    rebuttals:\n"
        "      - party: f\n"
        "        statement: No.\n"
        "        source: bridge-closed\n"
    )
    assert claimcli("verify", "--format", "tsv", cwd=desk).stdout.count("exact\t") == 1
    assert claimcli("fmt", "--check", cwd=desk).returncode == 0


def test_a_page_that_cannot_be_read_is_a_source_all_the_same(
    server: tuple[str, list[str]], desk: Path
) -> None:
    """Its title is the address; notes say why, and how to set the title."""
    url = f"{server[0]}/2024/gone-with-the-wind.html"
    done = claimcli("add", "-p", "p", "-s", "It is so.", "--source", url, cwd=desk)

    assert (done.returncode, done.stdout) == (0, "so\n"), done.stderr
    assert done.stderr == (
        f"fetching {url}\n"
        f"note: not read: {url} is refused: '127.0.0.1' is at a private address, 127.0.0.1; "
        "'--allow-private' allows private addresses\n"
        "note: the title is the address; claimcli set source:gone-wind title=...\n"
        f"added source 'gone-wind', {url}\n"
        "data/claims/claims.yaml:3: added 'so'\n"
    )
    assert records(desk) == f"sources:\n  - id: gone-wind\n    title: {url}\n    url: {url}\n"
    assert claimcli("set", "source:gone-wind", "title=Gone", cwd=desk).returncode == 0


def test_the_network_is_not_used_for_an_address_that_is_only_noted(desk: Path) -> None:
    done = claimcli("add", "source", "--title", "T", "--url", "https://x.example/a", cwd=desk)

    assert (done.returncode, done.stderr) == (0, "data/sources.yaml:3: added 't'\n")
    cited = claimcli(
        "add", "-p", "p", "-s", "It is so.", "--source", "http://x.example/a/", cwd=desk
    )
    assert (cited.returncode, cited.stderr) == (0, "data/claims/claims.yaml:3: added 'so'\n")
    assert b"    source: t\n" in contents(desk)["claims/claims.yaml"]


def test_only_a_web_address_can_be_a_page(desk: Path) -> None:
    for word in ("minutes", "file:///etc/passwd", "https://", "javascript:alert(1)"):
        done = claimcli("add", "source", word, cwd=desk)

        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"error: '{word}' is not a web address; write it as https://...\n"


def test_a_dry_run_writes_no_text(desk: Path) -> None:
    done = claimcli(
        "add", "source", "--title", "T", "--text", "../minutes.txt", "--dry-run", cwd=desk
    )

    assert (done.returncode, contents(desk)) == (0, {}), done.stderr
    assert "+    text: texts/t.txt\n" in done.stdout
    assert '+The mayor said: "The bridge is closed."\n' in done.stdout
