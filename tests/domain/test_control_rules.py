"""Each check of a journal, told by journals of a few lessons; and what holds of any journal at all."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.attestation.proposals import GroupRules
from zvonok.domain.control.checks import Check, Gravity, Place, gravity, place
from zvonok.domain.control.rules import (
    Finding,
    LessonInput,
    MarkInput,
    PeriodMarkInput,
    PupilInput,
    Sheet,
    findings,
)
from zvonok.domain.control.wording import mending, words

FIRST = date(2026, 11, 2)
GROUP, PERIOD, TEACHER, VERA, PYOTR = (UUID(int=number) for number in (1, 2, 3, 10, 11))


def lesson_id(place: int) -> UUID:
    return UUID(int=100 + place)


def journal(
    marks: dict[int, str] | None = None, absent: set[int] | None = None, *, lessons: int = 20
) -> Sheet:
    """Make a journal of `lessons` lessons, all of them filled and over long before the period ends.

    `marks` are Vera's by the place of the lesson, `absent` the places of her absences.
    """
    return Sheet(
        group_id=GROUP,
        period_id=PERIOD,
        starts_on=FIRST,
        ends_on=FIRST + timedelta(days=100),
        today=FIRST + timedelta(days=lessons),
        rules=GroupRules(),
        is_marked=True,
        teacher_id=TEACHER,
        lessons=[
            LessonInput(lesson_id(place), FIRST + timedelta(days=place), None, True, True, True)
            for place in range(lessons)
        ],
        pupils=[PupilInput(VERA, None, None)],
        marks=[mark(place, value) for place, value in (marks or {}).items()],
        absences={(lesson_id(place), VERA) for place in absent or ()},
    )


def mark(place: int, value: str, *, whom: UUID = VERA, is_test: bool = False, late: int = 0) -> MarkInput:
    return MarkInput(lesson_id(place), whom, Decimal(value), 1, True, is_test, late)


def found(sheet: Sheet) -> dict[Check, list[Finding]]:
    told: dict[Check, list[Finding]] = {}
    for finding in findings(sheet):
        told.setdefault(finding.check, []).append(finding)
    return told


def places(of: list[Finding]) -> list[int]:
    return [one.lesson_id.int - 100 for one in of if one.lesson_id]


def change(sheet: Sheet, place: int, **values: object) -> None:
    old = sheet.lessons[place]
    known = {name: getattr(old, name) for name in LessonInput.__slots__}
    sheet.lessons[place] = LessonInput(**known | values)


def test_a_lesson_without_topic_is_found() -> None:
    sheet = journal({3: "5"})
    change(sheet, 3, has_topic=False)
    assert places(found(sheet)[Check.NO_TOPIC]) == [3]


def test_an_unfilled_lesson_is_told_of_once() -> None:
    sheet = journal()
    change(sheet, 3, has_topic=False, has_homework=False)
    told = found(sheet)
    assert places(told[Check.UNFILLED]) == [3]
    assert Check.NO_TOPIC not in told
    assert Check.NO_HOMEWORK not in told


def test_a_lesson_ahead_lacks_nothing() -> None:
    sheet = journal()
    change(sheet, 19, has_topic=False, has_homework=False, is_over=False)
    assert Check.UNFILLED not in found(sheet)


def test_a_lesson_without_homework_is_found_except_at_a_test() -> None:
    sheet = journal()
    change(sheet, 3, has_homework=False)
    change(sheet, 4, has_homework=False)
    sheet.tests.append(lesson_id(4))
    assert places(found(sheet)[Check.NO_HOMEWORK]) == [3]


def test_where_nobody_puts_marks_only_lessons_are_looked_at() -> None:
    sheet = journal(absent={1, 2, 3, 4, 5, 6})
    sheet.is_marked = False
    change(sheet, 8, has_homework=False)
    assert findings(sheet) == []


def test_absence_and_mark_in_one_cell_are_found() -> None:
    assert places(found(journal({2: "4", 5: "4"}, {5, 6}))[Check.ABSENT_AND_MARKED]) == [5]


def test_who_is_exempt_may_be_absent() -> None:
    sheet = journal(absent={5})
    sheet.marks = [MarkInput(lesson_id(5), VERA, None, 1, False, False, 9, is_exempt=True)]
    assert not {Check.ABSENT_AND_MARKED, Check.LATE_MARK} & set(found(sheet))


def test_marks_put_late_are_found_by_lesson_and_a_test_has_longer() -> None:
    sheet = journal()
    sheet.marks = [mark(1, "4", late=3), mark(2, "4", late=4), mark(2, "5", whom=PYOTR, late=6)]
    sheet.marks += [mark(3, "4", is_test=True, late=7), mark(4, "4", is_test=True, late=8)]
    late = found(sheet)[Check.LATE_MARK]
    assert places(late) == [2, 4]
    assert (late[0].count, late[0].of) == (2, 6)


@pytest.mark.parametrize(("place", "is_found"), [(12, True), (14, False)])
def test_a_test_without_marks_for_all_is_found_after_a_week(place: int, is_found: bool) -> None:
    sheet = journal()
    sheet.tests.append(lesson_id(place))
    assert (Check.TEST_NOT_FOR_ALL in found(sheet)) == is_found


def test_who_missed_the_test_needs_no_mark_for_it() -> None:
    sheet = journal(absent={2})
    sheet.pupils.append(PupilInput(PYOTR, None, None))
    sheet.tests.append(lesson_id(2))
    sheet.marks.append(mark(2, "4", whom=PYOTR, is_test=True))
    assert Check.TEST_NOT_FOR_ALL not in found(sheet)


def test_too_few_marks_are_told_of_in_step_with_the_lessons() -> None:
    sheet = journal({1: "4"})
    [few] = found(sheet)[Check.FEW_FOR_DAYS]
    assert (few.student_id, few.count, few.of) == (VERA, 1, 3)


def test_at_the_end_of_the_period_the_least_of_it_is_asked_for() -> None:
    sheet = journal({1: "4", 2: "4"})
    sheet.ends_on = sheet.today + timedelta(days=10)
    told = found(sheet)
    assert told[Check.FEW_FOR_PERIOD][0].of == 3
    assert Check.FEW_FOR_DAYS not in told


def test_who_has_left_needs_no_marks() -> None:
    sheet = journal()
    sheet.pupils = [PupilInput(VERA, None, FIRST + timedelta(days=15))]
    assert Check.FEW_FOR_DAYS not in found(sheet)


@pytest.mark.parametrize(("absent", "is_found"), [({9}, True), ({8}, False), (set(), False)])
def test_a_two_right_after_an_absence_is_found(absent: set[int], is_found: bool) -> None:
    assert (Check.LOW_AFTER_ABSENCE in found(journal({10: "2"}, absent))) == is_found


@pytest.mark.parametrize(
    ("place", "is_found"), [(0, True), (1, True), (2, False), (17, False), (18, True), (19, True)]
)
def test_a_two_in_the_first_or_last_lessons_is_found(place: int, is_found: bool) -> None:
    assert (Check.LOW_AT_EDGE in found(journal({place: "2"}))) == is_found


def test_a_two_is_to_be_mended_within_three_lessons() -> None:
    assert Check.LOW_NOT_MENDED not in found(journal({17: "2"}))
    assert found(journal({16: "2"}))[Check.LOW_NOT_MENDED][0].count == 3
    assert Check.LOW_NOT_MENDED not in found(journal({10: "2", 15: "3"}))
    assert Check.LOW_NOT_MENDED not in found(journal({15: "2"}, {16, 17}))


def with_period_mark(sheet: Sheet, value: str, reason: str = "") -> dict[Check, list[Finding]]:
    sheet.period_marks = [PeriodMarkInput(VERA, value, reason)]
    return found(sheet)


def test_a_period_mark_that_is_not_the_rounded_average_is_found_unless_a_reason_is_given() -> None:
    marks = {2: "4", 3: "4", 4: "4", 5: "5"}
    assert Check.PERIOD_NOT_ROUNDED not in with_period_mark(journal(marks), "4")
    assert with_period_mark(journal(marks), "5")[Check.PERIOD_NOT_ROUNDED][0].value == "4.25"
    assert Check.PERIOD_NOT_ROUNDED not in with_period_mark(journal(marks), "5", "olympiad")


def test_a_period_mark_of_too_few_marks_is_found() -> None:
    few = with_period_mark(journal({2: "4", 3: "4"}), "4")
    assert (few[Check.PERIOD_TOO_FEW][0].count, few[Check.PERIOD_TOO_FEW][0].of) == (2, 3)
    assert Check.PERIOD_TOO_FEW not in with_period_mark(journal({2: "4", 3: "4"}), "н/а")


def test_who_missed_over_two_thirds_and_is_attested_is_found() -> None:
    marks = {0: "4", 1: "4", 2: "4"}
    attested = with_period_mark(journal(marks, set(range(6, 20))), "4")
    assert (attested[Check.PERIOD_MISSED][0].count, attested[Check.PERIOD_MISSED][0].of) == (14, 20)
    assert Check.PERIOD_MISSED not in with_period_mark(journal(marks, set(range(7, 20))), "4")


def test_a_group_is_judged_by_absences_average_and_lessons_with_marks() -> None:
    told = found(journal({place: "3" for place in range(13)}, {15, 16, 17, 18, 19}))
    assert told[Check.GROUP_ABSENCE][0].count == 25
    assert told[Check.GROUP_AVERAGE][0].value == "3.00"
    assert (told[Check.GROUP_DENSITY][0].count, told[Check.GROUP_DENSITY][0].of) == (13, 20)
    well = found(journal({place: "4" for place in range(14)}, {16, 17, 18, 19}))
    assert not {Check.GROUP_ABSENCE, Check.GROUP_AVERAGE, Check.GROUP_DENSITY} & set(well)


def test_a_group_of_a_few_lessons_is_not_judged_yet() -> None:
    assert Check.GROUP_DENSITY not in found(journal(lessons=4))


MARKS = st.dictionaries(st.integers(0, 19), st.sampled_from("2345"), max_size=12)
ABSENT = st.sets(st.integers(0, 19), max_size=12)


@given(MARKS, ABSENT)
def test_what_is_found_does_not_depend_on_the_order_of_the_marks(
    marks: dict[int, str], absent: set[int]
) -> None:
    sheet, turned = journal(marks, absent), journal(marks, absent)
    turned.marks.reverse()
    assert findings(sheet) == findings(turned)


@given(MARKS, ABSENT)
def test_a_finding_is_told_of_once(marks: dict[int, str], absent: set[int]) -> None:
    keys = [finding.key for finding in findings(journal(marks, absent))]
    assert len(keys) == len(set(keys))


@given(MARKS, ABSENT)
def test_taking_the_absences_away_mends_every_cell(marks: dict[int, str], absent: set[int]) -> None:
    assert len(found(journal(marks, absent)).get(Check.ABSENT_AND_MARKED, [])) == len(set(marks) & absent)
    assert Check.ABSENT_AND_MARKED not in found(journal(marks))


@given(MARKS, ABSENT)
def test_a_five_in_the_last_lesson_mends_every_two_before_it(marks: dict[int, str], absent: set[int]) -> None:
    told = found(journal(marks | {19: "5"}, absent - {19}))
    assert Check.LOW_NOT_MENDED not in told


@given(MARKS, ABSENT)
def test_low_marks_are_told_of_only_where_a_two_stands(marks: dict[int, str], absent: set[int]) -> None:
    told = found(journal(marks, absent))
    twos = {place for place, value in marks.items() if value == "2"}
    for check in (Check.LOW_AFTER_ABSENCE, Check.LOW_AT_EDGE, Check.LOW_NOT_MENDED):
        assert set(places(told.get(check, []))) <= twos


@given(MARKS, st.sampled_from("2345"))
def test_a_period_mark_is_found_exactly_if_it_does_not_follow_from_the_marks(
    marks: dict[int, str], value: str
) -> None:
    told = with_period_mark(journal(marks), value)
    figures = [Decimal(one) for one in marks.values()]
    if len(figures) < 3:
        assert Check.PERIOD_TOO_FEW in told
        return
    average = (sum(figures, Decimal(0)) / len(figures)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    rounded = int(average + Decimal("0.5"))
    assert (Check.PERIOD_NOT_ROUNDED in told) == (str(rounded) != value)


@pytest.mark.parametrize("check", Check)
def test_every_check_has_words_a_gravity_and_a_place_that_mends_it(check: Check) -> None:
    finding = Finding(check, GROUP, PERIOD, count=2, of=3, value="4.25")
    assert "%" not in words(finding).replace(" %", "")
    assert mending(finding)
    assert gravity(check) in Gravity
    assert place(check) in Place
