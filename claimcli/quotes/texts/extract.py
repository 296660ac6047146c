"""Extract the text of a web page or PDF in a separate process.

Files from strangers can be malicious: the process has limited time and memory, and its failure does
not affect this process. ``python -m claimcli.quotes.texts.extract html`` reads bytes from standard
input and writes UTF-8; it imports nothing from the working folder.
"""

import subprocess
import sys
from importlib.util import find_spec

from claimcli.dossier.runtime import install_hint
from claimcli.quotes.texts.pdf import read_pdf

MAX_SECONDS = 60
MAX_MEMORY = 2 * 1024**3
MAX_CHARACTERS = 64 * 1024**2
_LIBRARIES = {"html": "trafilatura", "pdf": "pypdfium2"}


class ExtractionError(Exception):
    """No text can be extracted; ``reason`` is a predicate such as "needs ..."."""

    def __init__(self, reason: str, hint: str) -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(reason)


def extract_text(kind: str, data: bytes) -> str:
    """Return the text of ``html`` or ``pdf`` data; pages of a PDF are separated by form feeds.

    Raises ExtractionError if the library is missing or finds no text in time.
    """
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
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ExtractionError(f"cannot be extracted: {last[:120] or 'limits exceeded'}", _USE_TXT)
    text = done.stdout.decode("utf-8", "replace")
    if not text.strip():
        raise ExtractionError("has no text that could be extracted", _USE_TXT)
    return text


_USE_TXT = "save its text as a .txt file and name that"


def _html(data: bytes) -> str:
    """Return the main text of a page, or all of its text if no main text is found.

    Blocks are separated by blank lines. Struck-out and hidden text and footnote numbers are left
    out; other superscripts and subscripts are kept as such, so that 10 to the 6th is not 106.
    """
    import trafilatura

    page = trafilatura.load_html(data)
    if page is None:
        return ""
    for part in page.xpath("//del | //s | //strike | //*[@hidden] | //a[sup] | //sup[a]"):
        part.drop_tree()
    for part in page.xpath("//p//*"):  # keep inline elements that the library would drop
        part.attrib.clear()
        if part.tag in ("aside", "button", "figure", "label", "noscript"):
            part.tag = "span"
    for part in page.xpath("//sup | //sub"):
        table = _SUPERSCRIPT if part.tag == "sup" else _SUBSCRIPT
        for inner in part.iter():
            inner.text = inner.text and inner.text.translate(table)
    text = trafilatura.extract(page, favor_recall=True, include_comments=False)
    return str(text or trafilatura.html2txt(page)).replace("\n", "\n\n")


_SUPERSCRIPT = str.maketrans(
    "0123456789+-=()n",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e\u207f",
)
_SUBSCRIPT = str.maketrans(
    "0123456789+-=()",
    "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e",
)


def _pdf(data: bytes) -> str:
    return "".join(piece for piece, _ in read_pdf(data))


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
        text = {"html": _html, "pdf": _pdf}[kind](sys.stdin.buffer.read())
    except Exception as error:  # a malicious file can raise anything
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise SystemExit(1) from None
    sys.stdout.buffer.write(text[:MAX_CHARACTERS].encode("utf-8", "replace"))


if __name__ == "__main__":
    _main(sys.argv[1])
