"""Files beside homework: whose they are, whom they reach, what becomes of them at a new wording."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.domain.test_homework import give, given, plan, revision
from tests.handing_in import EICAR, PDF, hand_in, looked_at
from tests.world import MONDAY, NOON, World
from zvonok.domain.files.models import StoredFile
from zvonok.domain.history.models import Fact
from zvonok.domain.homework.commands import Destination, settle_homework
from zvonok.domain.homework.file_commands import (
    FileIsNotYours,
    FileWasRefused,
    NoHomework,
    TooManyFiles,
    change_homework_files,
)
from zvonok.domain.homework.file_selectors import file_for_student, files_of_lesson
from zvonok.domain.homework.models import HomeworkFile
from zvonok.domain.schools.models import GroupMembership
from zvonok.domain.timetable.commands.journal import NotTheTeacher
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

LATER = NOON + timedelta(minutes=1)


def put(world: World, *files: StoredFile, who: str = "Anna", drop: tuple[UUID, ...] = ()) -> None:
    """Put files beside Monday's homework in algebra, as somebody."""
    with school_scope(world.north.school.pk):
        change_homework_files(
            actor=world.actor(who),
            lesson_id=world.algebra.pk,
            at=LATER,
            add=[file.pk for file in files],
            drop=drop,
        )


def names(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        own = files_of_lesson(school_id=world.north.school.pk, lesson_id=world.algebra.pk)
    return [file.name for file in own]


def reaches(world: World, file: StoredFile, student: str) -> bool:
    with school_scope(world.north.school.pk):
        found = file_for_student(
            school_id=world.north.school.pk, student_id=world.people[student].pk, file_id=file.pk
        )
    return found is not None


def test_a_file_beside_homework_reaches_its_pupils_and_nobody_else(world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    assert not reaches(world, file, "Vera")
    before = revision(world, "Vera")
    put(world, file)
    assert names(world) == ["page.pdf"]
    assert {name: reaches(world, file, name) for name in ("Vera", "Pyotr", "Timur", "Lev")} == {
        "Vera": True,
        "Pyotr": True,
        "Timur": False,
        "Lev": False,
    }
    assert revision(world, "Vera") > before
    with school_scope(world.north.school.pk):
        assert Fact.objects.get(kind="HomeworkFilesChanged").data["added"] == ["page.pdf"]


def test_a_file_beside_homework_for_chosen_pupils_reaches_them_alone(world: World) -> None:
    given(world, "№ 214", student_ids=(world.people["Vera"].pk,))
    file = hand_in(world, PDF)
    put(world, file)
    assert {name: reaches(world, file, name) for name in ("Vera", "Pyotr")} == {"Vera": True, "Pyotr": False}


def test_files_stand_beside_the_homework_for_all_and_move_with_it(world: World) -> None:
    given(world, "Read § 7", student_ids=(world.people["Vera"].pk,))
    cancelled = plan(world, MONDAY + timedelta(days=2))
    given(world, "№ 214", at=LATER)
    file = hand_in(world, PDF)
    put(world, file)
    assert reaches(world, file, "Pyotr")
    with school_scope(world.north.school.pk):
        type(cancelled).objects.filter(pk=cancelled.pk).update(state="CANCELLED")
        settle_homework(
            actor=world.actor("Darya"), lesson_id=cancelled.pk, destination=Destination.MOVE, at=LATER
        )
    assert names(world) == ["page.pdf"]
    assert reaches(world, file, "Pyotr")


def test_who_has_left_the_group_by_the_day_it_is_due_has_no_file(world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    put(world, file)
    with school_scope(world.north.school.pk):
        GroupMembership.objects.filter(student=world.people["Vera"]).update(valid_on=through(MONDAY, MONDAY))
    assert not reaches(world, file, "Vera")


def test_files_go_over_to_a_new_wording_and_away_with_the_homework(world: World) -> None:
    first = given(world, "№ 214")
    file = hand_in(world, PDF)
    put(world, file)
    second = given(world, "№ 214, 215", seen=first.pk, at=LATER)
    assert names(world) == ["page.pdf"]
    assert reaches(world, file, "Vera")
    give(world, "", seen=second.pk, at=LATER + timedelta(minutes=1))
    assert names(world) == []
    assert not reaches(world, file, "Vera")


def test_a_file_taken_away_is_withdrawn_and_opens_no_more(world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    put(world, file)
    put(world, drop=(file.pk,))
    assert not reaches(world, file, "Vera")
    with school_scope(world.north.school.pk):
        assert HomeworkFile.objects.get().withdrawn_at == LATER
    put(world, file)
    assert names(world) == ["page.pdf"]


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    put(world, file, file)
    before = revision(world, "Vera")
    put(world, file)
    put(world, drop=(uuid7(),))
    assert names(world) == ["page.pdf"]
    assert revision(world, "Vera") == before


def test_the_id_of_another_persons_file_opens_nothing(world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF, who="Oleg")
    with pytest.raises(FileIsNotYours):
        put(world, file)
    with pytest.raises(FileIsNotYours):
        put(world, StoredFile(pk=uuid7()))
    assert names(world) == []


def test_only_who_keeps_the_journal_puts_files(world: World) -> None:
    given(world, "№ 214")
    for who in ("Oleg", "Darya", "Vera", "Maria", "Yana"):
        with pytest.raises(NotTheTeacher):
            put(world, hand_in(world, PDF, who=who), who=who)
    assert names(world) == []


def test_without_homework_there_is_nothing_to_put_files_beside(world: World) -> None:
    with pytest.raises(NoHomework):
        put(world, hand_in(world, PDF))


def test_there_is_room_for_ten_files(world: World) -> None:
    given(world, "№ 214")
    files = [hand_in(world, PDF + bytes([48 + number])) for number in range(11)]
    put(world, *files[:10])
    with pytest.raises(TooManyFiles):
        put(world, files[10])
    put(world, files[10], drop=(files[0].pk,))
    assert len(names(world)) == 10


def test_what_the_scanner_has_settled_is_seen_at_once(world: World, clamav: None) -> None:
    given(world, "№ 214")
    clean, infected = hand_in(world, PDF), hand_in(world, EICAR, "a.txt")
    put(world, clean, infected)
    for file in (clean, infected):
        before = revision(world, "Vera")
        looked_at(world, file)
        assert revision(world, "Vera") > before
    again = hand_in(world, PDF, "b.pdf")
    put(world, again)
    put(world, drop=(infected.pk,))
    with pytest.raises(FileWasRefused):
        put(world, infected)


@pytest.mark.parametrize("count", [1, 10])
def test_the_files_of_a_lesson_are_read_in_two_queries(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    given(world, "№ 214")
    put(world, *(hand_in(world, PDF + bytes([48 + number])) for number in range(count)))
    with school_scope(world.north.school.pk), django_assert_num_queries(2):
        own = files_of_lesson(school_id=world.north.school.pk, lesson_id=world.algebra.pk)
    assert len(own) == count


def test_the_database_keeps_a_file_once_beside_a_homework_and_lets_it_only_be_withdrawn(world: World) -> None:
    given(world, "№ 214")
    put(world, hand_in(world, PDF))
    plan(world, MONDAY + timedelta(days=2))
    with school_scope(world.north.school.pk):
        row = HomeworkFile.objects.get()
        row.pk = uuid7()
        with pytest.raises(IntegrityError, match="homework_file_stands_once"), transaction.atomic():
            row.save(force_insert=True)
        for act in ("UPDATE homework_homeworkfile SET put_at = now()", "DELETE FROM homework_homeworkfile"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(act)
