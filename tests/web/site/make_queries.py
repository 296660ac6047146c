"""Write ``queries.json``: queries with the ids that they find in the dossier ``harbour``, or errors.

Some queries are written by hand, for the borders of the language; the others are made from its
grammar with words of the dossier. Run ``python -m tests.web.site.make_queries`` after a change of
the language or of the dossier, and read the difference.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import CHOICE_FIELDS, MatchType, Request, Scope, terms
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier
from claimcli.dossier.open import open_dossier

HARBOUR = Path(__file__).with_name("harbour")
"""A dossier for which every part of the language is needed."""
QUERIES = Path(__file__).with_name("queries.json")
SEED, RANDOM = 21, 260
WORDS = {
    "": ("harbour", "HARBOUR", "harbour-master", "harbourmaster", "closed", "nine", "boats out",
         "hafenstrasse", "straße", "strasse", "meter", "höchstens", "café", "cafe", "cafés", "resume",
         "naive", "zoe", "jose", "Álvarez", "alvarez", "ο", "οδυσσευς", "ΟΔΥΣΣΕΎΣ", "ειδε", "ميناء",
         "الميناء", "مغلق", "مُغلق", "لا", "等了三天", "油轮", "三", "항구가", "항구", "one", "two_three",
         "5.5", "5", "40", "5. März", "marz", "tankers", "o’hara", "O'Hara", "the guild", "nobody"),
    "text": ("harbour", "boats", "café", "“closed”"),
    "party": ("port", "PORT", "Port Authority", "hafenamt", "HAFENSTRASSE", "city", "the city", "pilots",
              "fishers", "Fishers’ Guild", "the guild", "ministry", "وزارة النقل", "海运公司", "tanker line",
              "observers", "elsewhere", "port-news", "pil", "x", "prot", "obs"),
    "against": ("city", "port", "fishers", "pilots", "tankers", "prt"),
    "speaker": ("ida", "Ida Roth", "ROTH", "jose", "José", "Álvarez", "o’hara", "Müller", "muller",
                "李伟", "ελένη", "ليلى", "ida müller", "Mueler"),
    "issue": ("depth", "DEPTH", "closing", "closing-date", "clos", "date", "wreck-second", "open-cafes",
              "*", "c*", "*date", "deapth"),
    "event": ("storm", "storm-surge", "surge", "eclipse", "meeting", "st*", "strom"),
    "tag": ("channel", "CHANNEL", "closing", "ميناء", "油轮", "depth*", "apology", "chanel"),
    "source": ("log", "letter", "lett", "letter-copy", "radio.note", "gazette", "unused",
               "nowhere-on-file", "*e*", "closed-again/source", "bulletn"),
    "position": ("yes", "YES", "no", "9 m", "9 m.", "-9 m", "−9 m", "４ march", "5 march", "open", "نعم",
                 "x²", "x2", "9*", "4 m*", "z*", "n", "yess"),
    "id": ("closed", "CLOSED", "closed-again", "wreck", "wreck/fishers", "channel-nine/pilots", "chan",
           "wre", "gre", "not*", "*-*", "*", "harbour", "port", "clsed", "nine"),
    "file": ("talks", "harbour.yaml", "more", "MORE", "*talks.yaml", "*.yml", "nowhere"),
}  # fmt: skip
DATES = (
    "2021", "2021-03", "2021-03-01", "2021-03-02", "2021-03-02T10:15", "2021-03-02T10:15Z",
    "2021-03-02T10:15:30+02:00", "2021-03-05T23:59-05:00", "2021-03-06", "2021-03-06T04:30Z", "202X",
    "20XX", "1999", "2021-03-XX", "2021-XX", "2021-03~", "0021", "2021-04-02", "2021-04-30", "2022",
)  # fmt: skip
BY_HAND = (
    "", "   ", '""', '" "', "harbour AND closed", "harbour OR wreck", "NOT harbour", "-harbour",
    "- harbour", "harbour -closed", "--closed", "NOT NOT closed", "NOT -closed", "(closed)", "((closed))",
    "(closed", "closed)", "()", "( )", "(closed OR)", "OR", "AND closed", "closed AND", "closed OR OR port",
    "closed AND OR port", "NOT", "-", "-(closed OR wreck)", "closed OR wreck harbour",
    "(closed OR wreck) harbour", "harbour AND closed OR wreck", "and", "or", "not", "Or", '"OR"', '"AND" nine',
    '"nine metres"', '"metres nine"', '"nine  metres, "', '"the Anna"', '"mind the \\"Anna\\""', '"unclosed',
    'closed"', 'party:"port', 'party:"Port Authority"', 'party:"port authority" nine', "party:", "party: port",
    "party:(port)", "PARTY:port", "Party:port", "patry:port", "foo:bar", "quote:x", '"foo:bar"', "issue:",
    "harbour\tclosed", "harbour\nclosed", "harbour\u00a0closed", "harbour\u3000closed", "\x1fharbour", "harbour\x85",
    "har*", "harb*", "HARB*", "*", "**", "*our", "har*our", "har**", "ha*r*", "text:har*", "text:*", '"har*"',
    "harbour-*", "harbour-m*", "party:p*", "speaker:i*", "status:c*", "against:*", "said:2*", "wreck-*",
    "caf*", "CAFÉ*", "é*", "油*", "等*天", "항*", "ο*", "مي*", "!", "?", "🚢", "🚢 tankers", '"🚢 says"', "…", "--",
    "a-b", "tankers🚢", "west\u0301", "cafe\u0301", "cafe\u0301s", "\u0301", "e\u0301*", "caf\u00e9s", "\u1112\u1161\u11bc",
    "\u1112\u1161\u11bc\u1100\u116e\u1100\u1161", "naïve résumé", '"naive resume"', "ß", "ẞ", "STRAẞE", "x\u0378y",
    "c\u05b0d", "closed\u2028", "clo\u00adsed", "\u2167", "²", "x²", "½", "३", "٣", "x\0y", "\ufeffclosed",
    "/closed/", "/clos.d/", "/clos", "/", "//", "/ closed/", "text:/closed/", "party:/x/", "said:/x/", "status:/x/",
    "said:/2021", "said:2021/", "file:/talks", "file:/talks/", "id:/^c/", "/a\\/b/", "/[/", "a/b", "/a/b",
    "status:contested", "status:CONTESTED", "status:contestd", "status:", "status:x", 'status:"contested"',
    "kind:denies", "kind:denies-saying", "kind:denie", "kind:refutes", "has:quote", "has:Quote", "has:qoute",
    "has:everything", "asked:open", "asked:overdue", "asked:answered", "asked:declined", "asked:late", "asked:opn",
    "-has:answer", "has:answer has:source", "NOT has:said", "has:said -has:issue", "has:asked", "has:note",
    "said:", "said:2021", "said:2021-13", "said:2021-02-30", "said:2021-02-29", "said:20XX-02-29", "said:yesterday",
    "said:2021-03-01..2021-03-02", "said:2021-03-02..2021-03-01", "said:..2021", "said:2021..", "said:..", "said:...",
    "said:2021..2022..2023", "said:>2021-03-01", "said:>=2021-03-02", "said:<2021", "said:<=2021-02-28", "said:>",
    "said:<=", "said:>>2021", "said:=2021", "said:> 2021", 'said:"> 2021"', 'said:"2021"', "said:>2021..2022",
    "said:2021-03-01/2021-03-02", "said:2021/2020", "said:../2021", "said:2021/..", "said:../..", "said:/", "said:2021//",
    "said:2021-03-02T10:15Z", "said:2021-03-02T10:15+00:00", "said:2021-03-02T10:15-0500", "said:2021-03-02T10:15+05",
    "said:2021-03-02T10:15+05:75", "said:2021-03-02T10:15+24:00", "said:2021-03-02T24:00", "said:2021-03-02T10:60",
    "said:2021-03T10:15", "said:202X-03-02T10:15", "said:2021-03-02T10", "said:2021-3-2", "said:21", "said:20210302",
    "said:0000", "said:000X", "said:0001-01-01T00:00+01:00", "said:9999-12-31T23:59-01:00", "said:XXXX", "said:2021-XX-02",
    "said:2021-XX-XX", "said:2021?", "said:2021%", "said:2021~?", "said:>2021-03-02T09:00Z", "said:<2021-03-02T08:16Z",
    "said:>=2021-03-02T08:15:31Z", "said:<=2021-03-02T10:15", "said:2021-03-02T08:00Z..2021-03-02T08:30Z",
    "said:2021-03-06", "said:2021-03-06Z", "when:2021-04-02", "when:<2021-03", "when:>2021-04-12", "when:<=2021-04-11",
    "when:2021-04-12T12:00Z", "when:>=2021-04-12T00:00+02:00", "-when:2021", "about:2021-03-01T12:00Z",
    "about:>2021-03-01T18:00Z", "about:<=2021-03-01T06:00+01:00", "about:1998", "published:2021-03-05",
    "published:>2021-03-05T08:30Z", "published:>=2021-03-05T08:30Z", "published:<2021-03-05T08:30Z", "published:2021-04-11",
    "published:<2021", "issue:wreck", "id:wreck", "id:c", "id:closed-", "id:again", "id:'closed'", 'id:"clo*"', "id:port",
    "id:zzz", "id:harbour-", "event:st", "event:meet", "event:storm*", "event:zz", "source:l", "source:radio", "source:nowhere",
    "tag:Closing", "tag:ａｐｏｌｏｇｙ", "tag:*e*h*", "tag:zz", "position:“open”", 'position:"open."', 'position:"\'No\'"',
    "position:５ march", 'position:"５ march"', 'position:"5 march"', 'position:"−9 M"', "position:９*", "position:'*",
    "position:zz", "position:4*", "speaker:roth", "speaker:zz", 'speaker:"ida  roth"', "speaker:IDA", "speaker:ida*",
    "speaker:müller", "speaker:capt.", "party:İzmir boats", 'party:"İzmir boats"', 'party:"izmir boats"', 'party:"the guild"',
    "party:Fishers’", "party:tan", "party:p", "party:zz", "party:İ", "against:city", "-against:port", "against:observers",
    "file:talks", "항구", "항*", "id:closed*closed", "id:clos*sed", "id:closed*again", 'file:"talks"', "file:*more/t*", "file:*more", "-file:talks", "file:TALKS", "party:port said:2021-03-01 nine",
    "party:zz said:2021-13", "id:zz party:zz", "party:city id:zz", "id:zz party:city", "closed id:zz party:zz", "! party:zz",
    "party:port party:zz id:qq", "id:qq OR party:zz", "-(id:qq party:zz)", "party:pilots party:qq id:qq",
    "(" * 51 + "closed" + ")" * 51, "(" * 49 + "closed" + ")" * 49, "-" * 60 + "closed", " ".join(["closed"] * 201),
    "x" * 10_001, "closed " * 1_300, "closed" + "d" * 300, "id:" + "c" * 300,
)  # fmt: skip


def random_query(rng: random.Random) -> str:
    """Return a query made from the grammar."""

    def value(field: str) -> str:
        if field in ("said", "when", "about", "published"):
            date, other = rng.choice(DATES), rng.choice(DATES)
            return rng.choice((date, f">{date}", f">={date}", f"<{date}", f"<={date}", f"{date}..",
                               f"..{date}", f"{date}..{other}", f"{date}/{other}"))  # fmt: skip
        word = rng.choice(CHOICE_FIELDS[field] if field in CHOICE_FIELDS else WORDS[field])
        return f'"{word}"' if " " in word or rng.random() < 0.1 else word

    def term() -> str:
        field = rng.choice((*WORDS, *CHOICE_FIELDS, "said", "when", "about", "published"))
        return f"{field}:{value(field)}" if field else value(field)

    def one(depth: int) -> str:
        kind = rng.random()
        if kind < 0.15:
            return f"{rng.choice(('-', 'NOT '))}{one(depth + 1)}"
        if kind < 0.3 and depth < 3:
            return f"({either(depth + 1)})"
        return term()

    def either(depth: int) -> str:
        parts = [
            rng.choice((" ", " ", " AND ")).join(one(depth) for _ in range(rng.choice((1, 1, 2))))
            for _ in range(rng.choice((1, 1, 1, 2)))
        ]
        return " OR ".join(parts)

    return either(0)


def answer(select: Callable[[Request], Dossier], query: str) -> dict[str, Any]:
    """Return the ids that a query finds, or its error with the place in the query."""
    try:
        node = parse_query(query)
        dossier = select(Request(query=node, scope=Scope.CLAIMS))
    except ClaimcliError as error:
        at = error.excerpt
        place = [at.start, at.end] if at else None
        return {"error": error.message, "hint": error.hint, "at": place}
    found = {"ids": [claim.id for claim in dossier.claims]}
    patterned = any(term.test is MatchType.PATTERN for term in terms(node))
    return {**found, "pattern": True} if patterned else found


def main() -> None:
    """Write the file."""
    rng = random.Random(SEED)
    queries = dict.fromkeys((*BY_HAND, *(random_query(rng) for _ in range(RANDOM))))
    rows = [
        {"query": query, **answer(lambda request: open_dossier([HARBOUR], request), query)}
        for query in queries
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=True) for row in rows)
    QUERIES.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
