"""Line icons of the lucide set, put into the page so that they take the colour of the text."""

from functools import lru_cache

from lucide.jinja import lucide
from markupsafe import Markup


@lru_cache(maxsize=128)
def icon(name: str) -> Markup:
    """Draw an icon that only repeats the words beside it: readers of the page by ear are spared it."""
    drawing = lucide(name, size=24, aria_hidden="true")
    return Markup(" ".join(drawing.split()))
