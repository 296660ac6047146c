"""Downloads a page over HTTP, with limits on its size, time and redirects."""

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpcore
from msgspec import Struct

from claimcli import __version__
from claimcli.edit.fetch.address import ascii_address, is_web_address, redirect_target
from claimcli.edit.fetch.content_type import content_type
from claimcli.edit.fetch.network import GuardedBackend, RefusedHostError
from claimcli.quotes.texts.charsets import find_charset

_MAX_CODINGS = 4
_GZIP = b"\x1f\x8b"
_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_HEADERS = {
    "User-Agent": f"claimcli/{__version__}",
    "Accept": "text/html, application/pdf, text/plain;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",
}


class DownloadLimits(Struct, frozen=True):
    """Limits: bytes, seconds in total, seconds between two reads, and redirects."""

    size: int = 32 * 1024 * 1024
    seconds: float = 60.0
    silence: float = 15.0
    redirects: int = 5


class DownloadedPage(Struct, frozen=True):
    """A downloaded page: its bytes, type in lower case, charset, and final address."""

    data: bytes
    type: str
    charset: str
    url: str


class DownloadError(Exception):
    """A page that cannot be downloaded: the reason, a hint, and whether it no longer exists."""

    def __init__(self, reason: str, hint: str, *, gone: bool = False) -> None:
        self.reason = reason
        self.hint = hint
        self.gone = gone
        super().__init__(reason)


def download(
    url: str,
    *,
    private: bool,
    clock: Callable[[], float],
    limits: DownloadLimits = DownloadLimits(),  # noqa: B008 - frozen
) -> DownloadedPage:
    """Download the page at an address. ``private`` allows addresses of private networks.

    Raises DownloadError if a limit is exceeded, or if the status is not 200.
    """
    deadline = clock() + limits.seconds
    guard = GuardedBackend(private=private, deadline=deadline, clock=clock)
    try:
        with httpcore.ConnectionPool(network_backend=guard, max_connections=1) as pool:
            return _follow_redirects(pool, url, limits)
    except RefusedHostError as error:
        raise DownloadError(f"is refused: {error}", error.hint) from None
    except httpcore.TimeoutException:
        what = f"takes longer than {limits.seconds:g} seconds, or is silent for {limits.silence:g}"
        raise DownloadError(what, "try again later") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise DownloadError(f"cannot be reached: {reason}", "try again later") from None


def _follow_redirects(pool: Any, url: str, limits: DownloadLimits) -> DownloadedPage:
    for _ in range(limits.redirects + 1):
        if not is_web_address(url):
            what = f"leads to '{url[:80]}', which is not a web address"
            raise DownloadError(what, "check the address")
        page = _page(pool, url, limits)
        if isinstance(page, DownloadedPage):
            return page
        url = page
    raise DownloadError(f"redirects more than {limits.redirects} times", "check the address")


def _page(pool: Any, url: str, limits: DownloadLimits) -> DownloadedPage | str:
    """Return the page at an address, or the address that it redirects to."""
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), limits.silence)
    request = ascii_address(url)
    with pool.stream("GET", request, headers=_HEADERS, extensions={"timeout": timeouts}) as answer:
        headers = [(name.lower(), value) for name, value in answer.headers]
        location = dict(headers).get(b"location")
        if answer.status in _REDIRECTS and location:
            return redirect_target(url, location)
        if answer.status != 200:
            hint, gone = "check the address, or try a web archive", answer.status in _GONE
            raise DownloadError(f"answers {answer.status}", hint, gone=gone)
        codings = _values(headers, b"content-encoding")
        data = b"".join(_decode_body(answer.iter_stream(), codings, limits))
    type_, charset = content_type(_values(headers, b"content-type"))
    return DownloadedPage(data, type_, charset, url)


def _values(headers: list[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [value.decode("latin-1") for header, value in headers if header == name]


def _decode_body(
    chunks: Iterator[bytes], codings: list[str], limits: DownloadLimits
) -> Iterator[bytes]:
    """Yield the bytes of a body, which a server can compress without being asked, also twice.

    A server that names a charset as the coding is mistaken. Raises DownloadError for an unknown
    coding, and if the bytes are too many before or after any decompression.
    """
    chunks = _limit_size(chunks, limits)
    names = [name.strip() for name in ",".join(codings).lower().split(",")]
    for name in reversed(names):
        if name in ("gzip", "x-gzip", "deflate") and len(names) <= _MAX_CODINGS:
            chunks = _limit_size(_inflate(chunks, limits, name), limits)
        elif name not in ("", "identity", "none") and not find_charset(name):
            raise DownloadError(f"is encoded as '{','.join(names)[:40]}'", "save it by hand")
    return chunks


def _limit_size(chunks: Iterator[bytes], limits: DownloadLimits) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limits.size:
            raise _too_large(limits)
        yield chunk


def _inflate(chunks: Iterator[bytes], limits: DownloadLimits, coding: str) -> Iterator[bytes]:
    """Yield the decompressed bytes of one or more compressed streams in sequence.

    As in browsers, ``deflate`` can lack the header of zlib, and other bytes after a stream are
    ignored. Raises DownloadError if the data is damaged or cut short.
    """
    stream, rest, ended = None, b"", False
    for part in chunks:
        rest += part
        while len(rest) > 1 or (rest and stream):
            if stream is None and ended and not rest.startswith(_GZIP):
                return
            stream = stream or zlib.decompressobj(_window_bits(rest, coding))
            yield _decompressed(stream, rest, limits)
            rest = stream.unused_data
            if stream.eof:
                stream, ended = None, True
    if stream or not ended:
        raise DownloadError("is cut short", "try again later")


def _decompressed(stream: Any, data: bytes, limits: DownloadLimits) -> bytes:
    try:
        result = bytes(stream.decompress(data, limits.size + 1))
    except zlib.error as error:
        raise DownloadError(f"is damaged: {error}", "try again later") from None
    if stream.unconsumed_tail:
        raise _too_large(limits)
    return result


def _window_bits(start: bytes, coding: str) -> int:
    """Return zlib's number for the format of a compressed stream: of zlib, of gzip, or raw."""
    in_zlib = start[0] & 0x0F == zlib.DEFLATED and (start[0] << 8 | start[1]) % 31 == 0
    raw = coding == "deflate" and not in_zlib and not start.startswith(_GZIP)
    return -zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32


def _too_large(limits: DownloadLimits) -> DownloadError:
    return DownloadError(f"is larger than {limits.size:,} bytes", "save the cited part by hand")
