"""Completions at the cursor: commands, options, or values of an option or an argument."""

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from claimcli.cli import app, command_names, command_summary
from claimcli.cli.completion.index_values import Value
from claimcli.cli.completion.values import Offer, values_of


class _Position:
    """The position in a call while going through its words."""

    def __init__(self, group: Any) -> None:
        self.group = self.command = group
        self.name = ""
        self.options: dict[str, list[str]] = {}  # and the arguments
        self.arguments: list[Any] = []
        self.waiting: Any = None
        self.only_arguments = False
        self.is_lost = False

    @property
    def argument(self) -> Any:
        """The argument that the next word is a value of."""
        return self.arguments[0] if self.arguments else None

    def take(self, word: str) -> None:
        """Move past one word."""
        if self.waiting:
            self.options.setdefault(self.waiting.name, []).append(word)
            self.waiting = None
        elif word == "--":
            self.only_arguments = True
        elif word.startswith("-") and not self.only_arguments:
            self._take_option(word)
        elif f"{self.name} {word}".strip() in command_names():
            self._enter(f"{self.name} {word}".strip())
        elif self.name:
            if self.arguments:
                self.options.setdefault(self.arguments[0].name, []).append(word)
                del self.arguments[: self.arguments[0].nargs == 1]
        else:
            self.is_lost = True

    def _take_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        option = _option(self.command, name)
        if option is not None and not option.is_flag:
            self.waiting = option
            if equals:
                self.take(value)

    def _enter(self, name: str) -> None:
        self.command, self.name = self.group.get_command(None, name), name
        self.arguments = [p for p in self.command.params if p.param_type_name == "argument"]


def offer_for(words: Sequence[str], word: str) -> Offer:
    """Return the completions of ``word`` after the other words of a call."""
    position = _Position(typer.main.get_command(app))
    for before in words:
        position.take(before)
        if position.is_lost:
            return Offer()
    if position.waiting:
        return values_of(position.name, position.waiting.name, word, given=position.options)
    if word.startswith("-") and not position.only_arguments:
        return _option_offer(position, word)
    if position.argument:
        return values_of(position.name, position.argument.name, word, given=position.options)
    return Offer(values=tuple(_commands(position.name, word)))


def _option_offer(position: _Position, word: str) -> Offer:
    name, equals, begun = word.partition("=")
    if not equals:
        return Offer(values=tuple(_options(position.command, word)))
    option = _option(position.command, name)
    if option is None or option.is_flag:
        return Offer()
    offer = values_of(position.name, option.name, begun, given=position.options)
    return offer.prefixed(f"{name}=")


def _option(command: Any, name: str) -> Any:
    for parameter in command.params:
        if name in (*parameter.opts, *parameter.secondary_opts):
            return parameter if parameter.param_type_name == "option" else None
    return None


def _options(command: Any, word: str) -> Iterator[Value]:
    for parameter in command.params:
        if parameter.param_type_name == "option" and not parameter.hidden:
            for name in (*parameter.opts, *parameter.secondary_opts):
                if name.startswith(word) and (name.startswith("--") or word != "--"):
                    yield name, parameter.help or ""
    if "--help".startswith(word):
        yield "--help", "Show the help and exit."


def _commands(before: str, word: str) -> Iterator[Value]:
    """Yield the commands that start with a word, or the second words of a command."""
    for name in command_names():
        first, _, last = name.rpartition(" ")
        if first == before and last.startswith(word):
            yield last, command_summary(name)
