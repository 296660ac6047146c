"""The kinds of responses with their effects, and the states of requests for comment."""

from enum import StrEnum
from typing import Any, Self


class Effect(StrEnum):
    """What a response does to the claim that it answers.

    ``opposes``: it belongs in ``rebuttals``. ``mutual``: the answered claim opposes it in turn.
    ``line``: the style of its line in pictures.
    """

    opposes: bool
    mutual: bool
    line: str

    def __new__(cls, value: str, *row: Any) -> Self:
        """Return a member from a row of the table below."""
        effect = str.__new__(cls, value)
        effect._value_ = value
        effect.opposes, effect.mutual, effect.line = row
        return effect

    DENIAL = "denial", True, True, "against"
    CHALLENGE = "challenge", True, False, "aside"
    QUALIFICATION = "qualification", False, False, "allowing"
    NEUTRAL = "neutral", False, False, "allowing"
    AGREEMENT = "agreement", False, False, "sharing"


class Kind(StrEnum):
    """The kind of a response: its name in files, its label in output, and its effect."""

    label: str
    effect: Effect

    def __new__(cls, value: str, *row: Any) -> Self:
        """Return a member from a row of the table below."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label, kind.effect = row
        return kind

    DENIES = "denies", "denies", Effect.DENIAL
    DENIES_SAYING = "denies-saying", "denies that it was said", Effect.DENIAL
    CONTRADICTS = "contradicts", "holds a rival account", Effect.DENIAL
    DISPUTES_MEANING = "disputes-meaning", "disputes what the words mean", Effect.CHALLENGE
    UNDERMINES = "undermines", "disputes the source or evidence", Effect.CHALLENGE
    UNDERCUTS = "undercuts", "disputes the step from evidence to claim", Effect.CHALLENGE
    QUALIFIES = "qualifies", "accepts in part or with a condition", Effect.QUALIFICATION
    DECLINES = "declines", "gives no answer when asked", Effect.NEUTRAL
    CONFIRMS = "confirms", "says the same", Effect.AGREEMENT

    @property
    def opposes(self) -> bool:
        """Whether it belongs in ``rebuttals``, not in ``responses``."""
        return self.effect.opposes


class ReplyState(StrEnum):
    """Whether a request for comment is answered; one that is overdue is open, too."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    DECLINED = "declined"
