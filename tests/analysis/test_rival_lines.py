"""Which rival positions pictures show as lines: all of few, few of many."""

from collections import Counter
from collections.abc import Callable

from claimcli.analysis.rival_lines import RivalLines, rival_lines
from claimcli.core.records import Dossier

DossierOf = Callable[[str], Dossier]


def lines_of(dossier: Dossier) -> RivalLines:
    return rival_lines(dossier, dossier.claims, [])


def positions(*texts: str, issue: str = "i") -> str:
    """Return claims a0, a1, ... of different parties with these positions."""
    return "".join(
        f"- {{id: {issue}{n}, party: p{n}, statement: S., issue: {issue}, position: {text}}}\n"
        for n, text in enumerate(texts)
    )


def test_every_pair_of_few_rivals(dossier_of: DossierOf) -> None:
    """Each pair on one issue is linked once; the opposing claim comes first."""
    found = lines_of(
        dossier_of(f"claims:\n{positions('yes', 'no', 'yes')}{positions('no', issue='j')}")
    )

    assert found.pairs == (("i1", "i0"), ("i1", "i2"))
    assert found.unlinked == {"i0": (), "i1": (), "i2": (), "j0": ()}


def test_an_old_position_does_not_oppose(dossier_of: DossierOf) -> None:
    """A withdrawn claim is opposed, and opposes nothing."""
    found = lines_of(
        dossier_of(
            f"claims:\n{positions('yes')}"
            "- {id: old, party: q, statement: S., issue: i, position: no, withdrawn: 2021}\n"
        )
    )

    assert found.pairs == (("i0", "old"),)


def test_many_claims_on_two_sides(dossier_of: DossierOf) -> None:
    """Each of many claims has one line, and names the rivals that it has no line to."""
    found = lines_of(dossier_of("claims:\n" + positions(*["yes"] * 30, *["no"] * 30)))
    counts = Counter(end for pair in found.pairs for end in pair)

    assert (len(found.pairs), set(counts.values())) == (30, {1})
    assert {len(rivals) for rivals in found.unlinked.values()} == {29}


def test_one_against_many(dossier_of: DossierOf) -> None:
    """Each of many claims is linked with its only rival."""
    found = lines_of(dossier_of("claims:\n" + positions("no", *["yes"] * 60)))

    assert {rival for _, rival in found.pairs if rival != "i0"} | {
        rival for rival, _ in found.pairs if rival != "i0"
    } == {f"i{n}" for n in range(1, 61)}
    assert not any(found.unlinked.values())


def test_the_number_of_lines_is_limited(dossier_of: DossierOf) -> None:
    """The picture of an issue with hundreds of different positions has 100 lines."""
    found = lines_of(dossier_of("claims:\n" + positions(*(f"p{n}" for n in range(300)))))

    assert len(found.pairs) == 100
