"""Sets of other formats that are taken for OneRoster, each refused with the true reason."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zvonok.interop.oneroster.table import header_of
from zvonok.interop.source import Source, SourceRefused

_BEGINNING = 4000


class NotOneRoster(SourceRefused):
    message: str | Promise = _(
        "There is no OneRoster set here: a folder or zip with files such as orgs.csv, users.csv, classes.csv "
        "and enrollments.csv is wanted."
    )


class SchoolDataSync1(NotOneRoster):
    message = _(
        "This is a Microsoft School Data Sync v1 set, not OneRoster: it has files such as School.csv and "
        "Section.csv with “SIS ID” columns. Please export OneRoster 1.1 or 1.2 as CSV."
    )


class SchoolDataSync2(NotOneRoster):
    message = _(
        "This is a Microsoft School Data Sync v2.1 set, not OneRoster: some files have the same names, but "
        "other columns and roles, and parents stand in relationships.csv. Please export OneRoster 1.1 or 1.2 "
        "as CSV."
    )


class CleverSet(NotOneRoster):
    message = _(
        "This is a set for Clever, not OneRoster: it has files such as students.csv and sections.csv. Please "
        "export OneRoster 1.1 or 1.2 as CSV."
    )


class EdFiSet(NotOneRoster):
    message = _("This is Ed-Fi XML, not OneRoster. Please export OneRoster 1.1 or 1.2 as CSV.")


class TimetableSet(NotOneRoster):
    message = _("“%(name)s” is a timetable or a calendar, not a roster. Import it as such.")


class Workbook(NotOneRoster):
    message = _("This is a spreadsheet, not OneRoster. OneRoster is a set of CSV files.")


_XML_MARKS: dict[bytes, type[NotOneRoster]] = {
    b"<Interchange": EdFiSet,
    b"ed-fi.org": EdFiSet,
    b"<fet": TimetableSet,
    b"<Activities_Timetable": TimetableSet,
    b"<HighSchoolTimetableArchive": TimetableSet,
    b"<timetable": TimetableSet,
    b"<calendar": TimetableSet,
}


def refuse_strangers(source: Source, files: Mapping[str, str]) -> None:
    """Refuse a set that is not OneRoster; `files` gives the file names by their lower-case stems.

    Raises: NotOneRoster, or one of its kinds that says what the set is.
    """
    if "manifest" in files:
        return
    if any(name.startswith(("xl/", "[Content_Types]")) or name == "mimetype" for name in source.names):
        raise Workbook
    headers = {stem: header_of(source.text(name)) for stem, name in files.items()}
    if any("SIS ID" in header for header in headers.values()):
        raise SchoolDataSync1
    if _is_sds_2(headers):
        raise SchoolDataSync2
    if any(
        {"School_id", "Student_id", "Section_id", "Teacher_id"} & set(header) for header in headers.values()
    ):
        raise CleverSet
    _refuse_xml(source)


def _is_sds_2(headers: Mapping[str, list[str]]) -> bool:
    if "relationships" in headers or "userflags" in headers:
        return True
    enrolments = headers.get("enrollments", [])
    return bool(enrolments) and enrolments[0] == "classSourcedId" and "sourcedId" not in enrolments


def _refuse_xml(source: Source) -> None:
    for name in source.names:
        if not name.lower().endswith((".xml", ".fet")):
            continue
        beginning = source.bytes(name)[:_BEGINNING]
        for mark, refusal in _XML_MARKS.items():
            if mark in beginning:
                raise refusal(name=name)
