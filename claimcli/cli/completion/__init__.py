"""What a shell is told when somebody presses the tab key: ``claimcli --complete SHELL ...``.

The scripts in ``shells/`` ask for it. The first line says how the others are to be taken: as
words, as beginnings of words (no space after them), or that files or folders are meant. What is
wrong shows as nothing: an error would stand in the middle of somebody's line.
"""

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from claimcli.cli.completion.lines import Typed, escaped, typed_in
from claimcli.cli.completion.offers import offered
from claimcli.cli.completion.values import Offer

_FOLDER = Path(__file__).parent / "shells"
SHELLS = ("bash", "fish", "zsh")
MOST_ABOUT = 70
"""Characters of what is said about a value."""


def script(shell: str) -> str:
    """Return what a shell must read to complete commands."""
    return (_FOLDER / f"claimcli.{shell}").read_text(encoding="utf-8")


def main(arguments: Sequence[str]) -> NoReturn:
    """Answer a shell, and end."""
    with suppress(Exception):  # whatever it is: nobody asked for a traceback
        text = answer(arguments[0], arguments[1:])
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    raise SystemExit(0)


def answer(shell: str, given: Sequence[str]) -> str:
    """Return what a shell is told.

    bash gives the characters at which it parts words and its line up to the cursor, and takes
    words ready to be run; the others give the words, the last one unfinished, quote by themselves,
    and show what is said about a word.
    """
    if shell == "bash":
        typed = typed_in(given[1], breaks=given[0])
        offer = offered(typed.words, typed.word)
        lines = _for_bash(offer, typed)
    else:
        *words, word = given[1:] if given[:1] == ["--"] else given
        if shell == "fish":  # which gives its last word as it stands
            word = typed_in(f"claimcli {word}", breaks="").word
        offer = offered(words[1:], word)
        lines = (f"{value}\t{about}" if about else value for value, about in _clean(offer))
    return "".join(f"{line}\n" for line in (offer.how, *lines))


def _for_bash(offer: Offer, typed: Typed) -> Iterable[str]:
    for value, _ in _clean(offer):
        if value.startswith(typed.kept):
            rest = escaped(value[len(typed.kept) :], typed.quote)
            if rest is not None:
                yield rest


def _clean(offer: Offer) -> Iterable[tuple[str, str]]:
    """Yield what a terminal can show: a value with other characters is left out."""
    for value, about in offer.values:
        if value.isprintable():
            shown = "".join(c if c.isprintable() else " " for c in about)
            yield value, shown if len(shown) <= MOST_ABOUT else f"{shown[: MOST_ABOUT - 1]}…"
