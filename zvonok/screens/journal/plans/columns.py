"""The words of a plan's spreadsheet, in Russian and English: its columns, and the kinds of work."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# In the order of the template. The first word of each kind is what a column is called in that language.
COLUMNS = {
    "section": (_("Section"), ("section", "раздел", "модуль", "глава", "unit", "chapter")),
    "title": (
        pgettext_lazy("column of a lesson plan", "Topic"),
        (
            "topic",
            "тема",
            "тема урока",
            "темы уроков",
            "наименование темы",
            "название темы",
            "title",
            "lesson topic",
        ),
    ),
    "hours": (
        _("Hours"),
        ("hours", "часы", "часов", "час", "количество часов", "кол-во часов", "всего часов", "lessons"),
    ),
    "homework": (
        _("Homework"),
        ("homework", "домашнее задание", "дз", "д/з", "домашняя работа", "задание на дом"),
    ),
    "homework_minutes": (
        _("Minutes it takes"),
        (
            "minutes it takes",
            "minutes",
            "homework minutes",
            "минуты",
            "минут",
            "сколько минут",
            "время на дз",
        ),
    ),
    "control": (
        _("Control"),
        ("control", "контроль", "вид контроля", "форма контроля", "контрольные работы", "test"),
    ),
    "note": (
        pgettext_lazy("column of a lesson plan", "Note"),
        ("note", "notes", "примечание", "примечания", "comment"),
    ),
}
PASSED_OVER = {
    "№",
    "no",
    "no.",
    "#",
    "№ п/п",
    "п/п",
    "№ урока",
    "номер урока",
    "дата",
    "date",
    "дата план",
    "дата факт",
}
CONTROLS = {
    "TEST": ("test", "контрольная работа", "контрольная", "к/р", "кр", "проверочная работа", "тест", "зачёт"),
    "INDEPENDENT": ("independent work", "самостоятельная работа", "самостоятельная", "с/р", "ср"),
    "DICTATION": ("dictation", "диктант", "контрольный диктант"),
    "ESSAY": ("essay", "сочинение", "изложение", "эссе"),
    "LAB": ("laboratory work", "lab", "лабораторная работа", "лабораторная", "л/р", "практическая работа"),
    "PROJECT": ("project", "проект", "защита проекта"),
}
NO_WORDS = {"-", "–", "—", "нет", "no", "none"}


def folded(text: str) -> str:
    """Fold a word for comparing: without case, ё as е, one blank between words, no colon at its end."""
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" :")


COLUMN_OF = {folded(word): name for name, (_label, words) in COLUMNS.items() for word in words}
CONTROL_OF = {folded(word): kind for kind, words in CONTROLS.items() for word in words}
IGNORED = {folded(word) for word in PASSED_OVER}
EMPTY = {folded(word) for word in NO_WORDS}
