"""How dates, times and numbers are said to people, in the language of the page."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from zvonok.domain.attendance.rules import LETTERS
from zvonok.screens.shell.language import spoken

# Babel's patterns; LLLL is a month standing alone, MMMM a month after its day.
_PATTERNS = {
    "ru": {
        "weekday": "EEEE",
        "weekday_short": "ccc",
        "day": "d MMMM",
        "day_year": "d MMMM y",
        "near": "EEE, d MMMM",
        "number": "d",
        "short": "dd.MM",
        "month": "LLLL",
        "month_year": "LLLL y",
        "range_end": "d MMMM",
    },
    "en": {
        "weekday": "EEEE",
        "weekday_short": "EEE",
        "day": "d MMMM",
        "day_year": "d MMMM y",
        "near": "EEE d MMM",
        "number": "d",
        "short": "d MMM",
        "month": "MMMM",
        "month_year": "MMMM y",
        "range_end": "d MMM",
    },
}
_LETTERS = {
    "UNEXCUSED": pgettext_lazy("letter of an absence without a reason", "A"),
    "ILL": pgettext_lazy("letter of an absence for illness", "I"),
    "EXCUSED": pgettext_lazy("letter of an excused absence", "E"),
    "LATE": pgettext_lazy("letter of coming late", "L"),
}
_REASONS = {
    "UNEXCUSED": gettext_lazy("Absent without a reason"),
    "ILL": gettext_lazy("Ill"),
    "EXCUSED": gettext_lazy("Absent for a good reason"),
    "LATE": gettext_lazy("Late"),
}
_TONES = {"5": "good", "4": "fair", "3": "weak", "2": "poor", "1": "poor"}
_DASH = "—"


def formatted(day: date, pattern: str) -> str:
    """Write `day` by a named pattern: weekday, day, day_year, near, month, month_year…"""
    return _formatted(day, pattern, _language())


def weekday(day: date) -> str:
    """Name the day of the week, as a heading does."""
    return _capital(formatted(day, "weekday"))


def weekday_short(day: date) -> str:
    """Name the day of the week in two or three letters."""
    return formatted(day, "weekday_short")


def day_month(day: date) -> str:
    """Write a day without its year: `7 сентября`."""
    return formatted(day, "day")


def day_short(day: date) -> str:
    """Write a day in little room: `07.09`."""
    return formatted(day, "short")


def full_day(day: date) -> str:
    """Write a day with its year: `7 сентября 2026`."""
    return formatted(day, "day_year")


def human_day(day: date, today: date) -> str:
    """Write a day as people say it on `today`: today, tomorrow, Mon 7 Sep, and the year when it is far."""
    said = {
        today: gettext("today"),
        today + timedelta(days=1): gettext("tomorrow"),
        today - timedelta(days=1): gettext("yesterday"),
    }
    near = abs((day - today).days) < 180
    return said.get(day) or formatted(day, "near" if near else "day_year")


def week_title(first: date, last: date) -> str:
    """Write a range of days: `7–12 сентября`, `31 августа – 5 сентября`."""
    if first.month == last.month:
        return f"{first.day}–{formatted(last, 'day')}"
    return f"{formatted(first, 'range_end')} – {formatted(last, 'range_end')}"


def month_title(day: date) -> str:
    """Name the month and year of `day`, as a heading does."""
    return _capital(formatted(day, "month_year"))


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """Write the time of an aware `moment` in `zone`, else in the zone of the page."""
    local = timezone.localtime(moment, zone)
    return f"{local.hour:02}:{local.minute:02}"


def human_moment(moment: datetime, today: date, zone: tzinfo | None = None) -> str:
    """Write when something happened: `today, 14:05`, `пн, 7 сентября, 14:05`."""
    local = timezone.localtime(moment, zone)
    return f"{human_day(local.date(), today)}, {local:%H:%M}"


def duration(minutes: int) -> str:
    """Write a length of time given in minutes: `1 h 50 min`."""
    return _duration(minutes, spoken())


@lru_cache(maxsize=1024)
def _duration(minutes: int, language: str) -> str:
    hours, rest = divmod(minutes, 60)
    said = [gettext("%(count)d h") % {"count": hours}] if hours else []
    if rest or not hours:
        said.append(gettext("%(count)d min") % {"count": rest})
    return "\u00a0".join(said).replace(" ", "\u00a0")


def average(value: Decimal | float | None) -> str:
    """Write an average with two decimals, and a comma in Russian; a dash when there is none."""
    if value is None:
        return _DASH
    written = f"{value:.2f}"
    return written.replace(".", ",") if _language() == "ru" else written


def percent(value: Decimal | None) -> str:
    """Write a part of a hundred as it was reckoned, with a comma in Russian; a dash when there is none."""
    if value is None:
        return _DASH
    written = f"{value.normalize():f}\u00a0%"
    return written.replace(".", ",") if _language() == "ru" else written


def mark_tone(value: str | int) -> str:
    """Choose the colour that repeats a mark of the five-point scale, of a retake the last; other scales have none."""
    return _TONES.get(str(value).rpartition("/")[2], "plain")


def absence_code(kind: str) -> str:
    """Name a kind of absence by its letter in the Russian journal, the same in every language."""
    return LETTERS[kind]


def absence_letter(kind: str) -> str:
    """Show the letter of a kind of absence as the reader's language writes it."""
    return str(_LETTERS[kind])


def absence_reason(kind: str) -> str:
    """Say what the letter of a kind of absence means."""
    return str(_REASONS[kind])


def initials(name: str) -> str:
    """Take the first letters of the first two words of a name."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@lru_cache(maxsize=8192)
def _formatted(day: date, pattern: str, language: str) -> str:
    return format_date(day, _PATTERNS[language][pattern], locale=language)


def _language() -> str:
    code = spoken()[:2]
    return code if code in _PATTERNS else "en"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def file_size(count: int) -> str:
    """Say how long a file is, in the unit that gives a short figure."""
    if count < 1024**2:
        return gettext("%(number)s kB") % {"number": max(round(count / 1024), 1)}
    unit, words = (2, gettext("%(number)s MB")) if count < 1024**3 else (3, gettext("%(number)s GB"))
    return words % {"number": format_decimal(round(count / 1024**unit, 1), locale=_language())}


FILTERS = {
    "file_size": file_size,
    "weekday": weekday,
    "weekday_short": weekday_short,
    "day_month": day_month,
    "day_short": day_short,
    "full_day": full_day,
    "human_day": human_day,
    "month_title": month_title,
    "clock": clock,
    "human_moment": human_moment,
    "duration": duration,
    "average": average,
    "percent": percent,
    "mark_tone": mark_tone,
    "absence_code": absence_code,
    "absence_letter": absence_letter,
    "absence_reason": absence_reason,
    "initials": initials,
}
