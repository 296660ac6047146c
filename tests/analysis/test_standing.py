"""``claimcli standing``: the labels of claims, and how they change without some claims."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcli.analysis.argumentation.extensions import Semantics, extensions
from claimcli.analysis.standing import Reasoning, build_framework, standing
from claimcli.core.records import Dossier
from tests.support.cli import ROOT, claimcli

PUMP = """
sources: [{id: memo, title: Memo, published: 2023}, {id: letter, title: Letter, published: 2023}]
claims:
- {id: sound, party: works, statement: The pump is sound., source: memo}
- {id: broken, party: street, statement: The pump is broken., responds_to: {claim: sound, kind: denies},
   sources: [letter, memo]}
- {id: forged, party: works, statement: The letter is forged.,
   responds_to: {claim: broken, kind: undermines}, source: memo}
- {id: agrees, party: lab, statement: It is sound., responds_to: {claim: sound, kind: confirms}}
- {id: partly, party: lab, statement: In part., responds_to: {claim: broken, kind: qualifies}}
- {id: silent, party: lab, statement: No comment., responds_to: {claim: broken, kind: declines}}
- {id: again, party: works, statement: Sound indeed., restates: sound}
"""


def solve(given):
    return extensions(given, Semantics.GROUNDED, clock=lambda: 0.0)


def test_which_kinds_of_answers_attack(dossier_of: Callable[[str], Dossier]) -> None:
    """Denials attack both ways, doubts about a source one way; support and qualification never."""
    claims = "".join(
        f"- {{id: {kind}, party: q, statement: S., responds_to: {{claim: t, kind: {kind}}}}}\n"
        for kind in (
            "denies", "denies-saying", "contradicts", "disputes-meaning", "undermines",
            "undercuts", "qualifies", "declines", "confirms",
        )
    )  # fmt: skip
    dossier = dossier_of(f"claims:\n- {{id: t, party: p, statement: T.}}\n{claims}")
    found = build_framework(dossier.claims, dossier.superseded)
    names = [(found.arguments[a], found.arguments[b]) for a, b in found.attacks]

    assert sorted(one for one, other in names if other == "t") == [
        "contradicts", "denies", "denies-saying", "disputes-meaning", "undercuts", "undermines",
    ]  # fmt: skip
    assert sorted(other for one, other in names if one == "t") == [
        "contradicts", "denies", "denies-saying",
    ]  # fmt: skip


def test_an_unattacked_claim_stands(dossier_of: Callable[[str], Dossier]) -> None:
    dossier = dossier_of(PUMP)
    found = standing(dossier, Semantics.GROUNDED, Reasoning.SKEPTICAL, solve=solve)

    assert {n: s.value for n, s in found.labels.items() if s.value != "stands"} == {
        "broken": "falls"
    }
    assert [(link.source, link.target, link.kind) for link in found.links] == [
        ("again", "sound", "restates"),
        ("agrees", "sound", "confirms"),
        ("partly", "broken", "qualifies"),
        ("silent", "broken", "declines"),
    ]


@pytest.mark.parametrize(
    ("without", "changes"),
    [
        (("forged",), {"broken": ("falls", "contested"), "sound": ("stands", "contested")}),
        (("letter",), {}),
        (("memo",), {"broken": ("falls", "stands")}),
        (("memo", "letter"), {}),
    ],
)
def test_removing_claims_changes_labels(
    dossier_of: Callable[[str], Dossier], without: tuple[str, ...], changes: dict[str, object]
) -> None:
    """An id removes a claim or the claims that rest only on a source; two sources can do so jointly."""
    found = standing(
        dossier_of(PUMP), Semantics.GROUNDED, Reasoning.SKEPTICAL, solve=solve, without=without
    )

    assert {
        name: (old and old.value, found.labels[name].value) for name, old in found.before.items()
    } == changes


def test_a_withdrawn_claim_attacks_nothing(dossier_of: Callable[[str], Dossier]) -> None:
    text = PUMP.replace("id: forged,", "id: forged, withdrawn: 2024,")
    found = standing(dossier_of(text), Semantics.GROUNDED, Reasoning.SKEPTICAL, solve=solve)

    assert "forged" not in found.labels
    assert found.labels["sound"].value == "contested"


def test_a_superseded_claim_attacks_nothing(dossier_of: Callable[[str], Dossier]) -> None:
    """It is still attacked; without the newer claim it attacks again."""
    dossier = dossier_of("""
