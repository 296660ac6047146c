"""The topics of ``claimcli help``, one text file each."""

import textwrap
from collections.abc import Iterable
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import ALL_KINDS, CLAIM, Field, RecordKind
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.index.tables import documentation

_FOLDER = Path(__file__).parent
SUMMARIES = {
    "check": "problems in the files, and how to fix them",
    "completion": "the tab key, in bash, zsh and fish",
    "configuration": "claimcli.toml: every key, and what it does",
    "environment": "where data, colour, size and pager come from",
    "exchange": "spreadsheets, Parquet, Zotero and fact-checks",
    "exit-codes": "what the exit code tells a script",
    "fields": "every field of every record",
    "fmt": "how files are formatted, and what stays as it is",
    "formats": "json, csv, markdown and the others",
    "match": "claims similar to a text, and what differs",
    "polarity": "negations near a quote, and your own list",
    "query": "the language that selects claims",
    "sql": "the tables of the index, and how to query them",
    "templates": "the names that a briefing template can use",
    "verify": "the verdicts on quotes, and the warnings",
}
"""A summary of each topic, in a line."""


def topics() -> list[str]:
    """Return the names of all topics."""
    return sorted(path.stem for path in _FOLDER.glob("*.txt"))


def topic_text(name: str, commands: Iterable[str] = ()) -> str:
    """Return the text of a topic, or the list of topics if the name is empty.

    Raises ClaimcliError for an unknown name; the hint may name a topic or one of the ``commands``.
    """
    if not name:
        width = max(map(len, topics()))
        listed = "".join(
            f"  claimcli help {topic:{width}}  {SUMMARIES.get(topic, '')}".rstrip() + "\n"
            for topic in topics()
        )
        return f"The topics:\n\n{listed}\n'claimcli help COMMAND' explains a command.\n"
    if name not in topics():
        otherwise = "'claimcli help' lists the topics, 'claimcli --help' the commands"
        hint = did_you_mean(name, (*topics(), *commands), otherwise)
        raise ClaimcliError(f"no topic '{name}'", hint)
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    if name == "query":
        words = f"of an answer: {', '.join(Kind)}"
        kinds = textwrap.fill(words, 79, initial_indent=" " * 10, subsequent_indent=" " * 10)
        return text.replace("of an answer: {kinds}", kinds.strip())
    return text + _ADDED[name]() if name in _ADDED else text


def described_fields(kind: RecordKind) -> list[tuple[str, str]]:
    """Return names and descriptions of the fields; of an answer those that a claim lacks."""
    claims = CLAIM.fields if kind.name in ("rebuttal", "response") else ()
    return [(field.name, _description(field)) for field in kind.fields if field not in claims]


def _description(field: Field) -> str:
    content = f"id of a {field.of}" if field.type == "reference" else field.of or field.type.value
    content = ", ".join(field.choices) or content
    need = "required; " if field.required else ""
    count = "" if field.count == "one" else f"{field.count.value}: "
    return f"{field.about} ({need}{count}{content})"


def _fields() -> str:
    parts = []
    for kind in ALL_KINDS.values():
        place = f"under '{kind.section}:'" if kind.section else "in a claim"
        more = " It has the fields of a claim, except that:" * (
            kind.name in ("rebuttal", "response")
        )
        head = textwrap.wrap(f"{kind.name}, {place}: {kind.about}{more}", 79)
        rows = [
            textwrap.fill(
                about, 79, initial_indent=f"  {name:<14}", subsequent_indent=" " * 16,
                break_on_hyphens=False,
            )
            for name, about in described_fields(kind)
        ]  # fmt: skip
        parts.append("\n".join([*head, *rows]))
    return "\n" + "\n\n".join(parts) + "\n"


_ADDED = {"sql": documentation, "fields": _fields}
"""What follows the text of a topic."""
