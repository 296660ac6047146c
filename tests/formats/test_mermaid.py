"""Mermaid: a flowchart in which no data is read as syntax."""

import re
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimcli.analysis.graph import graph, neighbourhood
from claimcli.core.records import Dossier
from claimcli.core.text.escaping import one_line
from claimcli.formats.mermaid import escaped, mermaid
from tests.formats.test_briefing import HOSTILE

DossierOf = Callable[[str], Dossier]

MERMAID = [
    '"] click n1 "javascript:alert(1)"', "%%{init: {}}%%", "`**md** _x_`", "#quot; #35; #",
    "ﬂ°°60¶ßbﬂ°°62¶ß", "$$x^2$$ $$$", "fa:fa-ban", "direction  LR", "DIRECTION tb", "end", "--> n2",
    "style a:#fff;", "@{ shape: cyl }", "'''", "x - y", "1.2. a", "a..b", "---\ntitle: x",
]  # fmt: skip
LABEL = r'[^"\[\]{}()<>|`*_~:;@$%\\/=&+^!?]*'
LINES = re.compile(
    rf'flowchart RL|accTitle: Claims and what answers them|subgraph s\d+\["(?:{LABEL};?)*"\]|direction RL|end'
    rf'|n\d+\["(?:{LABEL}|#\d+;|<br>)*"\]'
    rf'|n\d+ (?:==>|-\.->|-->|-\.-o|o--o)\|"(?:{LABEL})"\| n\d+'
    r"|classDef p\d+ [a-z]+:#[0-9a-f,:. a-z#-]+|class n\d+(?:,n\d+)* p\d+"
)


def decode_label(written: str) -> str:
    """Return a label as Mermaid shows it, with entity codes decoded."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), written).replace("\u2060", "")


def test_rival_positions(dossier_of: DossierOf) -> None:
    """A line with a ring at each end links rivals; one that is not drawn is named in the node."""
    dossier = dossier_of("""
claims:
- {id: a, party: p, statement: A., issue: i, position: "yes"}
- {id: b, party: q, statement: B., issue: i, position: "no"}
""")

    assert 'n2 o--o|"holds another position"| n1\n' in mermaid(graph(dossier))
    assert "position#58; yes<br>holds another position#58; no #40;q#41; #91;b#93;" in mermaid(
        neighbourhood(dossier, ["a"], 0)
    )


def test_the_flowchart(dossier_of: DossierOf) -> None:
    """Answers are to the right, issues are groups, and each party has a style."""
    found = graph(
        dossier_of("""
parties: [{id: east, name: East}]
issues: [{id: i, question: Is it so?}]
claims:
- id: a
  party: east
  statement: It is so.
  said: 2021
  issue: i
  position: yes
  rebuttals: [{id: a-not, party: west, statement: No., kind: undercuts}]
- {id: b, party: [west, east], speaker: B. Who, statement: "B: yes", restates: a, issue: j}
- {id: c, party: west, statement: C., supersedes: b, issue: j,
   responds_to: {claim: a, kind: confirms}}
""")
    )

    assert (
        mermaid(found)
        == """\
flowchart RL
accTitle: Claims and what answers them
subgraph s1["Is it so#63;"]
direction RL
n1["East<br>2021<br>It is so.<br>a, contested, position#58; yes"]
n2["west<br>No.<br>a-not, unanswered"]
end
subgraph s2["j"]
direction RL
n3["west and East<br>B. Who<br>B#58; yes<br>b, divided, superseded by c"]
n4["west<br>C.<br>c, answered"]
end
n2 -.->|"disputes the step from evidence to claim"| n1
n3 -.-o|"restates"| n1
n4 -->|"says the same"| n1
n4 -.-o|"supersedes"| n3
classDef p1 fill:#e6f2fa,stroke:#0072b2,color:#1a1a1a
class n1 p1
classDef p2 fill:#fdeee3,stroke:#b84a00,color:#1a1a1a,stroke-dasharray:9 3
class n2,n3,n4 p2
"""
    )


@pytest.mark.parametrize("words", [*HOSTILE, *MERMAID])
def test_hostile_text_is_text(words: str, dossier_of: DossierOf) -> None:
    """Every line has the expected syntax, and the words are in their label."""
    claim = {"id": "a", "party": "p", "statement": words, "position": words, "issue": "i"}
    data = {
        "parties": [{"id": "p", "name": words}],
        "issues": [{"id": "i", "question": words}],
        "claims": [claim, {"id": "b", "party": "q", "statement": words, "responds_to": "a"}],
    }
    text = mermaid(graph(dossier_of(yaml.safe_dump(data, allow_unicode=True))))

    assert [line for line in text.splitlines() if not LINES.fullmatch(line)] == []
    assert decode_label(text).count(one_line(words).replace("ﬂ°", "fl°")) >= 3
    inside = text.replace("\ndirection RL\n", "\n")
    assert not re.search(r"(?i)direction\s+(TB|BT|LR|RL|TD)|\$\$|:fa-|ﬂ°|¶ß|```|://|www\.", inside)


@given(st.text())
def test_a_label_holds_any_text(words: str) -> None:
    """No character ends a label or starts syntax, and none is lost."""
    label = escaped(words)

    assert re.fullmatch(r"(?:[^\W_]|[ ,.'-]|#\d+;)*", label)
    assert not re.match(r"[-'.]|\d+\.", label)
    assert decode_label(label).replace("fl°", "ﬂ°") == one_line(words).replace("fl°", "ﬂ°").replace(
        "\u2060", ""
    )


def test_a_backslash_before_an_n_ends_no_line() -> None:
    """Mermaid reads it as a line break after decoding the numbers, so a joiner is between."""
    assert escaped(r"C:\new \\n \d") == "C#58;#92;#8288;new #92;#92;#8288;n #92;d"


def test_no_claims_are_a_flowchart_too(dossier_of: DossierOf) -> None:
    assert mermaid(graph(dossier_of("claims: []"))).splitlines()[-1] == 'n0["no claims"]'


def test_a_long_statement_is_cut(dossier_of: DossierOf) -> None:
    """A long statement ends with an ellipsis, and no letter is split."""
    family = "👩‍👧"
    text = mermaid(graph(dossier_of(f"claims: [{{id: a, party: p, statement: {family * 200}}}]")))

    assert decode_label(text).count(family) == 93
    assert "👩\u200d…" not in decode_label(text)
    assert "#8230;<br>" in text
