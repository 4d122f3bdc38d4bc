"""The feed of what the family was told: sentences by day, newest first, over all schools of the children."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvonok.domain.access.grant import Basis
from zvonok.domain.access.selectors import OpenDiary
from zvonok.domain.marks.rules import POINT
from zvonok.domain.notices.selectors import NoticeLine, notices_of, notices_of_teacher
from zvonok.kernel.scope import school_scope
from zvonok.screens.shell.wording import absence_reason, day_month, duration

PAGE = 40
# What a mark was given for, as a sentence goes on.
_FOR = {
    "ANSWER": gettext_lazy("for work in class"),
    "HOMEWORK": gettext_lazy("for homework"),
    "INDEPENDENT": gettext_lazy("for independent work"),
    "TEST": gettext_lazy("for a test"),
    "DICTATION": gettext_lazy("for a dictation"),
    "ESSAY": gettext_lazy("for an essay"),
    "LAB": gettext_lazy("for laboratory work"),
    "PROJECT": gettext_lazy("for a project"),
}


_COMMENT_ALONE = gettext_lazy("%(subject)s: a comment %(work)s, %(day)s")


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as a sentence, with the page it speaks of."""

    id: UUID
    child: str
    text: str
    detail: str
    picture: str
    url: str
    at: datetime
    is_new: bool


@dataclass(slots=True)
class Feed:
    """Some notices by day, and where the earlier ones are."""

    days: list[tuple[date, list[Line]]] = field(default_factory=list)
    earlier: str = ""
    has_new: bool = False


def feed(
    *, person_id: UUID, diaries: Iterable[OpenDiary], before: datetime, led: Iterable[UUID] = ()
) -> Feed:
    """Load a page of notices about the children: one query for each school, and one for each that is `led` in.

    A trusted person is told of nothing, and nobody of a child whose diary is closed to them.
    """
    own = {diary.student_id: diary for diary in diaries if diary.grant.basis != Basis.TRUSTED}
    lines: list[NoticeLine] = []
    for school_id in dict.fromkeys(school for diary in own.values() for school in diary.schools):
        with school_scope(school_id):
            lines += notices_of(
                school_id=school_id, person_id=person_id, student_ids=list(own), before=before, most=PAGE + 1
            )
    for school_id in led:
        with school_scope(school_id):
            lines += notices_of_teacher(
                school_id=school_id, person_id=person_id, before=before, most=PAGE + 1
            )
    lines.sort(key=lambda line: (line.at, line.id), reverse=True)
    shown = lines[:PAGE]
    by_day = groupby(shown, key=lambda line: timezone.localdate(line.at))
    return Feed(
        days=[(day, [_line(line, own.get(line.student_id)) for line in group]) for day, group in by_day],
        earlier=shown[-1].at.isoformat() if len(lines) > PAGE else "",
        has_new=any(line.read_at is None for line in shown),
    )


def _line(notice: NoticeLine, diary: OpenDiary | None) -> Line:
    text, detail, picture, about = _SAY[notice.kind](notice.data)
    return Line(
        id=notice.id,
        child=diary.name if diary and about != "class_id" else notice.student,
        text=text,
        detail=detail,
        picture=picture,
        url=_address(notice, diary, about),
        at=notice.at,
        is_new=notice.read_at is None,
    )


def _address(notice: NoticeLine, diary: OpenDiary | None, about: str) -> str:
    if diary is None or about == "class_id":
        return f"/class/{notice.data['class_id']}/"
    if about == "first_day":
        return f"/diary/{diary.link_id}/attendance/"
    if about == "homework_id":
        return f"/diary/{diary.link_id}/homework/{notice.data[about]}/"
    return f"/diary/{diary.link_id}/day/{date.fromisoformat(notice.data[about])}/"


Said = tuple[str, str, str, str]


def _day(data: dict[str, Any], name: str = "day") -> str:
    return day_month(date.fromisoformat(data[name]))


def _mark(data: dict[str, Any]) -> dict[str, str]:
    return {
        "subject": data["subject"],
        "value": data["value"],
        "work": _for(data["work"], data.get("work_title", "")),
        "day": _day(data),
        "instead": data.get("instead_of") or "",
    }


def _for(work: str, own: str) -> str:
    """Say what a mark is for; a school's own title stands as it is written."""
    return _("for “%(work)s”") % {"work": own or work} if own or work not in _FOR else str(_FOR[work])


def _point(data: dict[str, Any]) -> Said:
    said = _mark(data) | {"due": _day(data, "due_on")}
    text = _("%(subject)s: a mark %(work)s, %(day)s, is to be put by %(due)s")
    return text % said, data.get("comment", ""), "pencil", "day"


def _mark_put(data: dict[str, Any]) -> Said:
    if data.get("due_on"):
        return _point(data)
    said = _mark(data)
    text = _("%(subject)s: %(value)s %(work)s, %(day)s") if said["value"] else _COMMENT_ALONE
    return text % said, data.get("comment", ""), "pencil", "day"


