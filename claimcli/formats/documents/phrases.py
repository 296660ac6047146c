"""Claims, quotes and sources as runs of text, in the words of the markdown templates."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.formats.documents.blocks import Note, Runs, TextRun, TextStyle

Values = Mapping[str, Any]
"""Values of the context of templates, such as an entry or a quote."""


class Wording(Struct, frozen=True):
    """What phrases need to know: whether ids are written, statements by id, claims with anchors.

    ``numbers`` has the number of each source in the document by its number in the briefing; it is
    filled in the order of the first marks, so phrases must be made in the document's order.
    """

    ids: bool
    named: Mapping[str, str]
    anchored: Collection[str]
    numbers: dict[int, int]

    def number(self, note: int) -> int:
        """Return the number of a source in the document."""
        return self.numbers.setdefault(note, len(self.numbers) + 1)


def join(*parts: str | TextRun | Iterable[TextRun]) -> Runs:
    """Return the runs of texts, runs and sequences of runs; empty texts are left out."""
    runs: list[TextRun] = []
    for part in parts:
        if isinstance(part, str):
            runs += [TextRun(part)] if part else []
        else:
            runs += [part] if isinstance(part, TextRun) else part
    return tuple(runs)


def listed(parts: Iterable[Runs], separator: str = ", ") -> Runs:
    """Return the parts with a separator between them."""
    return tuple(
        run for place, part in enumerate(parts) for run in join(separator if place else "", part)
    )


def reference(wording: Wording, name: str) -> Runs:
    """Return a claim's id, or its statement in quotation marks; a link if the claim is shown."""
    link = f"#claim-{name}" if name in wording.anchored else ""
    if wording.ids:
        return (TextRun(name, TextStyle.CODE, link),)
    return (TextRun('"'), TextRun(wording.named[name], link=link), TextRun('"'))


def notes(wording: Wording, numbers: Iterable[int]) -> Iterator[TextRun]:
    """Yield the marks of footnotes."""
    for one in numbers:
        first = one not in wording.numbers
        yield TextRun(note=wording.number(one), first=first)


def tail(wording: Wording, entry: Values, *, loose: bool = False) -> Runs:
    """Return what follows a statement: footnotes, the id, and if ``loose`` what it answers."""
    marks = tuple(notes(wording, entry["footnotes"]))
    parts = [] if entry["footnotes"] else [join("no source on file")]
    if loose:
        parts += [
            join(f"{answer['kind']}: ", reference(wording, answer["id"]))
            for answer in entry["responds_to"]
        ]
        parts += [join(f"withdrawn {entry['withdrawn']}")] if entry["withdrawn"] else []
    elif entry["target"]:
        parts.append(join("in answer to ", reference(wording, entry["target"])))
    if not wording.ids:
        return join(marks, *(run for part in parts for run in join(" (", part, ")")))
    name = reference(wording, entry["id"]) if loose else (TextRun(entry["id"], TextStyle.CODE),)
    return join(marks, " (", name, *(run for part in parts for run in join("; ", part)), ")")


def claim(wording: Wording, entry: Values, *, loose: bool = False) -> Runs:
    """Return who says what, when; ``loose`` outside its thread."""
    said = (" (", TextRun(entry["attribution"]), ")") if entry["attribution"] else ()
    kind = f" {entry['kind']}" if entry["kind"] and not loose else ""
    party = TextRun(entry["party"], TextStyle.STRONG)
    return join(
        party, *said, f"{kind}: ", TextRun(entry["statement"]), tail(wording, entry, loose=loose)
    )


def words(wording: Wording, entry: Values) -> tuple[Runs, ...]:
    """Return the paragraphs of a claim in a cell: what is said, the position and the quotes."""
    said = claim(wording, {**entry, "kind": ""})
    position = [join("position: ", TextRun(entry["position"]))] if entry["position"] else []
    first = join(said, pointers(wording, entry))
    return (first, *position, *(quoted(wording, quote) for quote in entry["quotes"]))


def quoted(wording: Wording, quote: Values) -> Runs:
    """Return a quote with its translation, locator, verdict and footnote."""
    style = TextStyle.STRUCK if quote["struck"] else TextStyle.PLAIN
    parts: list[Runs] = []
    if quote["quote"]:
        parts.append(tuple(TextRun(text, style) for text in ('"', quote["quote"], '"')))
    if quote["translation"]:
        parts.append(join('in translation "', TextRun(quote["translation"]), '"'))
    if quote["locator"]:
        parts.append(join(TextRun(quote["locator"])))
    listed = (run for place, part in enumerate(parts) for run in join(", " if place else "", part))
    verdict = (f" ({quote['mark']} ", TextRun(quote["verified"]), ")") if quote["mark"] else ()
    return join(listed, *verdict, notes(wording, quote["footnotes"]))


def pointers(wording: Wording, entry: Values) -> Runs:
    """Return the other claims that a claim refers to, and answers that are not included."""
    parts = [
        join("; ", TextRun(detail["inline"]), " ", reference(wording, detail["id"]))
        for detail in entry["details"]
        if detail["id"]
    ]
    parts += [join(f"; withdrawn {entry['withdrawn']}")] if entry["withdrawn"] else []
    parts += [join("; ", TextRun(entry["withheld"]))] if entry["withheld"] else []
    return join(*parts)


def note(wording: Wording, source: Values) -> Note:
    """Return a source as a footnote, with its address, and as a complete entry of a list."""
    number = wording.number(source["number"])
    if source["missing"]:
        missing = join("No source '", TextRun(source["id"]), "' on file")
        return Note(number, missing, missing)
    kind = f" ({source['kind']})" if source["kind"] else ""
    where = _address(source["url"], source["link"]) or TextRun("No address on file")
    short = join(
        TextRun(source["title"]), " ", TextRun(source["described"]), f"{kind}. ", where, "."
    )
    archive = _address(source["archive"], source["archive_link"])
    more: list[str | TextRun] = [" Archived: ", archive, "."] if archive else []
    if source["derived_from"]:
        more += [" Derived from: ", TextRun(source["derived_from"]), "."]
    more += [" ", TextRun(source["note"])] if source["note"] else []
    return Note(number, short, join(short, *more))


def _address(url: str, link: str) -> TextRun | None:
    return TextRun(link or url, link=link) if link or url else None
