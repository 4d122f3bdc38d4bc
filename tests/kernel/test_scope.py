"""The second wall: what a school's scope shows, and what it keeps back."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.world import NOON, World
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.models import Mark
from zvonok.domain.schools.models import StudyGroup, Subject
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import ScopeOverlap, school_scope, scoped_school


def test_without_a_scope_there_are_no_rows(world: World) -> None:
    assert list(StudyGroup.objects.all()) == []


def test_a_scope_shows_its_own_school_only(world: World) -> None:
    with school_scope(world.north.school.pk):
        assert set(StudyGroup.objects.values_list("school_id", flat=True)) == {world.north.school.pk}
    with school_scope(world.south.school.pk):
        assert set(StudyGroup.objects.values_list("school_id", flat=True)) == {world.south.school.pk}


def test_a_row_of_another_school_cannot_be_written(world: World) -> None:
    stray = Subject(id=uuid7(), school=world.south.school, name="Чужой")
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with school_scope(world.north.school.pk), refused, transaction.atomic():
        stray.save(force_insert=True)


def test_a_scope_ends_with_its_block(world: World) -> None:
    with school_scope(world.north.school.pk):
        assert scoped_school() == world.north.school.pk
    assert scoped_school() is None
    assert not StudyGroup.objects.exists()


def test_a_scope_within_the_same_scope_goes_on(world: World) -> None:
    with school_scope(world.north.school.pk):
        with school_scope(world.north.school.pk):
            assert StudyGroup.objects.exists()
        assert StudyGroup.objects.exists()


def test_two_schools_are_never_open_at_once(world: World) -> None:
    overlap = pytest.raises(ScopeOverlap)
    with school_scope(world.north.school.pk), overlap, school_scope(world.south.school.pk):
        pass


def test_an_error_in_a_scope_leaves_no_scope_behind(world: World) -> None:
    with pytest.raises(ZeroDivisionError), school_scope(world.north.school.pk):
        raise ZeroDivisionError
    assert scoped_school() is None
    assert not StudyGroup.objects.exists()


def test_the_record_of_what_happened_can_only_grow(world: World) -> None:
    with school_scope(world.north.school.pk):
        fact = Fact(
            id=uuid7(), school_id=world.north.school.pk, kind="Tried", thing_id=uuid7(), data={}, at=NOON
        )
        fact.save(force_insert=True)
        for change in (lambda: Fact.objects.update(kind="Other"), lambda: Fact.objects.all().delete()):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change()


def test_a_mark_can_be_withdrawn_and_nothing_else(world: World) -> None:
    with school_scope(world.north.school.pk):
        assert Mark.objects.update(withdrawn_at=NOON) == 0
        for change in (
            lambda: Mark.objects.update(value="5"),
            lambda: Mark.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change()


def test_staff_roles_of_others_cannot_be_listed_without_a_scope(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM schools_staffrole")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT role FROM staff_roles_of(%s, '2026-11-09') ORDER BY role", [world.people["Anna"].pk]
        )
        assert cursor.fetchall() == [("CLASS_TEACHER",), ("TEACHER",)]
