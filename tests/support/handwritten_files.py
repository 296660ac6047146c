"""Dossiers as different people write them: the same data in every YAML style, with comments."""

import json
import re
from random import Random
from typing import Any

from tests.test_hostile import HOSTILE

_PLAIN = re.compile(r"[A-Za-z0-9О-я中-龥][\w.+/ '~-]*[\w~]")
_STYLES = ("plain", "single", "double", "folded", "literal")
_WORDS = (
    "a", "weapons", "sanctions-relief", "Киев", "中国人民", "O'Neill:", "#1", "- x", "it's", '"quoted"',
    "x" * 40, "a,b", "{c}", "",
)  # fmt: skip
_ODD = (
    *HOSTILE, "", " ", "no", "~", "null", "1e3", "0x1F", "12:30:45", "2001-12-14 21:59:43.10 -5", "=",
    "<<", "---", "...", "--- a", "%TAG", "a: b", "a #b", "a:", "- a", "? a", ": a", "-", "?", "*a", "&a",
    "!t", "|", "> x", "'", '"', "'\"\\", "\ta", "a\tb  c", "x  y", "\u2028a\u2029", "a\x85b", "\ufeffx",
    "\x00", "\x7f", "😀 " * 60, "x" * 150, "https://a.b/" + "c" * 120 + " end", " lead", "trail ", "\n",
    "\n\na", "a\n  b\n\nc", "a \nb", "#", "a\n# b", "a\n- b", "{a: b}", "[a]", "a, b", "@x", "`x`", "y",
    "+.inf", "0o17", "1_000", ".5", "190:20:30", "1.2.3", "2021-12-30T15:35-05:00", "a\n\tb\n",
)  # fmt: skip
_CHARACTERS = "ab :#-?,[]{}&*!|>'\"%@`\\\n\t .~=<é\u00a0\u2028\u202e😀0123"
_PROSE = ("statement", "note", "quote", "title", "translation", "speaker", "position", "tags")


