"""An opposing answer comes from outside the party tree of the claim.

A party, the parties that it is part of, and all their members are one tree. An opposing answer from
inside it is no response from the other side: it makes the claim divided, not contested, and the
claim still has no response on file. An umbrella organisation should not be the parent of parties
that dispute with each other: leave out `part_of` of one of them.

Bad:

    parties:
      - {id: city, name: City}
      - {id: waterworks, name: Waterworks, part_of: city}
      - {id: residents, name: Residents, part_of: city}
    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - party: residents
            statement: The main was worn.

Good:

    parties:
      - {id: city, name: City}
      - {id: waterworks, name: Waterworks, part_of: city}
      - {id: residents, name: Residents}
    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - party: residents
            statement: The main was worn.
"""

from collections.abc import Iterator

from claimcli.core.party_trees import is_outside, party_trees, trees_of
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.core.relations import answered_claims

SEVERITY = Severity.WARNING


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each such answer; response-to-self reports those of the same party."""
    roots = party_trees(dossier)
    if not roots:
        return
    for claim, answered in answered_claims(dossier):
        opposes = any(a.kind.opposes for a in claim.responds_to if a.claim == answered.id)
        same_party = not set(claim.parties).isdisjoint(answered.parties)
        if opposes and not same_party and not is_outside(claim.parties, answered.parties, roots):
            tree = min(trees_of(claim.parties, roots))
            party, other = (
                next(party for party in c.parties if roots.get(party, party) == tree)
                for c in (claim, answered)
            )
            yield Problem(
                "answer-inside-tree",
                f"'{party}' opposes '{answered.id}' by '{other}', and both are part of '{tree}'",
                claim.location.of("party"),
                SEVERITY,
                "leave out 'part_of' of a party that disputes with the others of its tree",
                (answered.location.of("party"),),
            )
