"""What queries and statuses mean, said as plainly as can be: each claim is compared with each term."""

import re
import unicodedata
from collections.abc import Iterator

from claimcli.core.dates import Date, no_later_than
from claimcli.core.query import All, MatchType, Node, Not, Some, Term
from claimcli.core.records import Claim, CommentRequest, Dossier, Status
from claimcli.core.response_kinds import Kind
from tests.support.naive_statuses import compare, is_answered, status

HAN = re.compile("[\u4e00-\u9fff]")


def fulfils(dossier: Dossier, claim: Claim, node: Node) -> bool:
    """Return whether a claim is among what a query asks for."""
    if isinstance(node, Not):
        return not fulfils(dossier, claim, node.node)
    if isinstance(node, All):
        return all(fulfils(dossier, claim, part) for part in node.nodes)
    if isinstance(node, Some):
        return any(fulfils(dossier, claim, part) for part in node.nodes)
    if node.field in ("said", "when", "about", "published"):
        return any(_lies_within(date, node) for date in _dates(dossier, claim, node.field))
    if node.field == "party":
        return bool(_members(dossier, node.text) & {*claim.parties})
    if node.field == "against":
        return any(_members(dossier, node.text) & {*target.parties}
                   for target, kind in _targets(dossier, claim) if kind.opposes)  # fmt: skip
    if node.field in ("asked", "has"):
        return _has(dossier, claim, node.text, field=node.field)
    return any(_text_fulfils(text, node) for text in _texts(dossier, claim, node.field))


def names_nothing(dossier: Dossier, term: Term) -> bool:
    """Return whether a term's word is to be told as a mistake: nothing on file is called so."""
    if term.field in ("party", "against"):
        return len(called(dossier, term.text)) != 1
    if term.test is MatchType.PATTERN or (term.test is MatchType.WORD and "*" in term.text):
        return False
    if term.test is MatchType.PREFIX and term.field == "position":
        return False
    known = {
        "issue": {*dossier.issues},
        "source": {*dossier.sources},
        "event": {*dossier.events},
        "speaker": {name for party in dossier.parties.values() for name in party.speakers},
    }.get(term.field, set())
    if term.field == "source":
        return not any(_text_fulfils(name, term) for name in known)
    if term.field in ("issue", "event", "tag", "position", "id", "speaker"):
        known = known | {
            text for claim in dossier.claims for text in _texts(dossier, claim, term.field)
        }
        return not any(_text_fulfils(text, term) for text in known)
    return False


def statuses(dossier: Dossier) -> dict[str, Status]:
    """Return every claim's status."""
    return {claim.id: status(dossier, claim) for claim in dossier.by_id.values()}


def _targets(dossier: Dossier, claim: Claim) -> Iterator[tuple[Claim, Kind]]:
    for answer in claim.responds_to:
        if answer.claim in dossier.by_id:
            yield dossier.by_id[answer.claim], answer.kind


def called(dossier: Dossier, word: str) -> set[str]:
    if word in dossier.parties:
        return {word}
    return {
        party.id
        for party in dossier.parties.values()
        if word.casefold() in [n.casefold() for n in (party.id, party.name or "", *party.aliases)]
    }


def _members(dossier: Dossier, word: str) -> set[str]:
    found = called(dossier, word)
    for _ in dossier.parties:
        found |= {party.id for party in dossier.parties.values() if party.part_of in found}
    return found


def _dates(dossier: Dossier, claim: Claim, field: str) -> list[Date]:
    cited = [dossier.sources.get(citation.source) for citation in claim.citations]
    published = [source.published for source in cited if source and source.published]
    if field == "published":
        return published
    date = claim.about if field == "about" else claim.said
    if field == "when" and not date:
        date = no_later_than(published)
    return [date] if date else []


def _lies_within(date: Date, term: Term) -> bool:
    """Whether a date can mean a time within the bounds; beyond them, where they are strict."""
    first, last = term.first, term.last
    if term.strict:
        return (first is None or compare(date, 1, first, 1) > 0) and (
            last is None or compare(date, 0, last, 0) < 0
        )
    return (first is None or compare(date, 1, first, 0) >= 0) and (
        last is None or compare(date, 0, last, 1) <= 0
    )


