"""How kinds of work are named: a school's own words as they are written, the others in the reader's language."""

from django.utils.translation import pgettext

from zvonok.domain.marks.models import Work


def work_title(work: str, own: str = "") -> str:
    """Name a kind of work by its code; `own` is the school's title for it, if it has one."""
    return own or str(Work(work).label if work in Work.values else work)


def work_short(work: str, own: str = "") -> str:
    """Name a kind of work as the head of a narrow column can; plain work in class needs no name."""
    return own or {
        "ANSWER": "",
        "HOMEWORK": pgettext("head of a column", "h/w"),
        "INDEPENDENT": pgettext("head of a column", "indep."),
        "TEST": pgettext("head of a column", "test"),
        "DICTATION": pgettext("head of a column", "dict."),
        "ESSAY": pgettext("head of a column", "essay"),
        "LAB": pgettext("head of a column", "lab"),
        "PROJECT": pgettext("head of a column", "project"),
    }.get(work, work)
