"""Generate a dossier of any size; the same size and seed give the same bytes.

    python bench/generate.py FOLDER --claims 100000 --per-file 100

Lengths and ratios are like those of the bundled dossier: three claims per issue on average, two
sources per three claims, two of five claims answered, most with a quote. An issue in sixty has a
thread of thirty claims, and two to five positions are taken on an issue. Ids are in no order, and
texts are in five scripts. Fifty parties make two percent of the claims each. One word,
:data:`RARE`, occurs in twenty claims. ``claimcli check`` reports no problem.
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
POSITIONS = ("yes", "no", "only in part", "not before 2020", "no answer")
THREAD = 30
"""The claims of a long thread."""
DEEPEST = 8
"""How many answers are nested in each other; the next ones name the claim that they answer."""


@dataclass(frozen=True)
class Script:
    """A way of writing: its language, syllables and number of words, and how a sentence ends."""

    language: str
    syllables: str
    weight: float
    space: str = " "
    stop: str = "."
    question: str = "?"
    words: int = 30_000


_LATIN = "ba cor dé fen gra hil is jo ka lum mer no ö pra que ri sol ta ul ver wen yl zo"
SCRIPTS = (
    Script("en", _LATIN, 0.6),
    Script("ru", "ба вер го ди ёл жа зим ка лю мо нет ос пра ри сто ту фе хо цу ша", 0.15),
    Script("ar", "با تر جو دي را سل شم عب فو قا كت لي مد نو هل وا", 0.1, question="؟"),
    Script(
        "zh",
        " ".join("人大中上下日月山水火木金土天地東西南北語文言記者"),
        0.1,
        "",
        "。",
        "？",
        3_000,
    ),
    Script("hi", "का खे गा चि जो टा ति दे ना पु बा मी या रो ला वि", 0.05, stop="।"),
)


@dataclass
class Claim:
    """A claim and its nested answers; ``kind`` is its kind of answer, if it is one.

    An answer that is not nested has the id of the claim that it answers as its ``target``.
    """

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
    target: str = ""
    depth: int = 0
    answers: list["Claim"] = field(default_factory=list)


@dataclass
class Story:
    """The records of one file: questions with positions, and sources, by id; and claims."""

    issues: dict[str, tuple[str, tuple[str, ...]]]
    sources: dict[str, tuple[str, str, date, str]]
    claims: list[Claim]


class _Words:
    """The words of a script, from a seed; a few are frequent, as in any language."""

    def __init__(self, script: Script, random: Random) -> None:
        self.script, self.random = script, random
        self.syllables = script.syllables.split()
        self.words = sorted({self.word() for _ in range(script.words)}, key=hash_of)
        self.weights = list(accumulate(1 / (rank + 5) for rank in range(len(self.words))))
        self.speakers = [f"{self.word().title()} {self.word().title()}" for _ in range(100)]

    def word(self) -> str:
        size = self.random.choice((1, 2, 2, 3))
        return "".join(self.random.choices(self.syllables, k=size))

    def text(self, least: int, most: int) -> str:
        """Return a number of words, the first one capitalised if the script has capitals."""
        size = self.random.randint(least, most)
        words = self.random.choices(self.words, cum_weights=self.weights, k=size)
        return self.script.space.join(words).capitalize()


class _Writer:
    """Generates choices and words from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.scripts = [_Words(script, self.random) for script in SCRIPTS]
        self.tags = self.scripts[0].words[:60]

    def words(self) -> _Words:
        """Return the words of one of the scripts."""
        weights = [script.weight for script in SCRIPTS]
        return self.random.choices(self.scripts, weights=weights)[0]

    def often(self, share: float) -> bool:
        return self.random.random() < share


def hash_of(word: str) -> int:
    """Return a pseudo-random number that is the same in every run."""
    return int.from_bytes(word.encode(), "big") * 2654435761 % 1_000_003


