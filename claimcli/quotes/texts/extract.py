"""Extract the text of a web page or PDF, or a page's metadata, in a separate process.

Files from strangers can be malicious: the process has limited time and memory, and its failure does
not affect this process. ``python -m claimcli.quotes.texts.extract html`` reads bytes from standard
input and writes blocks as JSON; it imports nothing from the working folder.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from typing import Any

import msgspec

from claimcli.dossier.runtime import install_hint, limit_process
from claimcli.quotes.texts.blocks import Block, save_blocks
from claimcli.quotes.texts.css import PageError
from claimcli.quotes.texts.main_text import main_blocks
from claimcli.quotes.texts.metadata import PageMetadata, read_metadata
from claimcli.quotes.texts.page import read_page
from claimcli.quotes.texts.pdf import read_pdf

MAX_SECONDS = 60
MAX_MEMORY = 2 * 1024**3
MAX_CHARACTERS = 64 * 1024**2
_LIBRARIES = {"html": "trafilatura", "pdf": "pypdfium2", "metadata": "lxml"}
_TOO_COSTLY = 3
"""The exit code for a page that is not read because of its cost."""


class ExtractionError(Exception):
    """No text can be extracted; ``reason`` is a predicate such as "needs ..."."""

    def __init__(self, reason: str, hint: str) -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(reason)


def extract_blocks(kind: str, data: bytes) -> list[Block]:
    """Return the blocks of ``html`` data in UTF-8, or of ``pdf`` data, which follow without a gap.

    Raises ExtractionError if the library is missing or finds no text in time.
    """
    blocks = msgspec.json.decode(_run(kind, data), type=list[Block])
    if not any(block.text.strip() for block in blocks):
        raise ExtractionError("has no text that could be extracted", _USE_TXT)
    return blocks


def extract_text(kind: str, data: bytes) -> str:
    """Return the text of ``html`` or ``pdf`` data to be saved. Raises ExtractionError."""
    blocks = extract_blocks(kind, data)
    if kind == "pdf":
        main = Block("".join(block.text for block in blocks if block.main))
        blocks = [main, *(block for block in blocks if not block.main)]
    return save_blocks(blocks)


def extract_metadata(data: bytes) -> PageMetadata:
    """Return what a page in UTF-8 says about itself. Raises ExtractionError."""
    return msgspec.json.decode(_run("metadata", data), type=PageMetadata)


def _run(kind: str, data: bytes) -> bytes:
    """Return the output of the separate process. Raises ExtractionError."""
    if find_spec(_LIBRARIES[kind]) is None:
        raise ExtractionError(f"needs the library '{_LIBRARIES[kind]}'", install_hint("texts"))
    try:
        done = subprocess.run(  # noqa: S603 - the same interpreter with a module of this package
            [sys.executable, "-P", "-m", "claimcli.quotes.texts.extract", kind],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExtractionError("takes too long to extract", _USE_TXT) from None
    last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:120]
    if done.returncode == _TOO_COSTLY:
        raise ExtractionError(last, _USE_TXT)
    if done.returncode:
        raise ExtractionError(f"cannot be extracted: {last or 'limits exceeded'}", _USE_TXT)
    return done.stdout


_USE_TXT = "save its text as a .txt file and name that"


def _metadata(data: bytes) -> PageMetadata:
    return read_metadata(data.decode("utf-8", "replace"))


def _html(data: bytes) -> list[Block]:
    page = read_page(data.decode("utf-8", "replace"))
    return list(_limited(main_blocks(page.blocks, page.clean()))) if page.blocks else []


def _pdf(data: bytes) -> list[Block]:
    return list(_limited(Block(piece, main) for piece, main in read_pdf(data)))


_READERS: dict[str, Callable[[bytes], Any]] = {"html": _html, "pdf": _pdf, "metadata": _metadata}
"""What the process returns as JSON, by the kind of extraction."""


def _limited(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks until they have too many characters."""
    left = MAX_CHARACTERS
    for block in blocks:
        yield block if len(block.text) <= left else Block(block.text[:left], block.main)
        left -= len(block.text)
        if left <= 0:
            return


def _main(kind: str) -> None:
    limit_process(MAX_SECONDS, MAX_MEMORY)  # elsewhere only the parent's timeout applies
    try:
        output = msgspec.json.encode(_READERS[kind](sys.stdin.buffer.read()))
    except PageError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(_TOO_COSTLY) from None
    except Exception as error:  # a malicious file can raise anything
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise SystemExit(1) from None
    sys.stdout.buffer.write(output)


if __name__ == "__main__":
    _main(sys.argv[1])
