"""Photograph the first page of a bundled dossier, as a browser shows it, into docs/pictures/.

    python docs/draw_page.py

It needs Playwright and an installed Chromium or Chrome. The bytes depend on its fonts, so
no test compares them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parent / "pictures" / "page.png"
SERVE = [sys.executable, "-m", "claimcli", "--sample", "call", "serve", "--port", "0"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def photograph(address: str) -> None:
    """Write a picture of the part of a page that is seen first."""
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 800}, color_scheme="light")
        page.goto(address)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - ours
        first_line = server.stdout.readline() if server.stdout else ""
        photograph(first_line.strip())
        server.terminate()
