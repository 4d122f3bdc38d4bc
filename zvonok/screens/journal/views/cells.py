"""The journal's cells, saved as they are typed."""

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zvonok.domain.access.actor import Actor
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.cells import CellsUnreadable, none_is_kept, read_cells, save_cells, status_of
from zvonok.screens.journal.door import JOURNAL_ROLES, group_to_read, lesson_to_mark
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.refusals import refused

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request

FORBIDDEN = 403


class OtherAccount(Refused):
    """Edits that waited in a browser came with the session of somebody who did not make them."""

    message = _("These changes were made by somebody else. They are saved when that person signs in.")


@require_POST
@signed_in
def save(request: "Request", group_id: UUID) -> HttpResponse:
    """POST /journal/<group>/cells/: a batch of edits as JSON; the answer lists each cell as it stands now.

    `X-Account` says whose edits they are, where they may have waited longer than the session lasted.
    """
    meant = request.headers.get("X-Account")
    if meant and meant != str(request.actor.account_id):
        return refused(request, OtherAccount(), FORBIDDEN)
    try:
        edits = read_cells(request.body)
    except Refused as refusal:
        return _unreadable(request, group_id, refusal)
    school_id = _school(request.actor, group_id, edits[0].lesson_id)
    told = save_cells(edits, school_id=school_id, actor=request.actor, at=timezone.now())
    if none_is_kept(told):
        with group_to_read(request.actor, group_id):
            pass
    return JsonResponse({"cells": [cell.as_json() for cell in told]}, status=status_of(told))


def _unreadable(request: "Request", group_id: UUID, refusal: Refused) -> HttpResponse:
    with group_to_read(request.actor, group_id):
        status = 400 if isinstance(refusal, CellsUnreadable) else 422
        return JsonResponse({"error": refusal.code, "message": str(refusal), "cells": []}, status=status)


def _school(actor: Actor, group_id: UUID, lesson_id: UUID) -> UUID:
    """Find the school meant; somebody who works in one school only is asked nothing.

    A substitute keeps the lesson without reading the group's journal, so the lesson is looked for first.
    """
    schools = actor.schools_as(*JOURNAL_ROLES)
    if len(schools) == 1:
        return schools[0]
    with suppress(Http404), lesson_to_mark(actor, lesson_id) as lesson:
        return lesson.school_id
    with group_to_read(actor, group_id) as group:
        return group.school_id
