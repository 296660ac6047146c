"""Which spellings are one position, and which are different positions."""

import unicodedata

import pytest

from claimcli.core.positions import compatible_pairs, position_key
from claimcli.core.records import NOWHERE, Issue
from claimcli.core.relations import Relation
from tests.support.naive_positions import position_relation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-3", "+3"), ("-3", "3"), ("2.5 %", "25 %"), (".5", "5"), ("$9", "£9"), ("✔", "✘"),
        ("F#", "F"), ("10⁷", "107"), ("x₂", "x2"), ("½", "1/2"), ("①", "1"), ("की", "के"),
        ("résumé", "resume"), ("no one", "noone"), ("yes", "yes?"), ("yes", "yes.."), ("no", "n.o"),
        ("5′", "5"), ("3 – 4", "3 - 4"), ("ℌ", "H"), ("№ 1", "No 1"), ("œuf", "oeuf"),
        ("yes", "ye\u200bs"), ("بان", "بِان"),
    ],
)  # fmt: skip
def test_positions_that_differ(one: str, other: str) -> None:
    """A sign, a point, a currency, an accent, a vowel sign or a symbol makes a difference."""
    assert position_key(one) != position_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yes", "yes"), ("yes", "YES."), ("yes", '"Yes."'), ("yes", "„Yes“."), ("yes", "«yes»"),
        ("at  least\tone", " At least one "), ("at least", "at\u00a0\u3000least"),
        ("é", "e\u0301"), ("straße", "STRASSE"), ("ＹＥＳ＋２", "yes+2"), ("ﾊﾞｽ", "バス"),
        ("５．５", "5.5"), ("office", "o\ufb03ce"), ("\u0133s", "ijs"),
        ("-3", "\u22123"), ("-3", "\u20103"), ("-3", "\uff0d3"), ("non\u2011stop", "non-stop"),
        ("\ufef3\ufee4\ufee6", "يمن"), ("\u0399\u0308\u0301", "\u0390"), ("是。", "是"), ("", " . "),
    ],
)  # fmt: skip
def test_spellings_of_one_position(one: str, other: str) -> None:
    """Case, width, ligatures, white space, quotation marks and a full stop make none."""
    assert position_key(one) == position_key(other)


def test_every_normal_form_of_a_letter_has_one_key() -> None:
    """Letters are composed again after they are folded; the Kelvin sign is a K."""
    letters = [chr(code) for code in (*range(0xA0, 0x2100), 0x212A, 0xFB1D, 0x1E9E, 0x1FB3)]

    assert [
        letter
        for letter in letters
        if position_key(letter) != position_key(unicodedata.normalize("NFD", letter))
        or position_key(letter) != position_key(letter.casefold())
    ] == []


def test_compatible_positions_are_parallel() -> None:
    """The pairs are compared like positions, and in both orders; equal ones agree as ever."""
    pairs = (("Partly", "yes."), ("no", "unknown"))
    declared = compatible_pairs(Issue(id="i", location=NOWHERE, compatible=pairs))

    relations = [
        position_relation(one, other, declared)
        for one, other in [("yes", "partly"), ("partly", "yes"), ("yes", "yes"), ("yes", "no")]
    ]

    assert relations == [
        Relation.PARALLEL, Relation.PARALLEL, Relation.AGREED, Relation.CONTESTED,
    ]  # fmt: skip
    assert compatible_pairs(None) == frozenset()
