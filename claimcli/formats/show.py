"""The formats of records in full."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.analysis.list import claim_record, location_fields, record_fields
from claimcli.analysis.show import RecordCard, Reply, Thread
from claimcli.core.comment_requests import request_words
from claimcli.core.party_names import parties_label, speaker_label
from claimcli.core.provenance import origins_text
from claimcli.core.records import Citation, Claim, Dossier, opposition_of, party_label
from claimcli.core.relations import linked_groups, marks_in_parentheses, restatement_links
from claimcli.core.schema import RECORD_KINDS
from claimcli.core.table import to_json, to_yaml
from claimcli.core.text.escaping import for_markdown, for_tsv
from claimcli.formats.claim_text import name_and_date, opposer_text


class LabelledLine(Struct, frozen=True):
    """A text with a label; ``depth`` is its indentation, ``link`` a URL."""

    label: str
    text: str
    depth: int = 0
    link: str | None = None


def shown_lines(dossier: Dossier, shown: Thread | RecordCard) -> tuple[LabelledLine, ...]:
    """Return a record as lines: its id, then its statement, name, title or question, and more."""
    if isinstance(shown, Thread):
        return claim_lines(dossier, shown)
    return tuple(_record_lines(dossier, shown))


def _record_lines(dossier: Dossier, card: RecordCard) -> Iterator[LabelledLine]:
    names = {"party": "name", "issue": "question"}
    title = names.get(card.kind, "title")
    yield LabelledLine(card.kind, card.record.id)
    yield LabelledLine(title, getattr(card.record, title) or card.record.id)
    for name in RECORD_KINDS[card.kind].names:
        if name not in ("id", title) and (value := getattr(card.record, name)):
            link = value if name in ("url", "archive_url") else None
            yield LabelledLine(name.replace("_", " "), _text(value), link=link)
    for other in card.related:
        label = "member" if card.kind == "party" else "derived from it"
        yield LabelledLine(label, other)
    for claim in card.claims:
        yield from _claim_of_record(dossier, card, claim)
    if not card.claims:
        yield LabelledLine("claim", "no claims on file")
    path = card.record.location.path
    yield LabelledLine("file", f"{path}:{card.record.location.span.line}" if path else "no record")


def _claim_of_record(dossier: Dossier, card: RecordCard, claim: Claim) -> Iterator[LabelledLine]:
    who = name_and_date(speaker_label(dossier, claim, None), claim.when)
    position = f", position {claim.position}" if card.kind == "issue" and claim.position else ""
    status = dossier.statuses[claim.id].value
    mark = marks_in_parentheses(dossier, claim)
    yield LabelledLine("claim", f"{who}{position}: {claim.statement} [{claim.id}] {status}{mark}")
    for citation in claim.citations:
        if card.kind == "source" and citation.source == card.record.id and citation.quote:
            yield LabelledLine("quote", f'"{citation.quote}"', depth=2)


def claim_lines(dossier: Dossier, thread: Thread) -> tuple[LabelledLine, ...]:
    """Return a claim and its thread as lines."""
    claim = thread.claim
    lines = [
        LabelledLine("claim", claim.id),
        LabelledLine("statement", claim.statement),
        LabelledLine("party", parties_label(dossier, claim)),
        *_optional(claim),
        LabelledLine("status", thread.status.value),
    ]
    lines += [
        LabelledLine("asked", request_words(dossier, claim, request)) for request in claim.asked
    ]
    if claim.reports:
        relayed = _who(dossier, claim.reports.party, claim.reports.speaker)
        lines.append(LabelledLine("relays", relayed))
    for citation in claim.citations:
        lines += _source(dossier, citation)
    if basis := origins_text(dossier, claim):
        lines.append(LabelledLine("rests on", basis))
    if newer := dossier.superseded.get(claim.id):
        lines.append(LabelledLine("superseded by", newer))
    for above, kind in thread.above:
        mark = marks_in_parentheses(dossier, above)
        lines.append(LabelledLine("answers", f"{above.id} ({kind.label}){mark}: {above.statement}"))
    lines += [_reply(dossier, reply) for reply in thread.replies]
    if claim.id not in dossier.answered:
        lines.append(LabelledLine("answer", "no response on file"))
    elif not thread.replies and _restated_is_answered(dossier, claim):
        lines.append(LabelledLine("answer", "on file to a claim that says the same"))
    lines += _opposers(dossier, thread)
    lines += [LabelledLine("restated by", f"{c.id}: {c.statement}") for c in thread.restated_by]
    return (*lines, LabelledLine("file", f"{claim.location.path}:{claim.location.span.line}"))


def _optional(claim: Claim) -> Iterator[LabelledLine]:
    for name in claim.__struct_fields__:
        if name not in _SPECIAL and (value := getattr(claim, name)):
            yield LabelledLine("when" if name == "made_by" else name, _text(value))


_SPECIAL = (
    "id", "parties", "statement", "location", "reports", "citations", "responds_to", "asked",
)  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, tuple):
        return str(value)
    return ", ".join(" and ".join(one) if isinstance(one, tuple) else one for one in value)


def _source(dossier: Dossier, citation: Citation) -> Iterator[LabelledLine]:
    source = dossier.sources.get(citation.source)
    if source is None:
        yield LabelledLine("source", f"{citation.source} (not on file)")
    else:
        parts = filter(None, (getattr(source, name) for name in _DESCRIBED))
        described = ", ".join(map(str, parts))
        yield LabelledLine("source", f"{citation.source}: {described}", link=source.url)
        for name in source.__struct_fields__:
            if name not in (*_DESCRIBED, *_BOOKKEEPING) and (value := getattr(source, name)):
                yield LabelledLine(f"source {name.replace('_', ' ')}", _text(value), depth=1)
    if citation.quote:
        place = f" ({citation.locator})" if citation.locator else ""
        yield LabelledLine("quote", f'"{citation.quote}"{place}', depth=1)
    elif citation.locator:
        yield LabelledLine("locator", citation.locator, depth=1)
    for name in citation.__struct_fields__:
        if name not in _CITED and (value := getattr(citation, name)):
            yield LabelledLine(name, f'"{value}"', depth=1)


_CITED = ("source", "location", "quote", "locator")
_DESCRIBED = ("title", "author", "outlet", "published")
_BOOKKEEPING = ("id", "location", "text", "sha256", "accessed")
"""Not shown: fields that only the commands for texts use."""


def _reply(dossier: Dossier, reply: Reply) -> LabelledLine:
    kind = reply.kind.label if reply.kind else "answers"
    again = " (shown above)" if reply.shown_above else ""
    who = name_and_date(speaker_label(dossier, reply.claim, None), reply.claim.when)
    mark = marks_in_parentheses(dossier, reply.claim)
    text = f"{who} {kind}: {reply.claim.statement} [{reply.claim.id}]{mark}{again}"
    return LabelledLine("answer", text, depth=reply.depth)


def _restated_is_answered(dossier: Dossier, claim: Claim) -> bool:
    """Return whether a claim that says the same has an answer; a denial is contested without."""
    known = dossier.by_id
    groups = linked_groups(known, restatement_links(known.values(), known))
    (same,) = (group for group in groups if claim in group)
    return any(one.id in dossier.answers for one in same)


def _opposers(dossier: Dossier, thread: Thread) -> Iterator[LabelledLine]:
    """Yield the opposing claims that are not in the thread itself."""
    opposition = opposition_of(dossier, thread.claim.id)
    shown = {reply.claim.id for reply in thread.replies} | {above.id for above, _ in thread.above}
    for opposer in opposition.opposers:
        if opposer.id not in shown:
            yield LabelledLine("opposed by", opposer_text(dossier, opposer))
    if opposition.more:
        yield LabelledLine("opposed by", "further claims, which are not listed")


def _who(dossier: Dossier, party: str | None, speaker: str | None) -> str:
    label = party_label(dossier, party) if party else ""
    return f"{speaker} ({label})" if speaker and label else speaker or label


def tsv(dossier: Dossier, shown: Iterable[Thread | RecordCard]) -> str:
    """Return ``field`` and ``value`` columns, one record after another."""
    lines = (line for one in shown for line in shown_lines(dossier, one))
    rows = (
        f"{for_tsv(line.label)}\t{'  ' * (line.depth - 1)}{for_tsv(line.text)}\n" for line in lines
    )
    return "field\tvalue\n" + "".join(rows)


def markdown(dossier: Dossier, shown: Iterable[Thread | RecordCard]) -> str:
    """Return a heading for each record and a list of its fields."""
    return "\n".join(_markdown(shown_lines(dossier, one)) for one in shown)


def _markdown(lines: tuple[LabelledLine, ...]) -> str:
    rows = (
        f"{'  ' * max(line.depth - 1, 0)}- {line.label}: {for_markdown(line.text)}\n"
        for line in lines[1:]
    )
    return f"## {for_markdown(lines[0].text)}\n\n{''.join(rows)}"


def data(dossier: Dossier, shown: Iterable[Thread | RecordCard]) -> list[dict[str, Any]]:
    """Return each record: ``record`` is its kind.

    A claim is as in ``list``, with its whole thread of answers; another record has its fields and
    the ids of its ``claims``, a party also its ``members``, a source those ``derived`` from it.
    """
    return [_thread(dossier, one) if isinstance(one, Thread) else _record(one) for one in shown]


def _record(card: RecordCard) -> dict[str, Any]:
    related = {"party": "members", "source": "derived"}.get(card.kind)
    return {
        "record": card.kind,
        **record_fields(card.record),
        **({related: list(card.related)} if related else {}),
        "claims": [claim.id for claim in card.claims],
        **location_fields(card.record.location),
    }


def _thread(dossier: Dossier, thread: Thread) -> dict[str, Any]:
    replies = [
        {
            "depth": reply.depth,
            "id": reply.claim.id,
            "party": reply.claim.party,
            "kind": reply.kind.value if reply.kind else None,
            "statement": reply.claim.statement,
        }
        for reply in thread.replies
    ]
    return {"record": "claim", **claim_record(dossier, thread.claim), "thread": replies}


WRITERS: Mapping[str, Callable[[Dossier, Iterable[Thread | RecordCard]], str]] = {
    "table": tsv,
    "md": markdown,
    "json": lambda dossier, shown: to_json(data(dossier, shown)),
    "yaml": lambda dossier, shown: to_yaml(data(dossier, shown)),
}
