"""The claims of a static site as data of its search: ``data/claims.js``.

``assets/query.js`` reads it. It is a script that sets one variable, since browsers refuse to read
other files from ``file://``. A column of claims is a list of its different values, and for each
claim the number of its value.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec
from markupsafe import escape

from claimcli.core.comment_requests import reply_state
from claimcli.core.dates import DATE_FORMS, Date
from claimcli.core.implied import mentioned_parties
from claimcli.core.query import (
    CHOICE_FIELDS,
    DATE_FIELDS,
    EVERYTHING,
    FIELDS,
    PATTERN_FIELDS,
    WILD_FIELDS,
    Has,
    Request,
    Scope,
)
from claimcli.core.query_parser import (
    EXAMPLES,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TERMS,
    WITH_SLASHES,
    term_text,
)
from claimcli.core.records import Claim, Dossier, Status, party_label
from claimcli.core.text.escaping import visible
from claimcli.core.text.normal_forms import QUOTES
from claimcli.dossier.index.facets import ABSENT, MAX_VALUES, WITHOUT
from claimcli.dossier.index.id_parts import MOST
from claimcli.dossier.index.resolve import MAX_CANDIDATES
from claimcli.dossier.index.rows import moments
from claimcli.dossier.index.where import UNSPACED
from claimcli.web.facets import facet_title
from claimcli.web.links import Links
from claimcli.web.parts import Views, file_and_line, status_label
from claimcli.web.reader import Reader
from claimcli.web.render import render_part
from claimcli.web.site.letters import letters

Column = tuple[list[Any], list[int]]
STATEMENT, ID = "\x01", "\x02"
"""Placeholders of the statement and the id of a claim in the HTML of its row."""
_LANGUAGE = {
    "fields": FIELDS,
    "dates": DATE_FIELDS,
    "patterns": PATTERN_FIELDS,
    "wild": WILD_FIELDS,
    "slashed": WITH_SLASHES,
    "choices": CHOICE_FIELDS,
    "examples": EXAMPLES,
    "forms": DATE_FORMS,
    "quotes": QUOTES,
    "unspaced": UNSPACED,
    "length": MAX_LENGTH,
    "terms": MAX_TERMS,
    "depth": MAX_DEPTH,
    "candidates": MAX_CANDIDATES,
    "parts": MOST,
}


def search_data(reader: Reader, links: Links) -> bytes:
    """Return the script with the claims; ``links`` are those of the page that shows the results."""
    request = Request(query=EVERYTHING, scope=Scope.ALL, opposition=True)
    data = claims_data(reader.read(request), links)
    return b"var claimcliData = " + msgspec.json.encode(data) + b";\n"


def claims_data(dossier: Dossier, links: Links) -> dict[str, Any]:
    """Return the selected claims of a dossier, in order, and the names that queries can use."""
    claims = dossier.claims
    numbers = {claim.id: number for number, claim in enumerate(claims)}
    statements = [claim.statement for claim in claims]
    quotes = [" \ue000 ".join(c.quote for c in claim.citations if c.quote) for claim in claims]
    notes = [claim.note or "" for claim in claims]
    columns, names = _columns(dossier), _names(dossier)
    people = [name for name in (*columns["speaker"][0], *columns["relayed"][0]) if name]
    return {
        "language": _LANGUAGE,
        "letters": letters((*statements, *quotes, *notes, *people)),
        **names,
        "ids": [claim.id for claim in claims],
        "statements": statements,
        "quotes": _some(quotes),
        "notes": _some(notes),
        "opposes": _some(
            [numbers[a.claim] for a in claim.responds_to if a.kind.opposes and a.claim in numbers]
            for claim in claims
        ),
        "columns": columns,
        "facets": tuple(_facets(dossier, (party["id"] for party in names["parties"]))),
        "most": MAX_VALUES,
        "list": links.to("claims"),
        "rows": _rows(dossier, links),
    }


def _names(dossier: Dossier) -> dict[str, Any]:
    """Return the ids and names that queries can use, apart from those in columns of claims."""
    registered = [party for party in dossier.parties.values() if party.registered]
    mentioned = mentioned_parties(dossier.claims, registered)
    ids = sorted({*mentioned, *(party.id for party in registered)})
    known = {party.id: party for party in registered}
    return {
        "parties": [
            {
                "id": name,
                "part_of": known[name].part_of,
                "names": (known[name].label, *known[name].aliases),
            }
            if name in known
            else {"id": name}
            for name in ids
        ],
        "speakers": sorted({name for party in registered for name in party.speakers}),
        "issues": sorted(dossier.issues),
        "sources": sorted(dossier.sources),
        "events": sorted(dossier.events),
        "tagged": sum(len(set(claim.tags)) for claim in dossier.claims),
    }


def _facets(dossier: Dossier, parties: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield each facet with the label of each value, and the condition that is not ``field:value``.

    A party has the class of its colour and line, too.
    """
    tags = {tag for claim in dossier.claims for tag in claim.tags}
    labels: dict[str, Mapping[str, str]] = {
        "party": {name: party_label(dossier, name) for name in parties},
        "issue": {name: issue.question or name for name, issue in dossier.issues.items()},
        "status": {status.value: status_label(status) for status in Status},
        "source": {name: source.title for name, source in dossier.sources.items()},
        "tag": {tag: tag for tag in sorted(tags)},
        "when": {},
    }
    views = Views(dossier)
    for field, names in labels.items():
        values: dict[str, str | tuple[str, str]] = {}
        for name, label in names.items():
            term = term_text(field, name)
            plain = term == f"{field}:{name}"
            values[name] = visible(label) if plain else (visible(label), term)
        if field in WITHOUT:
            values[""] = (WITHOUT[field], ABSENT[field])
        looks = {name: views.party(name).look for name in names} if field == "party" else None
        yield {"field": field, "title": facet_title(field), "labels": values, "looks": looks}


