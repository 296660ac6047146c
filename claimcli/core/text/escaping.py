"""Text from data, escaped for terminals and file formats so that it cannot be taken for markup."""

import re
from functools import lru_cache

# Patterns that few texts need are compiled on first use, since that takes longer than a short list.
_CONTROLS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufeff]"
_BREAKS = "[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029 ]+"
_MARKDOWN = r"[\\`*_\[\]{}|~$@]|:(?=//|\w+:)|(?<=[wW]{3})\."
_REFERENCE = r"(?<![A-Za-z0-9_])@(?=[\w.])|[#!&](?=\d)|(?i:\bgh-)(?=\d)"
"""Signs by which GitHub, GitLab and Gitea mention people and link issues."""
_MARKDOWN_SIGN = re.compile(r"[\\`*_\[\]{}|~$@:#!&<>]")
_MARKDOWN_START = re.compile(r"[-+=]|\d{1,9}[.)]")
_LIST_NUMBER = r"^(\s*\d{1,9})([.)])"
_JSON_HAZARDS = "[\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
FORMULA_SIGNS = (*"=+-@＝＋－＠﹦﹢﹣﹫\t\r\n",)
"""Beginnings of formulas; East Asian spreadsheets read wide and small signs like plain ones."""
_FORMULA_SIGNS = frozenset(FORMULA_SIGNS)


def visible(text: str) -> str:
    """Return the text with control characters and direction marks spelled out, as ⟨U+202E⟩.

    Right-to-left letters, emoji and combining marks stay.
    """
    if text.isprintable():  # most texts are; controls and direction marks are not
        return text
    return re.sub(_CONTROLS, lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def one_line(text: str) -> str:
    """Return the text on one line, with each run of white space as one space."""
    if text.isprintable() and "  " not in text:  # the only printable white space is the space
        return text.strip()
    return visible(re.sub(_BREAKS, " ", text)).strip()


@lru_cache(maxsize=1024)
def for_markdown(text: str) -> str:
    """Return the text escaped for GitHub-flavoured markdown (GFM 0.29, section 2.4).

    Code hosts search the rendered page for references, where a backslash has no effect: the sign of
    one is followed by an invisible word joiner, which ``verify`` ignores in quotes.
    """
    line = one_line(text)
    if _is_plain_markdown(line):
        return line
    line = re.sub(_REFERENCE, "\\g<0>\u2060", line)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = re.sub(_LIST_NUMBER, r"\1\\\2", re.sub(_MARKDOWN, r"\\\g<0>", line))
    return re.sub(r"^(#|[-+=])", r"\\\1", line)


def _is_plain_markdown(line: str) -> bool:
    """Return whether a line certainly needs no escaping, which is true of most lines."""
    folded = line.lower()
    begins = _MARKDOWN_START.match(line)
    return not (begins or "www." in folded or "gh-" in folded or _MARKDOWN_SIGN.search(line))


def for_html(text: str) -> str:
    """Return the text for HTML, as content or inside a quoted attribute."""
    from html import escape

    return escape(one_line(text), quote=True)


_NOT_XML = "[\ud800-\udfff\ufffe\uffff]"


def for_xml(text: str) -> str:
    """Return the same as :func:`for_html`, with characters that XML 1.0 excludes spelled out."""
    return xml_characters(for_html(text))


def xml_characters(text: str) -> str:
    """Return visible text with the characters that XML 1.0 excludes spelled out."""
    return re.sub(_NOT_XML, lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def for_tsv(text: str) -> str:
    r"""Return the text as one TSV field: tab, line feed, return, backslash as ``\t \n \r \\``.

    The escapes are those of Linear TSV; other control characters are spelled out.
    """
    if text.isprintable() and "\\" not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return visible(escaped.replace("\r", "\\r"))


def for_csv(text: str) -> str:
    """Return the text with a leading ``'`` if a spreadsheet would take it for a formula."""
    if text[:1] not in _FORMULA_SIGNS and text.isprintable():
        return text
    return visible_lines(f"'{text}" if text.startswith(FORMULA_SIGNS) else text)


def visible_lines(text: str) -> str:
    """Return the same as :func:`visible`, with line breaks kept."""
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n"))


def for_json(encoded: str) -> str:
    r"""Return equal JSON with control characters and direction marks written as ``\uXXXX``."""
    if encoded.isascii() and "\x7f" not in encoded:
        return encoded
    return re.sub(_JSON_HAZARDS, lambda match: f"\\u{ord(match[0]):04x}", encoded)


def web_link(url: str | None) -> str:
    """Return the address if it is a plain web address that can become a link, else ""."""
    plain = r"https?://[^\s<>\"'`\\\x00-\x20\x7f-\xa0]+"
    if url and not re.search(_CONTROLS, url) and re.fullmatch(plain, url, re.IGNORECASE):
        return url.replace("|", "%7C").replace("(", "%28").replace(")", "%29")
    return ""
