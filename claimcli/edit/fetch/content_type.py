"""The type and charset of a page by its headers (MIME Sniffing and Fetch Standards)."""

import re
from collections.abc import Iterable

_VALUE = re.compile(r"(?:[^\",]|\"(?:[^\"\\]|\\.)*+\"?)++")
"""One of several types that are separated by commas, which a quoted charset can contain."""
_PARAMETER = re.compile(r";\s*([^=;\s\"]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*+)|([^;]*))")
_TYPE = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+)\s*(?=[;,]|$)")


def content_type(headers: Iterable[str]) -> tuple[str, str]:
    """Return the type in lower case and the charset of a page, each "" without one.

    ``headers`` are the values of ``Content-Type``. The last valid one counts, with the charset of
    the one before if it has the same type and no charset.
    """
    type_ = charset = ""
    for value in _VALUE.findall(",".join(headers)):
        if not (found := _TYPE.match(value)) or found[1] == "*/*":
            continue
        own = _charset(value)
        if found[1].lower() != type_:
            type_, charset = found[1].lower(), own
        charset = own or charset
    return type_, charset


def _charset(value: str) -> str:
    """Return the first charset of a type, without a semicolon or quotation mark around it."""
    for parameter in _PARAMETER.finditer(value):
        if parameter[1].lower() == "charset":
            return (parameter[2] or parameter[3] or "").strip(" \t\"';")
    return ""