claims:
- {id: open, party: p, statement: Open.}
- {id: shut, party: q, statement: Shut., responds_to: {claim: open, kind: denies}}
- {id: partly, party: q, statement: One lane., supersedes: shut}
""")
    ours = standing(dossier, Semantics.GROUNDED, Reasoning.SKEPTICAL, solve=solve)
    without = standing(
        dossier, Semantics.GROUNDED, Reasoning.SKEPTICAL, solve=solve, without=["partly"]
    )

    assert ours.labels == {"open": "stands", "shut": "falls", "partly": "stands"}
    assert without.labels == {"open": "contested", "shut": "contested"}


def test_json_has_the_documented_keys() -> None:
    """Extensions and their members are sorted; the semantics and its meaning are included."""
    done = claimcli("--sample", "call", "standing", "-f", "json")
    found = json.loads(done.stdout)

    assert list(found)[:3] == ["semantics", "extensions", "labels"]
    assert found["semantics"] == "grounded"
    (one,) = found["extensions"]
    assert one == sorted(name for name, label in found["labels"].items() if label == "stands")
    assert {n for n, label in found["labels"].items() if label == "contested"} == {
        "fomenting-tensions", "no-declaration", "no-strike-weapons", "not-eyeing-invasion",
    }  # fmt: skip
    assert done.stderr == (
        "what follows if these answers are taken at face value (grounded semantics; "
        "rival positions are not attacks: 2 claims have one)\n"
    )


@pytest.mark.parametrize(
    ("how", "label"),
    [
        (("--semantics", "preferred"), "contested"),
        (("--semantics", "preferred", "--credulous"), "stands"),
        (("--semantics", "stable"), "contested"),
        (("--semantics", "complete", "--skeptical"), "contested"),
    ],
)
def test_credulous_and_skeptical_labels(how: tuple[str, ...], label: str) -> None:
    """Of two claims that deny each other, each is in some extension, and none has both."""
    pytest.importorskip("pysat", reason="an extra that is not installed")
    found = json.loads(claimcli("--sample", "call", "standing", "-f", "json", *how).stdout)

    assert found["labels"]["no-declaration"] == label
    assert found["extensions"] == sorted(found["extensions"])
    if how[1] != "complete":
        assert found["count"] == len(found["extensions"]) == 4


def test_without_a_stable_extension_nothing_is_decided(tmp_path: Path) -> None:
    pytest.importorskip("pysat", reason="an extra that is not installed")
    (tmp_path / "f.tgf").write_text("a\nb\n#\na a\n")
    how = ("--input", "f.tgf", "--semantics", "stable", "-f", "json")
    found = json.loads(claimcli("standing", *how, cwd=tmp_path).stdout)

    assert (found["extensions"], found["count"]) == ([], 0)
    assert found["labels"] == {"a": "contested", "b": "contested"}


def test_a_framework_is_read_and_written_in_each_form(tmp_path: Path) -> None:
    """The framework of a dossier has the same labels after writing and reading it."""
    labels = {}
    for form in ("apx", "tgf", "af"):
        out = tmp_path / f"call.{form}"
        written = claimcli("--sample", "call", "standing", "-f", form)
        out.write_text(written.stdout, encoding="utf-8")
        read = claimcli("standing", "--input", str(out), "-f", "json", cwd=tmp_path)
        labels[form] = list(json.loads(read.stdout)["labels"].values())

    dossier = json.loads(claimcli("--sample", "call", "standing", "-f", "json").stdout)["labels"]
    assert labels["apx"] == labels["tgf"] == [dossier[name] for name in sorted(dossier)]
    assert sorted(labels["af"]) == sorted(labels["apx"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--semantics", "prefered"), "no semantics 'prefered'; did you mean 'preferred'?"),
        (("--without", "no-declaratoin"),
         "no claim or source 'no-declaratoin'; did you mean 'no-declaration'?"),
        (("--input", "f.txt"), "'f.txt' has an unknown suffix; use .apx, .tgf, .af"),
        (("--input", "none.apx"), "'none.apx' cannot be read: No such file or directory; check "
         "the path"),
    ],
)  # fmt: skip
def test_wrong_use_is_an_error(arguments: tuple[str, ...], message: str) -> None:
    done = claimcli("--sample", "call", "standing", *arguments)

    assert (done.stdout, done.stderr) == ("", f"error: {message}\n")


def test_only_grounded_works_without_a_solver() -> None:
    code = (
        "import sys; sys.modules['pysat.solvers'] = None; sys.path.insert(0, sys.argv.pop(1));"
        "from claimcli.cli import main; main(['--sample', 'call', 'standing', '--semantics',"
        " sys.argv.pop(1), '-f', 'tsv'])"
    )
    ran = {
        semantics: subprocess.run(
            [sys.executable, "-c", code, str(ROOT), semantics],
            capture_output=True, encoding="utf-8", check=False,
        )
        for semantics in ("grounded", "preferred")
    }  # fmt: skip

    assert ran["grounded"].returncode == 0
    assert ran["preferred"].returncode == 2
    assert ran["preferred"].stderr.endswith(
        "error: this needs the library 'pysat.solvers'; install it with: "
        "pip install 'claimcli[solver]'\n"
    )


MILL = """
sources:
- {id: wire, title: Wire}
- {id: paper, title: Paper, derived_from: [wire]}
- {id: own, title: Own}
claims:
- {id: reported, party: p, statement: A., source: paper}
- {id: also, party: p, statement: B., sources: [paper, own]}
- {id: gone, party: q, statement: C., withdrawn: 2022, responds_to: reported}
- {id: again, party: p, statement: A again., restates: reported}
"""


def test_claims_that_rest_on_one_origin_are_removed_with_it(tmp_path: Path) -> None:
    """Removing a wire story removes the reports derived from it; both are listed."""
    (tmp_path / "a.yaml").write_text(MILL)
    done = claimcli("standing", "--without", "wire", "--data", ".", "-f", "json", cwd=tmp_path)
    found = json.loads(done.stdout)

    assert (found["struck"], found["withdrawn"]) == (["reported"], ["gone"])
    assert list(found["labels"]) == ["again", "also"]
    assert done.stderr == (
        "what follows if these answers are taken at face value (grounded semantics, "
        "without wire: 1 claim struck, 1 withdrawn claim left out)\n"
    )


def test_neutral_links_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(MILL)
    done = claimcli("standing", "id:again", "--data", ".", cwd=tmp_path)

    assert done.stdout == (
        "id\tstanding\tbefore\tattacked_by\tlinked\nagain\tstands\t\t\trestates reported\n"
    )


@pytest.mark.parametrize("more", [["--without", "a"], ["--party", "p"], ["words"]])
def test_a_framework_cannot_be_filtered(more: list[str], tmp_path: Path) -> None:
    """Options without an effect are refused."""
    (tmp_path / "a.apx").write_text("arg(a).\n")
    done = claimcli("standing", "--input", "a.apx", *more, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "leave out the query, the filters and --without" in done.stderr


@pytest.mark.parametrize("ending", ["apx", "tgf", "af"])
def test_the_file_ending_selects_the_framework_format(ending: str, tmp_path: Path) -> None:
    done = claimcli("--sample", "call", "standing", "-o", f"f.{ending}", cwd=tmp_path)

    assert done.returncode == 0
    named = claimcli("--sample", "call", "standing", "--format", ending)
    assert (tmp_path / f"f.{ending}").read_text() == named.stdout
