"""The independent origins of the sources of a claim."""

import json
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.provenance import claim_origins, trace_origins
from claimcli.core.records import Dossier, Location, Source
from tests.support.cli import claimcli

WIRE = """
sources:
- {id: wire, title: Wire, published: 2023}
- {id: courier, title: Courier, published: 2023, derived_from: [wire]}
- {id: gazette, title: Gazette, published: 2023, derived_from: [courier, agency]}
- {id: own, title: Own, published: 2023}
claims:
- {id: one, party: p, statement: A., sources: [courier, wire]}
- {id: two, party: p, statement: B., sources: [courier, own]}
- {id: three, party: p, statement: C., sources: [gazette]}
- {id: none, party: p, statement: D.}
"""


def test_reports_of_one_story_have_one_origin(dossier_of: Callable[[str], Dossier]) -> None:
    """Over any number of steps; an origin need not be on file."""
    dossier = dossier_of(WIRE)

    assert {name: claim_origins(dossier, claim) for name, claim in dossier.by_id.items()} == {
        "one": ("wire",),
        "two": ("own", "wire"),
        "three": ("agency", "wire"),
        "none": (),
    }


def test_sources_derived_from_one_another_have_one_origin(
    dossier_of: Callable[[str], Dossier],
) -> None:
    dossier = dossier_of("""
sources:
- {id: b, title: B, derived_from: [a]}
- {id: a, title: A, derived_from: [b]}
- {id: c, title: C, derived_from: [b]}
claims: [{id: x, party: p, statement: X., sources: [a, b, c]}]
""")

    assert claim_origins(dossier, dossier.by_id["x"]) == ("a",)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3)))
def test_origins_are_the_ends_of_all_paths(above: dict[str, list[str]]) -> None:
    """Compared with following every path: it ends in an underived source, or in a cycle."""
    sources = {
        name: Source(
            id=name,
            title=name,
            location=Location.create("", (1, 1, 1, 1), {}),
            derived_from=tuple(up),
        )
        for name, up in above.items()
    }
    found = trace_origins(sources)
    reach = {name: _above(name, above) for name in "abcdefg"}
    for name in above:
        ends = {
            min(reach[end] | {end}) if above.get(end) else end
            for end in reach[name] | {name}
            if all(end in reach[other] | {other} for other in reach[end])
        }
        assert set(found.get(name, (name,))) == ends


def _above(name: str, above: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(above.get(name, ()))
    while todo:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo += above.get(at, ())
    return found


def test_a_long_chain_is_followed() -> None:
    location = Location.create("", (1, 1, 1, 1), {})
    chain = {
        f"s{n}": Source(id=f"s{n}", title="T", location=location, derived_from=(f"s{n + 1}",))
        for n in range(50_000)
    }

    assert trace_origins(chain)["s0"] == ("s50000",)


def test_commands_show_origins(tmp_path: Path) -> None:
    """``sources``, ``list``, ``show`` and the briefing; the count of claims goes to stderr."""
    (tmp_path / "a.yaml").write_text(WIRE.replace(", agency", ""))
    data = ("--data", ".")
    listed = claimcli("sources", *data, "-f", "json", cwd=tmp_path)
    by_id = {one["id"]: one["origins"] for one in json.loads(listed.stdout)}

    assert by_id == {"wire": ["wire"], "courier": ["wire"], "gazette": ["wire"], "own": ["own"]}
    assert listed.stderr == ("independent origins: claims that rest 1 on none, 2 on 1, 1 on 2\n")
    fields = claimcli("list", "id:two", *data, "--fields", "id,origins", cwd=tmp_path)
    assert fields.stdout == "id\torigins\ntwo\town, wire\n"
    shown = claimcli("show", "one", *data, cwd=tmp_path)
    assert "\nrests on\t1 independent origin: wire\n" in shown.stdout
    briefing = claimcli("export", "id:one", *data, cwd=tmp_path).stdout
    assert "from 2 sources of 1 independent origin" in briefing
    assert "  - Rests on: 1 independent origin: wire\n" in briefing
