"""A number that a statement mentions, and whether it equals another one."""

from collections.abc import Collection
from fractions import Fraction

from msgspec import Struct

from claimcli.analysis.stated_values.tables import KINDS
from claimcli.quotes.searchable import TextSpan

TOLERANCE = Fraction(1, 10)
"""How far a number may be from one with a word like "about", as a share of it."""
Value = Fraction | str
"""The value of a number, or a code such as F-16."""


class StatedNumber(Struct, frozen=True):
    """A number in a text: its possible values, its dimension, and the noun after it.

    ``values`` are in the written unit, of which ``factor`` makes the first unit of the dimension.
    ``longest`` is the span with the noun and words like "more than". ``bound`` is 1 for "more
    than", -1 for "less than". ``part`` is the five of "five of six". ``is_vague`` is a word like
    "one", which is a number only if the other text has another number of the same noun.
    """

    values: frozenset[Value]
    dimension: str
    factor: Fraction
    noun: str
    span: TextSpan
    longest: TextSpan
    bound: int = 0
    part: frozenset[Fraction] = frozenset()
    is_vague: bool = False
    is_approximate: bool = False

    def equals(self, other: "StatedNumber") -> bool:
        """Return whether both can be the same number."""
        if self.bound * other.bound < 0 or not self._has_form_of(other):
            return False
        if self.dimension == other.dimension:
            return self._are_equal(other, self._scaled(), other._scaled())
        if self.dimension and other.dimension:
            return False
        ours, theirs = self.values | self.part, other.values | other.part
        return self._are_equal(other, ours, theirs)

    def _are_equal(
        self, other: "StatedNumber", ours: Collection[Value], theirs: Collection[Value]
    ) -> bool:
        """Return whether two numbers have a value in common, or values that are nearly equal."""
        if not self.is_approximate and not other.is_approximate:
            return not set(ours).isdisjoint(theirs)
        pairs = ((Fraction(one), Fraction(more)) for one in ours for more in theirs)
        return any(abs(one - more) <= TOLERANCE * max(abs(one), abs(more)) for one, more in pairs)

    def _has_form_of(self, other: "StatedNumber") -> bool:
        special = ("ordinal", "code", "times", "magnitude")
        forms = {n.dimension if n.dimension in special else "" for n in (self, other)}
        return len(forms) == 1

    def is_equal_and_may_count_same(self, other: "StatedNumber") -> bool:
        """Return whether both can be the same number of the same thing."""
        same = self.noun == other.noun or not (self.noun and other.noun)
        return same and self.equals(other)

    def comparable(self, other: "StatedNumber") -> bool:
        """Return whether the two can be numbers of the same thing, in the same or another unit."""
        kinds = {KINDS.get(n.dimension, n.dimension) for n in (self, other)}
        if self.is_vague or other.is_vague or not self._has_form_of(other):
            return False
        return len(kinds) == 1 or "" in kinds

    def counts_same(self, other: "StatedNumber") -> bool:
        """Return whether both are followed by the same noun, or have units of one kind."""
        kinds = [KINDS.get(n.dimension, n.dimension) for n in (self, other)]
        if self.noun or other.noun:
            return self.noun == other.noun and kinds[0] == kinds[1]
        return bool(kinds[0]) and kinds[0] == kinds[1]

    def span_next_to(self, other: "StatedNumber") -> TextSpan:
        """Return the span that shows the difference from another number.

        It includes the noun if neither has a unit, and words like "more than" if only they differ.
        """
        first = self.longest[0] if self.values == other.values else self.span[0]
        counted = all(n.noun and n.dimension in ("", "ordinal") for n in (self, other))
        last = self.longest[1] if counted else self.span[1]
        return first, last

    def _scaled(self) -> frozenset[Value]:
        return frozenset(v if isinstance(v, str) else v * self.factor for v in self.values)
