"""Imports that the office asks for: put in the queue, watched, ended. The worker reads the files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from zvonok.domain.schools.models import ImportKind, ImportRun, ImportState
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused

JOB = "zvonok.workers.imports.run"


class NotChecked(Refused):
    """Only what a check has found to be in order is applied."""

    message = _("This file has not been checked, or the check refused it. Check it first.")


@transaction.atomic
def check_file(
    *, school_id: UUID, kind: ImportKind, upload_id: UUID, file_name: str, person_id: UUID, at: datetime
) -> ImportRun:
    """Ask the worker to check a file that was handed in: what would change, and what is refused."""
    run = ImportRun(kind=kind, upload_id=upload_id, file_name=file_name[:120], only_check=True)
    return _queue(run, school_id=school_id, person_id=person_id, at=at)


@transaction.atomic
def apply_file(*, school_id: UUID, checked_id: UUID, person_id: UUID, at: datetime) -> ImportRun:
    """Ask the worker to import precisely the file that was checked.

    Raises: ImportRun.DoesNotExist, NotChecked.
    """
    checked = ImportRun.objects.select_for_update(no_key=True).get(school_id=school_id, pk=checked_id)
    if checked.state != ImportState.CHECKED:
        raise NotChecked
    run = ImportRun(
        kind=checked.kind, upload_id=checked.upload_id, file_name=checked.file_name, only_check=False
    )
    return _queue(run, school_id=school_id, person_id=person_id, at=at)


def note_progress(*, school_id: UUID, run_id: UUID, percent: int, at: datetime) -> None:
    """Say how far an import has come; one that has ended stays as it is."""
    going = ImportRun.objects.filter(
        school_id=school_id, pk=run_id, state__in=(ImportState.QUEUED, ImportState.RUNNING)
    )
    going.update(state=ImportState.RUNNING, percent=min(percent, 100), touched_at=at)


def end_import(
    *, school_id: UUID, run_id: UUID, state: ImportState, report: dict[str, Any] | None, at: datetime
) -> None:
    """Write down how an import ended, and its report."""
    run = ImportRun.objects.filter(school_id=school_id, pk=run_id)
    run.update(state=state, percent=100, report=report, touched_at=at)


def _queue(run: ImportRun, *, school_id: UUID, person_id: UUID, at: datetime) -> ImportRun:
    run.id, run.school_id, run.started_by_id = uuid7(), school_id, person_id
    run.started_at = run.touched_at = at
    run.save(force_insert=True)
    task = app.configure_task(JOB, queue="imports", lock=f"import:{school_id}", allow_unknown=True)
    task.defer(school_id=str(school_id), run_id=str(run.pk))
    return run
