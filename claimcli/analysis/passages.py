"""The passages of a source's text that can be quoted, with their context and likely speakers."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from claimcli.analysis.expected_speakers import DossierSpeakers
from claimcli.analysis.verify import searchable_text_of
from claimcli.core.party_names import fold_name
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.records import Dossier
from claimcli.quotes.passages import SpokenPassage, spoken_passages
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.sentences import passage
from claimcli.quotes.speakers.names import words_of_name
from claimcli.quotes.texts.source_texts import UnreadableTextError


class Passage(Struct, frozen=True):
    """Words that can be quoted, and where they are: a line or a page as a locator.

    ``before`` and ``after`` are the rest of the sentences around them. ``speaker`` is the name on
    file if there is one, else that of the text, "" if unknown; ``party`` is the id of the party.
    """

    quote: str
    locator: str
    before: str
    after: str
    speaker: str
    party: str


def passages(dossier: Dossier, source: str) -> tuple[Passage, ...]:
    """Return the passages of a source's text that no claim quotes yet.

    Raises ClaimcliError if there is no text on file, or if it cannot be read.
    """
    try:
        text = searchable_text_of(dossier, source)
    except UnreadableTextError as error:
        raise ClaimcliError(
            f"'{error.name}' {error.reason}", error.hint, code=ExitCode.UNREADABLE
        ) from None
    if text is None:
        hint = f"download it with 'claimcli fetch {source}', or name a file: set {source} text=..."
        raise ClaimcliError(f"source '{source}' has no text on file", hint)
    people = _People(dossier)
    quoted = set(_quoted(dossier, source))
    found = spoken_passages(text, DossierSpeakers(dossier).names)
    return tuple(_passage(text, one, people) for one in found if one.words not in quoted)


def _quoted(dossier: Dossier, source: str) -> Iterator[str]:
    for claim in dossier.by_id.values():
        for cited in claim.citations:
            if cited.source == source and cited.quote:
                yield " ".join(cited.quote.split())


class _People:
    """The speakers and parties on file, by the words of their names."""

    def __init__(self, dossier: Dossier) -> None:
        self.speakers: dict[str, str] = {}
        for claim in dossier.by_id.values():
            if claim.speaker:
                self.speakers.setdefault(claim.speaker, claim.parties[0])
        self.parties: dict[str, str] = {}
        for party in dossier.parties.values():
            self.speakers |= dict.fromkeys(party.speakers, party.id)
            names = (party.id, party.label, *party.aliases)
            self.parties |= dict.fromkeys(map(fold_name, names), party.id)

    def identify(self, name: str) -> tuple[str, str]:
        """Return the name on file and the party of a speaker whom a text names."""
        words = set(words_of_name(name))
        alike = [known for known in self.speakers if _is_alike(words, words_of_name(known))]
        if words and len(alike) == 1:
            return alike[0], self.speakers[alike[0]]
        folded = fold_name(name)
        party = self.parties.get(folded.removeprefix("the ")) or self.parties.get(folded, "")
        return ("", party) if party else (name.title() if name.isupper() else name, "")


def _is_alike(words: set[str], known: Iterable[str]) -> bool:
    other = set(known)
    return bool(words) and (words <= other or other <= words)


def _passage(text: SearchableText, found: SpokenPassage, people: _People) -> Passage:
    start, end = found.span
    first, last = passage(text.plain, found.span)
    place = text.place(start)
    speaker, party = people.identify(found.speaker) if found.speaker else ("", "")
    return Passage(
        quote=found.words,
        locator=f"page {place.page}" if place.page else f"line {place.line}",
        before=" ".join(text.plain[first:start].split()),
        after=" ".join(text.plain[end:last].split()),
        speaker=speaker,
        party=party,
    )
