"""``claimcli fetch``: what it downloads and writes, and that failures leave nothing behind."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("httpcore", reason="an extra that is not installed")

from claimcli.cli import main
from tests.support.cli import ROOT, claimcli
from tests.support.server import PAGE, misbehaving

STARTED = datetime.now(UTC).date()


def accessed(text: str) -> str:
    """Return the first day of access in a text: today, which may have begun during the test."""
    (day, *_) = re.findall(r"accessed: [\"']?(\d{4}-\d\d-\d\d)", text)
    assert STARTED <= date.fromisoformat(day) <= datetime.now(UTC).date()
    return str(day)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    with misbehaving() as found:
        yield found


def dossier(folder: Path, address: str, *paths: str) -> Path:
    """Write a source for each path, named by it, and return the file."""
    lines = [
        f"  - id: {p[1:]}   # keep\n    title: T\n    published: 2023\n    url: {address}{p}\n"
        for p in paths
    ]
    file = folder / "sources.yaml"
    file.write_text("# mine\nsources:\n" + "\n".join(lines), encoding="utf-8")
    return file


def fetch(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return claimcli("fetch", "--data", ".", "--allow-private", *arguments, cwd=folder)


def test_a_page_is_kept_with_its_text(server: tuple[str, list[str]], tmp_path: Path) -> None:
    """The page, its text, and three fields in the YAML, which is otherwise unchanged."""
    file = dossier(tmp_path, server[0], "/page", "/text")
    before = file.read_text(encoding="utf-8")
    done = fetch(tmp_path)
    text = (tmp_path / "texts" / "page.txt").read_text(encoding="utf-8")
    digest = sha256((tmp_path / "texts" / "page.txt").read_bytes()).hexdigest()

    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "id\toutcome\ttext\tnote\n"
        "page\tfetched\ttexts/page.txt\t\n"
        "text\tfetched\ttexts/text.txt\t\n"
    )
    assert (tmp_path / "texts" / "page.html").read_bytes() == PAGE
    assert "The main under Mill Street was inspected in March and found sound." in text
    after = file.read_text(encoding="utf-8")
    fields = f"    accessed: {accessed(after)}\n    text: texts/page.txt\n    sha256: {digest}\n"
    assert fields in after
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line for line in after.splitlines() if line not in added] == before.splitlines()
    assert len(added) == 6
    assert claimcli("check", ".", cwd=tmp_path).stdout == ""


def test_nothing_is_fetched_twice(server: tuple[str, list[str]], tmp_path: Path) -> None:
    """A source with a text is not fetched again, whether it is named or not."""
    file = dossier(tmp_path, server[0], "/page")
    fetch(tmp_path)
    kept = file.read_bytes()

    assert fetch(tmp_path).stdout == "id\toutcome\ttext\tnote\n"
    assert fetch(tmp_path, "page").stdout.endswith("page\tkept\ttexts/page.txt\tit has a text\n")
    assert (server[1], file.read_bytes()) == (["/page"], kept)


@pytest.mark.parametrize(
    ("path", "note"),
    [
        ("/missing", "answers 404; check the address, or try a web archive"),
        ("/picture", "is of type image/png, which is not supported; save its text by hand"),
        ("/empty", "has no text that could be extracted; save its text as a .txt file"),
        (
            "/wrong-charset",
            "is in a charset that cannot be determined: the server names utf-8, but 1 of 26 characters"
            " are then not those of a text; save its text by hand as UTF-8",
        ),
        ("/cut-short", "cannot be reached: "),
        ("/nothing", "is empty; check the address"),
    ],
)
def test_a_failed_download_leaves_nothing(
    server: tuple[str, list[str]], tmp_path: Path, path: str, note: str
) -> None:
    """Exit code 3, the reason, and no file and no field."""
    file = dossier(tmp_path, server[0], path)
    before = file.read_bytes()
    done = fetch(tmp_path, "--format", "json")

    assert done.returncode == 3
    (row,) = json.loads(done.stdout)
    assert (row["outcome"], row["text"]) == ("failed", None)
    assert row["note"].startswith(f"{server[0]}{path} {note}")
    assert file.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"cache", "sources.yaml"}


def test_one_failure_does_not_stop_the_others(
    server: tuple[str, list[str]], tmp_path: Path
) -> None:
    dossier(tmp_path, server[0], "/missing", "/text")
    done = fetch(tmp_path)

    assert done.returncode == 3
    assert [line.split("\t")[1] for line in done.stdout.splitlines()[1:]] == ["failed", "fetched"]


def test_a_page_in_another_charset(server: tuple[str, list[str]], tmp_path: Path) -> None:
    """The server's bytes are kept too; a charset that it does not name is reported as a guess."""
    dossier(tmp_path, server[0], "/latin", "/no-charset")
    done = fetch(tmp_path)
    texts = tmp_path / "texts"

    assert done.stdout.splitlines()[1:] == [
        "latin\tfetched\ttexts/latin.txt\t",
        "no-charset\tfetched\ttexts/no-charset.txt\tcharset guessed: windows-1252",
    ]
    assert (texts / "latin.txt").read_text(encoding="utf-8") == "Die Leitung wurde gepr\u00fcft."
    assert (texts / "latin.original").read_bytes().decode("latin-1").endswith("gepr\u00fcft.")


