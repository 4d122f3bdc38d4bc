"""What would come of a file or of another plan: shown before anything is written, and named by a signed token."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvonok.domain.planning.rules import Difference, Draft, Laid, laid_over
from zvonok.domain.planning.selectors import plan_version, topics_of_plan
from zvonok.gateways import uploads
from zvonok.gateways.spreadsheets.reading import read_table
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.plans.columns import COLUMNS
from zvonok.screens.journal.plans.file import CellFault, PlanFile, read_plan
from zvonok.screens.journal.plans.sheet import control_label

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup

SALT = "zvonok.plan"
SHOWN = 300


class TokenIsForged(Refused):
    """What came back is not what was given out."""

    message = gettext_lazy("This page is out of date. Check the file again.")


class FileIsGone(Refused):
    """The hour for which a file is kept is over."""

    message = gettext_lazy("The file was kept for an hour, and is gone. Hand it in again.")


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be laid: the file that was handed in, or the group whose plan it is."""

    group_id: UUID
    person_id: UUID
    version: int
    source: str
    upload_id: UUID | None = None
    copied_from: UUID | None = None

    def token(self) -> str:
        """Sign it, so that precisely this is laid."""
        ids = [str(one) if one else "" for one in (self.upload_id, self.copied_from)]
        return signing.dumps(
            [str(self.group_id), str(self.person_id), self.version, self.source, *ids], salt=SALT
        )


def checked_of(token: str, *, group_id: UUID, person_id: UUID) -> Checked:
    """Read a token that was given to the same person for the same group. Raises: TokenIsForged."""
    try:
        group, person, version, source, upload, copied = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise TokenIsForged from error
    if (group, person) != (str(group_id), str(person_id)):
        raise TokenIsForged
    ids = [UUID(one) if one else None for one in (upload, copied)]
    return Checked(group_id, person_id, version, source, *ids)


@dataclass(frozen=True, slots=True)
class Line:
    """A topic that changes, in words; `before` are the words that go."""

    difference: Difference
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would become."""

    counts: dict[str, int]
    lines: list[Line]
    left_out: int
    topics: int
    hours: int
    faults: list[CellFault]
    warnings: list[CellFault]

    @property
    def is_possible(self) -> bool:
        """Whether it can be laid."""
        return not self.faults

    @property
    def changes_nothing(self) -> bool:
        """Whether the plan says all of it already."""
        return all(not count for kind, count in self.counts.items() if kind != Difference.KEPT)


def read_upload(upload_id: UUID) -> PlanFile:
    """Read the plan in a file that was handed in. Raises: FileIsGone, SheetRefused."""
    path = uploads.path_of(upload_id)
    if path is None:
        raise FileIsGone
    return read_plan(read_table(path.read_bytes()))


def drafts_of(*, school_id: UUID, group_id: UUID) -> list[Draft]:
    """List what a group's plan says, without what has been taught; one query."""
    return [one.topic.draft for one in topics_of_plan(school_id=school_id, group_id=group_id)]


def version_of(group: "StudyGroup") -> int:
    """Tell the version of a group's plan; one query."""
    return plan_version(school_id=group.school_id, group_id=group.pk)


def preview(group: "StudyGroup", found: PlanFile) -> Preview:
    """Lay a file over a group's plan, without writing; one query."""
    plan = [one.topic for one in topics_of_plan(school_id=group.school_id, group_id=group.pk)]
    laid = laid_over(plan, [] if found.faults else found.drafts)
    faults = list(found.faults) or _taught(laid, found)
    kinds = [kind for kind, *_rest in laid.differences]
    told = [] if found.faults else [_line(*one) for one in laid.differences if one[0] is not Difference.KEPT]
    return Preview(
        counts={} if found.faults else {kind.value: kinds.count(kind) for kind in Difference},
        lines=told[:SHOWN],
        left_out=len(told[SHOWN:]),
        topics=len(found.drafts),
        hours=sum(draft.hours for draft in found.drafts),
        faults=faults,
        warnings=found.warnings,
    )


def _taught(laid: Laid, found: PlanFile) -> list[CellFault]:
    """Name what has been taught and would be lost."""
    lost = _("This topic has been taught already, and is missing here. Put it back into the table.")
    cut = _("“%(title)s” has had %(taught)s lessons already, so it cannot have fewer hours.")
    faults = [CellFault(None, "", topic.draft.title, lost) for topic in laid.lost]
    for topic, place in laid.cut:
        row = found.rows[place] if place < len(found.rows) else None
        reason = cut % {"title": topic.draft.title, "taught": topic.taught}
        faults.append(CellFault(row, "", str(laid.pairs[place][1].hours), reason))
    return faults


def _line(difference: Difference, draft: Draft, before: Draft | None) -> Line:
    if difference is not Difference.CHANGED or before is None:
        return Line(difference, draft.title, "", "")
    changed = [name for name in Draft.__slots__ if getattr(draft, name) != getattr(before, name)]
    return Line(difference, draft.title, _said(before, changed), _said(draft, changed))


def _said(draft: Draft, names: Sequence[str]) -> str:
    said = {name: control_label(draft) if name == "control" else getattr(draft, name) for name in names}
    return "; ".join(f"{COLUMNS[name][0]}: {value or '—'}" for name, value in said.items())
