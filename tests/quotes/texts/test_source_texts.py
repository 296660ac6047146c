"""The folder that a source's text must be in, for every command and function."""

import os
from pathlib import Path

import pytest

import claimcli as api
from claimcli.quotes.texts.source_texts import UnreadableTextError, find_in_folder, find_text
from tests.support.cli import claimcli

YAML = """\
sources: [{{id: log, title: Pumping log, published: 2023, text: "{text}"}}]
claims: [{{id: a, party: p, statement: A., source: {{id: log, quote: "the pump of well nine"}}}}]
"""
OUTSIDE = (
    "is outside the dossier; move it into the folder of claimcli.toml, or without one into that of "
    "the data"
)
SECRET = "nobody may read that the pump of well nine failed\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with a text next to the data, one outside, and links to the latter."""
    for name in ("project/data/texts", "project/notes", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("project/data/texts/log.txt", "project/notes/log.txt", "elsewhere/log.txt"):
        (tmp_path / name).write_text(SECRET)
    data = tmp_path / "project" / "data"
    (data / "link.txt").symlink_to("../../elsewhere/log.txt")
    (data / "second.txt").symlink_to("link.txt")
    (data / "gone.txt").symlink_to("../../elsewhere/gone.txt")
    (data / "folder").symlink_to("../../elsewhere")
    (data / "inside").symlink_to("texts")
    return tmp_path / "project"


def _verify(place: Path, text: str, *options: str) -> tuple[int, str, str]:
    (place / "data" / "a.yaml").write_text(YAML.format(text=text))
    done = claimcli("verify", *options, cwd=place)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "../../elsewhere/log.txt",
        "../../elsewhere/gone.txt",
        "texts/../../../elsewhere/log.txt",
        "link.txt",
        "second.txt",
        "gone.txt",
        "folder/log.txt",
        "folder/../project/data/texts/../../../elsewhere/log.txt",
    ],
)
def test_a_text_outside_is_not_read(place: Path, text: str) -> None:
    """Nor whether it exists; with settings or without, by ``verify`` and by ``check``."""
    for settings in ("claimcli.toml", "data/claimcli.toml", None):
        if settings:
            (place / settings).write_text("" if "/" not in settings else 'data = "."\n')
        code, shown, warning = _verify(place, text, "--data", "data")
        checked = claimcli("check", "--data", "data", "-f", "concise", cwd=place)

        assert code == 3
        assert warning.startswith(f"warning: source 'log': '{text}' {OUTSIDE}\n")
        assert "failed" not in shown
        assert (
            f"data/a.yaml:1:64: error: the text of 'log', '{text}', {OUTSIDE} [missing-text]\n"
            in checked.stdout
        )
        if settings:
            (place / settings).unlink()


def test_the_folder_of_the_settings_is_the_limit(place: Path) -> None:
    """Without settings it is the folder of the data, or of the file that is named."""
    assert _verify(place, "texts/log.txt")[0] == 0
    assert _verify(place, "inside/log.txt")[0] == 0
    assert _verify(place, "../notes/log.txt")[0] == 3
    assert claimcli("verify", "--data", "data/a.yaml", cwd=place).returncode == 3

    (place / "claimcli.toml").write_text("")
    for options in ((), ("--data", "data"), ("--data", "data/a.yaml")):
        assert _verify(place, "../notes/log.txt", *options)[0] == 0
    assert claimcli("check", "data", "--select", "missing-text", cwd=place).returncode == 0


def test_settings_do_not_extend_the_limit(place: Path) -> None:
    """A stranger's settings may name data elsewhere, but texts are in the folder of the settings."""
    (place / "claimcli.toml").write_text('data = ["data", "../elsewhere"]\n')

    assert _verify(place, "../../elsewhere/log.txt")[0] == 3


