"""What may become of a work, at any moment around the deadline."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.submissions.rules import Standing, is_late, may_hand_in, may_take_back, standing

DEADLINE = datetime(2026, 11, 11, 5, 30, tzinfo=UTC)
STATES = st.sampled_from([None, "SENT", "RETURNED", "ACCEPTED"])
MOMENTS = st.integers(-600, 600).map(lambda minutes: DEADLINE + timedelta(minutes=minutes))


@given(STATES, MOMENTS, st.booleans())
def test_what_is_taken_back_could_also_be_replaced(state: str | None, at: datetime, looked: bool) -> None:
    taken = may_take_back(state=state, looked=looked, at=at, deadline=DEADLINE)
    assert not taken or may_hand_in(state=state, at=at, deadline=DEADLINE)
    assert not (taken and looked)


@given(STATES, MOMENTS)
def test_only_a_first_or_a_returned_work_comes_after_the_deadline(state: str | None, at: datetime) -> None:
    late = is_late(put_at=at, deadline=DEADLINE)
    expected = state in (None, "RETURNED") or (state == "SENT" and not late)
    assert may_hand_in(state=state, at=at, deadline=DEADLINE) == expected


@given(STATES, MOMENTS)
def test_nobody_is_missing_before_the_deadline(state: str | None, at: datetime) -> None:
    found = standing(state=state, at=at, deadline=DEADLINE)
    assert (found == Standing.MISSING) == (state is None and at > DEADLINE)


def test_at_the_very_deadline_a_work_is_in_time() -> None:
    assert not is_late(put_at=DEADLINE, deadline=DEADLINE)
    assert is_late(put_at=DEADLINE + timedelta(microseconds=1), deadline=DEADLINE)
