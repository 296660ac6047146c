"""DOT: a digraph whose names and labels are always quoted strings."""

import re
from collections.abc import Callable

import pytest
import yaml

from claimcli.analysis.graph import graph, neighbourhood
from claimcli.core.records import Dossier
from claimcli.core.text.escaping import one_line
from claimcli.formats.dot import dot
from tests.formats.test_briefing import HOSTILE

DossierOf = Callable[[str], Dossier]
STRING = r'"(?:[^"\\]|\\.)*"'


def test_the_digraph(dossier_of: DossierOf) -> None:
    """Each claim is a node with wrapped lines, and each answer an edge."""
    found = graph(
        dossier_of("""
claims:
- id: a
  party: east
  statement: It is so, and was so before anybody asked whether it was.
  rebuttals: [{id: b, party: west, statement: No., kind: denies-saying}]
""")
    )

    assert (
        dot(found)
        == """\
digraph claims {
  graph [rankdir=RL, charset="UTF-8", fontname=Helvetica];
  node [shape=box, fontname=Helvetica, fontsize=11, margin="0.12,0.08"];
  edge [fontname=Helvetica, fontsize=10];
    "a" [label="east\\lIt is so, and was so before anybody\\lasked whether it was.\\la · contested\\l", \
tooltip="It is so, and was so before anybody asked whether it was.", \
style="filled,solid", fillcolor="#e6f2fa", color="#0072b2"];
    "b" [label="west\\lNo.\\lb · contested\\l", tooltip="No.", \
style="filled,dashed", fillcolor="#fdeee3", color="#b84a00"];
  "b" -> "a" [label="denies that it was said", style=bold, color="#1a1a1a"];
}
"""
    )


def test_rival_positions(dossier_of: DossierOf) -> None:
    """A thin line with a ring at each end links rivals; one that is not drawn is named."""
    dossier = dossier_of("""
claims:
- {id: a, party: p, statement: A., issue: i, position: "yes"}
- {id: b, party: q, statement: B., issue: i, position: "no"}
""")

    assert dot(graph(dossier)).endswith(
        '  "b" -> "a" [label="holds another position", penwidth=0.5, dir=both, arrowhead=odot, '
        'arrowtail=odot, color="#1a1a1a"];\n}\n'
    )
    assert "position: yes\\lholds another position: no (q) [b]\\l" in dot(
        neighbourhood(dossier, ["a"], 0)
    )


@pytest.mark.parametrize(
    "words", [*HOSTILE, "\\N \\G \\l \\", "&amp;lt; &#60;", '"]; x [y="', "</"]
)
def test_hostile_text_is_text(words: str, dossier_of: DossierOf) -> None:
    """Hostile words change nothing outside the strings, which contain all of them."""

    def text(said: str) -> str:
        claim = {"id": "a", "party": "p", "statement": said, "issue": "i"}
        other = {**claim, "id": "b", "issue": "j", "responds_to": "a"}
        data = {
            "parties": [{"id": "p", "name": said}],
            "issues": [{"id": "i", "question": said}, {"id": "j"}],
            "claims": [claim, other],
        }
        return dot(graph(dossier_of(yaml.safe_dump(data, allow_unicode=True))))

    found = text(words)
    unescaped = re.sub(r"\\(.)", r"\1", found).replace("&amp;", "&")

    assert re.sub(STRING, '""', found) == re.sub(STRING, '""', text("plain"))
    assert unescaped.count(f'tooltip="{one_line(words)}"') == 2
    assert unescaped.count(f'    label="{one_line(words)}";') == 1
