"""The order of issues and parties."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request
from claimcli.core.registry_order import Sort, in_order, named_sort, order_key, sort_registries
from claimcli.dossier.open import open_dossier

FILES = {
    "b.yaml": "parties: [{id: zeta}, {id: alpha}]\n",
    "a/z.yaml": "issues: [{id: second, question: Q}]\nparties: [{id: mu}]\n",
    "c.yaml": """\
issues: [{id: third, question: Q}]
claims:
- {id: c1, party: [alpha, eta], statement: s, issue: third}
- {id: c2, party: [beta, alpha], statement: s, issue: other}
- {id: c3, party: mu, statement: s, issue: third}
""",
    "a/a.yaml": "issues: [{id: zero, question: Q}, {id: first, question: Q}]\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with registries in several files."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_dossier_has_the_order_of_its_files(folder: Path) -> None:
    """Folders and paths in order, each file from top to bottom, unregistered ones last by id."""
    dossier = open_dossier([folder])

    assert list(dossier.issues) == ["zero", "first", "second", "third", "other"]
    assert list(dossier.parties) == ["mu", "zeta", "alpha", "beta", "eta"]


def test_the_order_of_the_arguments_does_not_matter(folder: Path) -> None:
    dossier = open_dossier([folder / "c.yaml", folder / "a"])

    assert list(dossier.issues) == ["zero", "first", "second", "third", "other"]


@pytest.mark.parametrize(
    ("sort", "issues", "parties"),
    [
        ("id", ["first", "other", "second", "third", "zero"], ["alpha", "beta", "eta", "mu", "zeta"]),
        ("claims", ["third", "other", "zero", "first", "second"], ["alpha", "mu", "beta", "eta", "zeta"]),
    ],
)  # fmt: skip
def test_other_orders(folder: Path, sort: str, issues: list[str], parties: list[str]) -> None:
    """The most claims first; in a tie the order of the registries decides."""
    dossier = sort_registries(open_dossier([folder]), named_sort(sort))

    assert list(dossier.issues) == issues
    assert list(dossier.parties) == parties


def test_ids_without_a_place_are_last() -> None:
    """By id, and None after them."""
    registry = {"z": 0, "a": 0}

    assert in_order(["y", "a", "b", "z", "a"], registry) == ("z", "a", "b", "y")
    assert sorted([None, "b", "a"], key=order_key(registry)) == ["a", "b", None]


def test_an_unknown_order_is_an_error() -> None:
    with pytest.raises(ClaimcliError, match="no sorting 'claim'; did you mean 'claims'"):
        named_sort("claim")
    assert named_sort("ID") is Sort.ID


def test_a_list_is_sorted_like_the_registries(folder: Path) -> None:
    """Claims on no issue, or of an unregistered one, come last."""
    more = "claims:\n- {id: d1, party: zeta, statement: s}\n- {id: d2, party: eta, statement: s, issue: zero}\n"
    (folder / "d.yaml").write_text(more, "utf-8")

    def ids(sort: str) -> list[str]:
        return [claim.id for claim in open_dossier([folder], Request(sort=sort)).claims]

    assert ids("issue") == ["d2", "c1", "c3", "c2", "d1"]
    assert ids("-issue") == ["d1", "c2", "c3", "c1", "d2"]
    assert ids("party") == ["c3", "d1", "c1", "c2", "d2"]
