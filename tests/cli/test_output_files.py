"""No command writes its output over a file that it, or another command, reads."""

import os
from pathlib import Path

import pytest

from claimcli.cli.help_page import COMMAND_GROUPS
from tests.support.cli import claimcli

CLAIMS = """\
sources:
  - {id: letter, title: A letter, published: 2023, text: texts/letter.md}
  - {id: diary, title: A diary, published: 2023, text: texts/lost.md}
  - {id: notes, title: Notes, published: 2023}
claims:
  - {id: a, party: waterworks, statement: S., source: {id: letter, quote: It was sound}}
"""
LETTER = "It was sound, we think.\n"
TEMPLATE = "{% include 'part.md.j2' %}\n"

ARGUMENTS = {
    "changes": ["data", "data"],
    "corpus": ["read", "data"],
    "diff": ["waterworks", "residents"],
    "fetch": ["--archive"],
    "match": ["S."],
    "show": ["a"],
    "sql": ["SELECT 1"],
}
"""The arguments that commands need; commands without output are not listed by the test."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Give a folder with settings, a dossier with links out of it, texts and a template."""
    folder = tmp_path / "desk"
    for name in ("data/texts", "data/.hidden", "shared", "further", "forms"):
        (folder / name).mkdir(parents=True)
    (folder / "claimcli.toml").write_text('[briefing]\ntemplate = "forms/page.md.j2"\n')
    (folder / "data" / "claims.yaml").write_text(CLAIMS)
    (folder / "data" / "texts" / "letter.md").write_text(LETTER)
    (folder / "shared" / "b.yaml").write_text(
        "claims: [{id: b, party: residents, statement: T.}]\n"
    )
    (folder / "data" / "b.yaml").symlink_to("../shared/b.yaml")
    (folder / "data" / "later.yaml").symlink_to("../shared/later.yaml")
    (folder / "data" / "further").symlink_to("../further")
    (folder / "further" / "c.yml").write_text("claims: [{id: c, party: council, statement: U.}]\n")
    (folder / "forms" / "page.md.j2").write_text(TEMPLATE)
    (folder / "forms" / "part.md.j2").write_text("{{ title }}\n")
    (folder / "way").symlink_to("data/texts")
    (folder / "again").symlink_to("way/letter.md")
    os.link(folder / "data" / "texts" / "letter.md", folder / "twin.md")
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    "command", sorted(name for names in COMMAND_GROUPS.values() for name in names)
)
def test_no_command_replaces_a_text_a_file_or_the_settings(desk: Path, command: str) -> None:
    """Neither one that reads the dossier nor one that does not, such as schema."""
    if command == "import" or "--output" not in claimcli(command, "--help").stdout:
        return  # the output of import is the file for new records
    before = _contents(desk)
    for output, reason in (
        ("data/texts/letter.md", "would be the text of source 'letter'; write to another file"),
        ("shared/b.yaml", "would be a file of the dossier; write to another folder"),
        ("claimcli.toml", "is the claimcli.toml in use; write to another file"),
    ):
        formats = [] if command == "schema" else ["--format", "json"]
        formats = ["-t", "briefing", "-f", "md"] if command == "export" else formats
        if command in ("site", "corpus"):  # they write a folder
            formats, reason = [], "is a file; name a folder"
        done = claimcli(command, *ARGUMENTS.get(command, ()), *formats, "-o", output, cwd=desk)

        assert (done.returncode, done.stderr) == (2, f"error: '{output}' {reason}\n")
    assert _contents(desk) == before


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("data/claims.yaml", "would be a file of the dossier; write to another folder"),
        ("data/further/new.YAML", "would be a file of the dossier; write to another folder"),
        ("further/c.yml", "would be a file of the dossier; write to another folder"),
        ("further/new.yaml", "would be a file of the dossier; write to another folder"),
        ("shared/later.yaml", "would be a file of the dossier; write to another folder"),
        ("forms/../data/new.yaml", "would be a file of the dossier; write to another folder"),
        ("again", "would be the text of source 'letter'; write to another file"),
        ("way/letter.md", "would be the text of source 'letter'; write to another file"),
        ("twin.md", "would be the text of source 'letter'; write to another file"),
        ("way/lost.md", "would be the text of source 'diary'; write to another file"),
        ("further/../claimcli.toml", "is the claimcli.toml in use; write to another file"),
    ],
)
@pytest.mark.parametrize("option", ["output", "report"])
def test_a_link_does_not_hide_a_file(desk: Path, option: str, output: str, reason: str) -> None:
    """Nor do relative paths and hard links; a file that does not exist yet counts too."""
    before = _contents(desk)
    options = ["-f", "json", "-o", output] if option == "output" else ["--report", f"json={output}"]
    done = claimcli("check", *options, cwd=desk)

    assert (done.returncode, done.stderr) == (2, f"error: '{output}' {reason}\n")
    assert _contents(desk) == before


