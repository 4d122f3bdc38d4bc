"""The template engine of all screens: Jinja2, strict about names, with the words and tools of a page."""

from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from zvonok.screens.shell import wording
from zvonok.screens.shell.icons import icon
from zvonok.screens.shell.page import shell_of

SCREENS = Path(__file__).parents[1]


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
    made.filters.update(wording.FILTERS)
    made.globals.update(icon=icon, shell_of=shell_of, static=static, url=url, week_title=wording.week_title)
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """Find the address of a page by its name."""
    return reverse(name, args=args, kwargs=kwargs)
