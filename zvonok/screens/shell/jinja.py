"""The template engine of all screens: Jinja2, strict about names, with the words and tools of a page."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags import static as static_files
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from zvonok.domain.files.kinds import ENDINGS
from zvonok.domain.files.rules import LARGEST_BYTES, MEGABYTE, MOST_FILES
from zvonok.screens.shell import wording
from zvonok.screens.shell.icons import icon
from zvonok.screens.shell.language import spoken
from zvonok.screens.shell.page import shell_of

SCREENS = Path(__file__).parents[1]
UPLOAD_LIMITS = {
    "files": MOST_FILES,
    "megabytes": LARGEST_BYTES // MEGABYTE,
    "accept": ",".join(f".{ending}" for ending in ENDINGS),
}


class SameGlobals(Template):
    """A template whose macros are made once.

    Jinja asks at each import whether the importing template knows globals that the imported one does not, for
    then the macros must be made anew. All of ours know those of the environment, and no others.
    """

    def _get_default_module(self, ctx: Any = None) -> Any:
        return super()._get_default_module()


def environment(**options: Any) -> Environment:
    """Make the environment in which every template of the screens is rendered."""
    options["loader"] = FileSystemLoader(sorted(SCREENS.glob("*/templates")))
    options["undefined"] = StrictUndefined
    made = Environment(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"], **options)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.template_class = SameGlobals
    made.filters.update(wording.FILTERS)
    made.globals["_"] = said
    made.globals.update(upload_limits=UPLOAD_LIMITS)
    made.globals.update(icon=icon, shell_of=shell_of, static=static, url=url, week_title=wording.week_title)
    return made


@lru_cache(maxsize=256)
def static(path: str) -> str:
    """Find the address of a static file; it stays the same for as long as the program runs."""
    return static_files.static(path)


def url(name: str, *args: object, **kwargs: object) -> str:
    """Find the address of a page by its name."""
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else _fixed(name)


@lru_cache(maxsize=256)
def _fixed(name: str) -> str:
    return reverse(name)


def said(message: str, **values: object) -> Markup:
    """Say a text of the interface in the reader's language, with values put into it.

    The same as Jinja's own `_`, which looks a text up anew each time: a hundred times for a week of the diary.
    """
    language = spoken()
    return _pattern(message, language) % values if values else _text(message, language)


@lru_cache(maxsize=4096)
def _pattern(message: str, language: str) -> Markup:
    return Markup(translation.gettext(message))


@lru_cache(maxsize=4096)
def _text(message: str, language: str) -> Markup:
    return _pattern(message, language) % {}
