"""From the cells of a row to the row itself, file by file."""

from zvonok.interop.oneroster import columns
from zvonok.interop.oneroster.cells import Cells
from zvonok.interop.oneroster.columns import Version
from zvonok.interop.oneroster.rows import (
    ClassRow,
    Course,
    Demographic,
    EnrolmentRow,
    Org,
    RoleRow,
    Session,
    User,
)


def build_org(cells: Cells) -> Org:
    """Build an organisation."""
    return Org(
        id=cells.text("sourcedId"),
        name=cells.text("name"),
        kind=cells.term("type", columns.ORG_TYPES),
        identifier=cells.text("identifier"),
        parent_id=cells.text("parentSourcedId"),
        row=cells.row,
    )


def build_session(cells: Cells) -> Session:
    """Build an academic session; its `end` is set right once all sessions are known."""
    end = cells.needed_day("endDate")
    return Session(
        id=cells.text("sourcedId"),
        title=cells.text("title"),
        kind=cells.term("type", columns.SESSION_TYPES),
        begin=cells.needed_day("startDate"),
        end=end,
        end_written=end,
        parent_id=cells.text("parentSourcedId"),
        school_year=cells.year("schoolYear", otherwise=end.year),
        row=cells.row,
    )


def build_course(cells: Cells) -> Course:
    """Build a course."""
    return Course(
        id=cells.text("sourcedId"),
        title=cells.text("title"),
        code=cells.text("courseCode"),
        grades=cells.items("grades"),
        year_id=cells.text("schoolYearSourcedId"),
        org_id=cells.text("orgSourcedId"),
        subjects=cells.items("subjects"),
        subject_codes=cells.items("subjectCodes"),
        row=cells.row,
    )


def build_class(cells: Cells) -> ClassRow:
    """Build a homeroom or a scheduled class."""
    return ClassRow(
        id=cells.text("sourcedId"),
        title=cells.text("title"),
        code=cells.text("classCode"),
        kind=cells.term("classType", columns.CLASS_TYPES),
        grades=cells.items("grades"),
        course_id=cells.text("courseSourcedId"),
        school_id=cells.text("schoolSourcedId"),
        term_ids=cells.items("termSourcedIds"),
        location=cells.text("location"),
        subjects=cells.items("subjects"),
        subject_codes=cells.items("subjectCodes"),
        periods=cells.items("periods"),
        row=cells.row,
    )


def build_user(cells: Cells) -> tuple[User, tuple[RoleRow, ...]]:
    """Build a user, and before 1.2 the roles that the user's row holds."""
    user = User(
        id=cells.text("sourcedId"),
        enabled=cells.flag("enabledUser", empty="true"),
        username=cells.text("username"),
        user_ids=cells.items("userIds"),
        given_name=cells.text("givenName"),
        family_name=cells.text("familyName"),
        middle_name=cells.text("middleName"),
        identifier=cells.text("identifier"),
        email=cells.text("email"),
        sms=cells.text("sms"),
        phone=cells.text("phone"),
        agent_ids=cells.items("agentSourcedIds"),
        grades=cells.items("grades"),
        password=cells.text("password"),
        master_identifier=cells.text("userMasterIdentifier"),
        primary_org_id=cells.text("primaryOrgSourcedId"),
        org_ids=cells.items("orgSourcedIds"),
        row=cells.row,
    )
    return user, () if cells.version is Version.V1_2 else _roles_within(user, cells)


def _roles_within(user: User, cells: Cells) -> tuple[RoleRow, ...]:
    role = cells.term("role", columns.ROLES[cells.version])
    return tuple(
        RoleRow(
            id=f"{user.id}@{org_id}",
            user_id=user.id,
            role=role,
            primary=org_id == user.org_ids[0],
            org_id=org_id,
            begin=None,
            end=None,
            end_written=None,
            row=user.row,
        )
        for org_id in user.org_ids
    )


def build_role(cells: Cells) -> RoleRow:
    """Build a role of roles.csv."""
    end = cells.day("endDate")
    return RoleRow(
        id=cells.text("sourcedId"),
        user_id=cells.text("userSourcedId"),
        role=cells.term("role", columns.ROLES[cells.version]),
        primary=cells.term("roleType", columns.ROLE_TYPES) == "primary",
        org_id=cells.text("orgSourcedId"),
        begin=cells.day("beginDate"),
        end=end,
        end_written=end,
        row=cells.row,
    )


def build_enrolment(cells: Cells) -> EnrolmentRow:
    """Build an enrolment of a student or a teacher."""
    end = cells.day("endDate")
    return EnrolmentRow(
        id=cells.text("sourcedId"),
        class_id=cells.text("classSourcedId"),
        school_id=cells.text("schoolSourcedId"),
        user_id=cells.text("userSourcedId"),
        role=cells.term("role", columns.ENROLMENT_ROLES),
        primary=cells.flag("primary", empty="false"),
        begin=cells.day("beginDate"),
        end=end,
        end_written=end,
        row=cells.row,
    )


def build_demographic(cells: Cells) -> Demographic:
    """Build what is known of a user's birth; race and ethnicity are not taken in."""
    return Demographic(
        user_id=cells.text("sourcedId"),
        birth_date=cells.day("birthDate"),
        sex=cells.term("sex", columns.SEXES),
        country_of_birth=cells.text("countryOfBirthCode"),
        place_of_birth=", ".join(
            filter(None, (cells.text("cityOfBirth"), cells.text("stateOfBirthAbbreviation")))
        ),
        row=cells.row,
    )
