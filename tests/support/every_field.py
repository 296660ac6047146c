"""A dossier with every field of the specification, each with a value that occurs only there."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from claimcli.core.schema import ANSWER, CITATION, RECORD_KINDS, REPORTS, REQUEST
from tests.support.cli import claimcli

TEXT = "We were told that the river is clean, the mill said. It was so."
PAGES = {
    name: {
        "title": f"{name} title", "outlet": f"{name} outlet", "author": f"{name} author",
        "published": f"20{year}-01-01", "url": f"https://{name}.example/page",
        "archive_url": f"https://archive.example/{name}", "accessed": f"20{year}-02-02",
        "language": f"{name}-language", "kind": kind, "derived_from": [f"{name}-wire"],
        "text": f"{name}.txt", "sha256": hashlib.sha256(f"{name}: {TEXT}".encode()).hexdigest(),
        "internal": True, "note": f"{name} note",
    }
    for name, year, kind in (("letter", 11, "primary"), ("leaflet", 12, "secondary"))
}  # fmt: skip
VALUES: dict[str, dict[str, Any]] = {
    "party": {
        "id": "mill", "name": "Paper Mill", "kind": "company", "aliases": ["The Mill", "Papers"],
        "part_of": "holding", "color": "#1d4e89", "speakers": ["Ann Lee", "Bo Chen"], "note": "party note",
    },
    "source": {"id": "letter", **PAGES["letter"]},
    "issue": {
        "id": "river", "question": "Is the river clean?", "positions": ["affirmed", "rejected"],
        "compatible": [["half-true", "half-false"]], "note": "issue note",
    },
    "event": {"id": "spill", "title": "The spill", "date": "2013-03-03", "place": "Millford"},
    "claim": {
        "id": "clean", "party": ["mill", "guild"], "statement": "It is clean.",
        "speaker": "Cy Dee", "said": "2014-04-04", "about": "2015-05-05", "issue": "river",
        "position": "affirmed", "event": "spill", "reports": {"party": "lab", "speaker": "Di Ek"},
        "source": {
            "id": "letter", "quote": "the river is clean", "translation": "der Fluss ist rein",
            "locator": "page 7", "prefix": "We were told that", "suffix": ", the mill said",
        },
        "sources": [PAGES["leaflet"]],
        "rebuttals": [{"id": "foul", "party": "town", "statement": "It is foul."}],
        "responses": [{"id": "so", "party": "school", "kind": "confirms", "statement": "Yes."}],
        "responds_to": [{"claim": "first", "kind": "undercuts"}], "restates": "second",
        "supersedes": "third", "withdrawn": "2016-06-06",
        "asked": {
            "party": "council", "on": "2017-07-07", "due": "2018-08-08", "asker": "El Fox",
            "note": "request note",
        },
        "internal": True, "tags": ["fish", "water"],
        "note": "claim note",
    },
}  # fmt: skip
PARTS = {
    "citation": {**VALUES["claim"]["sources"][0], **VALUES["claim"]["source"]},
    "reports": VALUES["claim"]["reports"],
    "answer": VALUES["claim"]["responds_to"][0],
    "request": VALUES["claim"]["asked"],
}
"""The parts of a claim, with their fields."""
OTHERS: dict[str, list[dict[str, str]]] = {
    "sources": [
        {"id": name, "title": name, "text": "letter.txt"}
        for name in ("letter-wire", "leaflet-wire")
    ],
    "claims": [
        {"id": name, "party": "mill", "statement": f"The {name} claim."}
        for name in ("first", "second", "third")
    ],
}
RECORDS = tuple(RECORD_KINDS)
SECTIONS = {name: kind.section for name, kind in RECORD_KINDS.items()}
SPECS = {
    kind.name: kind.names for kind in (*RECORD_KINDS.values(), CITATION, REPORTS, ANSWER, REQUEST)
}
FIELDS = [(kind, field) for kind, spec in SPECS.items() for field in spec]
EXCEPTIONS = {
    ("json", "event"): "no command lists events; they are in the index, for sql",
    ("show", "party"): "a card shows claims; of a party its name",
    ("show", "issue"): "a card shows claims; of an issue its id",
    ("show", "event"): "a card shows claims; of an event its id",
    ("show", "source", "text"): "a path that only verify and fetch use",
    ("show", "source", "sha256"): "a checksum that only verify and fetch use",
    ("show", "source", "accessed"): "noted by fetch, no part of a reference",
    ("show", "citation", "text"): "as for a source on file",
    ("show", "citation", "sha256"): "as for a source on file",
    ("show", "citation", "accessed"): "as for a source on file",
    ("changes", "party", "id"): "a record with another id is another record",
    ("changes", "source", "id"): "a record with another id is another record",
    ("changes", "issue", "id"): "a record with another id is another record",
    ("changes", "event", "id"): "a record with another id is another record",
    ("changes", "claim", "id"): "a change of its own: renamed",
    ("changes", "claim", "rebuttals"): "claims, each of them reported as one",
    ("changes", "claim", "responses"): "claims, each of them reported as one",
    ("set", "claim", "sources"): "sets 'source' where that is written, so as not to have both",
    ("set", "claim", "rebuttals"): "added by the command rebut",
    ("set", "claim", "responses"): "added by the command respond",
}
"""Where a kind or a field does not appear, and why."""


def applicable(surface: str) -> list[tuple[str, str]]:
    """Return the fields that must appear in an output, by kind of record."""
    return [
        (kind, field)
        for kind, field in FIELDS
        if (surface, kind) not in EXCEPTIONS and (surface, kind, field) not in EXCEPTIONS
    ]


def leaves(value: Any) -> Iterator[str]:
    """Yield the texts in a value."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves(part)
    else:
        yield str(value).lower() if isinstance(value, bool) else str(value)


