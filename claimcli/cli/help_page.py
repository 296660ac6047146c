"""The layout of ``--help``: commands and options in groups, and examples at the end."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from claimcli.cli.options import shared_names

COMMAND_GROUPS = {
    "Begin and write": (
        "init",
        "add",
        "add party",
        "add source",
        "add issue",
        "add event",
        "import",
        "rebut",
        "respond",
        "ask",
        "set",
        "edit",
        "mv",
        "rm",
        "undo",
    ),
    "Look": (
        "list",
        "match",
        "show",
        "open",
        "parties",
        "issues",
        "sources",
        "timeline",
        "graph",
        "sql",
        "serve",
    ),
    "Analyse": (
        "diff",
        "matrix",
        "drift",
        "standing",
        "audit",
        "replies",
        "changes",
        "corpus",
    ),
    "Check": ("check", "verify", "rule"),
    "Send": ("export", "site"),
    "Maintain": ("fmt", "fetch", "cache", "doctor", "schema", "completion", "help", "man"),
}
"""Every command, in the order of the help."""
_OTHER_WORDS = {
    "list QUERY": "search find grep query select filter ls claim claims",
    "match TEXT": "similar duplicates duplicate earlier before",
    "list status:contested": "contested conflicts contradictions disputes",
    "show ID": "view cat get display info read event events",
    "parties": "party speakers who",
    "issues": "issue questions",
    "sources": "source citations references bibliography",
    "timeline": "chronology dates calendar",
    "graph": "map draw picture plot network",
    "sql": "database db sqlite",
    "open ID": "browse url visit link",
    "init": "start begin setup",
    "add": "new create insert record",
    "rebut CLAIM": "deny counter rebuttal dispute",
    "respond CLAIM": "answer response confirm decline",
    "ask CLAIM PARTY": "request enquire inquire",
    "replies": "requests reminders overdue",
    "set ID FIELD=VALUE": "update modify change put",
    "rm ID": "remove delete del erase drop",
    "mv OLD NEW": "rename move",
    "undo": "revert restore rollback reset",
    "diff PARTY PARTY": "compare versus vs",
    "matrix": "positions overview grid",
    "corpus": "spark parquet batch batches bulk dossiers",
    "audit": "gaps missing todo unanswered stats statistics",
    "changes": "log history blame",
    "check": "status validate lint test problems errors",
    "verify": "quotes quote misquotes",
    "export": "report briefing publish render print summary save write",
    "fmt": "format tidy prettify",
    "fetch": "download pull archive wget",
    "doctor": "environment env diagnose debug",
    "help": "topics tutorial guide manual docs",
    "--version": "version",
}
"""What to call instead of a word that other programs have as a command."""
OPTION_GROUPS = ("Arguments", "Options", "Filters", "General options")
_RANGE = re.compile(r"; [^;\]]*\bx[<>]=[^;\]]*|  \[[^;\]]*\bx[<>]=[^;\]]*\]")
"""The range of a number, as the option parser describes it."""


def examples() -> dict[str, list[tuple[str, str]]]:
    """Return the command lines and descriptions of each command's examples; "" has general ones."""
    text = Path(__file__).with_name("examples.txt").read_text(encoding="utf-8")
    general, *others = (_pairs(block) for block in text.split("\n\n"))
    return {"": general, **{_command_name(pairs[0][0]): pairs for pairs in others}}


def _command_name(line: str) -> str:
    """Return the name of the command that an example calls: two words or one."""
    words = line.split()[1:3]
    both = " ".join(words)
    return both if any(both in names for names in COMMAND_GROUPS.values()) else words[0]


def command_for(word: str, names: Collection[str]) -> str:
    """Return the call for a word of other programs, "" unless it is of one of ``names``."""
    for call, words in _OTHER_WORDS.items():
        if word.lower() in words.split() and (call.split()[0] in names or call.startswith("-")):
            return call
    return ""


def _pairs(block: str) -> list[tuple[str, str]]:
    lines = [line.strip() for line in block.strip().splitlines()]
    return list(zip(lines[::2], lines[1::2], strict=True))


def group_options(parameters: Iterable[Any]) -> dict[str, list[Any]]:
    """Return the parameters of a command by their group; every group is in the result."""
    parameters = list(parameters)
    general, filters = shared_names()
    if not set(filters) <= {parameter.name for parameter in parameters}:
        filters = []  # such as --party of 'add', which is the field of a claim
    groups: dict[str, list[Any]] = {name: [] for name in OPTION_GROUPS}
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            group = "Arguments"
        elif parameter.name in (*general, "help"):
            group = "General options"
        else:
            group = "Filters" if parameter.name in filters else "Options"
        groups[group].append(parameter)
    return groups


def write_options(command: Any, context: Any, formatter: Any) -> None:
    """Write the arguments and options of a command in groups."""
    for heading, parameters in group_options(command.get_params(context)).items():
        records = (parameter.get_help_record(context) for parameter in parameters)
        _write_section(formatter, heading, [(r[0], _RANGE.sub("", r[1])) for r in records if r])


def write_commands(summaries: dict[str, str], formatter: Any) -> None:
    """Write the commands in groups, all with one width of the names."""
    width = max(map(len, summaries))
    for heading, names in COMMAND_GROUPS.items():
        rows = [(f"{name:{width}}", summaries[name]) for name in names]
        _write_section(formatter, heading, rows)


def write_examples(name: str, formatter: Any) -> None:
    """Write the examples of a command."""
    with formatter.section("Examples"):
        formatter.write("".join(f"  {line}\n" for line in _example_lines(name)))


def _example_lines(name: str) -> Iterator[str]:
    for command, about in examples()[name]:
        yield from (command, f"  {about}")


def _write_section(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)
