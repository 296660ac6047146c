"""A dossier with texts that spreadsheets, CSV or YAML could take for something else."""

from random import Random
from typing import Any

from claimcli.core.table import to_json

TEXTS = (
    "=1+1", "+49 30 1", "-5", "@SUM(A1)", "'=1+1", "''-x", "＝1", '=HYPERLINK("http://localhost")',
    "=cmd|' /C calc'!A0", '"all quoted"', '"begins" so', 'ends "so"', "'", "line\nbreak",
    'two\n\nlines\n"q"\n=1', "a,b;c\td|e", "0755", "1e3", "TRUE", "2021-12-30", "1/2", "#N/A", "null",
    "مرحبا بالعالم", "שלום abc", "😀👩‍👩‍👧🇩🇪", "<b>&amp;</b>", "_x0041_", "e\u0301é", "a\u200bb\u00a0c",
    "C:\\new\\text", "{{x}} {% y %}", "- item", "a # no comment", "key: value", "~", "中国人民",
)  # fmt: skip
UNSEEN = ("bell\x07", "\u202eabc", "del\x7f\x85x", "line\u2028sep", "cr\rx", "\ufeffx")
"""Texts with characters that a spreadsheet does not show as they are."""
LONG = "x" * 32_000


def hostile_dossier(count: int, *, seed: int = 0, texts: tuple[str, ...] = TEXTS) -> str:
    """Return a dossier, as JSON, with at least so many claims, in which every field occurs."""
    make = _Generator(seed, texts)
    claims: list[dict[str, Any]] = []
    while len(claims) < 2 or make.claims < count:
        claims.append({"id": f"c{len(claims)}", **make.claim(first=len(claims) < 2)})
    claims[-1]["note"] = LONG
    some, text, distinct = make.some, make.text, make.distinct
    return to_json(
        {
            "parties": [
                {"id": "p0", "name": some(), "kind": "media", "aliases": distinct()},
                {"id": "p1", "name": text(), "part_of": "p0", "color": "#1d4e89", "note": some()},
                {"id": "p2", "speakers": distinct()},
            ],
            "issues": [
                {"id": "i0", "question": some(), "positions": list(texts)},
                {"id": "i1", "question": text(), "compatible": [[texts[9], texts[10]], ["=", "|"]]},
            ],
            "events": [{"id": "e0", "title": some(), "date": "2021", "place": some()}],
            "sources": [
                {"id": f"s{number}", **make.page(), "derived_from": []} for number in range(10)
            ],
            "claims": claims,
        }
    )


class _Generator:
    """Makes the fields of records at random."""

    def __init__(self, seed: int, texts: tuple[str, ...]) -> None:
        self.random = Random(seed)
        self.texts = texts
        self.claims = 0

    def some(self) -> str:
        """Return one of the texts."""
        return self.random.choice(self.texts)

    def text(self) -> str:
        """Return a text that may be combined with a number."""
        return f"{self.some()} {self.claims}" if self.random.random() < 0.5 else self.some()

    def distinct(self) -> list[str]:
        return self.random.sample(self.texts, self.random.randint(1, 3))

    def sometimes(self, **fields: Any) -> dict[str, Any]:
        """Return some of the fields, which are values or functions that make them."""
        return {
            name: make() if callable(make) else make
            for name, make in fields.items()
            if self.random.random() < 0.3
        }

    def several(self, make: Any, most: int) -> list[Any]:
        return [make() for _ in range(self.random.randint(1, most))]

    def page(self) -> dict[str, Any]:
        some = self.some
        return {
            "title": self.text(),
            **self.sometimes(
                outlet=some, author=some, url="https://localhost/?a=1", language="en", note=some,
                published="2021-12", accessed="2022-01-01~", kind="primary", archive_url=some,
                derived_from=["s0", "s1"],
            ),
        }  # fmt: skip

    def citation(self) -> Any:
        some = self.some
        words = self.sometimes(quote=some, translation=some, locator=some, prefix=some, suffix=some)
        if self.random.random() < 0.2:
            return self.page() | words
        cited = f"s{self.random.randint(0, 9)}"
        return {"id": cited, **words} if words else cited

    def request(self) -> dict[str, Any]:
        more = self.sometimes(due="2023", asker=self.some, note=self.some)
        return {"party": "p1", "on": "2022", **more}

    def claim(self, depth: int = 0, *, first: bool = False) -> dict[str, Any]:
        """Return a claim with answers; a ``first`` one refers to no other."""
        self.claims += 1
        some, several = self.some, self.several
        links = {
            "restates": "c0",
            "supersedes": "c0",
            "responds_to": [{"claim": "c0", "kind": "undercuts"}, "c1"],
        }
        fields = {
            "party": self.random.choice(("p0", "p1", "p2", ["p0", "p3"])),
            "statement": self.text(),
            **self.sometimes(
                speaker=some, said="2021-12-30T15:35-05:00", about="2021/..", position=some,
                issue=f"i{self.claims % 3}", event="e0", withdrawn="2023-01", note=some,
                reports={"party": "p2", "speaker": some()}, tags=self.distinct,
                asked=lambda: several(self.request, 2), sources=lambda: several(self.citation, 3),
                **({} if first else links),
            ),
        }  # fmt: skip
        if first:
            fields["party"] = ["p0", "p1", "p2", "p3"]
        return fields | (self.threads(depth) or self.sometimes(internal="true"))

    def threads(self, depth: int) -> dict[str, Any]:
        if depth == 3:
            return {}
        return self.sometimes(
            rebuttals=lambda: self.several(lambda: self.answer(depth, "denies"), 3),
            responses=lambda: self.several(lambda: self.answer(depth, "qualifies"), 2),
        )

    def answer(self, depth: int, kind: str) -> dict[str, Any]:
        name = f"n{self.claims}"
        fields = {"kind": kind, **self.claim(depth + 1)}
        return {**fields, "id": name} if self.random.random() < 0.3 else fields
