"""File formats of argumentation solvers: ASPARTIX's apx, the trivial graph format, ICCMA's af.

The formats are those of the International Competition on Computational Models of Argumentation:
apx and tgf of 2015 to 2021, af of 2023 (https://iccma2023.github.io/rules.html).
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from claimcli.analysis.argumentation.framework import Framework
from claimcli.core.problems import ClaimcliError, ExitCode

MAX_BYTES = 1024**3
_FACT = re.compile(r"\s*(arg|att)\(\s*([^\s(),%]+)\s*(?:,\s*([^\s(),%]+)\s*)?\)\s*\.")


class _FrameworkBuilder:
    """Collects the arguments and attacks of a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.numbers: dict[str, int] = {}
        self.attacking = array("q")
        self.attacked = array("q")

    def argument(self, name: str) -> None:
        self.numbers.setdefault(name, len(self.numbers))

    def attack(self, one: str, other: str, line: int) -> None:
        try:
            pair = self.numbers[one], self.numbers[other]
        except KeyError as error:
            raise _invalid(self.path, line, f"no argument '{error.args[0][:60]}'") from None
        self.attacking.append(pair[0])
        self.attacked.append(pair[1])

    def framework(self) -> Framework:
        return Framework(tuple(self.numbers), self.attacking, self.attacked)


def _invalid(path: str, line: int, message: str) -> ClaimcliError:
    return ClaimcliError(f"{path}:{line}: {message}", "fix that line", code=ExitCode.UNREADABLE)


def read_framework(path: Path) -> Framework:
    """Return the framework in a file; the suffix of its name tells the format.

    Duplicate attacks are kept. Raises ClaimcliError, with the line, if the file is invalid.
    """
    read = _READERS.get(path.suffix.lower().removeprefix("."))
    if read is None:
        suffixes = ", ".join(f".{name}" for name in _READERS)
        raise ClaimcliError(f"'{path}' has an unknown suffix", f"use {suffixes}")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ClaimcliError(f"'{path}' is larger than 1 GiB", "use a smaller file")
        with path.open(encoding="utf-8", errors="strict") as lines:
            builder = _FrameworkBuilder(str(path))
            read(builder, enumerate(lines, 1))
            return builder.framework()
    except UnicodeDecodeError:
        raise _invalid(str(path), 1, "the file is not UTF-8") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ClaimcliError(
            f"'{path}' cannot be read: {reason}", "check the path", code=ExitCode.UNREADABLE
        ) from None


Lines = Iterator[tuple[int, str]]


def _read_apx(builder: _FrameworkBuilder, lines: Lines) -> None:
    """Read facts; an argument may be declared after the attacks that name it."""
    attacks: list[tuple[str, str, int]] = []
    for number, line in lines:
        text = line.partition("%")[0].strip()
        at = 0
        while at < len(text):
            fact = _FACT.match(text, at)
            if fact is None or (fact[1] == "arg") is (fact[3] is not None):
                message = f"'{text[at : at + 40]}' is neither arg(a). nor att(a,b)."
                raise _invalid(builder.path, number, message)
            if fact[3] is None:
                builder.argument(fact[2])
            else:
                attacks.append((fact[2], fact[3], number))
            at = fact.end()
    for one, other, number in attacks:
        builder.attack(one, other, number)


def _read_tgf(builder: _FrameworkBuilder, lines: Lines) -> None:
    """Read names, a line with ``#``, then pairs of names; the rest of a line is a label."""
    for _, line in lines:
        words = line.split(maxsplit=1)
        if words and words[0] == "#":
            break
        if words:
            builder.argument(words[0])
    for number, line in lines:
        words = line.split(maxsplit=2)
        if len(words) == 1:
            raise _invalid(builder.path, number, f"'{words[0][:40]}' has no target")
        if words:
            builder.attack(words[0], words[1], number)


def _read_af(builder: _FrameworkBuilder, lines: Lines) -> None:
    """Read ``p af N``, then pairs of numbers from 1 to N; lines with ``#`` are comments."""
    count = None
    for number, line in lines:
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if count is None:
            if words[:2] != ["p", "af"] or len(words) != 3 or not _is_count(words[2]):
                raise _invalid(builder.path, number, "the first line is not 'p af N'")
            count = int(words[2])
            for name in range(1, count + 1):
                builder.argument(str(name))
        elif len(words) != 2:
            raise _invalid(builder.path, number, "expected two numbers: attacker and attacked")
        else:
            builder.attacking.append(_argument(words[0], count, builder.path, number))
            builder.attacked.append(_argument(words[1], count, builder.path, number))
    if count is None:
        raise _invalid(builder.path, 1, "the line 'p af N' is missing")


def _argument(word: str, count: int, path: str, line: int) -> int:
    if not (_is_count(word) and 0 < int(word) <= count):
        raise _invalid(path, line, f"no argument '{word[:60]}'")
    return int(word) - 1


def _is_count(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 8


_READERS: Mapping[str, Callable[[_FrameworkBuilder, Lines], None]] = {
    "apx": _read_apx,
    "tgf": _read_tgf,
    "af": _read_af,
}


def apx(given: Framework) -> str:
    """Return a framework as facts (ASPARTIX)."""
    names = given.arguments
    return _joined(
        (f"arg({name}).\n" for name in names),
        (f"att({names[a]},{names[b]}).\n" for a, b in given.attacks),
    )


def tgf(given: Framework) -> str:
    """Return a framework in the trivial graph format."""
    names = given.arguments
    return _joined(
        (f"{name}\n" for name in names),
        ("#\n",),
        (f"{names[a]} {names[b]}\n" for a, b in given.attacks),
    )


def af(given: Framework) -> str:
    """Return a framework with numbered arguments (ICCMA 2023); comments give their names."""
    return _joined(
        (f"p af {len(given.arguments)}\n",),
        (f"# {number} {name}\n" for number, name in enumerate(given.arguments, 1)),
        (f"{a + 1} {b + 1}\n" for a, b in given.attacks),
    )


def _joined(*parts: Iterable[str]) -> str:
    return "".join(line for part in parts for line in part)


WRITERS: Mapping[str, Callable[[Framework], str]] = {"apx": apx, "tgf": tgf, "af": af}
