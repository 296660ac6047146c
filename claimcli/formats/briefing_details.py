"""The details of a claim in a briefing: its other fields, and the claims that oppose it."""

from collections.abc import Iterator

from claimcli.analysis.briefing import Briefing
from claimcli.core.comment_requests import request_words
from claimcli.core.party_names import parties_label
from claimcli.core.provenance import origins_text
from claimcli.core.records import Claim, Dossier, opposition_of
from claimcli.core.relations import withheld_answers
from claimcli.core.text.escaping import one_line


def details(briefing: Briefing, claim: Claim, issue: str | None) -> Iterator[dict[str, str]]:
    """Yield the other fields of a claim: a label with a text or with the id of another claim."""
    dossier = briefing.dossier
    left_out = withheld_answers(dossier, dossier.withheld.answers.get(claim.id, ()))
    texts = {
        "Not included": left_out,
        "Position": claim.position,
        "Rests on": origins_text(dossier, claim),
        "On the issue": _other_issue(briefing, claim, issue),
        "Withdrawn": briefing.notation.date(claim.withdrawn),
        "Note": claim.note,
    }
    references = {
        "Restates": claim.restates,
        "Supersedes": claim.supersedes,
        "Superseded by": briefing.superseded.get(claim.id),
    }
    yield from (_pointer(k, name, k.lower()) for k, name in references.items() if name)
    for name, kind in dossier.answers.get(claim.restates or "", ()):
        party = one_line(parties_label(dossier, dossier.by_id[name]))
        label = f"that, {party} {kind.label}: see"
        yield _pointer(f"On {label}", name, f"on {label}")
    yield from _opposers(dossier, claim)
    yield from (_text(label, text) for label, text in texts.items() if text)
    for request in claim.asked:
        yield _text("For comment", request_words(dossier, claim, request, briefing.notation))


def _other_issue(briefing: Briefing, claim: Claim, issue: str | None) -> str:
    """Return the issue of a claim that is shown under another one: its id or its question."""
    if not claim.issue or claim.issue == issue:
        return ""
    return briefing.notation.issue(briefing.dossier, claim.issue)


def _text(label: str, text: str) -> dict[str, str]:
    return {"label": label, "inline": label.lower(), "text": one_line(text), "id": ""}


def _pointer(label: str, name: str, inline: str | None = None) -> dict[str, str]:
    """Return a detail that names another claim; ``inline`` is the label within a sentence."""
    return {"label": label, "inline": inline or label, "text": "", "id": name}


def _opposers(dossier: Dossier, claim: Claim) -> Iterator[dict[str, str]]:
    """Yield the opposing claims that are neither answers to a claim nor answered by it."""
    opposition = opposition_of(dossier, claim.id)
    shown = {name for name, _ in dossier.answers.get(claim.id, ())}
    shown |= {name for name, _ in dossier.answers.get(claim.restates or "", ())}
    shown |= {answer.claim for answer in claim.responds_to}
    for one in opposition.opposers:
        if one.id not in shown:
            party, what = one_line(parties_label(dossier, one)), one_line(one.label)
            yield _pointer(f"{party} {what}: see", one.id)
    if opposition.more:
        yield _text("Opposed by", "further claims, which are not listed")
