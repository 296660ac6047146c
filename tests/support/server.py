"""A server on this machine that misbehaves in whatever way a path asks for."""

import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PAGE = (
    b"<html><head><title>Press</title></head><body><nav>Home</nav><article><h1>The main</h1>"
    b"<p>The main under Mill Street was inspected in March and found sound.</p>"
    b"<p>It will be looked at again in the summer, by an independent engineer.</p>"
    b"</article></body></html>"
)
ARTICLE = (
    b'<html lang="en-GB"><head><title>x</title><meta property="og:title" content="Bridge closed">'
    b'<meta property="og:site_name" content="The Gazette"><meta name="author" content="Ann Lee">'
    b'<meta name="date" content="2024-03-04"></head><body><article><h1>Bridge closed</h1>'
    b'<p>The mayor said: "The bridge was closed because two of its cables are damaged." She added'
    b" that it will be open again before the end of May.</p></article></body></html>"
)
LATIN = "Die Leitung wurde gepr\u00fcft.".encode("latin-1")


COPY = "http://web.archive.org/web/20230503000000/https://press.example/main"
ARCHIVE = {
    "https://press.example/main": b'{"archived_snapshots": {"closest": {"available": true, "status":'
    b' "200", "timestamp": "20230503000000", "url": "' + COPY.encode() + b'"}}}',
    "https://press.example/none": b'{"archived_snapshots": {}}',
    "https://press.example/damaged": b'{"archived_snapshots": [',
    "https://press.example/elsewhere": b'{"archived_snapshots": {"closest": {"available": true,'
    b' "status": "200", "url": "https://elsewhere.example/web/2023/https://press.example"}}}',
    "https://press.example/was-missing": b'{"archived_snapshots": {"closest": {"available": true,'
    b' "status": "404", "url": "' + COPY.encode() + b'"}}}',
}
"""The answers of the server at ``/archive``, in the form of the Wayback Machine, by address."""


def _url_of(h: "_Handler") -> str:
    return parse_qs(urlsplit(h.path).query)["url"][0]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]  # a list of its own
        with suppress(BrokenPipeError, ConnectionResetError):
            _BEHAVIOURS[self.path.partition("?")[0]](self)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def answer(self, data: bytes, kind: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)


def _packed(data: bytes, coding: str) -> Callable[[_Handler], None]:
    return lambda h: h.answer(data, "text/html", Content_Encoding=coding)


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _redirect(target: str) -> Callable[[_Handler], None]:
    return lambda h: h.answer(b"", "text/plain", 302, Location=target)


def _endless(h: _Handler) -> None:
    h.send_response(200)
    h.send_header("Content-Type", "text/plain")
    h.end_headers()
    for _ in range(10_000):
        h.wfile.write(b"x" * 100_000)


def _drip(h: _Handler, part: bytes) -> None:
    while True:  # until the client is gone, which raises an error
        h.wfile.write(part)
        h.wfile.flush()
        time.sleep(0.01)


def _drip_body(h: _Handler) -> None:
    h.send_response(200)
    h.send_header("Content-Type", "text/plain")
    h.end_headers()
    _drip(h, b"x")


def _drip_headers(h: _Handler) -> None:
    h.wfile.write(b"HTTP/1.1 200 OK\r\n")
    _drip(h, b"X-A: b\r\n")


def _cut_short(h: _Handler) -> None:
    h.send_response(200)
    h.send_header("Content-Type", "text/plain")
    h.send_header("Content-Length", "1000")
    h.end_headers()
    h.wfile.write(b"The main was")


