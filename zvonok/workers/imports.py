"""The job that checks or imports a file which the office has handed in."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.selectors import actor_of
from zvonok.domain.people.selectors import account_of
from zvonok.domain.schools.commands.imports import JOB, end_import, note_progress
from zvonok.domain.schools.models import ImportKind, ImportRun, ImportState
from zvonok.domain.schools.selectors import import_run, school
from zvonok.gateways import uploads
from zvonok.interop.calendars import commands as calendars
from zvonok.interop.fet import commands as fet
from zvonok.interop.oneroster import commands as oneroster
from zvonok.interop.report import Report
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope

READERS: dict[ImportKind, Callable[..., Report]] = {
    ImportKind.ONEROSTER: oneroster.import_path,
    ImportKind.FET: fet.import_path,
    ImportKind.CALENDAR: calendars.import_path,
}
GOING = (ImportState.QUEUED, ImportState.RUNNING)
CHANGES_KEPT = 500
ENDS = {"CHECKED": ImportState.CHECKED, "DONE": ImportState.DONE, "REFUSED": ImportState.REFUSED}


@app.task(name=JOB, queue="imports")
def run(school_id: str, run_id: str) -> None:
    """Read the file of an import and write down what came of it. An import that has ended is not run again."""
    school_key, run_key = UUID(school_id), UUID(run_id)
    with school_scope(school_key):
        found = import_run(school_id=school_key, run_id=run_key)
        code = school(school_id=school_key).code
    if found is None or found.state not in GOING:
        return
    actor, language = _asker(found)
    with translation.override(language):
        state, report = _outcome(found, code, actor)
    with school_scope(school_key):
        end_import(school_id=school_key, run_id=run_key, state=state, report=report, at=timezone.now())
    if state == ImportState.DONE:
        uploads.drop(found.upload_id)


def _asker(found: ImportRun) -> tuple[Actor | None, str]:
    """Find who asked for the import, as they stand today, and their language."""
    account = account_of(person_id=found.started_by_id)
    if account is None:
        return None, settings.LANGUAGE_CODE
    actor = actor_of(account_id=account[0], day=timezone.localdate())
    return actor, account[1] or settings.LANGUAGE_CODE


def _outcome(found: ImportRun, code: str, actor: Actor | None) -> tuple[ImportState, dict[str, Any]]:
    path = uploads.path_of(found.upload_id)
    if path is None or actor is None:
        return ImportState.FAILED, {}
    try:
        with Progress(found) as progress:
            report = _read(found, path, code, actor, progress.note)
    except Refused as refusal:
        return ImportState.REFUSED, {"summary": str(refusal)}
    except Exception:
        _end_as_failed(found)
        raise
    return ENDS[report.outcome], _shortened(report.as_dict())


def _read(found: ImportRun, path: Path, code: str, actor: Actor, note: Callable[[int, int], None]) -> Report:
    import_path = READERS[ImportKind(found.kind)]
    return import_path(path, school=code, dry_run=found.only_check, progress=note, actor=actor)


def _shortened(report: dict[str, Any]) -> dict[str, Any]:
    """Leave the counts whole, and of the single changes as many as somebody may look through."""
    return {**report, "changes": report["changes"][:CHANGES_KEPT]}


def _end_as_failed(found: ImportRun) -> None:
    with school_scope(found.school_id):
        end_import(
            school_id=found.school_id,
            run_id=found.pk,
            state=ImportState.FAILED,
            report=None,
            at=timezone.now(),
        )


class Progress:
    """Writes down how far an import has come, beside its transaction, which nobody sees into before it ends."""

    def __init__(self, found: ImportRun) -> None:
        self._school_id, self._run_id = found.school_id, found.pk
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[None] = self._pool.submit(self._write, 0)
        self._percent = 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *fault: object) -> None:
        self._pool.submit(connections.close_all)
        self._pool.shutdown()

    def note(self, done: int, total: int) -> None:
        """Take note; what comes while the last is still being written is left out."""
        percent = 100 * done // total if total else 0
        if percent > self._percent and self._last.done():
            self._percent = percent
            self._last = self._pool.submit(self._write, percent)

    def _write(self, percent: int) -> None:
        with school_scope(self._school_id):
            note_progress(school_id=self._school_id, run_id=self._run_id, percent=percent, at=timezone.now())