def id_of(kind: str, number: int) -> str:
    """Return an id whose place among others says nothing about its number."""
    return f"{kind}-{number * 2654435761 % 2**32:08x}"


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
        self.words = writer.scripts[0]
        self.issue = self.source = ""
        self.positions: tuple[str, ...] = ()
        self.left = 0
        self.long = False
        self.published = date(2015, 1, 1)
        self.claims: list[Claim] = []
        self.parties: list[str] = []

    def story(self, first: int, size: int) -> Story:
        """Return the records of the next file; issues and threads do not continue in another."""
        story = Story({}, {}, [])
        self.left = 0
        for number in range(first, first + size):
            self._begin(number, story)
            self._claim(number, story)
        return story

    def _begin(self, number: int, story: Story) -> None:
        """Begin an issue if the last one is complete, and a source for two of three claims."""
        writer = self.writer
        if not self.left:
            self.words = writer.words()
            self.long = writer.often(1 / 60)
            self.left = THREAD if self.long else writer.random.choice((1, 2, 3, 3, 4))
            self.positions = POSITIONS[: writer.random.randint(2, len(POSITIONS))]
            self.issue = id_of("issue", number)
            question = self.words.text(5, 10) + self.words.script.question
            declared = self.positions if writer.often(0.2) else ()
            story.issues[self.issue] = (question, declared)
            self.claims = []
        self.left -= 1
        if not self.claims or number % 3 != 1:
            self.source = id_of("source", number)
            self.published = date(2015, 2, 1) + timedelta(days=writer.random.randrange(4000))
            texts = self.words.text(3, 7), self.words.text(1, 2)
            story.sources[self.source] = (*texts, self.published, self.words.script.language)

    def _claim(self, number: int, story: Story) -> None:
        writer, words = self.writer, self.words
        self.parties = self.parties or writer.random.sample(PARTIES, len(PARTIES))
        rare = f" {RARE}" if number in self.rare else ""
        claim = Claim(
            id=id_of("claim", number),
            party=self.parties.pop(),
            speaker=writer.random.choice(words.speakers) if writer.often(0.6) else "",
            statement=words.text(7, 19) + rare + words.script.stop,
            said=self.published - timedelta(days=10 + writer.random.randrange(20)),
            issue=self.issue,
            position=writer.random.choice(self.positions) if writer.often(0.3) else "",
            source=self.source,
            quote=words.text(3, 11) if writer.often(0.8) else "",
            note=words.text(6, 14) + words.script.stop if writer.often(0.15) else "",
            tags=writer.random.sample(writer.tags, 2) if writer.often(0.3) else [],
        )
        self._answer(claim, story)
        self.claims.append(claim)

    def _answer(self, claim: Claim, story: Story) -> None:
        """Make most claims answers to others on the issue, those in a long thread to the newest."""
        random, often = self.writer.random, self.writer.often
        newest, share = (0.9, 0.98) if self.long else (0.3, 0.6)
        parent = random.choice((self.claims[-1:] if often(newest) else self.claims) or [None])
        if not parent or parent.party == claim.party or not often(share):
            story.claims.append(claim)
            return
        kinds = ("denies", "disputes-meaning", "undermines", "qualifies", "confirms")
        claim.kind = random.choice(kinds)
        claim.depth = parent.depth + 1
        claim.said = parent.said + timedelta(days=claim.depth < DEEPEST)
        claim.source = parent.source
        if claim.depth % DEEPEST:
            parent.answers.append(claim)
        else:
            claim.target = parent.id
            story.claims.append(claim)


def to_yaml(story: Story) -> str:
    """Return the text of one file."""
    lines: list[str] = []
    if story.issues:
        lines.append("issues:")
        for name, (question, positions) in story.issues.items():
            lines += [f"  - id: {name}", f"    question: {question}"]
            if positions:
                lines.append(f"    positions: [{', '.join(positions)}]")
    if story.sources:
        lines.append("sources:")
        for name, (title, outlet, published, language) in story.sources.items():
            lines += [f"  - id: {name}", f"    title: {title}", f"    outlet: {outlet}"]
            lines += [f"    published: {published}", f"    language: {language}"]
            lines.append("    kind: secondary")
    if story.claims:
        lines.append("claims:")
        for claim in story.claims:
            lines += _claim_lines(claim, "  ")
    return "\n".join(lines) + "\n"


def _claim_lines(claim: Claim, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {claim.id}"
    for line in _fields(claim):
        yield f"{indent}  {line}"
    for name, opposing in (("rebuttals", True), ("responses", False)):
        below = [a for a in claim.answers if (a.kind not in ("qualifies", "confirms")) == opposing]
        if below:
            yield f"{indent}  {name}:"
            for answer in below:
                yield from _claim_lines(answer, indent + "    ")


def _fields(claim: Claim) -> Iterator[str]:
    """Yield the lines of a claim's fields except its id and its answers."""
    if claim.target:
        yield f"responds_to: {{claim: {claim.target}, kind: {claim.kind}}}"
    elif claim.kind:
        yield f"kind: {claim.kind}"
    for name in ("party", "speaker", "statement", "said", "issue", "position", "note"):
        if value := getattr(claim, name):
            yield f"{name}: {value}"
    quote = f'{{id: {claim.source}, quote: "{claim.quote}"}}'
    yield f"source: {quote if claim.quote else claim.source}"
    if claim.tags:
        yield f"tags: [{', '.join(claim.tags)}]"


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
