"""Two accounts side by side, and the pairs of parties that can be compared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from claimcli.analysis.account_pairs import account_pairs
from claimcli.analysis.diff import Diff, DiffRow
from claimcli.analysis.diff import diff as diff_of
from claimcli.core.party_names import speaker_label
from claimcli.core.positions import distinct_positions
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import Relation, relation_named
from claimcli.core.response_kinds import Kind
from claimcli.core.text.word_diff import plural
from claimcli.formats.diff import empty_side_note, rows_by_issue, statement_segments
from claimcli.web.page import Page, PageRequest, no_such_record
from claimcli.web.parts import PartyView, Views
from claimcli.web.quotes import language_of
from claimcli.web.reader import Reader

MOST_ROWS = 300
"""Rows of one page; a query selects others."""
MOST_PAIRS = 500
"""Pairs of parties that the page of pairs lists."""
_ONE_ACCOUNT = (Relation.ONLY_LEFT, Relation.ONLY_RIGHT)
_GROUPS = {
    "contested": (Relation.CONTESTED,),
    "qualified": (Relation.QUALIFIED,),
    "agreed": (Relation.AGREED,),
    "parallel": (Relation.PARALLEL,),
    "with one account": _ONE_ACCOUNT,
}
"""What the relations of rows are called, the strongest first."""
_NAMES = {relation: name for name, group in _GROUPS.items() for relation in group}


def page(request: PageRequest) -> Page:
    """Return the comparison of two parties."""
    left, right = request.ids["left"], request.ids["right"]
    query = parse_query(request.query)
    only = named_relations(request.options.get("only", ""))
    refuse_unknown_parties(request.reader, (left, right))
    dossier = request.reader.read(Request(query=query, parties=(left, right)))
    every = diff_of(dossier, left, right)
    rows = [row for row in every.rows if not only or row.relation in only]
    result = replace(every, rows=tuple(rows[:MOST_ROWS]))
    views = Views(dossier)
    parties = [views.party(name) for name in (left, right)]
    values = {
        "parties": parties,
        "counts": _counts(every),
        "questions": plural(len(every.strongest_relations()), "question"),
        "only": request.options.get("only", ""),
        "issues": [_issue(views, result, rows, parties) for _, rows in _contested_first(result)],
        "more": len(rows) - len(result.rows),
    }
    names = " and ".join(party.name for party in parties)
    return Page(title=f"{names}: their accounts", template="diff.html.j2", values=values)


def refuse_unknown_parties(reader: Reader, names: Iterable[str]) -> None:
    """Raise NoSuchPageError if the dossier does not have one of the parties."""
    known = reader.read(Request(limit=0)).parties
    for name in names:
        if name not in known:
            raise no_such_record("party", name, known)


def pairs_page(request: PageRequest) -> Page:
    """Return the pairs of parties whose accounts meet."""
    scope = Scope.ISSUES if request.query else Scope.ANSWERS
    dossier = request.reader.read(Request(query=parse_query(request.query), scope=scope))
    views = Views(dossier)
    found = account_pairs(dossier)
    rows = [
        {
            "left": views.party(pair.left),
            "right": views.party(pair.right),
            "questions": pair.questions,
            "answers": pair.answers,
            "opposing": pair.opposing,
        }
        for pair in found[:MOST_PAIRS]
    ]
    values = {"pairs": rows, "more": len(found) - len(rows)}
    return Page(title="Compare two accounts", template="compare.html.j2", values=values)


def pairs(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the pairs of parties with a row that is not one-sided."""
    dossier = reader.read(Request(scope=Scope.ANSWERS))
    return ((pair.left, pair.right) for pair in account_pairs(dossier))


def named_relations(words: str) -> set[Relation]:
    """Return the relations with some names, separated by commas. Raises ClaimcliError."""
    return {relation_named(word.strip()) for word in words.split(",") if word.strip()}


