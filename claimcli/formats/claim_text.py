"""Text about one claim that several formats share: who said it, the statement, its sources."""

from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import bidirectional

from msgspec.structs import replace

from claimcli.analysis.list import claim_record
from claimcli.core.dates import Date
from claimcli.core.notation import ORDINARY, Notation
from claimcli.core.opposition import Opposer
from claimcli.core.party_names import parties_label, speaker_label
from claimcli.core.records import Claim, Dossier, opposition_of, party_label
from claimcli.core.relations import claim_marks
from claimcli.core.text.escaping import for_markdown, web_link
from claimcli.core.text.word_diff import Segment

MOST_PARTIES = 5
"""Maximum number of parties of an opposing joint statement that are named."""
FEW_RIVALS = 3
"""Maximum number of rivals of a claim that pictures and timelines name; the others are counted."""


def name_and_date(name: str, when: Date | None, notation: Notation = ORDINARY) -> str:
    """Return those of a name and a date that there are, separated by a comma.

    The date is before an Arabic name: after one, its day and year would change places (UAX 9, W2).
    """
    arabic = any(bidirectional(letter) == "AL" for letter in name)
    date = notation.date(when)
    parts = (date, name) if arabic else (name, date)
    return ", ".join(filter(None, parts))


def attribution(dossier: Dossier, claim: Claim, account: str | None) -> str:
    """Return the speaker, the date, whose words a claim relays, and its position, on one line.

    Unless it is in the account of the claim's only party, the claim's parties follow the speaker.
    """
    parts = [name_and_date(speaker_label(dossier, claim, account), claim.when)]
    if claim.reports:
        party = party_label(dossier, claim.reports.party) if claim.reports.party else ""
        parts.append(f"relaying {claim.reports.speaker or party}")
    if claim.about:
        parts.append(f"about {claim.about}")
    if claim.position:
        parts.append(f"position: {claim.position}")
    return ", ".join([*parts, *claim_marks(dossier, claim)])


def opposer_text(dossier: Dossier, opposer: Opposer, notation: Notation = ORDINARY) -> str:
    """Return how a claim opposes another one, the party or parties, and the claim's id if shown."""
    few = replace(opposer, parties=opposer.parties[:MOST_PARTIES])
    more = len(opposer.parties) - MOST_PARTIES
    parties = parties_label(dossier, few) + (f" and {more} more" if more > 0 else "")
    shown = f" [{opposer.id}]" if notation.ids else ""
    if opposer.kind:
        return f"{parties} {opposer.label}{shown}"
    return f"holds another position: {opposer.short_position} ({parties}){shown}"


def rival_notes(
    dossier: Dossier, claim: Claim, rivals: Sequence[Opposer], notation: Notation = ORDINARY
) -> tuple[str, ...]:
    """Return a sentence for each of the first of some rivals of a claim, and one for the others."""
    rest = len(rivals) - FEW_RIVALS
    if rest < 2:
        return tuple(opposer_text(dossier, rival, notation) for rival in rivals)
    notes = (opposer_text(dossier, rival, notation) for rival in rivals[:FEW_RIVALS])
    least = "at least " if opposition_of(dossier, claim.id).more else ""
    return (*notes, f"{least}{rest} more hold another position")


def segment_data(segments: Iterable[Segment]) -> list[dict[str, Any]]:
    """Return the segments of a text as JSON values."""
    return [{"text": segment.text, "differs": segment.differs} for segment in segments]


def claim_data(dossier: Dossier, claim: Claim, segments: Iterable[Segment]) -> dict[str, Any]:
    """Return a claim as in ``list``, with the segments of its statement as ``words``."""
    return {**claim_record(dossier, claim), "words": segment_data(segments)}


def markdown_claim(
    dossier: Dossier, claim: Claim, segments: Iterable[Segment], account: str | None = None
) -> str:
    """Return a claim for a table cell: marked statement, attribution, quotes and sources."""
    statement = " ".join(
        f"**{for_markdown(s.text)}**" if s.differs else for_markdown(s.text) for s in segments
    )
    quotes = "".join(
        f'<br>"{for_markdown(citation.quote)}"' for citation in claim.citations if citation.quote
    )
    cited = "; ".join(_markdown_source(dossier, name) for name in claim.source_ids)
    speaker = for_markdown(attribution(dossier, claim, account))
    source = f"<br>Source: {cited}" if cited else "<br>no source on file"
    return f"{statement}<br>`{claim.id}` ({speaker}){quotes}{source}"


def _markdown_source(dossier: Dossier, name: str) -> str:
    source = dossier.sources.get(name)
    title = for_markdown(source.title if source else name)
    link = web_link(source.url) if source else ""
    return f"[{title}](<{link}>)" if link else title
