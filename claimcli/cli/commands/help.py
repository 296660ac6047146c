from typing import Annotated

from claimcli.cli.options import argument
from claimcli.cli.session import BareSession

TopicArgument = Annotated[
    str, argument("[TOPIC]", "A topic or a command; by default all are listed.")
]


def help_(session: BareSession, topic: TopicArgument = "") -> None:  # noqa: ARG001 - every command has one
    """Explain a topic or a command, or list the topics."""
    from claimcli.cli import command_names, main
    from claimcli.cli.output import write
    from claimcli.cli.topics import topic_text, topics

    names = command_names()
    if topic in names and topic not in topics():
        main([topic, "--help"])
    write(topic_text(topic, names))
