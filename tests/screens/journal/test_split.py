"""Columns split over pages lose none, repeat none, and fit."""

from hypothesis import given
from hypothesis import strategies as st

from zvonok.screens.journal.pages import split


@given(
    count=st.integers(0, 300),
    room=st.integers(1, 40),
    last_room=st.integers(1, 40),
)
def test_every_column_stands_on_one_page_and_every_page_has_room(
    count: int, room: int, last_room: int
) -> None:
    pages = split(count, room=room, last_room=last_room)
    assert [column for page in pages for column in page] == list(range(count))
    assert all(len(page) <= room for page in pages)
    assert len(pages[-1]) <= last_room
    assert all(len(page) > 0 for page in pages) or count == 0


def test_pages_are_filled_evenly() -> None:
    assert [len(page) for page in split(60, room=30, last_room=20)] == [20, 20, 20]
    assert [len(page) for page in split(12, room=30, last_room=20)] == [12]
