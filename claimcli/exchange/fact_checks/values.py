"""The values of a review however they are written: as one or an array, as text or as object."""

from urllib.parse import urlsplit

from msgspec import Struct

from claimcli.core.text.escaping import web_link
from claimcli.exchange.annotations.annotation import collapsed
from claimcli.exchange.annotations.validity import types_of
from claimcli.exchange.fact_checks.documents import Nodes
from claimcli.exchange.json_input import JsonValue
from claimcli.exchange.records import Loss, LossKind
from claimcli.exchange.web_values import plain_text, web_date

_EMPLOYERS = ("affiliation", "worksFor", "memberOf")


class ReviewVoice(Struct, frozen=True):
    """Who says something: a party, and the person who speaks for it, if another."""

    party: str
    speaker: str = ""


class Findings(Struct):
    """What the user must know about a file of reviews; equal messages are counted."""

    losses: list[Loss] = []
    counts: dict[str, int] = {}
    first: dict[str, str] = {}

    def note(self, message: str, where: str) -> None:
        """Count a message, and keep the location of its first occurrence."""
        self.counts[message] = self.counts.get(message, 0) + 1
        self.first.setdefault(message, where)

    def lose(self, record: str, value: JsonValue, kind: LossKind, detail: str) -> None:
        """List a value that is not kept as it is."""
        name = str(value.keys[-1])
        self.losses.append(Loss(record, name, kind, value.location, detail))

    def notes(self) -> tuple[str, ...]:
        """Return the messages with their numbers."""
        return tuple(
            f"{self.first[message]}: {message}" + (f" ({count:,} times)" if count > 1 else "")
            for message, count in self.counts.items()
        )


class ReviewReader(Struct, frozen=True):
    """Reads values of one review; ``record`` is what the list of losses calls it."""

    nodes: Nodes
    findings: Findings
    record: str

    def first(self, value: JsonValue) -> JsonValue:
        """Return an object, or the first of an array, or the one to which its ``@id`` refers."""
        items = value.items()
        return self.resolved(items[0]) if items else value

    def resolved(self, value: JsonValue) -> JsonValue:
        """Return the object to which a reference refers, any other value itself."""
        name = value["@id"].data
        if isinstance(name, str) and name in self.nodes and len(value.data) == 1:
            value.mark_read()
            self.nodes[name]["@id"].mark_read()
            return self.nodes[name]
        return value

    def words(self, *values: JsonValue) -> str:
        """Return the first text among some values, on one line and without HTML, else ""."""
        for value in values:
            one = self.first(value)
            written = one["@value"].text() or one.text()
            if text := collapsed(plain_text(written)):
                if text != collapsed(written):
                    self.findings.lose(self.record, one, LossKind.APPROXIMATED, "HTML is left out")
                return text
        return ""

    def date(self, *values: JsonValue) -> str:
        """Return the first date among some values as EDTF, "" if none of them is understood."""
        for value in values:
            one = self.first(value)
            written = one["@value"].text() or one.text()
            if written and (date := web_date(written)):
                return date
            if written:
                self.findings.lose(self.record, one, LossKind.DROPPED, f"no date: '{written}'")
        return ""

    def address(self, *values: JsonValue) -> str:
        """Return the first web address among some values, else ""."""
        for value in values:
            for item in value.items():
                one = self.resolved(item)
                for text in (one, one["url"], one["@id"]):
                    if isinstance(text.data, str) and web_link(text.data.strip()):
                        return text.text()
        return ""

    def voices(self, value: JsonValue) -> list[ReviewVoice]:
        """Return who an author is: the organisation of a person who has one is the party."""
        found = []
        for item in value.items():
            one = self.resolved(item)
            name = self.words(one["name"], one) or _host(self.address(one))
            employers = [one[key] for key in _EMPLOYERS] if "Person" in types_of(one) else []
            party = self.words(*(self.first(employer)["name"] for employer in employers))
            if name or party:
                found.append(ReviewVoice(party, name) if party else ReviewVoice(name))
        return list(dict.fromkeys(found))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def party_fields(voices: list[ReviewVoice]) -> dict[str, str | list[str]]:
    """Return the fields ``party`` and ``speaker`` of a claim by some voices."""
    parties = list(dict.fromkeys(voice.party for voice in voices))
    speakers = [voice.speaker for voice in voices if voice.speaker]
    fields: dict[str, str | list[str]] = {"party": parties if len(parties) > 1 else parties[0]}
    return {**fields, **({"speaker": ", ".join(speakers)} if speakers else {})}
