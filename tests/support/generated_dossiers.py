"""Folders with dossiers whose claims refer to each other, as large as a test needs them."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

TEXT = (
    "the water in the lower town has been brown since March and nobody said why before the council"
    " asked for the letters of the ministry about pumps pipes filters and the old mill"
)
WORDS = [f"{word}{number or ''}" for word in TEXT.split() for number in range(50)]
PARTIES = [
    {"id": "town"},
    {"id": "council", "part_of": "town", "speakers": ["Ada Pump"]},
    {"id": "mill", "name": "The Mill"},
    {"id": "ministry", "name": "The Ministry"},
]
KINDS = ("denies", "contradicts", "undermines", "undercuts", "disputes-meaning")
POSITIONS = ("yes", "Yes", "no", "partly", None)


def write_dossiers(root: Path, *, dossiers: int, claims: int) -> Path:
    """Write dossiers to folders below one, each with about so many claims and one text."""
    for number in range(dossiers):
        folder = root / f"dossier-{number:02}"
        folder.mkdir(parents=True)
        random = Random(number)
        words = [random.choice(WORDS) for _ in range(2000)]
        (folder / "letter.txt").write_text(" ".join(words), encoding="utf-8")
        issues = [{"id": f"i{n}", "question": f"Question {n}?"} for n in range(claims // 10)]
        sources = [
            {"id": "letter", "title": "Letter", "kind": "primary", "text": "letter.txt"},
            {"id": "report", "title": "Report", "kind": "secondary", "derived_from": ["letter"]},
        ]
        records = {
            "parties": PARTIES,
            "issues": issues,
            "sources": sources,
            "claims": list(_claims(random, words, claims)),
        }
        lists = (
            f"{name}:\n" + "".join(f"  - {json.dumps(one)}\n" for one in listed)
            for name, listed in records.items()
        )
        (folder / "dossier.yaml").write_text("".join(lists), encoding="utf-8")
    return root


def _claims(random: Random, text: list[str], count: int) -> Iterator[dict[str, Any]]:
    """Yield claims, of which each refers to earlier ones or none, half of them with an answer."""
    statements = [" ".join(random.choices(WORDS, k=9))]
    for number in range(count // 2):
        edited = random.choice(statements).split()
        edited[random.randrange(9)] = random.choice(WORDS)
        words = edited if number % 10 == 0 else random.choices(WORDS, k=9)
        statements.append(" ".join(words))
        start = random.randrange(1990)
        earlier = f"c{random.randrange(number)}" if number else None
        denial = "It is not so" if number % 20 == 0 else " ".join(random.choices(WORDS, k=6))
        fields: dict[str, Any] = {
            "id": f"c{number}",
            "party": random.choice(("council", "mill", "town", ["mill", "ministry"])),
            "statement": statements[-1],
            "said": f"20{random.randrange(10, 25)}",
            "issue": random.choice((None, f"i{random.randrange(count // 10)}")),
            "position": random.choice(POSITIONS),
            "responds_to": _sometimes(random, [{"claim": earlier, "kind": random.choice(KINDS)}]),
            "restates": _sometimes(random, earlier),
            "withdrawn": _sometimes(random, "2025"),
            "asked": _sometimes(random, {"party": "ministry", "on": "2025-01-02"}),
            "source": _sometimes(
                random, ["report", {"id": "letter", "quote": " ".join(text[start : start + 6])}]
            ),
            "rebuttals": [{"id": f"r{number}", "party": "ministry", "statement": denial}],
        }
        if not number:
            fields |= {"responds_to": None, "restates": None}
        yield {name: value for name, value in fields.items() if value is not None}


def _sometimes(random: Random, value: Any) -> Any:
    return value if random.random() < 0.3 else None