def _some(values: Iterable[Any]) -> dict[int, Any]:
    """Return the values that are not empty, by the number of their claim."""
    return {number: value for number, value in enumerate(values) if value}


def _columns(dossier: Dossier) -> dict[str, Column]:
    def published(claim: Claim) -> tuple[Any, ...]:
        cited = (dossier.sources.get(citation.source) for citation in claim.citations)
        return tuple(_date(source.published) for source in cited if source and source.published)

    def asked(claim: Claim) -> tuple[Any, ...]:
        return tuple(
            (reply_state(dossier, claim, request).value, moments(request.due)[2])
            for request in claim.asked
        )

    locations = {claim.location.path: claim.location for claim in dossier.claims}
    files = {
        path: file_and_line(dossier, location).rpartition(":")[0]
        for path, location in locations.items()
    }
    columns: dict[str, Callable[[Claim], Hashable]] = {
        "parties": lambda claim: claim.parties,
        "speaker": lambda claim: claim.speaker,
        "relayed": lambda claim: claim.reports.speaker if claim.reports else None,
        "issue": lambda claim: claim.issue,
        "position": lambda claim: claim.position,
        "event": lambda claim: claim.event,
        "tags": lambda claim: tuple(sorted(set(claim.tags))),
        "sources": lambda claim: claim.source_ids,
        "kinds": lambda claim: tuple(sorted({answer.kind.value for answer in claim.responds_to})),
        "status": lambda claim: dossier.statuses[claim.id].value,
        "has": lambda claim: tuple(what for what in Has if _has(dossier, claim, what)),
        "asked": asked,
        "said": lambda claim: _date(claim.said),
        "when": lambda claim: _date(claim.when),
        "about": lambda claim: _date(claim.about),
        "published": published,
        "file": lambda claim: files[claim.location.path],
    }
    return {name: _column(map(value, dossier.claims)) for name, value in columns.items()}


def _column(values: Iterable[Hashable]) -> Column:
    numbers: dict[Hashable, int] = {}
    at = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), at


def _date(date: Date | None) -> str | tuple[str, ...] | None:
    """Return a date as written; one that is only an end as this moment, if known also in UTC."""
    if date is None or not date.no_later:
        return date.text if date else None
    moment = date.latest.isoformat()
    return (moment, date.utc[1].isoformat()) if date.utc else (moment,)


def _has(dossier: Dossier, claim: Claim, what: Has) -> bool:
    """Return whether ``has:`` finds a claim, as :mod:`claimcli.dossier.index.where` defines it."""
    kinds = [kind for _, kind in dossier.answers.get(claim.id, ())]
    found: dict[Has, object] = {
        Has.REBUTTAL: [kind for kind in kinds if kind.opposes],
        Has.RESPONSE: [kind for kind in kinds if not kind.opposes],
        Has.ANSWER: claim.id in dossier.answered,
        Has.TARGET: claim.responds_to,
        Has.SOURCE: claim.citations,
        Has.QUOTE: [cited for cited in claim.citations if cited.quote],
        Has.TRANSLATION: [cited for cited in claim.citations if cited.translation],
        Has.LOCATOR: [cited for cited in claim.citations if cited.locator],
        Has.TAG: claim.tags,
    }
    return bool(found[what] if what in found else getattr(claim, what.value))


def _rows(dossier: Dossier, links: Links) -> tuple[list[str], list[list[int]]]:
    """Return the HTML of the claims' rows: its parts, the most frequent first, and their numbers.

    The parts are texts and the markup between them; the statement and the id are placeholders.
    """
    views = Views(dossier)
    html = render_part(
        "search_rows.html.j2", {"rows": [views.claim(claim) for claim in dossier.claims]}, links
    )
    rows = [
        _BETWEEN.split(_without_text(row, claim))
        for claim, row in zip(dossier.claims, html.split("<!-- row -->\n"), strict=False)
    ]
    parts = [part for part, _ in Counter(chain.from_iterable(rows)).most_common()]
    numbers = {part: number for number, part in enumerate(parts)}
    return parts, [[numbers[part] for part in row] for row in rows]


_BETWEEN = re.compile(f"(?<=[>])(?=[^<{STATEMENT}{ID}])|(?<=[^>{STATEMENT}{ID}])(?=<)")


def _without_text(row: str, claim: Claim) -> str:
    if visible(claim.statement) == claim.statement:
        row = row.replace(f">{escape(claim.statement)}<", f">{STATEMENT}<")
    return row.replace(claim.id, ID).replace(">\n<", "><").strip()