@pytest.mark.parametrize("target", ["..", "../..", "."])
def test_a_link_for_the_data_does_not_extend_the_limit(place: Path, target: str) -> None:
    """A user who checks a stranger's folder names it, or nothing, but not what its link stands for."""
    repository = place / "repository"
    repository.mkdir()
    (repository / "data").symlink_to(target)
    (repository / "a.yaml").write_text(YAML.format(text="../notes/log.txt"))
    for options in (
        (),
        ("--data", "data"),
        ("--data", "./data/"),
        ("--data", f"{repository}/data"),
    ):
        done = claimcli("verify", *options, cwd=repository)

        assert (done.returncode, "failed" in done.stdout) == (3, False)
    done = claimcli("check", "data/", "--select", "missing-text", cwd=repository)
    assert done.returncode == 1


def test_links_above_an_absolute_path_are_followed(place: Path) -> None:
    """The folder of temporary files is a link on some systems."""
    (place / "data" / "a.yaml").write_text(YAML.format(text="texts/log.txt"))
    (place.parent / "way").symlink_to("project")

    assert claimcli("verify", "--data", f"{place.parent}/way/data").returncode == 0
    assert claimcli("verify", "--data", "data", cwd=place.parent / "way").returncode == 0
    assert claimcli("verify", "--data", ".", cwd=place.parent / "way" / "data").returncode == 0


def test_each_named_place_has_its_own_limit(place: Path) -> None:
    """If a command names two dossiers, the texts of both are read."""
    (place / "claimcli.toml").write_text("")
    other = place.parent / "elsewhere"
    (other / "b.yaml").write_text(YAML.format(text="log.txt").replace("log,", "log2,"))
    (place / "data" / "a.yaml").write_text(YAML.format(text="texts/log.txt"))
    for command in (["--data", "data", "--data", str(other), "check"], ["check", str(other)]):
        done = claimcli(*command, "--select", "missing-text", cwd=place)

        assert (done.returncode, done.stdout) == (0, "")


def test_a_link_out_of_the_folder_of_texts_is_not_read(place: Path) -> None:
    """``--texts`` names the folder that its texts must be in."""
    texts = place / "data" / "texts"
    (texts / "log.txt").unlink()
    (texts / "log.txt").symlink_to("../../notes/log.txt")
    (place / "data" / "a.yaml").write_text(YAML.format(text="").replace(', text: ""', ""))
    assert claimcli("verify", "--texts", "data/texts", cwd=place).returncode == 3
    assert claimcli("verify", "--texts", "notes", cwd=place).returncode == 0

    with pytest.raises(UnreadableTextError, match=r"log\.txt. is outside the dossier"):
        find_in_folder(texts, "log")


def test_programs_have_the_same_limit(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    (place / "data" / "a.yaml").write_text(YAML.format(text="../notes/log.txt"))

    def verdict() -> str:
        return str(api.verify(api.open_dossier("data")).findings[0].verdict)

    assert verdict() == "no-text"
    (place / "claimcli.toml").write_text("")
    assert verdict() == "exact"


def test_a_change_does_not_name_a_text_outside(place: Path) -> None:
    (place / "data" / "a.yaml").write_text(YAML.format(text="texts/log.txt"))
    done = claimcli("set", "log", "text=../../elsewhere/log.txt", cwd=place)

    assert done.stderr == (f"error: the text of 'log', '../../elsewhere/log.txt', {OUTSIDE}\n")
    assert (place / "data" / "a.yaml").read_text() == YAML.format(text="texts/log.txt")


def test_the_folder_of_the_file_is_the_limit_without_another(place: Path) -> None:
    yaml = str(place / "data" / "a.yaml")

    assert find_text("texts/log.txt", relative_to=yaml, within=()).path.is_file()
    for name in ("../notes/log.txt", "a\0b"):
        with pytest.raises(UnreadableTextError):
            find_text(name, relative_to=yaml, within=())
    assert find_text("../notes/log.txt", relative_to=yaml, within=[os.fspath(place)]).path.is_file()
