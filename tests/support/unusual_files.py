"""Random YAML files in every style, with comments anywhere and any line ends."""

import re
from typing import Any, NamedTuple

from hypothesis import strategies as st

TEXTS = (
    "One", "It was so.", "it's: so", "no # mark", "- dash", "null", "2021", "{brace", "a, b]",
    "two\nlines", "a long text " * 12, "é 𝒳 中国", "tab\there", "bell\x07", "quote \" and ' both",
    "ends with:", "*star", "&and", "!bang", "%cent", "@at", "? ask", "line\u2028end", "yes", "~",
    "two  spaces", "para\n\ngraph", "  x", "[x]", "#", "|", ">-", "\\n", "\ufeffmark", "a\u0085b",
)  # fmt: skip
IDS = ("one", "two", "three", "four", "five")
PARTIES = ("p", "q", "r")


class Anchored(NamedTuple):
    """A value with an anchor that an alias refers to."""

    name: str
    value: Any


class Alias(NamedTuple):
    name: str


class Writer:
    """Writes records in styles that hypothesis draws; each comment has a unique number."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.comments = 0
        self.anchored = False
        self.offset = draw(st.sampled_from((0, 2, 4)))
        self.gap = draw(st.sampled_from((2, 4)))

    def some(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        """Return a comment, or more often nothing."""
        if self.some(*([False] * 5), True) is False:
            return ""
        self.comments += 1
        return self.some(" ", "   ") + f"# comment {self.comments}: - [x]"

    def between(self, indent: int) -> str:
        """Return nothing, a blank line, or a comment on its own line."""
        kind = self.some(*([0] * 6), 1, 2)
        if kind == 2:
            self.comments += 1
            return " " * indent + f"# comment {self.comments}: own\n"
        return "\n" * kind

    def scalar(self, text: str, indent: int, flow: bool = False) -> str:
        """Return a text in one of the styles that can express it."""
        styles = ["double", "single"]
        if re.fullmatch(r"[A-Za-z][\w ./]*\.?", text) and not text.endswith(" "):
            styles += ["plain", "plain"]
            if not flow:
                styles += ["folded", "literal"] + (["lines"] if " " in text else [])
        style = self.some(*styles)
        space = " " * (indent + 2)
        if style == "plain":
            return text
        if style == "single" and "\n" not in text and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        if style == "lines":
            return text.replace(" ", f"\n{space}", 1)
        if style == "folded":
            return f">{self.some('', '-', '+')}{self.comment()}\n{space}" + text.replace(" ", f"\n{space}", 1)  # fmt: skip
        if style == "literal":
            return f"|-{self.comment()}\n{space}{text}"
        return '"' + "".join(_escaped(c) for c in text) + '"'

    def flow(self, record: dict[str, Any]) -> str:
        """Return a record in braces, on one or several lines."""
        ending = self.some("", "", "\n      ")
        parts = [f"{key}: {self.flow_value(value)}" for key, value in record.items()]
        if not ending:
            return "{" + ", ".join(parts) + "}"
        lines = [f"{part},{self.comment()}{ending}" for part in parts[:-1]]
        last = (
            f"{parts[-1]}{self.some('', ',')}{self.comment()}{self.some(ending, chr(10) + '    ')}"
        )
        return "{" + self.some("", ending) + "".join((*lines, last)) + "}"

    def flow_value(self, value: Any) -> str:
        if isinstance(value, Anchored):
            return f"&{value.name} {self.flow_value(value.value)}"
        if isinstance(value, Alias):
            return f"*{value.name}"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {self.flow_value(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return f"[{', '.join(map(self.flow_value, value))}]"
        return self.scalar(value, 0, flow=True)

    def block(self, record: dict[str, Any], indent: int) -> str:
        """Return a record as a block, the first line without its indent."""
        lines = []
        for key, value in record.items():
            lines.append(f"{key}:{self.value(value, indent)}{self.between(indent)}")
        return (" " * indent).join(lines)

    def value(self, value: Any, indent: int) -> str:
        if isinstance(value, Anchored):
            return f" &{value.name}{self.value(value.value, indent)}"
        if isinstance(value, Alias):
            return f" *{value.name}{self.comment()}\n"
        if isinstance(value, str):
            written = self.scalar(value, indent)
            tail = "" if written[0] in "|>" else self.comment()
            return f" {written}{tail}\n"
        if isinstance(value, dict) and self.some(True, False):
            return f"{self.comment()}\n{' ' * (indent + 2)}{self.block(value, indent + 2)}"
        nested = isinstance(value, list) and any("statement" in v for v in value)
        if isinstance(value, list) and (nested or self.some(True, False)):
            return f"{self.comment()}\n{self.items(value, indent)}"
        return f" {self.flow_value(value)}{self.comment()}\n"

    def items(self, values: list[Any], indent: int) -> str:
        """Return a list as a block."""
        found = []
        dash = " " * (indent + self.offset) + "-" + " " * (self.gap - 1)
        for value in values:
            if isinstance(value, str):
                found.append(f"{dash}{self.scalar(value, indent + self.offset)}\n")
            elif self.some(True, True, False):
                found.append(dash + self.block(value, indent + self.offset + self.gap))
            else:
                found.append(f"{dash}{self.flow(value)}{self.comment()}\n")
            found.append(self.between(0))
        return "".join(found)


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"


@st.composite
def unusual_files(draw: Any) -> str:
    """Generate valid files with claims, sources and answers in any YAML style."""
    write = Writer(draw)
    names = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
    claims = [_claim(write, name) for name in names]
    sections = {
        "sources": [{"id": "s1", "title": "Title"}, {"id": "s2", "title": write.some(*TEXTS).strip() or "T"}],
        "claims": claims,
        "parties": [{"id": "p", "name": "Party"}],
    }  # fmt: skip
    order = draw(st.permutations(sorted(sections)))
    kept = [name for name in order if name == "claims" or write.some(True, False)]
    text = write.some("", "# the head\n", "---\n", "%YAML 1.1\n---\n")
    for name in kept:
        if text.endswith("\n") and "claims" in text and write.some(True, False, False):
            text += "---\n"
        text += f"{name}:{write.comment()}\n{write.items(sections[name], 0)}"
    text += write.some("", "", "# the end\n", "...\n")
    if write.some(True, False) and not text.endswith("...\n"):
        text = text.rstrip("\n")
    return text.replace("\n", write.some("\n", "\n", "\r\n"))


def _claim(write: Writer, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": name, "party": write.some("p", "q", ["p", "q"])}
    found["statement"] = write.some("One", "It was so.", *TEXTS).strip() or "x"
    found |= write.some({}, {"said": "2021-02"}, {"speaker": "A. B"}, {"tags": ["k", "l"]})
    found |= write.some(
        {}, {"source": "s1"}, {"source": {"id": "s1", "quote": write.some(*TEXTS).strip() or "q"}},
        {"sources": ["s1", {"title": "T"}]}, {"source": {"title": "Letter"}},
    )  # fmt: skip
    found |= write.some({}, {"note": write.some(*TEXTS).strip() or "n"})
    if "note" in found and write.some(True, False, False):
        found["note"] = Alias("n") if write.anchored else Anchored("n", found["note"])
        write.anchored = True
    if write.some(True, False):
        party = write.some("q", "r")
        found["rebuttals"] = [{"party": party, "statement": "No."}]
        if write.some(True, False):
            found["rebuttals"].append({"id": f"{name}-no", "party": "r", "kind": "undercuts", "statement": "Not so."})  # fmt: skip
    return found
