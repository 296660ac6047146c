"""The formats of the changes between two states of a dossier, and messages about them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from claimcli.analysis.changes import ChangeEntry, ChangeKind, Changes, count_changes
from claimcli.analysis.field_values import FieldDifference, FieldValue
from claimcli.analysis.list import OWN_FIELDS, citation_fields, claim_record
from claimcli.core.records import Claim, Dossier
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown
from claimcli.core.text.suggestions import did_you_mean
from claimcli.core.text.word_diff import Segment, compare_words, plural
from claimcli.formats.claim_text import name_and_date, segment_data
from claimcli.history.compare import Comparison, ReadFailures

FEW = 10
"""Maximum number of notes on ignored files; a symbolic link can lead to any number."""
NO_CHANGES = "no changes"
HEADINGS = {
    ChangeKind.NEW: "New",
    ChangeKind.GONE: "Gone",
    ChangeKind.RENAMED: "Renamed",
    ChangeKind.CHANGED: "Changed",
}
_SENTENCES = ("statement", "note", "title", "question")
"""Fields of which both texts are shown with the differing words marked."""
_LABELS = {
    "new_claims": "new claim{s}",
    "new_rebuttals": "new rebuttal{s}",
    "new_responses": "new response{s}",
    "gone": "gone",
    "renamed": "renamed",
    "reworded": "reworded",
    "positions_changed": "position{s} changed",
    "quotes_changed": "with other quotes",
    "attributed_otherwise": "with another attribution",
    "answers_changed": "with other answers",
    "newly_contested": "newly contested",
    "no_longer_contested": "no longer contested",
    "otherwise_changed": "with other changes",
    "registered": "in the registries",
}


class DifferenceLine(Struct, frozen=True):
    """A difference or one side of it: field, ``-`` or ``+`` for one side, segments of the text."""

    label: str
    sign: str
    segments: tuple[Segment, ...]


def lines(difference: FieldDifference) -> tuple[DifferenceLine, ...]:
    """Return a difference as lines: both sides, or one text with an arrow."""
    label = difference.field.replace("_", " ")
    old, new = difference.before, difference.after
    if isinstance(old, str) and isinstance(new, str):
        if difference.field not in _SENTENCES:
            return (DifferenceLine(label, "", _whole(f"{old} → {new}")),)
        before, after = compare_words(old, new)
        return DifferenceLine(label, "-", before), DifferenceLine(label, "+", after)
    return (
        *(DifferenceLine(label, "-", _whole(text)) for text in _each(old)),
        *(DifferenceLine(label, "+", _whole(text)) for text in _each(new)),
    )


def _whole(text: str) -> tuple[Segment, ...]:
    return (Segment(text, differs=False),)


def _each(value: FieldValue) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value or ()


def claim_summary(claim: Claim) -> str:
    """Return the parties, speaker, date, issue, position and answered claims of a claim."""
    parts = [" and ".join(claim.parties)]
    parts += filter(None, [name_and_date(claim.speaker or "", claim.said)])
    if claim.issue:
        parts.append(f"on {claim.issue}")
    if claim.position:
        parts.append(f"position: {claim.position}")
    parts += [f"{answer.kind.label}: {answer.claim}" for answer in claim.responds_to]
    return ", ".join(parts)


def record_summary(entry: ChangeEntry) -> str:
    """Return the type of a record, and its old id if it was renamed."""
    was = f", was {entry.old_id}" if entry.old_id else ""
    return f"{entry.record_type.value}{was}"


def summary(changes: Changes) -> str:
    """Return the number of changes in each category, in words."""
    counts = count_changes(changes)
    parts = [
        f"{number} {words.format(s='' if number == 1 else 's')}"
        for name, words in _LABELS.items()
        if (number := counts[name])
    ]
    return ", ".join(parts) or NO_CHANGES


def files_read(comparison: Comparison, ends: tuple[str, str]) -> str:
    """Return the number of files read of each state, in words."""
    if not comparison.before and not comparison.after:
        return "no file differs"
    unchanged = (
        f", and {comparison.unchanged} more that did not change" if comparison.unchanged else ""
    )
    before, after = plural(comparison.before, "file"), f"{comparison.after:,}"
    return f"read {before} of {ends[0]} and {after} of {ends[1]}{unchanged}"


def first_notes(left_out: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first notes on ignored files, and the number of further ones."""
    more = len(left_out) - FEW
    return (*left_out[:FEW], f"note: and {more} more are left out") if more > 0 else left_out


def gap_warning(failures: ReadFailures) -> str:
    """Return a warning about what could not be read of one state."""
    lost = f"{failures.note}, " if failures.note else ""
    return (
        f"warning: of '{failures.label}' {lost}{plural(failures.errors, 'error')}, the first at "
        f"{failures.first.span}: {failures.first.message}; what that hides can show as new or gone"
    )


