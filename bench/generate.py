"""Generate a dossier of any size; the same size and seed give the same bytes.

    python bench/generate.py FOLDER --claims 100000 --per-file 100

Lengths and ratios are like those of the bundled dossier: three claims per issue, two sources per
three claims, two of five claims answered, most with a quote. Fifty parties make two percent of the
claims each. One word, :data:`RARE`, occurs in twenty claims. ``claimcli check`` reports no problem.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

PARTIES = tuple(f"party-{number:02}" for number in range(50))
PARTY, OTHER = PARTIES[7], PARTIES[23]
RARE = "quillwort"
RARE_CLAIMS = 20
_SYLLABLES = (
    *("ba", "cor", "de", "fen", "gra", "hil", "is", "jo", "ka", "lum", "mer", "no"),
    *("o", "pra", "que", "ri", "sol", "ta", "ul", "ver", "wen", "yl", "zo"),
)
_WORDS = 30_000


@dataclass
class Claim:
    """A claim and its nested answers; ``kind`` is its kind of answer, if it is one."""

    id: str
    party: str
    speaker: str
    statement: str
    said: date
    issue: str
    position: str
    source: str
    quote: str
    note: str
    tags: list[str]
    kind: str = ""
    answers: list["Claim"] = field(default_factory=list)


@dataclass
class Story:
    """The records of one file."""

    issues: dict[str, str]
    sources: dict[str, tuple[str, str, date]]
    claims: list[Claim]


class _Writer:
    """Generates words, names and dates from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.words = sorted({self._word() for _ in range(_WORDS)}, key=lambda word: hash_of(word))
        self.weights = list(accumulate(1 / (rank + 5) for rank in range(len(self.words))))
        self.speakers = [f"{self._word().title()} {self._word().title()}" for _ in range(500)]

    def _word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.choice((1, 2, 2, 3))))

    def text(self, least: int, most: int) -> str:
        """Return a number of words, the first one capitalised."""
        size = self.random.randint(least, most)
        words = self.random.choices(self.words, cum_weights=self.weights, k=size)
        return " ".join(words).capitalize()

    def often(self, share: float) -> bool:
        return self.random.random() < share


def hash_of(word: str) -> int:
    """Return a pseudo-random number that is the same in every run."""
    return int.from_bytes(word.encode(), "big") * 2654435761 % 1_000_003


def stories(claims: int, per_file: int, seed: int = 1) -> Iterator[Story]:
    """Yield the claims of each file, ``claims`` in total including answers."""
    writer = _Writer(seed)
    rare = {number * (claims // RARE_CLAIMS) for number in range(RARE_CLAIMS)}
    state = _State(writer, rare)
    for first in range(0, claims, per_file):
        yield state.story(first, min(per_file, claims - first))


class _State:
    """State that continues from file to file: issues and sources are written where first used."""

    def __init__(self, writer: _Writer, rare: set[int]) -> None:
        self.writer = writer
        self.rare = rare
        self.issue = self.source = ""
        self.published = date(2015, 1, 1)
        self.claims: list[Claim] = []
        self.parties: list[str] = []

    def story(self, first: int, size: int) -> Story:
        story = Story({}, {}, [])
        self.claims = []
        for number in range(first, first + size):
            self._begin(number, story)
            self._claim(number, story)
        return story

    def _begin(self, number: int, story: Story) -> None:
        writer = self.writer
        if number % 3 == 0:
            self.issue = f"issue-{number // 3}"
            story.issues[self.issue] = f"{writer.text(5, 10)}?"
            self.claims = []
        if number % 3 != 1:
            self.source = f"source-{number}"
            self.published = date(2015, 2, 1) + timedelta(days=writer.random.randrange(4000))
            story.sources[self.source] = (writer.text(3, 7), writer.text(1, 2), self.published)

    def _claim(self, number: int, story: Story) -> None:
        writer = self.writer
        self.parties = self.parties or writer.random.sample(PARTIES, len(PARTIES))
        statement = writer.text(7, 19) + (f" {RARE}" if number in self.rare else "")
        claim = Claim(
            id=f"claim-{number}",
            party=self.parties.pop(),
            speaker=writer.random.choice(writer.speakers) if writer.often(0.6) else "",
            statement=f"{statement}.",
            said=self.published - timedelta(days=5 + writer.random.randrange(20)),
            issue=self.issue,
            position=writer.random.choice(("yes", "no")) if writer.often(0.15) else "",
            source=self.source,
            quote=writer.text(3, 11) if writer.often(0.8) else "",
            note=f"{writer.text(6, 14)}." if writer.often(0.15) else "",
            tags=writer.random.sample(writer.words[:60], 2) if writer.often(0.3) else [],
        )
        parent = writer.random.choice(self.claims) if self.claims else None
        if parent and parent.party != claim.party and writer.often(0.6):
            kinds = ("denies", "disputes-meaning", "undermines", "qualifies", "confirms")
            claim.kind = writer.random.choice(kinds)
            claim.said = parent.said + timedelta(days=1)
            claim.source = parent.source
            parent.answers.append(claim)
        else:
            story.claims.append(claim)
        self.claims.append(claim)


def to_yaml(story: Story) -> str:
    """Return the text of one file."""
    lines: list[str] = []
    if story.issues:
        lines.append("issues:")
        for name, question in story.issues.items():
            lines += [f"  - id: {name}", f"    question: {question}"]
    if story.sources:
        lines.append("sources:")
        for name, (title, outlet, published) in story.sources.items():
            lines += [f"  - id: {name}", f"    title: {title}", f"    outlet: {outlet}"]
            lines += [f"    published: {published}", "    language: en", "    kind: secondary"]
    if story.claims:
        lines.append("claims:")
        for claim in story.claims:
            lines += _claim_lines(claim, "  ")
    return "\n".join(lines) + "\n"


def _claim_lines(claim: Claim, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {claim.id}"
    for name in ("party", "kind", "speaker", "statement", "said", "issue", "position", "note"):
        if value := getattr(claim, name):
            yield f"{indent}  {name}: {value}"
    if claim.quote:
        yield f'{indent}  source: {{id: {claim.source}, quote: "{claim.quote}"}}'
    else:
        yield f"{indent}  source: {claim.source}"
    if claim.tags:
        yield f"{indent}  tags: [{', '.join(claim.tags)}]"
    for name, opposing in (("rebuttals", True), ("responses", False)):
        below = [a for a in claim.answers if (a.kind not in ("qualifies", "confirms")) == opposing]
        if below:
            yield f"{indent}  {name}:"
            for answer in below:
                yield from _claim_lines(answer, indent + "    ")


def parties_yaml() -> str:
    """Return the text of the file with the parties."""
    records = (f"  - id: {name}\n    name: The {name.title()}\n" for name in PARTIES)
    return "parties:\n" + "".join(records)


def write(folder: Path, claims: int, per_file: int) -> None:
    """Write a dossier into a folder, with a thousand files in each subfolder."""
    folder.mkdir(parents=True, exist_ok=True)
    Path(folder, "parties.yaml").write_text(parties_yaml(), encoding="utf-8")
    for number, story in enumerate(stories(claims, per_file)):
        below = Path(folder, f"{number // 1000:04}")
        below.mkdir(exist_ok=True)
        Path(below, f"{number:07}.yaml").write_text(to_yaml(story), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--per-file", type=int, default=100)
    options = parser.parse_args()
    write(options.folder, options.claims, options.per_file)


if __name__ == "__main__":
    main()