@pytest.mark.parametrize(
    "yaml",
    [
        "sources: [{{id: page, title: T, url: {0}/page}}]  # end",
        "\ufeffsources:\r\n- id: page\r\n  title: T\r\n  url: {0}/page",
        "sources:\n- &here {{id: page, title: T, url: {0}/page}}\n",
        "sources:\n- id: page\n  url: {0}/page\n  accessed: 2020   # long ago\n  title: >-\n   T\n\n\n",
        "claims:\n- id: c\n  party: p\n  statement: S.\n"
        "  source: {{id: page, title: T, url: {0}/page, quote: found sound}}\n",
        "issues: []\n---\nsources:\n  - {{id: page, title: T,\n     url: {0}/page}}\n...\n",
    ],
)
def test_the_style_of_the_yaml_is_kept(
    server: tuple[str, list[str]], tmp_path: Path, yaml: str
) -> None:
    """Flow style, CRLF, a byte order mark, no final newline, several documents, an inline source."""
    file = tmp_path / "a.yaml"
    before = yaml.format(server[0])
    file.write_bytes(before.encode())
    done = fetch(tmp_path)
    after = file.read_bytes().decode()

    assert done.returncode == 0, done.stdout
    assert "texts/page.txt" in after
    expected = before.replace("2020", accessed(after))
    assert any(
        after == expected[:at] + after[at : at + len(after) - len(expected)] + expected[at:]
        for at in range(len(expected) + 1)
    )
    assert after.startswith("\ufeff") is before.startswith("\ufeff")
    assert ("\r\n" in after) is ("\r\n" in before)
    assert claimcli("list", "--data", ".", cwd=tmp_path).returncode == 0


def test_the_charset_of_the_server_counts(server: tuple[str, list[str]], tmp_path: Path) -> None:
    dossier(tmp_path, server[0], "/koi8")
    assert fetch(tmp_path).returncode == 0

    text = (tmp_path / "texts" / "koi8.txt").read_text(encoding="utf-8")
    assert (
        "\u041c\u0430\u0433\u0438\u0441\u0442\u0440\u0430\u043b\u044c \u0446\u0435\u043b\u0430."
        in text
    )


def test_a_source_that_cannot_be_changed_leaves_no_file(
    server: tuple[str, list[str]], tmp_path: Path
) -> None:
    """Two sources of the same id are ambiguous: nothing that was downloaded is kept."""
    file = tmp_path / "a.yaml"
    one = f"- {{id: page, title: T, url: {server[0]}/page}}\n"
    file.write_text(f"sources:\n{one}{one}")
    done = fetch(tmp_path)

    assert done.returncode == 3, done.stdout
    assert {p.name for p in tmp_path.iterdir()} == {"cache", "a.yaml"}


def test_an_existing_file_is_not_overwritten(server: tuple[str, list[str]], tmp_path: Path) -> None:
    file = dossier(tmp_path, server[0], "/text")
    before = file.read_bytes()
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "text.txt").write_text("mine")
    done = fetch(tmp_path)

    assert done.returncode == 3
    assert "'texts/text.txt' exists already with other content; move it away" in done.stdout
    assert (tmp_path / "texts" / "text.txt").read_text() == "mine"
    assert file.read_bytes() == before


def test_concurrent_calls_both_succeed(server: tuple[str, list[str]], tmp_path: Path) -> None:
    """Each source is recorded once, whichever process is first."""
    paths = ("/page", "/text", "/moved", "/zipped")
    file = dossier(tmp_path, server[0], *paths)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: fetch(tmp_path), range(2)))
    after = file.read_text(encoding="utf-8")

    assert all("Traceback" not in one.stderr for one in done)
    assert [after.count(f"text: texts/{path[1:]}.txt") for path in paths] == [1] * 4
    assert claimcli("check", ".", cwd=tmp_path).stdout == ""


def test_private_addresses_need_an_option(server: tuple[str, list[str]], tmp_path: Path) -> None:
    dossier(tmp_path, server[0], "/page")
    done = claimcli("fetch", "--data", ".", cwd=tmp_path)

    assert done.returncode == 3
    assert "is refused: '127.0.0.1' is at a private address, 127.0.0.1" in done.stdout
    assert server[1] == []


def test_archive_links_are_printed_without_the_network(tmp_path: Path) -> None:
    """The link on file, else that of the copy nearest to the day of access or publication."""
    (tmp_path / "a.yaml").write_text(
        "sources:\n"
        "- {id: a, title: A, url: https://a.example/x?y=1, published: 2021-12-31}\n"
        "- {id: b, title: B, url: https://b.example/, archive_url: https://archive.example/b}\n"
        "- {id: c, title: C, url: https://c.example/, accessed: 2022-01-02, published: 2021}\n"
    )
    assert claimcli("fetch", "--archive", "--data", ".", cwd=tmp_path).stdout == (
        "id\tarchive_link\n"
        "a\thttps://web.archive.org/web/20211231/https://a.example/x?y=1\n"
        "b\thttps://archive.example/b\n"
        "c\thttps://web.archive.org/web/20220102/https://c.example/\n"
    )


