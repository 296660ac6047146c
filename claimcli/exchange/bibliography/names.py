"""The names of CSL-JSON, and the same as text.

A text names people as they are called, "Ludwig van Beethoven". It does not show which part is the
family name, so a line for each name keeps that, as Zotero writes it: ``van Beethoven || Ludwig``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from claimcli.core.text.escaping import one_line
from claimcli.exchange.bibliography.latex import plain_text

_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_PARTICLES_BEFORE = re.compile(r"((?:[^\W\d_]['’]|[a-z][^\W\d_]*\.?(?: |$))+)(?=\S)")
_PARTICLES_AFTER = re.compile(r"(?: [a-z][^\W\d_]*['’]?)+$")
_SUFFIX = re.compile(r", ([^,]+)$")
_BAR = " || "


def text_of_names(names: Any) -> str:
    """Return names as people are called, with commas, as ``add source`` writes authors."""
    return ", ".join(filter(None, (text_of_name(name) for name in _listed(names))))


def text_of_name(name: Any) -> str:
    """Return a name as the person or organisation is called."""
    if not isinstance(name, Mapping):
        return one_line(str(name))
    if literal := _part(name, "literal"):
        return literal
    text = " ".join(filter(None, (_part(name, part) for part in _PARTS)))
    return re.sub(r"(?<=\b[dlDL]['’]) ", "", text)


def lines_of_names(names: Any) -> list[str]:
    """Return a line for each name that shows its family name, [] if no name has two parts."""
    lines = [_line(name) for name in _listed(names)]
    return lines if any(_BAR in line for line in lines) else []


def names_of_lines(lines: Sequence[str]) -> list[dict[str, str]]:
    """Return the names of lines that :func:`lines_of_names` wrote."""
    return [_name(line) for line in lines]


def _listed(names: Any) -> list[Any]:
    return names if isinstance(names, list) else [names]


def _part(name: Mapping[str, Any], part: str) -> str:
    return one_line(str(name.get(part) or ""))


def _line(name: Any) -> str:
    if not isinstance(name, Mapping) or _part(name, "literal"):
        return text_of_name(name)
    before = _part(name, "non-dropping-particle")
    space = "" if before.endswith(("'", "’")) else " "
    family = f"{before}{space}{_part(name, 'family')}".strip()
    given = f"{_part(name, 'given')} {_part(name, 'dropping-particle')}".strip()
    suffix = _part(name, "suffix")
    given = f"{given}, {suffix}" if suffix else given
    return f"{family}{_BAR}{given}" if family and given else family or given


def _name(line: str) -> dict[str, str]:
    family, bar, given = line.partition(_BAR)
    if not bar:
        return {"literal": line}
    suffix = _SUFFIX.search(given)
    given = given[: suffix.start()] if suffix else given
    before, after = _PARTICLES_BEFORE.match(family), _PARTICLES_AFTER.search(given)
    name = {
        "family": family[before.end() :] if before else family,
        "given": given[: after.start()] if after else given,
        "dropping-particle": after[0].strip() if after else "",
        "non-dropping-particle": before[0].strip() if before else "",
        "suffix": suffix[1] if suffix else "",
    }
    return {part: text for part, text in name.items() if text}


_LOWER_WORDS = (
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "le", "ten", "ter", "van", "von", "y", "zu", "zum", "zur",
)  # fmt: skip
"""Words of people's names that can begin with a small letter."""


def name_of_text(text: str) -> dict[str, str]:
    """Return a name written ``Family, Given`` or ``Family, Given, Suffix``; others are literal.

    So are names of organisations with a comma: a word of them begins with a small letter, as in
    ``Ministry of Defence, press office``.
    """
    parts = [part.strip() for part in text.split(",")]
    words = text.replace(",", " ").split()
    small = [word for word in words if word[0].islower() and word not in _LOWER_WORDS]
    if len(parts) not in (2, 3) or not all(parts) or small or len(words) > 8:
        return {"literal": one_line(text)}
    return _name(f"{parts[0]}{_BAR}{', '.join(parts[1:])}")


def names_of_bibtex(text: str) -> list[dict[str, str]]:
    """Return the names in a field of BibTeX, separated by ``and``."""
    words = [word for word in _split(text, r"\s+and\s+") if word.strip()]
    return [_name_of_bibtex(word.strip()) for word in words]


def _split(text: str, separator: str) -> list[str]:
    """Return the parts of a text between separators that are not in braces."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"[{{}}]|{separator}", text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _name_of_bibtex(text: str) -> dict[str, str]:
    """Return a name as ``First von Last``, ``von Last, First``, ``von Last, Jr, First`` or parts.

    A name in braces is literal. BibLaTeX has parts, as in ``family=Roe, given=Jo``.
    """
    if text == "others":
        return {"literal": "et al."}
    pieces = [piece.strip() for piece in _split(text, ",")]
    if all("=" in piece for piece in pieces):
        named = {key.strip(): _plain(part) for key, part in (p.split("=", 1) for p in pieces)}
        keys = {"family": "family", "given": "given", "suffix": "suffix"}
        return {
            **{part: named[key] for key, part in keys.items() if named.get(key)},
            **({"non-dropping-particle": named["prefix"]} if named.get("prefix") else {}),
        }
    if len(pieces) > 1 and all(pieces[:2]):
        family, *suffix, given = map(_plain, pieces[:3])
        return _name(f"{family}{_BAR}{', '.join((given, *suffix))}")
    words = [word for word in _split(text, r"\s+") if word]
    if len(words) < 2:
        return {"literal": _plain(text)}
    small = [n for n, word in enumerate(words[1:-1], 1) if word[0].islower()]
    last = small[0] if small else len(words) - 1
    return _name(f"{_plain(' '.join(words[last:]))}{_BAR}{_plain(' '.join(words[:last]))}")


def _plain(text: str) -> str:
    return plain_text(text)[0]