def _mark_corrected(data: dict[str, Any]) -> Said:
    if data.get("due_on"):
        return _point(data)
    said = _mark(data)
    text = _("%(subject)s: %(value)s instead of %(instead)s %(work)s, %(day)s")
    return (text if said["value"] else _COMMENT_ALONE) % said, data.get("comment", ""), "pencil", "day"


def _mark_withdrawn(data: dict[str, Any]) -> Said:
    said = _mark(data)
    if said["value"] == POINT:
        said["value"] = "•"
    text = (
        _("%(subject)s: %(value)s %(work)s was taken back, %(day)s")
        if said["value"]
        else _("%(subject)s: the comment %(work)s was taken back, %(day)s")
    )
    return text % said, data.get("reason", ""), "eraser", "day"


def _absence_put(data: dict[str, Any]) -> Said:
    said = {"subject": data["subject"], "slot": data["slot"], "day": _day(data)}
    said["reason"] = absence_reason(data["absence"]).lower()
    if data.get("late_minutes"):
        said["reason"] += f" ({duration(data['late_minutes'])})"
    return _("%(subject)s, lesson %(slot)s, %(day)s: %(reason)s") % said, "", "user-x", "day"


def _absence_withdrawn(data: dict[str, Any]) -> Said:
    said = {"subject": data["subject"], "slot": data["slot"], "day": _day(data)}
    return _("%(subject)s, lesson %(slot)s, %(day)s: was in class after all") % said, "", "user-check", "day"


def _homework_set(data: dict[str, Any]) -> Said:
    said = {"subject": data["subject"], "day": _day(data, "due_on")}
    minutes = data.get("expected_minutes")
    detail = f"{data['text']} · {duration(minutes)}" if minutes else data["text"]
    return _("%(subject)s: homework for %(day)s") % said, detail, "book-open-check", "due_on"


def _days(data: dict[str, Any]) -> str:
    first, last = (date.fromisoformat(data[name]) for name in ("first_day", "last_day"))
    return day_month(first) if first == last else f"{day_month(first)} – {day_month(last)}"


def _whole_day_put(data: dict[str, Any]) -> Said:
    said = {"days": _days(data), "reason": absence_reason(data["absence"]).lower()}
    return _("Away for whole days, %(days)s: %(reason)s") % said, "", "user-x", "first_day"


def _whole_day_back(data: dict[str, Any]) -> Said:
    return _("Whole days taken back, %(days)s") % {"days": _days(data)}, "", "user-check", "first_day"


def _note_accepted(data: dict[str, Any]) -> Said:
    text = _("The class teacher has accepted the note about %(days)s") % {"days": _days(data)}
    return text, "", "circle-check", "first_day"


def _note_returned(data: dict[str, Any]) -> Said:
    text = _("The class teacher has returned the note about %(days)s") % {"days": _days(data)}
    return text, data["answer"], "undo-2", "first_day"


def _note_sent(data: dict[str, Any]) -> Said:
    said = {"days": _days(data)}
    text = (
        _("The family reports an absence: %(days)s")
        if data["note"] == "REPORT"
        else _("The family explains an absence: %(days)s")
    )
    return text % said, "", "mail", "class_id"


def _note_withdrawn(data: dict[str, Any]) -> Said:
    return _("The family has taken its note back: %(days)s") % {"days": _days(data)}, "", "mail-x", "class_id"


def _work_answered(data: dict[str, Any]) -> Said:
    text = _("%(subject)s: the teacher has answered your work for %(day)s") % _work(data)
    return text, data["text"], "message-square", "homework_id"


def _work_returned(data: dict[str, Any]) -> Said:
    return (
        _("%(subject)s: the work for %(day)s is to be done better") % _work(data),
        data["text"],
        "undo-2",
        "homework_id",
    )


def _work_accepted(data: dict[str, Any]) -> Said:
    text = _("%(subject)s: the work for %(day)s is accepted") % _work(data)
    return text, data["text"], "check", "homework_id"


def _work(data: dict[str, Any]) -> dict[str, str]:
    return {"subject": data["subject"], "day": _day(data, "due_on")}


_SAY = {
    "MARK_PUT": _mark_put,
    "MARK_CORRECTED": _mark_corrected,
    "MARK_WITHDRAWN": _mark_withdrawn,
    "ABSENCE_PUT": _absence_put,
    "ABSENCE_WITHDRAWN": _absence_withdrawn,
    "HOMEWORK_SET": _homework_set,
    "WHOLE_DAY_PUT": _whole_day_put,
    "WHOLE_DAY_BACK": _whole_day_back,
    "NOTE_ACCEPTED": _note_accepted,
    "NOTE_RETURNED": _note_returned,
    "NOTE_SENT": _note_sent,
    "NOTE_WITHDRAWN": _note_withdrawn,
    "WORK_ANSWERED": _work_answered,
    "WORK_RETURNED": _work_returned,
    "WORK_ACCEPTED": _work_accepted,
}


def schools_of(diaries: Iterable[OpenDiary]) -> Iterator[UUID]:
    """List the schools that keep the diaries, each once."""
    return iter(dict.fromkeys(school for diary in diaries for school in diary.schools))
