"""How kinds of work are named: a school's own words as they are written, the others in the reader's language."""

from functools import lru_cache

from django.utils.translation import get_language, pgettext

from zvonok.domain.marks.models import Work


def work_title(work: str, own: str = "") -> str:
    """Name a kind of work by its code; `own` is the school's title for it, if it has one."""
    return own or _title(work, get_language())


def work_short(work: str, own: str = "") -> str:
    """Name a kind of work as the head of a narrow column can; plain work in class needs no name."""
    return own or _short(work, get_language())


@lru_cache(maxsize=256)
def _title(work: str, language: str | None) -> str:
    return str(Work(work).label if work in Work.values else work)


@lru_cache(maxsize=256)
def _short(work: str, language: str | None) -> str:
    return {
        "ANSWER": "",
        "HOMEWORK": pgettext("head of a column", "h/w"),
        "INDEPENDENT": pgettext("head of a column", "indep."),
        "TEST": pgettext("head of a column", "test"),
        "DICTATION": pgettext("head of a column", "dict."),
        "ESSAY": pgettext("head of a column", "essay"),
        "LAB": pgettext("head of a column", "lab"),
        "PROJECT": pgettext("head of a column", "project"),
    }.get(work, work)