def _reply(dossier: Dossier, claim: Claim, request: CommentRequest, state: str) -> bool:
    """Whether a request is answered or declined, else open; overdue if it was due in the past."""
    kinds = [
        answer.kind
        for other in dossier.by_id.values()
        for answer in other.responds_to
        if answer.claim == claim.id and _members(dossier, request.party) & {*other.parties}
    ]
    if kinds:
        return state == ("declined" if {*kinds} == {Kind.DECLINES} else "answered")
    return state == "open" or (
        state == "overdue" and request.due is not None and request.due.latest.year < 2026
    )


def _has(dossier: Dossier, claim: Claim, what: str, *, field: str) -> bool:
    if field == "asked":
        return any(_reply(dossier, claim, request, what) for request in claim.asked)
    answers = [
        answer
        for other in dossier.by_id.values()
        for answer in other.responds_to
        if answer.claim == claim.id
    ]
    found: dict[str, object] = {
        "reports": claim.reports,
        "source": claim.citations,
        "quote": [c for c in claim.citations if c.quote],
        "translation": [c for c in claim.citations if c.translation],
        "locator": [c for c in claim.citations if c.locator],
        "rebuttal": [answer for answer in answers if answer.kind.opposes],
        "response": [answer for answer in answers if not answer.kind.opposes],
        "answer": is_answered(dossier, claim),
        "target": claim.responds_to,
        "tag": claim.tags,
    }
    return bool(found[what] if what in found else getattr(claim, what))


def _texts(dossier: Dossier, claim: Claim, field: str) -> list[str]:
    relayed = claim.reports.speaker if claim.reports else None
    quotes = [citation.quote for citation in claim.citations]
    texts: dict[str, list[str | None]] = {
        "": [claim.statement, claim.speaker, relayed, claim.note, *quotes],
        "speaker": [claim.speaker, relayed],
        "issue": [claim.issue],
        "event": [claim.event],
        "tag": [*claim.tags],
        "source": [citation.source for citation in claim.citations],
        "kind": [answer.kind.value for answer in claim.responds_to],
        "status": [dossier.statuses[claim.id].value],
        "position": [claim.position],
        "id": [claim.id],
        "file": [claim.location.path],
    }
    return [text for text in texts[field] if text]


def _text_fulfils(text: str, term: Term) -> bool:
    if term.test is MatchType.PATTERN:
        return re.search(term.text, text, re.IGNORECASE) is not None
    if term.field == "":
        return _holds_words(text, term)
    if term.field == "speaker":
        return {*term.text.casefold().split()} <= {*text.casefold().split()}
    if term.field == "position":
        key, asked = _plain(text), _plain(term.text)
        return key.startswith(asked) if term.test is MatchType.PREFIX else key == asked
    if term.test is MatchType.WORD and "*" in term.text:
        parts = [re.escape(part) for part in term.text.lower().split("*")]
        return re.fullmatch(".*".join(parts), text.lower()) is not None
    if term.field == "file":
        return term.text.lower() in text.lower()
    return text.lower() == term.text.lower()


def _holds_words(text: str, term: Term) -> bool:
    """Whether words follow each other, by their letters without accents."""
    if HAN.search(term.text):
        return term.text in text
    words, asked = _words(text), _words(term.text)
    if term.test is MatchType.PREFIX:
        return any(
            words[at : at + len(asked) - 1] == asked[:-1]
            and words[at + len(asked) - 1].startswith(asked[-1])
            for at in range(len(words) - len(asked) + 1)
        )
    return any(words[at : at + len(asked)] == asked for at in range(len(words)))


def _words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"[^\W_]+", "".join(c for c in letters if not unicodedata.combining(c)))


def _plain(text: str) -> str:
    """Return a position of letters without typographic forms, as it is compared."""
    folded = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return folded.strip("\"'").removesuffix(".").rstrip("\"'")
