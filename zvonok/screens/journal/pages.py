"""How a wide table is split over pages of paper. Pure."""

from math import ceil


def split(count: int, *, room: int, last_room: int) -> list[range]:
    """Split `count` columns evenly over the fewest pages; the last page has room for `last_room` only.

    There is always a page, even of nothing.
    """
    last_room = min(last_room, room)
    before = max(0, ceil((count - last_room) / room))
    if before == 0:
        return [range(count)]
    last = min(last_room, count // (before + 1))
    firsts = count - last
    edges = [ceil(firsts * page / before) for page in range(before + 1)]
    return [*(range(edges[page], edges[page + 1]) for page in range(before)), range(firsts, count)]
