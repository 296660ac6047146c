"""``site``: what it says, what it refuses, and that the same data gives the same bytes."""

from pathlib import Path

import pytest

from tests.support.cli import claimcli, obeying_modes

DATA = """\
sources:
  - {id: minutes, title: Minutes, published: 2023-05-02, text: minutes.txt}
  - {id: memo, title: A secret memo, published: 2023-05-03, internal: true}
claims:
  - {id: clean, party: mill, statement: It is clean., source: {id: minutes, quote: river is clean}}
  - {id: foul, party: town, statement: It is foul., responds_to: {claim: clean, kind: denies}}
  - {id: paid, party: lab, statement: The secret payment., source: memo}
"""
TEXT = "They met.\nThe river is clean, the mill said.\nThey parted.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Give a folder with a dossier and the text of a source."""
    folder = tmp_path / "desk"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a.yaml").write_text(DATA)
    (folder / "data" / "minutes.txt").write_text(TEXT)
    return folder


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_says_what_it_wrote_and_what_it_left_out(desk: Path) -> None:
    """Internal records are in no file, unless they are requested."""
    done = claimcli("site", "-o", "web", "--title", "The river", cwd=desk)

    count = len(_bytes(desk / "web")) - 1
    assert (done.stdout, done.stderr, done.returncode) == (
        "",
        f"wrote {count} files to 'web'; open index.html in it\n"
        "1 internal claim and 1 internal source are left out; --internal includes them\n",
        0,
    )
    written = b"".join(_bytes(desk / "web").values())
    assert b"secret" not in written.lower()
    assert b"<title>The river</title>" in _bytes(desk / "web")["index.html"]

    claimcli("site", "-o", "web", "--internal", cwd=desk)

    assert b"secret payment" in b"".join(_bytes(desk / "web").values())


@pytest.mark.parametrize("options", [[], ["--internal"]])
def test_its_briefing_is_that_of_export(desk: Path, options: list[str]) -> None:
    """Byte for byte."""
    claimcli("site", "-o", "web", *options, cwd=desk)
    claimcli("export", "-o", "briefing.html", *options, cwd=desk)

    assert (desk / "web" / "briefing.html").read_bytes() == (desk / "briefing.html").read_bytes()


def test_the_same_data_gives_the_same_bytes(desk: Path) -> None:
    """The order of sets and the moment make no difference."""
    written = []
    for seed in ("1", "2"):
        claimcli("site", "-o", seed, "--data", "data", cwd=desk, env={"PYTHONHASHSEED": seed})
        written.append(_bytes(desk / seed))

    assert written[0] == written[1]


def test_whole_texts_are_published_on_request_alone(desk: Path) -> None:
    """Else the pages contain the passages around quotes."""
    (desk / "data" / "minutes.txt").write_text(f"{TEXT}{'Padding.' * 9}\n" * 50 + "Last line.\n")
    claimcli("site", "-o", "web", cwd=desk)
    passages = b"".join(_bytes(desk / "web").values())
    claimcli("site", "-o", "web", "--texts", cwd=desk)
    whole = b"".join(_bytes(desk / "web").values())

    assert b"Last line" not in passages
    assert b"Last line" in whole


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("river is clean", "river is foul",
         '1 quote is altered or missing, the first at data/a.yaml:5:84: "river is foul" '
         "does not occur in the text, which has other words; fix the quotes that 'claimcli verify' shows, "
         "or add --force, which marks them"),
        ("party: lab", "parti: lab",
         "2 errors in the data would leave gaps, the first at data/a.yaml:7:5: "
         "claim 'paid' has no 'party'; fix the errors that 'claimcli check' shows, "
         "or add --force"),
    ],
)  # fmt: skip
def test_what_would_mislead_is_refused_unless_forced(
    desk: Path, old: str, new: str, message: str
) -> None:
    """As 'export' does: a wrong quote, or an error because of which something is missing."""
    file = desk / "data" / "a.yaml"
    file.write_text(file.read_text().replace(old, new))

    refused = claimcli("site", "-o", "web", cwd=desk)
    assert (refused.stderr, refused.returncode) == (f"error: {message}\n", 3)
    assert not (desk / "web").exists()

    forced = claimcli("site", "-o", "web", "--force", cwd=desk)
    assert forced.returncode == 0
    assert (desk / "web" / "index.html").exists()


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["-o", "data"], "'data' contains 'a.yaml', which no earlier 'claimcli site' wrote; "
                         "name another folder, or move the file away", 2),
        (["-o", "-"], "a site is many files; name a folder with -o", 2),
        ([], "missing option '--output' / '-o'; see 'claimcli site --help'", 2),
        (["-o", "web", "issue:"], None, 2),
    ],
)  # fmt: skip
def test_wrong_calls_are_refused(
    desk: Path, arguments: list[str], message: str | None, code: int
) -> None:
    """The folder and the query are checked before anything is written."""
    result = claimcli("site", *arguments, cwd=desk)

    assert result.returncode == code
    assert message is None or result.stderr == f"error: {message}\n"
    assert not (desk / "web").exists()


def test_a_folder_that_may_not_be_written_is_an_error(desk: Path) -> None:
    """The reason is that of the system."""
    (desk / "locked").mkdir(mode=0o500)

    result = claimcli("site", "-o", "locked/web", cwd=desk, before=obeying_modes())

    assert result.stderr == (
        "error: cannot write 'locked/web': Permission denied; "
        "check the folder above it, its permissions and the room on the disk\n"
    )
    assert result.returncode == 3
