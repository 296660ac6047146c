"""What several pages show of a record: a party, a date, a claim in a list, a status in words.

``templates/parts.html.j2`` has a macro for each of these views. Views are made from the dossier of
a request with at least :attr:`claimcli.core.query.Scope.ANSWERS`; statuses of contested claims name
the opposing parties if the request has ``opposition``.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.long_dates import long_date
from claimcli.core.opposition import Opposer
from claimcli.core.records import OPPOSED, Claim, Dossier, Location, Status, party_label
from claimcli.core.relations import claim_marks
from claimcli.core.response_kinds import Effect
from claimcli.formats.claim_text import MOST_PARTIES
from claimcli.formats.drawing.paints import paints

MOST_REASONS = 2
"""Maximum number of reasons of a status in a list of claims; the others are counted."""
NO_RESPONSE = "no response on file"
_HTML_TIME = re.compile(
    "(?!0000)[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
    "(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)


class PartyView(Struct, frozen=True):
    """A party: its id, its name, and the class of its colour and line."""

    id: str
    name: str
    look: str


class PartiesView(Struct, frozen=True):
    """The parties of a claim: the first of them, and the number of others."""

    first: tuple[PartyView, ...]
    more: int = 0


class DateView(Struct, frozen=True):
    """A date as written, in words, and as the attribute ``datetime`` of HTML, "" if it has none."""

    text: str
    words: str
    machine: str = ""


class Reason(Struct, frozen=True):
    """A claim that decides the status of another one: whose it is, and what it does, in words.

    With ``answered`` it is the claim that the other one answers, and the words are the other's. Its
    ``parties`` are unknown (None) if it was not read.
    """

    claim: str
    parties: PartiesView | None
    words: str
    answered: bool = False


class StatusView(Struct, frozen=True):
    """A status in words, the reasons for it, and whether the claim has a response on file.

    ``more`` is the number of reasons that are left out; with ``unnamed`` there are others.
    ``restates``: the reasons concern a claim that says the same.
    """

    status: str
    label: str
    reasons: tuple[Reason, ...] = ()
    more: int = 0
    unnamed: bool = False
    restates: bool = False
    answered: bool = True


class ClaimView(Struct, frozen=True, kw_only=True):
    """A claim in a list. ``relays`` is the speaker whose words it relays, or "".

    ``marks`` are further notes, such as that it was withdrawn.
    """

    id: str
    statement: str
    parties: PartiesView
    speaker: str
    when: DateView | None
    relays: str
    relayed: PartyView | None
    about: DateView | None
    position: str
    issue: str
    question: str
    status: StatusView
    marks: tuple[str, ...]


def date_view(date: Date | None) -> DateView | None:
    """Return the view of a date, None without one."""
    if date is None:
        return None
    text = date.text.removeprefix("by ") if date.no_later else date.text
    return DateView(date.text, long_date(date), text if _HTML_TIME.fullmatch(text) else "")


def file_and_line(dossier: Dossier, location: Location) -> str:
    """Return the file of a record and its line."""
    return f"{shown_path(dossier, location.path)}:{location.record[0]}"


def shown_path(dossier: Dossier, file: str) -> str:
    """Return the path of a file of the dossier, which begins in the folder of the dossier.

    Pages are published: the path of that folder is not shown.
    """
    path = Path(file).resolve()
    folders = (folder for folder in dossier.text_folders if path.is_relative_to(folder))
    return next((path.relative_to(folder).as_posix() for folder in folders), file)


def status_label(status: Status) -> str:
    """Return a status in words."""
    return NO_RESPONSE if status is Status.UNANSWERED else status.value


class Views:
    """Makes the views of the records of a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def _looks(self) -> dict[str, str]:
        return {party: paint.kind for party, paint in paints(self.dossier).items()}

    def party(self, name: str) -> PartyView:
        """Return the view of a party by its id."""
        return PartyView(name, party_label(self.dossier, name), self._looks.get(name, ""))

    def parties(self, names: Iterable[str]) -> PartiesView:
        """Return the view of the parties of a claim, each once."""
        listed = tuple(dict.fromkeys(names))
        first = tuple(self.party(name) for name in listed[:MOST_PARTIES])
        return PartiesView(first, max(0, len(listed) - MOST_PARTIES))

    def question(self, issue: str | None) -> str:
        """Return the question of an issue, its id if that has no text, "" without an issue."""
        record = self.dossier.issues.get(issue or "")
        return (record.question if record else None) or issue or ""

    def claim(self, claim: Claim, *, most_reasons: int = MOST_REASONS) -> ClaimView:
        """Return the view of a claim that was read."""
        reports = claim.reports
        return ClaimView(
            id=claim.id,
            statement=claim.statement,
            parties=self.parties(claim.parties),
            speaker=claim.speaker or "",
            when=date_view(claim.when),
            relays=(reports.speaker if reports else None) or "",
            relayed=self.party(reports.party) if reports and reports.party else None,
            about=date_view(claim.about),
            position=claim.position or "",
            issue=claim.issue or "",
            question=self.question(claim.issue),
            status=self.status(claim, most_reasons=most_reasons),
            marks=claim_marks(self.dossier, claim),
        )

    def status(self, claim: Claim, *, most_reasons: int = MOST_REASONS) -> StatusView:
        """Return the status of a claim that was read, with at most so many reasons."""
        status = self.dossier.statuses[claim.id]
        opposition = (self.dossier.opposition or {}).get(claim.id)
        if status in OPPOSED:
            reasons = list(self._opposing(claim, opposition.opposers if opposition else ()))
        else:
            reasons = list(self._answering(claim, status))
        distinct = {(r.parties or r.claim, r.words, r.answered): r for r in reversed(reasons)}
        kept = tuple(reversed(distinct.values()))
        return StatusView(
            status.value,
            status_label(status),
            kept[:most_reasons],
            max(0, len(kept) - most_reasons),
            unnamed=status in OPPOSED and bool(opposition and opposition.more),
            restates=status in OPPOSED and bool(opposition and opposition.opposers) and not kept,
            answered=claim.id in self.dossier.answered,
        )

    def _opposing(self, claim: Claim, opposers: Iterable[Opposer]) -> Iterator[Reason]:
        """Yield the answers to a claim and the rivals; others oppose a claim that says the same."""
        answers = {name for name, _ in self.dossier.answers.get(claim.id, ())}
        targets = {answer.claim for answer in claim.responds_to}
        for one in opposers:
            parties = self.parties(one.parties)
            if one.kind is None:
                yield Reason(one.id, parties, f"holds another position: {one.short_position}")
            elif one.id in answers or one.id in targets:
                yield Reason(one.id, parties, one.kind.label, one.id not in answers)

    def _answering(self, claim: Claim, status: Status) -> Iterator[Reason]:
        """Yield the answers to a claim and the claims that it answers, of the effect of a status.

        Any effect is possible for a claim that is merely answered.
        """
        effect = _EFFECTS.get(status)
        if status is not Status.ANSWERED and effect is None:
            return
        for name, kind in self.dossier.answers.get(claim.id, ()):
            if effect in (None, kind.effect):
                yield Reason(name, self.parties(self.dossier.by_id[name].parties), kind.label)
        for answer in claim.responds_to:
            if effect in (None, answer.kind.effect):
                yield Reason(answer.claim, None, answer.kind.label, answered=True)


_EFFECTS = {Status.QUALIFIED: Effect.QUALIFICATION, Status.CONFIRMED: Effect.AGREEMENT}
