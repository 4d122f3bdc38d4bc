"""How the journal names groups and works."""

from django.utils.translation import pgettext


def group_label(title: str, subject: str) -> str:
    """Name a study group beside its subject: a title that begins with the subject loses it."""
    return title.removeprefix(subject).strip(" ,·") or title


def work_short(work: str) -> str:
    """Name a kind of work as the head of a narrow column can; plain work in class needs no name."""
    return {
        "ANSWER": "",
        "HOMEWORK": pgettext("head of a column", "h/w"),
        "INDEPENDENT": pgettext("head of a column", "indep."),
        "TEST": pgettext("head of a column", "test"),
        "DICTATION": pgettext("head of a column", "dict."),
        "ESSAY": pgettext("head of a column", "essay"),
        "LAB": pgettext("head of a column", "lab"),
        "PROJECT": pgettext("head of a column", "project"),
    }[work]
