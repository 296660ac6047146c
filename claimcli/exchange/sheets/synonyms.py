"""The headings that people give to columns, and the fields that they mean.

The names of the fields themselves are in :mod:`claimcli.exchange.sheets.columns`. Headings are
compared in lower case, without punctuation, with single spaces.
"""

import re
from collections.abc import Mapping

from claimcli.core.response_kinds import Kind

VERDICT, VERDICT_PARTY, NUMBER = "verdict", "verdict.party", "number"
"""A rating, who gave it, and a number by which other rows refer to the row."""
PERSON = "person"
"""A person: the party, or the speaker if another column has the party."""

_CLAIM = {
    "statement": "claim, claims, claim text, the claim, assertion, allegation, statement made, "
    "what was claimed, what was said, what is claimed, what they said, said what, text, summary",
    PERSON: "speaker, who, who said it, said by, by, person, name, claimed by, made by, claimant, "
    "spokesperson, spoken by, attributed to, stated by",
    "party": "organisation, organization, org, institution, party name, actor, side, entity, "
    "company, government, country",
    "said": "date, when, day, date said, said on, date of claim, claim date, date of statement, "
    "statement date, when said, date made, when was it said",
    "about": "period, about date, time of event, date of event, event date, refers to",
    "issue": "topic, question, subject, theme, dispute, disputed question",
    "position": "answer, stance, view, position on issue",
    "event": "occasion, incident",
    "source": "reference, references, citation, cited source, source name, source id, evidence, "
    "document, where, where said, sources, footnote",
    "source.title": "source title, title, headline, article, article title, document title",
    "source.url": "link, links, url, urls, web address, address, source url, source link, "
    "link to source, hyperlink, website, web page",
    "source.archive_url": "archive, archive url, archive link, archived, archived at, "
    "archived url, wayback, wayback link",
    "source.outlet": "outlet, publisher, publication, media, medium, newspaper, media outlet, "
    "published by, published in, channel",
    "source.author": "author, authors, journalist, reporter, written by, byline",
    "source.published": "published, published on, publication date, date published, source date, "
    "date of publication, date of source, article date",
    "source.accessed": "accessed, accessed on, access date, retrieved, retrieved on, date accessed",
    "source.language": "language, source language",
    "quote": "quotes, quotation, quotations, exact words, exact quote, verbatim, original quote, "
    "direct quote, words, wording, original words",
    "translation": "translated quote, quote in english, english, english translation",
    "locator": "page, pages, p, page number, paragraph, line, timestamp, timecode, pinpoint",
    "responds_to": "reply to, in reply to, response to, in response to, answers, answer to, "
    "answer to claim, replies to, reacts to, responding to, related claim",
    "kind": "kind of answer, kind of response, response kind, response type, type of response, "
    "type of answer, relation, relation to claim, answer type",
    "restates": "same as, same claim as, duplicate of, repeats",
    "supersedes": "replaces, updates, corrects",
    "withdrawn": "retracted, retracted on, withdrawn on, date withdrawn",
    "tags": "tag, keywords, keyword, labels, label, categories, category",
    "note": "notes, comment, comments, remark, remarks, memo, annotation",
    "internal": "confidential, private",
    VERDICT: "verdict, rating, fact check, fact check verdict, fact check rating, finding, "
    "ruling, conclusion, truth rating, assessment, our verdict, our rating",
    VERDICT_PARTY: "verdict by, rated by, rating by, fact checker, checked by, fact checked by, "
    "verdict from, rater, verdict source",
    NUMBER: "no, nr, number, row, row number, row no, item, item no, claim no, claim number, "
    "claim id, ref, ref no, reference number, key, serial",
}
_KINDS = {
    Kind.DENIES: "rebuttal to, rebuttal of, rebuts, denial of, denies, rebutted claim, refutes",
    Kind.DENIES_SAYING: "denies saying",
    Kind.CONTRADICTS: "contradicts, conflicts with",
    Kind.DISPUTES_MEANING: "disputes meaning, disputes meaning of",
    Kind.UNDERMINES: "undermines",
    Kind.UNDERCUTS: "undercuts",
    Kind.QUALIFIES: "qualifies",
    Kind.DECLINES: "declines, declines to answer",
    Kind.CONFIRMS: "confirms, confirmation of, supports, agrees with",
}
"""Headings of columns with the claims that a row answers in a certain way."""
_PARTY = {
    "name": "party, party name, organisation, organization, full name, title",
    "kind": "type, party type",
    "aliases": "alias, other names, also known as, aka, abbreviation",
    "part_of": "part of, parent, parent organisation, belongs to, member of",
    "color": "colour",
    "speakers": "speaker, spokesperson, spokespeople, spokespersons",
    "note": "notes, comment, comments, remark, remarks, description",
}
_SOURCE = {
    "title": "source, headline, name, article, document, source title",
    **{
        field.removeprefix("source."): words
        for field, words in _CLAIM.items()
        if field.startswith("source.") and field != "source.title"
    },
    "published": f"{_CLAIM['source.published']}, date",
    "kind": "type, source type",
    "derived_from": "based on, derived from, origin",
    "note": _CLAIM["note"],
}
_ISSUE = {
    "question": "issue, topic, subject, title, name",
    "positions": "position, answers, possible answers, options",
    "note": _CLAIM["note"],
}
_EVENT = {
    "title": "event, name, what, what happened, headline",
    "date": "when, day, date of event, event date",
    "place": "where, location, venue, city",
}
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "claim": {**_CLAIM, **{kind.value: words for kind, words in _KINDS.items()}},
    "party": _PARTY, "source": _SOURCE, "issue": _ISSUE, "event": _EVENT,
}  # fmt: skip
"""The headings of each field, separated by commas, by the kind of the sheet's records."""
FIELDS_BY_HEADING = {
    kind: {word: field for field, words in table.items() for word in words.split(", ")}
    for kind, table in SYNONYMS.items()
}
"""The field that a heading means, by the kind of the sheet's records."""
_NOT_WORDS = re.compile(r"[\W_]+")


def plain_heading(heading: str) -> str:
    """Return a heading in lower case, without punctuation."""
    if heading.strip() == "#":
        return "number"
    return _NOT_WORDS.sub(" ", heading.casefold()).strip()