def with_odd_texts(value: Any, random: Random, key: str = "") -> Any:
    """Return data with free texts replaced by long, hostile or multi-line ones."""
    if isinstance(value, dict):
        return {name: with_odd_texts(inner, random, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_odd_texts(inner, random, key) for inner in value]
    if key not in _PROSE or random.random() < 0.5:
        return value
    kind = random.randrange(4)
    if kind == 0:
        return random.choice(_ODD)
    if kind == 1:
        return _words(random, 5, 60)
    if kind == 2:
        return "".join(random.choice(_CHARACTERS) for _ in range(random.randint(1, 30)))
    lines = (_words(random, 0, 30) for _ in range(random.randint(1, 5)))
    return "\n".join(lines) + random.choice(("", "\n", "\n\n"))


def _words(random: Random, least: int, most: int) -> str:
    return " ".join(random.choice(_WORDS) for _ in range(random.randint(least, most)))


class StyledWriter:
    """Writes data as YAML, with unique comments.

    With ``anchors``, some texts get an anchor, and are repeated as aliases.
    """

    def __init__(self, random: Random, *, anchors: bool) -> None:
        self.random = random
        self.anchors: dict[str, str] | None = {} if anchors else None
        self.lines: list[str] = []
        self.count = 0
        self.quiet = False

    def document(self, data: dict[str, Any]) -> str:
        """Return the text of one document, without a line end."""
        if self._often(0.1):
            self.lines.append(f"---{self._beside()}")
        if self._often(0.1):
            self.lines.append(self._flow(data, 0))
        else:
            self._mapping(data, 0)
        self._between(0)
        return "\n".join(self.lines)

    def _often(self, chance: float) -> bool:
        return self.random.random() < chance

    def _mapping(self, data: dict[str, Any], column: int) -> None:
        items = list(data.items())
        self.random.shuffle(items)
        for key, value in items:
            self._between(column)
            self._value(f"{' ' * column}{self._key(key)}:", value, column, listed=False)

    def _value(self, head: str, value: Any, column: int, *, listed: bool) -> None:
        step = self.random.randint(1, 4)
        if not isinstance(value, list | dict):
            self._text(head, str(value), column)
        elif not value or self._often(0.3):
            self.lines.append(f"{head} {self._flow(value, column + 1)}{self._beside()}")
        elif isinstance(value, list):
            self.lines.append(head + self._beside())
            below = column if not listed and self._often(0.3) else column + step
            for item in value:
                self._between(below)
                self._value(f"{' ' * below}-", item, below, listed=True)
        elif listed and self._often(0.7):
            self._inlaid(head, value, column + 1 + step, step)
        else:
            self.lines.append(head + self._beside())
            self._mapping(value, column + step)
        if self._often(0.05):
            self._comment(column + step)

    def _inlaid(self, head: str, value: dict[str, Any], column: int, step: int) -> None:
        """Return a mapping that begins on the line of its dash."""
        (key, first), *rest = value.items()
        self._value(f"{head}{' ' * step}{self._key(key)}:", first, column, listed=False)
        self._mapping(dict(rest), column)

    def _text(self, head: str, text: str, column: int) -> None:
        if self.anchors is not None and text:
            if text in self.anchors and self._often(0.5):
                self.lines.append(f"{head} *{self.anchors[text]}{self._beside()}")
                return
            if self._often(0.2):
                self.anchors[text] = f"a{len(self.lines)}"
                head += f" &{self.anchors[text]}"
        style = self.random.choice(_STYLES)
        fits = text and text == text.strip() and _is_raw(text) and "\n " not in text
        if style in ("folded", "literal") and fits:
            self._block(head, text, column + self.random.randint(1, 3), folded=style == "folded")
        else:
            self.lines.append(f"{head} {self._marked(text, style)}{self._beside()}")

    def _block(self, head: str, text: str, column: int, *, folded: bool) -> None:
        lines = text.replace("\n", "\n\n").split("\n") if folded else text.split("\n")
        if folded and "  " not in text and " \n" not in text and self._often(0.5):
            lines = [part for line in lines for part in (line.split(" ", 1) if line else [""])]
        self.lines.append(f"{head} {'>' if folded else '|'}-{self._beside()}")
        self.lines += [" " * column + line if line else "" for line in lines]

    def _marked(self, text: str, style: str) -> str:
        if style == "plain" and _PLAIN.fullmatch(text):
            return text
        if style == "single" and "\n" not in text and _is_raw(text):
            return "'" + text.replace("'", "''") + "'"
        astral = any(ord(character) > 0xFFFF for character in text)
        return json.dumps(text, ensure_ascii=not _is_raw(text) and not astral).replace(
            "\x7f", "\\x7f"
        )

    def _key(self, key: str) -> str:
        return self.random.choice((key, key, key, f'"{key}"', f"'{key}'"))

    def _flow(self, value: Any, column: int) -> str:
        if isinstance(value, dict):
            items = list(value.items())
            self.random.shuffle(items)
            parts = [f"{self._key(key)}: {self._flow(inner, column)}" for key, inner in items]
        elif isinstance(value, list):
            parts = [self._flow(inner, column) for inner in value]
        else:
            return self._marked(str(value), self.random.choice(_STYLES[:3]))
        left, right = "{}" if isinstance(value, dict) else "[]"
        text = left + self._gap(column)
        for number, part in enumerate(parts):
            text += part + ("," if number < len(parts) - 1 else "") + self._gap(column)
        return text + right

    def _gap(self, column: int) -> str:
        roll = self.random.random()
        if roll < 0.85:
            return " "
        comment = f" {self._new()}" if roll > 0.95 else ""
        return f"{comment}\n{' ' * max(column, 1)}"

    def _between(self, column: int) -> None:
        while self._often(0.12):
            if self._often(0.4):
                self.lines.append("")
            else:
                self._comment(column)

    def _comment(self, column: int) -> None:
        self.lines.append(" " * max(0, column + self.random.randint(-2, 3)) + self._new())

    def _beside(self) -> str:
        return f" {self._new()}" if self._often(0.08) else ""

    def _new(self) -> str:
        self.count += 1
        return f"# c{self.count}: - {{x"


def comments(text: str) -> list[str]:
    """Return the comments of a text that this module wrote, sorted."""
    return sorted(re.findall(r"# ?c\d+: - \{x", text))


def _is_raw(text: str) -> bool:
    return all(c == "\n" or (c.isprintable() and c != "\ufeff") for c in text)
