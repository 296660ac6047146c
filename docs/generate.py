"""Write the reference pages and the manual page that come from the program, in docs/reference/.

    python docs/generate.py

The same program gives the same bytes; a test compares them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from claimcli.checks.registry import all_rules
from claimcli.cli import topics
from claimcli.cli.commands.man import manual
from claimcli.cli.help_page import COMMAND_GROUPS, examples
from claimcli.core.schema import ALL_KINDS, Count, Field, FieldType, RecordKind
from claimcli.core.text.escaping import for_markdown
from claimcli.formats import rule
from claimcli.formats.man import ManualCommand, ManualOption, man

FOLDER = Path(__file__).parent / "reference"
NOTICE = "<!-- Written by docs/generate.py; change the program instead. -->"
_TYPES = {
    FieldType.TEXT: "text",
    FieldType.PAIR: "pair of texts",
    FieldType.DATE: "date",
    FieldType.ID: "id",
}


def pages() -> dict[str, str]:
    """Return the text of each generated page by file name."""
    return {
        "commands.md": _page("Commands", _commands()),
        "rules.md": _page("Rules", _rules()),
        "claimcli.1": man(manual()),
        **{f"{name}.md": _page(*_topic(name)) for name in topics.topics()},
        "fields.md": _page("Fields", _fields()),
    }


def _page(title: str, parts: Iterable[str]) -> str:
    return "\n\n".join((NOTICE, f"# {title}", *parts)) + "\n"


def _topic(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the parts of the page that has the text of a help topic."""
    text = topics.topic_text(name).strip("\n")
    summary = f"`claimcli help {name}` prints this page: {topics.SUMMARIES[name]}."
    return name.replace("-", " ").capitalize(), (summary, f"```text\n{text}\n```")


def _commands() -> Iterator[str]:
    page = manual()
    commands = {command.name: command for command in page.commands}
    yield (
        "`claimcli COMMAND --help` prints the same for one command. Options that many commands "
        "share are listed once, at the end."
    )
    for heading, names in COMMAND_GROUPS.items():
        yield f"## {heading}"
        for name in names:
            yield from _command(commands[name])
    for heading, options in page.groups:
        yield f"## {heading}"
        yield _options(options)


def _command(command: ManualCommand) -> Iterator[str]:
    yield f"### {command.name}"
    yield f"```text\n{f'claimcli {command.name} {command.synopsis}'.strip()}\n```"
    yield from (for_markdown(paragraph) for paragraph in command.about)
    if command.options:
        yield _options(command.options)
    lines = (
        line for command, about in examples()[command.name] for line in (f"# {about}", command)
    )
    yield "```sh\n{}\n```".format("\n".join(lines))


def _options(options: Iterable[ManualOption]) -> str:
    return "\n".join(f"- `{o.written}`: {for_markdown(o.about)}" for o in options)


def _fields() -> Iterator[str]:
    yield (
        "Every field of every record. Fields in bold are required. "
        "[The data model](../explanation/data-model.md) explains the records, and "
        "[said, about, published](../explanation/said-about-published.md) the dates."
    )
    for kind in ALL_KINDS.values():
        yield f"## {kind.name.capitalize()}"
        yield _introduction(kind)
        rows = (_field(field) for field in _described(kind))
        yield "\n".join(("| field | content | description |", "| --- | --- | --- |", *rows))


def _introduction(kind: RecordKind) -> str:
    place = f"Listed under `{kind.section}:` in a file." if kind.section else "Inside a claim."
    claims = "It has the fields of a [claim](#claim), except that:"
    more = f" {claims}" if kind.name in ("rebuttal", "response") else ""
    return f"{for_markdown(kind.about)} {place}{more}"


def _described(kind: RecordKind) -> Iterator[Field]:
    """Yield the fields to describe: of an answer those that differ from a claim's."""
    claims = ALL_KINDS["claim"].fields if kind.name in ("rebuttal", "response") else ()
    return (field for field in kind.fields if field not in claims)


def _field(field: Field) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    return f"| {name} | {_content(field)} | {for_markdown(field.about)} |"


def _content(field: Field) -> str:
    one = _TYPES.get(field.type, "")
    if field.type is FieldType.CHOICE:
        one = ", ".join(f"`{choice}`" for choice in field.choices)
    elif field.of:
        one = f"id of a {field.of}" if field.type is FieldType.REFERENCE else field.of
        one = f"[{one}](#{field.of})"
    many = {Count.ONE: "", Count.LIST: "list: ", Count.ONE_OR_LIST: "one or a list: "}
    return f"{many[field.count]}{one}"


def _rules() -> Iterator[str]:
    yield "`claimcli rule NAME` prints the manual of a rule, and `claimcli rule --list` lists them."
    rules = all_rules()
    yield "\n".join(
        (
            "| rule | severity | summary |",
            "| --- | --- | --- |",
            *(
                f"| [{r.name}](#{r.name}) | {r.severity.value} "
                f"| {for_markdown(rule.plain_text(r.summary))} |"
                for r in rules
            ),
        )
    )
    for one in rules:
        yield f"#{rule.markdown(one)}".strip()


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
