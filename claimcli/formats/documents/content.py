"""A briefing as a document of blocks, with the content, order and words of the markdown templates.

``document()`` is the entrance. Each bundled template is a function here; all writers of documents
lay out its blocks.
"""

from collections.abc import Callable, Iterator, Mapping

from claimcli.analysis.briefing import Briefing, Section
from claimcli.formats.briefing import context
from claimcli.formats.documents.blocks import (
    Block,
    BriefingDocument,
    Contents,
    Heading,
    ItemKind,
    ListItem,
    Paragraph,
    Picture,
    Runs,
    Sources,
    TextRun,
    TextStyle,
)
from claimcli.formats.documents.phrases import (
    Values,
    Wording,
    claim,
    join,
    listed,
    note,
    pointers,
    quoted,
    reference,
    tail,
)
from claimcli.formats.documents.tables import contested_tables, issue_heading, position_tables
from claimcli.history.revision import Revision

LONG = 3
"""Number of sections from which a briefing has a table of contents."""


def document(
    briefing: Briefing, name: str = "briefing", *, revision: Revision | None = None
) -> BriefingDocument:
    """Return the document that a bundled template makes of a briefing.

    ``revision`` is the git revision of the data, if any.
    """
    values = context(briefing)
    anchored = () if name == "contradictions" else values["covered"]
    wording = Wording(values["ids"], values["named"], anchored, {})
    blocks = [*_TEMPLATES[name](briefing, values, wording)]
    listed = values["contested_sources" if name == "contradictions" else "footnotes"]
    notes = tuple(sorted((note(wording, one) for one in listed), key=lambda one: one.number))
    ending = Sources(notes) if notes else Paragraph((TextRun("None on file."),))
    blocks += [Heading("Sources"), ending]
    return BriefingDocument(values["title"], _as_of(briefing, revision), tuple(blocks), notes)


def _as_of(briefing: Briefing, revision: Revision | None) -> str:
    """Return which state of the dossier is shown: the revision, else the newest date on file."""
    if revision:
        changes = ", with changes that are not committed" if revision.changed else ""
        day = briefing.notation.date(revision.date)
        return f"As of git revision {revision.commit[:10]} of {day}{changes}."
    newest = [dates[1] for dates in (briefing.coverage.said, briefing.coverage.published) if dates]
    if not newest:
        return ""
    date = max(newest, key=lambda date: (date.latest, date.text))
    return f"As of {briefing.notation.date(date)}, the newest date on file."


def _briefing(briefing: Briefing, values: Values, wording: Wording) -> Iterator[Block]:
    covers = values["covers"]
    yield _text(f"This briefing covers {_coverage(covers)}.")
    if covers["speaking"]:
        yield _text(f"Parties: {', '.join(covers['speaking'])}.")
    if covers["added"]:
        verb = "belongs" if covers["added"] == 1 else "belong"
        yield _text(
            f"{covers['chosen']} selected; {covers['added']} more {verb} to them: "
            "answers, claims that they answer, and restatements."
        )
    if values["quotes"]:
        yield _text(f"{values['quotes']}.")
    yield from _gaps(values)
    if len(briefing.sections) >= LONG:
        yield Contents()
    yield from position_tables(values, wording)
    for number, one in enumerate(zip(values["sections"], briefing.sections, strict=True), 1):
        yield from _section(wording, number, *one)
    yield from _unanswered(values, wording)
    yield from _timeline(values, wording)


def _coverage(covers: Values) -> str:
    return "; ".join(part for part in (covers["sizes"], covers["dates"]) if part)


def _gaps(values: Values) -> Iterator[Block]:
    if values["withheld"]:
        yield _text(f"{values['withheld']}.")
    if values["unread"]:
        strong = TextRun("This briefing has gaps:", TextStyle.STRONG)
        yield Paragraph(join(strong, " ", TextRun(values["lost"]), "."))
    elif values["gaps"]:
        yield Paragraph((TextRun("The data has errors:", TextStyle.STRONG),))
    for gap in values["gaps"]:
        yield ListItem((TextRun(gap),))
    if values["gaps"] and values["more_gaps"]:
        yield ListItem((TextRun(f"and {values['more_gaps']} more"),))


def _section(wording: Wording, number: int, values: Values, section: Section) -> Iterator[Block]:
    yield issue_heading(values)
    if values["question"] and (wording.ids or values["note"]):
        name = ("Issue: ", TextRun(values["issue"], TextStyle.CODE)) if wording.ids else ()
        between = ". " if wording.ids and values["note"] else ""
        yield Paragraph(join(*name, between, TextRun(values["note"]) if values["note"] else ""))
    for entry in values["entries"]:
        yield from _entry(wording, entry)
    if section.picture:
        title = f"Claims on the issue: {values['question'] or values['issue'] or 'none'}"
        yield Picture(section.picture, f"picture-{number}", title)


