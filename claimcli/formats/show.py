"""One claim in full, as labelled lines: for a screen, for a pipe, for markdown, as data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.analysis.list import claim_record
from claimcli.analysis.show import Reply, Thread
from claimcli.core.provenance import rests_on
from claimcli.core.records import Citation, Claim, Dossier, Party
from claimcli.core.table import to_json, to_yaml
from claimcli.core.text.escaping import for_markdown, for_tsv


class Line(Struct, frozen=True):
    """A labelled text; ``depth`` indents it, ``link`` is where it leads."""

    label: str
    text: str
    depth: int = 0
    link: str | None = None


def card(dossier: Dossier, thread: Thread) -> tuple[Line, ...]:
    """Return a claim as lines."""
    claim = thread.claim
    lines = [
        Line("claim", claim.id),
        Line("statement", claim.statement),
        Line("party", " and ".join(_label(dossier, party) for party in claim.parties)),
        *_optional(claim),
        Line("status", thread.status.value),
    ]
    if claim.reports:
        relayed = _who(dossier, claim.reports.party, claim.reports.speaker)
        lines.append(Line("relays", relayed))
    for citation in claim.citations:
        lines += _source(dossier, citation)
    if told := rests_on(dossier, claim):
        lines.append(Line("rests on", told))
    for above, kind in thread.above:
        lines.append(Line("answers", f"{above.id} ({kind.label}): {above.statement}"))
    lines += [_reply(dossier, reply) for reply in thread.replies]
    if not thread.replies:
        lines.append(Line("answer", "no response on file"))
    lines += [Line("restated by", f"{c.id}: {c.statement}") for c in thread.restated_by]
    return (*lines, Line("file", f"{claim.location.path}:{claim.location.span.line}"))


def _optional(claim: Claim) -> Iterator[Line]:
    """Yield the fields that need no other words than their own."""
    for name in claim.__struct_fields__:
        if name not in _IN_WORDS and (value := getattr(claim, name)):
            yield Line(name, _text(value))


_IN_WORDS = ("id", "parties", "statement", "location", "reports", "citations", "responds_to")


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _source(dossier: Dossier, citation: Citation) -> Iterator[Line]:
    source = dossier.sources.get(citation.source)
    if source is None:
        yield Line("source", f"{citation.source} (not on file)")
    else:
        parts = filter(None, (getattr(source, name) for name in _DESCRIBED))
        described = ", ".join(map(str, parts))
        yield Line("source", f"{citation.source}: {described}", link=source.url)
        for name in source.__struct_fields__:
            if name not in (*_DESCRIBED, *_BOOKKEEPING) and (value := getattr(source, name)):
                yield Line(f"source {name.replace('_', ' ')}", _text(value), depth=1)
    if citation.quote:
        place = f" ({citation.locator})" if citation.locator else ""
        yield Line("quote", f'"{citation.quote}"{place}', depth=1)
    elif citation.locator:
        yield Line("locator", citation.locator, depth=1)
    for name in citation.__struct_fields__:
        if name not in ("source", "location", "quote", "locator") and (
            value := getattr(citation, name)
        ):
            yield Line(name, f'"{value}"', depth=1)


_DESCRIBED = ("title", "author", "outlet", "published")
_BOOKKEEPING = ("id", "location", "text", "sha256", "accessed")
"""Not shown: what only commands read that fetch and check texts."""


def _reply(dossier: Dossier, reply: Reply) -> Line:
    kind = reply.kind.label if reply.kind else "answers"
    when = f", {reply.claim.said}" if reply.claim.said else ""
    again = " (shown above)" if reply.shown_above else ""
    who = _who(dossier, reply.claim.party, reply.claim.speaker)
    text = f"{who}{when} {kind}: {reply.claim.statement} [{reply.claim.id}]{again}"
    return Line("answer", text, depth=reply.depth)


def _label(dossier: Dossier, party: str) -> str:
    found: Party | None = dossier.parties.get(party)
    return found.label if found else party


def _who(dossier: Dossier, party: str | None, speaker: str | None) -> str:
    label = _label(dossier, party) if party else ""
    return f"{speaker} ({label})" if speaker and label else speaker or label


def as_tsv(dossier: Dossier, threads: Iterable[Thread]) -> str:
    """Return ``field`` and ``value`` lines, one claim after another."""
    lines = (line for thread in threads for line in card(dossier, thread))
    rows = (
        f"{for_tsv(line.label)}\t{'  ' * (line.depth - 1)}{for_tsv(line.text)}\n" for line in lines
    )
    return "field\tvalue\n" + "".join(rows)


def as_markdown(dossier: Dossier, threads: Iterable[Thread]) -> str:
    """Return a heading for each claim and a list of its fields."""
    return "\n".join(_markdown(card(dossier, thread)) for thread in threads)


def _markdown(lines: tuple[Line, ...]) -> str:
    rows = (
        f"{'  ' * max(line.depth - 1, 0)}- {line.label}: {for_markdown(line.text)}\n"
        for line in lines[1:]
    )
    return f"## {for_markdown(lines[0].text)}\n\n{''.join(rows)}"


def records(dossier: Dossier, threads: Iterable[Thread]) -> list[dict[str, Any]]:
    """Return each claim as in a listing, with its thread of answers to any depth."""
    return [
        {
            **claim_record(dossier, thread.claim),
            "thread": [
                {
                    "depth": reply.depth,
                    "id": reply.claim.id,
                    "party": reply.claim.party,
                    "kind": reply.kind.value if reply.kind else None,
                    "statement": reply.claim.statement,
                }
                for reply in thread.replies
            ],
        }
        for thread in threads
    ]


WRITERS: Mapping[str, Callable[[Dossier, Iterable[Thread]], str]] = {
    "table": as_tsv,
    "md": as_markdown,
    "json": lambda dossier, threads: to_json(records(dossier, threads)),
    "yaml": lambda dossier, threads: to_yaml(records(dossier, threads)),
}