_BEHAVIOURS: dict[str, Callable[[_Handler], None]] = {
    "/page": lambda h: h.answer(PAGE, "text/html; charset=utf-8"),
    "/2024/bridge.html": lambda h: h.answer(ARTICLE, "text/html; charset=utf-8"),
    "/text": lambda h: h.answer(b"The main was found sound.\n", "text/plain"),
    "/latin": lambda h: h.answer(LATIN, "text/plain; charset=iso-8859-1"),
    "/wrong-charset": lambda h: h.answer(LATIN, "text/plain; charset=utf-8"),
    "/no-charset": lambda h: h.answer(LATIN, "text/plain"),
    "/zipped": lambda h: h.answer(gzip.compress(PAGE), "text/html", Content_Encoding="gzip"),
    "/half-zipped": lambda h: h.answer(
        gzip.compress(PAGE)[:-40], "text/html", Content_Encoding="gzip"
    ),
    "/zipped-in-two": lambda h: h.answer(
        gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), "text/html", Content_Encoding="gzip"
    ),
    "/zipped-and-more": _packed(gzip.compress(PAGE) + b"\0\0 more", "gzip"),
    "/zipped-twice": _packed(_raw_deflate(gzip.compress(PAGE)), "gzip, deflate"),
    "/zipped-often": _packed(gzip.compress(PAGE), "gzip," * 4 + "gzip"),
    "/bomb-in-a-bomb": _packed(
        gzip.compress(gzip.compress(b"")) + gzip.compress(gzip.compress(b"") * 50_000), "gzip, gzip"
    ),
    "/deflated": _packed(zlib.compress(PAGE), "Deflate"),
    "/deflated-raw": _packed(_raw_deflate(PAGE), "deflate"),
    "/deflated-and-damaged": _packed(b"\xff" + _raw_deflate(PAGE), "deflate"),
    "/encoded-as-a-charset": _packed(PAGE, "UTF-8"),
    "/%D1%8F": _packed(PAGE, "identity"),
    "/%E9": _packed(PAGE, ""),
    "/a%20b": _packed(PAGE, "none"),
    "/moved-in-utf8": _redirect("/я".encode().decode("latin-1")),
    "/moved-in-latin1": _redirect("\xe9"),
    "/moved-with-spaces": _redirect(" a b \t"),
    "/moved-to-the-same-host": lambda h: _redirect(f"//{h.headers['Host']}/page#top")(h),
    "/moved-with-a-backslash": _redirect("\\page"),
    "/to-nowhere": _redirect("http://[bad"),
    "/koi8": lambda h: h.answer(
        "<html><body><article><p>\u041c\u0430\u0433\u0438\u0441\u0442\u0440\u0430\u043b\u044c \u0446\u0435\u043b\u0430.</p></article></body></html>".encode(
            "koi8-r"
        ),
        "text/html; Charset=koi8-r",
    ),
    "/nothing": lambda h: h.answer(b"", "text/plain"),
    "/bomb": lambda h: h.answer(
        gzip.compress(b"\0" * 50_000_000), "text/plain", Content_Encoding="gzip"
    ),
    "/damaged": lambda h: h.answer(b"no gzip at all", "text/plain", Content_Encoding="gzip"),
    "/brotli": lambda h: h.answer(b"x", "text/plain", Content_Encoding="br"),
    "/moved": _redirect("/page"),
    "/loop": _redirect("/loop"),
    "/to-a-file": _redirect("file:///etc/passwd"),
    "/to-metadata": _redirect("http://169.254.169.254/latest"),
    "/gone": lambda h: h.answer(b"no", "text/html", 410),
    "/archive": lambda h: h.answer(ARCHIVE[_url_of(h)], "application/json"),
    "/missing": lambda h: h.answer(b"no", "text/html", 404),
    "/broken": lambda h: h.answer(b"no", "text/html", 500),
    "/picture": lambda h: h.answer(b"\x89PNG", "image/png"),
    "/empty": lambda h: h.answer(b"<html><body></body></html>", "text/html"),
    "/endless": _endless,
    "/drip": _drip_body,
    "/drip-headers": _drip_headers,
    "/silent": lambda h: h.rfile.read(1),  # returns when the client is gone
    "/cut-short": _cut_short,
    "/garbage": lambda h: h.wfile.write(b"\0\1\2 this is no HTTP\r\n\r\n"),
}


@contextmanager
def misbehaving() -> Iterator[tuple[str, list[str]]]:
    """Give the server's address, and the paths that it was asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.asked = []  # type: ignore[attr-defined]  # a list of its own
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked  # type: ignore[attr-defined]  # the same
    finally:
        server.shutdown()
        server.server_close()
