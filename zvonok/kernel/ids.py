"""Identifiers that sort by the time they were made and tell nobody how many there are."""

import secrets
import time
from base64 import urlsafe_b64encode
from uuid import UUID

_VERSION_7 = 7 << 76
_VARIANT = 0b10 << 62
SHORT_ID = 8


def uuid7() -> UUID:
    """Make a UUIDv7 of the present millisecond (RFC 9562, section 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    high = secrets.randbits(12) << 64
    low = secrets.randbits(62)
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80 | _VERSION_7 | high | _VARIANT | low)


def short(of: UUID) -> str:
    """Write the last 48 bits of an id, random all of them, where a page holds hundreds; in eight characters."""
    return urlsafe_b64encode(of.bytes[-6:]).decode()


def is_meant(one: UUID | None, *, by: UUID | str | None) -> bool:
    """Say whether an id, in full or short, means this one; nothing means nothing."""
    return one == by or (one is not None and by == short(one))
