"""A headless Chromium for the tests that compare with a browser, if one is installed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
AXE = Path(__file__).parents[2] / ".ci" / "node" / "node_modules" / "axe-core" / "axe.min.js"
"""Where ``.ci/run`` installs axe-core; CLAIMCLI_AXE is the path of another copy."""


def find_chromium() -> str | None:
    """Return the path of an installed Chromium or Chrome."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give a Playwright browser, or skip the test with the reason.

    Import it in a test file: ``from tests.support.browser import browser``.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium or Chrome is installed")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the script of axe-core, which finds obstacles to people with disabilities, or skip."""
    path = Path(os.environ.get("CLAIMCLI_AXE") or AXE)
    if not path.is_file():
        pytest.skip("axe-core is not installed: npm install --prefix .ci/node axe-core")
    return path.read_text(encoding="utf-8")
