"""Imports that meet: one school takes one register at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import Enrolment, GroupMembership, School
from zvonok.interop.oneroster.commands import import_path
from zvonok.interop.report import Action
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

AT = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_same_set_twice_at_once_lands_once(roster):
    school = School.objects.create(id=uuid7(), code="school", name="Школа № 9001", short_name="9001")

    def land(_number: int) -> set[Action]:
        try:
            report = import_path(
                roster.folder, school="school", dry_run=False, progress=lambda done, total: None, at=AT
            )
            return {change.action for change in report.changes if change.kind == "person"}
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        actions = list(pool.map(land, range(2)))
    assert sorted(actions, key=str) == [{Action.ADDED}, {Action.KEPT}]
    assert Person.objects.count() == 3
    with school_scope(school.pk):
        assert (Enrolment.objects.count(), GroupMembership.objects.count()) == (1, 1)
