"""The process that extracts the text of a web page or PDF, started by ``extract``."""

import sys
from collections.abc import Iterable, Iterator

import msgspec

from claimcli.quotes.texts.blocks import Block, PageError
from claimcli.quotes.texts.extract import MAX_CHARACTERS, MAX_MEMORY, MAX_SECONDS, TOO_COSTLY
from claimcli.quotes.texts.pdf import read_pdf


def _html(data: bytes) -> list[Block]:
    from claimcli.quotes.texts.main_text import main_blocks
    from claimcli.quotes.texts.page import read_page

    page = read_page(data.decode("utf-8", "replace"))
    return main_blocks(page.blocks, page.clean()) if page.blocks else []


def _pdf(data: bytes) -> Iterator[Block]:
    return (Block(piece, main) for piece, main in read_pdf(data))


def _limited(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks until they have too many characters."""
    left = MAX_CHARACTERS
    for block in blocks:
        yield block if len(block.text) <= left else Block(block.text[:left], block.main)
        left -= len(block.text)
        if left <= 0:
            return


def _limit() -> None:
    """Limit time and memory, if the operating system can."""
    try:
        import resource
    except ImportError:  # not POSIX: only the parent's timeout applies
        return
    for limit, most in ((resource.RLIMIT_CPU, MAX_SECONDS), (resource.RLIMIT_AS, MAX_MEMORY)):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, hard))


def _main(kind: str) -> None:
    _limit()
    try:
        blocks = list(_limited({"html": _html, "pdf": _pdf}[kind](sys.stdin.buffer.read())))
        output = msgspec.json.encode(blocks)
    except PageError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(TOO_COSTLY) from None
    except Exception as error:  # a malicious file can raise anything
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise SystemExit(1) from None
    sys.stdout.buffer.write(output)


if __name__ == "__main__":
    _main(sys.argv[1])
