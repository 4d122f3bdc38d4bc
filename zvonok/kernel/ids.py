"""Identifiers that sort by the time they were made and tell nobody how many there are."""

import secrets
import time
from uuid import UUID

_VERSION_7 = 7 << 76
_VARIANT = 0b10 << 62


def uuid7() -> UUID:
    """Make a UUIDv7 of the present millisecond (RFC 9562, section 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    high = secrets.randbits(12) << 64
    low = secrets.randbits(62)
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80 | _VERSION_7 | high | _VARIANT | low)
