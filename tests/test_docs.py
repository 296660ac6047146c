"""Every example in README.md and docs/ is executed and its output compared; every link resolves.

A page's examples run in order in an empty folder of the page's own:

- ``console`` blocks: each ``$ command``, on a terminal of 100 columns, in the folder that the last
  ``$ cd FOLDER`` names. ``...`` on a line of its own stands for any lines. A comment such as ``# exit code 1`` names an exit code other than 0.
- ``pycon`` blocks: doctests that share their names.
- other blocks with a path after the language: a file that the page's reader writes.
- ``yaml`` blocks without a path: a complete dossier without errors.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from claimcli.cli.commands.man import manual
from claimcli.cli.help_page import COMMAND_GROUPS
from docs.generate import FOLDER, pages
from tests.support.cli import ROOT, claimcli
from tests.support.terminal import in_terminal

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ["README.md", *(str(p.relative_to(ROOT)) for p in sorted(ROOT.glob("docs/**/*.md")))]
DOCUMENTS = [*PAGES, "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md"]
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
INSTALLING = [c for c, _ in COMMAND.findall(README) if "pip install" in c]


def blocks(page: str) -> list[tuple[str, str, str]]:
    """Return the language, path and content of a page's blocks."""
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def commands() -> list[str]:
    """Return the commands of all pages that are executed."""
    consoles = (b for page in PAGES for language, _, b in blocks(page) if language == "console")
    return [c for b in consoles for c, _ in COMMAND.findall(b) if "pip install" not in c]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)])
def test_the_examples_of_a_page(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands show, and Python returns, what the page says."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    folder = tmp_path
    for language, path, block in blocks(page):
        if language == "console":
            folder = run_commands(block, folder, home=tmp_path)
        elif language == "pycon":
            run_python(block, names)
        elif path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(block, encoding="utf-8")


def run_commands(block: str, folder: Path, *, home: Path) -> Path:
    """Run the commands of a block except those that install something; return the last folder.

    The variable CLAIMCLI_BIN names the folder of another installation to test (.ci/release).
    """
    programs = os.environ.get("CLAIMCLI_BIN", Path(sys.executable).parent)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "NO_COLOR": "1",
        "HOME": str(home),
    }
    for command, expected in COMMAND.findall(block):
        if "pip install" in command:
            continue
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
            continue
        shown, code = in_terminal(command, cwd=folder, env=environment)

        pattern = re.escape(expected).replace(re.escape("...\n"), r"(?:.*\n)*")
        assert re.fullmatch(pattern, shown), f"$ {command}\n{shown}"
        named = re.search(r"# exit code (\d)", command)
        assert code == (int(named[1]) if named else 0), f"$ {command}\n{shown}"
    return folder


def run_python(block: str, names: dict[str, object]) -> None:
    """Run the lines of a Python session, and keep its names for the next block."""
    session = doctest.DocTestParser().get_doctest(block, names, "session", None, 0)
    failures: list[str] = []

    result = doctest.DocTestRunner().run(session, out=failures.append, clear_globs=False)

    names.update(session.globs)
    assert result.failed == 0, "".join(failures)


YAML = [
    pytest.param(block, id=f"{page}:{number}")
    for page in PAGES
    for number, (language, path, block) in enumerate(blocks(page))
    if language == "yaml" and not path and not page.startswith("docs/reference/")
]


@pytest.mark.parametrize("block", YAML)
def test_yaml_without_a_path_is_a_dossier(block: str, tmp_path: Path) -> None:
    """`check` finds no error in it."""
    (tmp_path / "a.yaml").write_text(block, encoding="utf-8")
    assert ": 0 errors," in claimcli("check", "a.yaml", cwd=tmp_path).stderr


def test_the_reference_is_current() -> None:
    """If not: python docs/generate.py."""
    assert {name: (FOLDER / name).read_text(encoding="utf-8") for name in pages()} == pages()


def test_the_readme_lists_every_command() -> None:
    """It lists them in the same groups and order as the reference."""
    rows = re.findall(r"^\| ([\w ]*) ?\| (`.*?) \| [^|]*\|$", README, re.MULTILINE)
    listed = [
        (group.strip(), re.findall(r"`([a-z]+(?: [a-z]+)?)", commands)) for group, commands in rows
    ]

    assert [name for _, names in listed for name in names] == [
        name for names in COMMAND_GROUPS.values() for name in names
    ]
    assert [group for group, _ in listed if group] == [group.lower() for group in COMMAND_GROUPS]


