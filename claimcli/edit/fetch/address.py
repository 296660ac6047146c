"""Web addresses as browsers read them (URL Standard of the WHATWG)."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna

MAX_LABEL = 63
"""Characters of a part of a host name between two dots (RFC 1035, section 2.3.4)."""
_SPACE_AND_CONTROLS = "".join(map(chr, range(0x21)))
_PATH = "!$%&'()*+,-./:;=@[]_~"
_QUERY = "!$%&()*+,-./:;=?@[\\]^_`{|}~"
"""Characters that are not percent-encoded. A percent sign is kept, so nothing is encoded twice."""
_FORBIDDEN = re.compile(r"[\0-\x20#/<>?@\[\\\]^|%\x7f]")


def is_web_address(url: str) -> bool:
    """Return whether an address has the scheme http or https, and a valid host and port."""
    try:
        parts = urlsplit(url)
        host = ascii_host(parts.hostname or "")
        return parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        return False


def redirect_target(url: str, location: bytes) -> str:
    """Return the address that a page redirects to, from the bytes of its header ``Location``.

    Bytes beyond ASCII are percent-encoded as they are, whatever their charset. The result may be
    invalid.
    """
    text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in location)
    text = text.strip(_SPACE_AND_CONTROLS).translate(dict.fromkeys(map(ord, "\t\r\n")))
    end = min((at for at in map(text.find, "?#") if at >= 0), default=len(text))
    try:
        return urljoin(url, text[:end].replace("\\", "/") + text[end:])
    except ValueError:
        return text


def ascii_address(url: str) -> str:
    """Return an address as it is requested: its host in ASCII, the rest percent-encoded."""
    parts = urlsplit(url)
    host = ascii_host(parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{quote(parts.path or '/', safe=_PATH)}{query}"


def ascii_host(host: str) -> str:
    """Return a host name in ASCII as browsers look it up, or an IP address as it is.

    This is UTS 46 without transitional processing, as in the URL standard of the WHATWG, section
    3.5: unlike in IDNA 2003, "faß.example" is not "fass.example". Raises UnicodeError.
    """
    name = unquote(host, errors="strict")
    if not name.isascii():
        name = idna.uts46_remap(name, std3_rules=False, transitional=False)
    labels = [_ascii_label(label) for label in name.lower().split(".")]
    if "" in labels[:-1] or max(map(len, labels)) > MAX_LABEL or _FORBIDDEN.search(name):
        raise UnicodeError("a part of the name is empty, too long or has forbidden characters")
    return ".".join(labels)


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    idna.check_initial_combiner(label)
    idna.check_bidi(label)
    return f"xn--{label.encode('punycode').decode('ascii')}"
