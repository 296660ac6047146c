"""The charset that a page declares itself (HTML Standard, sections 13.2.3.2 and 13.2.3.5)."""

import re

from claimcli.quotes.texts.charsets import find_charset

_WINDOW = 64 * 1024
"""Bytes in which a declaration is searched."""
_ALWAYS = 1024
"""Bytes in which browsers search for one before they parse the page; later only the head counts."""
_SCAN = re.compile(
    rb"<!--(?P<comment>)"
    rb"|<meta(?=[\s/])(?P<meta>)"
    rb"|</?[a-z][^\s>]*(?P<tag>)"
    rb"|<[!/?](?P<other>)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    rb"[\s/]*(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*)"
    rb"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*)?))?)"
)
_IN_CONTENT = re.compile(
    r"charset\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s;\"'][^\s;]*))",
    re.IGNORECASE,
)
_IN_XML = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]*)[\"']", re.IGNORECASE)


def declared_charset(data: bytes, *, xhtml: bool = False) -> str | None:
    """Return the charset that a page names, None if it names none that browsers know.

    It is that of ``<meta>``, else of the XML declaration. In XHTML, ``<meta>`` does not count.
    """
    if data[:6] in (b"<\0?\0x\0", b"\0<\0?\0x"):
        return "utf-16le" if data[0] else "utf-16be"
    found = None if xhtml else _from_meta(data[:_WINDOW])
    if not found and (declaration := _IN_XML.match(data[:_WINDOW])):
        found = find_charset(declaration[1].decode("latin-1"))
    replaced = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}
    return replaced.get(found or "", found)


def _from_meta(head: bytes) -> str | None:
    at = 0
    while tag := _SCAN.search(head, at):
        at = tag.end()
        if tag.lastgroup == "comment":
            at = _after(head, b"-->", at - 2)
        elif tag.lastgroup == "other":
            at = _after(head, b">", at)
        else:
            attributes, at = _attributes(head, at)
            if tag.lastgroup == "meta" and (found := _charset_of(attributes)):
                return found
            if tag[0].lower() == b"<body" and at > _ALWAYS:
                break
    return None


def _after(head: bytes, end: bytes, at: int) -> int:
    found = head.find(end, at)
    return found + len(end) if found >= 0 else len(head)


def _attributes(head: bytes, at: int) -> tuple[dict[str, str], int]:
    """Return the attributes of a tag, the first of each name, and the position after the tag.

    A tag that does not end has none.
    """
    attributes: dict[str, str] = {}
    while (found := _ATTRIBUTE.match(head, at)) and found.end() > at:
        at = found.end()
        if found["end"]:
            return attributes, at
        value = found["double"] or found["single"] or found["bare"] or b""
        attributes.setdefault(found["name"].decode("latin-1").lower(), value.decode("latin-1"))
    return {}, len(head)


def _charset_of(attributes: dict[str, str]) -> str | None:
    """Return the charset of a ``<meta>`` tag."""
    if "charset" in attributes:
        return find_charset(attributes["charset"])
    if attributes.get("http-equiv", "").lower() != "content-type":
        return None
    found = _IN_CONTENT.search(attributes.get("content", ""))
    return (
        find_charset(found["double"] or found["single"] or found["bare"] or "") if found else None
    )
