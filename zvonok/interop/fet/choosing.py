"""Which of the files handed in are the timetable and its solution, and what else they may be."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zvonok.interop.markup import head_of
from zvonok.interop.source import Source, SourceRefused, open_source

SOLUTION = "_activities.xml"
SOLVED = "_data_and_timetable.fet"


class NotFet(SourceRefused):
    message: str | Promise = _(
        "There is no FET timetable here: a file ending in .fet is wanted, with its solution (the file ending in "
        "_activities.xml) beside it or in it (the file ending in _data_and_timetable.fet)."
    )


class SolutionAlone(NotFet):
    message = _(
        "“%(name)s” says when the activities take place, but not what they are. Hand it in together with the "
        ".fet file, as a folder or zip, or take the file ending in _data_and_timetable.fet."
    )


class SeveralTimetables(NotFet):
    message = _("There is more than one timetable here: %(names)s. Hand them in one at a time.")


class FetView(NotFet):
    message = _(
        "“%(name)s” is only a view that FET writes for teachers or students. Hand in the .fet file and the file "
        "ending in _activities.xml."
    )


class XhsttArchive(NotFet):
    message = _("“%(name)s” is an XHSTT archive, not FET. Only timetables of FET are imported here.")


class AscTimetable(NotFet):
    message = _(
        "“%(name)s” is a timetable of aSc TimeTables, not FET. Only timetables of FET are imported here."
    )


class CalendarFile(NotFet):
    message = _("“%(name)s” is a production calendar, not a timetable. Import it as a calendar.")


class RosterSet(NotFet):
    message = _("“%(name)s” belongs to a roster, not to a timetable. Import it as a roster.")


class EdFiFile(NotFet):
    message = _("“%(name)s” is Ed-Fi XML, not FET. Only timetables of FET are imported here.")


_MARKS: dict[bytes, type[NotFet]] = {
    b"<HighSchoolTimetableArchive": XhsttArchive,
    b"<calendar": CalendarFile,
    b"<Interchange": EdFiFile,
    b"ed-fi.org": EdFiFile,
    b"<Students_Timetable": FetView,
    b"<Teachers_Timetable": FetView,
    b"<Rooms_Timetable": FetView,
    b"<timetable": AscTimetable,
}
_ROSTER_FILES = {"orgs.csv", "users.csv", "enrollments.csv", "manifest.csv", "section.csv", "student.csv"}


@dataclass(frozen=True, slots=True)
class Choice:
    """The file with the activities and, unless it holds their times itself, the file with the solution."""

    data: str
    solution: str | None


def source_at(path: Path) -> Source:
    """Open what lies at `path`, and of a single file of FET also its other half beside it.

    Raises: SourceRefused.
    """
    source = open_source(path)
    beside = _other_half(path) if path.is_file() else None
    if beside is not None and beside.is_file():
        source.entries.update(open_source(beside).entries)
    return source


def _other_half(path: Path) -> Path | None:
    if path.name.endswith(SOLUTION):
        return path.with_name(path.name.removesuffix(SOLUTION) + ".fet")
    if path.suffix == ".fet" and not path.name.endswith(SOLVED):
        return path.with_name(path.stem + SOLUTION)
    return None


def choose(source: Source) -> Choice:
    """Find the timetable in what was handed in: a pair of files first, then one that is solved in itself.

    Raises: NotFet, or one of its kinds that says what was handed in instead.
    """
    data = _files_with_data(source)
    plain = {_stem(name, ".fet"): name for name in data if not name.lower().endswith(SOLVED)}
    solutions = {_stem(name, SOLUTION): name for name in source.names if name.lower().endswith(SOLUTION)}
    pairs = [Choice(plain[stem], solutions[stem]) for stem in plain if stem in solutions]
    if not pairs and len(plain) == len(solutions) == 1:
        pairs = [Choice(*plain.values(), *solutions.values())]
    if not pairs:
        solved = [name for name in data if name.lower().endswith(SOLVED)]
        pairs = [Choice(name, None) for name in solved or plain.values()]
    if not pairs:
        raise _stranger(source, list(solutions.values()))
    if len(pairs) > 1:
        raise SeveralTimetables(names=", ".join(pair.data for pair in pairs))
    return pairs[0]


def _files_with_data(source: Source) -> list[str]:
    by_name = [name for name in source.names if name.lower().endswith(".fet")]
    if by_name:
        return by_name
    return [name for name in _markup_files(source) if b"<fet" in head_of(source, name).lower()]


def _markup_files(source: Source) -> list[str]:
    return [name for name in source.names if name.lower().endswith(".xml") or len(source.names) == 1]


def _stem(name: str, ending: str) -> str:
    """Name the timetable without folder and ending; FET writes solutions into folders of their own."""
    return PurePosixPath(name).name.lower().removesuffix(ending).removesuffix(".xml")


def _stranger(source: Source, solutions: list[str]) -> NotFet:
    if solutions:
        return SolutionAlone(name=solutions[0])
    for name in _markup_files(source):
        if refusal := refusal_of(source, name):
            return refusal
    for name in source.names:
        if PurePosixPath(name).name.lower() in _ROSTER_FILES:
            return RosterSet(name=name)
    return NotFet()


def refusal_of(source: Source, name: str) -> NotFet | None:
    """Say what a file is by its beginning, if it is one of the formats taken for FET."""
    beginning = head_of(source, name)
    return next((refusal(name=name) for mark, refusal in _MARKS.items() if mark in beginning), None)
