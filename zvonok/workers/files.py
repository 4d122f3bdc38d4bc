"""The job that looks at what was handed in: through the scanner, and pictures drawn anew."""

import io
from typing import Required, TypedDict
from uuid import UUID

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from zvonok.domain.files.commands import JOB, settle
from zvonok.domain.files.kinds import IMAGES
from zvonok.domain.files.models import Content, ContentState
from zvonok.domain.files.selectors import content_of
from zvonok.domain.homework.file_commands import note_settled
from zvonok.gateways import scanner, storage
from zvonok.kernel.scope import school_scope
from zvonok.workers.pictures import Picture, UnreadablePicture, stripped

SOON_SECONDS, LATE_SECONDS = 5, 600


class WhileTheScannerIsAway(BaseRetryStrategy):
    """Ask again for as long as it takes, ever less often; another fault is tried a few times."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when the next try is."""
        if not isinstance(exception, scanner.ScannerAway) and job.attempts > 3:
            return None
        wait = min(SOON_SECONDS * 2 ** min(job.attempts, 10), LATE_SECONDS)
        return RetryDecision(retry_in={"seconds": wait})


@app.task(name=JOB, queue="files", retry=WhileTheScannerIsAway())
def examine(school_id: str, content_id: str) -> None:
    """Look at a content in quarantine, and settle what becomes of it. Harmless to repeat."""
    school_key, content_key = UUID(school_id), UUID(content_id)
    with school_scope(school_key):
        content = content_of(school_id=school_key, content_id=content_key)
    if content is None or content.state != ContentState.QUARANTINED:
        return
    outcome = _examined(content)
    with school_scope(school_key):
        settled = settle(school_id=school_key, content_id=content_key, at=timezone.now(), **outcome)
        note_settled(school_id=school_key, file_ids=settled)
    storage.store().drop(storage.quarantine_key(school_key, content.sha256))


class Outcome(TypedDict, total=False):
    """What became of a content, in the words of `settle`."""

    state: Required[ContentState]
    finding: str
    has_preview: bool
    served_bytes: int


def _examined(content: Content) -> Outcome:
    """Ask the scanner, and put what may be served where it is served from."""
    store = storage.store()
    quarantined = storage.quarantine_key(content.school_id, content.sha256)
    with store.open(quarantined) as file:
        verdict = scanner.scan(file)
    if not verdict.is_clean:
        return {"state": ContentState.INFECTED, "finding": verdict.finding}
    if content.media_type in IMAGES:
        return _drawn(content, quarantined)
    with store.open(quarantined) as file:
        store.put(storage.clean_key(content.school_id, content.sha256), file)
    return {"state": ContentState.CLEAN, "served_bytes": content.size}


def _drawn(content: Content, quarantined: str) -> Outcome:
    store = storage.store()
    try:
        with store.open(quarantined) as file:
            # S3 gives no file that one could seek in.
            picture: Picture = stripped(io.BytesIO(file.read()), media_type=content.media_type)
    except UnreadablePicture:
        return {"state": ContentState.UNREADABLE}
    own = content.school_id, content.sha256
    store.put(storage.clean_key(*own), io.BytesIO(picture.whole))
    store.put(storage.preview_key(*own), io.BytesIO(picture.preview))
    return {"state": ContentState.CLEAN, "served_bytes": len(picture.whole), "has_preview": True}