def _entry(wording: Wording, entry: Values) -> Iterator[Block]:
    """Yield a claim with its quotes and details, or the reference to where it has them."""
    depth = entry["depth"]
    if entry["again"]:
        yield _repeated(wording, entry, depth)
        return
    yield ListItem(claim(wording, entry), depth, ItemKind.CLAIM, f"claim-{entry['id']}")
    for quote in entry["quotes"]:
        yield ListItem(quoted(wording, quote), depth + 1, ItemKind.QUOTE)
    for detail in entry["details"]:
        label, name = TextRun(detail["label"]), detail["id"]
        value = (" ", reference(wording, name)) if name else (": ", TextRun(detail["text"]))
        yield ListItem(join(label, *value), depth + 1, ItemKind.DETAIL)


def _repeated(wording: Wording, entry: Values, depth: int) -> ListItem:
    """Return the reference to a claim, with its party and what it does."""
    party = TextRun(entry["party"], TextStyle.STRONG)
    runs = join(party, f" {entry['kind']}: see ", reference(wording, entry["id"]))
    return ListItem(runs, depth, ItemKind.REFERENCE)


def _unanswered(values: Values, wording: Wording) -> Iterator[Block]:
    yield Heading("No response on file")
    for entry in values["unanswered"]:
        yield ListItem(claim(wording, entry, loose=True))
        for answer in entry["answers"]:
            yield _repeated(wording, answer, 1)
    if not values["unanswered"]:
        yield _text("No claim is without a response on file.")


def _timeline(values: Values, wording: Wording) -> Iterator[Block]:
    yield Heading("Timeline")
    for entry in values["timeline"]:
        party = TextRun(entry["party"], TextStyle.STRONG)
        said = join(TextRun(entry["when"]), ": ", party, ": ", TextRun(entry["statement"]))
        yield ListItem(join(said, tail(wording, entry, loose=True)))
    if values["undated"]:
        names = [reference(wording, entry["id"]) for entry in values["undated"]]
        yield ListItem(join("No date on file: ", listed(names)))


def _summary(_: Briefing, values: Values, wording: Wording) -> Iterator[Block]:
    left_out = values["quotes"].replace(", and struck through", "")
    ending = f" This page leaves out {left_out}." if left_out else ""
    yield _text(f"In short: {_coverage(values['covers'])}.{ending}")
    yield from _gaps(values)
    for section in values["sections"]:
        yield issue_heading(section)
        yield from _stances(section)
        for entry in (one for one in section["entries"] if not one["lone"]):
            yield _short_entry(wording, entry)
        lone = [entry for entry in section["entries"] if entry["lone"]]
        if lone:
            yield ListItem((TextRun("No response on file:"),))
        for entry in lone:
            runs = join(claim(wording, entry), pointers(wording, entry))
            yield ListItem(runs, 1, ItemKind.CLAIM, f"claim-{entry['id']}")


def _short_entry(wording: Wording, entry: Values) -> ListItem:
    if entry["again"]:
        return _repeated(wording, entry, entry["depth"])
    silence = "" if entry["answered"] else "; no response on file"
    runs = join(claim(wording, entry), pointers(wording, entry), silence)
    return ListItem(runs, entry["depth"], ItemKind.CLAIM, f"claim-{entry['id']}")


def _stances(section: Values) -> Iterator[Block]:
    """Yield the positions on an issue, and the parties without one."""
    parts: list[Runs] = []
    if section["held"]:
        held = [
            join(TextRun(one["party"], TextStyle.STRONG), " ", TextRun(one["position"]))
            for one in section["held"]
        ]
        parts.append(join("Positions: ", listed(held, "; "), "."))
    if section["heard"]:
        parts.append(join(f"No position on file: {', '.join(section['heard'])}."))
    if parts and section["silent"]:
        parts.append(join(f"Silent: {', '.join(section['silent'])}."))
    if parts:
        yield Paragraph(listed(parts, " "))


def _contradictions(_: Briefing, values: Values, wording: Wording) -> Iterator[Block]:
    quotes = f" {values['quotes']}." if values["quotes"] else ""
    yield _text(f"What is contested among {_coverage(values['covers'])}.{quotes}")
    yield from _gaps(values)
    yield from contested_tables(values["contradictions"], wording)
    if not values["contradictions"] and not values["elsewhere"]:
        yield _text("No claim is contested.")
    if values["elsewhere"]:
        yield Heading("Contested by claims outside this selection")
    for entry in values["elsewhere"]:
        yield ListItem(join(claim(wording, entry, loose=True), pointers(wording, entry)))
    if values["beside"]:
        yield Heading("Other answers to these claims")
    for entry in values["beside"]:
        yield ListItem(claim(wording, entry, loose=True))


def _text(text: str) -> Paragraph:
    return Paragraph((TextRun(text),))


_TEMPLATES: Mapping[str, Callable[[Briefing, Values, Wording], Iterator[Block]]] = {
    "briefing": _briefing,
    "summary": _summary,
    "contradictions": _contradictions,
}
