"""Downloads a page over HTTP, with limits on its size, time and redirects."""

import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import httpcore
import idna
from msgspec import Struct

from claimcli import __version__
from claimcli.edit.fetch.network import GuardedBackend, RefusedHostError

MAX_LABEL = 63
"""Characters of a part of a host name between two dots (RFC 1035, section 2.3.4)."""
_REDIRECTS = (301, 302, 303, 307, 308)
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


class Page(Struct, frozen=True):
    """A downloaded page: its bytes, type in lower case, charset, and final address."""

    data: bytes
    type: str
    charset: str
    url: str


class DownloadError(Exception):
    """A page that cannot be downloaded: the reason and a hint."""

    def __init__(self, reason: str, hint: str) -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(reason)


def download(
    url: str,
    *,
    private: bool,
    clock: Callable[[], float],
    limits: DownloadLimits = DownloadLimits(),  # noqa: B008 - frozen
) -> Page:
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


def _follow_redirects(pool: Any, url: str, limits: DownloadLimits) -> Page:
    for _ in range(limits.redirects + 1):
        _require_web(url)
        page = _page(pool, url, limits)
        if isinstance(page, Page):
            return page
        url = _joined(url, page)
    raise DownloadError(f"redirects more than {limits.redirects} times", "check the address")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location  # invalid, which is reported next


def _require_web(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = ascii_host(parts.hostname or "")
        fits = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        what = f"leads to '{url[:80]}', which is not a web address"
        raise DownloadError(what, "check the address")


def ascii_host(host: str) -> str:
    """Return a host name in ASCII as browsers look it up, or an IP address as it is.

    This is UTS 46 without transitional processing, as in the URL standard of the WHATWG, section
    3.5: unlike in IDNA 2003, "faß.example" is not "fass.example". Raises UnicodeError.
    """
    name = unquote(host, errors="strict")
    if not name.isascii():
        name = idna.uts46_remap(name, std3_rules=False, transitional=False)
    labels = [_ascii_label(label) for label in name.lower().split(".")]
    if "" in labels[:-1] or max(map(len, labels)) > MAX_LABEL:
        raise UnicodeError("a part of the name is empty or too long")
    return ".".join(labels)


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    idna.check_initial_combiner(label)
    idna.check_bidi(label)
    return f"xn--{label.encode('punycode').decode('ascii')}"


def _page(pool: Any, url: str, limits: DownloadLimits) -> Page | str:
    """Return the page at an address, or the address that it redirects to."""
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), limits.silence)
    request = _ascii(url)
    with pool.stream("GET", request, headers=_HEADERS, extensions={"timeout": timeouts}) as answer:
        headers: dict[str, str] = {
            k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers
        }
        if answer.status in _REDIRECTS and headers.get("location"):
            return headers["location"]
        if answer.status != 200:
            raise DownloadError(
                f"answers {answer.status}", "check the address, or try a web archive"
            )
        data = b"".join(_limit_size(answer.iter_stream(), headers, limits))
    message = Message()
    message["Content-Type"] = headers.get("content-type", "")
    kind = message.get_content_type() if headers.get("content-type") else ""
    return Page(data, kind, str(message.get_content_charset() or ""), url)


def _ascii(url: str) -> str:
    """Return an address in ASCII: its host as browsers write it, other letters percent-encoded."""
    parts = urlsplit(url)
    host = ascii_host(parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{path}{query}"


def _limit_size(
    chunks: Iterator[bytes], headers: dict[str, str], limits: DownloadLimits
) -> Iterator[bytes]:
    size = 0
    for chunk in _decompress(
        chunks, headers.get("content-encoding", "identity").lower(), limits.size
    ):
        size += len(chunk)
        if size > limits.size:
            raise _too_large(limits)
        yield chunk


def _decompress(chunks: Iterator[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """Yield the bytes of a body, which a server can compress without being asked."""
    if encoding in ("", "identity"):
        yield from chunks
    elif encoding in ("gzip", "x-gzip", "deflate"):
        try:
            yield from _inflate(chunks, most)
        except zlib.error as error:
            raise DownloadError(f"is damaged: {error}", "try again later") from None
    else:
        raise DownloadError(f"is encoded as '{encoding[:40]}'", "save it by hand")


def _inflate(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Yield the decompressed bytes of one or more compressed streams in sequence."""
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for part in chunks:
        chunk = part
        while chunk:
            if decompressor.eof:
                decompressor = zlib.decompressobj(zlib.MAX_WBITS | 32)
            yield decompressor.decompress(chunk, most + 1)
            if decompressor.unconsumed_tail:
                raise _too_large(DownloadLimits(size=most))
            chunk = decompressor.unused_data
    if not decompressor.eof:
        raise DownloadError("is cut short", "try again later")


def _too_large(limits: DownloadLimits) -> DownloadError:
    return DownloadError(f"is larger than {limits.size:,} bytes", "save the cited part by hand")
