"""Texts and dates as web pages and their programs write them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from claimcli.dossier.informal_dates import edtf_of, valid_date

_HIDDEN = re.compile(r"<(?:(script|style)\b[^<>]*>|!--)", re.IGNORECASE)
_CLOSING = {
    "script": re.compile(r"</script\s*>?", re.IGNORECASE),
    "style": re.compile(r"</style\s*>?", re.IGNORECASE),
    "": re.compile("-->"),
}
_BREAKS = "p|div|li|ul|ol|h[1-6]|tr|table|blockquote|br"
_INLINE = (
    "a|abbr|acronym|address|area|article|aside|audio|b|base|bdi|bdo|big|body|button|canvas|caption"
    "|center|cite|code|col|colgroup|data|dd|del|dfn|dl|dt|em|embed|fieldset|figcaption|figure|font"
    "|footer|form|g|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|link|main|map|mark"
    "|meta|nav|noscript|object|option|path|picture|pre|q|rp|rt|ruby|s|samp|script|section|select"
    "|small|source|span|strike|strong|style|sub|summary|sup|svg|tbody|td|template|textarea|tfoot|th"
    "|thead|time|title|tt|u|var|video|wbr"
)


def _tags(names: str) -> re.Pattern[str]:
    """Return what matches the tags of HTML; ``<inaudible>`` and ``<a and b>`` are words."""
    return re.compile(rf"</?(?:{names})(?:\s[^<>=]*=[^<>]*|\s*(?:/\s*)?)>", re.IGNORECASE)


_BREAK, _TAG = _tags(_BREAKS), _tags(f"{_BREAKS}|{_INLINE}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?"
    r" ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)
_NUMERIC = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})", re.ASCII)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.I)
_BROWSER_DATE = re.compile(r"([a-z]{3}) ([0-9]{2}) ([0-9]{4}) [0-9]{2}:[0-9]{2}:[0-9]{2}.*", re.I)
_SECONDS, _MILLISECONDS = 10, 13
"""Digits of a time of our days that is counted from 1970."""


def plain_text(text: str) -> str:
    """Return a text without HTML tags and entities; a text without any is returned as it is."""
    if not (_TAG.search(text) or _ENTITY.search(text) or "<!--" in text):
        return text
    without = _TAG.sub("", _BREAK.sub("\n", _without_hidden(text)))
    plain = _ENTITY.sub(lambda entity: unescape(entity[0]), without)
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def _without_hidden(text: str) -> str:
    """Return a text without scripts, styles and comments, in a time that grows with its length."""
    parts, start = [], 0
    while opening := _HIDDEN.search(text, start):
        closing = _CLOSING[(opening[1] or "").lower()].search(text, opening.end())
        if not closing:
            break
        parts.append(text[start : opening.start()])
        start = closing.end()
    return "".join([*parts, text[start:]])


def web_date(text: str) -> str:
    """Return a date in the form that ``parse_date`` takes, or "" if its meaning is not certain.

    Understood are EDTF, ISO 8601 with fractions of seconds, RFC 5322 (``Wed, 22 Jun 2016 10:00:00
    GMT``), months in words, seconds and milliseconds since 1970, and days such as ``22/06/2016`` of
    which only one order is possible.
    """
    words = " ".join(text[:100].split())
    if match := _ISO.fullmatch(words):
        zone = (match[3] or "").replace("UTC", "Z").replace("GMT", "Z")
        return valid_date(f"{match[1]}T{match[2]}{zone}")
    return (
        valid_date(words) or edtf_of(words) or _counted(words) or _numeric(words) or _dated(words)
    )


def _counted(words: str) -> str:
    """Return the moment that is so many seconds or milliseconds after the start of 1970."""
    if not (words.isascii() and words.isdigit() and len(words) in (_SECONDS, _MILLISECONDS)):
        return ""
    moment = datetime.fromtimestamp(int(words[:_SECONDS]), UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _numeric(words: str) -> str:
    """Return a day written in figures, the year last, if one number cannot be a month."""
    match = _NUMERIC.fullmatch(words)
    if not match:
        return ""
    one, other = int(match[1]), int(match[3])
    if one > 12 or one == other:
        return valid_date(f"{match[4]}-{other:02}-{one:02}")
    return valid_date(f"{match[4]}-{one:02}-{other:02}") if other > 12 else ""


def _dated(words: str) -> str:
    """Return a date that begins with a day of the week."""
    weekday = _WEEKDAY.match(words)
    if not weekday:
        return ""
    rest = words[weekday.end() :]
    if match := _BROWSER_DATE.fullmatch(rest):
        return edtf_of(f"{match[1]} {match[2]}, {match[3]}")
    try:
        return valid_date(parsedate_to_datetime(words).isoformat(timespec="seconds"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return edtf_of(rest)