def unmatched_filters(changes: Changes, parties: Iterable[str], issues: Iterable[str]) -> list[str]:
    """Return a note for each given party or issue without a change."""
    claims = [c for e in changes.entries for c in (e.before, e.after, *e.answered) if c]
    filters = (
        ("party", parties, {party for claim in claims for party in claim.parties}),
        ("issue", issues, {claim.issue for claim in claims if claim.issue}),
    )
    return [
        f"note: no claim of {what} '{name}' changed; {did_you_mean(name, known)}".rstrip("; ")
        for what, names, known in filters
        for name in names
        if name not in known
    ]


def data(comparison: Comparison, changes: Changes, ends: tuple[str, str]) -> dict[str, Any]:
    """Return ``{from, to, summary, changes: [...], gaps: [...], read: {from, to, beside}}``.

    A gap says what could not be read of one state: ``{of, unread, errors, first}``.

    Each change has ``change, what, id, was, label, before, after, fields``. ``before`` and
    ``after`` are claims as in ``list``, without fields that depend on other claims, or null. A
    field is ``{field, before, after}``, for a statement also ``words``, the segments of both.
    """
    return {
        "from": ends[0],
        "to": ends[1],
        **changes_data(changes),
        "gaps": [
            {"of": one.label, "unread": one.unread, "errors": one.errors, "first": str(one.first)}
            for one in comparison.failures
        ],
        "read": {"from": comparison.before, "to": comparison.after, "beside": comparison.unchanged},
    }


def changes_data(changes: Changes) -> dict[str, Any]:
    """Return ``{summary, changes: [...]}``, the part of :func:`data` that two dossiers give."""
    return {
        "summary": count_changes(changes),
        "changes": [_entry(entry) for entry in changes.entries],
    }


def _entry(entry: ChangeEntry) -> dict[str, Any]:
    return {
        "change": entry.kind.value,
        "what": entry.record_type.value,
        "id": entry.id,
        "was": entry.old_id,
        "label": entry.label or None,
        "before": _claim(entry.before),
        "after": _claim(entry.after),
        "fields": [_field(one) for one in entry.differences],
    }


def _claim(claim: Claim | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    sources = [citation_fields(citation) for citation in claim.citations]
    return {**claim_record(Dossier(), claim, OWN_FIELDS), "sources": sources}


def _field(one: FieldDifference) -> dict[str, Any]:
    data: dict[str, Any] = {"field": one.field, "before": one.before, "after": one.after}
    if one.field == "statement" and isinstance(one.before, str) and isinstance(one.after, str):
        sides = zip(("before", "after"), compare_words(one.before, one.after), strict=True)
        data["words"] = {side: segment_data(segments) for side, segments in sides}
    return data


def markdown(changes: Changes, ends: tuple[str, str], gaps: Iterable[ReadFailures] = ()) -> str:
    """Return escaped markdown for a pull request; warnings about unread data come first."""
    start, end = map(for_markdown, ends)
    warnings = "".join(f"**{for_markdown(gap_warning(one))}**\n\n" for one in gaps)
    parts = [f"## Accounts, from {start} to {end}\n\n{warnings}{summary(changes)}\n"]
    for change, heading in HEADINGS.items():
        entries = [entry for entry in changes.entries if entry.kind is change]
        if entries:
            parts.append(f"\n### {heading}\n\n")
            parts += map(_item, entries)
    return "".join(parts)


def _item(entry: ChangeEntry) -> str:
    claim = entry.claim
    head = f"- `{entry.id}` {for_markdown(record_summary(entry))}"
    if claim:
        head += f" ({for_markdown(claim_summary(claim))})"
    if entry.kind is not ChangeKind.CHANGED or not claim:
        text = claim.statement if claim else entry.label
        head += f": {for_markdown(text)}" if text else ""
    differences = (line for one in entry.differences for line in lines(one))
    return "".join((f"{head}\n", *map(_difference, differences)))


def _difference(line: DifferenceLine) -> str:
    mark = {"-": "~~", "+": "**", "": ""}[line.sign]
    pieces = (
        f"{mark}{for_markdown(p.text)}{mark}" if p.differs else for_markdown(p.text)
        for p in line.segments
    )
    side = {"-": ", before", "+": ", now", "": ""}[line.sign]
    return f"  - {line.label}{side}: {' '.join(pieces)}\n"


WRITERS: Mapping[str, Callable[[Comparison, Changes, tuple[str, str]], str]] = {
    "table": lambda _, changes, __: tsv(changes.table()),
    "tsv": lambda _, changes, __: tsv(changes.table()),
    "json": lambda comparison, changes, ends: to_json(data(comparison, changes, ends)),
    "md": lambda comparison, changes, ends: markdown(changes, ends, comparison.failures),
}
