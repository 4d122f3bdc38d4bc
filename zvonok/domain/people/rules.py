"""What a telephone number is, and what a temporary password is made of."""

import re
from collections.abc import Callable, Sequence

# Without 0 and o, 1, i and l: a slip is read from paper, by a child too.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS = 3
GROUP_LENGTH = 4
TEMPORARY_DAYS = 30
_PUNCTUATION = re.compile(r"[\s()\u00a0\u2009.\-\u2010-\u2015]+")
_RUSSIAN_MOBILE = re.compile(r"(?:\+7|7|8)?(9[0-9]{9})")


def mobile_number(text: str) -> str | None:
    """Read a Russian mobile number as people write it, and give it as +79…; None when it is not one."""
    found = _RUSSIAN_MOBILE.fullmatch(_PUNCTUATION.sub("", text))
    return f"+7{found[1]}" if found else None


def temporary_password(choose: Callable[[Sequence[str]], str]) -> str:
    """Make a password that can be read from paper and typed by a child: `kd7m-xq4t-p9wn`, 59 bits of chance.

    `choose` picks one of several at random; whoever calls brings a secret source of chance.
    """
    groups = ("".join(choose(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
