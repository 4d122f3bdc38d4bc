"""Telephone numbers as people write them, and passwords that can be read from paper."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.people.rules import LETTERS, mobile_number, temporary_password

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@given(DIGITS, st.sampled_from(["+7", "8", "7", ""]), st.sampled_from(["", " ", "-", " (", "\u00a0"]))
def test_a_mobile_number_is_read_however_it_is_written(nine: str, prefix: str, gap: str) -> None:
    written = f"{prefix}{gap}9{nine[:2]}{gap}{nine[2:5]}{gap}{nine[5:]}"
    assert mobile_number(written) == f"+79{nine}"


@given(st.text())
def test_whatever_is_typed_gives_a_number_or_nothing(text: str) -> None:
    number = mobile_number(text)
    assert number is None or (len(number) == 12 and number.startswith("+79") and number[1:].isascii())


@pytest.mark.parametrize(
    "text",
    ["+7 495 123-45-67", "8 800 555 35 35", "+7 701 123 45 67", "+375 29 123 45 67", "112", "+7٩٠٠0000001"],
)
def test_what_is_no_russian_mobile_is_refused(text: str) -> None:
    assert mobile_number(text) is None


def test_a_temporary_password_is_long_readable_and_never_the_same() -> None:
    made = {temporary_password(secrets.choice) for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == 14 and set(one) <= {*LETTERS, "-"} for one in made)
    assert not set(LETTERS) & set("01oil")
