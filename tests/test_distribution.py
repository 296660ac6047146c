"""The wheel and the sdist: what they contain, and what a package index shows."""

import re
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import claimcli
from claimcli.cli.completion import script
from hatch_build import absolute_links
from tests.support.cli import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES_URL = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["custom"]["files-url"]
NAME = f"claimcli-{claimcli.__version__}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build the wheel; return the content of its files by name."""
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")))
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def metadata(wheel: dict[str, bytes]) -> Message:
    """Return the metadata of the wheel; its payload is the description."""
    return message_from_bytes(wheel[f"{NAME}.dist-info/METADATA"])


def test_the_wheel_has_the_manual_page_and_the_completions(wheel: dict[str, bytes]) -> None:
    """They are where a system's man and shells look for them below a prefix."""
    prefix = f"{NAME}.data/data/share/"
    shared = {n.removeprefix(prefix): text.decode() for n, text in wheel.items() if ".data/" in n}

    assert shared == {
        "man/man1/claimcli.1": (ROOT / "docs/reference/claimcli.1").read_text("utf-8"),
        "bash-completion/completions/claimcli": script("bash"),
        "zsh/site-functions/_claimcli": script("zsh"),
        "fish/vendor_completions.d/claimcli.fish": script("fish"),
    }


def test_the_wheel_has_both_samples_and_no_tests(wheel: dict[str, bytes]) -> None:
    """The sample 'call' is the folder data/ of the repository."""
    folders = {name.split("/")[0] for name in wheel}

    assert folders == {"claimcli", f"{NAME}.data", f"{NAME}.dist-info"}
    assert "claimcli/samples/call/parties.yaml" in wheel
    assert "claimcli/samples/waterworks/parties.yaml" in wheel


def test_the_metadata_has_no_invented_addresses(metadata: Message) -> None:
    """The author has a name only, and there are addresses as soon as the project has one."""
    assert metadata["Author"] == "claimcli contributors"
    assert (metadata["Author-email"], metadata["Home-page"]) == (None, None)
    assert (metadata["Project-URL"] is not None) == bool(FILES_URL)


def test_the_description_has_no_link_that_is_broken_on_an_index(metadata: Message) -> None:
    """It is README.md; links to other files of the project are absolute or plain text."""
    description = str(metadata.get_payload())
    targets = re.findall(r"\]\(([^)\s]+)\)", description)

    assert metadata["Description-Content-Type"] == "text/markdown"
    assert description.startswith("# claimcli\n")
    assert [target for target in targets if not re.match("https?:|#", target)] == []


def test_links_to_files_are_made_absolute() -> None:
    """Those to other sites and to headings of the same page are left as they are."""
    text = "![p](p.svg) [a](docs/a.md#b), [c](https://example.org/c), [d](#d)"

    assert absolute_links(text, "https://example.org/files/") == (
        "![p](https://example.org/files/p.svg?raw=true) [a](https://example.org/files/docs/a.md#b), "
        "[c](https://example.org/c), [d](#d)"
    )
    assert absolute_links(text, "") == " a, [c](https://example.org/c), [d](#d)"


def test_the_sdist_has_what_a_build_and_the_tests_need(tmp_path: Path) -> None:
    """.ci/release compares it with all files of the repository."""
    (path,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path))
    with tarfile.open(path) as archive:
        files = {name.removeprefix(f"{NAME}/") for name in archive.getnames()}

    assert files >= {
        "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "requirements.lock",
        "claimcli/__init__.py", "data/parties.yaml", "docs/reference/claimcli.1",
        "tests/test_distribution.py", ".ci/run", ".github/workflows/release.yml", "action.yml",
    }  # fmt: skip