NOT_SHOWN = {
    "--allow-private": "needs a private network",
    "--master": "needs Java",
    "--no-pager": "acts on a terminal only",
    "--record": "asks an archive on the web",
    "--semantics": "all but the default need an optional solver",
    "--watch": "runs until it is interrupted",
}
"""The options that no example uses, with the reason."""


def test_every_option_has_an_example() -> None:
    """It is used on one of the pages, except for those with a reason not to."""
    page = manual()
    groups = (*(options for _, options in page.groups), *(c.options for c in page.commands))
    spellings = [
        set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", option.written.partition(" [")[0]))
        for options in groups
        for option in options
    ]
    used = set(re.findall(r"(?<=\s)--?[a-z][\w-]*", " ".join(commands())))

    assert [s for s in spellings if s and not s & (used | NOT_SHOWN.keys())] == []
    assert used & NOT_SHOWN.keys() == set()


def test_every_command_has_two_examples() -> None:
    """They are executed on one of the pages, or on two."""
    used = Counter(
        name for c in commands() for name in re.findall(r"claimcli (?:--\w+ \w+ )?(add \w+|\w+)", c)
    )

    assert [name for names in COMMAND_GROUPS.values() for name in names if used[name] < 2] == []


def test_the_readme_is_short() -> None:
    """It has at most 200 lines and 12 KB."""
    assert (README.count("\n") <= 200, len(README.encode()) <= 12_000) == (True, True)


def text_of(document: Path) -> str:
    """Return a document without its code."""
    text = document.read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(document: Path) -> set[str]:
    """Return the anchors that code hosts give to the headings of a document."""
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_resolve(document: str) -> None:
    """A link leads to a file of the project, and its anchor to a heading there."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(ROOT / document)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / document).parent / path if path else ROOT / document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_spelling() -> None:
    """No common misspelling is in the documents, except for those that show what the program says."""
    spelling = pytest.importorskip("codespell_lib")
    files = [*DOCUMENTS, "claimcli/cli/topics"]
    shown = "iif,offener,statment,stauts,titel"

    wrong = spelling.main(f"--ignore-words-list={shown}", *(str(ROOT / file) for file in files))

    assert wrong == 0


def test_every_page_is_linked() -> None:
    """A reader of the README gets to every page by links."""
    seen: set[Path] = set()
    todo = [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page not in seen:
            seen.add(page)
            targets = re.findall(r"\]\(([^)\s#:]+\.md)(?:#[^)]*)?\)", text_of(page))
            todo += [(page.parent / target).resolve() for target in targets]

    assert [page for page in PAGES if (ROOT / page).resolve() not in seen] == []


def clone(folder: Path) -> None:
    """Copy the files of a fresh clone to a folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def test_the_first_command_shows_the_accounts(tmp_path: Path) -> None:
    """In a fresh clone, one line installs the program and shows both accounts.

    The installed program then works in an empty folder, on the bundled dossier.
    """
    home = tmp_path / "clone"
    home.mkdir()
    clone(home)
    done = subprocess.run(
        INSTALLING[0], shell=True, cwd=home, capture_output=True, encoding="utf-8", timeout=600
    )
    if "pip install" in INSTALLING[0] and _offline(done.stderr) and not os.environ.get("CI"):
        pytest.skip("no package index can be reached, and this test is about installing")
    assert done.returncode == 0, done.stderr
    assert "weapons-in-ukraine\tcontested\tdenies that it was said" in done.stdout

    empty = tmp_path / "empty"
    empty.mkdir()
    tool = home / ".venv" / "bin" / "claimcli"
    shutil.rmtree(home / "claimcli")
    shutil.rmtree(home / "data")
    for arguments in (
        "list",
        "show no-strike-weapons",
        "diff kremlin white-house -o diff.html",
        "diff kremlin white-house -o diff.md",
        "export -o briefing.md",
        "export -o briefing.html",
        "check",
        "parties",
        "issues",
        "sources",
    ):
        ran = subprocess.run(
            [tool, "--sample", "call", *arguments.split()],
            cwd=empty,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), (arguments, ran.stderr)
    assert sorted(p.name for p in empty.iterdir()) == [
        "briefing.html", "briefing.md", "diff.html", "diff.md",
    ]  # fmt: skip


def _offline(errors: str) -> bool:
    return "No matching distribution" in errors or "Could not find a version" in errors


def test_ci_runs_the_second_command() -> None:
    """The second command is the one that `.ci/run` reads from the README."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert INSTALLING[1].endswith(".venv/bin/pytest")
    assert r"s/^\$ \(.*\.venv\/bin\/pytest\)$/\1/p" in script
