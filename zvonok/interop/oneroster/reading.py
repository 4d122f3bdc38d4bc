"""Reading a whole set: files, then rows, then what the rows say together."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeVar

from django.utils.translation import gettext as _

from zvonok.interop.oneroster import builders
from zvonok.interop.oneroster.cells import Cells
from zvonok.interop.oneroster.columns import OTHER_FILES, SHAPES, Version
from zvonok.interop.oneroster.guardians import find_guardians
from zvonok.interop.oneroster.manifest import Manifest, read_manifest
from zvonok.interop.oneroster.references import check_references
from zvonok.interop.oneroster.rows import Bundle, Mode, Removal
from zvonok.interop.oneroster.spans import days_past_end, spanned_rows, spanned_sessions
from zvonok.interop.oneroster.strangers import NotOneRoster, refuse_strangers
from zvonok.interop.oneroster.table import Table, read_table
from zvonok.interop.report import Report, Row
from zvonok.interop.source import Source

_ONE_FILE_AT_LEAST = {name.lower() for shapes in SHAPES.values() for name in shapes}
# Bulk files that cannot honestly be empty: an empty one would close everything it stands for.
_NEVER_EMPTY = frozenset({"orgs", "academicSessions", "classes", "users", "roles", "enrollments"})
_Built = TypeVar("_Built")


def read(source: Source, report: Report) -> Bundle:
    """Read a OneRoster set of version 1.0, 1.1 or 1.2; what is wrong in it goes into the report.

    Raises: SourceRefused, and of it NotOneRoster for sets of another format.
    """
    files = _files(source)
    refuse_strangers(source, files)
    if not _ONE_FILE_AT_LEAST & files.keys():
        raise NotOneRoster
    manifest = read_manifest(source, files, report)
    bundle = _Reader(source, manifest, report).bundle()
    report.add_warnings(source.warnings)
    return bundle


def _files(source: Source) -> dict[str, str]:
    """Give the CSV files at the root by their lower-case stems."""
    paths = [PurePosixPath(name) for name in source.names]
    return {
        path.stem.lower(): str(path)
        for path in paths
        if path.suffix.lower() == ".csv" and len(path.parts) == 1
    }


class _Reader:
    def __init__(self, source: Source, manifest: Manifest, report: Report) -> None:
        self.source = source
        self.manifest = manifest
        self.report = report
        self.seen: dict[tuple[str, str], Row] = {}
        self.known: dict[str, set[str]] = {}
        self.removed: list[Removal] = []

    def bundle(self) -> Bundle:
        """Read the files one by one, then set their rows against each other."""
        sessions = self._rows("academicSessions", builders.build_session)
        past = days_past_end(self.manifest.version, sessions)
        users = self._rows("users", builders.build_user)
        roles = [role for _user, held in users for role in held]
        if self.manifest.version is Version.V1_2:
            roles = self._rows("roles", builders.build_role)
        people = tuple(user for user, _held in users)
        bundle = Bundle(
            version=self.manifest.version,
            modes=self.manifest.modes,
            system=self.manifest.system,
            orgs=tuple(self._rows("orgs", builders.build_org)),
            sessions=spanned_sessions(sessions, past, self.report),
            courses=tuple(self._rows("courses", builders.build_course)),
            classes=tuple(self._rows("classes", builders.build_class)),
            users=people,
            roles=spanned_rows(roles, past, self.report),
            enrolments=spanned_rows(self._rows("enrollments", builders.build_enrolment), past, self.report),
            demographics=tuple(self._rows("demographics", builders.build_demographic)),
            guardians=find_guardians(people, roles, self.report),
            removed=tuple(self.removed),
        )
        self._tell_unread()
        check_references(bundle, self.known, self.report)
        return bundle

    def _rows(self, file: str, build: Callable[[Cells], _Built]) -> list[_Built]:
        name = self.manifest.files.get(file)
        shape = SHAPES[self.manifest.version].get(file)
        if name is None or shape is None:
            return []
        table = read_table(name, self.source.text(name), shape, self.report)
        if table.complete:
            self.known[file] = set()
            self._tell_empty(file, name, table)
        built: list[_Built] = []
        for record in table.records:
            cells = Cells(file, table, record, shape, self.manifest.version, self.report)
            if not self._is_new(file, cells) or self._is_removed(file, cells):
                continue
            cells.check_required()
            row = build(cells)
            if cells.sound:
                built.append(row)
        return built

    def _is_new(self, file: str, cells: Cells) -> bool:
        """Take note of the row's id; refuse the second row of the same id."""
        row_id = cells.text("sourcedId")
        if not row_id:
            return True
        self.known.get(file, set()).add(row_id)
        first = self.seen.setdefault((file, row_id), cells.row)
        if first is not cells.row:
            cells.fault("sourcedId", _("Line %(line)s has the same id.") % {"line": first.line})
        return first is cells.row

    def _is_removed(self, file: str, cells: Cells) -> bool:
        status = cells.term("status", frozenset({"active", "tobedeleted"}))
        if status != "tobedeleted" or not cells.text("sourcedId"):
            return False
        self.removed.append(Removal(file, cells.text("sourcedId"), cells.row))
        return True

    def _tell_empty(self, file: str, name: str, table: Table) -> None:
        if table.records:
            return
        whole = self.manifest.modes.get(file) is Mode.BULK and file in _NEVER_EMPTY
        tell = self.report.fault if whole else self.report.warn
        tell(Row(name, 1), "", "", _("The file holds a header and no rows."))

    def _tell_unread(self) -> None:
        shapes = SHAPES[self.manifest.version]
        for file, name in self.manifest.files.items():
            if file in OTHER_FILES:
                self.report.warn(
                    Row(name, None), "", "", _("The diary has no use for this file; it was not read.")
                )
            elif file not in shapes:
                reason = _("OneRoster %(version)s has no such file; it was not read.")
                self.report.warn(Row(name, None), "", "", reason % {"version": self.manifest.version.value})