@pytest.mark.parametrize(
    "output", ["data/report.md", "shared/new.yaml", "data/.hidden/a.yaml", "data/texts/new.md"]
)
def test_other_files_are_written(desk: Path, output: str) -> None:
    """Also next to the data, and a file that no command reads."""
    (desk / "data" / "later.yaml").unlink()
    done = claimcli("list", "-f", "md", "-o", output, cwd=desk)

    assert (done.returncode, done.stderr) == (0, "")
    assert (desk / output).read_text() == claimcli("list", "-f", "md", cwd=desk).stdout


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("forms/page.md.j2", "belongs to the template in use; write to another file"),
        ("forms/part.md.j2", "belongs to the template in use; write to another file"),
    ],
)
def test_a_briefing_does_not_replace_its_template(desk: Path, output: str, reason: str) -> None:
    """Whether an option or the settings name it, and not a template that it includes."""
    before = _contents(desk)
    for options in ([], ["--template", "./forms/page.md.j2"]):
        done = claimcli("export", *options, "-o", output, cwd=desk)

        assert (done.returncode, done.stderr) == (2, f"error: '{output}' {reason}\n")
    assert _contents(desk) == before


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--losses", "data/claims.yaml"], "'data/claims.yaml' would be a file of the dossier; write to another folder"),
        (["--losses", "data/table.yaml"], "'data/table.yaml' would be a file of the dossier; write to another folder"),
        (["--losses", "data/texts/letter.md"], "'data/texts/letter.md' would be the text of source 'letter'; write to another file"),
        (["--losses", "claimcli.toml"], "'claimcli.toml' is the claimcli.toml in use; write to another file"),
        (["--losses", "table.csv"], "'table.csv' is the input; write to another file"),
        (["-o", "data/texts/letter.md"], "'data/texts/letter.md' ends neither in .yaml nor in .yml; add the ending"),
        (["-o", "claimcli.toml"], "'claimcli.toml' ends neither in .yaml nor in .yml; add the ending"),
    ],
)  # fmt: skip
def test_an_import_replaces_no_other_file(desk: Path, options: list[str], error: str) -> None:
    """Neither with its list of losses nor with the file for new records."""
    (desk / "table.csv").write_text("party,statement\np,s\n", encoding="utf-8")
    before = _contents(desk)

    done = claimcli("import", "csv", "table.csv", *options, cwd=desk)

    assert (done.returncode, done.stderr) == (2, f"error: {error}\n")
    assert _contents(desk) == before


def test_a_text_in_the_folder_of_texts_is_not_replaced(desk: Path) -> None:
    """A file there is a text if a source has its name; ``--texts`` names the folder."""
    (desk / "more").mkdir()
    (desk / "more" / "notes.txt").symlink_to("../notes-on-file.txt")
    refused = "would be the text of source 'notes'; write to another file"
    for output in ("more/notes.md", "more/notes.txt", "notes-on-file.txt"):
        done = claimcli("verify", "--texts", "more", "-f", "json", "-o", output, cwd=desk)

        assert (done.returncode, done.stderr) == (2, f"error: '{output}' {refused}\n")
    options = ("--texts", "more", "-f", "json", "-o", "more/report.md")
    assert claimcli("verify", *options, cwd=desk).returncode == 0


def test_a_text_of_a_source_with_an_error_is_not_replaced(desk: Path) -> None:
    """A record that cannot be read, or a file that is not YAML, still names its text."""
    (desk / "data" / "d.yaml").write_text(
        "sources:\n- {id: memo, text: 'texts/the memo.md'}\n- {id: x, text: texts/a.md\n"
    )
    (desk / "data" / "texts" / "the memo.md").write_text("A memo.\n")
    for output in ("way/the memo.md", "data/texts/a.md"):
        done = claimcli("list", "-f", "md", "-o", output, cwd=desk)

        assert (done.returncode, done.stderr) == (
            2,
            f"error: '{output}' would be a text that 'data/d.yaml' names in a record with an error;"
            " write to another file\n",
        )
    assert (desk / "data" / "texts" / "the memo.md").read_text() == "A memo.\n"


def test_a_framework_is_not_replaced_by_its_standing(desk: Path) -> None:
    (desk / "f.apx").write_text("arg(a).\n")
    done = claimcli("standing", "--input", "f.apx", "-o", "./f.apx", "-f", "json", cwd=desk)

    assert (done.returncode, done.stderr) == (
        2, "error: 'f.apx' is the input; write to another file\n",
    )  # fmt: skip


def test_paths_of_check_and_folders_of_changes_are_protected(desk: Path) -> None:
    """They are read in place of the dossier, or next to it."""
    old = "old/a.yaml"
    (desk / "old").mkdir()
    (desk / old).write_text("claims: []\n")
    refused = f"error: '{old}' would be a file of the dossier; write to another folder\n"
    for command in (["check", "old"], ["changes", "old", "data"]):
        done = claimcli(*command, "-f", "json", "-o", old, cwd=desk)

        assert (done.returncode, done.stderr) == (2, refused)
    done = claimcli("check", "old", "--report", "json=data/claims.yaml", cwd=desk)
    assert done.returncode == 2


def test_settings_are_not_replaced_even_if_they_are_broken(desk: Path) -> None:
    """The command that helps with them does not overwrite them; nor does one on a sample."""
    (desk / "claimcli.toml").write_text("[briefing\n")
    doctor = claimcli("doctor", "-f", "json", "-o", "claimcli.toml", cwd=desk)
    sample = claimcli("--sample", "call", "list", "-f", "md", "-o", "claimcli.toml", cwd=desk)

    assert (doctor.returncode, sample.returncode) == (2, 2)
    assert (desk / "claimcli.toml").read_text() == "[briefing\n"
