"""How a text is written: without quotation marks where they are not needed, long ones folded."""

import re

from claimcli.canonical.tree import Text
from claimcli.yamledit.values import UNPRINTABLE, WIDTH, folded, is_foldable, is_plain, quoted

INDENT = 2
_NO_TEXT = re.compile(
    r"""~|null|Null|NULL|=|<<
    |y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
    |[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*)
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    |[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
     (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
        (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?""",
    re.VERBOSE,
)


def is_text_to_all(text: str) -> bool:
    """Return whether every reader of YAML takes a text without quotation marks for a text.

    Others find truth values, numbers, dates and nothing in some (YAML 1.1, types of the
    language-independent repository; YAML 1.2.2, section 10.3.2). claimcli never does.
    """
    return bool(text) and not _NO_TEXT.fullmatch(text)


def on_one_line(node: Text, *, marked: bool = False, flow: bool = False) -> str:
    """Return a text without line breaks, in quotation marks where they are asked for or needed.

    What other readers take for something else than a text stays as it is, with or without them.
    """
    text = node.text
    if not node.style and not is_text_to_all(text):
        return text
    if marked or not is_text_to_all(text) or not is_plain(text, flow=flow):
        return quoted(text)
    return text


def written(node: Text, *, room: int, indent: int, marked: bool) -> list[str]:
    """Return the lines of a text, the first without what stands before it.

    ``room`` is what the first line has left, ``indent`` where the others begin, ``marked`` whether
    a short text gets quotation marks anyway.
    """
    text = node.text
    if "\n" in text:
        return _several_lines(node, indent)
    line = on_one_line(node, marked=marked)
    kept = not node.style and not is_text_to_all(text)
    if kept or len(line) <= room or not is_foldable(text):
        return [line]
    return [">-", *folded(text, indent)]


def _several_lines(node: Text, indent: int) -> list[str]:
    """Keep a literal text literal and a folded one folded; others become what suits them."""
    text, body = node.text, node.text.removesuffix("\n")
    end = "" if text.endswith("\n") else "-"
    lines = body.split("\n")
    if not body.strip() or body.endswith("\n") or UNPRINTABLE.search(re.sub("[\t\n]", "", body)):
        return [quoted(text)]
    fits = max(map(len, lines)) + indent <= WIDTH
    foldable = lines[0] and "\t" not in body and all(line == line.strip(" ") for line in lines)
    if foldable and (node.style == ">" or (node.style != "|" and not fits)):
        parts = (folded(line, indent) if line else [] for line in lines)
        return [f">{end}", *(line for part in parts for line in (*part, ""))][:-1]
    pad = " " * indent
    sign = INDENT if body[0] in " \t\n" else ""
    return [f"|{sign}{end}", *(f"{pad}{line}" if line else "" for line in lines)]
