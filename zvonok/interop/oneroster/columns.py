"""The columns and vocabularies of OneRoster CSV, version by version. A star marks what is required.

Source: 1EdTech OneRoster CSV Tables 1.0 and 1.1.1, CSV Binding 1.2.1.
"""

from dataclasses import dataclass
from enum import StrEnum

METADATA = "metadata."
EXTENSION = "ext:"


class Version(StrEnum):
    """The versions that are read; 1.2.1 writes itself as 1.2."""

    V1_0 = "1.0"
    V1_1 = "1.1"
    V1_2 = "1.2"


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of one file, in order."""

    columns: tuple[str, ...]
    required: frozenset[str]
    aliases: tuple[tuple[str, str], ...] = ()


def _shape(written: str, aliases: str = "") -> Shape:
    words = written.split()
    pairs = tuple((old, new) for old, new in (word.split("=") for word in aliases.split()))
    names = tuple(word.rstrip("*") for word in words)
    return Shape(names, frozenset(word[:-1] for word in words if word.endswith("*")), pairs)


_HEAD = "sourcedId* status dateLastModified "
_SESSIONS = _HEAD + "title* type* startDate* endDate* parentSourcedId schoolYear*"
_ORGS = _HEAD + "name* type* identifier parentSourcedId"
_COURSES = _HEAD + "schoolYearSourcedId title* courseCode grades orgSourcedId* subjects subjectCodes"
_CLASSES = (
    _HEAD + "title* grades courseSourcedId* classCode classType* location schoolSourcedId* termSourcedIds* "
    "subjects subjectCodes periods"
)
_ENROLMENTS = _HEAD + "classSourcedId* schoolSourcedId* userSourcedId* role* primary beginDate endDate"
_DEMOGRAPHICS = (
    _HEAD + "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
    "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity "
    "countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus"
)
_USERS_1_1 = (
    _HEAD
    + "enabledUser* orgSourcedIds* role* username* userIds givenName* familyName* middleName identifier "
    "email sms phone agentSourcedIds grades password"
)
_USERS_1_2 = (
    _HEAD + "enabledUser* username* userIds givenName* familyName* middleName identifier email sms phone "
    "agentSourcedIds grades password userMasterIdentifier preferredGivenName preferredMiddleName "
    "preferredFamilyName primaryOrgSourcedId pronouns"
)
_ROLES = _HEAD + "userSourcedId* roleType* role* beginDate endDate orgSourcedId* userProfileSourcedId"

_SAME_SINCE_1_1 = {
    "orgs": _shape(_ORGS),
    "academicSessions": _shape(_SESSIONS),
    "courses": _shape(_COURSES),
    "classes": _shape(_CLASSES),
    "enrollments": _shape(_ENROLMENTS),
    "demographics": _shape(_DEMOGRAPHICS),
}

SHAPES: dict[Version, dict[str, Shape]] = {
    Version.V1_0: {
        "orgs": _shape(_ORGS),
        "academicSessions": _shape(_HEAD + "title* type* startDate* endDate* parentSourcedId"),
        "courses": _shape(
            _HEAD + "schoolYearSourcedId title* courseCode grades orgSourcedId* subjects",
            "schoolYearId=schoolYearSourcedId grade=grades",
        ),
        "classes": _shape(
            _HEAD + "title* grades courseSourcedId* classCode classType* location schoolSourcedId* "
            "termSourcedIds* subjects",
            "grade=grades termSourcedId=termSourcedIds",
        ),
        "users": _shape(
            _HEAD + "orgSourcedIds* role* username userIds givenName* familyName* identifier email sms phone "
            "agentSourcedIds",
            "userId=userIds agents=agentSourcedIds",
        ),
        "enrollments": _shape(
            "sourcedId* classSourcedId* schoolSourcedId* userSourcedId* role* status dateLastModified primary"
        ),
        "demographics": _shape(_DEMOGRAPHICS, "userSourcedId=sourcedId birthdate=birthDate"),
    },
    Version.V1_1: {"users": _shape(_USERS_1_1), **_SAME_SINCE_1_1},
    Version.V1_2: {
        # The binding of 2022 had one column more, which 2023 took out again.
        "users": _shape(_USERS_1_2, "resourceSourcedIds=resourceSourcedIds"),
        "roles": _shape(_ROLES),
        **_SAME_SINCE_1_1,
    },
}

# A file that names itself in the manifest but holds nothing for a school diary.
OTHER_FILES = frozenset(
    {"categories", "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItems"}
    | {"lineItemScoreScales", "resources", "resultLearningObjectiveIds", "results", "resultScoreScales"}
    | {"scoreScales", "userProfiles", "userResources"}
)

# Required by the text, yet often empty, and what is missing can be supplied.
FORGIVEN = frozenset({("users", "enabledUser"), ("users", "username"), ("academicSessions", "schoolYear")})

# Cells that hold several values may be longer than 255 characters.
LISTS = frozenset(
    {"agentSourcedIds", "orgSourcedIds", "termSourcedIds", "userIds", "grades", "subjects", "subjectCodes"}
    | {"periods"}
)

SESSION_TYPES = frozenset({"gradingPeriod", "semester", "schoolYear", "term"})
ORG_TYPES = frozenset({"department", "school", "district", "local", "state", "national"})
CLASS_TYPES = frozenset({"homeroom", "scheduled"})
ENROLMENT_ROLES = frozenset({"administrator", "proctor", "student", "teacher"})
ROLE_TYPES = frozenset({"primary", "secondary"})
SEXES = frozenset({"male", "female", "unspecified", "other"})
ROLES = {
    Version.V1_0: frozenset(
        {"administrator", "aide", "guardian", "parent", "relative", "student", "teacher"}
    ),
    Version.V1_1: frozenset(
        {"administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher"}
    ),
    Version.V1_2: frozenset(
        {
            "aide",
            "counselor",
            "districtAdministrator",
            "guardian",
            "parent",
            "principal",
            "proctor",
            "relative",
        }
        | {"siteAdministrator", "student", "systemAdministrator", "teacher"}
    ),
}
GUARDIAN_ROLES = frozenset({"parent", "guardian"})
