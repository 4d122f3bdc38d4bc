"""What all steps of applying a set to one school share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from zvonok.domain.schools.commands.registers import Settled
from zvonok.domain.schools.commands.sources import Sources
from zvonok.domain.schools.models import PeriodSystem, School
from zvonok.interop.oneroster.columns import Version
from zvonok.interop.oneroster.rows import Bundle, ClassRow, Course, EnrolmentRow, Mode, RoleRow
from zvonok.interop.report import Action, Change, Report, Row
from zvonok.kernel.spans import Days, Move

SYSTEM = "oneroster"


@dataclass(slots=True)
class Year:
    """An academic year of the school, once it has a row of ours; without one while it is only planned."""

    source_id: str
    title: str
    days: Days
    row: Row
    id: UUID | None = None
    systems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Work:
    """A school, what the set says of it, and what has been settled so far."""

    bundle: Bundle
    report: Report
    school: School
    org_id: str
    sources: Sources
    actor_id: UUID | None
    at: datetime
    shared_people: dict[str, UUID]
    is_new: bool
    years: list[Year] = field(default_factory=list)
    year_of_session: dict[str, Year] = field(default_factory=dict)
    system_of_session: dict[str, PeriodSystem] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    homerooms: dict[str, ClassRow] = field(default_factory=dict)
    scheduled: dict[str, ClassRow] = field(default_factory=dict)
    enrolments: list[EnrolmentRow] = field(default_factory=list)
    roles: list[RoleRow] = field(default_factory=list)
    days_of_class: dict[str, Days] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    titles: dict[UUID, str] = field(default_factory=dict)
    subjects_here: dict[str, str] = field(default_factory=dict)
    linked: set[UUID] = field(default_factory=set)
    first_change: int = 0

    def __post_init__(self) -> None:
        self.first_change = len(self.report.changes)
        self.courses = {row.id: row for row in self.bundle.courses}
        own = [row for row in self.bundle.classes if row.school_id == self.org_id]
        self.homerooms = {row.id: row for row in own if row.kind == "homeroom"}
        self.scheduled = {row.id: row for row in own if row.kind != "homeroom"}
        self.enrolments = [row for row in self.bundle.enrolments if self._is_own(row)]
        self.roles = [row for row in self.bundle.roles if row.org_id == self.org_id]

    def _is_own(self, row: EnrolmentRow) -> bool:
        if row.class_id in self.homerooms or row.class_id in self.scheduled:
            return True
        return row.school_id == self.org_id and self._is_stored(row.class_id)

    def _is_stored(self, class_id: str) -> bool:
        return bool(self.sources.target("class", class_id) or self.sources.target("group", class_id))

    @property
    def today(self) -> date:
        """The day of the import where the school is."""
        return self.at.astimezone(ZoneInfo(self.school.time_zone)).date()

    @property
    def since(self) -> date:
        """The first day of what has no beginning: the start of the year, or today if that is earlier."""
        return min([self.today, *(year.days.begin for year in self.years[-1:])])

    def note(
        self, kind: str, settled: Iterable[Settled], label: Callable[[Settled], str], rows: Mapping[str, Row]
    ) -> None:
        """Report what became of rows without days."""
        for one in settled:
            action = Action.ADDED if one.before is None else Action.CHANGED if one.before else Action.KEPT
            before, after = "", ""
            if one.before:
                before = self._told(one.before.values())
                after = self._told(one.thing.values[name] for name in one.before)
            change = Change(kind, action, label(one), rows.get(one.thing.source_id), before, after)
            self.report.changes.append(change)

    def _told(self, values: Iterable[object]) -> str:
        texts = (self.titles.get(value, "") if isinstance(value, UUID) else str(value) for value in values)
        return ", ".join(filter(None, texts))

    def note_moves(
        self,
        kind: str,
        moves: Sequence[tuple[Move, UUID]],
        label: Callable[[Move], str],
        rows: Mapping[str, Row],
    ) -> None:
        """Report what became of rows with days."""
        for move, _row_id in moves:
            row = next((rows[source] for source in move.source_ids if source in rows), None)
            before, after = (
                ("", "") if move.before == move.after else (str(move.before or ""), str(move.after or ""))
            )
            self.report.changes.append(Change(kind, _action(move), label(move), row, before, after))

    def point(self, kind: str, moves: Sequence[tuple[Move, UUID]]) -> None:
        """Remember where rows with days came from."""
        for move, row_id in moves:
            for source_id in move.source_ids:
                self.sources.point(kind, source_id, row_id)

    def closable(self, kind: str, file: str, gone: Iterable[str] = ()) -> set[UUID]:
        """Tell which rows end when the set does not name them.

        A whole file speaks for all rows that came from it; a file of changes only for those it removes.
        """
        stored = self.sources.targets(kind)
        mode = self.mode(file)
        if mode is Mode.BULK:
            return set(stored.values())
        if mode is Mode.ABSENT:
            return set()
        removed = {one.id for one in self.bundle.removed if one.file == file}
        return {stored[one] for one in removed.union(gone) if one in stored}

    def mode(self, file: str) -> Mode:
        """Tell how a file was sent; before 1.2 roles stood in the users' own rows."""
        if file == "roles" and self.bundle.version is not Version.V1_2:
            file = "users"
        return self.bundle.mode(file)

    def name(self, person: object) -> str:
        """Name a person for the report."""
        return self.names.get(person, _("somebody")) if isinstance(person, UUID) else ""


def _action(move: Move) -> Action:
    if move.is_closing:
        return Action.CLOSED
    if move.before is None:
        return Action.ADDED
    return Action.KEPT if move.before == move.after else Action.CHANGED


def fitted(work: Work, text: str, length: int, row: Row, column: str) -> str:
    """Cut a text to the length of its column, and say so."""
    if len(text) <= length:
        return text
    reason = _("Longer than %(length)d characters; it was cut.") % {"length": length}
    work.report.warn(row, column, text, reason)
    return text[: length - 1] + "…"