def test_an_unknown_source_has_a_suggestion() -> None:
    done = claimcli("--sample", "call", "fetch", "--archive", "kremlin-readuot")

    assert (done.returncode, done.stderr) == (
        2, "error: no source 'kremlin-readuot'; did you mean 'kremlin-readout'?\n",
    )  # fmt: skip


def test_a_missing_library_is_named(tmp_path: Path) -> None:
    """Without the extra the command says what to install, and sends no request."""
    (tmp_path / "a.yaml").write_text("sources: [{id: a, title: A, url: http://a.example/}]\n")
    code = (
        "import sys; sys.modules['httpcore'] = None; sys.path.insert(0, sys.argv.pop(1));"
        "from claimcli.cli import main; main(['fetch', '--data', '.'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.endswith(
        "error: this needs the library 'httpcore'; install it with: pip install 'claimcli[fetch]'\n"
    )


def test_a_page_is_not_stored_outside_of_the_dossier(
    server: tuple[str, list[str]], tmp_path: Path
) -> None:
    """A stranger's dossier may have a link named ``texts``."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "texts").symlink_to("../mine")
    before = dossier(tmp_path / "data", server[0], "/page").read_text(encoding="utf-8")
    done = fetch(tmp_path / "data")

    assert done.returncode == 3
    assert done.stdout.endswith(
        "page\tfailed\t\t'texts' is outside the dossier; make it a folder, not a link\n"
    )
    assert list((tmp_path / "mine").iterdir()) == []
    assert (tmp_path / "data" / "sources.yaml").read_text(encoding="utf-8") == before


def test_pages_that_are_gone_or_lack_a_quote_are_reported(
    server: tuple[str, list[str]], tmp_path: Path
) -> None:
    """Exit code 1; sources with a text are looked at too, and no file changes."""
    file = dossier(tmp_path, server[0], "/page", "/text", "/missing", "/broken")
    claims = "".join(
        f"  - {{id: c{n}, party: p, statement: s, source: {{id: {name}, quote: {quote}}}}}\n"
        for n, (name, quote) in enumerate([("page", "in March"), ("text", "in May")])
    )
    file.write_text(file.read_text().replace("id: page", "id: page\n    text: a.txt"))
    file.write_text(f"{file.read_text()}claims:\n{claims}")
    before = file.read_bytes()

    done = fetch(tmp_path, "--check")

    assert (done.returncode, done.stdout.splitlines()) == (1, [
        "id\toutcome\tnote",
        f"broken\tfailed\t{server[0]}/broken answers 500; check the address, or try a web archive",
        f"missing\tgone\t{server[0]}/missing answers 404; "
        "'claimcli fetch --archive --record missing' looks for a copy",
        "page\tpresent\t1 quote",
        "text\tchanged\t1 of 1 quote is not in it, of c1",
    ])  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {"cache", "sources.yaml"}
    assert file.read_bytes() == before
    assert fetch(tmp_path, "--check", "page").returncode == 0
    assert fetch(tmp_path, "--check", "broken").returncode == 3


def test_copies_are_recorded_only_on_request(
    server: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive is asked about sources without a recorded copy; others stay as they are."""
    file = dossier(tmp_path, "https://press.example", "/main", "/none")
    before = file.read_text()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("claimcli.edit.fetch.archive.SERVICE", f"{server[0]}/archive")

    def run(*options: str) -> None:
        fixed = ["fetch", "--data", ".", "--allow-private", "--archive", "-o", "out.tsv"]
        with pytest.raises(SystemExit) as done:
            main([*fixed, *options])
        assert done.value.code == 0

    run()
    assert (server[1], file.read_text()) == ([], before)

    run("--record")
    copy = "https://web.archive.org/web/20230503000000/https://press.example/main"
    assert file.read_text() == before.replace(
        "press.example/main\n", f"press.example/main\n    archive_url: {copy}\n"
    )
    assert len(server[1]) == 2

    run("--record", "main")
    assert (tmp_path / "out.tsv").read_text() == (
        f"id\toutcome\tarchive_url\tnote\nmain\tkept\t{copy}\tit is recorded\n"
    )
    assert len(server[1]) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--check", "--archive"), "--check and --archive exclude each other; leave one of them out"),
        (("--record",), "--record needs --archive; add --archive"),
        (("--archive", "--record", "--sample", "call"), "a sample cannot be changed; name a folder with --data"),
    ],
)  # fmt: skip
def test_modes_that_exclude_each_other(options: tuple[str, ...], message: str) -> None:
    """Nothing is downloaded or sent."""
    done = claimcli("fetch", *options)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {message}\n")
