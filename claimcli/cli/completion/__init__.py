"""Answers to a shell when the tab key is pressed: ``claimcli --complete SHELL ...``.

The scripts in ``shells/`` make the calls. The first line of an answer says how to use the others:
as words, as prefixes of words (without a space after them), or not at all, but to complete files or
folders. An error gives an empty answer: its message would appear in the middle of the user's line.
"""

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from claimcli.cli.completion.lines import CommandLine, escaped, parse_line
from claimcli.cli.completion.offers import offer_for
from claimcli.cli.completion.values import Offer

_FOLDER = Path(__file__).parent / "shells"
SHELLS = ("bash", "fish", "zsh")
MOST_ABOUT = 70
"""Characters of a value's description."""


def script(shell: str) -> str:
    """Return the script that a shell must load to complete commands."""
    return (_FOLDER / f"claimcli.{shell}").read_text(encoding="utf-8")


def main(arguments: Sequence[str]) -> NoReturn:
    """Write the answer to a shell, and exit."""
    with suppress(Exception):  # of any kind: a traceback would be of no use here
        text = answer(arguments[0], arguments[1:])
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    raise SystemExit(0)


def answer(shell: str, arguments: Sequence[str]) -> str:
    """Return the answer to a shell.

    bash gives the characters at which it splits words and the line up to the cursor, and needs
    words with their quoting. The others give the words, the last one unfinished, add the quoting
    themselves, and show descriptions.
    """
    if shell == "bash":
        line = parse_line(arguments[1], breaks=arguments[0])
        offer = offer_for(line.words, line.word)
        lines = _for_bash(offer, line)
    else:
        *words, word = arguments[1:] if arguments[:1] == ["--"] else arguments
        if shell == "fish":  # which gives the last word with its quoting
            word = parse_line(f"claimcli {word}", breaks="").word
        offer = offer_for(words[1:], word)
        lines = (f"{value}\t{about}" if about else value for value, about in _printable(offer))
    return "".join(f"{line}\n" for line in (offer.how, *lines))


def _for_bash(offer: Offer, line: CommandLine) -> Iterable[str]:
    for value, _ in _printable(offer):
        if value.startswith(line.kept):
            rest = escaped(value[len(line.kept) :], line.quote)
            if rest is not None:
                yield rest


def _printable(offer: Offer) -> Iterable[tuple[str, str]]:
    """Yield the values without control characters, with short descriptions."""
    for value, about in offer.values:
        if value.isprintable():
            shown = "".join(c if c.isprintable() else " " for c in about)
            yield value, shown if len(shown) <= MOST_ABOUT else f"{shown[: MOST_ABOUT - 1]}…"
