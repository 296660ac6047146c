"""What ``claimcli help`` explains: one text file a topic."""

from collections.abc import Iterable
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.index.tables import documentation

_FOLDER = Path(__file__).parent
SUMMARIES = {
    "check": "what is wrong, and what can be mended",
    "completion": "how the tab key completes, in bash, zsh and fish",
    "configuration": "claimcli.toml: every key, and what it does",
    "environment": "where data, colour and width come from",
    "exit-codes": "what a script can tell by the end of a command",
    "fmt": "the one form of a file, and what stays as it is",
    "formats": "json, csv, markdown and the others",
    "query": "the language in which claims are asked for",
    "sql": "the tables of the index, and how to ask them",
    "templates": "what a template of the briefing may name",
    "verify": "the verdicts on quotes, and the warnings",
}
"""What each topic is about, in a line."""


def topics() -> list[str]:
    """Return the names of all topics."""
    return sorted(path.stem for path in _FOLDER.glob("*.txt"))


def topic_text(name: str, commands: Iterable[str] = ()) -> str:
    """Return the text of a topic, of no name the list of topics.

    Raises ClaimcliError where there is no such topic; ``commands`` are names that may be meant.
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
    return text + documentation() if name == "sql" else text
