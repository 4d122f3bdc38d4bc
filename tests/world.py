"""Two schools and the people in them, by name. Tests speak of them as a school would.

In the North school Anna teaches algebra to 7Б and leads it; Vera and Pyotr are its pupils; Maria is Vera's
mother, Olga is Pyotr's; Zoya is trusted with Vera's diary. Oleg teaches physics there, to another class.
Darya is the deputy head, Yana the administrator. In the South school Egor teaches, and Vera's brother Lev
is a pupil. Nina keeps totals for the authority, Sonya answers the support line.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import open_diaries
from zvonok.domain.access.models import DiaryLink, Section, TrustedPerson
from zvonok.domain.access.selectors import actor_of
from zvonok.domain.marks.commands.scales import set_up_scales
from zvonok.domain.people.models import Account, Guardianship, Person
from zvonok.domain.schools.models import (
    AcademicYear,
    Enrolment,
    GroupMembership,
    GroupSubgroup,
    PeriodSystem,
    Role,
    School,
    SchoolClass,
    StaffRole,
    StudyGroup,
    StudyPeriod,
    Subgroup,
    Subject,
    TeachingAssignment,
)
from zvonok.domain.timetable.models import BellSlot, Lesson, Occupancy, Room
from zvonok.kernel.days import since, through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.kernel.text import sort_key

YEAR_BEGINS, YEAR_ENDS = date(2026, 9, 1), date(2027, 5, 26)
MONDAY = date(2026, 11, 9)
NOON = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
PASSWORD = "the bell rings at nine"
FIRST_BELL = time(8, 30)


@dataclass
class SchoolWorld:
    """A school and the things in it by name."""

    school: School
    year: AcademicYear
    period: StudyPeriod
    classes: dict[str, SchoolClass] = field(default_factory=dict)
    groups: dict[str, StudyGroup] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)


@dataclass
class World:
    """Both schools, everybody by first name, and the lessons that tests begin with."""

    north: SchoolWorld
    south: SchoolWorld
    people: dict[str, Person]
    algebra: Lesson
    physics: Lesson
    southern: Lesson

    def actor(self, name: str, *, day: date = MONDAY) -> Actor:
        """Make the actor of somebody by first name."""
        actor = actor_of(account_id=self.account(name).pk, day=day)
        assert actor is not None, name
        return actor

    def account(self, name: str) -> Account:
        """Find somebody's account by first name."""
        return Account.objects.get(login=name.lower())

    def link(self, reader: str, child: str) -> UUID:
        """Find the diary link by which somebody reaches a child's diary."""
        links = DiaryLink.objects.filter(account=self.account(reader), student=self.people[child])
        return links.get().pk


def build_world() -> World:
    """Build both schools and everybody in them."""
    people = {name: person(name, surname) for name, surname in SURNAMES.items()}
    north = build_school("north", {"7Б": 7, "8А": 8})
    south = build_school("south", {"2А": 2})
    with school_scope(north.school.pk):
        study_group(north, "Алгебра", "7Б", people["Anna"], [people["Vera"], people["Pyotr"]])
        study_group(north, "Физика", "8А", people["Oleg"], [people["Timur"]])
        role(north, people["Anna"], Role.CLASS_TEACHER, "7Б")
        role(north, people["Darya"], Role.DEPUTY_HEAD)
        role(north, people["Yana"], Role.SCHOOL_ADMIN)
        role(north, people["Nina"], Role.AUTHORITY)
        role(north, people["Sonya"], Role.SUPPORT)
        algebra = lesson(north, "Алгебра 7Б", MONDAY, 1, people["Anna"])
        physics = lesson(north, "Физика 8А", MONDAY, 1, people["Oleg"])
    with school_scope(south.school.pk):
        study_group(south, "Математика", "2А", people["Egor"], [people["Lev"]])
        southern = lesson(south, "Математика 2А", MONDAY, 1, people["Egor"])
    families(people, north, south)
    return World(north, south, people, algebra, physics, southern)


SURNAMES = {
    "Anna": "Петрова",
    "Oleg": "Смирнов",
    "Darya": "Егорова",
    "Yana": "Савельева",
    "Nina": "Фомина",
    "Sonya": "Белова",
    "Egor": "Лебедев",
    "Vera": "Иванова",
    "Pyotr": "Ёлкин",
    "Timur": "Мамедов",
    "Lev": "Иванов",
    "Maria": "Иванова",
    "Olga": "Ёлкина",
    "Zoya": "Иванова",
}


def person(first_name: str, last_name: str) -> Person:
    """Register a person with an account whose first entry is done; the login is the first name."""
    made = Person.objects.create(
        id=uuid7(),
        first_name=first_name,
        last_name=last_name,
        sort_key=sort_key(last_name, first_name),
        created_at=NOON,
    )
    Account.objects.create(
        id=uuid7(),
        person=made,
        login=first_name.lower(),
        email=f"{first_name.lower()}@example.org",
        password=make_password(PASSWORD),
        entered_at=NOON,
        created_at=NOON,
    )
    return made


