"""Who may read which diary, and until when."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction

from tests.world import MONDAY, NOON, YEAR_BEGINS, YEAR_ENDS, World
from zvonok.domain.access.commands import name_trusted_person, open_diaries, raise_revisions
from zvonok.domain.access.commands.trust import NotYoursToOpen, TooYoungToBeTrusted
from zvonok.domain.access.grant import Basis
from zvonok.domain.access.models import DiaryLink, DiaryRevision, Section, TrustedPerson
from zvonok.domain.access.selectors import asked_diary, family_of, grant_for
from zvonok.domain.people.models import Guardianship
from zvonok.domain.people.sessions import SessionStore
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7


def basis(world: World, who: str, whose: str, day: date = MONDAY) -> Basis | None:
    right = grant_for(person_id=world.people[who].pk, student_id=world.people[whose].pk, day=day)
    return right.basis if right else None


def session_of(world: World, who: str) -> str:
    session: SessionBase = SessionStore()
    session["_auth_user_id"] = str(world.account(who).pk)
    session.save()
    return session.session_key or ""


@pytest.mark.parametrize(
    ("who", "whose", "expected"),
    [
        ("Vera", "Vera", Basis.OWN),
        ("Maria", "Vera", Basis.GUARDIAN),
        ("Maria", "Lev", Basis.GUARDIAN),
        ("Zoya", "Vera", Basis.TRUSTED),
        ("Zoya", "Lev", None),
        ("Olga", "Vera", None),
        ("Pyotr", "Vera", None),
        ("Anna", "Vera", None),
        ("Yana", "Vera", None),
    ],
)
def test_a_grant_is_the_families(world: World, who: str, whose: str, expected: Basis | None) -> None:
    assert basis(world, who, whose) == expected


def test_a_trusted_person_reads_the_sections_named_until_the_last_day(world: World) -> None:
    right = grant_for(person_id=world.people["Zoya"].pk, student_id=world.people["Vera"].pk, day=YEAR_ENDS)
    assert right is not None
    assert right.opens(Section.DIARY)
    assert not right.opens(Section.MARKS)
    assert basis(world, "Zoya", "Vera", YEAR_ENDS + timedelta(days=1)) is None


def test_a_trust_counts_after_it_is_confirmed(world: World) -> None:
    TrustedPerson.objects.update(confirmed_at=None)
    assert basis(world, "Zoya", "Vera") is None


def test_withdrawn_guardianship_ends_at_once(world: World) -> None:
    Guardianship.objects.filter(child=world.people["Vera"]).update(withdrawn_at=NOON)
    assert basis(world, "Maria", "Vera") is None


def test_guardianship_ends_with_its_last_day(world: World) -> None:
    Guardianship.objects.filter(child=world.people["Vera"]).update(valid_on=through(YEAR_BEGINS, MONDAY))
    assert basis(world, "Maria", "Vera") == Basis.GUARDIAN
    assert basis(world, "Maria", "Vera", MONDAY + timedelta(days=1)) is None


def test_a_diary_is_found_by_session_and_link_in_one_statement(world: World) -> None:
    asked = asked_diary(
        session_key=session_of(world, "Maria"), link_id=world.link("Maria", "Vera"), day=MONDAY, at=NOON
    )
    assert asked is not None
    assert asked.student_id == world.people["Vera"].pk
    assert asked.grant.basis == Basis.GUARDIAN
    assert list(asked.revisions) == [world.north.school.pk]
    assert [name for _, name in asked.children] == ["Lev", "Vera"]


def test_another_accounts_link_leads_nowhere(world: World) -> None:
    link = world.link("Maria", "Vera")
    for stranger in ("Olga", "Vera", "Anna", "Zoya"):
        assert asked_diary(session_key=session_of(world, stranger), link_id=link, day=MONDAY, at=NOON) is None


def test_a_session_that_has_ended_leads_nowhere(world: World) -> None:
    key, link = session_of(world, "Maria"), world.link("Maria", "Vera")
    later = NOON + timedelta(days=400)
    assert asked_diary(session_key=key, link_id=link, day=MONDAY, at=later) is None


def test_opening_diaries_again_changes_nothing(world: World) -> None:
    before = DiaryLink.objects.count(), DiaryRevision.objects.count()
    open_diaries([world.people["Vera"].pk], school_id=world.north.school.pk)
    assert (DiaryLink.objects.count(), DiaryRevision.objects.count()) == before


def test_a_revision_is_raised_for_the_students_named(world: World) -> None:
    raise_revisions([world.people["Vera"].pk], school_id=world.north.school.pk)
    numbers = dict(DiaryRevision.objects.values_list("student__first_name", "number"))
    assert numbers == {"Vera": 2, "Pyotr": 1, "Timur": 1, "Lev": 1}


def test_both_guardians_and_the_student_are_told(world: World) -> None:
    vera = world.people["Vera"].pk
    assert set(family_of(student_ids=[vera], day=MONDAY)[vera]) == {vera, world.people["Maria"].pk}


def test_only_a_parent_opens_a_diary_to_somebody(world: World) -> None:
    with pytest.raises(NotYoursToOpen):
        name_trusted_person(
            child_id=world.people["Vera"].pk,
            person=world.people["Anna"],
            named_by=world.people["Olga"].pk,
            sections=[Section.DIARY],
            first=MONDAY,
            last=YEAR_ENDS,
        )


def test_a_trusted_person_is_of_age(world: World) -> None:
    young = world.people["Timur"]
    young.birth_date = date(2012, 1, 1)
    with pytest.raises(TooYoungToBeTrusted):
        name_trusted_person(
            child_id=world.people["Vera"].pk,
            person=young,
            named_by=world.people["Maria"].pk,
            sections=[Section.DIARY],
            first=MONDAY,
            last=YEAR_ENDS,
        )


def test_the_database_refuses_two_overlapping_trusts_in_the_same_person(world: World) -> None:
    trust = TrustedPerson.objects.get()
    trust.pk = uuid7()
    with pytest.raises(IntegrityError, match="trust_no_overlap"), transaction.atomic():
        trust.save(force_insert=True)


def test_the_database_refuses_overlapping_guardianships(world: World) -> None:
    twin = Guardianship.objects.filter(child=world.people["Vera"]).get()
    twin.pk = uuid7()
    with pytest.raises(IntegrityError, match="guardianship_no_overlap"), transaction.atomic():
        twin.save(force_insert=True)