def other(value: Any) -> Any:
    """Return a value of the same form with other texts."""
    if isinstance(value, dict):
        return {key: other(part) for key, part in value.items()}
    if isinstance(value, list):
        return [other(part) for part in value]
    if isinstance(value, bool):
        return not value
    if value == "#1d4e89":
        return "#b84a00"
    kinds = {"company": "court", "primary": "secondary", "secondary": "primary"}
    if value in (*kinds, "undercuts", "confirms"):
        return kinds.get(value, "qualifies")
    return value.replace("20", "21", 1) if re.match(r"20\d\d-", value) else f"{value}-two"


class Ledger:
    """The dossier in a folder, with the outputs that are made of it once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        records = {SECTIONS[kind]: [VALUES[kind]] for kind in RECORDS}
        self.write("now", {name: found + OTHERS.get(name, []) for name, found in records.items()})

    def write(self, name: str, content: Any) -> Path:
        """Write a file of data into a folder, with the texts of the sources."""
        (self.folder / name).mkdir()
        for page in PAGES:
            (self.folder / name / f"{page}.txt").write_text(f"{page}: {TEXT}", "utf-8")
        path = self.folder / name / "data.yaml"
        path.write_text(json.dumps(content, indent=1), "utf-8")
        return path

    def run(self, *arguments: str, data: str = "now") -> str:
        """Return what a command writes."""
        done = claimcli("--data", data, *arguments, cwd=self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @cached_property
    def json(self) -> dict[str, dict[str, Any]]:
        """The JSON of the record of each kind."""
        commands = {"party": "parties", "source": "sources", "issue": "issues", "claim": "list"}
        return {
            kind: next(
                record
                for record in json.loads(self.run(command, "--format", "json"))
                if record["id"] == VALUES[kind]["id"]
            )
            for kind, command in commands.items()
        }

    @cached_property
    def card(self) -> str:
        """The claim as ``show`` prints it."""
        return self.run("show", "clean")

    @cached_property
    def tables(self) -> set[str]:
        """Every cell of every documented table."""
        tables = re.findall(r"CREATE TABLE (\w+)", self.run("help", "sql"))
        rows = [
            row
            for table in tables
            for row in json.loads(self.run("sql", f"select * from {table}", "-f", "json"))
        ]
        return {str(cell) for row in rows for cell in row.values()}

    @cached_property
    def changed(self) -> dict[str, dict[str, str]]:
        """The new values of the changed fields by kind and field, when all fields change."""
        kept = {kind: record["id"] for kind, record in VALUES.items()}
        records = {SECTIONS[kind]: [{**other(VALUES[kind]), "id": kept[kind]}] for kind in RECORDS}
        self.write("later", {n: found + OTHERS.get(n, []) for n, found in records.items()})
        changes = json.loads(self.run("changes", "now", "later", "-f", "json"))["changes"]
        kinds = {"rebuttal": "claim", "response": "claim"}
        return {
            kinds.get(change["what"], change["what"]): {
                one["field"]: json.dumps(one["after"]) for one in change["fields"]
            }
            for change in changes
            if change["id"] in kept.values()
        }

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The definitions of the JSON Schema."""
        definitions: dict[str, Any] = json.loads(self.run("schema"))["$defs"]
        return definitions

    @cached_property
    def set(self) -> dict[str, dict[str, Any]]:
        """The records after ``set`` of every field, which were bare before, as YAML has them."""
        bare = {
            kind.section: [
                {f: v for f, v in VALUES[name].items() if f in kind.required},
                *OTHERS.get(kind.section, []),
            ]
            for name, kind in RECORD_KINDS.items()
        }
        path = self.write("bare", bare)
        for kind in RECORDS:
            given = [
                f"{field}={_given(value)}"
                for field, value in VALUES[kind].items()
                if ("set", kind, field) not in EXCEPTIONS
            ]
            self.run("set", f"{kind}:{VALUES[kind]['id']}", *given, data="bare")
        content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        return {kind: content[SECTIONS[kind]][0] for kind in RECORDS}

    @cached_property
    def formatted(self) -> dict[str, list[str]]:
        """The keys of each kind of record after ``fmt``, written the other way round before."""
        records = {SECTIONS[kind]: [_reversed(VALUES[kind])] for kind in RECORDS}
        path = self.write("reversed", records)
        self.run("fmt", "reversed/data.yaml")
        content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        claim = content["claims"][0]
        parts = {
            "citation": [key for key in claim["source"] if key != "unknown"]
            + list(claim["sources"][0]),
            "reports": claim["reports"],
            "answer": claim["responds_to"][0],
            "request": claim["asked"],
        }
        found = {kind: content[SECTIONS[kind]][0] for kind in RECORDS}
        return {kind: list(record) for kind, record in (found | parts).items()}


def _given(value: Any) -> str:
    """Return a value as ``set`` takes it: lists of texts with commas, records as YAML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and isinstance(value[0], str):
        return ",".join(value)
    record = value[0] if isinstance(value, list) else value
    return record if isinstance(record, str) else json.dumps(record)


def _reversed(value: Any) -> Any:
    """Return records with their keys the other way round, behind one that is unknown."""
    if isinstance(value, dict):
        keys = reversed(value)
        return {"unknown": "x", **{key: _reversed(value[key]) for key in keys}}
    return [_reversed(part) for part in value] if isinstance(value, list) else value
