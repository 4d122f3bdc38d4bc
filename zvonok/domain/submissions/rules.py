"""What may become of a work, and how it stands. Pure."""

from datetime import datetime
from enum import StrEnum

LONGEST_TEXT, LONGEST_REPLY = 10_000, 2_000


class Standing(StrEnum):
    """How a pupil stands with a homework."""

    AWAITED = "AWAITED"
    MISSING = "MISSING"
    SENT = "SENT"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"


def is_late(*, put_at: datetime, deadline: datetime) -> bool:
    """Say whether something came after the deadline; at its very moment it is in time."""
    return put_at > deadline


def may_hand_in(*, state: str | None, at: datetime, deadline: datetime) -> bool:
    """Say whether a work is taken: the first one and one asked for anew always, another until the deadline."""
    if state in (None, "RETURNED"):
        return True
    return state == "SENT" and at <= deadline


def may_take_back(*, state: str | None, looked: bool, at: datetime, deadline: datetime) -> bool:
    """Say whether a work can be taken back: until the deadline, unless the teacher has looked at it."""
    return state == "SENT" and not looked and at <= deadline


def standing(*, state: str | None, at: datetime, deadline: datetime) -> Standing:
    """Tell how a pupil stands whose work is in `state`; None: there is none."""
    if state is not None:
        return Standing(state)
    return Standing.MISSING if at > deadline else Standing.AWAITED
