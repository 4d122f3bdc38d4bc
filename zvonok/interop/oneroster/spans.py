"""Stretches of days made half-open, whichever way their ends are meant.

The text of 1.2 calls an end exclusive. In sets of 1.0 and 1.1 it is by custom the last day itself, unless
one session of the set begins on the very day on which another of its type ends.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from zvonok.interop.oneroster.columns import Version
from zvonok.interop.oneroster.rows import EnrolmentRow, RoleRow, Session
from zvonok.interop.report import Report

_DAY = timedelta(days=1)
_Spanned = TypeVar("_Spanned", RoleRow, EnrolmentRow)


def days_past_end(version: Version, sessions: Iterable[Session]) -> timedelta:
    """Tell how far the first day outside lies from the end as it is written: nothing, or a day."""
    listed = list(sessions)
    begins = {(session.kind, session.begin) for session in listed}
    touching = any((session.kind, session.end_written) in begins for session in listed)
    return timedelta() if version is Version.V1_2 or touching else _DAY


def spanned_sessions(sessions: Iterable[Session], past: timedelta, report: Report) -> tuple[Session, ...]:
    """Set the ends of sessions right; a session without a day is refused."""
    spanned = tuple(replace(session, end=session.end_written + past) for session in sessions)
    for session in spanned:
        if session.end <= session.begin:
            _refuse(session, report)
    return spanned


def spanned_rows(rows: Iterable[_Spanned], past: timedelta, report: Report) -> tuple[_Spanned, ...]:
    """Set the ends of roles or enrolments right; one that lasts no day is left out with a warning."""
    kept: list[_Spanned] = []
    for row in rows:
        spanned = replace(row, end=row.end_written + past) if row.end_written else row
        if spanned.begin and spanned.end and spanned.end < spanned.begin:
            _refuse(spanned, report)
        elif spanned.begin and spanned.end == spanned.begin:
            reason = _("It begins and ends on the same day, so it lasts no day at all; it was left out.")
            report.warn(row.row, "endDate", str(row.end_written), reason)
        else:
            kept.append(spanned)
    return tuple(kept)


def _refuse(row: Session | RoleRow | EnrolmentRow, report: Report) -> None:
    report.fault(row.row, "endDate", str(row.end_written), _("The end lies before the beginning."))
