"""LaTeX in the values of BibTeX as plain text."""

import re
import unicodedata

from claimcli.core.text.escaping import one_line

_TOKEN = re.compile(r"\\[A-Za-z]+\*?\s*|\\.|\$[^$]*\$|[{}~]|---?|``|''|[^\\{}$~`'-]+|.", re.DOTALL)
_SCRIPT = re.compile(r"\$\s*([_^])\s*(?:\{([^{}]*)\}|(.))\s*\$")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
"""The combining character of each command for an accent."""
_SIGNS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ",
    "i": "ı", "j": "ȷ", "l": "ł", "L": "Ł", "ng": "ŋ", "NG": "Ŋ", "o": "ø", "O": "Ø", "oe": "œ",
    "OE": "Œ",
    "ss": "ß", "th": "þ", "TH": "Þ", "S": "§", "P": "¶", "copyright": "©", "dots": "…",
    "ldots": "…", "euro": "€", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "LaTeX": "LaTeX", "pounds": "£", "quotedblbase": "„",
    "quotesinglbase": "‚", "TeX": "TeX", "textasciicircum": "^", "textasciitilde": "~",
    "textbackslash": "\\", "textbar": "|", "textbullet": "•", "textdegree": "°", "textdollar": "$",
    "textellipsis": "…", "textemdash": "—", "textendash": "–", "texteuro": "€", "textgreater": ">",
    "textless": "<", "textquotedbl": '"', "textquotedblleft": "“", "textquotedblright": "”",
    "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'", "textregistered": "®",
    "textsection": "§", "textsterling": "£", "texttrademark": "™", "textunderscore": "_",
    "~": "\u00a0", "---": "—", "--": "–", "``": "“", "''": "”", " ": " ", "\\": " ", "/": "",
    "-": "", ",": " ", "@": "",
}  # fmt: skip
_STYLES = (
    "emph", "textit", "textbf", "texttt", "textsc", "textrm", "textsf", "textsl", "textup", "text",
    "textnormal", "mbox", "path", "it", "em", "bf", "sc", "tt", "rm", "sl", "relax",
)  # fmt: skip
"""Commands of which only the argument is text."""
_CHARACTERS = frozenset("&%$#_{}")
"""Characters that a backslash makes ordinary."""
MAX_DEPTH = 40
"""Levels of groups and commands in one another; what is deeper stays as it is."""
_RAISED_BY = {"textsuperscript": "sup", "textsubscript": "sub"}
_SCRIPTS = {"^": "sup", "_": "sub"}
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")


def plain_text(latex: str) -> tuple[str, list[str]]:
    """Return a value as text on one line, and the commands that are not understood.

    Raised and lowered text gets the tags ``sup`` and ``sub``, as in CSL; other mathematics stays.
    """
    unknown: list[str] = []
    latex = _URL.sub(lambda url: url[1].replace("~", r"\~{}").replace("--", "-{}-"), latex)
    tokens = _TOKEN.findall(latex)[::-1]
    parts = []
    while tokens:
        parts.append(_group(tokens, unknown))
    return one_line(unicodedata.normalize("NFC", "".join(parts)).replace("\u00a0", " ")), unknown


def plain_address(latex: str) -> str:
    r"""Return an address, in which ``\_`` and ``{\_}`` are ``_``."""
    text = _URL.sub(r"\1", latex.strip())
    return re.sub(r"\\([_%&#~$^{}])(?:\{\})?", r"\1", re.sub(r"\{(\\.)\}", r"\1", text)).strip(
        "{} "
    )


def _group(tokens: list[str], unknown: list[str], depth: int = 0) -> str:
    """Return the text up to the end of the group; ``tokens`` are reversed, and are taken."""
    parts = []
    while tokens and tokens[-1] != "}":
        parts.append(_next(tokens, unknown, depth + 1))
    if tokens:
        tokens.pop()
    return "".join(parts)


def _next(tokens: list[str], unknown: list[str], depth: int) -> str:
    """Return the text of the next token, with its argument."""
    if not tokens or tokens[-1] == "}" or depth > MAX_DEPTH:
        return tokens.pop() if depth > MAX_DEPTH and tokens else ""
    token = tokens.pop()
    if token.startswith("{"):
        return _group(tokens, unknown, depth)
    if script := _SCRIPT.fullmatch(token):
        return _raised(_SCRIPTS[script[1]], script[2] or script[3])
    if token.startswith("\\") and len(token) > 1:
        return _command(token[1:].rstrip().removesuffix("*"), tokens, unknown, depth)
    return _SIGNS.get(token, token) if len(token) > 1 or token.startswith("~") else token


def _command(name: str, tokens: list[str], unknown: list[str], depth: int) -> str:
    """Return the text of a command."""
    if name in _ACCENTS:
        return _accented(_argument(tokens, unknown, depth), name)
    if name in _RAISED_BY:
        return _raised(_RAISED_BY[name], _argument(tokens, unknown, depth))
    if name == "enquote":
        return f"“{_argument(tokens, unknown, depth)}”"
    if name == "href":
        return f"{_argument(tokens, unknown, depth)} {_argument(tokens, unknown, depth)}"
    if name in _CHARACTERS:
        return name
    if name and name not in _SIGNS and name not in _STYLES:
        unknown.append(f"\\{name}")
    return _SIGNS.get(name, "")


def _argument(tokens: list[str], unknown: list[str], depth: int) -> str:
    """Return the argument of a command: a group, or one character of the next text."""
    while tokens and tokens[-1].isspace():
        tokens.pop()
    if tokens and len(tokens[-1]) > 1 and not tokens[-1].startswith(("\\", "$")):
        text = tokens.pop()
        tokens.append(text[1:])
        return text[0]
    return _next(tokens, unknown, depth + 1)


def _accented(text: str, name: str) -> str:
    """Return a text with an accent on its first letter; without one the accent is a sign."""
    letter = {"ı": "i", "ȷ": "j"}.get(text[:1], text[:1])
    if not letter.strip():
        return name + text if name in ("^", "~") else text
    return letter + _ACCENTS[name] + text[1:]


def _raised(tag: str, text: str) -> str:
    return f"<{tag}>{text}</{tag}>" if text else ""
