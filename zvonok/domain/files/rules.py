"""How much is taken, and in which pieces. Pure."""

from collections.abc import Iterator

MEGABYTE = 1024 * 1024
LARGEST_BYTES = 50 * MEGABYTE
CHUNK_BYTES = MEGABYTE
MOST_FILES = 10  # beside one thing: one homework, one answer
MOST_UNFINISHED = 30  # of one person
QUOTA_BYTES = 20 * 1024 * MEGABYTE  # of a school, unless its row says otherwise
LONGEST_NAME = 120


def chunk_length(*, size: int, offset: int) -> int:
    """Give the length of the piece of a file that begins at `offset`; 0 where none begins.

    All pieces but the last are equally long, so that a piece sent twice lies where it lay.
    """
    if offset % CHUNK_BYTES or not 0 <= offset < size:
        return 0
    return min(CHUNK_BYTES, size - offset)


def offsets(size: int) -> Iterator[int]:
    """List where the pieces of a file begin."""
    return iter(range(0, size, CHUNK_BYTES))


def plain_name(name: str) -> str:
    """Keep of a file's name what can be shown and saved: the last part of the path, one line, not too long.

    Letters of any script stay; what is invisible, and what means something to a file system, does not.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(char if char.isprintable() and char not in '<>:"|?*' else "_" for char in last)
    kept = kept.strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - 11].rstrip()}.{ending[:10]}"