def build_school(code: str, classes: dict[str, int]) -> SchoolWorld:
    """Build a school with its year, second quarter, bells, scales and classes."""
    school = School.objects.create(id=uuid7(), code=code, name=f"School {code}", short_name=code.title())
    with school_scope(school.pk):
        year = AcademicYear.objects.create(
            id=uuid7(), school=school, title="2026/27", starts_on=YEAR_BEGINS, ends_on=YEAR_ENDS
        )
        period = StudyPeriod.objects.create(
            id=uuid7(),
            school=school,
            year=year,
            system=PeriodSystem.QUARTER,
            number=2,
            title="II четверть",
            starts_on=date(2026, 11, 2),
            ends_on=date(2026, 12, 30),
        )
        made = SchoolWorld(school, year, period)
        for slot in range(1, 8):
            starts = datetime.combine(MONDAY, FIRST_BELL) + timedelta(minutes=55 * (slot - 1))
            ends = starts + timedelta(minutes=45)
            BellSlot.objects.create(
                id=uuid7(), school=school, number=slot, starts_at=starts.time(), ends_at=ends.time()
            )
        for title, grade in classes.items():
            made.classes[title] = SchoolClass.objects.create(
                id=uuid7(), school=school, year=year, title=title, grade=grade
            )
        made.rooms["305"] = Room.objects.create(id=uuid7(), school=school, name="305")
        set_up_scales(school_id=school.pk)
    return made


def study_group(
    school: SchoolWorld, subject: str, class_title: str, teacher: Person, students: list[Person]
) -> StudyGroup:
    """Make a study group of a whole class, its teacher and its students, from the first day of the year."""
    own = {"school": school.school}
    school_class = school.classes[class_title]
    group = StudyGroup.objects.create(
        id=uuid7(),
        **own,
        year=school.year,
        subject=Subject.objects.get_or_create(**own, name=subject, defaults={"id": uuid7()})[0],
        school_class=school_class,
        code=class_title,
        title=f"{subject} {class_title}",
    )
    subgroup, _ = Subgroup.objects.get_or_create(
        **own, year=school.year, title=class_title, defaults={"id": uuid7(), "school_class": school_class}
    )
    GroupSubgroup.objects.create(id=uuid7(), **own, group=group, subgroup=subgroup)
    valid = since(YEAR_BEGINS)
    TeachingAssignment.objects.create(id=uuid7(), **own, teacher=teacher, group=group, valid_on=valid)
    StaffRole.objects.get_or_create(
        **own, person=teacher, role=Role.TEACHER, defaults={"id": uuid7(), "valid_on": valid}
    )
    for student in students:
        Enrolment.objects.create(
            id=uuid7(),
            **own,
            student=student,
            school_class=school_class,
            valid_on=through(YEAR_BEGINS, YEAR_ENDS),
        )
        GroupMembership.objects.create(
            id=uuid7(), **own, student=student, group=group, valid_on=through(YEAR_BEGINS, YEAR_ENDS)
        )
    school.groups[group.title] = group
    return group


def role(school: SchoolWorld, person: Person, role: Role, class_title: str | None = None) -> StaffRole:
    """Give somebody a role from the first day of the year."""
    return StaffRole.objects.create(
        id=uuid7(),
        school=school.school,
        person=person,
        role=role,
        school_class=school.classes[class_title] if class_title else None,
        valid_on=since(YEAR_BEGINS),
    )


def lesson(school: SchoolWorld, group_title: str, day: date, slot: int, teacher: Person | None) -> Lesson:
    """Put a lesson on a day, with the teacher and the group's subgroups taken for its time."""
    group = school.groups[group_title]
    starts = datetime.combine(day, FIRST_BELL, MOSCOW) + timedelta(minutes=55 * (slot - 1))
    ends = starts + timedelta(minutes=45)
    made = Lesson.objects.create(
        id=uuid7(),
        school=school.school,
        day=day,
        slot=slot,
        starts_at=starts,
        ends_at=ends,
        group=group,
        subject=group.subject,
        teacher=teacher,
    )
    taken = [("SUBGROUP", subgroup.pk) for subgroup in group.subgroups.all()]
    taken += [("TEACHER", teacher.pk)] if teacher else []
    for kind, resource in taken:
        Occupancy.objects.create(
            id=uuid7(),
            school=school.school,
            lesson=made,
            kind=kind,
            resource=resource,
            during=DateTimeTZRange(starts, ends),
        )
    return made


def families(people: dict[str, Person], north: SchoolWorld, south: SchoolWorld) -> None:
    """Tie mothers to children, trust Zoya with Vera's marks, and put the diaries on everybody's pages."""
    for mother, child in (("Maria", "Vera"), ("Maria", "Lev"), ("Olga", "Pyotr")):
        Guardianship.objects.create(
            id=uuid7(), guardian=people[mother], child=people[child], valid_on=since(YEAR_BEGINS)
        )
    TrustedPerson.objects.create(
        id=uuid7(),
        child=people["Vera"],
        person=people["Zoya"],
        named_by=people["Maria"],
        sections=[Section.DIARY, Section.HOMEWORK],
        valid_on=through(YEAR_BEGINS, YEAR_ENDS),
        confirmed_at=NOON,
    )
    DiaryLink.objects.create(
        id=uuid7(), account=Account.objects.get(login="zoya"), student=people["Vera"], name="Vera"
    )
    pupils = [people[name].pk for name in ("Vera", "Pyotr", "Timur")]
    open_diaries(pupils, school_id=north.school.pk)
    open_diaries([people["Lev"].pk], school_id=south.school.pk)
