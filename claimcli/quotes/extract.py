"""The text of a web page or of a PDF, extracted by libraries in a separate process.

The input comes from strangers: the process has limits on time and memory, and an error in it ends
nothing else. ``python -m claimcli.quotes.extract html`` reads bytes on standard input and writes
UTF-8; nothing is imported from its working folder.
"""

import subprocess
import sys
from importlib.util import find_spec

from claimcli.dossier.extras import install_hint

MOST_SECONDS = 60
MOST_MEMORY = 2 * 1024**3
MOST_CHARACTERS = 64 * 1024**2
_LIBRARIES = {"html": "trafilatura", "pdf": "pypdf"}


class ExtractionError(Exception):
    """No text can be extracted: the reason as "needs ..." or "cannot ...", and the way out."""

    def __init__(self, reason: str, hint: str) -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(reason)


def extract_text(kind: str, data: bytes) -> str:
    """Return the text of ``html`` or ``pdf``; pages of a PDF are parted by form feeds.

    Raises ExtractionError where the library is not installed, or finds no text in time.
    """
    if find_spec(_LIBRARIES[kind]) is None:
        raise ExtractionError(f"needs the library '{_LIBRARIES[kind]}'", install_hint("texts"))
    try:
        done = subprocess.run(  # noqa: S603 - this very interpreter, and two words of its own
            [sys.executable, "-P", "-m", "claimcli.quotes.extract", kind],
            input=data,
            capture_output=True,
            timeout=MOST_SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExtractionError("cannot be extracted in time", _BESIDE) from None
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ExtractionError(f"cannot be extracted: {last[:120] or 'it takes too much'}", _BESIDE)
    text = done.stdout.decode("utf-8", "replace")
    if not text.strip():
        raise ExtractionError("has no text that could be extracted", _BESIDE)
    return text


_BESIDE = "put its text beside it as .txt and name that"


def _html(data: bytes) -> str:
    """Return the main text of a page, or all of its text where no main text is found.

    A blank line stands between its blocks. What is struck out or hidden is left out, as are the
    numbers of footnotes; other raised and lowered numbers stay so, lest 10 to the 6th become 106.
    """
    import trafilatura

    page = trafilatura.load_html(data)
    if page is None:
        return ""
    for part in page.xpath("//del | //s | //strike | //*[@hidden] | //a[sup] | //sup[a]"):
        part.drop_tree()
    for part in page.xpath("//p//*"):  # within a sentence nothing is an aside to be left out
        part.attrib.clear()
        if part.tag in ("aside", "button", "figure", "label", "noscript"):
            part.tag = "span"
    for part in page.xpath("//sup | //sub"):
        table = _RAISED if part.tag == "sup" else _LOWERED
        for inner in part.iter():
            inner.text = inner.text and inner.text.translate(table)
    found = trafilatura.extract(page, favor_recall=True, include_comments=False)
    return str(found or trafilatura.html2txt(page)).replace("\n", "\n\n")


_RAISED = str.maketrans(
    "0123456789+-=()n",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e\u207f",
)
_LOWERED = str.maketrans(
    "0123456789+-=()",
    "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e",
)


def _pdf(data: bytes) -> str:
    import io

    import pypdf

    pages = []
    left = MOST_CHARACTERS
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        pages.append(page.extract_text()[:left])
        left -= len(pages[-1])
    return "\f".join(pages)


def _limit() -> None:
    """Bound time and memory, where the system knows how to."""
    try:
        import resource
    except ImportError:  # no POSIX system: the parent's clock remains
        return
    for limit, most in (
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
    ):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, hard))


def _main(kind: str) -> None:
    _limit()
    try:
        text = {"html": _html, "pdf": _pdf}[kind](sys.stdin.buffer.read())
    except Exception as error:  # whatever a hostile file makes it raise
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise SystemExit(1) from None
    sys.stdout.buffer.write(text[:MOST_CHARACTERS].encode("utf-8", "replace"))


if __name__ == "__main__":
    _main(sys.argv[1])
