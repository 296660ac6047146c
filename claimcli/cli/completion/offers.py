"""What can stand at the cursor: commands, options, or values of an option or an argument."""

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from claimcli.cli import app, command_names, command_of
from claimcli.cli.completion.values import Offer, Value, values_of


class _Place:
    """Where one is while walking through the words of a call."""

    def __init__(self, group: Any) -> None:
        self.group = self.command = group
        self.name = ""
        self.options: dict[str, list[str]] = {}
        self.arguments: list[Any] = []
        self.waiting: Any = None
        self.only_arguments = False
        self.is_lost = False

    @property
    def argument(self) -> Any:
        """The argument that a word would be the value of."""
        return self.arguments[0] if self.arguments else None

    def take(self, word: str) -> None:
        """Go past one word."""
        if self.waiting:
            self.options.setdefault(self.waiting.name, []).append(word)
            self.waiting = None
        elif word == "--":
            self.only_arguments = True
        elif word.startswith("-") and not self.only_arguments:
            self._take_option(word)
        elif self.name:
            if self.arguments and self.arguments[0].nargs == 1:
                self.arguments.pop(0)
        else:
            self._enter(word)

    def _take_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        option = _option(self.command, name)
        if option is not None and not option.is_flag:
            self.waiting = option
            if equals:
                self.take(value)

    def _enter(self, name: str) -> None:
        self.is_lost = name not in command_names()
        if not self.is_lost:
            self.command, self.name = self.group.get_command(None, name), name
            self.arguments = [p for p in self.command.params if p.param_type_name == "argument"]


def offered(words: Sequence[str], word: str) -> Offer:
    """Return what can stand in place of ``word`` after the other words of a call."""
    place = _Place(typer.main.get_command(app))
    for before in words:
        place.take(before)
        if place.is_lost:
            return Offer()
    if place.waiting:
        return values_of(place.name, place.waiting.name, word, given=place.options)
    if word.startswith("-") and not place.only_arguments:
        return _option_offer(place, word)
    if place.argument:
        return values_of(place.name, place.argument.name, word, given=place.options)
    return Offer() if place.name else Offer(values=tuple(_commands(word)))


def _option_offer(place: _Place, word: str) -> Offer:
    name, equals, begun = word.partition("=")
    if not equals:
        return Offer(values=tuple(_options(place.command, word)))
    option = _option(place.command, name)
    if option is None or option.is_flag:
        return Offer()
    found = values_of(place.name, option.name, begun, given=place.options)
    return Offer(found.how, tuple((f"{name}={value}", about) for value, about in found.values))


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
        yield "--help", "Show what it does."


def _commands(word: str) -> Iterator[Value]:
    for name in command_names():
        if name.startswith(word):
            yield name, (command_of(name).__doc__ or "").partition("\n")[0]
