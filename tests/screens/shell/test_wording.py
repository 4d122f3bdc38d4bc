from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from zvonok.screens.shell import wording
from zvonok.screens.shell.icons import icon

TODAY = date(2026, 9, 8)


def test_days_near_today_are_said_in_words():
    said = [wording.human_day(date(2026, 9, day), TODAY) for day in (7, 8, 9)]
    assert said == ["yesterday", "today", "tomorrow"]


@pytest.mark.parametrize(("language", "said"), [("ru", "чт, 10 сентября"), ("en", "Thu 10 Sep")])
def test_a_day_is_said_as_its_language_says_it(language, said):
    with translation.override(language):
        assert wording.human_day(date(2026, 9, 10), TODAY) == said


def test_a_day_long_ago_is_said_with_its_year():
    with translation.override("ru"):
        assert wording.human_day(date(2025, 9, 1), TODAY) == "1 сентября 2025"


@pytest.mark.parametrize(
    ("language", "last", "title"),
    [
        ("ru", date(2026, 9, 5), "31 августа – 5 сентября"),
        ("en", date(2026, 9, 5), "31 Aug – 5 Sep"),
    ],
)
def test_a_week_over_two_months_names_both(language, last, title):
    with translation.override(language):
        assert wording.week_title(date(2026, 8, 31), last) == title


def test_a_week_within_a_month_names_it_once():
    with translation.override("ru"):
        assert wording.week_title(date(2026, 9, 7), date(2026, 9, 12)) == "7–12 сентября"


def test_headings_begin_with_a_capital():
    with translation.override("ru"):
        assert wording.weekday(TODAY) == "Вторник"
        assert wording.month_title(TODAY) == "Сентябрь 2026"


def test_a_time_is_shown_in_the_zone_of_the_school():
    moment = datetime(2026, 9, 8, 5, 30, tzinfo=UTC)
    assert wording.clock(moment, ZoneInfo("Europe/Moscow")) == "08:30"
    assert wording.clock(moment, ZoneInfo("Asia/Vladivostok")) == "15:30"


def test_late_in_the_evening_the_day_of_the_school_counts():
    moment = datetime(2026, 9, 7, 22, 0, tzinfo=UTC)
    assert wording.human_moment(moment, TODAY, ZoneInfo("Europe/Moscow")) == "today, 01:00"


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (25, "25 min"), (60, "1 h"), (110, "1 h 50 min")]
)
def test_minutes_are_said_in_hours(minutes, said):
    assert wording.duration(minutes).replace("\u00a0", " ") == said


@pytest.mark.parametrize(("language", "said"), [("ru", "4,67"), ("en", "4.67")])
def test_an_average_has_two_decimals_and_a_comma_in_russian(language, said):
    with translation.override(language):
        assert wording.average(4.666) == said


def test_no_average_is_a_dash():
    assert wording.average(None) == "—"


@pytest.mark.parametrize(("value", "tone"), [("5", "good"), (2, "poor"), ("зачёт", "plain"), ("87", "plain")])
def test_only_marks_of_the_five_point_scale_have_a_colour(value, tone):
    assert wording.mark_tone(value) == tone


def test_the_hook_of_an_absence_is_the_same_in_every_language():
    letters = {kind: wording.absence_code(kind) for kind in ("UNEXCUSED", "ILL", "EXCUSED", "LATE")}
    assert letters == {"UNEXCUSED": "Н", "ILL": "Б", "EXCUSED": "УП", "LATE": "О"}
    assert wording.absence_letter("UNEXCUSED") == "A"


def test_initials_are_of_the_first_two_words():
    assert wording.initials("Анна-Мария де Ла Крус") == "АД"


def test_an_icon_is_silent_and_written_once():
    assert 'aria-hidden="true"' in icon("bell")
    assert icon("bell") is icon("bell")


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 kB"),
        ("en", 1_400_000, "1.3 MB"),
        ("ru", 1_400_000, "1,3 МБ"),
        ("ru", 20 * 1024**3, "20 ГБ"),
    ],
)
def test_the_length_of_a_file_is_a_short_figure(language, count, said):
    with translation.override(language):
        assert wording.file_size(count) == said
