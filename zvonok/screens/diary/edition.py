"""Which edition of the pages this is: whatever is written in templates, translations and styles names it."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from zvonok.screens.shell.static_files import style_sheet

ZVONOK = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def edition() -> str:
    """Name the edition by the content of all that a page is made of, the same in every process."""
    files = [*ZVONOK.glob("screens/*/templates/**/*.html"), *ZVONOK.glob("screens/*/static/**/*.js")]
    files += [*ZVONOK.glob("locale/*/LC_MESSAGES/*.mo"), *ZVONOK.glob("screens/*/*.py")]
    texts = [path.read_bytes() for path in sorted(files)]
    return fingerprint((style_sheet(), *texts))


def fingerprint(thing: object) -> str:
    """Shorten the value of anything that has a faithful `repr` to a name."""
    return blake2b(repr(thing).encode(), digest_size=16).hexdigest()
