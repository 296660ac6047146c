"""Dossiers as many hands write them: the same data in every style that YAML has, with comments."""

import json
import re
from random import Random
from typing import Any

_PLAIN = re.compile(r"[A-Za-z0-9О-я中-龥][\w.+/ '~-]*[\w~]", re.DOTALL)
_KINDS = ("plain", "single", "double", "folded", "literal")


class Hand:
    """Writes data as YAML; ``comments`` are those it put in.

    Where ``anchors`` is true it names some texts, and writes the name where the text comes again.
    """

    def __init__(self, random: Random, *, anchors: bool) -> None:
        self.random = random
        self.comments: list[str] = []
        self.anchors: dict[str, str] | None = {} if anchors else None
        self.lines: list[str] = []

    def document(self, data: dict[str, Any]) -> str:
        if self.random.random() < 0.1:
            self.lines.append("---" + self._beside())
        if self.random.random() < 0.1:
            self.lines.append(self._flow(data, 0))
        else:
            self._mapping(data, 0)
        self._between(0, 0.5)
        return "\n".join(self.lines)

    def _mapping(self, data: dict[str, Any], column: int) -> None:
        items = list(data.items())
        self.random.shuffle(items)
        for key, value in items:
            self._between(column)
            self._value(f"{self._pad(column)}{self._key(key)}:", value, column, listed=False)

    def _list(self, data: list[Any], column: int) -> None:
        for value in data:
            self._between(column)
            self._value(f"{self._pad(column)}-", value, column, listed=True)

    def _value(self, head: str, value: Any, column: int, *, listed: bool) -> None:
        if not isinstance(value, list | dict):
            self._text(head, str(value), column)
            return
        if not value or self.random.random() < 0.3:
            self.lines.append(f"{head} {self._flow(value, column + 1)}{self._beside()}")
            return
        step = self.random.randint(1, 4)
        if isinstance(value, list):
            bare = not listed and self.random.random() < 0.3
            self.lines.append(head + self._beside())
            self._list(value, column if bare else column + step)
        elif listed and self.random.random() < 0.7:
            start = len(self.lines)
            inner = Hand(self.random, anchors=False)
            inner.anchors, inner.comments, inner.lines = self.anchors, self.comments, self.lines
            quiet, self._chance = self._chance, 0.0
            first, *rest = value.items()
            self._value(
                f"{head}{' ' * step}{self._key(first[0])}:",
                first[1],
                column + 1 + step,
                listed=False,
            )
            self._chance = quiet
            if rest:
                self._mapping(dict(rest), column + 1 + step)
            assert len(self.lines) > start
        else:
            self.lines.append(head + self._beside())
            self._mapping(value, column + step)
        if self.random.random() < 0.1:
            self._comment(column + step)

    _chance = 0.12

    def _text(self, head: str, text: str, column: int) -> None:
        name = ""
        if self.anchors is not None and text:
            if text in self.anchors and self.random.random() < 0.5:
                self.lines.append(f"{head} *{self.anchors[text]}{self._beside()}")
                return
            if self.random.random() < 0.2:
                name = f"a{len(self.comments)}x{len(self.lines)}"
                self.anchors[text] = name
                head += f" &{name}"
        kind = self.random.choice(_KINDS)
        blocks = kind in ("folded", "literal") and _raw(text)
        if blocks and text.strip() == text and text:
            self._block(head, text, column, folded=kind == "folded")
        else:
            self.lines.append(f"{head} {self._quoted(text, kind)}{self._beside()}")

    def _block(self, head: str, text: str, column: int, *, folded: bool) -> None:
        pad = self._pad(column + self.random.randint(1, 3))
        self.lines.append(f"{head} {'>' if folded else '|'}-{self._beside()}")
        if folded and self.random.random() < 0.5 and "  " not in text:
            text = text.replace(" ", f"\n{pad}", 1)
        elif folded and "\n" in text:
            text = text.replace("\n", "\n\n")
        elif "\n" in text:
            text = "\n".join(
                line and (line if not n else pad + line) for n, line in enumerate(text.split("\n"))
            )
        if folded and "\n\n" in text:
            text = "\n".join(
                line and (line if not n else pad + line) for n, line in enumerate(text.split("\n"))
            )
        self.lines += f"{pad}{text}".split("\n")

    def _quoted(self, text: str, kind: str, *, flow: bool = False) -> str:
        if kind == "plain" and _PLAIN.fullmatch(text) and "\n" not in text:
            return text
        if kind == "single" and "\n" not in text and _raw(text):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=self.random.random() < 0.3 and not _astral(text))

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
            return self._quoted(str(value), self.random.choice(_KINDS[:3]), flow=True)
        left, right = "{}" if isinstance(value, dict) else "[]"
        text = left + self._break(column)
        for number, part in enumerate(parts):
            text += part + ("," if number < len(parts) - 1 else "") + self._break(column)
        return text + right

    def _break(self, column: int) -> str:
        roll = self.random.random()
        if roll < 0.85:
            return " "
        comment = f" {self._new()}" if roll > 0.95 else ""
        return f"{comment}\n{self._pad(column)}"

    def _between(self, column: int, chance: float | None = None) -> None:
        while self.random.random() < (self._chance if chance is None else chance):
            if self.random.random() < 0.4:
                self.lines.append("")
            else:
                self._comment(column)

    def _comment(self, column: int) -> None:
        self.lines.append(" " * max(0, column + self.random.randint(-2, 3)) + self._new())

    def _beside(self) -> str:
        return f" {self._new()}" if self.random.random() < 0.08 else ""

    def _new(self) -> str:
        self.comments.append(f"#{self.random.choice(('', ' '))}c{len(self.comments)}: - {{x")
        return self.comments[-1]

    @staticmethod
    def _pad(column: int) -> str:
        return " " * column


def _raw(text: str) -> bool:
    return (
        all(c == "\n" or (c.isprintable() and c != "\ufeff") for c in text)
        and "\n " not in text
        and " \n" not in text
    )


def _astral(text: str) -> bool:
    return any(ord(c) > 0xFFFF for c in text)
