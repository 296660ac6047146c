"""Random dossiers, as YAML texts by path: small worlds in which everything refers to everything."""

import json
from typing import Any

from hypothesis import strategies as st

PARTIES = ("kremlin", "white-house", "russia", "nato", "press")
ISSUES = ("weapons", "talks")
WORDS = ("No", "weapons", "pledge", "Киев", "café", "sanctions-relief", "中国人民", "O'Neill", "2021")  # fmt: skip
SPEAKERS = ("Jen Psaki", "Yury Ushakov", "Juri Uschakow", "Psaki")
DATES = (
    "2021", "2021-12", "2021-12-30", "2021-12-30T15:35-05:00", "2021-12-31~", "202X",
    "2021-12-30T23:00Z", "../2021-12-30", "2022-01/2022-03", "2022-01-01T05:00",
)  # fmt: skip
POSITIONS = ("yes", "no", "Yes", "partly", "-2", "+2", "'No'.")
TAGS = ("call", "Call", "nato")
OPPOSING = (
    "denies", "denies-saying", "contradicts", "disputes-meaning", "undermines", "undercuts",
)  # fmt: skip
OTHERS = ("qualifies", "declines", "confirms")
IDS = tuple(f"c{n}" for n in range(8))
SOURCES = ("readout", "report", "wire")


def texts() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.none(), strategy)


def citations() -> st.SearchStrategy[Any]:
    quote = st.fixed_dictionaries(
        {"id": st.sampled_from((*SOURCES, "gone"))},
        optional={"quote": texts(), "translation": texts(), "locator": st.just("p. 1")},
    )
    inline = st.fixed_dictionaries(
        {"title": texts()}, optional={"published": st.sampled_from(DATES), "quote": texts()}
    )
    return st.lists(st.one_of(quote, inline, st.sampled_from(SOURCES)), min_size=1, max_size=2)


def answers() -> st.SearchStrategy[Any]:
    return st.lists(
        st.fixed_dictionaries(
            {"claim": st.sampled_from(IDS), "kind": st.sampled_from((*OPPOSING, *OTHERS))}
        ),
        min_size=1,
        max_size=2,
    )


def requests() -> st.SearchStrategy[Any]:
    return st.lists(
        st.fixed_dictionaries(
            {"party": st.sampled_from(PARTIES), "on": st.sampled_from(DATES)},
            optional={"due": st.sampled_from(("2022-01", "9998-12-31"))},
        ),
        min_size=1,
        max_size=2,
    )


def _claim_fields() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "party": st.one_of(
            st.sampled_from(PARTIES), st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2)
        ),
        "statement": texts(),
        "speaker": _maybe(st.sampled_from(SPEAKERS)),
        "said": _maybe(st.sampled_from(DATES)),
        "about": _maybe(st.sampled_from(DATES)),
        "issue": _maybe(st.sampled_from(ISSUES)),
        "position": _maybe(st.sampled_from(POSITIONS)),
        "event": _maybe(st.just("the-call")),
        "reports": _maybe(st.just({"party": "white-house", "speaker": "Joe Biden"})),
        "sources": _maybe(citations()),
        "asked": _maybe(requests()),
        "internal": _maybe(st.sampled_from(("true", "false"))),
        "responds_to": _maybe(answers()),
        "restates": _maybe(st.sampled_from(IDS)),
        "supersedes": _maybe(st.sampled_from(IDS)),
        "withdrawn": _maybe(st.sampled_from(("2022-02-01",))),
        "tags": _maybe(st.lists(st.sampled_from(TAGS), max_size=2)),
        "note": _maybe(texts()),
    }


def _written(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}


def rebuttals() -> st.SearchStrategy[Any]:
    fields = {**_claim_fields(), "kind": st.sampled_from(OPPOSING)}
    return st.lists(st.fixed_dictionaries(fields).map(_written), max_size=2)


def claims() -> st.SearchStrategy[dict[str, Any]]:
    fields = {**_claim_fields(), "id": st.sampled_from(IDS), "rebuttals": _maybe(rebuttals())}
    return st.fixed_dictionaries(fields).map(_written)


def registries() -> st.SearchStrategy[dict[str, list[dict[str, Any]]]]:
    parties = st.sampled_from((
        {"id": "kremlin", "name": "The Kremlin", "aliases": ["Moscow"], "part_of": "russia"},
        {"id": "kremlin", "name": "Kremlin", "speakers": ["Dmitry Peskov"]},
        {"id": "russia", "name": "Russia"},
        {"id": "press", "name": "Press", "part_of": "kremlin"},
        {"id": "nato", "name": "NATO"},
    ))  # fmt: skip
    sources = st.fixed_dictionaries(
        {"id": st.sampled_from(SOURCES), "title": texts()},
        optional={
            "published": st.sampled_from(DATES),
            "derived_from": st.lists(st.sampled_from((*SOURCES, "lost")), max_size=2),
        },
    )
    issues = st.fixed_dictionaries(
        {"id": st.sampled_from(ISSUES), "question": texts()},
        optional={"compatible": st.just([["no", "partly"]])},
    )
    return st.fixed_dictionaries(
        {
            "parties": st.lists(parties, max_size=2),
            "sources": st.lists(sources, max_size=2),
            "issues": st.lists(issues, max_size=1),
        }
    )


def files() -> st.SearchStrategy[str]:
    """One file's text: JSON, which is YAML too."""

    def written(parts: tuple[list[Any], dict[str, list[Any]]]) -> str:
        found, registered = parts
        kept = {"claims": found, **registered}
        return json.dumps({name: records for name, records in kept.items() if records}) + "\n"

    return st.tuples(st.lists(claims(), max_size=5), registries()).map(written)


def linked_claim(name: str) -> st.SearchStrategy[str]:
    """A file with one claim that is all relations: to four ids, on two issues."""
    others = st.sampled_from(IDS[:4])
    kinds = st.sampled_from(("denies", "undercuts", "qualifies", "confirms"))
    answer = st.fixed_dictionaries({"claim": others, "kind": kinds})
    fields = {
        "id": st.just(name),
        "party": st.sampled_from(PARTIES[:3]),
        "statement": st.just("No"),
        "about": _maybe(st.sampled_from(("2021", "2022"))),
        "issue": st.sampled_from((*ISSUES, None)),
        "position": st.sampled_from(("yes", "no", None)),
        "responds_to": _maybe(st.lists(answer, max_size=1)),
        "restates": _maybe(others),
        "supersedes": _maybe(others),
        "withdrawn": _maybe(st.just("2022")),
    }  # fmt: skip
    return st.fixed_dictionaries(fields).map(lambda c: json.dumps({"claims": [_written(c)]}))


def tree_file() -> st.SearchStrategy[str]:
    """A file with party trees and compatible positions, on which statuses elsewhere depend."""
    parents = st.sampled_from((None, "russia", "nato"))
    issue = st.sampled_from(({}, {"compatible": [["yes", "no"]]}))

    def written(parts: tuple[str | None, str | None, dict[str, Any]]) -> str:
        trees = zip(PARTIES, parts[:2], strict=False)
        parties = [_written({"id": party, "part_of": parent}) for party, parent in trees]
        return json.dumps(
            {"parties": parties, "issues": [{"id": "weapons", "question": "Q?"} | parts[2]]}
        )

    return st.tuples(parents, parents, issue).map(written)


def dossiers() -> st.SearchStrategy[dict[str, str]]:
    """Texts by path."""
    paths = st.sampled_from(("a.yaml", "b.yaml", "sub/a.yaml"))
    return st.dictionaries(paths, files(), min_size=1, max_size=3)