def _counts(diff: Diff) -> list[dict[str, Any]]:
    """Return the number of questions by their strongest relation."""
    counted = Counter(_NAMES[relation] for relation in diff.strongest_relations().values())
    return [
        {"name": name, "number": counted[name], "only": ",".join(_GROUPS[name])}
        for name in _GROUPS
        if counted[name]
    ]


def _contested_first(diff: Diff) -> list[tuple[str, list[DiffRow]]]:
    """Return the rows under their issues, those with the strongest relation first."""
    return sorted(rows_by_issue(diff), key=lambda group: group[1][0].relation.strength)


def _issue(
    views: Views, diff: Diff, rows: list[DiffRow], parties: list[PartyView]
) -> dict[str, Any]:
    issue = rows[0].issue
    return {
        "id": issue or "",
        "question": views.question(issue) or "Claims on no question",
        "rows": [_row(views, diff, row, parties) for row in rows],
    }


def _row(views: Views, diff: Diff, row: DiffRow, parties: list[PartyView]) -> dict[str, Any]:
    sides = zip(parties, diff.sides(row), strict=True)
    return {
        "relation": _NAMES[row.relation].removeprefix("with "),
        "reasons": list(_reasons(views, diff, row)),
        "words": _words(row, [party.name for party in parties]),
        "sides": [
            {
                "party": party,
                "claims": [_claim(views, row, claim, account) for claim in claims],
                "silence": "" if claims else _silence(diff.dossier, row, account),
            }
            for party, (account, claims) in sides
        ],
    }


def _silence(dossier: Dossier, row: DiffRow, account: str) -> str:
    note = empty_side_note(dossier, row, account)
    return "no claim on file on this question" if note == "nothing on file on this" else note


def _reasons(views: Views, diff: Diff, row: DiffRow) -> Iterator[dict[str, Any]]:
    """Yield who gives which kind of answer to claims of the other side, the strongest first."""
    sides = {claim.id: set[str]() for _, claims in diff.sides(row) for claim in claims}
    for party, claims in diff.sides(row):
        for claim in claims:
            sides[claim.id].add(party)
    found: dict[tuple[tuple[str, ...], Kind], None] = {}
    for claim in (*row.left, *row.right):
        for answer in claim.responds_to:
            crosses = sides.get(answer.claim, set()) | sides[claim.id]
            if answer.claim in sides and len(crosses) > 1:
                found[claim.parties, answer.kind] = None
    order = list(Kind)
    for parties, kind in sorted(found, key=lambda one: order.index(one[1])):
        yield {"parties": views.parties(parties), "words": kind.label}


def _words(row: DiffRow, names: list[str]) -> str:
    """Return a relation in words, if no answer is the reason for it."""
    if row.relation in _ONE_ACCOUNT:
        return f"only {names[row.relation is Relation.ONLY_RIGHT]} speaks"
    positions = " / ".join(distinct_positions((*row.left, *row.right)))
    if row.relation is Relation.CONTESTED and positions:
        return f"the positions differ, {positions}"
    if row.relation is Relation.AGREED:
        return f"the same position, {positions}" if positions else "one restates the other"
    both = row.left and row.right
    return "both speak, neither answers the other" if both else "no answer to this claim"


def _claim(views: Views, row: DiffRow, claim: Claim, account: str) -> dict[str, Any]:
    dossier = views.dossier
    who = speaker_label(dossier, claim, account)
    quoted = [(citation, dossier.sources.get(citation.source)) for citation in claim.citations]
    return {
        "view": views.claim(claim),
        "who": "" if claim.parties == (account,) and not claim.speaker else who,
        "segments": statement_segments(row, claim),
        "quotes": [
            {"text": citation.quote, "language": language_of(source)}
            for citation, source in quoted
            if citation.quote
        ],
        "sources": [
            {
                "id": name if (source := dossier.sources.get(name)) else "",
                "title": source.title if source else name,
                "language": language_of(source),
            }
            for name in claim.source_ids
        ],
    }
